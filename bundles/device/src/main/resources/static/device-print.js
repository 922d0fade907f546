/** A report on a page of its own, to be printed. */

import { TandemElement, api, css, define, html, language, messages, problemText } from 'tandem/kit';
import { sheet } from './sheet.js';
import { sheetStyles } from './styles.js';

/** @typedef {import('./report.js').Report} Report */

class DevicePrint extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { _report: { state: true }, _name: { state: true }, _problem: { state: true }, _loaded: { state: true } };
  static styles = [
    sheetStyles,
    css`
      main {
        max-inline-size: 48rem;
        margin: 24px auto;
        padding: 0 16px;
      }
      h1 {
        font-size: 1.25rem;
      }
      .tools {
        margin-block: 12px;
      }
      section {
        break-inside: avoid;
      }
      @media print {
        .tools {
          display: none;
        }
        main {
          margin: 0;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Report | undefined} */
    this._report = undefined;
    this._name = '';
    /** @type {unknown} */
    this._problem = undefined;
    this._loaded = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const id = location.pathname.split('/')[2] ?? '';
    const of = new URLSearchParams(location.search).get('of');
    try {
      const [told, view] = await Promise.all([
        api.get(`/device/${encodeURIComponent(id)}/information`),
        api.get(`/sessions/${encodeURIComponent(id)}`),
      ]);
      this._report = told.reports.find((/** @type {Report} */ r) => r.of === of) ?? told.reports[0];
      this._name = view.participants.find((/** @type {any} */ p) => p.id === this._report?.of)?.name ?? '';
    } catch (problem) {
      this._problem = problem;
    }
    this._loaded = true;
    if (this._report) {
      await this.updateComplete;
      window.print();
    }
  }

  render() {
    if (!this._loaded) {
      return html`<main><tandem-skeleton lines="8"></tandem-skeleton></main>`;
    }
    const report = this._report;
    if (!report) {
      return html`<main><p role="alert">${this._problem ? problemText(this._problem) : this.t('page.none')}</p></main>`;
    }
    const name = this._name || this.t('customer');
    return html`<main>
      <h1>${this.t('heading', { name, at: new Date(report.at).toLocaleString(language()) })}</h1>
      <div class="tools"><button class="primary" @click=${() => window.print()}>${this.t('print')}</button></div>
      ${sheet(report, (key, args) => this.t(key, args))}
    </main>`;
  }
}

const name = define('tandem-device-print', DevicePrint, import.meta.url);
document.body.append(document.createElement(name));
