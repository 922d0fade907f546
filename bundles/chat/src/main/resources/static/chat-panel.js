/** The conversation of a session, for agents and customers alike. */

import { TandemElement, api, define, html, language, live, liveDirective, messages, nothing, problemText, repeat, toast, uuid, zoneName } from 'tandem/kit';
import { lastNumber, lines, merged, room, sendable, stopped, unread, unsent } from './conversation.js';
import { bubble, lineView } from './line-views.js';
import { Outbox } from './outbox.js';
import { styles } from './chat-styles.js';

/** @typedef {import('./conversation.js').Message} Message */
/** @typedef {import('./outbox.js').Item} Item */

/** Below so many characters left their number is shown. */
const NEARLY_FULL = 400;
const MOST_IN_BADGE = 99;
/** How long a line or a slice may take to come back before it is worth a word, in milliseconds. */
const PATIENCE = 3000;

export class TandemChat extends TandemElement {
  static messages = messages(import.meta.url);
  static styles = styles;
  static properties = {
    session: { attribute: false },
    me: { attribute: false },
    role: { attribute: false },
    _messages: { state: true },
    _loading: { state: true },
    _problem: { state: true },
    _gone: { state: true },
    _away: { state: true },
    _offline: { state: true },
    _items: { state: true },
    _draft: { state: true },
    _scrolledUp: { state: true },
    _starting: { state: true },
  };

