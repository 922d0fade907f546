/** The agent's remote-support tab. */

import {
  TandemElement,
  api,
  copyText,
  define,
  html,
  icon,
  language,
  live,
  messages,
  nothing,
  problemText,
  staticHtml,
  toast,
  unsafeStatic,
} from 'tandem/kit';
import { listed, secondsTo } from '../parts/names.js';
import { PANEL_HOST } from '../parts/panel-host.js';
import { panelList, panelTitle } from '../parts/panels.js';
import { meOf, namesOf, presentOf } from '../parts/views.js';
import { agentSession } from './agent-session.js';
import { connectionCard, statusLine } from './connection.js';
import { connectionStyles } from './connection-styles.js';
import { outOfSession } from './out-of-session.js';
import { SIDE, SPLITTER } from './side.js';
import { stage } from './stage.js';
import { START } from './start-dialog.js';
import { density, tabStyles } from './styles.js';
import { toolbar } from './toolbar.js';

/** @typedef {import('../parts/panels.js').PanelInfo} PanelInfo */
/** @typedef {import('./agent-session.js').AgentSession} AgentSession */
/** @typedef {{id: string, kind: 'CALL' | 'CHAT', state: string, customer: {name: string, address: string}}} Interaction */

const side = unsafeStatic(SIDE);
const splitter = unsafeStatic(SPLITTER);
const startDialog = unsafeStatic(START);

/** How long the notice about a removed panel stays. */
const NOTICE = 20_000;

/**
 * The platform sets `interaction`, and `start` when the agent has pressed *Remote support*. Fires `tandem-close` when the agent
 * is done, and `tandem-badge` with the number of unread things.
 */
