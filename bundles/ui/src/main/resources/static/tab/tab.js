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
import { grouped, listed, numbered, secondsTo, spoken } from '../parts/names.js';
import { PANEL_HOST } from '../parts/panel-host.js';
import { panelList, panelTitle } from '../parts/panels.js';
import { meOf, namesOf, presentOf } from '../parts/views.js';
import { agentSession } from './agent-session.js';
import { SEND_LINK } from './send-link.js';
import { SIDE, SPLITTER } from './side.js';
import { density, tabStyles } from './styles.js';

/** @typedef {import('../parts/panels.js').PanelInfo} PanelInfo */
/** @typedef {import('./agent-session.js').AgentSession} AgentSession */
/** @typedef {{id: string, kind: 'CALL' | 'CHAT', state: string, customer: {name: string, address: string}}} Interaction */

const host = unsafeStatic(PANEL_HOST);
const side = unsafeStatic(SIDE);
const splitter = unsafeStatic(SPLITTER);
const sendLink = unsafeStatic(SEND_LINK);

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
  static styles = [density, tabStyles];

  constructor() {
    super();
    /** @type {Interaction | undefined} */
    this.interaction = undefined;
    this.start = false;
    /** @type {readonly PanelInfo[]} */
    this.panels = panelList.panels;
    /** @type {PanelInfo[]} panels that have just been taken away */
    this.notices = [];
    /** @type {Record<string, {by: string, text: string}>} lines of the connection panel, by key */
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
      session.start();
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
    const { id, key, text } = event.detail;
    const others = Object.entries(this.statuses).filter(([k, s]) => (key ? k !== key : s.by !== id));
    this.statuses = Object.fromEntries(key && text ? [...others, [key, { by: id, text }]] : others);
  }

  /** @param {string} place */
  at(place) {
    return this.panels.filter((p) => p.place === place);
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

  /** @param {CustomEvent<string>} event */
  chosen(event) {
    event.stopPropagation();
    this.command(event.detail);
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
      ${this.confirmation()}`;
  }

  content() {
    const session = this.session;
    switch (session?.phase) {
      case 'none':
        return this.plain('screen', this.t('none.title'), this.t('none.text'), [
          { text: this.t('begin'), run: () => session.start(), primary: true },
        ]);
      case 'failed':
        return this.plain('warning', this.t('failed.title'), problemText(session.problem), [
          { text: this.t('again'), run: () => session.open(true), primary: true },
          this.closing,
        ]);
      case 'gone':
        return this.plain('gone', this.t('gone.title'), this.t('gone.text'), [
          { text: this.t('renew'), run: () => session.start(), primary: true },
          this.closing,
        ]);
      case 'left':
        return this.left(session);
      case 'ended':
        return this.ended(session);
      case 'open':
        return session.view ? this.open(session, session.view) : nothing;
      default:
        return html`<tandem-skeleton lines="6"></tandem-skeleton>`;
    }
  }

  get closing() {
    return { text: this.backText, run: () => this.fire('tandem-close'), primary: false };
  }

  get backText() {
    return this.interaction?.kind === 'CHAT' ? this.t('back.chat') : this.t('back.call');
  }

  /**
   * @param {string} mark
   * @param {string} title
   * @param {string} text
   * @param {{text: string, run: () => void, primary: boolean}[]} actions
   */
  plain(mark, title, text, actions) {
    return html`<div class="plain" role="status">
      <span class="mark">${icon(mark)}</span>
      <h2>${title}</h2>
      <p class="muted">${text}</p>
      <div class="actions">
        ${actions.map(
          (a) => html`<button class=${a.primary ? 'primary' : ''} ?disabled=${this.session?.busy ?? false} @click=${a.run}>${a.text}</button>`,
        )}
      </div>
    </div>`;
  }

  /** @param {AgentSession} session */
  left(session) {
    const seconds = secondsTo(session.returnUntil, this.now);
    const text = session.returnUntil ? this.t('return.seconds', { count: seconds }) : this.t('return');
    return this.plain('leave', this.t('left.title'), this.t('left.text', { talk: this.talk }), [
      { text, run: () => session.comeBack().then(() => this.complain(session)), primary: true },
      { text: this.t('renew'), run: () => session.renew().then(() => this.complain(session)), primary: false },
      this.closing,
    ]);
  }

  /** @param {AgentSession} session */
  ended(session) {
    const reason = session.view?.state === 'ENDED' ? session.view.endReason : 'BY_AGENT';
    const texts = {
      BY_AGENT: this.t('ended.BY_AGENT'),
      PAGE_CLOSED: this.t('ended.PAGE_CLOSED'),
      GRACE_EXPIRED: this.t('ended.GRACE_EXPIRED'),
      RENEWED: this.t('ended.RENEWED'),
      NOBODY_CAME: this.t('ended.NOBODY_CAME'),
    };
    const text = `${texts[reason ?? 'BY_AGENT'] ?? ''} ${this.t('ended.goesOn', { talk: this.talk })}`;
    return this.plain('check', this.t('ended.title'), text, [
      { text: this.t('renew'), run: () => session.start(), primary: true },
      this.closing,
    ]);
  }

  /**
   * @param {AgentSession} session
   * @param {import('../parts/views.js').SessionView} view
   */
  open(session, view) {
    const waiting = view.state === 'WAITING';
    return html`
      ${this.toolbar(session, view, waiting)}
      ${session.away ? html`<div class="notice" role="status">${icon('warning')}<span>${this.t('session.away')}</span></div>` : nothing}
      ${panelList.outdated ? this.reloadNotice() : nothing}
      <div class="body">
        <div class="main">
          ${waiting ? html`<div class="stage">${this.connecting(session, view)}</div>` : this.stage(view)}
          ${waiting ? nothing : this.statusline(view)}
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
   * @param {AgentSession} session
   * @param {import('../parts/views.js').SessionView} view
   * @param {boolean} waiting
   */
  toolbar(session, view, waiting) {
    const sessionItems = [
      { id: 'leave', text: this.t('leave'), icon: 'leave', hint: this.t('leave.hint', { talk: this.talk }) },
      { id: 'renew', text: this.t('renew'), icon: 'renew', hint: this.t('renew.hint'), disabled: !session.controls },
      { id: 'end', text: this.t('end'), icon: 'end', danger: true, separated: true, disabled: !session.controls },
    ];
    const toolItems = [
      { id: 'invite', text: this.t('invite'), icon: 'invite' },
      { id: 'copy-pin', text: this.t('copy.what', { what: this.t('pin') }), icon: 'copy' },
      { id: 'copy-url', text: this.t('copy.what', { what: this.t('url') }), icon: 'link' },
      ...(view.interaction?.chat ? [{ id: 'send', text: this.t('send'), icon: 'send' }] : []),
    ];
    const shown = this.offline ? 'INTERRUPTED' : view.state;
    const state = {
      WAITING: this.t('view.WAITING'),
      ACTIVE: this.t('view.ACTIVE'),
      INTERRUPTED: this.t('view.INTERRUPTED'),
      ENDED: this.t('ended.title'),
    }[shown];
    return html`<div class="toolbar" role="toolbar" aria-label=${this.t('toolbar')} @tandem-choose=${this.chosen}>
      <tandem-menu label=${this.t('session')} icon="session" .items=${sessionItems}></tandem-menu>
      <tandem-menu label=${this.t('tools')} icon="tools" .items=${toolItems}></tandem-menu>
      <button class="quiet" title=${this.t('invite')} aria-label=${this.t('invite')} @click=${() => this.command('invite')}>
        ${icon('invite')}<span class="fold">${this.t('invite')}</span>
      </button>
      <span class="session-number" title=${this.t('number.hint')}>
        <span class="fold first">${this.t('number')}</span><b class="number">${numbered(view.number ?? '')}</b>
      </span>
      <span class="state" title=${state}><span class="dot ${shown}"></span><span class="fold first">${state}</span></span>
      <span class="grow"></span>
      ${waiting
        ? nothing
        : html`<button class="quiet" title=${this.t('full')} aria-label=${this.t('full')} @click=${this.toggleFull}>
              ${icon('full')}<span class="fold second">${this.t('full')}</span>
            </button>
            <button
              class="quiet danger"
              title=${this.t('leave')}
              aria-label=${this.t('leave')}
              ?disabled=${session.busy}
              @click=${() => this.command('leave')}
            >
              ${icon('leave')}<span class="fold">${this.t('leave')}</span>
            </button>`}
    </div>`;
  }

  get users() {
    return listed(namesOf(this.session?.view, 'AGENT'), language());
  }

  get screen() {
    return this.statuses.screen?.text ?? this.t('screen.none');
  }

  /**
   * Before the customer has joined.
   *
   * @param {AgentSession} session
   * @param {import('../parts/views.js').SessionView} view
   */
  connecting(session, view) {
    const seat = view.seats?.find((s) => !s.participant) ?? view.seats?.[0];
    return html`<div class="middle">
      <section class="card connect" aria-labelledby="connect">
        <header>
          <h2 id="connect">${this.customerName ? this.t('connect.title', { name: this.customerName }) : this.t('view.WAITING')}</h2>
          <p class="muted">${this.interaction?.kind === 'CHAT' ? this.t('connect.chat') : this.t('connect.call')}</p>
        </header>
        ${seat
          ? html`<dl>
              <div class="large">
                <dt>${this.t('pin')}</dt>
                <dd class="pin">${grouped(seat.pin)}</dd>
                <dd class="copy"><tandem-copy value=${seat.pin} label=${this.t('pin')}></tandem-copy></dd>
              </div>
              <div class="large">
                <dt>${this.t('url')}</dt>
                <dd class="url">${spoken(seat.url)}</dd>
                <dd class="copy"><tandem-copy value=${seat.url} label=${this.t('url')}></tandem-copy></dd>
              </div>
              <div>
                <dt>${this.t('users')}</dt>
                <dd>${this.users}</dd>
              </div>
              <div>
                <dt>${this.t('screen')}</dt>
                <dd>${this.screen}</dd>
              </div>
            </dl>`
          : nothing}
        <footer>
          <button @click=${this.toggleFull}>${icon('full')}${this.t('full')}</button>
          <button class="danger" ?disabled=${session.busy} @click=${() => this.command('leave')}>${icon('leave')}${this.t('leave')}</button>
        </footer>
      </section>
      <div class="ways">
        ${view.interaction?.chat
          ? html`<section class="card">
              <h3>${this.t('send.title')}</h3>
              ${staticHtml`<${sendLink} .session=${view}></${sendLink}>`}
            </section>`
          : nothing}
        <section class="card">
          <h3>${this.t('steps.title')}</h3>
          <ol class="steps">
            <li>${this.t('steps.1')}</li>
            <li>${this.t('steps.2')}</li>
            <li>${this.t('steps.3')}</li>
          </ol>
        </section>
      </div>
    </div>`;
  }

  /** @param {import('../parts/views.js').SessionView} view */
  stage(view) {
    const [panel] = this.at('stage');
    const interrupted = view.state === 'INTERRUPTED';
    const nobody = presentOf(view, 'CUSTOMER').length === 0;
    return html`<div class="stage active ${interrupted || this.offline ? 'stale' : ''}">
      <div class="layer">
        ${panel
          ? staticHtml`<${host}
              .panel=${panel}
              heading=${panelTitle(panel, language())}
              .session=${view}
              .me=${meOf(view)}
              side="agent"
            ></${host}>`
          : html`<tandem-empty icon="screen-off" heading=${this.t('stage.none')}>${this.t('stage.none.hint')}</tandem-empty>`}
      </div>
      ${interrupted ? this.lost(view, nobody) : nobody ? this.customerGone() : nothing}
    </div>`;
  }

  /**
   * @param {import('../parts/views.js').SessionView} view
   * @param {boolean} nobody
   */
  lost(view, nobody) {
    const seconds = secondsTo(view.graceUntil, this.now);
    const name = view.participants.find((p) => p.role === 'CUSTOMER' && p.state === 'DISCONNECTED')?.name ?? '';
    return html`<div class="lost">
      ${icon('offline')}
      <div class="grow" role="status">
        <b>${nobody || !name ? this.t('lost.title') : this.t('lost.customer', { name })}</b>
        <div class="muted">${this.t('lost.text')}</div>
      </div>
      ${view.graceUntil ? html`<span class="clock number" role="timer" aria-live="off">${seconds} s</span>` : nothing}
    </div>`;
  }

  customerGone() {
    return html`<div class="lost">
      ${icon('user')}
      <div class="grow" role="status"><b>${this.t('customer.gone')}</b><div class="muted">${this.t('customer.gone.hint')}</div></div>
    </div>`;
  }

  /** @param {import('../parts/views.js').SessionView} view */
  statusline(view) {
    const seat = view.seats?.[0];
    const others = Object.entries(this.statuses).filter(([key]) => key !== 'screen');
    return html`<dl class="statusline" aria-label=${this.t('connection')}>
      <div><dt>${this.t('screen')}</dt><dd>${this.screen}</dd></div>
      <div><dt>${this.t('users')}</dt><dd><span class="cut" title=${this.users}>${this.users}</span></dd></div>
      ${seat
        ? html`<div>
              <dt>${this.t('pin')}</dt>
              <dd><span class="code">${grouped(seat.pin)}</span><tandem-copy quiet value=${seat.pin} label=${this.t('pin')}></tandem-copy></dd>
            </div>
            <div>
              <dt>${this.t('url')}</dt>
              <dd>
                <span class="cut" title=${seat.url}>${spoken(seat.url)}</span><tandem-copy quiet value=${seat.url} label=${this.t('url')}></tandem-copy>
              </dd>
            </div>`
        : nothing}
      ${others.map(([, status]) => html`<div><dd>${status.text}</dd></div>`)}
    </dl>`;
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
