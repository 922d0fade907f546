/** The simulated customer's side of a chat. Anonymous pages have no live channel, so it asks every other second. */

import { ProblemError, TandemElement, api, css, html, icon, messages, nothing, problemText, toast } from 'tandem/kit';
import '../shared/conversation.js';
import '../shared/favicon.js';
import { northwindMark } from '../shared/marks.js';

/** @typedef {import('../shared/conversation.js').ChatMessage} ChatMessage */

const EVERY = 2000;
const EVERY_UNSEEN = 15_000;

class PlatformVisitor extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    lines: { state: true },
    state: { state: true },
    agentName: { state: true },
    phase: { state: true },
    lost: { state: true },
  };
  static styles = css`
    :host {
      display: grid;
      place-items: center;
      block-size: 100dvh;
      padding: 24px;
      font-size: 1rem;
      background:
        radial-gradient(60rem 32rem at 50% -8rem, var(--tandem-accent-soft), transparent 70%),
        var(--tandem-surface-2);
    }
    main {
      display: flex;
      flex-direction: column;
      inline-size: min(28rem, 100%);
      block-size: min(44rem, 100%);
      border: 1px solid var(--tandem-line);
      border-radius: 16px;
      background: var(--tandem-surface);
      box-shadow: var(--tandem-shadow);
      overflow: clip;
    }
    header {
      display: flex;
      align-items: center;
      gap: 12px;
      padding: 14px 12px 14px 20px;
      border-block-end: 1px solid var(--tandem-line);
    }
    h1 {
      font-size: 1.0625rem;
    }
    header p {
      font-size: 0.875rem;
      color: var(--tandem-muted);
    }
    header div {
      flex: 1;
      min-inline-size: 0;
    }
    platform-conversation {
      flex: 1;
    }
    .over {
      padding: 16px;
      border-block-start: 1px solid var(--tandem-line);
      text-align: center;
      color: var(--tandem-muted);
    }
    .lost {
      display: flex;
      gap: 8px;
      justify-content: center;
      padding: 6px 12px;
      background: var(--tandem-warn-soft);
      color: var(--tandem-warn);
      font-size: 0.875rem;
    }
    tandem-empty {
      flex: 1;
    }
    @media (max-width: 520px) {
      :host {
        padding: 0;
      }
      main {
        inline-size: 100%;
        block-size: 100%;
        border: 0;
        border-radius: 0;
      }
    }
  `;

  constructor() {
    super();
    /** @type {ChatMessage[]} */
    this.lines = [];
    /** @type {'RINGING' | 'ACTIVE' | 'ENDED'} */
    this.state = 'RINGING';
    this.agentName = '';
    /** @type {'loading' | 'here' | 'unknown'} */
    this.phase = 'loading';
    this.lost = false;
    this.path = `/platform/visitor/${encodeURIComponent(location.pathname.split('/')[2] ?? '')}`;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.looked = () => document.visibilityState === 'visible' && this.poll();
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.looked);
    this.languageChanged();
    this.poll();
  }

  async languageChanged() {
    await PlatformVisitor.messages.ready;
    document.title = this.t('page.visitor');
    this.requestUpdate();
  }

  async poll() {
    clearTimeout(this.timer);
    try {
      const visit = await api.get(`${this.path}?after=${this.lines.at(-1)?.number ?? 0}`);
      this.lost = false;
      this.phase = 'here';
      this.state = visit.state;
      this.agentName = visit.agentName ?? '';
      this.add(visit.messages);
      if (visit.state === 'ENDED') {
        return;
      }
    } catch (error) {
      if (error instanceof ProblemError && error.status === 404) {
        this.phase = 'unknown';
        return;
      }
      this.lost = true;
    }
    this.timer = setTimeout(() => this.poll(), document.visibilityState === 'visible' ? EVERY : EVERY_UNSEEN);
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
      await api.post(this.path, { text });
    } catch (error) {
      toast(problemText(error, { 'interaction-ended': this.t('problem.chatEnded'), 'chat-full': this.t('problem.chatFull') }), {
        kind: 'error',
      });
      throw error;
    } finally {
      await this.poll();
    }
  }

  async leave() {
    try {
      await api.post(`${this.path}/leave`);
    } catch (error) {
      toast(problemText(error), { kind: 'error' });
    }
    await this.poll();
  }

  get status() {
    if (this.state === 'ENDED') {
      return this.t('chat.ended');
    }
    return this.agentName ? this.t('visitor.with', { name: this.agentName }) : this.t('visitor.waiting');
  }

  render() {
    return html`<main>
      <header>
        ${northwindMark()}
        <div>
          <h1>Northwind Support</h1>
          ${this.phase === 'here' ? html`<p role="status">${this.status}</p>` : nothing}
        </div>
        ${this.phase === 'here' && this.state !== 'ENDED'
          ? html`<button class="quiet" @click=${this.leave}>${icon('leave')}${this.t('visitor.leave')}</button>`
          : nothing}
      </header>
      ${this.lost ? html`<div class="lost" role="status">${icon('offline')}${this.t('visitor.lost')}</div>` : nothing}
      ${this.phase === 'unknown'
        ? html`<tandem-empty icon="gone" heading=${this.t('visitor.unknown')}>
            ${this.t('visitor.unknown.hint')}<br /><a href="/">${this.t('home')}</a>
          </tandem-empty>`
        : html`<platform-conversation
            mine="CUSTOMER"
            .lines=${this.lines}
            ?loading=${this.phase === 'loading'}
            ?open=${this.phase === 'here' && this.state !== 'ENDED'}
            .send=${(/** @type {string} */ text) => this.send(text)}
          >
            <div slot="closed" class="over">${this.state === 'ENDED' ? this.t('visitor.over') : nothing}</div>
          </platform-conversation>`}
    </main>`;
  }
}
customElements.define('platform-visitor', PlatformVisitor);
document.body.append(document.createElement('platform-visitor'));