  /** @type {AbortController | undefined} */
  #opened;
  /** @type {Outbox | undefined} */
  #outbox;
  #of = '';
  #seen = 0;
  #badge = '';
  #visible = false;
  #atEnd = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #hiccup;
  /** @type {import('./line-views.js').Translate} */
  #t = (key, args) => this.t(key, args);
  #onStatus = () => this.#statusChanged();
  #onVisibility = () => this.#look();

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    /** @type {any} */
    this.me = undefined;
    /** @type {'agent' | 'customer'} */
    this.role = 'agent';
    /** @type {Message[]} */
    this._messages = [];
    this._loading = true;
    /** @type {any} */
    this._problem = undefined;
    this._gone = false;
    this._away = false;
    this._offline = false;
    /** @type {Item[]} */
    this._items = [];
    this._draft = '';
    this._scrolledUp = false;
    this._starting = false;
  }

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('status', this.#onStatus);
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('status', this.#onStatus);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#close();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate?.(changed);
    if (changed.has('session') && this.session?.id !== this.#of) {
      this.#close();
      this.#open();
    }
    // Agents work here all day and get it compact; customers get the size of their page.
    this.toggleAttribute('roomy', this.role === 'customer');
  }

  /** @param {Map<string, unknown>} changed */
  firstUpdated(changed) {
    super.firstUpdated?.(changed);
    this.#watch();
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    super.updated?.(changed);
    if (this.#atEnd) {
      this.#toEnd();
    }
    this.#look();
  }

  // --- the conversation -------------------------------------------------------------------------------------------

  #open() {
    const id = this.session?.id;
    if (!id || !this.isConnected || this.#opened) {
      return;
    }
    if (id !== this.#of) {
      this.#of = id;
      this._messages = [];
      this._loading = true;
      this._draft = sessionStorage.getItem(this.#key('draft')) ?? '';
      this.#seen = Number(sessionStorage.getItem(this.#key('seen'))) || 0;
    }
    this._problem = undefined;
    this._gone = false;
    this._away = false;
    this._offline = live.status === 'offline';
    const opened = new AbortController();
    this.#opened = opened;
    const outbox = new Outbox(this.#key('outbox'), {
      post: (text, key) => api.post(`/chat/${id}`, { text }, { key, signal: opened.signal }),
      sent: (message) => this.#take([message]),
      changed: () => (this._items = outbox.items),
      store: sessionStorage,
      uuid,
      now: () => new Date().toISOString(),
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    this.#outbox = outbox;
    this._items = outbox.items;
    this.#load(id, opened.signal);
    this.#watch();
  }

  #close() {
    clearTimeout(this.#hiccup);
    this.#opened?.abort();
    this.#opened = undefined;
    this.#outbox?.close();
  }

  /**
   * History by pages, then the live channel from there on.
   *
   * @param {string} id
   * @param {AbortSignal} signal
   */
  async #load(id, signal) {
    try {
      for (let more = true; more; ) {
        const page = await api.get(`/chat/${id}?after=${lastNumber(this._messages)}`, { signal });
        if (signal.aborted) {
          return;
        }
        this.#take(page.messages);
        more = page.messages.length > 0 && lastNumber(this._messages) < page.number;
      }
    } catch (problem) {
      if (signal.aborted) {
        return;
      }
      if (/** @type {any} */ (problem).status !== 404) {
        this._loading = false;
        this._problem = problem;
        return;
      }
      // Not ours to read, or the slice has just come and its REST is not there yet: the live channel knows which.
      const patience = setTimeout(() => (this._loading = false), PATIENCE);
      signal.addEventListener('abort', () => clearTimeout(patience));
      this.#follow(id, signal);
      return;
    }
    this._loading = false;
    this.#follow(id, signal);
    if (live.status === 'connected') {
      this.#outbox?.flush();
    }
  }

  /**
   * @param {string} id
   * @param {AbortSignal} signal
   */
  #follow(id, signal) {
    const leave = live.subscribe(`chat/${id}`, {
      after: lastNumber(this._messages),
      message: (message) => {
        this._loading = false;
        this.#take([message.body]);
      },
      state: (state) => (this._away = state === 'away'),
      gone: () => {
        this._loading = false;
        this._gone = true;
      },
    });
    signal.addEventListener('abort', leave);
  }

  #again() {
    this.#close();
    this._loading = this._messages.length === 0;
    this.#open();
  }

  #statusChanged() {
    clearTimeout(this.#hiccup);
    this._offline = live.status === 'offline';
    if (live.status === 'connecting') {
      this.#hiccup = setTimeout(() => (this._offline = live.status !== 'connected'), PATIENCE);
    }
    if (live.status === 'connected') {
      if (this._problem) {
        this.#again();
      } else {
        this.#outbox?.flush();
      }
    }
  }

  /** @param {Message[]} news */
  #take(news) {
    this._messages = merged(this._messages, news);
  }

  // --- writing ----------------------------------------------------------------------------------------------------

  /** Why nothing can be sent now, in words, or nothing. */
  #obstacle() {
    if (this.session?.state === 'ENDED') {
      return this.t('composer.ended');
    }
    if (this._gone) {
      return this.t('composer.gone');
    }
    if (this._away) {
      return this.t('composer.away');
    }
    if (stopped(this.session)) {
      return this.#controls ? this.t('composer.stopped.controller') : this.t('composer.stopped');
    }
    return this._offline ? this.t('composer.offline') : '';
  }

  get #controls() {
    return this.role === 'agent' && this.session?.controller === this.me?.id;
  }

  async #start() {
    this._starting = true;
    try {
      await api.post(`/chat/${this.session.id}/start`);
    } catch (problem) {
      toast(problemText(problem), { kind: 'error' });
    } finally {
      this._starting = false;
    }
  }

  #over() {
    return this._gone || this.session?.state === 'ENDED';
  }

  /** @param {InputEvent} event */
  #typed(event) {
    this.#keep(/** @type {HTMLTextAreaElement} */ (event.target).value);
  }

  /** @param {string} draft */
  #keep(draft) {
    this._draft = draft;
    try {
      sessionStorage.setItem(this.#key('draft'), draft);
    } catch {
      // A full storage costs the survival of a reload, not the draft.
    }
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const modified = event.shiftKey || event.ctrlKey || event.altKey || event.metaKey;
    // Enter that ends the composition of a character (Japanese, Chinese) sends nothing; Safari tells it by 229 only.
    if (event.key === 'Enter' && !modified && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      this.#send();
    }
  }

  #send() {
    const text = sendable(this._draft);
    if (!text || room(text) < 0 || this.#obstacle()) {
      return;
    }
    this.#keep('');
    this.#atEnd = true;
    this.#outbox?.add(text, lastNumber(this._messages));
  }

  // --- reading ----------------------------------------------------------------------------------------------------

  /** @param {string} what */
  #key(what) {
    return `tandem.chat.${what}.${this.#of}`;
  }

  get #log() {
    return /** @type {HTMLElement | null} */ (this.renderRoot?.querySelector('.log'));
  }

  /** What is seen is what stands in a shown panel of a shown page; and the end stays the end when the panel's size changes. */
  #watch() {
    const log = this.#log;
    const signal = this.#opened?.signal;
    if (!log || !signal) {
      return;
    }
    const shown = new IntersectionObserver((entries) => {
      this.#visible = entries.at(-1)?.isIntersecting ?? false;
      this.#look();
    });
    const size = new ResizeObserver(() => this.#atEnd && this.#toEnd());
    shown.observe(log);
    size.observe(log);
    signal.addEventListener('abort', () => {
      shown.disconnect();
      size.disconnect();
      this.#visible = false;
    });
  }

  #scrolled() {
    const log = this.#log;
    if (log) {
      this.#atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 32;
      this._scrolledUp = !this.#atEnd;
      this.#look();
    }
  }

  #toEnd() {
    const log = this.#log;
    if (log) {
      log.scrollTop = log.scrollHeight;
    }
  }

  #jump() {
    this.#atEnd = true;
    this._scrolledUp = false;
    this.#toEnd();
    this.#log?.focus();
  }

  #look() {
    const last = lastNumber(this._messages);
    if (this.#visible && this.#atEnd && document.visibilityState === 'visible' && last > this.#seen) {
      this.#seen = last;
      sessionStorage.setItem(this.#key('seen'), String(last));
    }
    const count = this.me ? unread(this._messages, this.me.id, this.#seen) : 0;
    const badge = count > MOST_IN_BADGE ? `${MOST_IN_BADGE}+` : count ? String(count) : '';
    if (badge !== this.#badge) {
      this.#badge = badge;
      this.fire('tandem-badge', { text: badge });
    }
  }

  // --- looks ------------------------------------------------------------------------------------------------------

  render() {
    const pending = unsent(this._items, this._messages, this.me?.id);
    return html`
      ${this.#zone ? html`<p class="zone">${this.t('log.zone', { zone: zoneName(this.#zone, language()) })}</p>` : nothing}
      <div class="frame">
        <div
          class="log"
          role="log"
          aria-live="polite"
          aria-busy=${this._loading ? 'true' : 'false'}
          aria-label=${this.t('log.label')}
          tabindex="0"
          @scroll=${() => this.#scrolled()}
        >
          ${this.#conversation(pending)}
        </div>
        ${this._scrolledUp ? this.#jumper() : nothing}
      </div>
      <div class="sr" role="status">${pending.some((item) => item.state === 'failed') ? this.t('delivery.failed') : ''}</div>
      ${this.#composer()}
    `;
  }

  /** In which zone this session's times are, if not in the reader's own. */
  get #zone() {
    return this.session?.terms?.zone ?? undefined;
  }

  /** @param {Item[]} pending */
  #conversation(pending) {
    if (this._loading) {
      return html`<tandem-skeleton></tandem-skeleton>`;
    }
    if (this._problem) {
      return html`<div class="problem" role="alert">
        <p>${problemText(this._problem)}</p>
        <button type="button" @click=${() => this.#again()}>${this.t('retry')}</button>
      </div>`;
    }
    const me = this.me?.id;
    const shown = lines(this._messages, me, new Date(), this.#zone);
    const t = this.#t;
    const last = this._messages.at(-1);
    const sent = last?.kind === 'TEXT' && last.from === me && pending.length === 0;
    return html`
      ${shown.length || pending.length ? nothing : this.#empty()}
      ${repeat(
        shown,
        (line) => line.key,
        (line) => lineView(line, t, this.#zone),
      )}
      ${sent ? html`<div class="delivery end" aria-live="off">${this.t('delivery.sent')}</div>` : nothing}
      ${pending.length ? this.#pending(pending) : nothing}
    `;
  }

  #empty() {
    const text = this.role === 'customer' ? this.t('empty.customer') : this.t('empty.agent');
    return html`<tandem-empty icon="chat">${text}</tandem-empty>`;
  }

  /** @param {Item[]} pending */
  #pending(pending) {
    return html`<div class="run own" aria-live="off">
      ${repeat(
        pending,
        (item) => item.key,
        (item) => html`${bubble(item.text)} ${this.#delivery(item)}`,
      )}
    </div>`;
  }

  /** @param {Item} item */
  #delivery(item) {
    if (item.state !== 'failed') {
      return html`<div class="delivery">${this.t('delivery.sending')}</div>`;
    }
    const why = item.problem ? problemText(item.problem, { 'chat-stopped': this.t('composer.stopped') }) : '';
    return html`<div class="delivery failed">
      <span>${this.t('delivery.failed')} ${why}</span>
      <button type="button" class="small" ?disabled=${this.#obstacle() !== ''} @click=${() => this.#outbox?.retry(item.key)}>${this.t('retry')}</button>
      <button type="button" class="small quiet" @click=${() => this.#outbox?.discard(item.key)}>${this.t('discard')}</button>
    </div>`;
  }

  #jumper() {
    const count = this.me ? unread(this._messages, this.me.id, this.#seen) : 0;
    return html`<button type="button" class="jump" @click=${() => this.#jump()}>
      ${count ? this.t('jump.news', { count }) : this.t('jump.latest')} <span aria-hidden="true">↓</span>
    </button>`;
  }

  #composer() {
    const obstacle = this.#obstacle();
    const left = room(sendable(this._draft));
    const counted = left < NEARLY_FULL;
    const blocked = obstacle !== '' || left < 0 || !sendable(this._draft);
    return html`<form class="composer" @submit=${(/** @type {SubmitEvent} */ event) => this.#submitted(event)}>
      <p id="obstacle" class="obstacle" role="status">${obstacle}</p>
      ${this.#controls && stopped(this.session) && !this._gone
        ? html`<button type="button" id="start-chat" ?disabled=${this._starting} @click=${() => this.#start()}>${this.t('composer.start')}</button>`
        : nothing}
      <div class="write">
        <label class="sr" for="text">${this.t('composer.label')}</label>
        <textarea
          id="text"
          rows="1"
          dir="auto"
          enterkeyhint="send"
          placeholder=${this.t('composer.placeholder')}
          aria-describedby="obstacle count"
          aria-invalid=${left < 0 ? 'true' : 'false'}
          ?disabled=${this.#over()}
          .value=${liveDirective(this._draft)}
          @input=${(/** @type {InputEvent} */ event) => this.#typed(event)}
          @keydown=${(/** @type {KeyboardEvent} */ event) => this.#pressed(event)}
        ></textarea>
        <button type="submit" class="primary" ?disabled=${blocked}>${this.t('composer.send')}</button>
      </div>
      <p id="count" class="count ${left < 0 ? 'over' : ''}" ?hidden=${!counted}>
        ${left < 0 ? this.t('composer.over', { count: -left }) : counted ? this.t('composer.left', { count: left }) : ''}
      </p>
    </form>`;
  }

  /** @param {SubmitEvent} event */
  #submitted(event) {
    event.preventDefault();
    this.#send();
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('textarea'))?.focus();
  }
}

define('tandem-chat', TandemChat, import.meta.url);
