/** The coin of a session, on both sides. */

import { TandemElement, api, css, define, html, live, messages, problemText, toast } from 'tandem/kit';

class OddCoin extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false }, me: { attribute: false }, role: { attribute: false }, _coin: { state: true } };
  static styles = css`
    :host {
      display: grid;
      align-content: start;
      justify-items: center;
      gap: var(--tandem-gap);
      padding: calc(var(--tandem-gap) * 2);
    }
    .count {
      font-variant-numeric: tabular-nums;
    }
  `;

  #of = '';
  /** @type {(() => void) | undefined} */
  #leave;

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    this._coin = { heads: 0, tails: 0, inTheAir: false };
  }

  connectedCallback() {
    super.connectedCallback();
    this.#subscribe();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#leave?.();
    this.#leave = undefined;
    this.#of = '';
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('session')) {
      this.#subscribe();
    }
  }

  #subscribe() {
    const id = this.session?.id;
    if (!id || id === this.#of || !this.isConnected) {
      return;
    }
    this.#leave?.();
    this.#of = id;
    this.#leave = live.subscribe(`odd-coin/${id}`, { message: (message) => (this._coin = message.body) });
  }

  async #toss() {
    try {
      this._coin = await api.post(`/odd-coin/${this.session.id}/toss`);
    } catch (problem) {
      toast(problemText(problem), { kind: 'error' });
    }
  }

  render() {
    const { heads, tails, inTheAir } = this._coin;
    return html`
      <p class="count" role="status">${inTheAir ? this.t('flying') : this.t('count', { heads, tails })}</p>
      <button class="primary" ?disabled=${inTheAir} @click=${() => this.#toss()}>${this.t('toss')}</button>
    `;
  }
}

define('odd-coin', OddCoin, import.meta.url);
