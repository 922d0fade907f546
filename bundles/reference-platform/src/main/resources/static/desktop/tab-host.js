/** Where a tab of somebody else lives: loads its module, keeps its element, says so when it has gone. */

import { TandemElement, css, html, icon, messages, nothing } from 'tandem/kit';

/** How long a tab may take before the agent is told. */
const SLOW = 10_000;

/** @typedef {{id: string, element: string, module: string, rank: number, titles: Record<string, string>, place: 'INTERACTION' | 'DESKTOP' | 'MONITOR' | 'ADMINISTRATION'}} Tab */
/** @typedef {import('./store.js').Agent} Agent */

/**
 * Properties: `tab` (undefined while it is not installed), `interaction` (as the contract of tabs has it) or in its place
 * `session` (id of a colleague's session) or `agent` (for what belongs to no interaction), `name` (its title), `start` (it is
 * opened by the agent's wish, for the first time), `slim` (it takes no more room than it needs, and none while it is not there).
 */
export class PlatformTabHost extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    tab: { attribute: false },
    interaction: { attribute: false },
    session: { attribute: false },
    agent: { attribute: false },
    slim: { type: Boolean },
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
    :host([slim]),
    :host([slim]) .place {
      block-size: auto;
    }
    :host([slim]) {
      overflow: visible;
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
    this.session = '';
    /** @type {Agent | undefined} */
    this.agent = undefined;
    this.slim = false;
    this.name = '';
    this.start = false;
    /** @type {'loading' | 'here' | 'gone' | 'failed'} */
    this.phase = 'loading';
    /** @type {HTMLElement | undefined} */
    this.element = undefined;
    this.wanted = '';
    this.told = '';
    this.tries = 0;
    /** Counts loads: what an earlier one brings is not wanted any more. */
    this.attempt = 0;
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
          this.attempt++;
          this.phase = 'gone';
        }
      }
    }
    if (changed.has('interaction') || changed.has('session') || changed.has('agent')) {
      this.tell();
    }
  }

  async load() {
    const tab = /** @type {Tab} */ (this.tab);
    const attempt = ++this.attempt;
    // Said to have failed when it does not come; shown all the same when it does.
    const slow = setTimeout(() => attempt === this.attempt && (this.phase = 'failed'), SLOW);
    try {
      if (!customElements.get(tab.element)) {
        // A module whose load has failed once would fail for ever under the same name.
        await import(this.tries ? `${tab.module}?try=${this.tries}` : tab.module);
      }
      if (attempt !== this.attempt) {
        return;
      }
      const type = customElements.get(tab.element);
      if (!type) {
        throw new Error(`${tab.module} does not define ${tab.element}`);
      }
      // Not createElement, which would only report what the constructor throws, and hand out an empty element.
      this.element = new type();
      this.told = '';
      this.tell();
      if (this.start) {
        /** @type {any} */ (this.element).start = true;
        // The next one, after an update of its bundle, joins what is going on instead.
        this.start = false;
      }
      this.phase = 'here';
    } catch (error) {
      console.error('tandem: tab failed', tab.id, error);
      if (attempt === this.attempt) {
        this.element = undefined;
        this.phase = 'failed';
      }
    } finally {
      clearTimeout(slow);
    }
  }

  tell() {
    const what = this.session ? { sessionId: this.session } : this.agent ? { agent: this.agent } : { interaction: this.interaction };
    const text = JSON.stringify(what);
    if (this.element && text !== this.told) {
      this.told = text;
      Object.assign(this.element, what);
    }
  }

  again() {
    this.tries++;
    this.phase = 'loading';
    this.load();
  }

  render() {
    const place = html`<div class="place" ?hidden=${this.phase !== 'here'}>${this.element ?? nothing}</div>`;
    if (this.slim) {
      return place;
    }
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
      ${place}`;
  }
}
customElements.define('platform-tab-host', PlatformTabHost);
