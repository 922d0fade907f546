/** One click that puts the client URL into the chat with the customer. */

import { TandemElement, api, css, define, html, icon, messages, nothing, problemText } from 'tandem/kit';

/** Only for interactions that are chats; elsewhere it renders nothing. */
class SendLink extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false }, state: { state: true }, problem: { state: true } };
  static styles = css`
    :host {
      display: block;
    }
    .send {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
    }
    .good {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      color: var(--tandem-good);
    }
  `;

  constructor() {
    super();
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
    /** @type {'' | 'sending' | 'sent' | 'failed'} */
    this.state = '';
    this.problem = '';
    this.of = '';
  }

  willUpdate() {
    if (this.session && this.session.id !== this.of) {
      this.of = this.session.id;
      this.state = '';
    }
  }

  async send() {
    this.state = 'sending';
    try {
      await api.post(`/sessions/${this.session?.id}/send-link`);
      this.state = 'sent';
    } catch (error) {
      this.problem = problemText(error);
      this.state = 'failed';
    }
  }

  render() {
    if (!this.session?.interaction?.chat) {
      return nothing;
    }
    const sent = this.state === 'sent';
    return html`<div class="send">
      <button class=${sent ? '' : 'primary'} ?disabled=${this.state === 'sending'} @click=${this.send}>
        ${icon('send')}${sent ? this.t('send.again') : this.t('send')}
      </button>
      <span role="status">
        ${sent ? html`<span class="good">${icon('check')}${this.t('send.done')}</span>` : nothing}
        ${this.state === 'failed' ? html`<span class="error">${this.t('send.failed')} ${this.problem}</span>` : nothing}
      </span>
    </div>`;
  }
}

/** The element's name. */
export const SEND_LINK = define('tandem-send-link', SendLink, import.meta.url);
