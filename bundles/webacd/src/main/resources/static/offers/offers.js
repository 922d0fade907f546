/**
 * What WebACD asks of the agent, below the desktop's header in every view: offers, what is wrapped up, who has not been answered, and
 * the queues from which the agent may take by themselves. It takes no room while there is nothing to say.
 *
 * Fires `tandem-go` {session, interaction}, cancelable, for work that the agent has now: a desktop that knows the session shows it; and
 * `tandem-presence` {status} when the agent is there again.
 */

import { TandemElement, api, define, html, icon, language, messages, nothing, repeat, staticHtml, toast, unsafeStatic } from 'tandem/kit';
import { answerList, conversation, message } from '../words/given.js';
import { mine } from '../words/mine.js';
import { refusalText } from '../words/problems.js';
import { clock, initials, secondsSince, secondsUntil } from '../words/words.js';
import { Lengths, changes, isAccept, mostUrgent, somethingToSay } from './changes.js';
import { Ringer } from './ringer.js';
import { PICK_LIST } from './pick-list.js';
import { givenStyles } from '../words/given-styles.js';
import { offerStyles } from './styles.js';

/** @typedef {import('../words/my-work.js').Offer} Offer */
/** @typedef {import('../words/my-work.js').Work} Work */

const pickList = unsafeStatic(PICK_LIST);
/** From so many seconds on the time left is said to be short. */
const SHORT = 5;
/** Above that it is told in minutes and seconds. */
const LONG = 99;
const TICK = 250;

class Offers extends TandemElement {
  static messages = messages(import.meta.url);
  static styles = [givenStyles, offerStyles];
  static properties = {
    agent: { attribute: false },
    view: { state: true },
    busy: { state: true },
    picking: { state: true },
    said: { state: true },
    now: { state: true },
  };

  constructor() {
    super();
    /** @type {{id: string, name: string} | undefined} */
    this.agent = undefined;
    /** @type {import('../words/my-work.js').MyView | undefined} */
    this.view = undefined;
    /** @type {string} offer or item with which something is being done */
    this.busy = '';
    /** @type {string} the queue whose list is open */
    this.picking = '';
    /** @type {string} for screen readers */
    this.said = '';
    this.now = api.now();
    /** @type {Set<string>} offers that this page has answered */
    this.answered = new Set();
    /** @type {Offer | undefined} the one that was not answered */
    this.missed = undefined;
    this.lengths = new Lengths();
    this.ringer = new Ringer({
      context: () => new AudioContext(),
      storage: localStorage,
      every: (run, ms) => setInterval(run, ms),
      cancel: (handle) => clearInterval(handle),
    });
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.clock = undefined;
    /** @type {(() => void) | undefined} */
    this.stop = undefined;
    this.keyed = (/** @type {KeyboardEvent} */ event) => this.key(event);
    this.woken = () => this.ringer.wake();
  }

  connectedCallback() {
    super.connectedCallback();
    this.stop = mine.watch(() => this.changed());
    document.addEventListener('keydown', this.keyed);
    document.addEventListener('pointerdown', this.woken, { once: true });
    document.addEventListener('keydown', this.woken, { once: true });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stop?.();
    document.removeEventListener('keydown', this.keyed);
    document.removeEventListener('pointerdown', this.woken);
    document.removeEventListener('keydown', this.woken);
    clearInterval(this.clock);
    this.clock = undefined;
    this.ringer.ring(false);
  }

  changed() {
    const before = this.view;
    const after = mine.view;
    const news = changes(before, after, this.answered);
    const words = news.map((one) => this.announce(one)).filter(Boolean);
    if (words.length > 0) {
      this.said = words.join(' ');
    }
    if (after?.absent !== 'no-answer') {
      this.missed = undefined;
    }
    this.view = after;
    this.now = api.now();
    const offers = after?.offers ?? [];
    this.lengths.note(offers, this.now);
    this.ringer.ring(offers.some((one) => one.id !== this.busy));
    const counting = offers.length > 0 || (after?.work ?? []).some((one) => one.state === 'WRAP_UP');
    if (counting && this.clock === undefined) {
      this.clock = setInterval(() => (this.now = api.now()), TICK);
    } else if (!counting) {
      clearInterval(this.clock);
      this.clock = undefined;
    }
  }

