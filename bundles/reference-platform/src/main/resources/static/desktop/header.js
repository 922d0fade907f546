/** The bar at the top: the product, the agent's presence, the agent. */

import { LANGUAGES, TandemElement, css, html, icon, language, messages, nothing, setLanguage, theme } from 'tandem/kit';
import { hue, initials } from '../shared/format.js';
import { hues } from '../shared/hues.js';
import { tandemMark } from '../shared/marks.js';
import './menu.js';

/** @typedef {import('./store.js').Agent} Agent */
/** @typedef {import('./store.js').Presence} Presence */

/**
 * Properties: `view` (which is shown), `views` (those that the agent has), `agent`, `presence`, `waiting` (how many ring, shown on the drawer's button), `drawer` (whether it is open), `assists` (whether
 * colleagues' sessions can be joined). Fires `platform-assist`, `platform-presence`, `platform-sign-out`, `platform-shortcuts`, `platform-drawer`.
 */
export class PlatformHeader extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    view: {},
    views: { attribute: false },
    agent: { attribute: false },
    presence: { attribute: false },
    waiting: { type: Number },
    drawer: { type: Boolean },
    assists: { type: Boolean },
  };
  static styles = [
    hues,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 8px;
        block-size: 48px;
        padding-inline: 16px 12px;
        border-block-end: 1px solid var(--tandem-line);
        background: var(--tandem-surface);
      }
      .name {
        display: flex;
        align-items: center;
        gap: 10px;
        font-size: var(--lumo-font-size-l);
        font-weight: 650;
        letter-spacing: -0.01em;
      }
      .site {
        padding-inline-start: 10px;
        border-inline-start: 1px solid var(--tandem-line);
        font-size: var(--lumo-font-size-s);
        font-weight: 400;
        letter-spacing: 0;
        color: var(--tandem-muted);
      }
      .space {
        flex: 1;
      }
      .name,
      platform-menu {
        flex: none;
      }
      /* Who has many ways, long words and a small window sees the words' beginnings rather than half of the last button. */
      .views {
        display: flex;
        align-self: stretch;
        gap: 2px;
        margin-inline-start: 8px;
        min-inline-size: 0;
      }
      .views a {
        position: relative;
        display: flex;
        align-items: center;
        gap: 8px;
        padding-inline: 12px;
        color: inherit;
        font-weight: 500;
        text-decoration: none;
        white-space: nowrap;
        min-inline-size: 40px;
      }
      .views a > svg,
      .views a > .badge {
        flex: none;
      }
      .views a > span:not(.badge) {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .views a:hover {
        background: var(--lumo-contrast-5pct);
      }
      .views a:focus-visible {
        outline-offset: -3px;
      }
      .views a[aria-current='page'] {
        color: var(--tandem-accent-text);
        box-shadow: inset 0 -2px var(--tandem-accent);
      }
      @media (max-width: 1100px) {
        .site {
          display: none;
        }
        .views a {
          gap: 6px;
          padding-inline: 8px;
        }
      }
      @media (max-width: 900px) {
        .views a {
          padding-inline: 10px;
        }
        .views a > span:not(.badge) {
          position: absolute;
          inline-size: 1px;
          block-size: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
      @media (max-width: 479px) {
        .views {
          margin-inline-start: 0;
        }
        .name:has(+ .views) > span,
        .views ~ .space {
          display: none;
        }
        .views ~ .space + * {
          margin-inline-start: auto;
        }
        /* The mark's shape tells it too, and so does the button's name. */
        platform-menu .word {
          display: none;
        }
      }
      .fold {
        white-space: nowrap;
      }
      @media (max-width: 767px) {
        .provide .fold {
          display: none;
        }
      }
      .drawer {
        display: none;
        position: relative;
      }
      .drawer .badge {
        position: absolute;
        inset-block-start: -2px;
        inset-inline-end: -4px;
      }
      .presence {
        display: inline-flex;
        align-items: center;
        gap: 8px;
        white-space: nowrap;
      }
      .dot {
        inline-size: 10px;
        block-size: 10px;
        border-radius: 50%;
        flex: none;
      }
      .AVAILABLE .dot {
        background: var(--tandem-good);
      }
      .AWAY .dot {
        border: 3px solid var(--tandem-warn);
      }
      .face {
        inline-size: 1.75rem;
        block-size: 1.75rem;
        font-size: var(--lumo-font-size-xs);
      }
      @media (max-width: 767px) {
        :host {
          padding-inline: 8px;
        }
        .drawer {
          display: inline-flex;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {import('./places.js').View} */
    this.view = 'desk';
    /** @type {import('./places.js').View[]} */
    this.views = ['desk'];
    /** @type {Agent | undefined} */
    this.agent = undefined;
    /** @type {Presence} */
    this.presence = { status: 'OFFLINE', reason: '' };
    this.waiting = 0;
    this.drawer = false;
    this.assists = false;
    this.rethemed = () => this.requestUpdate();
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('tandem-theme', this.rethemed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('tandem-theme', this.rethemed);
  }

  /** @returns {{id: string, status: string, reason: string, text: string, mark: string}[]} */
  get presences() {
    return [
      { id: 'available', status: 'AVAILABLE', reason: '', text: this.t('presence.available'), mark: '' },
      { id: 'away', status: 'AWAY', reason: '', text: this.t('presence.away'), mark: 'away' },
      { id: 'break', status: 'AWAY', reason: 'break', text: this.t('presence.break'), mark: 'cup' },
      { id: 'lunch', status: 'AWAY', reason: 'lunch', text: this.t('presence.lunch'), mark: 'food' },
      { id: 'meeting', status: 'AWAY', reason: 'meeting', text: this.t('presence.meeting'), mark: 'meeting' },
      { id: 'paperwork', status: 'AWAY', reason: 'paperwork', text: this.t('presence.paperwork'), mark: 'pen' },
    ];
  }

  get presenceText() {
    const now = this.presences.find((p) => p.status === this.presence.status && p.reason === this.presence.reason);
    // Nobody chooses that one: routing does.
    const unanswered = this.presence.status === 'AWAY' && this.presence.reason === 'no-answer';
    return unanswered ? this.t('presence.noAnswer') : (now?.text ?? this.t(this.presence.status === 'AWAY' ? 'presence.away' : 'presence.offline'));
  }

  /** @param {CustomEvent} event */
  presenceChosen(event) {
    const chosen = this.presences.find((p) => p.id === event.detail);
    if (chosen) {
      this.fire('platform-presence', { status: chosen.status, reason: chosen.reason });
    }
  }

  /** @param {CustomEvent} event */
  personalChosen(event) {
    const [what, value] = String(event.detail).split(':');
    if (what === 'language') {
      setLanguage(value);
    } else if (what === 'theme') {
      theme.set(/** @type {'system' | 'light' | 'dark'} */ (value));
    } else {
      this.fire(what === 'out' ? 'platform-sign-out' : 'platform-shortcuts');
    }
  }

  /** The ways between the desktop's views, which few people have several of. */
  ways() {
    const at = (/** @type {string} */ view) => (this.view === view ? 'page' : 'false');
    const calls = this.waiting ? this.t('drawer.waiting', { count: this.waiting }) : this.t('interactions');
    return html`<nav class="views" aria-label=${this.t('views')}>
      <a href="#" aria-current=${at('desk')} title=${this.t('interactions')} aria-label=${calls}>
        ${icon('session')}<span>${this.t('interactions')}</span>
        ${this.waiting && this.view !== 'desk' ? html`<span class="badge" aria-hidden="true">${this.waiting}</span>` : nothing}
      </a>
      ${this.views.includes('monitor')
        ? html`<a href="#monitor" aria-current=${at('monitor')} title=${this.t('monitor')}>${icon('users')}<span>${this.t('monitor')}</span></a>`
        : nothing}
      ${this.views.includes('admin')
        ? html`<a href="#admin" aria-current=${at('admin')} title=${this.t('admin')}>${icon('tools')}<span>${this.t('admin')}</span></a>`
        : nothing}
    </nav>`;
  }

  render() {
    const agent = this.agent;
    const presence = this.presence;
    return html`
      <button
        class="quiet icon drawer"
        ?hidden=${this.view !== 'desk'}
        aria-label=${this.waiting ? this.t('drawer.waiting', { count: this.waiting }) : this.t('drawer')}
        aria-expanded=${this.drawer ? 'true' : 'false'}
        @click=${() => this.fire('platform-drawer')}
      >
        ${icon('panel')}${this.waiting ? html`<span class="badge" aria-hidden="true">${this.waiting}</span>` : nothing}
      </button>
      <div class="name">
        ${tandemMark()}<span>Tandem</span>
        ${agent && agent.site !== 'main' ? html`<span class="site">${agent.site}</span>` : nothing}
      </div>
      ${this.views.length > 1 ? this.ways() : nothing}
      ${this.assists
        ? html`<platform-menu
            class="provide"
            label=${this.t('provide')}
            .entries=${[{ id: 'assist', text: this.t('assist'), icon: 'users' }]}
            @platform-choose=${() => this.fire('platform-assist')}
          >
            ${icon('heart')}<span class="fold">${this.t('provide')}</span>
          </platform-menu>`
        : nothing}
      <div class="space"></div>
      <platform-menu
        class=${presence.status}
        label=${this.t('presence.label', { presence: this.presenceText })}
        .entries=${this.presences.map((p) => ({
          id: p.id,
          text: p.text,
          mark: p.mark,
          dot: p.mark ? undefined : 'good',
          line: p.id === 'away',
          checked: p.status === presence.status && p.reason === presence.reason,
        }))}
        @platform-choose=${this.presenceChosen}
      >
        <span class="presence"><span class="dot"></span><span class="word">${this.presenceText}</span></span>
      </platform-menu>
      ${agent
        ? html`<platform-menu
            look="round"
            label=${this.t('me', { name: agent.name })}
            .entries=${[
              { heading: agent.name },
              ...[
                { id: 'theme:system', text: this.t('theme.system'), icon: 'contrast', checked: theme.get() === 'system', line: true },
                { id: 'theme:light', text: this.t('theme.light'), icon: 'sun', checked: theme.get() === 'light' },
                { id: 'theme:dark', text: this.t('theme.dark'), icon: 'moon', checked: theme.get() === 'dark' },
              ],
              ...LANGUAGES.map((l, at) => ({
                id: `language:${l.tag}`,
                text: l.name,
                icon: 'globe',
                checked: l.tag === language(),
                line: at === 0,
              })),
              { id: 'shortcuts', text: this.t('shortcuts'), mark: 'keyboard', hint: '?', line: true },
              { id: 'out', text: this.t('signOut'), icon: 'leave', line: true },
            ]}
            @platform-choose=${this.personalChosen}
          >
            <span class="face ${hue(agent.name)}">${initials(agent.name)}</span>
          </platform-menu>`
        : nothing}
    `;
  }
}
customElements.define('platform-header', PlatformHeader);
