/** A menu button. */

import { html, css, nothing } from 'lit';
import { defineKit } from './define.js';
import { TandemElement } from './element.js';
import { icon } from './icons.js';

/**
 * A button that opens a list of commands. `items`: `{id, text, icon?, hint?, danger?, disabled?, separated?, items?}`; fires `tandem-choose`
 * with the id. One with `items` opens a list of its own beside it. Arrow keys, Home, End, Escape and typing a first letter work.
 * A disabled one can be reached all the same, so that its hint, the reason, is read aloud.
 *
 * @typedef {{id: string, text: string, icon?: string, hint?: string, danger?: boolean, disabled?: boolean, separated?: boolean, items?: MenuItem[]}} MenuItem
 */
class TandemMenu extends TandemElement {
  static properties = { items: { attribute: false }, label: {}, icon: {}, bare: { type: Boolean }, open: { state: true }, sub: { state: true } };
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
    .list button:hover:not([aria-disabled='true']),
    .list button[aria-expanded='true'],
    .list button:focus {
      background: var(--lumo-contrast-10pct);
      outline-offset: -2px;
    }
    .list button.danger {
      color: var(--tandem-bad);
    }
    .list button[aria-disabled='true'] {
      color: var(--lumo-disabled-text-color);
    }
    .list button > span {
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    .list .further {
      margin-inline-start: auto;
      display: inline-flex;
      font-size: 0.7em;
      rotate: -90deg;
    }
    .list .further:dir(rtl) {
      rotate: 90deg;
    }
    .sub {
      max-block-size: calc(100dvh - 16px);
      overflow: auto;
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
    :host([bare]) .words {
      display: none;
    }
    :host([bare]) .opener {
      padding-inline: 0.6em;
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
    /** Without words: only the arrow. */
    this.bare = false;
    this.open = false;
    /** Id of the item whose own list is open. */
    this.sub = '';
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

  get subList() {
    return /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.sub'));
  }

  /** @param {'first' | 'last'} [focus] */
  async show(focus = 'first') {
    this.open = true;
    await this.updateComplete;
    this.list.showPopover();
    this.place();
    const entries = entriesOf(this.list);
    (focus === 'last' ? entries.at(-1) : entries[0])?.focus();
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

  /**
   * @param {MenuItem} item
   * @param {boolean} focus whether its first entry gets the focus
   */
  async openSub(item, focus) {
    if (item.disabled) {
      return;
    }
    this.sub = item.id;
    await this.updateComplete;
    const list = this.subList;
    if (!list || this.sub !== item.id) {
      return;
    }
    if (!list.matches(':popover-open')) {
      list.showPopover();
      this.placeSub(list);
    }
    if (focus) {
      entriesOf(list)[0]?.focus();
    }
  }

  /** @param {HTMLElement} list */
  placeSub(list) {
    const place = /** @type {HTMLElement} */ (list.previousElementSibling).getBoundingClientRect();
    const size = list.getBoundingClientRect();
    const right = place.right + 2;
    const left = place.left - 2 - size.width;
    const wanted = this.rightToLeft ? (left >= 8 ? left : right) : right + size.width + 8 <= innerWidth ? right : left;
    list.style.left = `${Math.max(8, Math.min(wanted, innerWidth - size.width - 8))}px`;
    list.style.top = `${Math.max(8, Math.min(place.top - 5, innerHeight - size.height - 8))}px`;
  }

  closeSub() {
    if (this.sub) {
      this.subList?.hidePopover();
      this.sub = '';
    }
  }

  get rightToLeft() {
    return getComputedStyle(this).direction === 'rtl';
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    const list = /** @type {HTMLElement} */ (event.currentTarget);
    event.stopPropagation();
    const focused = /** @type {HTMLButtonElement} */ (/** @type {ShadowRoot} */ (this.renderRoot).activeElement);
    const entries = entriesOf(list);
    const at = entries.indexOf(focused);
    const to = {
      ArrowDown: (at + 1) % entries.length,
      ArrowUp: (at - 1 + entries.length) % entries.length,
      Home: 0,
      End: entries.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      entries[to]?.focus();
    } else if (event.key === (this.rightToLeft ? 'ArrowLeft' : 'ArrowRight')) {
      const item = this.items.find((i) => i.items && i.id === focused?.dataset.id);
      if (item) {
        event.preventDefault();
        this.openSub(item, true);
      }
    } else if (event.key === (this.rightToLeft ? 'ArrowRight' : 'ArrowLeft')) {
      if (list === this.subList) {
        event.preventDefault();
        this.closeSub();
      }
    } else if (event.key === 'Tab') {
      this.hide();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== ' ') {
      const letter = event.key.toLowerCase();
      const next = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
      next.find((e) => (e.textContent ?? '').trim().toLowerCase().startsWith(letter))?.focus();
    }
  }

  /** @param {MenuItem} item */
  choose(item) {
    if (item.items) {
      this.openSub(item, true);
    } else if (!item.disabled) {
      this.hide();
      this.fire('tandem-choose', item.id);
    }
  }

  /**
   * What a list is about to close had the focus, which goes back to whatever opened it.
   *
   * @param {any} event
   * @param {string} opener
   */
  closing(event, opener) {
    if (event.newState === 'closed' && event.target.matches(':focus-within')) {
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(opener))?.focus();
    }
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
        @beforetoggle=${(/** @type {any} */ event) => this.closing(event, '.opener')}
        @toggle=${(/** @type {any} */ event) => {
          this.open = event.newState === 'open';
          this.sub = this.open ? this.sub : '';
        }}
      >
        ${(this.open ? this.items : []).map((item) => this.item(item))}
      </div>`;
  }

  /**
   * @param {MenuItem} item
   * @param {boolean} [within] whether it stands in a list beside another item
   * @returns {unknown}
   */
  item(item, within = false) {
    const expanded = this.sub === item.id;
    return html`${item.separated ? html`<hr role="separator" />` : nothing}<button
        role="menuitem"
        tabindex="-1"
        data-id=${item.id}
        class=${item.danger ? 'danger' : ''}
        aria-disabled=${item.disabled ? 'true' : nothing}
        aria-haspopup=${item.items ? 'menu' : nothing}
        aria-expanded=${item.items ? String(expanded) : nothing}
        @click=${() => this.choose(item)}
        @pointerenter=${(/** @type {PointerEvent} */ event) => {
          if (event.pointerType === 'mouse' && !within) {
            item.items ? this.openSub(item, false) : this.closeSub();
          }
        }}
      >
        ${item.icon ? icon(item.icon) : nothing}<span>${item.text}${item.hint ? html`<span class="hint">${item.hint}</span>` : nothing}</span>
        ${item.items ? html`<span class="further">${icon('down')}</span>` : nothing}
      </button>
      ${item.items && expanded
        ? html`<div
            class="list sub"
            popover="auto"
            role="menu"
            aria-label=${item.text}
            @keydown=${this.keyed}
            @beforetoggle=${(/** @type {any} */ event) => this.closing(event, `[data-id="${item.id}"]`)}
            @toggle=${(/** @type {any} */ event) => {
              event.stopPropagation();
              if (event.newState === 'closed' && this.sub === item.id && !this.subList?.matches(':popover-open')) {
                this.sub = '';
              }
            }}
          >
            ${item.items.map((one) => this.item(one, true))}
          </div>`
        : nothing}`;
  }
}
defineKit('tandem-menu', TandemMenu);

/**
 * @param {HTMLElement} list
 * @returns {HTMLButtonElement[]} its own entries, not those of a list beside it
 */
function entriesOf(list) {
  return /** @type {HTMLButtonElement[]} */ ([...list.querySelectorAll(':scope > button')]);
}