  /** @param {import('./changes.js').Change} change */
  announce({ kind, offer }) {
    const name = this.nameOf(offer);
    if (kind === 'came') {
      return this.t('offers.came', { name, queue: offer.queue?.name || this.t('offers.you'), seconds: secondsUntil(offer.until, api.now()) });
    }
    if (kind === 'missed') {
      this.missed = offer;
      return this.t('offers.missed', { name });
    }
    toast(this.t('offers.gone', { name }));
    return '';
  }

  /** @param {{name: string}} of */
  nameOf(of) {
    return of.name || this.t('offers.somebody');
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const offer = isAccept(event) ? mostUrgent(this.view?.offers ?? []) : undefined;
    if (offer) {
      event.preventDefault();
      this.accept(offer);
    }
  }

  /** @param {Offer} offer */
  accept(offer) {
    return this.doing(offer.id, async () => {
      this.answered.add(offer.id);
      try {
        this.go(await api.post(`/webacd/offers/${offer.id}/accept`), offer.card.open);
      } catch (error) {
        this.answered.delete(offer.id);
        throw error;
      }
    });
  }

  /** @param {Offer} offer */
  decline(offer) {
    return this.doing(offer.id, async () => {
      this.answered.add(offer.id);
      await api.post(`/webacd/offers/${offer.id}/decline`);
    });
  }

  /** @param {Work} work */
  finish(work) {
    return this.doing(work.item, () => api.post(`/webacd/items/${work.item}/finish`));
  }

  /** The agent is there again. */
  back() {
    return this.doing('back', async () => {
      await api.post('/webacd/me/back');
      // Where the platform itself holds the agent for away, its desktop knows what to do.
      this.fire('tandem-presence', { status: 'AVAILABLE' });
    });
  }

  /**
   * Shows what the agent has now.
   *
   * @param {Work} work
   * @param {string | null} [open]
   */
  go(work, open) {
    this.picking = '';
    const detail = { session: work.sourceId, interaction: '' };
    const known = !this.dispatchEvent(new CustomEvent('tandem-go', { detail, bubbles: true, composed: true, cancelable: true }));
    if (!known && open && /^\/(?![/\\])/u.test(open)) {
      location.assign(open);
    }
  }

  /**
   * @param {string} what
   * @param {() => Promise<unknown>} run
   */
  async doing(what, run) {
    if (this.busy) {
      return;
    }
    this.busy = what;
    this.ringer.ring((this.view?.offers ?? []).some((one) => one.id !== what));
    try {
      await run();
    } catch (error) {
      toast(refusalText(error, (key) => this.t(key)), { kind: 'error' });
      mine.refresh();
    } finally {
      this.busy = '';
    }
  }

  mute() {
    this.ringer.muted = !this.ringer.muted;
    this.requestUpdate();
  }

  render() {
    const view = this.view;
    return html`<div class="sr" role="alert">${this.said}</div>
      ${view && somethingToSay(view)
        ? html`<section aria-label=${this.t('offers.title')} data-offers=${view.offers.length}>
            ${view.offers.length > 0
              ? html`<ul class="cards">
                  ${repeat(
                    view.offers,
                    (one) => one.id,
                    (one) => html`<li>${this.card(one)}</li>`,
                  )}
                </ul>`
              : nothing}
            ${view.absent === 'no-answer' ? this.unanswered() : nothing}
            ${view.work.filter((one) => one.state === 'WRAP_UP').map((one) => this.wrapUp(one))} ${this.foot(view)}
          </section>`
        : nothing}
      ${staticHtml`<${pickList}
        .queue=${view?.queues.find((one) => one.id === this.picking)}
        @tandem-dismiss=${() => (this.picking = '')}
        @offers-taken=${(/** @type {CustomEvent} */ event) => this.go(event.detail)}
      ></${pickList}>`}`;
  }

