/** Where a customer stands in the queue, and how long it may take. Each is said only if the queue's administrator wants it. */

import { TandemElement, css, define, html, live, messages, nothing } from 'tandem/kit';
import { roughly } from '../words/words.js';

/** @typedef {{state: string, queue?: string | null, position?: number | null, waitSeconds?: number | null}} WaitView */

/** A panel of the place `customer-wait`. */
class QueueWait extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false }, me: { attribute: false }, view: { state: true } };
  static styles = css`
    :host {
      display: block;
    }
    b {
      display: block;
      font-size: 1.25em;
      overflow-wrap: anywhere;
    }
    p + p {
      margin-block-start: 4px;
    }
  `;

  constructor() {
    super();
    /** @type {{id: string} | undefined} */
    this.session = undefined;
    /** @type {any} */
    this.me = undefined;
    /** @type {WaitView | undefined} */
    this.view = undefined;
    this.of = '';
    /** @type {(() => void) | undefined} */
    this.stop = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stop?.();
    this.stop = undefined;
    this.of = '';
  }

  willUpdate() {
    this.follow();
  }

  follow() {
    const id = this.isConnected ? (this.session?.id ?? '') : '';
    if (id === this.of) {
      return;
    }
    this.stop?.();
    this.stop = undefined;
    this.of = id;
    this.view = undefined;
    if (id) {
      this.stop = live.subscribe(`webacd/wait/${id}`, {
        message: (message) => {
          if (message.type === 'webacd.wait') {
            this.view = message.body;
          }
        },
      });
    }
  }

  render() {
    return html`<div role="status">${this.view ? this.words(this.view) : nothing}</div>`;
  }

  /** @param {WaitView} view */
  words(view) {
    if (view.state === 'OFFERED') {
      return html`<p><b>${this.t('wait.asked')}</b></p>`;
    }
    if (view.state !== 'WAITING') {
      return nothing;
    }
    const place = view.position ?? 0;
    const inQueue = view.queue ? this.t('wait.place', { number: place, queue: view.queue }) : this.t('wait.place.some', { number: place });
    return html`${place === 1 ? html`<p><b>${this.t('wait.next')}</b></p>` : place > 1 ? html`<p><b>${inQueue}</b></p>` : nothing}
      ${view.waitSeconds === null || view.waitSeconds === undefined ? nothing : html`<p>${this.about(view.waitSeconds)}</p>`}`;
  }

  /** @param {number} seconds */
  about(seconds) {
    const { unit, count } = roughly(seconds);
    return unit === 'moment' ? this.t('wait.moment') : unit === 'minutes' ? this.t('wait.minutes', { count }) : this.t('wait.hours', { count });
  }
}

define('tandem-queue-wait', QueueWait, import.meta.url);
