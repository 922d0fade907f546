/** The main area: one interaction with its tabs. Tabs of other interactions stay alive behind it. */

import { TandemElement, html, icon, language, messages, nothing, repeat } from 'tandem/kit';
import { hue, initials } from '../shared/format.js';
import { hues } from '../shared/hues.js';
import { mark } from '../shared/marks.js';
import './customer.js';
import { styles } from './interaction-styles.js';
import './tab-host.js';
import './timer.js';
import { TabMemory } from './tab-memory.js';

/** @typedef {import('./store.js').Interaction} Interaction */
/** @typedef {import('./tab-host.js').Tab} Tab */

const CUSTOMER = 'customer';

/**
 * Properties: `interactions` (all), `selected` (id), `tabs` (the services that are there), `ahead` (ms), `busy` (id).
 * Fires `platform-accept`, `platform-end` with an id, and `platform-seen`.
 */
export class PlatformInteraction extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    interactions: { attribute: false },
    selected: {},
    tabs: { attribute: false },
    ahead: { attribute: false },
    busy: {},
    badges: { state: true },
    turn: { state: true },
  };
  static styles = [hues, styles];

  constructor() {
    super();
    /** @type {Interaction[]} */
    this.interactions = [];
    this.selected = '';
    /** @type {Tab[]} */
    this.tabs = [];
    this.ahead = 0;
    this.busy = '';
    /** @type {Record<string, string>} key of an open tab -> its short state */
    this.badges = {};
    /** Counts changes of what is open. */
    this.turn = 0;
    this.memory = new TabMemory();
    /** @type {Set<string>} tabs that the agent has opened, not a reload */
    this.fresh = new Set();
    /** @type {Map<string, Record<string, string>>} titles of tabs, also of those that have gone */
    this.titles = new Map();
    /** @type {Set<string>} interactions that were looked at, so that a draft in a chat outlives a look at another one */
    this.visited = new Set();
  }

  get current() {
    return this.interactions.find((i) => i.id === this.selected);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (this.current) {
      this.visited.add(this.selected);
    }
    if (changed.has('tabs')) {
      this.tabs.forEach((tab) => this.titles.set(tab.id, tab.titles));
    }
    if (changed.has('interactions') && this.interactions.length) {
      this.memory.keep(this.interactions.map((i) => i.id));
    }
  }

  /** @param {string} tab */
  titleOf(tab) {
    const titles = this.titles.get(tab) ?? {};
    return titles[language()] ?? titles.en ?? this.t('tab.unnamed');
  }

  /** @param {string} tab */
  openTab(tab) {
    const now = this.current;
    if (now) {
      if (!this.memory.of(now.id).open.includes(tab)) {
        this.fresh.add(`${now.id}/${tab}`);
      }
      this.memory.open(now.id, tab);
      this.turn++;
    }
  }

  /**
   * Opens a tab of an interaction that need not be shown just now. What goes on in it is joined.
   *
   * @param {string} interaction
   * @param {string} tab
   */
  openOn(interaction, tab) {
    this.memory.open(interaction, tab);
    this.turn++;
  }

  /** Opens the first of the tabs that others offer, or goes there. */
  openFirst() {
    if (this.current?.state === 'ACTIVE' && this.tabs.length) {
      this.openTab(this.tabs[0].id);
    }
  }

  /**
   * @param {string} interaction
   * @param {string} tab
   */
  close(interaction, tab) {
    const key = `${interaction}/${tab}`;
    this.memory.close(interaction, tab);
    this.fresh.delete(key);
    const { [key]: _, ...badges } = this.badges;
    this.badges = badges;
    this.turn++;
    this.updateComplete.then(() => this.focusTab());
  }

  focusTab() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('[role=tab][aria-selected=true]'))?.focus();
  }

  /** @param {string} tab */
  select(tab) {
    this.memory.select(this.selected, tab);
    this.turn++;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string[]} all
   * @param {string} tab
   */
  keyed(event, all, tab) {
    const at = all.indexOf(tab);
    const to = {
      ArrowRight: (at + 1) % all.length,
      ArrowLeft: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.select(all[to]);
      this.updateComplete.then(() => this.focusTab());
    } else if (event.key === 'Delete' && tab !== CUSTOMER) {
      event.preventDefault();
      this.close(this.selected, tab);
    }
  }

  render() {
    const now = this.current;
    const open = this.interactions.flatMap((interaction) =>
      this.memory.of(interaction.id).open.map((tab) => ({ interaction, tab, key: `${interaction.id}/${tab}` })),
    );
    const active = now ? this.active(now) : '';
    return html`
      ${now ? this.head(now) : nothing} ${now ? this.strip(now, active) : nothing}
      <div class="panels" ?hidden=${!now}>
        ${repeat(
          this.interactions.filter((i) => this.visited.has(i.id)),
          (i) => i.id,
          (i) => {
            const shown = i.id === now?.id && active === CUSTOMER;
            return html`<div class="panel" role="tabpanel" id="panel-${i.id}/customer" aria-label=${this.t('tab.customer')} ?hidden=${!shown}>
              <platform-customer .interaction=${i} ?shown=${shown} @platform-seen=${this.seen}></platform-customer>
            </div>`;
          },
        )}
        ${repeat(
          open,
          (one) => one.key,
          (one) => this.panel(one.interaction, one.tab, one.key, now?.id === one.interaction.id && active === one.tab),
        )}
      </div>
    `;
  }

  /** @param {Interaction} now */
  active(now) {
    const { open, active } = this.memory.of(now.id);
    return open.includes(active) ? active : CUSTOMER;
  }

  /** @param {CustomEvent} event */
  seen(event) {
    event.stopPropagation();
    this.fire('platform-seen', event.detail);
  }

  /**
   * @param {Interaction} interaction
   * @param {string} tab
   * @param {string} key
   * @param {boolean} shown
   */
  panel(interaction, tab, key, shown) {
    const { id, kind, state, customer } = interaction;
    const name = this.titleOf(tab);
    return html`<div class="panel" role="tabpanel" id="panel-${key}" aria-label=${name} ?hidden=${!shown}>
      <platform-tab-host
        .tab=${this.tabs.find((t) => t.id === tab)}
        .interaction=${{ id, kind, state, customer }}
        .start=${this.fresh.has(key)}
        name=${name}
        @tandem-close=${(/** @type {Event} */ event) => {
          event.stopPropagation();
          this.close(id, tab);
        }}
        @tandem-badge=${(/** @type {CustomEvent} */ event) => {
          event.stopPropagation();
          this.badges = { ...this.badges, [key]: String(event.detail?.text ?? '') };
        }}
      ></platform-tab-host>
    </div>`;
  }

  /** @param {Interaction} now */
  head(now) {
    const call = now.kind === 'CALL';
    const name = now.customer.name || this.t('customer.unknown');
    const { open } = this.memory.of(now.id);
    return html`<div class="head">
      <span class="face ${hue(name)}" aria-hidden="true">${initials(name)}</span>
      <div class="who">
        <h1 title=${name}><bdi>${name}</bdi></h1>
        <div class="facts">
          <span class="state ${now.state}">${icon(call ? 'phone' : 'chat')}<span class="words">${this.stateText(now)}</span>${this.timer(now)}</span>
          <span class="address">${now.customer.address}</span>
        </div>
      </div>
      <div class="actions">
        ${now.state === 'RINGING'
          ? html`<button class="primary" ?disabled=${this.busy === now.id} @click=${() => this.fire('platform-accept', now.id)}>
              ${icon('check')}<span class="words">${this.t('accept')}</span>
            </button>`
          : nothing}
        ${now.visitor && now.state !== 'ENDED'
          ? html`<a
              class="button fold"
              href=${now.visitor}
              target="_blank"
              rel="noopener"
              aria-label=${this.t('visitor.open')}
              title=${this.t('visitor.open')}
              >${icon('window')}<span class="words">${this.t('visitor.open')}</span></a>`
          : nothing}
        ${now.state === 'ACTIVE'
          ? html`${this.tabs.map(
                (tab) =>
                  html`<button
                    class=${open.includes(tab.id) ? '' : 'primary'}
                    title=${this.titleOf(tab.id)}
                    @click=${() => this.openTab(tab.id)}
                  >
                    ${icon('screen')}<span class="words">${this.titleOf(tab.id)}</span>
                  </button>`,
              )}<button
                class="danger finish"
                aria-label=${call ? this.t('end.call') : this.t('end.chat')}
                title=${call ? this.t('end.call') : this.t('end.chat')}
                ?disabled=${this.busy === now.id}
                @click=${() => this.fire('platform-end', now.id)}>
                ${call ? mark('phone-down') : icon('end')}<span class="words">${call ? this.t('end.call') : this.t('end.chat')}</span>
              </button>`
          : nothing}
      </div>
    </div>`;
  }

  /** @param {Interaction} now */
  timer(now) {
    const from = Date.parse(now.acceptedAt ?? now.arrivedAt);
    const until = now.endedAt ? Date.parse(now.endedAt) : undefined;
    return now.state === 'ENDED' && !now.acceptedAt
      ? nothing
      : html`<platform-timer .since=${from} .until=${until} .ahead=${this.ahead}></platform-timer>`;
  }

  /** @param {Interaction} now */
  stateText(now) {
    if (now.state === 'RINGING') {
      return now.kind === 'CALL' ? this.t('ring.call') : this.t('ring.chat');
    }
    if (now.state === 'ACTIVE') {
      return now.kind === 'CALL' ? this.t('state.call') : this.t('state.chat');
    }
    return now.acceptedAt ? this.t('state.ended') : this.t('list.missed');
  }

  /**
   * @param {Interaction} now
   * @param {string} active
   */
  strip(now, active) {
    const { open } = this.memory.of(now.id);
    const all = [CUSTOMER, ...open];
    return html`<div class="strip" role="tablist" aria-label=${this.t('tabs')}>
      ${repeat(
        all,
        (tab) => tab,
        (tab) => {
          const own = tab === CUSTOMER;
          const title = own ? this.t('tab.customer') : this.titleOf(tab);
          const away = !own && !this.tabs.some((t) => t.id === tab);
          const badge = this.badges[`${now.id}/${tab}`];
          return html`<div class="tab ${own ? '' : 'closable'} ${away ? 'away' : ''}" role="presentation">
            <button
              role="tab"
              aria-selected=${tab === active ? 'true' : 'false'}
              aria-controls="panel-${now.id}/${tab}"
              tabindex=${tab === active ? '0' : '-1'}
              title=${own ? nothing : this.t('tab.closeHint')}
              @click=${() => this.select(tab)}
              @keydown=${(/** @type {KeyboardEvent} */ event) => this.keyed(event, all, tab)}
            >
              ${icon(own ? 'user' : away ? 'offline' : 'screen')}<span class="label" data-text=${title}><span>${title}</span></span>
              ${badge ? html`<span class="badge">${badge}</span>` : nothing}
            </button>
            ${own
              ? nothing
              : html`<button
                  class="quiet small icon close"
                  tabindex="-1"
                  aria-hidden="true"
                  title=${this.t('tab.close', { name: title })}
                  @click=${() => this.close(now.id, tab)}
                >
                  ${icon('close')}
                </button>`}
          </div>`;
        },
      )}
    </div>`;
  }
}
customElements.define('platform-interaction', PlatformInteraction);
