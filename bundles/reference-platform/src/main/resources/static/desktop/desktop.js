/** The agents' desktop. */

import { TandemElement, css, html, icon, language, messages, nothing, problemText, repeat, toast } from 'tandem/kit';
import { backPath } from '../shared/back.js';
import '../shared/favicon.js';
import './assist-dialog.js';
import './assisted.js';
import './header.js';
import './interaction.js';
import './interactions.js';
import { placed, titleOf, toPlace, viewsOf } from './places.js';
import { Store } from './store.js';
import './tab-host.js';

/** @typedef {import('./store.js').Interaction} Interaction */
/** @typedef {import('./interaction.js').PlatformInteraction} PlatformInteraction */

const NARROW = matchMedia('(max-width: 767px)');

class PlatformDesktop extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    drawer: { state: true },
    busy: { state: true },
    said: { state: true },
    help: { state: true },
    assisting: { state: true },
    turn: { state: true },
    view: { state: true },
    section: { state: true },
  };
  static styles = css`
    :host {
      display: block;
      block-size: 100dvh;
    }
    .page {
      display: grid;
      grid-template: auto auto minmax(0, 1fr) / 296px minmax(0, 1fr);
      block-size: 100%;
      background: var(--tandem-surface-2);
    }
    .bar {
      grid-column: 1 / -1;
    }
    nav {
      display: grid;
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
      min-block-size: 0;
      min-inline-size: 0;
      border-inline-end: 1px solid var(--tandem-line);
    }
    main {
      min-block-size: 0;
      min-inline-size: 0;
      position: relative;
      outline: none;
    }
    platform-admin,
    platform-monitor {
      grid-column: 1 / -1;
      grid-row: 3;
    }
    .skip {
      position: absolute;
      inset-block-start: 8px;
      inset-inline-start: 8px;
      z-index: 20;
      transform: translateY(-200%);
      background: var(--tandem-surface);
      box-shadow: var(--tandem-shadow);
    }
    .skip:focus {
      transform: none;
    }
    .middle {
      display: grid;
      place-content: center;
      block-size: 100%;
    }
    .middle .buttons {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: 8px;
      margin-block: 16px 20px;
    }
    .away {
      display: flex;
      justify-content: center;
      gap: 8px;
      padding: 6px 16px;
      background: var(--tandem-warn-soft);
      color: var(--tandem-warn);
      font-size: var(--lumo-font-size-s);
      font-weight: 500;
    }
    .veil {
      display: none;
    }
    table {
      inline-size: 100%;
      border-collapse: collapse;
    }
    td {
      padding: 7px 0;
      border-block-start: 1px solid var(--tandem-line);
    }
    tr:first-child td {
      border: 0;
    }
    td:last-child {
      text-align: end;
      white-space: nowrap;
    }
    kbd {
      font-family: var(--lumo-font-family);
      font-size: var(--lumo-font-size-xs);
      padding: 2px 7px;
      border: 1px solid var(--tandem-line);
      border-block-end-width: 2px;
      border-radius: 5px;
      background: var(--tandem-surface-2);
    }
    .ghost {
      display: grid;
      grid-template: 48px minmax(0, 1fr) / 296px minmax(0, 1fr);
      block-size: 100%;
    }
    .ghost > :first-child {
      grid-column: 1 / -1;
      background: var(--tandem-surface);
      border-block-end: 1px solid var(--tandem-line);
    }
    .ghost > :nth-child(2) {
      border-inline-end: 1px solid var(--tandem-line);
    }
    @media (max-width: 1100px) {
      .page,
      .ghost {
        grid-template-columns: 264px minmax(0, 1fr);
      }
    }
    @media (max-width: 767px) {
      .page,
      .ghost {
        grid-template-columns: minmax(0, 1fr);
      }
      .ghost > :nth-child(3) {
        display: none;
      }
      nav {
        position: fixed;
        inset-block: 48px 0;
        inset-inline-start: 0;
        inline-size: min(320px, 86vw);
        z-index: 10;
        background: var(--tandem-surface-2);
        box-shadow: var(--tandem-shadow);
        transition: transform 160ms ease-out, visibility 160ms;
      }
      nav.closed {
        transform: translateX(-105%);
        visibility: hidden;
      }
      .veil {
        display: block;
        position: fixed;
        inset: 48px 0 0;
        z-index: 9;
        background: hsla(214, 40%, 8%, 0.4);
      }
    }
  `;

  constructor() {
    super();
    this.store = new Store();
    this.drawer = false;
    this.busy = '';
    /** What a screen reader is told at once. */
    this.said = '';
    this.help = false;
    /** Whether the number of a colleague's session is asked for. */
    this.assisting = false;
    this.turn = 0;
    /** @type {import('./places.js').View} what is looked at */
    this.view = 'desk';
    /** Which page of the view, empty for its first. */
    this.section = '';
    this.leaving = false;
    this.moved = () => this.go();
    this.changed = () => {
      this.turn++;
      this.retitle();
      this.goBack();
    };
    this.keyed = (/** @type {KeyboardEvent} */ event) => this.shortcut(event);
    this.narrowed = () => this.requestUpdate();
  }

  connectedCallback() {
    super.connectedCallback();
    this.store.addEventListener('change', this.changed);
    this.store.addEventListener('notice', (event) => this.notice(/** @type {CustomEvent} */ (event).detail));
    this.store.addEventListener('ring', (event) => this.rang(/** @type {CustomEvent} */ (event).detail));
    document.addEventListener('keydown', this.keyed);
    NARROW.addEventListener('change', this.narrowed);
    window.addEventListener('hashchange', this.moved);
    this.go();
    this.store.start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.keyed);
    NARROW.removeEventListener('change', this.narrowed);
    window.removeEventListener('hashchange', this.moved);
  }

  /** To where the address says: `#admin/sign-ins`, or the interactions. */
  go() {
    ({ view: this.view, section: this.section } = toPlace(location.hash));
    this.drawer = false;
  }

  /** To the page that sent somebody here to sign in. */
  goBack() {
    const back = backPath(location.search, location.origin);
    if (this.store.phase === 'ready' && back && !this.leaving) {
      this.leaving = true;
      location.replace(back);
    }
  }

  /**
   * To another session of the agent, which a tab asks for.
   *
   * @param {CustomEvent<{session: string, interaction: string}>} event
   */
  visit(event) {
    const { session, interaction } = event.detail;
    event.preventDefault();
    event.stopPropagation();
    const tab = this.store.support;
    if (tab && this.store.state?.interactions.some((i) => i.id === interaction)) {
      this.toInteractions();
      this.main?.openOn(interaction, tab.id);
      this.store.select(interaction);
    } else {
      this.act(session, (id) => this.store.visit(id));
    }
  }

  /** Back from the Administration view, to whoever calls. */
  toInteractions() {
    if (this.view !== 'desk') {
      location.hash = '';
    }
  }

  languageChanged() {
    super.languageChanged();
    this.retitle();
  }

  retitle() {
    const ringing = this.store.ringing[0];
    const current = this.store.current;
    const name = ringing?.customer.name ?? current?.customer.name ?? this.store.currentAssisted?.name;
    document.title = ringing ? `● ${name} – Tandem` : name ? `${name} – Tandem` : this.t('page.desktop');
  }

  /** @param {import('./store.js').Notice} notice */
  notice(notice) {
    toast(notice.texts[language()] ?? notice.texts.en, { kind: notice.urgent ? 'error' : 'info' });
  }

  /** @param {Interaction} interaction */
  rang(interaction) {
    const name = interaction.customer.name || this.t('customer.unknown');
    this.said = interaction.kind === 'CALL' ? this.t('said.call', { name }) : this.t('said.chat', { name });
  }

  get main() {
    return /** @type {PlatformInteraction | null} */ (this.renderRoot.querySelector('platform-interaction'));
  }

  /** @param {KeyboardEvent} event */
  shortcut(event) {
    if (this.store.phase !== 'ready' || event.defaultPrevented) {
      return;
    }
    const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
    const writing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/u.test(target.tagName ?? '');
    if (event.key === '?' && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.help = true;
    } else if (event.key === 'Escape' && this.drawer) {
      this.drawer = false;
    } else if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      const digit = /^Digit([1-9])$/u.exec(event.code)?.[1];
      if (event.code === 'KeyA' && this.store.ringing.length) {
        this.toInteractions();
        this.act(this.store.ringing[0].id, (id) => this.store.accept(id));
      } else if (event.code === 'KeyR' && this.view === 'desk') {
        this.main?.openFirst();
      } else if (digit) {
        const chosen = [...this.store.active, ...this.store.ended][Number(digit) - 1];
        if (chosen) {
          this.toInteractions();
          this.store.select(chosen.id);
        }
      } else {
        return;
      }
    } else {
      return;
    }
    event.preventDefault();
  }

  /**
   * Does something that takes a moment, with its buttons disabled meanwhile.
   *
   * @param {string} id
   * @param {(id: string) => Promise<unknown>} what
   */
  async act(id, what) {
    if (this.busy === id) {
      return;
    }
    this.busy = id;
    try {
      await what(id);
      this.drawer = false;
    } catch (error) {
      toast(
        problemText(error, {
          'interaction-taken': this.t('problem.taken'),
          'interaction-ended': this.t('problem.ended'),
          unknown: this.t('problem.ended'),
        }),
        { kind: 'error' },
      );
    } finally {
      this.busy = '';
    }
  }

  /** @param {CustomEvent} event */
  simulate(event) {
    const kind = event.detail;
    const words = kind === 'CHAT' ? this.t('simulate.words') : undefined;
    this.act('simulate', () => this.store.simulate(kind, words));
  }

  render() {
    return html`${this.content()}<div class="sr" role="alert">${this.said}</div>`;
  }

  content() {
    const { store } = this;
    if (store.phase === 'signed-out') {
      import('./sign-in.js');
      return html`<platform-sign-in
        .signIn=${(/** @type {string} */ user, /** @type {string} */ password) => store.signIn(user, password)}
        ?over=${store.reason === 'over'}
      ></platform-sign-in>`;
    }
    if (store.phase === 'failed') {
      return html`<div class="middle" role="alert">
        <tandem-empty icon="warning" heading=${this.t('failed')}>
          ${problemText(store.problem)}
          <div class="buttons"><button class="primary" @click=${() => store.start()}>${icon('renew')}${this.t('again')}</button></div>
        </tandem-empty>
      </div>`;
    }
    if (!store.state) {
      return html`<div class="ghost"><div></div><tandem-skeleton lines="4"></tandem-skeleton><tandem-skeleton lines="6"></tandem-skeleton></div>`;
    }
    return this.desktop(store.state);
  }

  /** @param {import('./store.js').State} state */
  desktop(state) {
    const { store } = this;
    const hidden = NARROW.matches && !this.drawer;
    const views = viewsOf(state);
    const view = views.includes(this.view) ? this.view : 'desk';
    const elsewhere = view !== 'desk';
    if (view === 'admin') {
      import('../admin/admin.js');
    }
    if (view === 'monitor') {
      import('./monitor.js');
    }
    return html`<div
      class="page"
      @platform-accept=${(/** @type {CustomEvent} */ e) => this.act(e.detail, (id) => store.accept(id))}
      @platform-end=${(/** @type {CustomEvent} */ e) => this.act(e.detail, (id) => store.end(id))}
      @platform-simulate=${this.simulate}
      @tandem-go=${this.visit}
      @tandem-presence=${(/** @type {CustomEvent} */ e) => this.act('presence', () => store.choosePresence(e.detail.status, ''))}
      @platform-seen=${(/** @type {CustomEvent} */ e) => store.seen(e.detail.id, e.detail.messages)}
    >
      <button
        class="skip"
        ?hidden=${elsewhere}
        @click=${() => /** @type {HTMLElement} */ (this.renderRoot.querySelector('main')).focus()}
      >${this.t('skip')}</button>
      <header class="bar">
        <platform-header
          view=${view}
          .views=${views}
          .agent=${state.agent}
          .presence=${state.presence}
          .waiting=${store.ringing.length}
          ?drawer=${this.drawer}
          ?assists=${store.support !== undefined}
          @platform-assist=${() => (this.assisting = true)}
          @platform-drawer=${() => (this.drawer = !this.drawer)}
          @platform-presence=${(/** @type {CustomEvent} */ e) =>
            this.act('presence', () => store.choosePresence(e.detail.status, e.detail.reason))}
          @platform-sign-out=${() => this.act('sign-out', () => store.signOut())}
          @platform-shortcuts=${() => (this.help = true)}
        ></platform-header>
      </header>
      <div class="bar">
        <tandem-connection></tandem-connection>
        ${store.away ? html`<div class="away" role="status">${icon('clock')}${this.t('away')}</div>` : nothing}
        ${repeat(
          placed(state, 'DESKTOP'),
          (tab) => tab.id,
          (tab) => html`<platform-tab-host slim .tab=${tab} .agent=${state.agent} name=${titleOf(tab)}></platform-tab-host>`,
        )}
      </div>
      ${this.drawer ? html`<div class="veil" @click=${() => (this.drawer = false)}></div>` : nothing}
      ${view === 'admin'
        ? html`<platform-admin
            .section=${this.section}
            .turn=${this.turn}
            .agent=${state.agent}
            .tabs=${placed(state, 'ADMINISTRATION')}
          ></platform-admin>`
        : nothing}
      ${view === 'monitor'
        ? html`<platform-monitor .section=${this.section} .agent=${state.agent} .tabs=${placed(state, 'MONITOR')}></platform-monitor>`
        : nothing}
      <nav class=${this.drawer ? '' : 'closed'} aria-label=${this.t('interactions')} ?inert=${hidden} ?hidden=${elsewhere}>
        <platform-interactions
          .ringing=${store.ringing}
          .active=${store.active}
          .assisted=${store.assisted}
          .ended=${store.ended}
          .selected=${store.selected}
          .ahead=${store.ahead}
          .unread=${(/** @type {Interaction} */ i) => store.unread(i)}
          .busy=${this.busy}
          @platform-select=${(/** @type {CustomEvent} */ e) => {
            this.drawer = false;
            store.select(e.detail);
          }}
        ></platform-interactions>
      </nav>
      <main tabindex="-1" ?hidden=${elsewhere}>
        ${store.current || store.currentAssisted ? nothing : this.idle()}
        <platform-assisted
          ?hidden=${!store.currentAssisted}
          .sessions=${store.assisted}
          .selected=${store.selected}
          .tab=${store.support}
          @platform-left=${(/** @type {CustomEvent} */ e) => store.dismiss(e.detail)}
          @platform-titled=${(/** @type {CustomEvent} */ e) => e.detail.name && store.told(e.detail.id, { name: e.detail.name })}
          @platform-badged=${(/** @type {CustomEvent} */ e) => store.told(e.detail.id, { badge: e.detail.text })}
        ></platform-assisted>
        <platform-interaction
          ?hidden=${!store.current}
          .interactions=${state.interactions}
          .selected=${store.selected}
          .tabs=${state.tabs}
          .ahead=${store.ahead}
          .busy=${this.busy}
        ></platform-interaction>
      </main>
      ${this.shortcuts()}
      <platform-assist
        .open=${this.assisting}
        .join=${async (/** @type {string} */ number) => {
          await store.assist(number);
          this.toInteractions();
        }}
        @platform-close=${() => (this.assisting = false)}
      ></platform-assist>
    </div>`;
  }

  idle() {
    const ringing = this.store.ringing.length > 0;
    return html`<div class="middle">
      <tandem-empty icon="session" heading=${ringing ? this.t('idle.ringing') : this.t('idle')}>
        ${ringing ? this.t('idle.ringing.hint') : this.t('idle.hint')}
        <div class="buttons">
          ${ringing
            ? html`<button class="primary" @click=${() => this.act(this.store.ringing[0].id, (id) => this.store.accept(id))}>
                ${icon('check')}${this.t('accept')}
              </button>`
            : html`<button class="primary" @click=${() => this.fireSimulate('CALL')}>${icon('phone')}${this.t('simulate.call')}</button>
                <button @click=${() => this.fireSimulate('CHAT')}>${icon('chat')}${this.t('simulate.chat')}</button>`}
        </div>
      </tandem-empty>
    </div>`;
  }

  /** @param {'CALL' | 'CHAT'} kind */
  fireSimulate(kind) {
    this.simulate(new CustomEvent('platform-simulate', { detail: kind }));
  }

  shortcuts() {
    const all = [
      { keys: ['Alt', 'A'], what: this.t('shortcut.accept') },
      { keys: ['Alt', 'R'], what: this.t('shortcut.tab') },
      { keys: ['Alt', '1 … 9'], what: this.t('shortcut.interaction') },
      { keys: ['←', '→'], what: this.t('shortcut.tabs') },
      { keys: ['Del'], what: this.t('shortcut.close') },
      { keys: ['Shift', 'Enter'], what: this.t('shortcut.line') },
      { keys: ['?'], what: this.t('shortcut.help') },
    ];
    return html`<tandem-dialog heading=${this.t('shortcuts')} ?open=${this.help} @tandem-dismiss=${() => (this.help = false)}>
      <table>
        ${all.map(
          (one) => html`<tr>
            <td>${one.what}</td>
            <td>${one.keys.map((key) => html`<kbd>${key}</kbd> `)}</td>
          </tr>`,
        )}
      </table>
    </tandem-dialog>`;
  }
}
customElements.define('platform-desktop', PlatformDesktop);
document.body.append(document.createElement('platform-desktop'));
