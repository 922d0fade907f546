/** What of Tandem is installed on this node, and how it is; slices can be stopped and started. */

import { TandemElement, api, css, html, icon, messages, nothing, problemText, repeat, toast } from 'tandem/kit';
import { sections } from './styles.js';
import { matches, own } from './words.js';

/** @typedef {import('./words.js').Texts} Texts */
/** @typedef {'ACTIVE' | 'WAITING' | 'STARTING' | 'STOPPING' | 'STOPPED' | 'FAILED'} State */
/**
 * @typedef {object} Feature
 * @property {string} name
 * @property {Texts} titles
 * @property {Texts} helps
 * @property {string} version
 * @property {'SPINE' | 'PLATFORM' | 'SLICE'} kind
 * @property {State} state
 * @property {{code: string, of: string[]}[]} reasons
 * @property {string[]} paths
 * @property {{id: string, titles: Texts}[]} panels
 * @property {string[]} pages
 * @property {string[]} neededBy
 */
/** @typedef {{features: Feature[], mayChange: boolean}} View */

/** @type {Record<State, {look: string, icon: string}>} */
const LOOKS = {
  ACTIVE: { look: 'good', icon: 'check' },
  WAITING: { look: 'warn', icon: 'clock' },
  STARTING: { look: '', icon: 'clock' },
  STOPPING: { look: '', icon: 'clock' },
  STOPPED: { look: '', icon: 'stop' },
  FAILED: { look: 'bad', icon: 'warning' },
};

