/** Short messages at the edge of the page, and the clipboard. */

import { html, css } from 'lit';
import { repeat } from 'lit-html/directives/repeat.js';
import { defineKit } from './define.js';
import { TandemElement } from './element.js';
import { icon } from './icons.js';
import { messages } from './messages.js';
import { freePlace } from './placing.js';

/** @typedef {'info' | 'success' | 'error'} ToastKind */
/** @typedef {{id: number, text: string, kind: ToastKind}} Toast */

/** @type {Record<ToastKind, string>} */
const ICONS = { info: 'info', success: 'check', error: 'warning' };

/** So often it is looked whether a page has moved something below a message, in milliseconds; scrolling is noticed at once. */
const LOOK = 150;

class TandemToasts extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { toasts: { state: true } };
  static styles = css`
    :host {
      position: fixed;
      inset: auto 0 calc(var(--tandem-gap) * 2) 0;
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: var(--tandem-gap);
      padding: 0 calc(var(--tandem-gap) * 2);
      pointer-events: none;
      border: 0;
      background: none;
      inline-size: auto;
      block-size: auto;
      margin: 0;
      overflow: visible;
      z-index: 1000;
    }
    .toast {
      display: flex;
      align-items: center;
      gap: var(--tandem-gap);
      max-inline-size: min(34rem, 100%);
      padding: 6px 6px 6px 14px;
      border-radius: var(--tandem-radius);
      background: light-dark(hsl(214, 40%, 15%), hsl(214, 30%, 93%));
      color: light-dark(#fff, hsl(214, 40%, 12%));
      box-shadow: var(--tandem-shadow);
      font-size: var(--lumo-font-size-s);
      pointer-events: auto;
      animation: rise 160ms ease-out;
    }
    /* No room for it just now: its height is still to be known. */
    .toast.out {
      position: absolute;
      visibility: hidden;
    }
    .toast.error {
      background: var(--tandem-bad-strong);
      color: #fff;
    }
    .toast button {
      color: inherit;
    }
    @keyframes rise {
      from {
        transform: translateY(8px);
        opacity: 0;
      }
    }
  `;

  constructor() {
    super();
    /** @type {Toast[]} */
    this.toasts = [];
    this.next = 1;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.looking = undefined;
    this.moved = () => this.place();
  }

  connectedCallback() {
    super.connectedCallback();
    // In the top layer, else an open dialog would hide it.
    this.popover = 'manual';
  }

  /**
   * @param {string} text
   * @param {ToastKind} kind
   */
  add(text, kind) {
    const toast = { id: this.next++, text, kind };
    this.toasts = [...this.toasts.filter((t) => t.text !== text), toast].slice(-3);
    this.hidePopover?.();
    this.showPopover?.();
    setTimeout(() => this.remove_(toast.id), kind === 'error' ? 12_000 : 5000);
  }

  updated() {
    const shown = this.toasts.length > 0;
    if (shown && this.looking === undefined) {
      this.looking = setInterval(this.moved, LOOK);
      window.addEventListener('scroll', this.moved, { capture: true, passive: true });
      window.addEventListener('resize', this.moved);
    } else if (!shown) {
      clearInterval(this.looking);
      this.looking = undefined;
      window.removeEventListener('scroll', this.moved, { capture: true });
      window.removeEventListener('resize', this.moved);
    }
    this.place();
  }

  /** At the lower edge, unless a button stands there that somebody is asked to press. */
  place() {
    const all = [...this.renderRoot.querySelectorAll('.toast')];
    if (all.length === 0) {
      return;
    }
    /** @type {DOMRect[]} */
    const keep = [];
    window.dispatchEvent(new CustomEvent('tandem-keep-free', { detail: { keep: (/** @type {DOMRect} */ rect) => keep.push(rect) } }));
    const rects = all.map((one) => one.getBoundingClientRect());
    const left = Math.min(...rects.map((one) => one.left));
    const right = Math.max(...rects.map((one) => one.right));
    const heights = rects.map((one) => one.height);
    const { shown, end } = freePlace(heights, window.innerHeight, keep.filter((rect) => rect.left < right && rect.right > left));
    all.forEach((one, at) => one.classList.toggle('out', at < all.length - shown));
    this.style.insetBlockEnd = `${end}px`;
  }

  /** @param {number} id */
  remove_(id) {
    this.toasts = this.toasts.filter((t) => t.id !== id);
    if (this.toasts.length === 0 && this.matches(':popover-open')) {
      this.hidePopover();
    }
  }

  render() {
    return html`
      <div class="sr" role="status">${this.toasts.filter((t) => t.kind !== 'error').at(-1)?.text}</div>
      <div class="sr" role="alert">${this.toasts.filter((t) => t.kind === 'error').at(-1)?.text}</div>
      ${repeat(
        this.toasts,
        (t) => t.id,
        (t) => html`<div class="toast ${t.kind}">
          ${icon(ICONS[t.kind])}<span class="grow" dir="auto">${t.text}</span>
          <button class="quiet small icon" aria-label=${this.t('close')} @click=${() => this.remove_(t.id)}>${icon('close')}</button>
        </div>`,
      )}
    `;
  }
}
defineKit('tandem-toasts', TandemToasts);

/**
 * Shows a short message for some seconds and has it read aloud.
 *
 * @param {string} text
 * @param {{kind?: ToastKind}} [options]
 */
export function toast(text, { kind = 'info' } = {}) {
  let region = /** @type {TandemToasts | null} */ (document.querySelector('tandem-toasts'));
  if (!region) {
    region = /** @type {TandemToasts} */ (document.createElement('tandem-toasts'));
    document.body.append(region);
  }
  region.add(text, kind);
}

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether the text is in the clipboard now
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without the permission, or on a page that came over plain HTTP.
    const field = document.createElement('textarea');
    field.value = text;
    field.readOnly = true;
    field.className = 'tandem-copy-helper';
    field.style.position = 'fixed';
    field.style.insetBlockStart = '-100px';
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    (document.querySelector('dialog[open]') ?? document.body).append(field);
    field.select();
    let done = false;
    try {
      done = document.execCommand('copy');
    } catch {
      done = false;
    }
    field.remove();
    before?.focus?.();
    return done;
  }
}

class TandemCopy extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    value: {},
    label: {},
    quiet: { type: Boolean },
    done: { state: true },
  };
  static styles = css`
    :host {
      display: inline-flex;
    }
    .done {
      color: var(--tandem-good);
    }
  `;

  constructor() {
    super();
    /** What is copied. */
    this.value = '';
    /** What it is, for the button's name: "PIN". */
    this.label = '';
    /** An icon without words. */
    this.quiet = false;
    /** @type {'' | 'yes' | 'no'} */
    this.done = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  async copy() {
    this.done = (await copyText(this.value)) ? 'yes' : 'no';
    if (this.done === 'no') {
      toast(this.t('copy.failed'), { kind: 'error' });
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.done = ''), 2500);
  }

  render() {
    const done = this.done === 'yes';
    const name = this.label ? this.t('copy.what', { what: this.label }) : this.t('copy');
    return html`<button
        class=${this.quiet ? 'quiet small icon' : 'small'}
        part="button"
        aria-label=${name}
        title=${name}
        @click=${this.copy}
      >
        <span class=${done ? 'done row' : 'row'}>${icon(done ? 'check' : 'copy')}</span>
        ${this.quiet ? '' : html`<span>${done ? this.t('copied') : this.t('copy')}</span>`}
      </button>
      <span class="sr" role="status">${done ? this.t('copied') : ''}</span>`;
  }
}
defineKit('tandem-copy', TandemCopy);
