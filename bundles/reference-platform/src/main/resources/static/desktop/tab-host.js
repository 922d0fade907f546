/** Where a tab of somebody else lives: loads its module, keeps its element, says so when it has gone. */

import { TandemElement, css, html, icon, messages, nothing } from 'tandem/kit';

/** @typedef {{id: string, element: string, module: string, rank: number, titles: Record<string, string>}} Tab */

/**
 * Properties: `tab` (undefined while it is not installed), `interaction` (as the contract of tabs has it), `name` (its
 * title), `start` (it is opened by the agent's wish, for the first time).
 */
export class PlatformTabHost extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    tab: { attribute: false },
    interaction: { attribute: false },
    name: {},
    start: { attribute: false },
    phase: { state: true },
  };
  static styles = css`
    :host {
      display: block;
      block-size: 100%;
      min-block-size: 0;
      overflow: auto;
    }
    .place {
      block-size: 100%;
    }
    .gone {
      display: grid;
      place-content: center;
      block-size: 100%;
    }
    button {
      margin-block-start: 12px;
    }
  `;

  constructor() {
    super();
    /** @type {Tab | undefined} */
    this.tab = undefined;
    /** @type {Record<string, any>} */
    this.interaction = {};
    this.name = '';
    this.start = false;
    /** @type {'loading' | 'here' | 'gone' | 'failed'} */
    this.phase = 'loading';
    /** @type {HTMLElement | undefined} */
    this.element = undefined;
    this.wanted = '';
    this.told = '';
    this.tries = 0;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('tab')) {
      const wanted = this.tab?.element ?? '';
      if (wanted !== this.wanted) {
        this.wanted = wanted;
        this.element?.remove();
        this.element = undefined;
        if (wanted) {
          this.phase = 'loading';
          this.load();
        } else {
          this.phase = 'gone';
        }
      }
    }
    if (changed.has('interaction')) {
      this.tell();
    }
  }

  async load() {
    const tab = /** @type {Tab} */ (this.tab);
    try {
      // A module whose load has failed once would fail for ever under the same name.
      await import(this.tries ? `${tab.module}?try=${this.tries}` : tab.module);
      await customElements.whenDefined(tab.element);
      if (this.wanted !== tab.element) {
        return;
      }
      this.element = document.createElement(tab.element);
      this.told = '';
      this.tell();
      if (this.start) {
        /** @type {any} */ (this.element).start = true;
        // The next one, after an update of its bundle, joins what is going on instead.
        this.start = false;
      }
      this.phase = 'here';
    } catch (error) {
      console.error(error);
      if (this.wanted === tab.element) {
        this.phase = 'failed';
      }
    }
  }

  tell() {
    const text = JSON.stringify(this.interaction);
    if (this.element && text !== this.told) {
      this.told = text;
      /** @type {any} */ (this.element).interaction = this.interaction;
    }
  }

  again() {
    this.tries++;
    this.phase = 'loading';
    this.load();
  }

  render() {
    return html`${this.phase === 'loading' ? html`<tandem-skeleton lines="5"></tandem-skeleton>` : nothing}
      ${this.phase === 'gone'
        ? html`<div class="gone" role="status">
            <tandem-empty icon="gone" heading=${this.t('tab.gone', { name: this.name })}>${this.t('tab.gone.hint')}</tandem-empty>
          </div>`
        : nothing}
      ${this.phase === 'failed'
        ? html`<div class="gone" role="alert">
            <tandem-empty icon="warning" heading=${this.t('tab.failed', { name: this.name })}>
              ${this.t('tab.failed.hint')}<br /><button @click=${this.again}>${icon('renew')}${this.t('again')}</button>
            </tandem-empty>
          </div>`
        : nothing}
      <div class="place" ?hidden=${this.phase !== 'here'}>${this.element ?? nothing}</div>`;
  }
}
customElements.define('platform-tab-host', PlatformTabHost);
