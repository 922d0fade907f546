/** Who was asked for what, what the answer was, and when: for customers, for agents of the session and for who audits it. */

import { TandemElement, api, css, define, html, language, locale, messages, nothing, problemText, repeat } from 'tandem/kit';
import { capabilityWords } from './capabilities.js';

/** @typedef {import('./views.js').Consent} Consent */
/** @typedef {{state: Consent['state'], at: string, until: string | null}} Step */
/** @typedef {Consent & {by: string | null, byName: string, name: string, steps: Step[]}} Entry */

/**
 * Properties `session` (a view, or only its `id`) and `panels`; `everybody`: all participants' with their names, else the reader's own; `flat`: open
 * from the beginning, without a head. Asks the server when it is opened, and again when something has changed since. Fires
 * `ledger-about` {number, startedAt}.
 */
class Ledger extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    session: { attribute: false },
    panels: { attribute: false },
    entries: { state: true },
    trouble: { state: true },
    open: { state: true },
    everybody: { type: Boolean },
    flat: { type: Boolean },
  };
  static styles = css`
    details {
      border: 1px solid var(--tandem-line);
      border-radius: 12px;
      background: var(--tandem-surface);
    }
    summary {
      padding: 12px 16px;
      font-weight: 600;
      cursor: pointer;
    }
    .body {
      padding: 0 16px 14px;
    }
    ol {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      gap: 0 16px;
      padding: 8px 0;
      border-block-start: 1px solid var(--tandem-line);
      overflow-wrap: anywhere;
    }
    .steps {
      flex: 1 0 100%;
    }
    .steps li {
      padding: 0;
      border: 0;
    }
    .steps span:first-child {
      flex: 0 1 9rem;
    }
    li b {
      flex: 1 1 10rem;
      font-weight: 500;
    }
    time {
      white-space: nowrap;
    }
  `;

  constructor() {
    super();
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
    /** @type {readonly import('../parts/panels.js').PanelInfo[]} */
    this.panels = [];
    /** @type {Entry[] | undefined} */
    this.entries = undefined;
    this.trouble = '';
    this.open = false;
    this.known = '';
    this.everybody = false;
    this.flat = false;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if ((this.open || this.flat) && changed.has('session')) {
      const now = JSON.stringify(this.session?.consents ?? []);
      if (now !== this.known || !this.entries) {
        this.load();
      }
    }
  }

  async load() {
    this.known = JSON.stringify(this.session?.consents ?? []);
    try {
      const { consents, number, startedAt } = await api.get(`/sessions/${this.session?.id}/consents`);
      this.entries = consents;
      this.fire('ledger-about', { number, startedAt });
      this.trouble = '';
    } catch (error) {
      this.trouble = problemText(error);
    }
  }

  /** @param {Event} event */
  toggled(event) {
    this.open = /** @type {HTMLDetailsElement} */ (event.target).open;
    if (this.open) {
      this.load();
    }
  }

  render() {
    return this.flat
      ? this.body()
      : html`<details id="ledger" @toggle=${this.toggled}>
          <summary>${this.t('ledger.title')}</summary>
          <div class="body">
            ${this.body()}
            ${this.everybody
              ? html`<p><a href=${`/consents/${this.session?.id}`} target="_blank" rel="noopener">${this.t('consents.page')}</a></p>`
              : nothing}
          </div>
        </details>`;
  }

  body() {
    return html`${this.trouble ? html`<p class="error" role="alert">${this.trouble}</p>` : nothing}
    ${this.entries
      ? this.entries.length > 0
        ? html`<ol>
            ${repeat(
              this.entries,
              (_, i) => i,
              (one) => this.row(one),
            )}
          </ol>`
        : html`<p class="muted">${this.t('ledger.none')}</p>`
      : this.trouble
        ? nothing
        : html`<tandem-skeleton></tandem-skeleton>`}`;
  }

  /** @param {Entry} one */
  row(one) {
    const { title } = capabilityWords(this.panels, one.capability, language());
    const by = one.by === one.of ? '' : one.byName;
    return html`<li data-capability=${one.capability} data-state=${one.state}>
      <b>${title || this.t('consent.unknown')}</b>
      ${this.everybody ? html`<bdi class="of">${one.name || this.t('consents.erased')}</bdi>` : nothing}
      ${by ? html`<span class="muted">${this.t('ledger.by', { name: by })}</span>` : nothing}
      <ol class="steps">
        ${one.steps.map((step) => this.step(step))}
      </ol>
      ${one.state === 'ASKED' ? html`<span class="muted">${this.t('ledger.open')}</span>` : nothing}
    </li>`;
  }

  /** @param {Step} step */
  step({ state, at, until }) {
    const time = (/** @type {string} */ when) => new Intl.DateTimeFormat(locale(), { timeStyle: 'medium' }).format(new Date(when));
    return html`<li>
      <span>${this.everybody && state === 'REVOKED' ? this.t('consents.revoked') : this.t(`ledger.${state}`)}</span>
      ${state === 'GRANTED' && until ? html`<span class="muted">${this.t('allowed.until', { time: time(until) })}</span>` : nothing}
      <time class="muted number" datetime=${at}>${time(at)}</time>
    </li>`;
  }
}

/** The element's name. */
export const LEDGER = define('tandem-ledger', Ledger, import.meta.url);
