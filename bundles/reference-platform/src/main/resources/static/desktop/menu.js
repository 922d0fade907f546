/** A button with a menu of commands and choices; its opener is what stands in the slot. */

import { TandemElement, css, html, icon, nothing } from 'tandem/kit';
import { mark } from '../shared/marks.js';

/**
 * @typedef {object} Entry
 * @property {string} [id] of a command or a choice; fires `platform-choose` with it
 * @property {string} [text]
 * @property {string} [heading] instead: a heading of what follows
 * @property {string} [icon] of the kit
 * @property {string} [mark] of this bundle
 * @property {string} [dot] class of a coloured dot: `good`, `warn`, `off`
 * @property {string} [hint]
 * @property {boolean} [checked] makes it a choice
 * @property {boolean} [line] a line above it
 */

export class PlatformMenu extends TandemElement {
  static properties = { entries: { attribute: false }, label: {}, look: {}, open: { state: true } };
  static styles = css`
    :host {
      display: inline-block;
    }
    .opener.round {
      border-radius: 50%;
      inline-size: var(--lumo-size-m);
      padding: 0;
    }
    .opener ::slotted(svg) {
      flex: none;
    }
    .chevron {
      display: inline-flex;
      font-size: 0.75em;
      color: var(--tandem-muted);
    }
    .list {
      position: fixed;
      inset: auto;
      margin: 0;
      padding: 4px;
      min-inline-size: 13rem;
      max-inline-size: min(22rem, calc(100vw - 16px));
      max-block-size: calc(100dvh - 16px);
      overflow: auto;
      border: 1px solid var(--tandem-line);
      border-radius: 8px;
      background: var(--tandem-surface);
      color: var(--tandem-text);
      box-shadow: var(--tandem-shadow);
    }
    .heading {
      padding: 8px 10px 4px;
      font-size: var(--lumo-font-size-xs);
      font-weight: 600;
      color: var(--tandem-muted);
    }
    .list button {
      display: flex;
      inline-size: 100%;
      justify-content: flex-start;
      gap: 10px;
      padding: 4px 10px;
      background: transparent;
      color: var(--tandem-text);
      font-weight: 400;
      text-align: start;
    }
    .list button:hover,
    .list button:focus {
      background: var(--lumo-contrast-5pct);
      outline-offset: -2px;
    }
    .hint {
      margin-inline-start: auto;
      padding-inline-start: 16px;
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-muted);
    }
    .tick {
      margin-inline-start: auto;
      display: inline-flex;
      color: var(--tandem-accent-text);
    }
    .dot {
      inline-size: 10px;
      block-size: 10px;
      margin: 0 3px;
      border-radius: 50%;
      flex: none;
    }
    .dot.good {
      background: var(--tandem-good);
    }
    .dot.warn {
      background: transparent;
      border: 3px solid var(--tandem-warn);
    }
    hr {
      margin: 4px 6px;
      border: 0;
      border-block-start: 1px solid var(--tandem-line);
    }
  `;

  constructor() {
    super();
    /** @type {Entry[]} */
    this.entries = [];
    /** What the button is called. */
    this.label = '';
    /** @type {'' | 'round'} */
    this.look = '';
    this.open = false;
    this.wasOpen = false;
  }

  get list() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector('.list'));
  }

  get opener() {
    return /** @type {HTMLButtonElement} */ (this.renderRoot.querySelector('.opener'));
  }

  get commands() {
    return /** @type {HTMLButtonElement[]} */ ([...this.renderRoot.querySelectorAll('.list button')]);
  }

  focus() {
    this.opener?.focus();
  }

  /** @param {'first' | 'last'} [to] */
  show(to = 'first') {
    this.list.showPopover();
    const place = this.opener.getBoundingClientRect();
    const size = this.list.getBoundingClientRect();
    const below = place.bottom + 4 + size.height <= innerHeight || place.top < size.height + 8;
    const left = place.left + size.width + 8 <= innerWidth ? place.left : place.right - size.width;
    this.list.style.top = `${below ? Math.min(place.bottom + 4, innerHeight - size.height - 8) : place.top - 4 - size.height}px`;
    this.list.style.left = `${Math.max(8, Math.min(left, innerWidth - size.width - 8))}px`;
    const checked = this.commands.find((c) => c.getAttribute('aria-checked') === 'true');
    (to === 'last' ? this.commands.at(-1) : (checked ?? this.commands[0]))?.focus();
  }

  hide() {
    if (this.open) {
      this.list.hidePopover();
    }
  }

  /** @param {KeyboardEvent} event */
  openerKeyed(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.show(event.key === 'ArrowUp' ? 'last' : 'first');
    }
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    const all = this.commands;
    const at = all.indexOf(/** @type {any} */ (/** @type {ShadowRoot} */ (this.renderRoot).activeElement));
    const to = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[to].focus();
    } else if (event.key === 'Tab') {
      this.hide();
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const letter = event.key.toLowerCase();
      [...all.slice(at + 1), ...all.slice(0, at + 1)]
        .find((c) => (c.textContent ?? '').trim().toLowerCase().startsWith(letter))
        ?.focus();
    }
  }

  /** @param {any} event */
  toggled(event) {
    this.open = event.newState === 'open';
    if (!this.open && this.list.matches(':focus-within')) {
      this.opener.focus();
    }
  }

  /** @param {Entry} entry */
  choose(entry) {
    this.hide();
    this.opener.focus();
    this.fire('platform-choose', entry.id);
  }

  render() {
    return html`<button
        class="quiet opener ${this.look}"
        aria-haspopup="menu"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-label=${this.label}
        title=${this.label}
        @pointerdown=${() => (this.wasOpen = this.open)}
        @click=${() => (this.wasOpen ? this.hide() : this.show())}
        @keydown=${this.openerKeyed}
      >
        <slot></slot>${this.look === 'round' ? nothing : html`<span class="chevron">${icon('down')}</span>`}
      </button>
      <div class="list" popover="auto" role="menu" aria-label=${this.label} @keydown=${this.keyed} @toggle=${this.toggled}>
        ${this.entries.map((entry) => this.entry(entry))}
      </div>`;
  }

  /** @param {Entry} entry */
  entry(entry) {
    const line = entry.line ? html`<hr role="separator" />` : nothing;
    if (entry.heading) {
      return html`${line}<div class="heading" role="presentation">${entry.heading}</div>`;
    }
    const choice = entry.checked !== undefined;
    return html`${line}<button
        role=${choice ? 'menuitemradio' : 'menuitem'}
        aria-checked=${choice ? String(entry.checked) : nothing}
        tabindex="-1"
        @click=${() => {
          this.wasOpen = false;
          this.choose(entry);
        }}
      >
        ${entry.dot ? html`<span class="dot ${entry.dot}"></span>` : nothing}${entry.icon ? icon(entry.icon) : nothing}${entry.mark ? mark(entry.mark) : nothing}
        <span>${entry.text}</span>
        ${entry.hint ? html`<span class="hint">${entry.hint}</span>` : nothing}
        ${entry.checked ? html`<span class="tick">${icon('check')}</span>` : nothing}
      </button>`;
  }
}
customElements.define('platform-menu', PlatformMenu);
