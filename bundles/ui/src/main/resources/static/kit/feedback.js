/** Short messages at the edge of the page, and the clipboard. */

import { html, css } from 'lit';
import { repeat } from 'lit-html/directives/repeat.js';
import { defineKit } from './define.js';
import { TandemElement } from './element.js';
import { icon } from './icons.js';
import { messages } from './messages.js';

/** @typedef {'info' | 'success' | 'error'} ToastKind */
/** @typedef {{id: number, text: string, kind: ToastKind}} Toast */

/** @type {Record<ToastKind, string>} */
const ICONS = { info: 'info', success: 'check', error: 'warning' };

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
