/** Holds one panel of a slice, and keeps its troubles to itself. */

import { TandemElement, css, define, html, messages, nothing } from 'tandem/kit';

/** @typedef {import('./panels.js').PanelInfo} PanelInfo */

const LOAD_WITHIN = 20_000;

/**
 * Loads the panel's module, makes its element and hands it `session`, `me` and `role` (our `side`). Whatever throws in there is shown as a
 * failed panel, by name, with a way to try again.
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
    phase: { state: true },
  };
  static styles = css`
    :host {
      display: flex;
      flex-direction: column;
      min-block-size: 0;
      min-inline-size: 0;
    }
    .holder {
      flex: 1;
      min-block-size: 0;
      min-inline-size: 0;
      display: flex;
      flex-direction: column;
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
    /** @type {'agent' | 'customer'} */
    this.side = 'agent';
    /** @type {'loading' | 'shown' | 'failed'} */
    this.phase = 'loading';
    /** @type {any} */
    this.element = undefined;
    this.loaded = '';
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (this.panel && this.panel.element !== this.loaded) {
      this.loaded = this.panel.element;
      this.load(this.panel);
    } else if (changed.has('session') || changed.has('me') || changed.has('side')) {
      this.hand();
    }
  }

  /** @param {PanelInfo} panel */
  async load(panel) {
    this.phase = 'loading';
    this.element?.remove();
    this.element = undefined;
    try {
      await within(import(panel.module), LOAD_WITHIN);
      if (this.loaded !== panel.element) {
        return;
      }
      if (!customElements.get(panel.element)) {
        throw new Error(`${panel.module} does not define ${panel.element}`);
      }
      const element = document.createElement(panel.element);
      if (element instanceof HTMLUnknownElement) {
        throw new Error(`${panel.element} could not be made`);
      }
      this.element = element;
      this.listen(element, panel.id);
      this.hand();
      this.phase = 'shown';
      await this.updateComplete;
      this.renderRoot.querySelector('.holder')?.replaceChildren(element);
    } catch (error) {
      if (this.loaded === panel.element) {
        this.fail(error);
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
    this.fire(name, { .../** @type {CustomEvent} */ (event).detail, id });
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
      if (element.getAttribute('role') === this.side) {
        // A panel that does not declare the property: there it is ARIA's, and these are not ARIA's words.
        element.removeAttribute('role');
      }
      element.updateComplete?.catch?.((/** @type {unknown} */ error) => this.fail(error));
    } catch (error) {
      this.fail(error);
    }
  }

  /** @param {unknown} error */
  fail(error) {
    console.error('tandem: panel failed', this.panel?.id, error);
    this.element?.remove();
    this.element = undefined;
    this.phase = 'failed';
    this.fire('panel-status', { id: this.panel?.id });
    this.fire('panel-badge', { id: this.panel?.id, text: '' });
  }

  again() {
    // A module that failed to load is remembered by the browser under its URL; one more parameter makes it another.
    if (this.panel) {
      const url = new URL(this.panel.module, location.href);
      url.searchParams.set('again', String(Date.now()));
      this.load(customElements.get(this.panel.element) ? this.panel : { ...this.panel, module: url.href });
    }
  }

  render() {
    if (this.phase === 'failed') {
      return html`<tandem-empty icon="warning" heading=${this.t('panel.failed', { name: this.heading })} role="alert">
        <p>${this.t('panel.failed.hint')}</p>
        <p><button class="small" @click=${this.again}>${this.t('again')}</button></p>
      </tandem-empty>`;
    }
    return html`${this.phase === 'loading' ? html`<tandem-skeleton></tandem-skeleton>` : nothing}
      <div class="holder"></div>`;
  }
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @returns {Promise<T>}
 */
function within(promise, ms) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`nothing came within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The element's name. */
export const PANEL_HOST = define('tandem-panel-host', PanelHost, import.meta.url);
