/** One operation: folded a line, unfolded all there is to know, and a try for what only reads. */

import { TandemElement, api, css, html, messages, nothing, problemText } from 'tandem/kit';
import { address, curl, kind } from './model.js';
import { properties, prose } from './schema.js';

/** @typedef {import('./model.js').Operation} Operation */

class ApiOperation extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    operation: { attribute: false },
    document: { attribute: false },
    open: { type: Boolean, reflect: true },
    _values: { state: true },
    _answer: { state: true },
  };
  static styles = css`
    :host {
      display: block;
      border-block-start: 1px solid var(--tandem-line);
      scroll-margin-block-start: 72px;
    }
    .line {
      display: grid;
      grid-template-columns: 4.5rem minmax(0, auto) minmax(0, 1fr);
      justify-content: start;
      align-items: baseline;
      gap: 4px 12px;
      inline-size: 100%;
      padding: 10px 16px;
      border-radius: 0;
      background: none;
      color: inherit;
      font-weight: 400;
      text-align: start;
      user-select: text;
    }
    .method {
      padding: 1px 0;
      border-radius: 4px;
      font: 600 var(--lumo-font-size-xs) / 1.6 var(--tandem-mono);
      text-align: center;
      color: var(--tandem-text);
      background: var(--tandem-surface-3);
    }
    .method.get {
      color: var(--tandem-accent-text);
      background: var(--tandem-accent-soft);
    }
    .method.post {
      color: var(--tandem-good);
      background: var(--tandem-good-soft);
    }
    .method.put,
    .method.patch {
      color: var(--tandem-warn);
      background: var(--tandem-warn-soft);
    }
    .method.delete {
      color: var(--tandem-bad);
      background: var(--tandem-bad-soft);
    }
    .path,
    code,
    pre,
    .kind {
      font-family: var(--tandem-mono);
      font-size: 0.875em;
    }
    .path {
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    .summary {
      color: var(--tandem-muted);
    }
    .all {
      display: grid;
      gap: 16px;
      padding: 4px 16px 20px calc(4.5rem + 28px);
    }
    section {
      display: grid;
      gap: 6px;
      min-inline-size: 0;
    }
    h4 {
      margin: 0;
      font-size: var(--lumo-font-size-s);
      font-weight: 600;
    }
    p {
      max-inline-size: 75ch;
      text-wrap: pretty;
    }
    dl {
      display: grid;
      gap: 0;
      margin: 0;
      font-size: var(--lumo-font-size-s);
    }
    dl > div {
      display: grid;
      grid-template-columns: minmax(7rem, 12rem) minmax(0, 1fr);
      gap: 2px 12px;
      padding-block: 5px;
      border-block-start: 1px solid var(--tandem-line);
    }
    dt {
      overflow-wrap: anywhere;
    }
    dd {
      margin: 0;
      min-inline-size: 0;
    }
    .kind {
      color: var(--tandem-muted);
      overflow-wrap: anywhere;
    }
    .mark {
      margin-inline-start: 6px;
      color: var(--tandem-muted);
      font-style: italic;
    }
    .words {
      display: block;
    }
    summary {
      inline-size: fit-content;
      cursor: pointer;
      color: var(--tandem-accent-text);
    }
    details dl {
      margin-block-start: 4px;
      padding-inline-start: 12px;
      border-inline-start: 2px solid var(--tandem-line);
    }
    .code {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: start;
      gap: 8px;
      padding: 8px 8px 8px 12px;
      border-radius: var(--tandem-radius);
      background: var(--tandem-surface-2);
      border: 1px solid var(--tandem-line);
    }
    pre {
      margin: 0;
      max-block-size: 24rem;
      overflow: auto;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    form {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: 8px;
    }
    form label {
      flex: 1 1 12rem;
    }
    @media (max-width: 640px) {
      .line {
        grid-template-columns: 4.5rem minmax(0, 1fr);
        padding-inline: 12px;
      }
      .summary {
        grid-column: 2;
      }
      .all {
        padding-inline: 12px;
      }
      dl > div {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `;

  constructor() {
    super();
    /** @type {Operation | undefined} */
    this.operation = undefined;
    /** @type {any} */
    this.document = undefined;
    this.open = false;
    /** @type {Record<string, string>} */
    this._values = {};
    this._answer = '';
  }

  #turn() {
    this.open = !this.open;
    this.fire('api-open', this.open ? this.operation?.id : '');
  }

  /** @param {Event} event */
  async #try(event) {
    event.preventDefault();
    if (!this.operation) {
      return;
    }
    this._answer = '…';
    try {
      this._answer = JSON.stringify(await api.get(address(this.operation, this._values), { retry: false }), null, 2) ?? '';
    } catch (problem) {
      const { status, code } = /** @type {any} */ (problem);
      this._answer = `${status} ${code}: ${problemText(problem)}`;
    }
  }

  /**
   * @param {string} name
   * @param {Event} event
   */
  #value(name, event) {
    this._values = { ...this._values, [name]: /** @type {HTMLInputElement} */ (event.target).value };
  }

  /** @param {Operation} operation */
  #callers(operation) {
    const kinds = ['agent', 'customer'].filter((kind) => operation.schemes.some((name) => name.startsWith(kind)));
    return kinds.length ? kinds.map((kind) => this.t(`caller.${kind}`)).join(', ') : this.t('caller.anyone');
  }

  /** @param {Operation} operation */
  #parameters(operation) {
    return operation.parameters.length
      ? html`<section>
          <h4>${this.t('parameters')}</h4>
          <dl>
            ${operation.parameters.map(
              (one) => html`<div>
                <dt><code>${one.name}</code></dt>
                <dd>
                  <span class="kind">${one.in}, ${kind(one.schema)}</span>
                  ${one.required ? nothing : html`<span class="mark">${this.t('optional')}</span>`}
                  ${one.description ? prose(one.description) : nothing}
                </dd>
              </div>`,
            )}
          </dl>
        </section>`
      : nothing;
  }

  /** @param {Operation} operation */
  #answers(operation) {
    return html`<section>
      <h4>${this.t('answers')}</h4>
      <dl>
        ${operation.answers.map(
          (answer) => html`<div>
            <dt><code>${answer.status}</code></dt>
            <dd>
              ${answer.schema ? html`<span class="kind">${kind(answer.schema)}</span>` : nothing}
              ${prose(answer.description)}
              ${answer.schema
                ? html`<details>
                    <summary>${this.t('inside')}</summary>
                    ${properties(this.document, answer.schema, (key) => this.t(key))}
                  </details>`
                : nothing}
            </dd>
          </div>`,
        )}
      </dl>
    </section>`;
  }

  /** @param {Operation} operation */
  #trial(operation) {
    const asked = operation.parameters.filter((one) => one.in === 'path' || one.in === 'query');
    return html`<section>
      <h4>${this.t('try')}</h4>
      <form @submit=${(/** @type {Event} */ event) => this.#try(event)}>
        ${asked.map(
          (one) => html`<label
            >${one.name}
            <input
              autocomplete="off"
              spellcheck="false"
              ?required=${one.required}
              .value=${this._values[one.name] ?? ''}
              @input=${(/** @type {Event} */ event) => this.#value(one.name, event)}
          /></label>`,
        )}
        <button class="primary">${this.t('try.send')}</button>
      </form>
      ${this._answer
        ? html`<div class="code" role="status"><pre class="answer" tabindex="0" aria-label=${this.t('answers')}>${this._answer}</pre></div>`
        : nothing}
    </section>`;
  }

  #all() {
    const operation = /** @type {Operation} */ (this.operation);
    const command = curl(this.document, operation, this._values);
    return html`<div class="all" id="all">
      ${operation.description ? html`<section>${prose(operation.description)}</section>` : nothing}
      <section>
        <h4>${this.t('callers')}</h4>
        <p>${this.#callers(operation)}</p>
      </section>
      ${this.#parameters(operation)}
      ${operation.body
        ? html`<section>
            <h4>${this.t('body')}</h4>
            ${properties(this.document, operation.body, (key) => this.t(key))}
          </section>`
        : nothing}
      ${this.#answers(operation)}
      <section>
        <h4>${this.t('example')}</h4>
        <div class="code">
          <pre tabindex="0" aria-label=${this.t('example')}>${command}</pre>
          <tandem-copy .value=${command} label=${this.t('copy')}></tandem-copy>
        </div>
      </section>
      ${operation.method === 'GET' ? this.#trial(operation) : nothing}
    </div>`;
  }

  render() {
    const operation = this.operation;
    if (!operation) {
      return nothing;
    }
    return html`
      <button class="line" aria-expanded=${this.open ? 'true' : 'false'} @click=${() => this.#turn()}>
        <span class="method ${operation.method.toLowerCase()}">${operation.method}</span>
        <span class="path">${operation.path}</span>
        <span class="summary">${operation.summary}</span>
      </button>
      ${this.open ? this.#all() : nothing}
    `;
  }
}
customElements.define('api-operation', ApiOperation);
