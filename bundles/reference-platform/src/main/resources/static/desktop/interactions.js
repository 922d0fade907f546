/** The column of calls and chats: what rings on top, what the agent has, what lately ended. */

import { TandemElement, classMap, css, html, icon, messages, nothing, repeat } from 'tandem/kit';
import { timeOfDay } from '../shared/format.js';
import { mark } from '../shared/marks.js';
import './menu.js';
import './timer.js';

/** @typedef {import('./store.js').Interaction} Interaction */
/** @typedef {import('./store.js').Assisted} Assisted */

/**
 * Properties: `ringing`, `active`, `assisted` (colleagues' sessions), `ended`, `selected` (id), `ahead` (ms), `unread` (id -> number), `busy` (id that is
 * being accepted or declined). Fires `platform-select`, `platform-accept`, `platform-end` with an id, `platform-simulate`
 * with a kind.
 */
export class PlatformInteractions extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    ringing: { attribute: false },
    active: { attribute: false },
    assisted: { attribute: false },
    ended: { attribute: false },
    selected: {},
    ahead: { attribute: false },
    unread: { attribute: false },
    busy: {},
  };
  static styles = css`
    :host {
      display: flex;
      flex-direction: column;
      min-block-size: 0;
      background: var(--tandem-surface-2);
      container-type: inline-size;
    }
    .top {
      display: flex;
      align-items: center;
      justify-content: space-between;
      block-size: 48px;
      flex: none;
      padding-inline: 16px 8px;
    }
    h2 {
      font-size: var(--lumo-font-size-m);
    }
    h3 {
      display: flex;
      gap: 6px;
      padding: 12px 8px 6px;
      font-size: var(--lumo-font-size-xs);
      font-weight: 600;
      color: var(--tandem-muted);
    }
    .scroll {
      flex: 1;
      min-block-size: 0;
      overflow-y: auto;
      padding: 0 8px 16px;
    }
    ul {
      list-style: none;
      margin: 0;
      padding: 0;
      display: grid;
      gap: 2px;
    }
    .kind {
      display: grid;
      place-content: center;
      flex: none;
      inline-size: 32px;
      block-size: 32px;
      border-radius: 8px;
      background: var(--tandem-surface-3);
      color: var(--tandem-muted);
    }
    .ACTIVE .kind {
      background: var(--tandem-good-soft);
      color: var(--tandem-good);
    }
    .item {
      position: relative;
      inline-size: 100%;
      justify-content: flex-start;
      gap: 10px;
      padding: 7px 10px;
      border-radius: 8px;
      text-align: start;
      font-weight: 400;
      background: transparent;
      color: inherit;
    }
    .item:hover:not(:disabled) {
      background: var(--lumo-contrast-5pct);
    }
    .item[aria-current='true'],
    .item[aria-current='true']:hover:not(:disabled) {
      background: var(--tandem-surface);
      box-shadow: 0 0 0 1px var(--tandem-line), 0 1px 2px light-dark(hsla(214, 40%, 20%, 0.07), transparent);
    }
    .item[aria-current='true']::before {
      content: '';
      position: absolute;
      inset-block: 10px;
      inset-inline-start: 0;
      inline-size: 3px;
      border-radius: 2px;
      background: var(--tandem-accent);
    }
    .words {
      flex: 1;
      min-inline-size: 0;
      display: grid;
    }
    .words > * {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .who {
      font-weight: 600;
    }
    .ENDED .who {
      font-weight: 500;
      color: var(--tandem-muted);
    }
    .what {
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-muted);
      line-height: 1.4;
    }
    .end {
      display: grid;
      justify-items: end;
      gap: 2px;
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-muted);
    }
    .ACTIVE .end {
      font-size: var(--lumo-font-size-s);
      color: var(--tandem-text);
    }
    .ring {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 10px;
      padding: 12px;
      border: 1px solid color-mix(in oklab, var(--tandem-accent) 45%, var(--tandem-line));
      border-radius: 10px;
      background: var(--tandem-surface);
      box-shadow: 0 1px 3px light-dark(hsla(214, 60%, 30%, 0.14), hsla(0, 0%, 0%, 0.4));
    }
    .ring + .ring {
      margin-block-start: 6px;
    }
    .ring .row {
      gap: 10px;
    }
    .ring .kind {
      position: relative;
      border-radius: 50%;
      background: var(--tandem-accent);
      color: var(--tandem-on-accent);
    }
    .ring .kind::after {
      content: '';
      position: absolute;
      inset: 0;
      border-radius: 50%;
      border: 2px solid var(--tandem-accent);
      animation: wave 1.8s ease-out infinite;
    }
    .ring .kind svg {
      animation: shake 1.8s ease-in-out infinite;
      transform-origin: 50% 60%;
    }
    .ring.CHAT .kind svg {
      animation: none;
    }
    @keyframes wave {
      from {
        opacity: 0.7;
      }
      to {
        transform: scale(1.55);
        opacity: 0;
      }
    }
    @keyframes shake {
      0%,
      40%,
      100% {
        transform: none;
      }
      8%,
      24% {
        transform: rotate(-13deg);
      }
      16%,
      32% {
        transform: rotate(13deg);
      }
    }
    .ring .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .ring .buttons > * {
      flex: 1 0 auto;
      padding-inline: 8px;
    }
    .ring .buttons > .accept {
      flex-grow: 3;
    }
    kbd {
      white-space: nowrap;
      font: inherit;
      font-size: var(--lumo-font-size-xxs);
      font-weight: 500;
      padding: 1px 5px;
      border-radius: 4px;
      background: hsla(0, 0%, 0%, 0.24);
    }
    .nothing {
      margin-block-start: 24px;
    }
    @container (max-width: 280px) {
      kbd {
        display: none;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .ring .kind::after,
      .ring .kind svg {
        animation: none;
      }
    }
    @media (hover: none) {
      kbd {
        display: none;
      }
      .item {
        min-block-size: 52px;
      }
    }
  `;

  constructor() {
    super();
    /** @type {Interaction[]} */
    this.ringing = [];
    /** @type {Interaction[]} */
    this.active = [];
    /** @type {Assisted[]} */
    this.assisted = [];
    /** @type {Interaction[]} */
    this.ended = [];
    this.selected = '';
    this.ahead = 0;
    /** @type {(interaction: Interaction) => number} */
    this.unread = () => 0;
    this.busy = '';
  }

  /** @param {'CALL' | 'CHAT'} kind */
  simulate(kind) {
    this.fire('platform-simulate', kind);
  }

  render() {
    const empty = this.ringing.length + this.active.length + this.assisted.length + this.ended.length === 0;
    return html`
      <div class="top">
        <h2>${this.t('interactions')}</h2>
        <platform-menu
          label=${this.t('simulate')}
          .entries=${[
            { id: 'CALL', text: this.t('simulate.call'), icon: 'phone' },
            { id: 'CHAT', text: this.t('simulate.chat'), icon: 'chat' },
          ]}
          @platform-choose=${(/** @type {CustomEvent} */ event) => this.simulate(event.detail)}
          >${mark('plus')}<span>${this.t('simulate')}</span></platform-menu
        >
      </div>
      <div class="scroll">
        ${this.ringing.length
          ? html`<h3>${this.t('list.ringing')}</h3>
              ${repeat(
                this.ringing,
                (i) => i.id,
                (i, at) => this.ring(i, at),
              )}`
          : nothing}
        ${this.section(this.t('list.active'), this.active)} ${this.sessions(this.t('list.taken'), this.assisted.filter((s) => s.own))}
        ${this.sessions(this.t('list.assisted'), this.assisted.filter((s) => !s.own))}
        ${this.section(this.t('list.ended'), this.ended)}
        ${empty
          ? html`<tandem-empty class="nothing" heading=${this.t('list.empty')}>${this.t('list.empty.hint')}</tandem-empty>`
          : nothing}
      </div>
    `;
  }

  /**
   * @param {Interaction} interaction
   * @param {number} at
   */
  ring(interaction, at) {
    const { id, kind, customer, arrivedAt, agent } = interaction;
    const name = customer.name || this.t('customer.unknown');
    const what = kind === 'CALL' ? this.t('ring.call') : this.t('ring.chat');
    return html`<article class="ring ${kind}" aria-label="${what}: ${name}">
      <div class="row">
        <span class="kind">${icon(kind === 'CALL' ? 'phone' : 'chat')}</span>
        <span class="words"><span class="who"><bdi>${name}</bdi></span><span class="what">${what} · ${customer.address}</span></span>
        <span class="end"><platform-timer .since=${Date.parse(arrivedAt)} .ahead=${this.ahead}></platform-timer></span>
      </div>
      <div class="buttons">
        <button class="primary accept" ?disabled=${this.busy === id} @click=${() => this.fire('platform-accept', id)}>
          ${icon('check')}${this.t('accept')}${at === 0 ? html`<kbd>Alt A</kbd>` : nothing}
        </button>
        ${agent
          ? html`<button ?disabled=${this.busy === id} class="danger" @click=${() => this.fire('platform-end', id)}>
              ${kind === 'CALL' ? mark('phone-down') : icon('close')}${this.t('decline')}
            </button>`
          : nothing}
      </div>
    </article>`;
  }

  /**
   * @param {string} title
   * @param {Interaction[]} list
   */
  section(title, list) {
    return list.length
      ? html`<h3>${title}</h3>
          <ul>
            ${repeat(
              list,
              (i) => i.id,
              (i) => html`<li>${this.item(i)}</li>`,
            )}
          </ul>`
      : nothing;
  }

  /**
   * @param {string} title
   * @param {import('./store.js').Assisted[]} sessions
   */
  sessions(title, sessions) {
    return sessions.length
      ? html`<h3>${title}</h3>
          <ul>
            ${repeat(
              sessions,
              (s) => s.id,
              (s) => html`<li>
                <button
                  class="item"
                  data-session=${s.id}
                  aria-current=${s.id === this.selected ? 'true' : 'false'}
                  @click=${() => this.fire('platform-select', s.id)}
                >
                  <span class="kind">${icon(s.own ? 'user' : 'users')}</span>
                  <span class="words">
                    <span class="who"><bdi>${s.name || this.t('assisted.number', { number: s.number })}</bdi></span>
                    <span class="what">${s.own ? this.t('taken') : s.with ? this.t('assisted.with', { name: s.with }) : this.t('assisted')}</span>
                  </span>
                  <span class="end">
                    ${s.badge
                      ? html`<span class="badge"
                          ><span aria-hidden="true">${s.badge}</span
                          ><span class="sr">${this.t('list.unread', { count: Number.parseInt(s.badge, 10) || 1 })}</span></span
                        >`
                      : nothing}
                  </span>
                </button>
              </li>`,
            )}
          </ul>`
      : nothing;
  }

  /** @param {Interaction} interaction */
  item(interaction) {
    const { id, kind, state, customer, acceptedAt, endedAt } = interaction;
    const missed = state === 'ENDED' && !acceptedAt;
    const unread = this.unread(interaction);
    return html`<button
      class=${classMap({ item: true, [state]: true })}
      aria-current=${id === this.selected ? 'true' : 'false'}
      @click=${() => this.fire('platform-select', id)}
    >
      <span class="kind">${missed && kind === 'CALL' ? mark('phone-missed') : icon(kind === 'CALL' ? 'phone' : 'chat')}</span>
      <span class="words">
        <span class="who"><bdi>${customer.name || this.t('customer.unknown')}</bdi></span>
        <span class="what">${missed ? this.t('list.missed') : kind === 'CALL' ? this.t('kind.call') : this.t('kind.chat')} · ${customer.address}</span>
      </span>
      <span class="end">
        ${state === 'ACTIVE'
          ? html`<platform-timer .since=${Date.parse(acceptedAt ?? '')} .ahead=${this.ahead}></platform-timer>`
          : html`<time datetime=${endedAt ?? ''}>${timeOfDay(endedAt ?? '')}</time>`}
        ${state === 'ACTIVE' && unread
          ? html`<span class="badge"><span aria-hidden="true">${unread}</span><span class="sr">${this.t('list.unread', { count: unread })}</span></span>`
          : nothing}
      </span>
    </button>`;
  }
}
customElements.define('platform-interactions', PlatformInteractions);
