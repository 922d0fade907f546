/**
 * `/consents`, for supervisors and administrators to find a session, which the desktop's Monitor shows as well, and
 * `/consents/ID`, its ledger, for them and for its agents.
 */

import { ProblemError, TandemElement, api, css, define, html, language, locale, messages, nothing, problemText, staticHtml, unsafeStatic } from 'tandem/kit';
import { signInAddress } from '../assist/place.js';
import { LEDGER } from '../parts/ledger.js';
import { listed, numbered } from '../parts/names.js';
import { panelList } from '../parts/panels.js';

const ledger = unsafeStatic(LEDGER);

/** @typedef {{id: string, number: string, startedAt: string, living: boolean, people: string[]}} Found */

class ConsentsPage extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { found: { state: true }, about: { state: true }, problem: { state: true }, panels: { state: true } };
  static styles = css`
    :host {
      display: block;
      min-block-size: 100%;
      padding: 16px clamp(12px, 4vw, 48px) 48px;
      background: var(--tandem-surface-2);
    }
    header,
    form {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: 8px 12px;
      margin-block-end: 16px;
    }
    h1 {
      flex: 1 1 12rem;
    }
    .wide {
      overflow-x: auto;
    }
    table {
      inline-size: 100%;
      border-collapse: collapse;
      background: var(--tandem-surface);
    }
    th,
    td {
      padding: 8px 12px;
      border-block-end: 1px solid var(--tandem-line);
      text-align: start;
    }
    .card {
      padding: 4px 20px 12px;
      border: 1px solid var(--tandem-line);
      border-radius: 12px;
      background: var(--tandem-surface);
    }
    @media print {
      :host {
        padding: 0;
        background: none;
      }
      .unprinted {
        display: none;
      }
      .card {
        border: 0;
        padding: 0;
      }
    }
  `;

  #id = /^\/consents\/([\w-]+)/u.exec(location.pathname)?.[1] ?? '';

  constructor() {
    super();
    /** @type {Found[] | undefined} */
    this.found = undefined;
    /** @type {{number: string | null, startedAt: string | null} | undefined} whose ledger it is */
    this.about = undefined;
    /** @type {unknown} */
    this.problem = undefined;
    /** @type {readonly import('../parts/panels.js').PanelInfo[]} */
    this.panels = [];
    if (this.#id) {
      panelList.watch(() => (this.panels = panelList.panels));
    } else {
      this.find('');
    }
  }

  /** @param {string} number of a session; empty for all */
  async find(number) {
    this.problem = undefined;
    try {
      this.found = (await api.get(`/consents${number ? `?number=${encodeURIComponent(number)}` : ''}`)).sessions;
    } catch (error) {
      this.problem = error;
    }
  }

  /** @param {SubmitEvent} event */
  submit(event) {
    event.preventDefault();
    this.find(/** @type {HTMLInputElement} */ (this.renderRoot.querySelector('#number')).value.replace(/\D/gu, ''));
  }

  render() {
    return html`<main>${this.#id ? this.one() : this.all()}</main>`;
  }

  one() {
    const when = this.about?.startedAt ? this.time(this.about.startedAt) : '';
    return html`<header>
        <div>
          <h1>${this.t('consents.title')}</h1>
          <p class="muted">${this.about?.number ? `${this.t('number')} ${numbered(this.about.number)} · ${when}` : nothing}</p>
        </div>
        <button class="unprinted" @click=${() => window.print()}>${this.t('consents.print')}</button>
      </header>
      <div class="card">
        ${staticHtml`<${ledger}
          flat
          everybody
          .session=${{ id: this.#id, participants: [] }}
          .panels=${this.panels}
          @ledger-about=${(/** @type {CustomEvent} */ event) => (this.about = event.detail)}
        ></${ledger}>`}
      </div>`;
  }

  all() {
    return html`<h1>${this.t('consents.title')}</h1>
      <form role="search" @submit=${this.submit}>
        <div>
          <label for="number">${this.t('number')}</label>
          <input id="number" inputmode="numeric" autocomplete="off" />
        </div>
        <button class="primary">${this.t('consents.find')}</button>
      </form>
      ${this.problem ? this.trouble() : nothing}
      ${this.found === undefined && !this.problem ? html`<tandem-skeleton lines="6"></tandem-skeleton>` : nothing}
      ${this.found ? (this.found.length > 0 ? this.table(this.found) : html`<p class="muted" role="status">${this.t('consents.none')}</p>`) : nothing}`;
  }

  trouble() {
    const { problem } = this;
    const signedOut = problem instanceof ProblemError && problem.status === 401;
    return signedOut
      ? html`<p role="alert">${this.t('assist.signedOut')}. <a href=${signInAddress(location.pathname)}>${this.t('assist.signIn')}</a></p>`
      : html`<p role="alert">${problemText(problem, { 'supervisor-needed': this.t('consents.supervisors') })}</p>`;
  }

  /** @param {Found[]} found */
  table(found) {
    return html`<div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">${this.t('number')}</th>
            <th scope="col">${this.t('consents.started')}</th>
            <th scope="col">${this.t('participants')}</th>
          </tr>
        </thead>
        <tbody>
          ${found.map(
            (one) => html`<tr data-session=${one.id}>
              <td class="number"><a href=${`/consents/${one.id}`} target="_blank" rel="noopener">${numbered(one.number)}</a></td>
              <td>${this.time(one.startedAt)}</td>
              <td><bdi>${listed(one.people, language())}</bdi></td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  /** @param {string} at */
  time(at) {
    return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
  }
}

/** The element's name. */
export const CONSENTS = define('tandem-consents', ConsentsPage, import.meta.url);