  /** @param {Offer} offer */
  card(offer) {
    const t = (/** @type {string} */ key, /** @type {any} */ args) => this.t(key, args);
    const left = secondsUntil(offer.until, this.now);
    const name = this.nameOf(offer);
    const first = mostUrgent(this.view?.offers ?? [])?.id === offer.id;
    return html`<article class="card ${left <= SHORT ? 'short' : ''}" data-offer=${offer.id} aria-label=${this.t('offers.of', { name })}>
      <progress max="1" .value=${this.lengths.left(offer, this.now)} aria-label=${this.t('offers.left')}></progress>
      <div class="body">
        <div class="who">
          <span class="face" aria-hidden="true">${offer.name ? initials(offer.name) : icon('user')}</span>
          <div class="grow">
            <h3><bdi>${name}</bdi></h3>
            <p class="facts">
              ${offer.company ? html`<b dir="auto">${offer.company}</b>` : nothing}
              <span>${offer.queue ? this.t('offers.queue', { queue: offer.queue.name }) : this.t('offers.personal')}</span>
              <span class="number">${this.t('offers.waits', { time: clock(secondsSince(offer.since, this.now)) })}</span>
              ${offer.language ? html`<span>${languageName(offer.language)}</span>` : nothing}
              ${offer.others > 0 ? html`<span>${this.t('offers.others', { count: offer.others })}</span>` : nothing}
            </p>
          </div>
        </div>
        <div class="do">
          <span class="left number" role="timer" aria-live="off" title=${this.t('offers.left')}>${left > LONG ? clock(left) : `${left} s`}</span>
          <button ?disabled=${this.busy !== ''} @click=${() => this.decline(offer)}>${this.t('offers.decline')}</button>
          <button
            class="primary"
            aria-keyshortcuts=${first ? 'Alt+W' : nothing}
            ?disabled=${this.busy !== ''}
            @click=${() => this.accept(offer)}
          >
            ${icon('check')}<span>${this.t('offers.accept')}</span>${first ? html`<kbd aria-hidden="true">Alt+W</kbd>` : nothing}
          </button>
        </div>
        <div class="more">${message(t, offer.reason, offer.by)}${answerList(offer.answers.filter((one) => one.text !== offer.company))}${conversation(t, offer.card.said)}</div>
      </div>
    </article>`;
  }

  unanswered() {
    const text = this.missed ? this.t('offers.missed', { name: this.nameOf(this.missed) }) : this.t('offers.missed.some');
    return html`<div class="line missed" data-missed>
      ${icon('clock')}<span class="grow">${text} ${this.t('offers.missed.text')}</span>
      <button ?disabled=${this.busy !== ''} @click=${this.back}>${this.t('offers.back')}</button>
    </div>`;
  }

  /** @param {Work} work */
  wrapUp(work) {
    return html`<div class="line" data-wrap-up=${work.item}>
      ${icon('clock')}
      <span class="grow">${this.t('offers.wrap-up', { name: this.nameOf(work) })}</span>
      ${work.wrapUpUntil
        ? html`<span class="number" role="timer" aria-live="off">${this.t('offers.wrap-up.left', { time: clock(secondsUntil(work.wrapUpUntil, this.now)) })}</span>`
        : nothing}
      <button ?disabled=${this.busy !== ''} @click=${() => this.finish(work)}>${icon('check')}${this.t('offers.finish')}</button>
    </div>`;
  }

  /** @param {import('../words/my-work.js').MyView} view */
  foot(view) {
    const used = view.load.offered + view.load.assigned + view.load.wrapUp + view.load.other;
    return html`<div class="line">
      <span class="grow muted">${this.t('offers.load', { used, capacity: view.capacity })}</span>
      ${view.queues
        .filter((queue) => queue.pick && queue.waiting > 0)
        .map(
          (queue) => html`<button class="small" data-pick=${queue.id} @click=${() => (this.picking = queue.id)}>
            ${icon('users')}${this.t('offers.pick', { queue: queue.name, waiting: queue.waiting })}
          </button>`,
        )}
      <button class="small quiet" aria-pressed=${this.ringer.muted ? 'true' : 'false'} @click=${this.mute}>
        ${icon(this.ringer.muted ? 'bell-off' : 'bell')}${this.t('offers.mute')}
      </button>
    </div>`;
  }
}

/** @param {string} tag */
function languageName(tag) {
  try {
    return new Intl.DisplayNames([language()], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The element's name. */
export const OFFERS = define('tandem-offers', Offers, import.meta.url);
