/** After the session, for its agents: the way to what was recorded of it. */

import { TandemElement, api, css, define, html, locale, live, messages, nothing } from 'tandem/kit';
import { clock } from './states.js';

/** A question that nobody allowed, and what was deleted, is not to be seen. */
const SEEN = ['RECORDING', 'FINISHING', 'FINISHED'];

class Recorded extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false }, _recordings: { state: true } };
  static styles = css`
    section {
      padding: 12px 16px;
      border: 1px solid var(--tandem-line);
      border-radius: var(--tandem-radius);
      background: var(--tandem-surface);
      text-align: start;
    }
    h3 {
      margin-block-end: 4px;
      font-size: var(--lumo-font-size-m);
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
  `;

  #of = '';
  /** @type {(() => void) | undefined} */
  #unsubscribe;

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    /** @type {any[]} */
    this._recordings = [];
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#of = '';
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate?.(changed);
    const id = this.session?.id ?? '';
    if (id && id !== this.#of && this.isConnected) {
      this.#unsubscribe?.();
      this.#of = id;
      this._recordings = [];
      this.#load(id);
      // The last one is still being finished when the session has just ended.
      this.#unsubscribe = live.subscribe(`recording/${id}`, { message: () => this.#load(id), gone: () => (this.#unsubscribe = undefined) });
    }
  }

  /** @param {string} id */
  async #load(id) {
    try {
      const { recordings } = await api.get(`/recordings?session=${id}`);
      if (id === this.#of) {
        this._recordings = recordings.filter((/** @type {any} */ one) => SEEN.includes(one.state));
      }
    } catch {
      // Not for this agent, or not now: the list of recordings says more.
    }
  }

  render() {
    if (this._recordings.length === 0) {
      return nothing;
    }
    const time = (/** @type {any} */ one) =>
      new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', timeZone: one.zone ?? undefined }).format(new Date(one.startedAt));
    return html`<section aria-labelledby="recorded">
      <h3 id="recorded">${this.t('ended.title')}</h3>
      <ul>
        ${this._recordings.map(
          (one) => html`<li data-recording=${one.id}>
            <a href=${`/recordings/${one.id}`} target="_blank" rel="noopener"
              >${this.t('bar.watch')}${one.startedAt ? html` (${time(one)})` : nothing}</a
            >
            ${one.state === 'FINISHED' ? html`<span class="number muted">${clock(one.millis / 1000)}</span>` : nothing}
          </li>`,
        )}
      </ul>
    </section>`;
  }
}

define('tandem-recorded', Recorded, import.meta.url);
