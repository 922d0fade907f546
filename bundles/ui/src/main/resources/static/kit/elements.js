/** Small elements that every page uses. */

import { html, css, nothing } from 'lit';
import { live as liveValue } from 'lit-html/directives/live.js';
import { defineKit } from './define.js';
import { TandemElement } from './element.js';
import { icon } from './icons.js';
import { live } from './live.js';
import { LANGUAGES, language, messages, setLanguage } from './messages.js';
import { theme } from './theme.js';

const texts = messages(import.meta.url);

/** Nothing here yet: an icon, a heading, and in the slot what to do next. */
class TandemEmpty extends TandemElement {
  static properties = { icon: {}, heading: {} };
  static styles = css`
    :host {
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: var(--tandem-gap);
      padding: calc(var(--tandem-gap) * 3) calc(var(--tandem-gap) * 2);
      text-align: center;
      color: var(--tandem-muted);
    }
    .mark {
      font-size: 1.6rem;
      line-height: 1;
      opacity: 0.8;
    }
    .heading {
      color: var(--tandem-text);
      font-weight: 600;
    }
    .what {
      max-inline-size: 44ch;
      text-wrap: pretty;
    }
  `;

  constructor() {
    super();
    this.icon = '';
    this.heading = '';
  }

  render() {
    return html`${this.icon ? html`<div class="mark">${icon(this.icon)}</div>` : nothing}
      ${this.heading ? html`<p class="heading">${this.heading}</p>` : nothing}
      <div class="what"><slot></slot></div>`;
  }
}
defineKit('tandem-empty', TandemEmpty);

/** Grey lines where text will be; they appear after 300 ms, so that what loads fast does not flicker. */
class TandemSkeleton extends TandemElement {
  static messages = texts;
  static properties = { lines: { type: Number } };
  static styles = css`
    :host {
      display: block;
      padding: calc(var(--tandem-gap) * 2);
    }
    .lines {
      animation: show 0s 300ms both;
    }
    .line {
      block-size: 0.8em;
      margin-block-end: 0.9em;
      border-radius: 4px;
      background: var(--lumo-contrast-10pct);
      animation: breathe 1.6s ease-in-out infinite alternate;
    }
    .line:nth-child(3n) {
      inline-size: 62%;
    }
    .line:nth-child(3n + 2) {
      inline-size: 84%;
    }
    @keyframes show {
      from {
        visibility: hidden;
      }
    }
    @keyframes breathe {
      to {
        opacity: 0.45;
      }
    }
  `;

  constructor() {
    super();
    this.lines = 3;
  }

  render() {
    return html`<div class="lines" role="status">
      <span class="sr">${this.t('loading')}</span>
      ${Array.from({ length: this.lines }, () => html`<div class="line" aria-hidden="true"></div>`)}
    </div>`;
  }
}
defineKit('tandem-skeleton', TandemSkeleton);

const compactSelect = css`
  :host {
    display: inline-flex;
  }
  label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: inherit;
  }
  select {
    inline-size: auto;
    field-sizing: content;
    border-color: transparent;
    background: transparent;
    min-block-size: var(--lumo-size-m);
    padding-inline: 4px;
    cursor: pointer;
  }
  select:hover {
    background: var(--lumo-contrast-5pct);
  }
  option {
    background: var(--tandem-surface);
    color: var(--tandem-text);
  }
`;

/** The language of the page. */
class TandemLanguageMenu extends TandemElement {
  static messages = texts;
  static styles = compactSelect;

  render() {
    return html`<label>
      ${icon('globe')}<span class="sr">${this.t('language')}</span>
      <select
        .value=${liveValue(language())}
        @change=${(/** @type {any} */ event) => setLanguage(event.target.value)}
      >
        ${LANGUAGES.map((l) => html`<option value=${l.tag} lang=${l.tag} ?selected=${l.tag === language()}>${l.name}</option>`)}
      </select>
    </label>`;
  }
}
defineKit('tandem-language-menu', TandemLanguageMenu);

/** Light, dark, or as the system has it. */
class TandemThemeMenu extends TandemElement {
  static messages = texts;
  static styles = compactSelect;

