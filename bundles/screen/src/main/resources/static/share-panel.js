// The customer's panel: shows the screen to the agent, and makes it plain that it does.

import { TandemElement, api, define, html, icon, language, messages, nothing, openMedia, pageId, problemText } from 'tandem/kit';
import { CAPTURE, canShare } from './capture.js';
import { ScreenSender } from './sender.js';
import { elsewhere } from './share-elsewhere.js';
import { shareStyles } from './share-styles.js';
import { LINE_SILENCE } from './wire.js';

const NOTE = 'tandem.screen.sharing';

class SharePanel extends TandemElement {
  static messages = messages(import.meta.url);

  static properties = {
    session: { attribute: false },
    me: { attribute: false },
    role: { attribute: false },
    seat: { attribute: false },
    view: { state: true },
    notice: { state: true },
    viewers: { state: true },
    online: { state: true },
    now: { state: true },
  };

  static styles = shareStyles;

  /** @type {ScreenSender | null} */
  #sender = null;
  #timer = 0;
  #startedAt = 0;
  #focusNext = '';

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    this.me = undefined;
    this.role = null;
    /** @type {import('./share-elsewhere.js').Seat | undefined} */
    this.seat = undefined;
    /** checking, insecure, phone, unsupported, ask, later, choosing, starting, on */
    this.view = 'checking';
    /** What happened last: '', not-chosen, not-had, stopped, stopped-by-you, reloaded, taken, failed:TEXT */
    this.notice = '';
    this.viewers = 0;
    this.online = false;
    this.now = Date.now();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#tick(), 1000);
    if (this.view === 'checking') {
      this.#check();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    // Moving the panel to another place in the page is no reason to stop.
    queueMicrotask(() => {
      if (!this.isConnected && this.#sender) {
        this.#finish('');
        this.#tellStopped();
      }
    });
  }

  willUpdate(changed) {
    super.willUpdate?.(changed);
    if (changed.has('session') && changed.get('session')) {
      this.#follow(changed.get('session'));
    }
  }

  updated(changed) {
    super.updated?.(changed);
    this.dataset.state = this.#shown;
    if (this.#focusNext && !changed.has('session')) {
      const target = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(this.#focusNext));
      this.#focusNext = '';
      target?.focus();
    }
  }

  async #check() {
    const answer = await canShare();
    this.view = answer === 'yes' ? 'ask' : answer === 'no' ? 'unsupported' : answer;
    // After a reload the browser's permission is gone, whatever the session still says.
    if (this.session && recall() === `${this.session.id} ${pageId()}`) {
      forget();
      this.notice = 'reloaded';
      if (this.#running && this.#mine) {
        this.#tellStopped();
      }
    }
  }

