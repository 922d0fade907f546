/** The customer's page: one decision at a time. */

import {
  ProblemError,
  TandemElement,
  api,
  column,
  define,
  html,
  icon,
  language,
  messages,
  nothing,
  problemText,
  repeat,
  staticHtml,
  toast,
  unsafeStatic,
} from 'tandem/kit';
import { allowed, asked, capabilityWords, takesTurns } from '../parts/capabilities.js';
import { LEDGER } from '../parts/ledger.js';
import { grouped, initials, listed } from '../parts/names.js';
import { PANEL_HOST } from '../parts/panel-host.js';
import { panelList, panelTitle } from '../parts/panels.js';
import { meOf, namesOf } from '../parts/views.js';
import { activityTitle } from '../tab/control.js';
import { barOf } from './bar.js';
import { consentCard } from './consent-card.js';
import { CustomerSession } from './customer-session.js';
import { over } from './over.js';
import { digits, publicPath, readPath } from './place.js';
import { doneWith, startPage, startPageCard } from './start-page.js';
import { pageStyles } from './styles.js';
import { alone, grace, transfer, transferring, waitTitle } from './waiting.js';

/** @typedef {import('../parts/panels.js').PanelInfo} PanelInfo */
/** @typedef {import('../parts/views.js').SessionView} SessionView */

const host = unsafeStatic(PANEL_HOST);
const ledger = unsafeStatic(LEDGER);
const NAME_LENGTH = 60;
const ICON = new URL('icon.svg', import.meta.url).href;
const ICON_ON = new URL('icon-on.svg', import.meta.url).href;

const favicon = document.createElement('link');
favicon.rel = 'icon';
favicon.href = ICON;
document.head.append(favicon);