  constructor() {
    super();
    this.changed = () => this.requestUpdate();
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('tandem-theme', this.changed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('tandem-theme', this.changed);
  }

  render() {
    const now = theme.get();
    const options = [
      { value: 'system', text: this.t('theme.system') },
      { value: 'light', text: this.t('theme.light') },
      { value: 'dark', text: this.t('theme.dark') },
    ];
    return html`<label>
      ${icon(now === 'dark' ? 'moon' : now === 'light' ? 'sun' : 'contrast')}<span class="sr">${this.t('theme')}</span>
      <select
        .value=${liveValue(now)}
        @change=${(/** @type {any} */ event) => theme.set(event.target.value)}
      >
        ${options.map((o) => html`<option value=${o.value} ?selected=${o.value === now}>${o.text}</option>`)}
      </select>
    </label>`;
  }
}
defineKit('tandem-theme-menu', TandemThemeMenu);

/** @type {Set<TandemConnection>} all banners of the page: a tab brings its own into a desktop that has one already */
const banners = new Set();

/** A banner while the line to the server is lost, and for a moment when it is back. It takes no room otherwise. Of several in a page only the first is seen. */
class TandemConnection extends TandemElement {
  static messages = texts;
  static properties = { shown: { state: true } };
  static styles = css`
    :host {
      display: block;
    }
    .banner {
      display: flex;
      align-items: center;
      justify-content: center;
      gap: var(--tandem-gap);
      padding: 6px 16px;
      background: var(--tandem-warn-soft);
      color: var(--tandem-warn);
      font-size: var(--lumo-font-size-s);
      font-weight: 500;
      border-block-end: 1px solid currentColor;
    }
    .banner.back {
      background: var(--tandem-good-soft);
      color: var(--tandem-good);
    }
  `;

  constructor() {
    super();
    /** @type {'' | 'offline' | 'back'} */
    this.shown = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.turned = () => this.turn();
  }

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('status', this.turned);
    window.addEventListener('offline', this.turned);
    banners.add(this);
    this.turn();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('status', this.turned);
    window.removeEventListener('offline', this.turned);
    banners.delete(this);
    banners.forEach((other) => other.requestUpdate());
    clearTimeout(this.timer);
  }

  turn() {
    clearTimeout(this.timer);
    if (live.status === 'connected') {
      if (this.shown === 'offline') {
        this.shown = 'back';
        this.timer = setTimeout(() => (this.shown = ''), 4000);
      }
    } else if (live.status === 'offline' || navigator.onLine === false) {
      this.shown = 'offline';
    } else if (this.shown !== 'offline') {
      // The first attempt to come back often succeeds; it need not be shown.
      this.timer = setTimeout(() => live.wanted && live.status !== 'connected' && (this.shown = 'offline'), 3000);
    }
  }

  render() {
    const text = { '': '', offline: this.t('connection.offline'), back: this.t('connection.back') }[this.shown];
    const first = banners.values().next().value === this;
    return html`<div role="status">
      ${this.shown && first
        ? html`<div class="banner ${this.shown}">${icon(this.shown === 'back' ? 'check' : 'offline')}<span>${text}</span></div>`
        : nothing}
    </div>`;
  }
}
defineKit('tandem-connection', TandemConnection);

/** A modal dialog: property `open`, attribute `heading`, slots (content) and `footer`; fires `tandem-dismiss`. */
class TandemDialog extends TandemElement {
  static messages = texts;
  static properties = { open: { type: Boolean, reflect: true }, heading: {} };
  static styles = css`
    :host {
      display: contents;
    }
    dialog {
      inline-size: min(32rem, calc(100vw - 32px));
      max-block-size: calc(100dvh - 48px);
      padding: 0;
      border: 1px solid var(--tandem-line);
      border-radius: 10px;
      background: var(--tandem-surface);
      color: var(--tandem-text);
      box-shadow: var(--tandem-shadow);
    }
    dialog::backdrop {
      background: hsla(214, 40%, 8%, 0.45);
    }
    header {
      display: flex;
      align-items: center;
      gap: var(--tandem-gap);
      padding: 12px 12px 0 20px;
    }
    h2 {
      flex: 1;
      font-size: var(--lumo-font-size-l);
    }
    .body {
      padding: 12px 20px 20px;
    }
    footer {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: var(--tandem-gap);
      padding: 0 20px 16px;
    }
  `;

  constructor() {
    super();
    this.open = false;
    this.heading = '';
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has('open')) {
      const dialog = /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
      if (this.open && !dialog.open) {
        dialog.showModal();
      } else if (!this.open && dialog.open) {
        dialog.close();
      }
    }
  }

  dismiss() {
    if (this.open) {
      this.open = false;
      this.fire('tandem-dismiss');
    }
  }

  render() {
    return html`<dialog aria-labelledby="heading" @close=${this.dismiss} @cancel=${(/** @type {Event} */ e) => e.stopPropagation()}>
      <header>
        <h2 id="heading">${this.heading}</h2>
        <button class="quiet icon" aria-label=${this.t('close')} @click=${this.dismiss}>${icon('close')}</button>
      </header>
      <div class="body"><slot></slot></div>
      <footer><slot name="footer"></slot></footer>
    </dialog>`;
  }
}
defineKit('tandem-dialog', TandemDialog);
