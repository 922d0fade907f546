/** What a session came with: who passed it on and why, the queue, the wait, and the entry form, so that nothing is asked twice. */

import { TandemElement, css, define, html, messages, nothing } from 'tandem/kit';
import { answerList, message } from '../words/given.js';
import { givenStyles } from '../words/given-styles.js';
import { mine } from '../words/mine.js';
import { clock, secondsSince } from '../words/words.js';

/** A panel of the place `side-later`: it is there where a session came by a queue or from a colleague. */
class Request extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false }, me: { attribute: false }, work: { state: true } };
  static styles = [
    givenStyles,
    css`
      :host {
        display: block;
        padding: 12px;
      }
      h3 {
        font-size: var(--lumo-font-size-m);
        margin-block: 16px 4px;
      }
      blockquote footer {
        font-size: var(--lumo-font-size-s);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {{id: string} | undefined} */
    this.session = undefined;
    /** @type {any} */
    this.me = undefined;
    /** @type {import('../words/my-work.js').Work | undefined} */
    this.work = undefined;
    /** @type {(() => void) | undefined} */
    this.stop = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.stop = mine.watch(() => this.look());
    this.look();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stop?.();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('session')) {
      this.look();
    }
  }

  look() {
    const before = this.work;
    // What is done stays to be read as long as the panel is there.
    this.work = mine.view?.work.find((one) => one.sourceId === this.session?.id) ?? (this.work?.sourceId === this.session?.id ? this.work : undefined);
    if (!this.work !== !before) {
      this.fire('tandem-available', this.work !== undefined);
    }
  }

  render() {
    const work = this.work;
    if (!work) {
      return nothing;
    }
    const waited = secondsSince(work.since, Date.parse(work.assignedAt ?? work.since));
    const t = (/** @type {string} */ key, /** @type {any} */ args) => this.t(key, args);
    return html`${message(t, work.reason, work.by)}
      <h3>${this.t('request.where')}</h3>
      <dl>
        ${this.row(this.t('request.name'), work.name)} ${this.row(this.t('request.company'), work.company)}
        ${this.row(this.t('request.queue'), work.queue?.name ?? this.t('offers.personal'))} ${this.row(this.t('request.waited'), clock(waited))}
      </dl>
      ${work.answers.some((one) => one.text !== '') ? html`<h3>${this.t('request.form')}</h3>${answerList(work.answers)}` : nothing}`;
  }

  /**
   * @param {string} label
   * @param {string} text
   */
  row(label, text) {
    return text ? html`<dt>${label}</dt><dd dir="auto">${text}</dd>` : nothing;
  }
}

define('tandem-request', Request, import.meta.url);
