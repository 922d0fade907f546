/** `<tandem-qr value label>`: a QR code that a phone can read from the screen; a click makes it large. */

import { html, css, nothing } from 'lit';
import { defineKit } from './define.js';
import { TandemElement } from './element.js';
import { icon } from './icons.js';
import { messages } from './messages.js';

/** @typedef {import('./qr-code.js').QrCode} QrCode */

/** Light modules around the code: the standard asks for four, in the dark too. */
const QUIET = 4;

class TandemQr extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    value: {},
    label: {},
    code: { state: true },
    large: { state: true },
  };
  static styles = css`
    :host {
      display: inline-block;
      inline-size: 8.5rem;
      block-size: 8.5rem;
    }
    button.code {
      display: block;
      inline-size: 100%;
      block-size: 100%;
      min-block-size: 0;
      padding: 0;
      border: 1px solid var(--tandem-line);
      overflow: hidden;
      background: #fff;
      position: relative;
      cursor: zoom-in;
    }
    button.code:hover:not(:disabled) {
      background: #fff;
      border-color: var(--tandem-accent);
    }
    .code > svg.modules {
      display: block;
      inline-size: 100%;
      block-size: 100%;
    }
    .lens {
      position: absolute;
      inset: auto 0 0 auto;
      display: grid;
      place-items: center;
      inline-size: 1.75rem;
      block-size: 1.75rem;
      border-start-start-radius: var(--tandem-radius);
      background: var(--tandem-accent);
      color: var(--tandem-on-accent);
      opacity: 0;
    }
    button.code:hover .lens,
    button.code:focus-visible .lens {
      opacity: 1;
    }
    figure {
      margin: 0;
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: calc(var(--tandem-gap) * 2);
    }
    figure svg.modules {
      inline-size: min(26rem, 60vh, 100%);
      border-radius: var(--tandem-radius);
      background: #fff;
    }
    figcaption {
      text-align: center;
      color: var(--tandem-muted);
    }
    figcaption b {
      display: block;
      overflow-wrap: anywhere;
      color: var(--tandem-text);
    }
  `;

  constructor() {
    super();
    /** What the code says. */
    this.value = '';
    /** What it is, for its name: "Client URL". */
    this.label = '';
    /** @type {QrCode | undefined} */
    this.code = undefined;
    this.large = false;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('value')) {
      this.encode(this.value);
    }
  }

  /** @param {string} value */
  async encode(value) {
    try {
      const { qrCode } = await import('./qr-code.js');
      if (value === this.value) {
        this.code = value ? qrCode(value) : undefined;
      }
    } catch (error) {
      // The address stands beside it in letters.
      console.error('tandem: no QR code', error);
    }
  }

  render() {
    const { code } = this;
    if (!code) {
      return nothing;
    }
    const name = this.t('qr.of', { what: this.label });
    return html`<button class="code" aria-label="${name}. ${this.t('qr.enlarge')}" title=${this.t('qr.enlarge')} aria-haspopup="dialog" @click=${() => (this.large = true)}>
        ${modules(code)}<span class="lens">${icon('full')}</span>
      </button>
      <tandem-dialog .open=${this.large} heading=${name} @tandem-dismiss=${() => (this.large = false)}>
        ${this.large
          ? html`<figure>
              ${modules(code, `${name}: ${this.value}`)}
              <figcaption>${this.t('qr.hint')}<b dir="ltr">${this.value}</b></figcaption>
            </figure>`
          : nothing}
      </tandem-dialog>`;
  }
}

/**
 * @param {QrCode} code
 * @param {string} [name] for screen readers; without one it is hidden from them
 */
function modules({ size, path }, name = '') {
  const all = size + 2 * QUIET;
  return html`<svg
    class="modules"
    viewBox="${-QUIET} ${-QUIET} ${all} ${all}"
    shape-rendering="crispEdges"
    role=${name ? 'img' : 'presentation'}
    aria-hidden=${name ? 'false' : 'true'}
    aria-label=${name || nothing}
    focusable="false"
  >
    <rect x=${-QUIET} y=${-QUIET} width=${all} height=${all} fill="#fff"></rect>
    <path d=${path} fill="#000"></path>
  </svg>`;
}
defineKit('tandem-qr', TandemQr);