  get #running() {
    return this.session?.activities?.find((a) => a.name === 'screen');
  }

  get #mine() {
    return this.#running?.by === this.session?.me;
  }

  /** What the customer sees: the own view, or that somebody else, or another page, shares already. */
  get #shown() {
    const others = this.#running && !this.#sender && this.notice !== 'reloaded'
      && ['ask', 'later', 'phone', 'unsupported', 'insecure'].includes(this.view);
    return others ? (this.#mine ? 'other-page' : 'other-customer') : this.view;
  }

  get #agent() {
    const agents = this.session?.participants?.filter((p) => p.role === 'AGENT') ?? [];
    const controller = agents.find((p) => p.id === this.session.controller);
    return (controller ?? agents.find((p) => p.state === 'JOINED') ?? agents[0])?.name ?? '';
  }

  /** Every agent in the session may look. */
  get #onlookers() {
    const agents = this.session?.participants?.filter((p) => p.role === 'AGENT') ?? [];
    return agents.filter((p) => p.state === 'JOINED' || p.state === 'DISCONNECTED').map((p) => p.name);
  }

  /** The session may have ended what we do. */
  #follow(before) {
    const wasRunning = before.activities?.some((a) => a.name === 'screen');
    if (this.#sender && wasRunning && !this.#running) {
      this.#finish('stopped');
    }
  }

  #tick() {
    if (this.view === 'on') {
      this.now = Date.now();
    }
  }

  async #share() {
    this.notice = '';
    this.view = 'choosing';
    let track;
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia(CAPTURE);
      track = stream.getVideoTracks()[0];
    } catch (error) {
      console.info('tandem: no screen', error);
      this.view = 'ask';
      const { name } = /** @type {DOMException} */ (error);
      this.notice = name === 'NotAllowedError' || name === 'AbortError' ? 'not-chosen' : 'not-had';
      this.#focusNext = '#share';
      return;
    }
    if (!this.isConnected || this.session?.state === 'ENDED') {
      track.stop();
      this.view = 'ask';
      return;
    }
    await this.#start(track);
  }

  async #start(track) {
    this.view = 'starting';
    const session = this.session.id;
    try {
      await api.post(`/screen/${session}/start`);
    } catch (error) {
      track.stop();
      this.view = 'ask';
      const { code } = /** @type {any} */ (error);
      this.notice = code === 'activity-running' ? 'taken' : `failed:${problemText(error)}`;
      return;
    }
    if (!this.isConnected || track.readyState === 'ended') {
      track.stop();
      this.view = 'ask';
      this.#tellStopped();
      return;
    }
    remember(`${session} ${pageId()}`);
    this.#startedAt = Date.now();
    this.now = this.#startedAt;
    this.#sender = new ScreenSender(track, {
      open: (handlers) => openMedia({ session, channel: 'screen', role: 'sender', silence: LINE_SILENCE, ...handlers }),
      ended: (why) => this.#ended(why),
      changed: () => {
        this.viewers = this.#sender?.looking ?? 0;
        this.online = this.#sender?.online ?? false;
      },
    });
    this.view = 'on';
    this.#focusNext = '#stop';
  }

  #ended(why) {
    if (why === 'track') {
      this.#tellStopped();
      this.#finish('stopped-by-you');
    } else if (why === 'encoder') {
      this.#tellStopped();
      this.#finish('not-had');
    } else {
      this.#finish('stopped');
    }
  }

  #stop() {
    this.#tellStopped();
    this.#finish('stopped-by-you');
  }

  /** Takes the screen back, at once and whatever the server says. */
  #finish(notice) {
    const sender = this.#sender;
    this.#sender = null;
    sender?.stop();
    forget();
    this.viewers = 0;
    this.online = false;
    if (this.view === 'on') {
      this.view = 'ask';
      this.#focusNext = '#share';
    }
    this.notice = notice;
  }

  async #tellStopped() {
    try {
      await api.post(`/screen/${this.session.id}/stop`);
    } catch (error) {
      // Nothing is sent any more; the relay finds that out by itself.
      console.info('tandem: could not tell that sharing has stopped', error);
    }
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
      case 'other-customer':
        return this.#cannot(this.t('taken.title'), this.t('taken.how'));
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
    const busy = this.view === 'choosing' || this.view === 'starting';
    const again = ['stopped', 'stopped-by-you', 'reloaded'].includes(this.notice);
    return html`
      <section aria-labelledby="title">
        <h2 id="title">${this.#askTitle()}</h2>
        <div role="status">${this.#notice()}</div>
        <p>${this.view === 'choosing' ? this.t('ask.choosing') : this.t('ask.what')}</p>
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
    this.view = 'later';
    this.notice = '';
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
    const names = this.#onlookers;
    const name = new Intl.ListFormat(language(), { type: 'conjunction' }).format(names);
    const title = names.length ? this.t('on.title', { name, count: names.length }) : this.t('on.somebody');
    const unwatched = this.online && this.viewers === 0;
    const seconds = Math.max(0, Math.floor((this.now - this.#startedAt) / 1000));
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    return html`
      <section class="on" aria-labelledby="title">
        <h2 id="title"><span class="dot" aria-hidden="true"></span>${title}</h2>
        <div role="status">${this.online ? nothing : html`<p class="notice">${this.t('on.offline')}</p>`}</div>
        <p class="muted number">${this.t('on.since', { time })} ${unwatched ? this.t('on.unwatched') : nothing}</p>
        <p>${this.t('on.what')}</p>
        <div class="buttons">
          <button id="stop" class="primary danger large" @click=${() => this.#stop()}>${icon('stop')} ${this.t('stop')}</button>
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
          <button id="stop" class="primary danger large" @click=${() => this.#tellStopped()}>
            ${icon('stop')} ${this.t('stop')}
          </button>
        </div>
      </section>
    `;
  }

  #notice() {
    const text = this.#noticeText();
    return text ? html`<p class="notice">${text}</p>` : nothing;
  }

  #noticeText() {
    switch (this.notice) {
      case 'not-chosen':
        return this.t('notice.not-chosen');
      case 'not-had':
        return this.t('notice.not-had');
      case 'stopped':
        return this.t('notice.stopped');
      case 'stopped-by-you':
        return this.t('notice.stopped-by-you');
      case 'reloaded':
        return this.t('notice.reloaded');
      case 'taken':
        return this.t('taken.title');
      default:
        return this.notice.startsWith('failed:') ? this.notice.slice('failed:'.length) : '';
    }
  }
}

/** What survives a reload of this page, and only of this page. */
function remember(what) {
  sessionStorage.setItem(NOTE, what);
}

function recall() {
  return sessionStorage.getItem(NOTE) ?? '';
}

function forget() {
  sessionStorage.removeItem(NOTE);
}

define('tandem-share', SharePanel, import.meta.url);
