/** A dialog in words: who waits in a queue, and why an item was offered to whom, or to nobody. */

import { TandemElement, api, css, define, html, locale, messages, nothing, problemText, repeat } from 'tandem/kit';
import { clock, secondsSince } from '../words/words.js';
import { orderText, reasonText } from './told.js';

/** @typedef {import('./told.js').Considered} Considered */
/** @typedef {{strategy: string, considered: Considered[], more: number}} WhyView */
/** @typedef {{item: string, state: string, now?: WhyView | null, rounds: {offer: string, at: string, until: string, asked: string[], why: WhyView}[]}} Explanations */
/** @typedef {{item: string, place: number, name: string, company: string, since: string}} Waiting */

/** Properties: `item`, or `queue` {id, name} whose list comes first; `zone`. Fires `tandem-dismiss`. */
class MonitorWhy extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    item: {},
    queue: { attribute: false },
    zone: {},
    chosen: { state: true },
    told: { state: true },
    waiting: { state: true },
    problem: { state: true },
  };
  static styles = css`
    .wide {
      max-inline-size: 100%;
      inline-size: min(46rem, 84vw);
      max-block-size: 70vh;
      overflow: auto;
    }
    section + section {
      margin-block-start: 16px;
      padding-block-start: 12px;
      border-block-start: 1px solid var(--tandem-line);
    }
    h3 {
      font-size: var(--lumo-font-size-m);
    }
    .scroll {
      overflow-x: auto;
    }
    table {
      inline-size: 100%;
      border-collapse: collapse;
      margin-block-start: 8px;
      font-size: var(--lumo-font-size-s);
    }
    th,
    td {
      padding: 6px 12px 6px 0;
      text-align: start;
      vertical-align: top;
      border-block-end: 1px solid var(--tandem-line);
    }
    th {
      color: var(--tandem-muted);
      font-weight: 500;
    }
    .name {
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    .chosen {
      background: var(--tandem-good-soft);
    }
    .number {
      white-space: nowrap;
    }
    td:last-child.do {
      text-align: end;
    }
  `;

  constructor() {
    super();
    this.item = '';
    /** @type {{id: string, name: string} | undefined} */
    this.queue = undefined;
    this.zone = 'UTC';
    this.chosen = '';
    /** @type {Explanations | undefined} */
    this.told = undefined;
    /** @type {Waiting[] | undefined} */
    this.waiting = undefined;
    /** @type {unknown} */
    this.problem = undefined;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('item') || changed.has('queue')) {
      this.problem = undefined;
      this.waiting = undefined;
      this.told = undefined;
      this.chosen = this.item;
      if (this.item) {
        this.explain(this.item);
      } else if (this.queue) {
        this.list(this.queue.id);
      }
    }
  }

  /** @param {string} queue */
  list(queue) {
    return this.asking(async () => {
      const { items } = await api.get(`/webacd/items?queue=${queue}`);
      if (this.queue?.id === queue) {
        this.waiting = items;
      }
    });
  }

  /** @param {string} item */
  explain(item) {
    this.chosen = item;
    this.told = undefined;
    return this.asking(async () => {
      const told = await api.get(`/webacd/items/${item}/explanations`);
      if (this.chosen === item) {
        this.told = told;
      }
    });
  }

  /** @param {() => Promise<void>} ask */
  async asking(ask) {
    this.problem = undefined;
    try {
      await ask();
    } catch (error) {
      this.problem = error;
    }
  }

  get heading() {
    return this.chosen ? this.t('monitor.why.title') : this.t('monitor.waiting.title', { queue: this.queue?.name ?? '' });
  }

  render() {
    return html`<tandem-dialog .open=${Boolean(this.item || this.queue)} heading=${this.heading} @tandem-dismiss=${this.dismiss}>
      <div class="wide">${this.problem ? html`<p class="error" role="alert">${problemText(this.problem)}</p>` : this.chosen ? this.reasons() : this.line()}</div>
      ${this.chosen && this.queue && !this.item ? html`<button slot="footer" @click=${() => (this.chosen = '')}>${this.t('monitor.why.back')}</button>` : nothing}
      <button slot="footer" class="primary" @click=${this.dismiss}>${this.t('monitor.why.close')}</button>
    </tandem-dialog>`;
  }

  dismiss() {
    this.fire('tandem-dismiss');
  }

  line() {
    if (!this.waiting) {
      return html`<tandem-skeleton></tandem-skeleton>`;
    }
    if (this.waiting.length === 0) {
      return html`<p>${this.t('monitor.waiting.none')}</p>`;
    }
    return html`<table>
      <thead>
        <tr><th scope="col">${this.t('monitor.waiting.place')}</th><th scope="col">${this.t('monitor.waiting.who')}</th><th scope="col">${this.t('monitor.waiting.since')}</th><td></td></tr>
      </thead>
      <tbody>
        ${repeat(
          this.waiting,
          (one) => one.item,
          (one) => html`<tr>
            <td class="number">${one.place}</td>
            <td class="name" dir="auto">${one.name || this.t('monitor.somebody')}${one.company ? html` <span class="muted">${one.company}</span>` : nothing}</td>
            <td class="number">${clock(secondsSince(one.since, api.now()))}</td>
            <td class="do"><button class="small" @click=${() => this.explain(one.item)}>${this.t('monitor.why.ask-waiting')}</button></td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  reasons() {
    const told = this.told;
    if (!told) {
      return html`<tandem-skeleton></tandem-skeleton>`;
    }
    const rounds = [...told.rounds].reverse();
    const now = told.state === 'WAITING' ? told.now : undefined;
    return html`${now
      ? html`<section><h3>${this.t('monitor.why.now')}</h3>${this.why(now)}</section>`
      : nothing}
    ${rounds.length === 0 && !now ? html`<p>${this.t('monitor.why.none')}</p>` : nothing}
    ${rounds.map(
      (round, i) => html`<section>
        <h3>${this.t('monitor.why.round', { number: rounds.length - i, time: this.time(round.at) })}</h3>
        ${this.why(round.why)}
      </section>`,
    )}`;
  }

  /** @param {WhyView} why */
  why(why) {
    const names = new Map(why.considered.map((one) => [one.agent, one.name]));
    const t = (/** @type {string} */ key, /** @type {any} */ args) => this.t(key, args);
    return html`<p class="muted">${orderText(why, t)}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${this.t('monitor.why.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${this.t('monitor.agent')}</th>
              <th scope="col">${this.t('monitor.why.reason')}</th>
              <th scope="col">${this.t('monitor.why.has')}</th>
              <th scope="col">${this.t('monitor.why.rank')}</th>
              <th scope="col">${this.t('monitor.why.idle')}</th>
              <th scope="col">${this.t('monitor.why.asked')}</th>
            </tr>
          </thead>
          <tbody>
            ${why.considered.map(
              (one) => html`<tr class=${one.reason === 'CHOSEN' ? 'chosen' : ''}>
                <td class="name" dir="auto">${one.name}</td>
                <td>${reasonText(one, (agent) => names.get(agent) ?? agent, t)}</td>
                <td class="number">${this.t('monitor.of', { used: one.values.active ?? '0', capacity: one.values.capacity ?? '0' })}</td>
                <td class="number">${one.values.rank ?? '–'}</td>
                <td class="number">${this.time(one.values.idleSince)}</td>
                <td class="number">${this.time(one.values.offeredLast)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${why.more > 0 ? html`<p class="muted">${this.t('monitor.why.more', { number: why.more })}</p>` : nothing}`;
  }

  /** @param {string | undefined} instant */
  time(instant) {
    return instant
      ? new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: this.zone }).format(new Date(instant))
      : '–';
  }
}
export const WHY = define('tandem-monitor-why', MonitorWhy, import.meta.url);