class RemoteSupport extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    interaction: { attribute: false },
    start: { type: Boolean },
    panels: { state: true },
    notices: { state: true },
    statuses: { state: true },
    inviting: { state: true },
    asking: { state: true },
    full: { state: true },
    now: { state: true },
    offline: { state: true },
  };
  static styles = [density, tabStyles, connectionStyles];

  constructor() {
    super();
    /** @type {Interaction | undefined} */
    this.interaction = undefined;
    this.start = false;
    /** @type {readonly PanelInfo[]} */
    this.panels = panelList.panels;
    /** @type {PanelInfo[]} panels that have just been taken away */
    this.notices = [];
    /** @type {Record<string, {by: string, text: string, label: string}>} lines of the connection panel, by key */
    this.statuses = {};
    this.inviting = false;
    /** @type {'' | 'end' | 'renew'} what the agent is asked to confirm */
    this.asking = '';
    this.full = false;
    this.now = api.now();
    this.offline = false;
    this.lineChanged = () => (this.offline = live.status === 'offline');
    /** @type {AgentSession | undefined} */
    this.session = undefined;
    this.changed = () => this.sessionChanged();
    this.panelsChanged = () => this.takePanels();
    this.fullChanged = () => (this.full = this.renderRoot.querySelector('.main')?.matches(':fullscreen') ?? false);
    /** @type {(() => void) | undefined} */
    this.stopWatching = undefined;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.clock = undefined;
    this.addEventListener('panel-status', (event) => this.takeStatus(/** @type {CustomEvent} */ (event)));
    this.addEventListener('side-badge', (event) => {
      event.stopPropagation();
      this.fire('tandem-badge', /** @type {CustomEvent} */ (event).detail);
    });
    this.addEventListener('side-width', (event) => {
      event.stopPropagation();
      this.sideWidth = /** @type {CustomEvent} */ (event).detail;
      this.applyWidth();
    });
    this.addEventListener('invite-close', (event) => {
      event.stopPropagation();
      this.inviting = false;
    });
    this.sideWidth = 320;
    this.shownId = '';
    this.text = (/** @type {string} */ key, /** @type {Record<string, string | number>} */ args = {}) => this.t(key, args);
  }

  connectedCallback() {
    super.connectedCallback();
    this.stopWatching = panelList.watch(this.panelsChanged);
    this.session?.addEventListener('change', this.changed);
    document.addEventListener('fullscreenchange', this.fullChanged);
    live.addEventListener('status', this.lineChanged);
    this.lineChanged();
    this.takePanels();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stopWatching?.();
    this.session?.removeEventListener('change', this.changed);
    document.removeEventListener('fullscreenchange', this.fullChanged);
    live.removeEventListener('status', this.lineChanged);
    clearInterval(this.clock);
    this.clock = undefined;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('interaction') && this.interaction) {
      const session = agentSession(this.interaction.id);
      if (session !== this.session) {
        this.session?.removeEventListener('change', this.changed);
        this.session = session;
        session.addEventListener('change', this.changed);
        this.begin(session);
      }
    } else if (changed.has('start') && this.start && this.session) {
      this.begin(this.session);
    }
  }

  /** @param {AgentSession} session */
  begin(session) {
    if (session.phase === 'looking') {
      session.open(this.start);
    } else if (this.start && ['none', 'failed', 'ended', 'gone'].includes(session.phase)) {
      session.wish();
    }
    this.start = false;
    this.tick();
  }

  updated() {
    this.applyWidth();
  }

  applyWidth() {
    const element = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.side'));
    element?.style.setProperty('inline-size', `min(${this.sideWidth}px, 45%)`);
  }

  sessionChanged() {
    const id = this.session?.view?.id ?? '';
    if (id !== this.shownId) {
      this.shownId = id;
      this.inviting = false;
      this.asking = '';
    }
    this.tick();
    this.requestUpdate();
  }

  /** The clock runs only while something is counted down. */
  tick() {
    const s = this.session;
    const counting = s?.phase === 'left' || (s?.phase === 'open' && s.view?.state === 'INTERRUPTED');
    if (counting && this.clock === undefined) {
      this.clock = setInterval(() => this.second(), 500);
    } else if (!counting) {
      clearInterval(this.clock);
      this.clock = undefined;
    }
    this.now = api.now();
  }

  second() {
    this.now = api.now();
    const s = this.session;
    if (s?.phase === 'left' && s.returnUntil && secondsTo(s.returnUntil, this.now) === 0) {
      s.expire();
    }
  }

  takePanels() {
    const before = this.panels;
    const after = panelList.panels;
    const ids = new Set(after.map((p) => p.id));
    const gone = before.filter((p) => !p.place.startsWith('customer-') && !ids.has(p.id));
    this.panels = after;
    this.notices = [...this.notices.filter((p) => !ids.has(p.id)), ...gone];
    for (const panel of gone) {
      this.statuses = Object.fromEntries(Object.entries(this.statuses).filter(([, s]) => s.by !== panel.id));
      setTimeout(() => (this.notices = this.notices.filter((p) => p !== panel)), NOTICE);
    }
  }

  /** @param {CustomEvent} event */
  takeStatus(event) {
    event.stopPropagation();
    const { id, key, text, label } = event.detail;
    const others = Object.entries(this.statuses).filter(([k, s]) => (key ? k !== key : s.by !== id));
    this.statuses = Object.fromEntries(key && text ? [...others, [key, { by: id, text, label: label ?? '' }]] : others);
  }

  /** @param {string} place */
  at(place) {
    return this.panels.filter((p) => p.place === place);
  }

  /** @returns {boolean} whether the panel on the stage opens in a window of its own and has its own button for it */
  get ownWindow() {
    const host = /** @type {any} */ (this.renderRoot.querySelector(`.stage ${PANEL_HOST}`));
    return typeof host?.element?.popOut === 'function';
  }

  async toggleFull() {
    if (document.fullscreenElement) {
      await document.exitFullscreen();
      return;
    }
    try {
      await this.renderRoot.querySelector('.main')?.requestFullscreen();
    } catch {
      toast(this.t('full.refused'), { kind: 'error' });
    }
  }

  /** @param {string} id */
  async command(id) {
    const session = this.session;
    if (!session) {
      return;
    }
    const busy = session.view?.state !== 'WAITING';
    if (id === 'leave') {
      await session.leave();
    } else if (id === 'end') {
      this.asking = busy ? 'end' : '';
      await (busy ? undefined : session.end());
    } else if (id === 'renew') {
      this.asking = busy ? 'renew' : '';
      await (busy ? undefined : session.renew());
    } else if (id === 'invite') {
      this.inviting = true;
    } else if (id === 'copy-pin') {
      await this.copied(session.view?.seats?.[0]?.pin, this.t('pin'));
    } else if (id === 'copy-url') {
      await this.copied(session.view?.seats?.[0]?.url, this.t('url'));
    } else if (id === 'send') {
      await this.send(session);
    } else if (id === 'full') {
      await this.toggleFull();
    }
    this.complain(session);
  }

  /** @param {AgentSession} session */
  complain(session) {
    if (session.problem && session.phase !== 'failed' && session.phase !== 'gone') {
      toast(problemText(session.problem), { kind: 'error' });
      session.problem = undefined;
    }
  }

  /**
   * @param {string | undefined} text
   * @param {string} what
   */
  async copied(text, what) {
    if (text) {
      const done = await copyText(text);
      toast(done ? this.t('copied.what', { what }) : this.t('copy.failed'), { kind: done ? 'success' : 'error' });
    }
  }

  /** @param {AgentSession} session */
  async send(session) {
    try {
      await session.sendLink();
      toast(this.t('send.done'), { kind: 'success' });
    } catch (error) {
      toast(`${this.t('send.failed')} ${problemText(error)}`, { kind: 'error' });
    }
  }

  async confirmed() {
    const what = this.asking;
    this.asking = '';
    if (this.session) {
      await (what === 'end' ? this.session.end() : this.session.renew());
      this.complain(this.session);
    }
  }

  /** @returns {string} what the talk with the customer is: a call or a chat */
  get talk() {
    return this.interaction?.kind === 'CHAT' ? this.t('talk.chat') : this.t('talk.call');
  }

  /** @returns {string} empty if nobody knows it */
  get customerName() {
    const inSession = presentOf(this.session?.view, 'CUSTOMER')[0];
    return inSession?.name || this.interaction?.customer?.name || '';
  }

  render() {
    return html`<tandem-connection></tandem-connection>
      <div class="frame">${this.content()}</div>
      ${this.confirmation()}
      ${staticHtml`<${startDialog}
        .session=${this.session}
        .open=${this.session?.wished ?? false}
        talk=${this.talk}
        @start-mail=${this.mailWished}
      ></${startDialog}>`}`;
  }

  /** @param {Event} event */
  mailWished(event) {
    event.stopPropagation();
    this.inviting = true;
  }

  content() {
    const session = this.session;
    if (session?.phase === 'open') {
      return session.view ? this.open(session, session.view) : nothing;
    }
    return session && session.phase !== 'looking' && session.phase !== 'starting'
      ? outOfSession({
          t: this.text,
          session,
          chat: this.interaction?.kind === 'CHAT',
          talk: this.talk,
          now: this.now,
          run: (command) => command().then(() => this.complain(session)),
          close: () => this.fire('tandem-close'),
        })
      : html`<tandem-skeleton lines="6"></tandem-skeleton>`;
  }

  /**
   * @param {AgentSession} session
   * @param {import('../parts/views.js').SessionView} view
   */
  open(session, view) {
    const waiting = view.state === 'WAITING';
    const t = this.text;
    const connection = this.connection(session, view);
    return html`
      ${toolbar({
        t,
        view,
        controls: session.controls,
        busy: session.busy,
        offline: this.offline,
        talk: this.talk,
        full: view.state !== 'WAITING' && !this.ownWindow,
        run: (id) => this.command(id),
      })}
      ${session.away ? html`<div class="notice" role="status">${icon('warning')}<span>${this.t('session.away')}</span></div>` : nothing}
      ${panelList.outdated ? this.reloadNotice() : nothing}
      <div class="body">
        <div class="main">
          ${waiting
            ? html`<div class="stage">${connectionCard(connection)}</div>`
            : stage({ t, view, panel: this.at('stage')[0], offline: this.offline, now: this.now })}
          ${waiting ? nothing : statusLine(connection)}
        </div>
        ${staticHtml`<${splitter}></${splitter}>`}
        <div class="side">
          <div role="status">${this.notices.map((panel) => this.removed(panel))}</div>
          ${staticHtml`<${side}
            .panels=${this.at('side')}
            .session=${view}
            .me=${meOf(view)}
            .inviting=${this.inviting}
          ></${side}>`}
        </div>
      </div>
    `;
  }

  reloadNotice() {
    return html`<div class="notice" role="status">
      ${icon('info')}<span>${this.t('outdated')}</span>
      <button class="small" @click=${() => location.reload()}>${this.t('reload')}</button>
    </div>`;
  }

  /** @param {PanelInfo} panel */
  removed(panel) {
    return html`<div class="notice">
      ${icon('gone')}<span>${this.t('panel.removed', { name: panelTitle(panel, language()) })}</span>
      <button
        class="quiet small icon"
        aria-label=${this.t('close')}
        @click=${() => (this.notices = this.notices.filter((p) => p !== panel))}
      >
        ${icon('close')}
      </button>
    </div>`;
  }

  /**
   * What the connection panel shows, before the join and after it.
   *
   * @param {AgentSession} session
   * @param {import('../parts/views.js').SessionView} view
   * @returns {import('./connection.js').Connection}
   */
  connection(session, view) {
    return {
      t: this.text,
      view,
      customer: this.customerName,
      users: listed(namesOf(view, 'AGENT'), language()),
      screen: this.statuses.screen?.text ?? this.t('screen.none'),
      others: Object.entries(this.statuses)
        .filter(([key]) => key !== 'screen')
        .map(([, status]) => status),
      busy: session.busy,
      leave: () => this.command('leave'),
      full: () => this.toggleFull(),
    };
  }

  confirmation() {
    const end = this.asking === 'end';
    return html`<tandem-dialog
      .open=${this.asking !== ''}
      heading=${end ? this.t('end.ask') : this.t('renew.ask')}
      @tandem-dismiss=${() => (this.asking = '')}
    >
      ${end ? this.t('end.ask.text', { talk: this.talk }) : this.t('renew.ask.text')}
      <button slot="footer" @click=${() => (this.asking = '')}>${this.t('cancel')}</button>
      <button slot="footer" class="primary ${end ? 'danger' : ''}" @click=${this.confirmed}>${end ? this.t('end') : this.t('renew')}</button>
    </tandem-dialog>`;
  }
}

define('tandem-remote-support', RemoteSupport, import.meta.url);
