/** A chat as both sides see it: what was written, and where to write. */

import { TandemElement, css, html, icon, messages, nothing, repeat } from 'tandem/kit';
import { timeOfDay } from './format.js';
import { withLinks } from './text.js';

/** @typedef {{number: number, from: 'AGENT' | 'CUSTOMER', name: string, text: string, at: string}} ChatMessage */

const LONGEST = 4000;
/** Messages of one side within this time stand together. */
const TOGETHER = 3 * 60_000;

/**
 * Properties: `messages`, `mine` (the side that writes here), `open` (whether it may), `send` (text -> promise), `loading`.
 */
export class PlatformConversation extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    lines: { attribute: false },
    mine: {},
    open: { type: Boolean },
    send: { attribute: false },
    loading: { type: Boolean },
    draft: { state: true },
    sending: { state: true },
    below: { state: true },
  };
  static styles = css`
    :host {
      display: flex;
      flex-direction: column;
      min-block-size: 0;
      position: relative;
    }
    .log {
      flex: 1;
      min-block-size: 0;
      overflow-y: auto;
      overscroll-behavior: contain;
      padding: 16px 20px;
      display: flex;
      flex-direction: column;
      gap: 2px;
    }
    .message {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      max-inline-size: min(36rem, 84%);
    }
    .message.mine {
      align-self: flex-end;
      align-items: flex-end;
    }
    .message.first {
      margin-block-start: 12px;
    }
    /* What was said lately stands next to where one answers. */
    .log > .message:first-child {
      margin-block-start: auto;
    }
    .who {
      display: flex;
      gap: 8px;
      align-items: baseline;
      padding: 0 2px 3px;
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-muted);
    }
    .who b {
      font-weight: 600;
      color: var(--tandem-text);
    }
    .bubble {
      padding: 7px 12px;
      border-radius: 4px 14px 14px 4px;
      background: var(--tandem-surface-3);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .mine .bubble {
      border-radius: 14px 4px 4px 14px;
      background: var(--tandem-accent-soft);
    }
    .first .bubble {
      border-start-start-radius: 14px;
    }
    .mine.first .bubble {
      border-start-end-radius: 14px;
    }
    .erased {
      font-style: italic;
      color: var(--tandem-muted);
    }
    .newer {
      position: absolute;
      inset-block-end: 76px;
      inset-inline: 0;
      margin-inline: auto;
      inline-size: fit-content;
      box-shadow: var(--tandem-shadow);
    }
    form {
      display: flex;
      align-items: flex-end;
      gap: 8px;
      padding: 12px 16px;
      border-block-start: 1px solid var(--tandem-line);
    }
    .field {
      flex: 1;
      min-inline-size: 0;
      display: grid;
    }
    /* The field grows with its text: an invisible twin in the same cell gives the height. */
    .field > * {
      grid-area: 1 / 1;
      min-block-size: calc(var(--lumo-size-m) + 4px);
      max-block-size: 9.5rem;
      padding: 6px 10px;
      line-height: 1.5;
    }
    .twin {
      visibility: hidden;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      overflow: hidden;
      border: 1px solid transparent;
    }
    textarea {
      resize: none;
      overflow-y: auto;
    }
    form button {
      min-block-size: calc(var(--lumo-size-m) + 4px);
    }
    .closed {
      padding: 14px 16px;
      border-block-start: 1px solid var(--tandem-line);
      text-align: center;
      color: var(--tandem-muted);
    }
  `;

  constructor() {
    super();
    /** @type {ChatMessage[]} */
    this.lines = [];
    /** @type {'AGENT' | 'CUSTOMER'} */
    this.mine = 'AGENT';
    this.open = false;
    /** @type {(text: string) => Promise<unknown>} */
    this.send = () => Promise.resolve();
    this.loading = false;
    this.draft = '';
    this.sending = false;
    /** Whether there is something newer below what is looked at. */
    this.below = false;
    this.atEnd = true;
  }

  get log() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector('.log'));
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has('lines')) {
      const own = this.lines.at(-1)?.from === this.mine;
      if (this.atEnd || own) {
        this.toEnd();
      } else if (this.lines.length > (/** @type {ChatMessage[]} */ (changed.get('lines')) ?? []).length) {
        this.below = true;
      }
    }
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.atEnd = true;
    this.below = false;
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('textarea'))?.focus();
  }

  /** @param {Event} [event] */
  async submit(event) {
    event?.preventDefault();
    const text = this.draft.trim();
    if (!text || this.sending) {
      return;
    }
    this.sending = true;
    try {
      await this.send(text);
      if (this.draft.trim() === text) {
        this.draft = '';
      }
    } catch {
      // Whoever gave us `send` has said why; the text stays where it was.
    } finally {
      this.sending = false;
      this.focus();
    }
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      this.submit(event);
    }
  }

  /**
   * @param {ChatMessage} line
   * @param {number} at
   */
  line(line, at) {
    const before = this.lines[at - 1];
    const first = !before || before.from !== line.from || before.name !== line.name || Date.parse(line.at) - Date.parse(before.at) > TOGETHER;
    return html`<div class="message ${line.from === this.mine ? 'mine' : ''} ${first ? 'first' : ''}">
      ${first ? html`<div class="who"><b><bdi>${line.name}</bdi></b><time datetime=${line.at}>${timeOfDay(line.at)}</time></div>` : nothing}
      ${line.text
        ? html`<div class="bubble" dir="auto" title=${timeOfDay(line.at)}>${withLinks(line.text)}</div>`
        : html`<div class="bubble erased">${this.t('chat.erased')}</div>`}
    </div>`;
  }

  render() {
    return html`
      <div
        class="log"
        role="log"
        tabindex="0"
        aria-label=${this.t('chat.conversation')}
        @scroll=${() => {
          this.atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 40;
          this.below &&= !this.atEnd;
        }}
      >
        ${this.loading
          ? html`<tandem-skeleton lines="4"></tandem-skeleton>`
          : this.lines.length === 0
            ? html`<tandem-empty icon="chat">${this.t('chat.empty')}</tandem-empty>`
            : repeat(
                this.lines,
                (line) => line.number,
                (line, at) => this.line(line, at),
              )}
      </div>
      ${this.below ? html`<button class="newer small primary" @click=${this.toEnd}>${icon('down')}${this.t('chat.newer')}</button>` : nothing}
      ${this.open
        ? html`<form @submit=${this.submit}>
            <label class="sr" for="text">${this.t('chat.message')}</label>
            <div class="field">
              <div class="twin" aria-hidden="true">${this.draft}&nbsp;</div>
              <textarea
                id="text"
                rows="1"
                dir="auto"
                maxlength=${LONGEST}
                placeholder=${this.t('chat.placeholder')}
                .value=${this.draft}
                @input=${(/** @type {any} */ event) => (this.draft = event.target.value)}
                @keydown=${this.keyed}
              ></textarea>
            </div>
            <button class="primary" type="submit" ?disabled=${!this.draft.trim() || this.sending}>${icon('send')}${this.t('chat.send')}</button>
          </form>`
        : html`<slot name="closed"></slot>`}
    `;
  }
}
customElements.define('platform-conversation', PlatformConversation);
