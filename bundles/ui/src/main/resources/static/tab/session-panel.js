/** The side tab "Session": its number, who controls it, what is going on in it and by whom, and the ways to hand it over. */

import { TandemElement, css, define, html, icon, language, locale, messages, nothing, repeat, staticHtml, unsafeStatic } from 'tandem/kit';
import { LEDGER } from '../parts/ledger.js';
import { numbered } from '../parts/names.js';
import { panelList } from '../parts/panels.js';
import { personOf } from '../parts/views.js';
import { activityTitle, transferReason } from './control.js';

const ledger = unsafeStatic(LEDGER);

/** @typedef {import('../parts/views.js').RunningActivity} RunningActivity */

/**
 * Properties: `session`, `controls`, `busy`, `sendable` (whether this agent may hand sessions over). Fires `tab-command` with `transfer`,
 * `transfer-session`, or with `stop:NAME` for an activity.
 */
class SessionPanel extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false }, controls: { type: Boolean }, busy: { type: Boolean }, sendable: { type: Boolean } };
  static styles = css`
    :host {
      display: flex;
      flex-direction: column;
      gap: 20px;
      padding: 12px;
    }
    h3 {
      font-size: var(--lumo-font-size-s);
      font-weight: 500;
      color: var(--tandem-muted);
      margin-block-end: 4px;
    }
    .big {
      font-size: 1.375rem;
      font-weight: 600;
      user-select: all;
    }
    .hint {
      font-size: var(--lumo-font-size-s);
      text-wrap: pretty;
    }
    .who {
      display: flex;
      align-items: center;
      gap: 8px;
      font-weight: 500;
      min-inline-size: 0;
    }
    .who bdi {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .split {
      display: inline-flex;
      gap: 1px;
      margin-block: 4px;
      max-inline-size: 100%;
    }
    .split > button {
      border-start-end-radius: 0;
      border-end-end-radius: 0;
      min-inline-size: 0;
      flex: 0 1 auto;
    }
    .split tandem-menu::part(button) {
      border-start-start-radius: 0;
      border-end-start-radius: 0;
      background: var(--lumo-contrast-5pct);
      color: var(--tandem-accent-text);
    }
    .split tandem-menu::part(button):hover {
      background: var(--lumo-contrast-10pct);
    }
    ul {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    li {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: center;
      gap: 0 10px;
      padding-block: 6px;
      border-block-end: 1px solid var(--tandem-line);
    }
    li .name {
      font-weight: 500;
    }
    li .by {
      grid-column: 1;
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-muted);
      overflow-wrap: anywhere;
    }
    li button {
      grid-row: 1 / span 2;
      grid-column: 2;
    }
  `;

  constructor() {
    super();
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
    this.controls = false;
    this.busy = false;
    this.sendable = false;
    this.panelsChanged = () => this.requestUpdate();
    /** @type {(() => void) | undefined} */
    this.stopWatching = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.stopWatching = panelList.watch(this.panelsChanged);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stopWatching?.();
  }

  render() {
    const view = this.session;
    if (!view) {
      return nothing;
    }
    const controller = view.vacant ? undefined : personOf(view, view.controller);
    return html`
      <section>
        <h3>${this.t('number')}</h3>
        <div class="row">
          <span class="big number">${numbered(view.number ?? '')}</span>
          <tandem-copy value=${view.number ?? ''} label=${this.t('number')}></tandem-copy>
        </div>
        <p class="muted hint">${this.t('number.how')}</p>
      </section>
      <section>
        <h3>${this.t('control')}</h3>
        <p class="who">
          ${icon(this.controls ? 'check' : 'user')}${this.controls
            ? this.t('control.you')
            : controller
              ? html`<bdi title=${controller.name}>${controller.name}</bdi>`
              : this.t('control.none')}
        </p>
        ${this.controls ? nothing : html`<p class="muted hint">${this.t('control.not')}</p>`}
        ${this.ways()}
      </section>
      <section aria-labelledby="running">
        <h3 id="running">${this.t('running')}</h3>
        ${view.activities.length
          ? html`<ul>
              ${repeat(
                view.activities,
                (a) => a.name,
                (a) => this.activity(a),
              )}
            </ul>`
          : html`<p class="muted">${this.t('running.none')}</p>`}
      </section>
      ${staticHtml`<${ledger} everybody .session=${view} .panels=${panelList.panels}></${ledger}>`}
    `;
  }

  /** How it gets to a colleague: the whole session where somebody routes it, control alone everywhere. */
  ways() {
    const controls = this.controls;
    const why = controls ? '' : this.t('control.only');
    const command = (/** @type {string} */ id) => controls && this.fire('tab-command', id);
    if (!this.sendable) {
      return html`<p>
        <button id="pass-control" aria-disabled=${controls ? nothing : 'true'} title=${why || nothing} @click=${() => command('transfer')}>
          ${icon('users')}${this.t('control.transfer.open')}
        </button>
      </p>`;
    }
    const reason = why || transferReason(this.session, (key) => this.t(key));
    return html`<div class="split">
      <button
        id="hand-over"
        aria-disabled=${reason ? 'true' : nothing}
        title=${reason || nothing}
        @click=${() => reason || command('transfer-session')}
      >
        ${icon('back')}${this.t('transfer.session')}
      </button>
      <tandem-menu
        id="transfer-more"
        bare
        label=${this.t('transfer.more')}
        .items=${[{ id: 'transfer', text: this.t('control.transfer.open'), icon: 'users', disabled: !controls, hint: why || undefined }]}
        @tandem-choose=${(/** @type {CustomEvent<string>} */ event) => {
          event.stopPropagation();
          command(event.detail);
        }}
      ></tandem-menu>
    </div>`;
  }

  /** @param {RunningActivity} activity */
  activity(activity) {
    const view = this.session;
    const by = personOf(view, activity.by)?.name ?? '';
    const since = new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(new Date(activity.since));
    const title = activityTitle((key, args) => this.t(key, args), activity.name, panelList.panels, language());
    const mine = this.controls || activity.by === view?.me;
    const reason = mine ? '' : this.t('control.only');
    return html`<li data-activity=${activity.name}>
      <span class="name">${title}</span>
      <span class="by">${by ? this.t('running.by', { name: by, time: since }) : this.t('running.since', { time: since })}</span>
      <button
        class="small"
        aria-label=${this.t('running.stop', { what: title })}
        aria-disabled=${mine ? nothing : 'true'}
        title=${reason || nothing}
        ?disabled=${this.busy && mine}
        @click=${() => mine && this.fire('tab-command', `stop:${activity.name}`)}
      >
        ${icon('stop')}${this.t('bar.stop')}
      </button>
    </li>`;
  }
}

/** The element's name. */
export const SESSION_PANEL = define('tandem-session-panel', SessionPanel, import.meta.url);
