// The customer's panel: shows the screen to the others and makes it plain that it does; shows what somebody else shares.

import { TandemElement, define, html, icon, language, messages, nothing, staticHtml, unsafeStatic } from 'tandem/kit';
import { elsewhere } from './share-elsewhere.js';
import { shareStyles } from './share-styles.js';
import { noticeText, onlookers, since } from './share-words.js';
import { shareWorld } from './share-world.js';
import { Sharing } from './sharing.js';
import { WATCH } from './watch-panel.js';

const watch = unsafeStatic(WATCH);
const CAN_WATCH_INSTEAD = ['ask', 'later', 'phone', 'unsupported', 'insecure'];

class SharePanel extends TandemElement {
  static messages = messages(import.meta.url);

  static properties = {
    session: { attribute: false },
    me: { attribute: false },
    role: { attribute: false },
    seat: { attribute: false },
    later: { state: true },
    now: { state: true },
  };

  static styles = shareStyles;

  #sharing = new Sharing(shareWorld);
  #timer = 0;
  #view = '';
  #focusNext = '';

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    this.me = undefined;
    this.role = null;
    /** @type {import('./share-elsewhere.js').Seat | undefined} */
    this.seat = undefined;
    /** Does not want to just now. */
    this.later = false;
    this.now = Date.now();
    this.#sharing.addEventListener('change', () => this.#changed());
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#tick(), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    // Moving the panel to another place in the page is no reason to stop.
    queueMicrotask(() => {
      if (!this.isConnected) {
        this.#sharing.drop();
      }
    });
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate?.(changed);
    if (changed.has('session')) {
      this.#sharing.follow(this.session);
    }
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    super.updated?.(changed);
    this.dataset.state = this.#shown;
    if (this.#focusNext && !changed.has('session')) {
      const target = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(this.#focusNext));
      this.#focusNext = '';
      target?.focus();
    }
  }

  /**
   * Called by the page within the click by which the customer allows it: what to show is asked for at once, as long as the
   * browser remembers the click.
   */
  consented() {
    this.#share();
  }

