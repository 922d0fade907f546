/** The customer's computer, for agents: asked for with consent, refreshed, printed, saved. */

import { TandemElement, api, define, html, icon, language, live, messages, nothing, problemText } from 'tandem/kit';
import { sheet } from './sheet.js';
import { asText, fileName } from './report.js';
import { panelStyles, sheetStyles } from './styles.js';

/** @typedef {import('./report.js').Report} Report */

const CAPABILITY = 'system-information';

class Device extends TandemElement {
  static messages = messages(import.meta.url);
  static styles = [sheetStyles, panelStyles];
  static properties = {
    session: { attribute: false },
    me: { attribute: false },
    role: { attribute: false },
    controls: { attribute: false },
    _reports: { state: true },
    _away: { state: true },
    _busy: { state: true },
    _problem: { state: true },
  };

  /** @type {(() => void) | undefined} */
  #leave;
  #of = '';
  /** @type {import('./report.js').Translate} */
  #t = (key, args) => this.t(key, args);

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    /** @type {any} */
    this.me = undefined;
    this.role = 'agent';
    /** @type {boolean | undefined} */
    this.controls = undefined;
    /** @type {Report[] | undefined} */
    this._reports = undefined;
    this._away = false;
    this._busy = false;
    /** @type {unknown} */
    this._problem = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#close();
  }

  willUpdate() {
    if (this.session?.id !== this.#of) {
      this.#close();
      this.#open();
    }
  }

  #open() {
    const id = this.session?.id;
    if (id && this.isConnected && !this.#leave) {
      this.#of = id;
      this._reports = undefined;
      this.#leave = live.subscribe(`device/${id}`, {
        message: (message) => {
          this._reports = message.body.reports;
          this._away = false;
        },
        state: (state) => (this._away = state === 'away'),
        gone: () => (this._reports ??= []),
      });
    }
  }

  #close() {
    this.#leave?.();
    this.#leave = undefined;
    this.#of = '';
  }

  /** @returns {any} the customer who is being helped */
  get customer() {
    return this.session?.participants?.find((/** @type {any} */ p) => p.id === this.session.assisted);
  }

  get name() {
    return this.customer?.name || this.t('customer');
  }

  /** @returns {string} the state of the last consent, empty if nobody has asked */
  get consent() {
    const all = (this.session?.consents ?? []).filter(
      (/** @type {any} */ c) => c.capability === CAPABILITY && c.of === this.session.assisted,
    );
    return all.at(-1)?.state ?? '';
  }

  get mayAsk() {
    return (this.controls ?? this.session?.controller === this.me?.id) && this.session?.state !== 'ENDED';
  }

  async ask() {
    this._busy = true;
    this._problem = undefined;
    try {
      this._reports = (await api.post(`/device/${this.session.id}/information`)).reports;
    } catch (problem) {
      this._problem = problem;
    } finally {
      this._busy = false;
    }
  }

  /** @param {Report} report */
  save(report) {
    const text = asText(report, this.heading(report), this.#t);
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName(this.customer?.name ?? '', report.at);
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  /** @param {Report} report */
  heading(report) {
    return this.t('heading', { name: this.name, at: new Date(report.at).toLocaleString(language()) });
  }

  render() {
    if (!this.customer) {
      return html`<tandem-empty icon="screen" heading=${this.t('nobody')}>${this.t('nobody.hint')}</tandem-empty>`;
    }
    if (this.session.terms?.off?.includes(CAPABILITY)) {
      return html`<tandem-empty icon="screen" heading=${this.t('panel.title')}>${this.t('off')}</tandem-empty>`;
    }
    if (this._away) {
      return html`<p class="word" role="status">${this.t('away')}</p>`;
    }
    if (this._reports === undefined) {
      return html`<tandem-skeleton lines="5"></tandem-skeleton>`;
    }
    const report = this._reports.find((r) => r.of === this.customer.id);
    return html`${report ? this.told(report) : this.untold()}
      ${this._problem ? html`<p class="error" role="alert">${problemText(this._problem)}</p>` : nothing}`;
  }

  /** @param {Report} report */
  told(report) {
    const allowed = this.consent === 'GRANTED';
    return html`<header>
        <p role="status">${this.heading(report)}</p>
        <div class="row">
          ${allowed
            ? html`<button class="small" id="refresh" ?disabled=${!this.mayAsk || this._busy} @click=${this.ask}>${icon('renew')}${this.t('refresh')}</button>`
            : nothing}
          <a class="button small" id="print" target="_blank" rel="opener" href=${`/device/${this.session.id}?of=${this.customer.id}`}>${this.t('print')}</a>
          <button class="small" id="save" @click=${() => this.save(report)}>${icon('down')}${this.t('save')}</button>
        </div>
      </header>
      ${sheet(report, this.#t)}`;
  }

  untold() {
    const name = this.name;
    const words = {
      ASKED: this.t('asked', { name }),
      GRANTED: this.t('reading', { name }),
      DENIED: this.t('denied', { name }),
      EXPIRED: this.t('expired', { name }),
      REVOKED: this.t('revoked', { name }),
    }[this.consent];
    const waits = this.consent === 'ASKED' || this.consent === 'GRANTED';
    return html`<tandem-empty icon="screen" heading=${this.t('panel.title')}>
        <span role="status">${words ?? this.t('explain', { name })}</span>
      </tandem-empty>
      ${waits
        ? nothing
        : html`<div class="ask">
            <button class="primary" id="ask" ?disabled=${!this.mayAsk || this._busy} title=${this.mayAsk ? nothing : this.t('not-controller')} @click=${this.ask}>
              ${words ? this.t('ask.again') : this.t('ask', { name })}
            </button>
          </div>`}`;
  }
}

define('tandem-device', Device, import.meta.url);