class CustomerPage extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    panels: { state: true },
    known: { state: true },
    trouble: { state: true },
    now: { state: true },
    stopping: { state: true },
    answering: { state: true },
  };
  static styles = [column, pageStyles];

  constructor() {
    super();
    const { pin, site, invitation } = readPath(location.pathname);
    if (pin || invitation) {
      // PIN and token do not stay in the address: not in the history, not on a screen that is about to be shared.
      history.replaceState(null, '', publicPath(site));
    }
    this.site = site;
    this.session = new CustomerSession(pin, site, invitation);
    /** @type {readonly PanelInfo[]} */
    this.panels = [];
    this.known = false;
    /** @type {string} what is wrong with what was typed */
    this.trouble = '';
    this.now = Date.now();
    /** @type {string} what is being stopped: an activity, a consent, `all` */
    this.stopping = '';
    /** @type {string} the question that is being answered */
    this.answering = '';
    this.askedLast = '';
    this.turns = '';
    this.shown = '';
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.clock = undefined;
    /** @type {(() => void) | undefined} */
    this.stopWatching = undefined;
    this.session.addEventListener('change', () => this.sessionChanged());
    window.addEventListener('pagehide', () => this.session.closing());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.session.seen());
    this.session.begin();
  }

  sessionChanged() {
    const s = this.session;
    this.trouble = s.problem ? problemText(s.problem) : '';
    if (s.step === 'in' && !this.stopWatching) {
      this.stopWatching = panelList.watch(() => {
        this.panels = panelList.panels;
        this.known = panelList.known;
      });
    } else if (s.step === 'over') {
      this.stopWatching?.();
      this.stopWatching = undefined;
    }
    const counting = s.blockedUntil > Date.now() || (s.step === 'in' && s.view?.state === 'INTERRUPTED');
    if (counting && this.clock === undefined) {
      this.clock = setInterval(() => this.second(), 500);
    } else if (!counting) {
      clearInterval(this.clock);
      this.clock = undefined;
    }
    this.now = Date.now();
    this.requestUpdate();
  }

  second() {
    this.now = Date.now();
    if (this.session.blockedUntil && this.session.blockedUntil <= this.now) {
      this.session.blockedUntil = 0;
      this.session.problem = undefined;
      this.sessionChanged();
    }
  }

  languageChanged() {
    this.trouble = this.session.problem ? problemText(this.session.problem) : '';
    super.languageChanged();
  }

  updated() {
    document.title = this.title_;
    const mark = this.running ? ICON_ON : ICON;
    if (favicon.href !== mark) {
      favicon.href = mark;
    }
    this.attend();
    const step = this.session.step === 'over' ? `over ${this.session.reason}` : this.session.step;
    if (step === this.shown) {
      return;
    }
    const first = this.shown === '';
    this.shown = step;
    const field = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('main input'));
    if (field) {
      field.focus();
    } else if (!first && this.session.step !== 'joining') {
      // What was there is gone: a screen reader goes on at the new heading.
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('main'))?.focus();
    }
  }

  /** A new question is shown and read out at once, wherever the customer is on the page. */
  attend() {
    const question = this.question?.id ?? '';
    if (question !== this.askedLast) {
      this.askedLast = question;
      const card = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('#consent'));
      card?.focus();
      card?.scrollIntoView({ block: 'nearest' });
    }
  }

  /** @returns {import('../parts/views.js').Consent | undefined} what this customer is asked now */
  get question() {
    return this.session.step === 'in' ? asked(this.session.view) : undefined;
  }

  get title_() {
    const running = this.running;
    if (this.question) {
      return `● ${this.t('consent.title')}`;
    }
    if (this.session.came) {
      return `● ${this.t('transfer.came', { name: this.session.came })}`;
    }
    return running ? `● ${this.t('page.sharing')}` : this.t('page.join');
  }

  /** @returns {import('../parts/views.js').RunningActivity | undefined} what this customer lets others see or do */
  get running() {
    const view = this.session.step === 'in' ? this.session.view : undefined;
    return view?.activities.find((a) => a.by === view.me);
  }

  /** @param {SessionView | undefined} view */
  agentNames(view) {
    return namesOf(view, 'AGENT');
  }

  render() {
    const running = this.running;
    return html`
      ${this.session.step === 'in' && this.session.view ? this.bar(this.session.view) : nothing}
      <tandem-connection></tandem-connection>
      ${this.header()}
      ${this.session.step === 'in' && this.session.view ? this.bars(this.session.view) : nothing}
      <main tabindex="-1">${this.content()}</main>
      <footer class="bottom"><span class="quietmark">${icon('lock')}${this.t('safe')}</span></footer>
      ${running ? html`<div class="edge" data-sharing=${running.name} aria-hidden="true"></div>` : nothing}
    `;
  }

  header() {
    const inside = this.session.step === 'in' || this.session.step === 'name';
    const brand = html`<img src=${ICON} width="26" height="26" alt="" /><span class="word">Tandem</span>`;
    // No way out by a slip of the finger while in a session.
    return html`<header class="top">
      ${inside
        ? html`<span class="brand grow">${brand}</span>`
        : html`<a class="brand" href="/">${brand}</a>
            <nav aria-label=${this.t('nav')}>
              <a href="/">${this.t('nav.home')}</a>
              <a href=${publicPath(this.site)} aria-current="page">${this.t('nav.join')}</a>
            </nav>`}
      <tandem-language-menu></tandem-language-menu>
    </header>`;
  }

  content() {
    switch (this.session.step) {
      case 'pin':
        return this.pinForm();
      case 'name':
        return this.nameForm();
      case 'in':
        return this.session.view ? this.inside(this.session.view) : nothing;
      case 'over':
        return this.over();
      default:
        return html`<div class="card"><tandem-skeleton lines="4"></tandem-skeleton></div>`;
    }
  }

  pinForm() {
    const blocked = Math.ceil((this.session.blockedUntil - this.now) / 1000);
    const trouble = blocked > 0 ? this.t('pin.blocked', { time: clock(blocked) }) : this.trouble;
    return html`
      <div>
        <h1>${this.t('pin.title')}</h1>
        <p class="lead">${this.t('pin.lead')}</p>
      </div>
      <form class="card" novalidate @submit=${this.submitPin}>
        <div>
          <label for="pin">${this.t('pin.label')}</label>
          <input
            id="pin"
            class="pin"
            inputmode="numeric"
            autocomplete="one-time-code"
            enterkeyhint="go"
            spellcheck="false"
            placeholder="000 000 000"
            aria-describedby="pin-hint pin-trouble"
            aria-invalid=${trouble ? 'true' : 'false'}
            .value=${grouped(this.session.pin)}
            @input=${this.typedPin}
          />
          <p class="hint" id="pin-hint">${this.t('pin.hint')}</p>
        </div>
        <div id="pin-trouble" role="alert">
          ${trouble ? html`<div class="trouble">${icon('warning')}<span>${trouble}</span></div>` : nothing}
        </div>
        <button class="primary big" ?disabled=${this.session.busy || blocked > 0}>
          ${this.session.busy ? this.t('pin.checking') : this.t('join')}
        </button>
      </form>
    `;
  }

  /** @param {InputEvent} event */
  typedPin(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const before = field.value.slice(0, field.selectionStart ?? field.value.length).replace(/\D/g, '').length;
    const pin = digits(field.value);
    field.value = grouped(pin);
    this.session.pin = pin;
    // The caret stays behind the digit that was typed, though spaces come and go.
    let at = 0;
    for (let seen = 0; at < field.value.length && seen < before; at++) {
      seen += /\d/.test(field.value[at]) ? 1 : 0;
    }
    field.setSelectionRange(at, at);
    if (this.trouble) {
      this.session.problem = undefined;
      this.trouble = '';
    }
  }

  /** @param {SubmitEvent} event */
  submitPin(event) {
    event.preventDefault();
    const pin = digits(/** @type {HTMLInputElement} */ (this.renderRoot.querySelector('#pin')).value);
    if (pin.length !== 9) {
      this.trouble = this.t('pin.short');
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('#pin'))?.focus();
      return;
    }
    this.session.join(pin);
  }

  nameForm() {
    const agents = this.agentNames(this.session.view);
    const known = meOf(this.session.view)?.name ?? '';
    return html`
      <div>
        <h1>${this.t('name.title')}</h1>
        <p class="lead">
          ${agents.length > 0 ? this.t('name.lead', { names: listed(agents, language()), count: agents.length }) : this.t('name.lead.nobody')}
        </p>
      </div>
      <form class="card" novalidate @submit=${this.submitName}>
        <div>
          <label for="name">${this.t('name.label')}</label>
          <input
            id="name"
            class="name"
            autocomplete="name"
            maxlength=${NAME_LENGTH}
            dir="auto"
            enterkeyhint="go"
            aria-describedby="name-trouble"
            aria-invalid=${this.trouble ? 'true' : 'false'}
            value=${known}
          />
        </div>
        <div id="name-trouble" role="alert">
          ${this.trouble ? html`<div class="trouble">${icon('warning')}<span>${this.trouble}</span></div>` : nothing}
        </div>
        <button class="primary big" ?disabled=${this.session.busy}>${this.t('continue')}</button>
      </form>
    `;
  }

  /** @param {SubmitEvent} event */
  submitName(event) {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (this.renderRoot.querySelector('#name'));
    const name = field.value.trim();
    if (!name) {
      this.trouble = this.t('name.missing');
      field.focus();
      return;
    }
    this.session.giveName(name);
  }

  /** @param {SessionView} view */
  inside(view) {
    const agents = this.agentNames(view);
    const waits = transferring(view);
    const side = this.panels.filter((p) => p.place === 'customer-side');
    return html`
      ${this.asking(view)} ${this.startPage(view)}
      <section class="with" aria-live="polite">
        <span class="face" aria-hidden="true">${waits ? icon('clock') : agents[0] ? initials(agents[0]) : icon('user')}</span>
        <div class="grow">
          <h1>${this.where(view)}</h1>
          <p>${meOf(view)?.name ? this.t('in.hello', { name: meOf(view)?.name ?? '' }) : nothing}</p>
        </div>
      </section>
      ${this.waiting(view)} ${waits ? nothing : this.turn(view)} ${this.session.away ? this.notice(this.t('in.away')) : nothing}
      ${this.stage(view)}
      ${repeat(
        side,
        (p) => p.id,
        (p) => html`<section class="panel side" aria-label=${panelTitle(p, language())}>
          <h2>${panelTitle(p, language())}</h2>
          ${this.panel(p, view)}
        </section>`,
      )}
      ${staticHtml`<${ledger} .session=${view} .panels=${this.panels}></${ledger}>`}
      ${this.known && side.length === 0 ? this.notice(this.t('in.nochat')) : nothing}
      <button class="leave" ?disabled=${this.session.busy} @click=${this.leave}>${icon('leave')}${this.t('in.leave')}</button>
    `;
  }

  /**
   * @param {SessionView} view
   * @returns {string} with whom, or on the way to whom
   */
  where(view) {
    if (transferring(view)) {
      return waitTitle((key) => this.t(key), view);
    }
    const agents = this.agentNames(view);
    return agents.length > 0 ? this.t('in.with', { names: listed(agents, language()) }) : this.t('in.alone');
  }

  /** @param {SessionView} view */
  startPage(view) {
    return startPageCard({
      t: (key) => this.t(key),
      // One decision at a time.
      address: this.question ? '' : startPage(view),
      done: () => {
        doneWith(view);
        this.requestUpdate();
      },
    });
  }

  /** @param {SessionView} view */
  stage(view) {
    const panels = this.panels.filter((p) => p.place === 'customer-stage');
    if (this.known && panels.length === 0) {
      return this.notice(this.t('in.noshare'));
    }
    return repeat(
      panels,
      (p) => p.id,
      // Nobody is there to show something to: what is on stays as it is, but nothing is asked for.
      (p) => html`<section class="panel stage" aria-label=${panelTitle(p, language())} ?hidden=${alone(view) && !this.running}>
        ${this.panel(p, view)}
      </section>`,
    );
  }

  /**
   * @param {PanelInfo} panel
   * @param {SessionView} view
   */
  panel(panel, view) {
    return staticHtml`<${host}
      .panel=${panel}
      heading=${panelTitle(panel, language())}
      .session=${view}
      .me=${meOf(view)}
      .seat=${this.session.seat}
      side="customer"
    ></${host}>`;
  }

  /** @param {string} text */
  notice(text) {
    return html`<div class="notice" role="status">${icon('info')}<span>${text}</span></div>`;
  }

  /** @param {SessionView} view */
  waiting(view) {
    const t = (/** @type {string} */ key, /** @type {any} */ args) => this.t(key, args);
    return transferring(view)
      ? transfer({
          t,
          chat: this.panels.some((p) => p.id === 'chat' && p.place === 'customer-side'),
          ended: this.session.stopped.map((name) => activityTitle(t, name, this.panels, language())),
          panels: this.panels.filter((p) => p.place === 'customer-wait'),
          panel: (panel) => this.panel(panel, view),
        })
      : grace(t, view, api.now());
  }

  /** @param {SessionView} view */
  bar(view) {
    return barOf({
      t: (key, args) => this.t(key, args),
      running: this.running,
      names: this.agentNames(view),
      allowed: allowed(view, api.now()).map((consent) => ({
        consent,
        words: capabilityWords(this.panels, consent.capability, language()),
        on: view.activities.some((a) => a.name === consent.capability),
      })),
      stopping: this.stopping,
      stop: (activity) => this.halt(activity, () => this.session.stop(activity)),
      revoke: (consent) => this.halt(consent ?? 'all', () => this.session.revoke(consent)),
    });
  }

  /** @param {SessionView} view */
  bars(view) {
    const panels = this.panels.filter((p) => p.place === 'customer-bar');
    return panels.length > 0
      ? html`<div class="bars" ?hidden=${transferring(view)}>
          ${repeat(
            panels,
            (p) => p.id,
            (p) => this.panel(p, view),
          )}
        </div>`
      : nothing;
  }

  /** @param {SessionView} view */
  asking(view) {
    const one = asked(view);
    if (!one) {
      return nothing;
    }
    const agents = this.agentNames(view);
    const names = agents.length > 0 ? listed(agents, language()) : this.t('bar.agents');
    const { ask, title } = capabilityWords(this.panels, one.capability, language());
    const question = ask
      ? ask.replaceAll('{names}', names)
      : this.t('consent.ask', { names, what: title || this.t('consent.unknown'), count: Math.max(1, agents.length) });
    return consentCard({
      t: (key, args) => this.t(key, args),
      question,
      busy: this.answering === one.id,
      answer: (allow, minutes) => {
        if (allow) {
          this.consented(one.capability);
        }
        this.answer(one.id, allow, minutes);
      },
    });
  }

  /**
   * Tells the panel within the click: only then a browser asks what to show.
   *
   * @param {string} capability
   */
  consented(capability) {
    for (const held of /** @type {NodeListOf<any>} */ (this.renderRoot.querySelectorAll(PANEL_HOST))) {
      if (held.panel?.capability?.name === capability) {
        held.element?.consented?.();
      }
    }
  }

  /**
   * @param {string} consent
   * @param {boolean} allow
   * @param {number} [minutes]
   */
  async answer(consent, allow, minutes) {
    this.answering = consent;
    try {
      await this.session.answer(consent, allow, minutes);
    } catch (error) {
      const late = error instanceof ProblemError && error.status === 409;
      toast(late ? this.t('consent.late') : problemText(error), { kind: 'error' });
    } finally {
      this.answering = '';
    }
  }

  /**
   * Whose turn it is, where several customers are helped.
   *
   * @param {SessionView} view
   */
  turn(view) {
    if (!takesTurns(view)) {
      return nothing;
    }
    const mine = view.assisted === view.me;
    const names = this.agentNames(view);
    const other = names.length > 0 ? this.t('helped.other', { names: names[0] }) : this.t('helped.other.agent');
    return html`<div class="notice" role="status" data-assisted=${mine}>
      ${icon(mine ? 'check' : 'clock')}<span>${mine ? this.t('helped.me') : other}</span>
    </div>`;
  }

  /**
   * @param {string} what
   * @param {() => Promise<void>} run
   */
  async halt(what, run) {
    this.stopping = what;
    try {
      await run();
    } catch (error) {
      toast(problemText(error), { kind: 'error' });
    } finally {
      this.stopping = '';
    }
  }

  async leave() {
    await this.session.leave();
    if (this.session.problem) {
      toast(problemText(this.session.problem), { kind: 'error' });
    }
  }

  over() {
    return over({ t: (key) => this.t(key), session: this.session });
  }
}

/**
 * @param {number} seconds
 * @returns {string} 9:05
 */
function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

document.body.append(document.createElement(define('tandem-customer-page', CustomerPage, import.meta.url)));
