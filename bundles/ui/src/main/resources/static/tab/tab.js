/** The agent's remote-support tab. */

import {
  ProblemError,
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
import { panelList } from '../parts/panels.js';
import { assistantsOf, meOf, namesOf, personOf, presentOf } from '../parts/views.js';
import { agentSession, agentSessionOf } from './agent-session.js';
import { banners } from './banners.js';
import { connectionCard, statusLine } from './connection.js';
import { connectionStyles } from './connection-styles.js';
import { confirmation, outdated, removedPanel } from './notices.js';
import { outOfSession } from './out-of-session.js';
import { ownSessions } from './own-sessions.js';
import { SIDE, SPLITTER, USUAL } from './side.js';
import { stage } from './stage.js';
import { START } from './start-dialog.js';
import { STRIP } from './strip.js';
import { density, tabStyles } from './styles.js';
import { toolbar } from './toolbar.js';
import { ToolbarFit } from './toolbar-fit.js';
import { TRANSFER_SESSION } from './transfer-session.js';
import { TRANSFER } from './transfer.js';

/** @typedef {import('../parts/panels.js').PanelInfo} PanelInfo */
/** @typedef {import('./agent-session.js').AgentSession} AgentSession */
/** @typedef {{id: string, kind: 'CALL' | 'CHAT', state: string, customer: {name: string, address: string}}} Interaction */

const side = unsafeStatic(SIDE);
const splitter = unsafeStatic(SPLITTER);
const startDialog = unsafeStatic(START);
const strip = unsafeStatic(STRIP);
const transfer = unsafeStatic(TRANSFER);
const transferSession = unsafeStatic(TRANSFER_SESSION);

/** How long the notice about a removed panel stays. */
const NOTICE = 20_000;

/**
 * The platform sets `interaction`, and `start` when the agent has pressed *Remote support*; or `sessionId` of a session of a colleague
 * that the agent has joined. Fires `tandem-close` when the agent is done, `tandem-badge` with the number of unread things, `tandem-title`
 * with the customer's name as text, and `tandem-go` {session, interaction}, cancelable, when the agent wants to another one of their
 * sessions: unless the platform shows that one and prevents the default, it is shown here.
 */
class RemoteSupport extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    interaction: { attribute: false },
    sessionId: { attribute: false },
    start: { type: Boolean },
    panels: { state: true },
    notices: { state: true },
    statuses: { state: true },
    inviting: { state: true },
    asking: { state: true },
    about: { state: true },
    passing: { state: true },
    sendable: { state: true },
    full: { state: true },
    now: { state: true },
    offline: { state: true },
  };
  static styles = [density, tabStyles, connectionStyles];

  constructor() {
    super();
    /** @type {Interaction | undefined} */
    this.interaction = undefined;
    this.sessionId = '';
    this.start = false;
    /** @type {readonly PanelInfo[]} */
    this.panels = panelList.panels;
    /** @type {PanelInfo[]} panels that have just been taken away */
    this.notices = [];
    /** @type {Record<string, {by: string, text: string, label: string}>} lines of the connection panel, by key */
    this.statuses = {};
    this.inviting = false;
    /** @type {'' | 'end' | 'renew' | 'remove'} what the agent is asked to confirm */
    this.asking = '';
    /** Id of the participant whom that is about. */
    this.about = '';
    /** @type {'' | 'transfer' | 'leave' | 'session'} the dialog in which control is passed, or the session handed over */
    this.passing = '';
    /** Whether this agent may hand sessions over, as the panel says that does it. */
    this.sendable = false;
    this.title_ = '';
    /** The platform is just being told. */
    this.going = false;
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
      const { detail } = /** @type {CustomEvent} */ (event);
      this.fire('tandem-badge', detail);
      ownSessions.tell(this.session?.view?.id ?? '', { badge: detail.text });
    });
    this.addEventListener('tab-command', (event) => {
      event.stopPropagation();
      this.command(/** @type {CustomEvent<string>} */ (event).detail);
    });
    this.addEventListener('tandem-go', (event) => this.go(/** @type {CustomEvent} */ (event)));
    this.addEventListener('side-width', (event) => {
      event.stopPropagation();
      this.sideWidth = /** @type {CustomEvent} */ (event).detail;
      this.applyWidth();
    });
    this.addEventListener('transfer-available', (event) => {
      event.stopPropagation();
      this.sendable = /** @type {CustomEvent} */ (event).detail;
    });
    for (const over of ['transfer-done', 'transfer-close']) {
      this.addEventListener(over, (event) => {
        event.stopPropagation();
        this.passing = '';
        over === 'transfer-done' && this.session?.handedOver();
      });
    }
    this.addEventListener('invite-close', (event) => {
      event.stopPropagation();
      this.inviting = false;
    });
    this.sideWidth = USUAL;
    this.fit = new ToolbarFit();
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
    this.fit.stop();
    this.stopWatching?.();
    this.session?.removeEventListener('change', this.changed);
    document.removeEventListener('fullscreenchange', this.fullChanged);
    live.removeEventListener('status', this.lineChanged);
    clearInterval(this.clock);
    this.clock = undefined;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if ((changed.has('interaction') || changed.has('sessionId')) && (this.interaction || this.sessionId)) {
      const session = this.sessionId ? agentSessionOf(this.sessionId) : agentSession(this.interaction?.id ?? '');
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
    } else if (this.start && ['none', 'failed', 'sent', 'ended', 'gone'].includes(session.phase)) {
      session.wish();
    }
    this.start = false;
    this.tick();
  }

  updated() {
    this.applyWidth();
    this.fit.watch(/** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.toolbar')));
    const view = this.session?.phase === 'open' ? this.session.view : undefined;
    // For whoever looks from outside, tests among them.
    this.dataset.controls = String(view !== undefined && view.controller === view.me);
    this.dataset.epoch = String(view?.epoch ?? '');
    this.dataset.assisted = view?.assisted ?? '';
    if (this.title_ !== this.customerName) {
      this.title_ = this.customerName;
      this.fire('tandem-title', { text: this.title_ });
    }
    if (view) {
      ownSessions.tell(view.id, { name: this.interaction?.customer?.name });
    }
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
      this.passing = '';
    }
    if (this.session?.phase !== 'open' || !this.session.controls) {
      this.passing = '';
      this.asking = '';
    }
    this.tick();
    this.requestUpdate();
  }

  /** The clock runs only while something is counted down. */
  tick() {
    const s = this.session;
    const counting = s?.phase === 'left' || (s?.phase === 'open' && (s.view?.state === 'INTERRUPTED' || s.view?.vacant));
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
    const gone = before.filter((p) => !p.place.startsWith('customer-') && p.place !== 'ended' && !ids.has(p.id));
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

  /** @param {string} command its name, and after a colon what it is about */
  async command(command) {
    const session = this.session;
    if (!session) {
      return;
    }
    const [id, about = ''] = command.split(':');
    const busy = session.view?.state !== 'WAITING';
    if (id === 'leave') {
      await this.leave(session);
    } else if (id === 'end') {
      this.asking = busy ? 'end' : '';
      await (busy ? undefined : session.end());
    } else if (id === 'renew') {
      this.asking = busy ? 'renew' : '';
      await (busy ? undefined : session.renew());
    } else if (id === 'remove') {
      this.about = about;
      this.asking = 'remove';
    } else if (id === 'invite') {
      if (this.inviting) {
        // It is open behind another side tab.
        /** @type {any} */ (this.renderRoot.querySelector(SIDE))?.select('invite');
      }
      this.inviting = true;
    } else if (id === 'copy-pin') {
      await this.copied(session.view?.seats?.[0]?.pin, this.t('pin'));
    } else if (id === 'copy-url') {
      await this.copied(session.view?.seats?.[0]?.url, this.t('url'));
    } else if (id === 'send') {
      await this.send(session);
    } else if (id === 'full') {
      await this.toggleFull();
    } else if (id === 'transfer') {
      this.passing = 'transfer';
    } else if (id === 'transfer-session') {
      this.passing = 'session';
    } else if (id === 'control') {
      await session.pass(about);
    } else if (id === 'hand-over') {
      await session.pass(about);
      await (session.problem || session.controls ? undefined : session.leave());
    } else if (id === 'accept' || id === 'decline') {
      await session.answer(id === 'accept');
    } else if (id === 'help') {
      await session.help(about);
    } else if (id === 'stop') {
      await session.stopActivity(about);
    } else if (id === 'seen') {
      session.seen();
    }
    this.complain(session);
  }

  /**
   * Who controls and has assistants decides first what becomes of control.
   *
   * @param {AgentSession} session
   */
  async leave(session) {
    if (session.controls && assistantsOf(session.view).length > 0) {
      this.passing = 'leave';
      return;
    }
    await session.leave();
    if (session.problem instanceof ProblemError && session.problem.code === 'control-first') {
      session.problem = undefined;
      this.passing = 'leave';
    }
  }

  /** @param {AgentSession} session */
  complain(session) {
    if (session.problem && session.phase !== 'failed' && session.phase !== 'gone') {
      const own = {
        'not-assistant': this.t('problem.notAssistant'),
        'control-passed': this.t('problem.controlPassed'),
        'not-offered': this.t('problem.notOffered'),
        'not-present': this.t('problem.notPresent'),
        'control-first': this.t('control.leave.text'),
      };
      toast(problemText(session.problem, own), { kind: 'error' });
      session.problem = undefined;
    }
  }

  /**
   * To another session of this agent.
   *
   * @param {CustomEvent<{session: string, interaction: string}>} event
   */
  go(event) {
    if (this.going) {
      return;
    }
    event.stopPropagation();
    const { detail } = event;
    this.going = true;
    const ours = this.dispatchEvent(new CustomEvent('tandem-go', { detail, bubbles: true, composed: true, cancelable: true }));
    this.going = false;
    if (ours) {
      this.sessionId = detail.session;
    }
    ownSessions.chosen(detail.session);
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
    const session = this.session;
    this.asking = '';
    if (session) {
      await (what === 'end' ? session.end() : what === 'renew' ? session.renew() : session.remove(this.about));
      this.complain(session);
    }
  }

  /** @returns {boolean} whether it is the session of the agent's own call or chat */
  get own() {
    return this.interaction !== undefined && !this.sessionId;
  }

  /** @returns {string} what the talk with the customer is: a call or a chat */
  get talk() {
    return this.interaction?.kind === 'CHAT' ? this.t('talk.chat') : this.t('talk.call');
  }

  /** @returns {string} empty if nobody knows it */
  get customerName() {
    const view = this.session?.view;
    const inSession = personOf(view, view?.assisted) ?? presentOf(view, 'CUSTOMER')[0];
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
          panels: this.at('ended'),
          own: this.own,
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
    const { controls, busy } = session;
    return html`
      ${staticHtml`<${strip} session=${view.id}></${strip}>`}
      ${toolbar({
        t,
        view,
        controls,
        own: this.own,
        bars: this.at('bar'),
        busy,
        sendable: this.sendable,
        offline: this.offline,
        talk: this.talk,
        full: view.state !== 'WAITING' && !this.ownWindow,
        run: (id) => this.command(id),
      })}
      ${session.away ? html`<div class="notice" role="status">${icon('warning')}<span>${this.t('session.away')}</span></div>` : nothing}
      ${panelList.outdated ? outdated(t) : nothing}
      <div class="body">
        <div class="main">
          ${banners({ t, view, change: session.change, controls, busy, now: this.now, run: (id) => this.command(id) })}
          ${waiting
            ? html`<div class="stage" data-stage>${connectionCard(connection)}</div>`
            : stage({ t, view, controls, panel: this.at('stage')[0], offline: this.offline, now: this.now })}
          ${waiting ? nothing : statusLine(connection)}
        </div>
        ${staticHtml`<${splitter}></${splitter}>`}
        <div class="side">
          <div role="status">${this.notices.map((panel) =>
            removedPanel(t, panel, () => (this.notices = this.notices.filter((p) => p !== panel))),
          )}</div>
          ${staticHtml`<${side}
            .panels=${this.panels.filter((p) => p.place === 'side' || p.place === 'side-later')}
            .session=${view}
            .me=${meOf(view)}
            .controls=${controls}
            .busy=${busy}
            .inviting=${this.inviting}
            .sendable=${this.sendable}
          ></${side}>`}
        </div>
      </div>
      ${staticHtml`<${transfer}
        .session=${view}
        .shown=${this.passing}
        .busy=${busy}
      ></${transfer}>`}
      ${staticHtml`<${transferSession}
        .panels=${this.at('transfer')}
        .session=${view}
        .controls=${controls}
        .open=${this.passing === 'session'}
      ></${transferSession}>`}
    `;
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
    return confirmation({
      t: this.text,
      asking: this.asking,
      talk: this.talk,
      name: personOf(this.session?.view, this.about)?.name || this.t('role.customer'),
      no: () => (this.asking = ''),
      yes: () => this.confirmed(),
    });
  }
}

/** The element's name. */
export const REMOTE_SUPPORT = define('tandem-remote-support', RemoteSupport, import.meta.url);