/** Property `view`: what the live channel says, undefined until it has. */
class PlatformFeatures extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    view: { attribute: false },
    filter: { state: true },
    asked: { state: true },
    busy: { state: true },
  };
  static styles = [
    sections,
    css`
      .feature {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 7.5rem 6.5rem;
        gap: 4px 16px;
        align-items: start;
        padding: 14px 16px;
      }
      .what {
        display: grid;
        gap: 2px;
      }
      .title {
        font-weight: 600;
      }
      .doing {
        display: flex;
        justify-content: end;
      }
      .reason {
        color: var(--tandem-text);
      }
      .brings {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
        font-size: var(--lumo-font-size-s);
        color: var(--tandem-muted);
      }
      @media (max-width: 700px) {
        .feature {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .what {
          grid-column: 1 / -1;
        }
      }
      ul.users {
        margin: 8px 0 0;
        padding-inline-start: 1.4em;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {View | undefined} */
    this.view = undefined;
    this.filter = '';
    /** @type {Feature | undefined} the one that somebody wants to stop */
    this.asked = undefined;
    this.busy = '';
  }

  /**
   * @param {Feature} feature
   * @param {'start' | 'stop'} what
   */
  async change(feature, what) {
    this.asked = undefined;
    this.busy = feature.name;
    const name = own(feature.titles);
    try {
      this.view = await api.post(`/features/${encodeURIComponent(feature.name)}/${what}`);
      toast(what === 'stop' ? this.t('admin.feature.isStopped', { name }) : this.t('admin.feature.isStarted', { name }), {
        kind: 'success',
      });
    } catch (error) {
      toast(problemText(error, { 'home-administrator-needed': this.t('admin.features.elsewhere') }), { kind: 'error' });
    } finally {
      this.busy = '';
      await this.updateComplete;
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(`[data-name="${feature.name}"] button`))?.focus();
    }
  }

  render() {
    return html`
      <div class="head">
        <div>
          <h2>${this.t('admin.features')}</h2>
          <p class="lead">${this.t('admin.features.lead')}</p>
        </div>
        <div class="tools">
          <input
            type="search"
            aria-label=${this.t('admin.features.filter')}
            placeholder=${this.t('admin.features.filter')}
            .value=${this.filter}
            @input=${(/** @type {any} */ e) => (this.filter = e.target.value)}
          />
        </div>
      </div>
      ${this.view ? this.lists(this.view) : html`<tandem-skeleton lines="8"></tandem-skeleton>`} ${this.confirm()}
    `;
  }

  /** @param {View} view */
  lists(view) {
    const shown = view.features.filter((f) =>
      matches(this.filter, [own(f.titles), own(f.helps), f.name, this.stateText(f.state), ...f.paths, ...f.pages]),
    );
    const groups = [
      { title: this.t('admin.features.slices'), of: shown.filter((f) => f.kind === 'SLICE') },
      { title: this.t('admin.features.spine'), of: shown.filter((f) => f.kind !== 'SLICE') },
    ].filter((group) => group.of.length > 0);
    return html`
      ${view.mayChange ? nothing : html`<p class="notice">${icon('info')}<span>${this.t('admin.features.elsewhere')}</span></p>`}
      <p class="sr" role="status">${this.filter ? this.t('admin.found', { count: shown.length }) : ''}</p>
      ${shown.length === 0 ? html`<p class="none">${this.t('admin.found.none')}</p>` : nothing}
      ${groups.map(
        (group) => html`<h3>${group.title}</h3>
          <ul class="list">
            ${repeat(
              group.of,
              (f) => f.name,
              (f) => html`<li>${this.feature(f, view)}</li>`,
            )}
          </ul>`,
      )}
    `;
  }

  /** @param {State} state */
  stateText(state) {
    return {
      ACTIVE: this.t('admin.state.ACTIVE'),
      WAITING: this.t('admin.state.WAITING'),
      STARTING: this.t('admin.state.STARTING'),
      STOPPING: this.t('admin.state.STOPPING'),
      STOPPED: this.t('admin.state.STOPPED'),
      FAILED: this.t('admin.state.FAILED'),
    }[state];
  }

  /** @param {string} name symbolic name of a bundle, or what it is otherwise */
  called(name) {
    const known = this.view?.features.find((f) => f.name === name);
    return known ? own(known.titles) : name;
  }

  /** @param {{code: string, of: string[]}} reason */
  reason(reason) {
    const of = reason.of.map((name) => this.called(name)).join(', ');
    switch (reason.code) {
      case 'waits':
        return this.t('admin.reason.waits', { of });
      case 'needs':
        return this.t('admin.reason.needs', { of });
      case 'unconfigured':
        return this.t('admin.reason.unconfigured', { of });
      default:
        return this.t('admin.reason.fails', { of });
    }
  }

  /**
   * @param {Feature} feature
   * @param {View} view
   */
  feature(feature, view) {
    const look = LOOKS[feature.state];
    const runs = feature.state !== 'STOPPED' && feature.state !== 'FAILED';
    const busy = this.busy === feature.name || feature.state === 'STARTING' || feature.state === 'STOPPING';
    // A slice may have a panel of one name for agents and for customers.
    const panels = [...new Set(feature.panels.map((panel) => own(panel.titles)))];
    return html`<div class="feature" data-name=${feature.name} data-state=${feature.state}>
      <div class="what">
        <div><span class="title">${own(feature.titles)}</span></div>
        ${own(feature.helps) ? html`<p>${own(feature.helps)}</p>` : nothing}
        ${feature.reasons.map((reason) => html`<p class="reason">${this.reason(reason)}</p>`)}
        <div class="brings">
          ${panels.map((name) => html`<span>${this.t('admin.feature.panel', { name })}</span>`)}
          ${feature.pages.map((path) => html`<span>${this.t('admin.feature.page')} <span class="code">${path}</span></span>`)}
          ${feature.paths.map((path) => html`<span class="code">/api${path}</span>`)}
        </div>
        <div class="facts"><span class="code">${feature.name}</span><span class="number">${feature.version}</span></div>
      </div>
      <div><span class="state ${look.look}">${icon(look.icon)}${this.stateText(feature.state)}</span></div>
      <div class="doing">
        ${feature.kind === 'SLICE' && view.mayChange
          ? html`<button
              class="small"
              ?disabled=${busy}
              aria-label=${runs
                ? this.t('admin.feature.stop.of', { name: own(feature.titles) })
                : this.t('admin.feature.start.of', { name: own(feature.titles) })}
              @click=${() => (runs ? (this.asked = feature) : this.change(feature, 'start'))}
            >
              ${icon(runs ? 'stop' : 'play')}${runs ? this.t('admin.feature.stop') : this.t('admin.feature.start')}
            </button>`
          : nothing}
      </div>
    </div>`;
  }

  confirm() {
    const { asked } = this;
    const users = asked?.neededBy.filter((name) => this.view?.features.some((f) => f.name === name && f.kind === 'SLICE')) ?? [];
    return html`<tandem-dialog
      heading=${asked ? this.t('admin.feature.stop.title', { name: own(asked.titles) }) : ''}
      ?open=${asked !== undefined}
      @tandem-dismiss=${() => (this.asked = undefined)}
    >
      ${asked
        ? html`<p>${this.t('admin.feature.stop.what')}</p>
            ${users.length
              ? html`<p>${this.t('admin.feature.stop.users')}</p>
                  <ul class="users">${users.map((name) => html`<li>${this.called(name)}</li>`)}</ul>`
              : nothing}`
        : nothing}
      <button slot="footer" @click=${() => (this.asked = undefined)}>${this.t('admin.cancel')}</button>
      <button slot="footer" class="danger primary" @click=${() => asked && this.change(asked, 'stop')}>${this.t('admin.feature.stop')}</button>
    </tandem-dialog>`;
  }
}
customElements.define('platform-features', PlatformFeatures);
