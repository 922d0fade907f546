/** Base class of all elements of the kit, the tab, the customer's page and the slices' panels. */

import { LitElement } from 'lit';
import { controls } from './controls.js';
import { stylesReady } from './theme.js';

/** @typedef {import('./messages.js').Catalogue} Catalogue */
/** @typedef {import('./messages.js').MessageArguments} MessageArguments */

/**
 * A Lit element with texts. A subclass says `static messages = messages(import.meta.url)`; it is rendered for the first
 * time when these texts are there, and again whenever the language changes. Native controls look like Lumo.
 */
export class TandemElement extends LitElement {
  /** @type {Catalogue | undefined} */
  static messages;

  /** @param {any} styles */
  static finalizeStyles(styles) {
    return [controls, ...super.finalizeStyles(styles)];
  }

  constructor() {
    super();
    this.__relabel = () => this.languageChanged();
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('tandem-language', this.__relabel);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('tandem-language', this.__relabel);
  }

  /** Called when the page speaks another language; renders again. */
  languageChanged() {
    this.requestUpdate();
  }

  /**
   * A text of the element's bundle.
   *
   * @param {string} key
   * @param {MessageArguments} [args]
   * @returns {string}
   */
  t(key, args) {
    const type = /** @type {typeof TandemElement} */ (this.constructor);
    return type.messages?.t(key, args) ?? key;
  }

  /** Waits for texts and tokens before the first rendering. */
  async scheduleUpdate() {
    if (!this.hasUpdated) {
      const type = /** @type {typeof TandemElement} */ (this.constructor);
      await Promise.all([type.messages?.ready, stylesReady]);
    }
    super.scheduleUpdate();
  }

  /**
   * Fires a bubbling, composed event.
   *
   * @param {string} name
   * @param {unknown} [detail]
   */
  fire(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
