/** `/recordings`, the list for supervisors and administrators, and `/recordings/ID`, the player. */

import { TandemElement, api, css, define, html, language, locale, messages, nothing, problemText, staticHtml, unsafeStatic } from 'tandem/kit';
import { clock } from './states.js';
import { PLAYER } from './player.js';

const PLAYER_TAG = unsafeStatic(PLAYER);
/** @type {Intl.DateTimeFormatOptions} */
const WHEN = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' };

class RecordingsPage extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    _recordings: { state: true },
    _next: { state: true },
    _problem: { state: true },
    _loading: { state: true },
  };
  static styles = css`
    :host {
      display: block;
      min-block-size: 100vh;
      padding: 16px;
      background: var(--tandem-surface-2);
    }
    table {
      inline-size: 100%;
      margin-block: 16px;
      border-collapse: collapse;
      background: var(--tandem-surface);
    }
    th,
    td {
      padding: 8px 12px;
      border-block-end: 1px solid var(--tandem-line);
      text-align: start;
    }
    .wide {
      overflow-x: auto;
    }
  `;

  #id = location.pathname.split('/')[2] ?? '';

  constructor() {
    super();
    /** @type {any[]} */
    this._recordings = [];
    this._next = '';
    /** @type {unknown} */
    this._problem = undefined;
    this._loading = true;
    if (!this.#id) {
      this.#load();
    }
  }

  async #load() {
    this._loading = true;
    this._problem = undefined;
    try {
      const page = await api.get(`/recordings?limit=50${this._next ? `&before=${encodeURIComponent(this._next)}` : ''}`);
      this._recordings = [...this._recordings, ...page.recordings];
      this._next = page.next ?? '';
    } catch (error) {
      this._problem = error;
    } finally {
      this._loading = false;
    }
  }

  render() {
    document.title = this.t('page.title');
    if (this.#id) {
      return staticHtml`<${PLAYER_TAG} .recording=${this.#id}></${PLAYER_TAG}>`;
    }
    return html`<main>
      <h1>${this.t('page.title')}</h1>
      ${this._problem ? html`<p role="alert" id="problem">${this.#problem()}</p>` : nothing}
      ${this._recordings.length > 0 ? this.#table() : nothing}
      ${this._loading ? html`<tandem-skeleton lines="6"></tandem-skeleton>` : nothing}
      ${!this._loading && !this._problem && this._recordings.length === 0 ? html`<p class="muted">${this.t('list.empty')}</p>` : nothing}
      ${this._next && !this._loading ? html`<button id="more" @click=${() => this.#load()}>${this.t('list.more')}</button>` : nothing}
    </main>`;
  }

  #problem() {
    return problemText(this._problem, {
      'supervisor-needed': this.t('problem.supervisor'),
      'sign-in-needed': this.t('problem.sign-in'),
    });
  }

  #table() {
    const when = (/** @type {any} */ one) =>
      new Intl.DateTimeFormat(locale(), { ...WHEN, timeZone: one.zone ?? undefined, timeZoneName: one.zone ? 'short' : undefined }).format(
        new Date(one.startedAt),
      );
    const size = new Intl.NumberFormat(language(), { maximumFractionDigits: 1 });
    return html`<div class="wide"><table>
      <thead>
        <tr>
          <th scope="col">${this.t('list.session')}</th>
          <th scope="col">${this.t('list.started')}</th>
          <th scope="col">${this.t('list.people')}</th>
          <th scope="col">${this.t('list.length')}</th>
          <th scope="col">${this.t('list.size')}</th>
          <th scope="col">${this.t('list.state')}</th>
        </tr>
      </thead>
      <tbody>
        ${this._recordings.map(
          (one) => html`<tr data-recording=${one.id}>
            <td><a href=${`/recordings/${one.id}`}>${one.number || this.t('list.unknown')}</a></td>
            <td>${one.startedAt ? when(one) : ''}</td>
            <td>${one.people.map((/** @type {any} */ p) => p.name || this.t('erased')).join(', ')}</td>
            <td class="number">${clock(one.millis / 1000)}</td>
            <td class="number">${size.format(one.bytes / 1e6)} MB</td>
            <td>${stateText(this, one.state)}</td>
          </tr>`,
        )}
      </tbody>
    </table></div>`;
  }
}

/**
 * @param {TandemElement} of
 * @param {string} state
 */
function stateText(of, state) {
  switch (state) {
    case 'RECORDING':
      return of.t('state.recording');
    case 'FINISHING':
      return of.t('state.finishing');
    case 'REMOVED':
      return of.t('state.removed');
    default:
      return of.t('state.finished');
  }
}

document.body.append(document.createElement(define('tandem-recordings', RecordingsPage, import.meta.url)));
