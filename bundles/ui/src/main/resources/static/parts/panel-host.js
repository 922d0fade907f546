/** Holds one panel of a slice, and keeps its troubles to itself. */

import { TandemElement, css, define, html, icon, messages, nothing } from 'tandem/kit';
import { attach, guardUpdates, panelElement } from './panel-guard.js';

/** @typedef {import('./panels.js').PanelInfo} PanelInfo */

/** A badge, a line of the connection panel: longer ones are cut. */
const LONGEST_TEXT = 200;

/**
 * Loads the panel's module, makes its element and hands it `session`, `me` and `role` (our `side`), to an agent's also `controls`, to a customer's also `seat`. Whatever throws in there is shown as a
 * failed panel, by name, with a way to try again; so is one that does not come.
 *
 * Fires `panel-badge` {id, text}, `panel-status` {id, key, text}, `panel-attention` {id}: the panel's own events, which end here.
 */
class PanelHost extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    panel: { attribute: false },
    heading: {},
    session: { attribute: false },
    me: { attribute: false },
    side: {},
    controls: { attribute: false },
    compact: { type: Boolean, reflect: true },
    seat: { attribute: false },
    phase: { state: true },
  };
  static styles = css`
    :host {
      display: flex;
      flex-direction: column;
      min-block-size: 0;
      min-inline-size: 0;
    }
    :host([compact]) {
      flex-direction: row;
      align-items: center;
    }
    :host([compact]) .holder {
      flex-direction: row;
    }
    .holder {
      flex: 1;
      min-block-size: 0;
      min-inline-size: 0;
      display: flex;
      flex-direction: column;
    }
    p {
      margin-block-start: var(--tandem-gap);
    }
    .holder > * {
      flex: 1;
      min-block-size: 0;
      min-inline-size: 0;
    }
  `;

  constructor() {
    super();
    /** @type {PanelInfo | undefined} */
    this.panel = undefined;
    this.heading = '';
    /** @type {any} */
    this.session = undefined;
    /** @type {any} */
    this.me = undefined;
    /** @type {'agent' | 'customer' | 'viewer'} */
    this.side = 'agent';
    /** @type {boolean | undefined} whether the agent is in control */
    this.controls = undefined;
    /** In a row of buttons: it says little while it loads or fails. */
    this.compact = false;
    /** @type {{pin: string, url: string} | undefined} the customer's own */
    this.seat = undefined;
    /** @type {'loading' | 'slow' | 'shown' | 'failed'} */
    this.phase = 'loading';
    /** @type {any} */
    this.element = undefined;
    this.loaded = '';
    /** Counts attempts to show it; what an earlier one brings is not wanted any more. */
    this.attempt = 0;
    this.retries = 0;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (this.panel && this.panel.element !== this.loaded) {
      this.loaded = this.panel.element;
      this.retries = 0;
      this.load(this.panel);
    } else if (changed.has('session') || changed.has('me') || changed.has('side') || changed.has('controls')) {
      this.hand();
    }
  }

  /** @param {PanelInfo} panel */
  async load(panel) {
    const attempt = ++this.attempt;
    const wanted = () => attempt === this.attempt;
    this.phase = 'loading';
    this.element?.remove();
    this.element = undefined;
    try {
      const element = await panelElement(panel, {
        attempt: this.retries,
        slow: () => {
          if (wanted()) {
            this.phase = 'slow';
          }
        },
      });
      if (!wanted()) {
        return;
      }
      this.element = element;
      // On the customer's page a panel is as high as the others, unless it says that it fits itself to what is in it.
      this.toggleAttribute('fits', /** @type {any} */ (element.constructor).fits === true);
      this.listen(element, panel.id);
      guardUpdates(element, (error) => this.fail(error, element));
      this.hand();
      if (this.element !== element) {
        return;
      }
      this.phase = 'shown';
      await this.updateComplete;
      const holder = this.renderRoot.querySelector('.holder');
      if (holder && this.element === element) {
        attach(holder, element, (error) => this.fail(error, element));
      }
    } catch (error) {
      if (wanted()) {
        this.fail(error, this.element);
      }
    }
  }

  /**
   * @param {HTMLElement} element
   * @param {string} id
   */
  listen(element, id) {
    element.addEventListener('tandem-badge', (event) => this.pass(event, 'panel-badge', id));
    element.addEventListener('tandem-status', (event) => this.pass(event, 'panel-status', id));
    element.addEventListener('tandem-attention', (event) => this.pass(event, 'panel-attention', id));
  }

  /**
   * @param {Event} event
   * @param {string} name
   * @param {string} id
   */
  pass(event, name, id) {
    event.stopPropagation();
    const { key, text, label } = /** @type {CustomEvent} */ (event).detail ?? {};
    this.fire(name, { id, key: key && String(key), text: short(text), label: short(label) });
  }

  hand() {
    const element = this.element;
    if (!element) {
      return;
    }
    try {
      element.session = this.session;
      element.me = this.me;
      element.role = this.side;
      if (this.controls !== undefined) {
        element.controls = this.controls;
      }
      if (this.seat) {
        element.seat = this.seat;
      }
      if (element.getAttribute('role') === this.side) {
        // A panel that does not declare the property: there it is ARIA's, and these are not ARIA's words.
        element.removeAttribute('role');
      }
    } catch (error) {
      this.fail(error, element);
    }
  }

  /**
   * @param {unknown} error
   * @param {any} element whose error it is: one that was replaced meanwhile bothers nobody
   */
  fail(error, element) {
    if (element !== this.element) {
      return;
    }
    console.error('tandem: panel failed', this.panel?.id, error);
    this.attempt++;
    element?.remove();
    this.element = undefined;
    this.phase = 'failed';
    this.fire('panel-status', { id: this.panel?.id });
    this.fire('panel-badge', { id: this.panel?.id, text: '' });
  }

  again() {
    if (this.panel) {
      this.retries++;
      this.load(this.panel);
    }
  }

  render() {
    return this.compact ? this.small() : this.large();
  }

  small() {
    const { phase } = this;
    const name = this.t(phase === 'slow' ? 'panel.slow' : 'panel.failed', { name: this.heading });
    return html`${phase === 'failed' || phase === 'slow'
        ? html`<button class="quiet small icon" aria-label=${`${name}. ${this.t('again')}`} title=${`${name}. ${this.t('again')}`} @click=${this.again}>
            ${icon('warning')}
          </button>`
        : nothing}
      <div class="holder" ?hidden=${phase !== 'shown'}></div>`;
  }

  large() {
    const { phase } = this;
    return html`${phase === 'failed' || phase === 'slow'
        ? html`<tandem-empty
            icon=${phase === 'slow' ? 'clock' : 'warning'}
            heading=${this.t(phase === 'slow' ? 'panel.slow' : 'panel.failed', { name: this.heading })}
            role="alert"
          >
            <p>${this.t('panel.failed.hint')}</p>
            <p><button class="small" @click=${this.again}>${icon('renew')}${this.t('again')}</button></p>
          </tandem-empty>`
        : nothing}
      ${phase === 'loading' ? html`<tandem-skeleton></tandem-skeleton>` : nothing}
      <div class="holder" ?hidden=${phase !== 'shown'}></div>`;
  }
}

/**
 * @param {unknown} text
 * @returns {string}
 */
function short(text) {
  return String(text ?? '').slice(0, LONGEST_TEXT);
}

/** The element's name. */
export const PANEL_HOST = define('tandem-panel-host', PanelHost, import.meta.url);
