/** A menu button. */

import { html, css, nothing } from 'lit';
import { defineKit } from './define.js';
import { TandemElement } from './element.js';
import { icon } from './icons.js';

/**
 * A button that opens a list of commands. `items`: `{id, text, icon?, hint?, danger?, disabled?, separated?}`; fires `tandem-choose`
 * with the id. Arrow keys, Home, End, Escape and typing a first letter work.
 *
 * @typedef {{id: string, text: string, icon?: string, hint?: string, danger?: boolean, disabled?: boolean, separated?: boolean}} MenuItem
 */
class TandemMenu extends TandemElement {
  static properties = { items: { attribute: false }, label: {}, icon: {}, open: { state: true } };
  static styles = css`
    :host {
      display: inline-block;
    }
    .list {
      position: fixed;
      inset: auto;
      margin: 0;
      padding: 4px;
      min-inline-size: 12rem;
      max-inline-size: min(24rem, calc(100vw - 16px));
      border: 1px solid var(--tandem-line);
      border-radius: 8px;
      background: var(--tandem-surface);
      color: var(--tandem-text);
      box-shadow: var(--tandem-shadow);
    }
    .list button {
      display: flex;
      inline-size: 100%;
      justify-content: flex-start;
      padding: 6px 10px;
      background: transparent;
      color: var(--tandem-text);
      font-weight: 400;
      text-align: start;
    }
    .list button:hover:not(:disabled),
    .list button:focus {
      background: var(--lumo-contrast-10pct);
      outline-offset: -2px;
    }
    .list button.danger {
      color: var(--tandem-bad);
    }
    .list button:disabled {
      color: var(--lumo-disabled-text-color);
    }
    .hint {
      display: block;
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-muted);
    }
    hr {
      margin: 4px 6px;
      border: 0;
      border-block-start: 1px solid var(--tandem-line);
    }
    .words {
      display: var(--tandem-toolbar-words, inline);
    }
    .chevron {
      font-size: 0.7em;
      display: inline-flex;
    }
  `;

  constructor() {
    super();
    /** @type {MenuItem[]} */
    this.items = [];
    this.label = '';
    this.icon = '';
    this.open = false;
    // The browser closes the list at the press of any pointer, so at the click it looks closed already.
    this.wasOpen = false;
    this.resized = () => this.open && this.place();
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('resize', this.resized);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('resize', this.resized);
  }

  pressed() {
    if (this.open || this.wasOpen) {
      this.hide();
    } else {
      this.show();
    }
    this.wasOpen = false;
  }

  get list() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector('.list'));
  }

  get entries() {
    return /** @type {HTMLButtonElement[]} */ ([...this.renderRoot.querySelectorAll('.list button:not(:disabled)')]);
  }

  /** @param {'first' | 'last'} [focus] */
  async show(focus = 'first') {
    this.open = true;
    await this.updateComplete;
    this.list.showPopover();
    this.place();
    (focus === 'last' ? this.entries.at(-1) : this.entries[0])?.focus();
  }

  /** Beside the button, within the window, wherever that is now. */
  place() {
    const button = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.opener'));
    const place = button.getBoundingClientRect();
    const size = this.list.getBoundingClientRect();
    const below = place.bottom + 4 + size.height <= innerHeight || place.top < size.height;
    this.list.style.insetBlockStart = `${below ? place.bottom + 4 : place.top - 4 - size.height}px`;
    this.list.style.left = `${Math.max(8, Math.min(place.left, innerWidth - size.width - 8))}px`;
  }

  hide() {
    if (this.open) {
      this.list.hidePopover();
    }
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    const entries = this.entries;
    const at = entries.indexOf(/** @type {HTMLButtonElement} */ (/** @type {ShadowRoot} */ (this.renderRoot).activeElement));
    const to = {
      ArrowDown: (at + 1) % entries.length,
      ArrowUp: (at - 1 + entries.length) % entries.length,
      Home: 0,
      End: entries.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      entries[to]?.focus();
    } else if (event.key === 'Tab') {
      this.hide();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== ' ') {
      const letter = event.key.toLowerCase();
      const next = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
      next.find((e) => (e.textContent ?? '').trim().toLowerCase().startsWith(letter))?.focus();
    }
  }

  /** @param {string} id */
  choose(id) {
    this.hide();
    this.fire('tandem-choose', id);
  }

  render() {
    return html`<button
        class="quiet opener"
        part="button"
        aria-haspopup="menu"
        aria-expanded=${this.open ? 'true' : 'false'}
        title=${this.label}
        @pointerdown=${() => (this.wasOpen = this.open)}
        @click=${this.pressed}
        @keydown=${(/** @type {KeyboardEvent} */ e) => {
          if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
            e.preventDefault();
            this.show(e.key === 'ArrowUp' ? 'last' : 'first');
          }
        }}
      >
        ${this.icon ? icon(this.icon) : nothing}<span class="words">${this.label}</span><span class="chevron">${icon('down')}</span>
      </button>
      <div
        class="list"
        popover="auto"
        role="menu"
        aria-label=${this.label}
        @keydown=${this.keyed}
        @beforetoggle=${(/** @type {any} */ event) => {
          if (event.newState === 'closed' && this.renderRoot.querySelector('.list:focus-within')) {
            /** @type {HTMLElement} */ (this.renderRoot.querySelector('.opener')).focus();
          }
        }}
        @toggle=${(/** @type {any} */ event) => (this.open = event.newState === 'open')}
      >
        ${(this.open ? this.items : []).map(
          (item) => html`${item.separated ? html`<hr role="separator" />` : nothing}<button
              role="menuitem"
              tabindex="-1"
              class=${item.danger ? 'danger' : ''}
              ?disabled=${item.disabled ?? false}
              @click=${() => this.choose(item.id)}
            >
              ${item.icon ? icon(item.icon) : nothing}<span>${item.text}${item.hint ? html`<span class="hint">${item.hint}</span>` : nothing}</span>
            </button>`,
        )}
      </div>`;
  }
}
defineKit('tandem-menu', TandemMenu);
