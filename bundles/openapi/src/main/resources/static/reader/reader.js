/** The page that reads `/api/openapi.json`: what can be called right now, by slice. */

import { TandemElement, api, css, html, icon, messages, nothing, problemText, repeat } from 'tandem/kit';
import { groups, matches } from './model.js';
import { prose } from './schema.js';
import './operation.js';

/** Bundles come and go; the answer is a 304 while none does. */
const LOOK_AGAIN = 10_000;

class ApiReader extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    _document: { state: true },
    _problem: { state: true },
    _words: { state: true },
    _open: { state: true },
  };
  static styles = css`
    :host {
      display: block;
      font-size: 1rem;
    }
    header {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
      background: var(--tandem-surface);
      border-block-end: 1px solid var(--tandem-line);
    }
    .bar,
    main {
      inline-size: min(72rem, 100%);
      margin-inline: auto;
      padding-inline: 24px;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 16px;
      padding-block: 10px;
    }
    h1 {
      font-size: 1.125rem;
      letter-spacing: -0.01em;
    }
    .version {
      color: var(--tandem-muted);
      font-size: var(--lumo-font-size-s);
    }
    .find {
      flex: 1 1 14rem;
      max-inline-size: 26rem;
      margin-inline: auto;
    }
    main {
      padding-block: 24px 64px;
    }
    .about {
      display: grid;
      gap: 8px;
      max-inline-size: 75ch;
      color: var(--tandem-muted);
    }
    .file {
      display: inline-flex;
      align-items: center;
      gap: 6px;
    }
    .about code {
      font-family: var(--tandem-mono);
      font-size: 0.875em;
    }
    .group {
      margin-block-start: 24px;
      border: 1px solid var(--tandem-line);
      border-radius: 10px;
      background: var(--tandem-surface);
      overflow: clip;
    }
    .group > div {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 2px 12px;
      padding: 14px 16px;
    }
    h2 {
      font-size: 1.0625rem;
    }
    @media (max-width: 640px) {
      header {
        position: static;
      }
      .bar,
      main {
        padding-inline: 12px;
      }
      .find {
        order: 1;
        flex-basis: 100%;
        max-inline-size: none;
      }
      h1 {
        margin-inline-end: auto;
      }
      .version {
        display: none;
      }
    }
  `;

  #clock = 0;
  #seen = '';

  constructor() {
    super();
    /** @type {any} */
    this._document = undefined;
    /** @type {any} */
    this._problem = undefined;
    this._words = '';
    this._open = decodeURIComponent(location.hash.slice(1));
    this.look = () => document.visibilityState === 'visible' && this.#load();
    this.jump = () => this.#show(decodeURIComponent(location.hash.slice(1)));
  }

  connectedCallback() {
    super.connectedCallback();
    this.languageChanged();
    this.#load();
    this.#clock = window.setInterval(this.look, LOOK_AGAIN);
    document.addEventListener('visibilitychange', this.look);
    window.addEventListener('hashchange', this.jump);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#clock);
    document.removeEventListener('visibilitychange', this.look);
    window.removeEventListener('hashchange', this.jump);
  }

  async languageChanged() {
    await ApiReader.messages.ready;
    document.title = `Tandem · ${this.t('page.title')}`;
    this.requestUpdate();
  }

  async #load() {
    try {
      const now = await api.get('/openapi.json', { retry: false });
      const text = JSON.stringify(now);
      const first = !this._document;
      if (text !== this.#seen) {
        this.#seen = text;
        this._document = now;
      }
      this._problem = undefined;
      if (first && this._open) {
        this.#show(this._open);
      }
    } catch (problem) {
      this._problem = problem;
    }
  }

  /** @param {string} id of an operation */
  async #show(id) {
    this._open = id;
    await this.updateComplete;
    this.renderRoot.querySelector('api-operation[open]')?.scrollIntoView({ block: 'start' });
  }

  /** @param {CustomEvent<string>} event */
  #opened(event) {
    this._open = event.detail;
    history.replaceState(null, '', event.detail ? `#${encodeURIComponent(event.detail)}` : location.pathname);
  }

  #trouble() {
    const signIn = this._problem.status === 401 || this._problem.status === 403;
    return html`<tandem-empty icon=${signIn ? 'lock' : 'warning'} heading=${signIn ? this.t('sign-in') : this.t('failed')}>
      <p>${signIn ? this.t('sign-in.text') : problemText(this._problem)}</p>
      <p><button class="primary" @click=${() => this.#load()}>${this.t('again')}</button></p>
    </tandem-empty>`;
  }

  #list() {
    const words = this._words.trim();
    const found = groups(this._document)
      .map((group) => ({ ...group, operations: group.operations.filter((one) => !words || matches(one, words)) }))
      .filter((group) => group.operations.length);
    if (!found.length) {
      return html`<tandem-empty icon="info" heading=${this.t('none')}><p>${this.t('none.text')}</p></tandem-empty>`;
    }
    return repeat(
      found,
      (group) => group.name,
      (group) => html`<section class="group" aria-label=${group.name}>
        <div><h2>${group.name}</h2><span class="muted">${group.description}</span></div>
        ${repeat(
          group.operations,
          (one) => one.id,
          (one) => html`<api-operation
            id=${one.id}
            .operation=${one}
            .document=${this._document}
            ?open=${one.id === this._open}
            @api-open=${(/** @type {CustomEvent<string>} */ event) => this.#opened(event)}
          ></api-operation>`,
        )}
      </section>`,
    );
  }

  render() {
    const info = this._document?.info;
    return html`
      <header>
        <div class="bar">
          <h1>Tandem API</h1>
          ${info ? html`<span class="version">${info.version}</span>` : nothing}
          <input
            class="find"
            type="search"
            aria-label=${this.t('find')}
            placeholder=${this.t('find')}
            .value=${this._words}
            @input=${(/** @type {Event} */ event) => (this._words = /** @type {HTMLInputElement} */ (event.target).value)}
          />
          <tandem-language-menu></tandem-language-menu>
          <tandem-theme-menu></tandem-theme-menu>
        </div>
      </header>
      <main>
        ${this._problem && !this._document ? this.#trouble() : nothing}
        ${this._problem || this._document ? nothing : html`<tandem-skeleton .lines=${8}></tandem-skeleton>`}
        ${this._document
          ? html`<div class="about">
                ${prose(this.t('about'))}
                <p><a class="file" href="/api/openapi.json">${icon('file')}<span>openapi.json</span></a></p>
              </div>
              ${this.#list()}`
          : nothing}
      </main>
    `;
  }
}
customElements.define('api-reader', ApiReader);

const mark = document.createElement('link');
mark.rel = 'icon';
mark.type = 'image/svg+xml';
mark.href = new URL('mark.svg', import.meta.url).href;
document.head.append(mark);
document.body.append(document.createElement('api-reader'));