  #changed() {
    const { view } = this.#sharing;
    if (view !== this.#view) {
      const before = this.#view;
      this.#view = view;
      this.now = Date.now();
      if (view === 'on') {
        this.#focusNext = '#stop';
      } else if (view === 'ask' && (before === 'on' || before === 'choosing')) {
        this.#focusNext = '#share';
      }
    }
    this.requestUpdate();
  }

  /** What the customer sees: the own share, somebody else's, one from another page, or how it is not the turn. */
  get #shown() {
    const sharing = this.#sharing;
    const view = sharing.view === 'ask' && this.later ? 'later' : sharing.view;
    if (!CAN_WATCH_INSTEAD.includes(view)) {
      return view;
    }
    if (sharing.running && !sharing.on && !(sharing.mine && sharing.notice === 'reloaded')) {
      return sharing.mine ? 'other-page' : 'watching';
    }
    return view === 'ask' || view === 'later' ? (this.#turn ? view : 'not-assisted') : view;
  }

  /** Whether the agent helps this customer just now, and not another one. */
  get #turn() {
    const assisted = this.session?.assisted;
    return !assisted || assisted === this.session.me;
  }

  get #agent() {
    const agents = this.session?.participants?.filter((p) => p.role === 'AGENT') ?? [];
    const controller = agents.find((p) => p.id === this.session.controller);
    return (controller ?? agents.find((p) => p.state === 'JOINED') ?? agents[0])?.name ?? '';
  }

  #tick() {
    if (this.#sharing.view === 'on') {
      this.now = Date.now();
    }
  }

  #share() {
    this.later = false;
    this.#sharing.share();
  }

  render() {
    switch (this.#shown) {
      case 'checking':
        return nothing;
      case 'insecure':
        return this.#cannot(this.t('insecure.title'), this.t('insecure.how'));
      case 'unsupported':
        return this.#cannot(this.t('unsupported.title'), this.t('unsupported.how'), this.#elsewhere);
      case 'phone':
        return this.#cannot(this.t('phone.title'), this.t('phone.how'), this.#elsewhere);
      case 'on':
        return this.#on();
      case 'other-page':
        return this.#otherPage();
      case 'watching':
        return this.#watching();
      case 'not-assisted':
        return this.#notAssisted();
      case 'later':
        return this.#later();
      default:
        return this.#ask();
    }
  }

  get #elsewhere() {
    return this.seat ? elsewhere((key, values) => this.t(key, values), this.seat) : nothing;
  }

  /** @param {unknown} more */
  #cannot(title, how, more = nothing) {
    return html`
      <section aria-labelledby="title">
        <h2 id="title">${title}</h2>
        <p>${how}</p>
        ${more}
      </section>
    `;
  }

  #ask() {
    const { view, notice } = this.#sharing;
    const busy = view === 'choosing' || view === 'starting';
    const again = ['stopped', 'stopped-by-you', 'reloaded'].includes(notice);
    return html`
      <section aria-labelledby="title">
        <h2 id="title">${this.#askTitle()}</h2>
        <div role="status">${this.#notice()}</div>
        <p>${view === 'choosing' ? this.t('ask.choosing') : this.t('ask.what')}</p>
        <div class="buttons">
          <button id="share" class="primary large" ?disabled=${busy} @click=${() => this.#share()}>
            ${icon('screen')} ${again ? this.t('ask.again') : this.t('ask.share')}
          </button>
          <button id="later" class="quiet large" ?disabled=${busy} @click=${() => this.#notNow()}>
            ${this.t('ask.later')}
          </button>
        </div>
      </section>
    `;
  }

  #askTitle() {
    const name = this.#agent;
    return name ? this.t('ask.title', { name }) : this.t('ask.title.somebody');
  }

  #notNow() {
    this.later = true;
    this.#sharing.forgive();
    this.#focusNext = '#share';
  }

  #later() {
    return html`
      <section aria-labelledby="title">
        <p id="title" class="muted">${this.t('later.what')}</p>
        <div class="buttons">
          <button id="share" class="large" @click=${() => this.#share()}>${icon('screen')} ${this.t('ask.share')}</button>
        </div>
      </section>
    `;
  }

  #on() {
    const { viewers, online, startedAt } = this.#sharing;
    const names = onlookers(this.session);
    const name = new Intl.ListFormat(language(), { type: 'conjunction' }).format(names);
    const title = names.length ? this.t('on.title', { name, count: names.length }) : this.t('on.somebody');
    const unwatched = online && viewers === 0;
    return html`
      <section class="on" aria-labelledby="title">
        <h2 id="title"><span class="dot" aria-hidden="true"></span>${title}</h2>
        <div role="status">${online ? nothing : html`<p class="notice">${this.t('on.offline')}</p>`}</div>
        <p class="muted number">${this.t('on.since', { time: since(startedAt, this.now) })} ${unwatched ? this.t('on.unwatched') : nothing}</p>
        <p>${this.t('on.what')}</p>
        <div class="buttons">
          <button id="stop" class="primary danger large" @click=${() => this.#sharing.stop()}>${icon('stop')} ${this.t('stop')}</button>
        </div>
      </section>
    `;
  }

  #otherPage() {
    return html`
      <section class="on" aria-labelledby="title">
        <h2 id="title"><span class="dot" aria-hidden="true"></span>${this.t('elsewhere.title')}</h2>
        <p>${this.t('elsewhere.how')}</p>
        <div class="buttons">
          <button id="stop" class="primary danger large" @click=${() => this.#sharing.tellStopped()}>
            ${icon('stop')} ${this.t('stop')}
          </button>
        </div>
      </section>
    `;
  }

  #watching() {
    return html`<div class="watching">
      ${staticHtml`<${watch} .session=${this.session} .me=${this.me}></${watch}>`}
      <p class="muted">${this.#turn ? this.t('taken.how') : this.t('taken.turn')}</p>
    </div>`;
  }

  /** Whose turn it is the page says, for all panels. */
  #notAssisted() {
    return html`
      <section>
        <div role="status">${this.#notice()}</div>
        <p id="not-assisted" class="muted">${this.t('turn.how')}</p>
      </section>
    `;
  }

  #notice() {
    const text = noticeText((key) => this.t(key), this.#sharing, 'notice.not-assisted');
    return text ? html`<p class="notice">${text}</p>` : nothing;
  }
}

define('tandem-share', SharePanel, import.meta.url);
