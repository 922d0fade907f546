/** The tab about the customer: who it is, what was before, and for a chat the conversation. */

import { TandemElement, api, css, html, icon, messages, nothing, problemText, repeat, toast } from 'tandem/kit';
import { dayAndTime, duration } from '../shared/format.js';
import { mark } from '../shared/marks.js';
import '../shared/conversation.js';

/** @typedef {import('./store.js').Interaction} Interaction */
/** @typedef {import('../shared/conversation.js').ChatMessage} ChatMessage */

/** Property: `interaction`, `shown`. Fires `platform-seen` with the number of messages that have been shown. */
export class PlatformCustomer extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    interaction: { attribute: false },
    shown: { type: Boolean },
    history: { state: true },
    historyFailed: { state: true },
    lines: { state: true },
    loading: { state: true },
    failed: { state: true },
  };
  static styles = css`
    :host {
      display: block;
      block-size: 100%;
      min-block-size: 0;
      container-type: inline-size;
    }
    .page {
      display: grid;
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
      block-size: 100%;
    }
    .page.chat {
      grid-template: minmax(0, 1fr) / minmax(0, 1fr) 320px;
    }
    .chatting {
      min-block-size: 0;
      display: flex;
      flex-direction: column;
      background: var(--tandem-surface);
    }
    platform-conversation {
      flex: 1;
    }
    .about {
      overflow-y: auto;
      padding: 20px;
      display: grid;
      align-content: start;
      gap: 16px;
      background: var(--tandem-surface-2);
    }
    .page.call .about {
      grid-template-columns: minmax(16rem, 22rem) minmax(0, 44rem);
      padding: 24px;
      gap: 24px;
    }
    .page.chat .about {
      border-inline-start: 1px solid var(--tandem-line);
    }
    section {
      border: 1px solid var(--tandem-line);
      border-radius: 10px;
      background: var(--tandem-surface);
      align-self: start;
      overflow: clip;
    }
    h2 {
      display: flex;
      align-items: center;
      gap: 8px;
      padding: 12px 16px;
      font-size: var(--lumo-font-size-m);
    }
    h2 svg {
      color: var(--tandem-muted);
    }
    dl {
      margin: 0;
      padding: 0 16px 12px;
    }
    dl > div {
      padding: 7px 0;
      border-block-start: 1px solid var(--tandem-line);
    }
    dt {
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-muted);
    }
    dd {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 8px;
      margin: 0;
      min-block-size: 1.75rem;
      overflow-wrap: anywhere;
    }
    ol {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    li {
      display: grid;
      grid-template-columns: 20px minmax(0, 1fr) auto;
      gap: 2px 12px;
      align-items: center;
      padding: 9px 16px;
      border-block-start: 1px solid var(--tandem-line);
    }
    li svg {
      color: var(--tandem-muted);
      grid-row: span 2;
    }
    li .how {
      grid-column: 2;
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-muted);
    }
    li .long {
      grid-row: 1 / span 2;
      grid-column: 3;
      color: var(--tandem-muted);
      font-variant-numeric: tabular-nums;
    }
    .none {
      padding: 4px 16px 16px;
      color: var(--tandem-muted);
    }
    .wrong {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 12px;
      padding: 8px 16px;
      background: var(--tandem-bad-soft);
      color: var(--tandem-bad);
    }
    .over {
      padding: 14px 16px;
      border-block-start: 1px solid var(--tandem-line);
      text-align: center;
      color: var(--tandem-muted);
    }
    @container (max-width: 900px) {
      .page.chat {
        grid-template: minmax(0, 1fr) / minmax(0, 1fr) 264px;
      }
      .page.chat .about {
        padding: 12px;
        gap: 12px;
      }
    }
    @container (max-width: 640px) {
      .page.call .about {
        grid-template-columns: minmax(0, 1fr);
        padding: 16px;
        gap: 16px;
      }
      .page.chat {
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
      }
      .page.chat .about {
        display: none;
      }
    }
  `;

  constructor() {
    super();
    /** @type {Interaction | undefined} */
    this.interaction = undefined;
    this.shown = false;
    /** @type {Interaction[] | undefined} */
    this.history = undefined;
    this.historyFailed = false;
    /** @type {ChatMessage[]} */
    this.lines = [];
    this.loading = true;
    /** @type {unknown} */
    this.failed = undefined;
    this.fetching = false;
    this.known = '';
  }

  get chat() {
    return this.interaction?.kind === 'CHAT';
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    const now = this.interaction;
    if (!now) {
      return;
    }
    if (changed.has('interaction') && this.known !== now.id + now.state) {
      this.known = now.id + now.state;
      this.remember();
    }
    if (this.chat && !this.failed && (this.loading || now.messages > (this.lines.at(-1)?.number ?? 0))) {
      this.fetch();
    }
    if (this.shown && this.lines.length) {
      this.fire('platform-seen', { id: now.id, messages: /** @type {ChatMessage} */ (this.lines.at(-1)).number });
    }
  }

  async remember() {
    this.historyFailed = false;
    try {
      this.history = (await api.get(`/platform/interactions/${this.interaction?.id}`)).history;
    } catch {
      this.historyFailed = true;
    }
  }

  async fetch() {
    if (this.fetching) {
      return;
    }
    this.fetching = true;
    try {
      const after = this.lines.at(-1)?.number ?? 0;
      const { messages: more } = await api.get(`/platform/interactions/${this.interaction?.id}/messages?after=${after}`);
      this.add(more);
      this.loading = false;
    } catch (error) {
      this.failed = error;
    } finally {
      this.fetching = false;
    }
  }

  /** @param {ChatMessage[]} more */
  add(more) {
    const last = this.lines.at(-1)?.number ?? 0;
    const fresh = more.filter((line) => line.number > last);
    if (fresh.length) {
      this.lines = [...this.lines, ...fresh];
    }
  }

  /** @param {string} text */
  async send(text) {
    try {
      const line = await api.post(`/platform/interactions/${this.interaction?.id}/messages`, { text });
      // Something the customer wrote meanwhile may be missing before it.
      if (line.number === (this.lines.at(-1)?.number ?? 0) + 1) {
        this.add([line]);
      } else {
        await this.fetch();
      }
    } catch (error) {
      toast(problemText(error, this.problems), { kind: 'error' });
      throw error;
    }
  }

  get problems() {
    return {
      'interaction-ended': this.t('problem.chatEnded'),
      'chat-full': this.t('problem.chatFull'),
    };
  }

  retry() {
    this.failed = undefined;
    this.fetch();
  }

  focusComposer() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('platform-conversation'))?.focus();
  }

  render() {
    const now = this.interaction;
    if (!now) {
      return nothing;
    }
    return html`<div class="page ${this.chat ? 'chat' : 'call'}">
      ${this.chat
        ? html`<div class="chatting">
            ${this.failed
              ? html`<div class="wrong" role="alert">
                  <span>${problemText(this.failed)}</span><button class="small" @click=${this.retry}>${icon('renew')}${this.t('again')}</button>
                </div>`
              : nothing}
            <platform-conversation
              mine="AGENT"
              .lines=${this.lines}
              ?loading=${this.loading && !this.failed}
              ?open=${now.state === 'ACTIVE'}
              .send=${(/** @type {string} */ text) => this.send(text)}
            >
              <div slot="closed" class="over">${now.state === 'ENDED' ? this.t('chat.ended') : this.t('chat.acceptFirst')}</div>
            </platform-conversation>
          </div>`
        : nothing}
      <div class="about">${this.details(now)} ${this.earlier()}</div>
    </div>`;
  }

  /** @param {Interaction} now */
  details(now) {
    const call = now.kind === 'CALL';
    return html`<section aria-labelledby="details">
      <h2 id="details">${mark('contact')}${this.t('customer.details')}</h2>
      <dl>
        <div>
          <dt>${this.t('customer.name')}</dt>
          <dd><bdi>${now.customer.name || this.t('customer.unknown')}</bdi></dd>
        </div>
        <div>
          <dt>${call ? this.t('customer.number') : this.t('customer.address')}</dt>
          <dd>
            <span class="number">${now.customer.address.split('@').map((part, at) => (at ? html`@<wbr />${part}` : part))}</span>
            <tandem-copy quiet .value=${now.customer.address} label=${call ? this.t('customer.number') : this.t('customer.address')}></tandem-copy>
          </dd>
        </div>
        <div>
          <dt>${this.t('customer.arrived')}</dt>
          <dd><time datetime=${now.arrivedAt}>${dayAndTime(now.arrivedAt)}</time></dd>
        </div>
        ${now.acceptedAt
          ? html`<div>
              <dt>${this.t('customer.accepted')}</dt>
              <dd><time datetime=${now.acceptedAt}>${dayAndTime(now.acceptedAt)}</time></dd>
            </div>`
          : nothing}
        ${now.endedAt
          ? html`<div>
              <dt>${this.t('customer.ended')}</dt>
              <dd><time datetime=${now.endedAt}>${dayAndTime(now.endedAt)}</time></dd>
            </div>`
          : nothing}
      </dl>
    </section>`;
  }

  earlier() {
    return html`<section aria-labelledby="earlier">
      <h2 id="earlier">${mark('history')}${this.t('history')}</h2>
      ${this.historyFailed
        ? html`<div class="wrong" role="alert">
            <span>${this.t('history.failed')}</span><button class="small" @click=${this.remember}>${icon('renew')}${this.t('again')}</button>
          </div>`
        : !this.history
          ? html`<tandem-skeleton lines="3"></tandem-skeleton>`
          : this.history.length === 0
            ? html`<p class="none">${this.t('history.none')}</p>`
            : html`<ol>
                ${repeat(
                  this.history,
                  (i) => i.id,
                  (i) => this.past(i),
                )}
              </ol>`}
    </section>`;
  }

  /** @param {Interaction} past */
  past(past) {
    const kind = past.kind === 'CALL' ? this.t('kind.call') : this.t('kind.chat');
    const how = past.acceptedAt
      ? this.t('history.with', { agent: past.agentName ?? '' })
      : past.state === 'RINGING'
        ? this.t('list.ringing')
        : this.t('list.missed');
    return html`<li>
      ${icon(past.kind === 'CALL' ? 'phone' : 'chat')}
      <span>${kind} · <time datetime=${past.arrivedAt}>${dayAndTime(past.arrivedAt)}</time></span>
      <span class="how">${how}</span>
      ${past.acceptedAt && past.endedAt
        ? html`<span class="long">${duration(Date.parse(past.endedAt) - Date.parse(past.acceptedAt))}</span>`
        : nothing}
    </li>`;
  }
}
customElements.define('platform-customer', PlatformCustomer);
