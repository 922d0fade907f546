/** Who waits in a queue from which agents may take by themselves. */

import { TandemElement, api, define, html, messages, nothing, repeat, toast } from 'tandem/kit';
import { refusalText } from '../words/problems.js';
import { clock, secondsSince } from '../words/words.js';
import { givenStyles } from '../words/given-styles.js';
import { offerStyles } from './styles.js';

/** @typedef {{item: string, place: number, name: string, company: string, language: string, priority: number, since: string}} Waiting */

const EVERY = 5000;
const TICK = 1000;

/**
 * Property `queue`: whose list is shown, undefined for none. Fires `tandem-dismiss`, and `offers-taken` with the work that the agent has
 * got.
 */
class PickList extends TandemElement {
  static messages = messages(import.meta.url);
  static styles = [givenStyles, offerStyles];
  static properties = {
    queue: { attribute: false },
    items: { state: true },
    trouble: { state: true },
    busy: { state: true },
    now: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../words/my-work.js').MyQueue | undefined} */
    this.queue = undefined;
    /** @type {Waiting[] | undefined} */
    this.items = undefined;
    this.trouble = '';
    this.busy = '';
    this.now = api.now();
    this.shown = '';
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.poll = undefined;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.clock = undefined;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.rest();
  }

  rest() {
    clearInterval(this.poll);
    clearInterval(this.clock);
    this.poll = undefined;
    this.clock = undefined;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const id = this.queue?.id ?? '';
    if (!changed.has('queue')) {
      return;
    }
    if (id !== this.shown) {
      this.shown = id;
      this.items = undefined;
      this.trouble = '';
      this.rest();
      if (id) {
        this.poll = setInterval(() => this.load(), EVERY);
        this.clock = setInterval(() => (this.now = api.now()), TICK);
      }
    }
    if (id) {
      this.load();
    }
  }

  async load() {
    const id = this.shown;
    try {
      const answer = await api.get(`/webacd/items?queue=${id}`);
      if (id === this.shown) {
        this.items = answer.items;
        this.trouble = '';
      }
    } catch (error) {
      if (id === this.shown) {
        this.trouble = refusalText(error, (key) => this.t(key));
      }
    }
  }

  /** @param {Waiting} one */
  async take(one) {
    this.busy = one.item;
    try {
      this.fire('offers-taken', await api.post(`/webacd/items/${one.item}/pick`));
    } catch (error) {
      toast(refusalText(error, (key) => this.t(key)), { kind: 'error' });
      this.load();
    } finally {
      this.busy = '';
    }
  }

  render() {
    return html`<tandem-dialog .open=${this.queue !== undefined} heading=${this.queue ? this.t('pick.title', { queue: this.queue.name }) : ''}>
      ${this.queue ? this.content() : nothing}
    </tandem-dialog>`;
  }

  content() {
    if (this.trouble) {
      return html`<p class="error" role="alert">${this.trouble}</p>`;
    }
    if (!this.items) {
      return html`<tandem-skeleton lines="3"></tandem-skeleton>`;
    }
    if (this.items.length === 0) {
      return html`<p class="muted" role="status">${this.t('pick.nobody')}</p>`;
    }
    return html`<table class="waiting">
      <thead>
        <tr><th>${this.t('pick.who')}</th><th>${this.t('pick.waits')}</th><th><span class="sr">${this.t('pick.take')}</span></th></tr>
      </thead>
      <tbody>
        ${repeat(
          this.items,
          (one) => one.item,
          (one) => html`<tr data-item=${one.item}>
            <td><b dir="auto">${one.name || this.t('offers.somebody')}</b>${one.company ? html`<br /><span class="muted" dir="auto">${one.company}</span>` : nothing}</td>
            <td class="number">${clock(secondsSince(one.since, this.now))}</td>
            <td><button class="small" ?disabled=${this.busy !== ''} @click=${() => this.take(one)}>${this.t('pick.take')}</button></td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

/** The element's name. */
export const PICK_LIST = define('tandem-pick-list', PickList, import.meta.url);
