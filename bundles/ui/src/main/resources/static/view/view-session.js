/** The way of somebody outside who may look: the link, the session, its end. Knows no DOM. */

import { api, live, ProblemError, serverReady } from 'tandem/kit';

/** @typedef {import('../parts/views.js').SessionView} SessionView */
/** @typedef {'opening' | 'in' | 'ended' | 'revoked'} Step */

const KEY = 'tandem.view';
const AGAIN = 3000;

/**
 * @param {string} path
 * @returns {string} the token in it, or empty
 */
export function tokenIn(path) {
  const [, token] = /^\/v\/([\w-]{10,64})\/?$/u.exec(path) ?? [];
  return token ?? '';
}

/** @returns {string} the token that this tab of the browser has opened before */
export function rememberedToken() {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

/** Event `change` after every change. */
export class ViewSession extends EventTarget {
  /** @type {Step} */
  step = 'opening';
  /** @type {SessionView | undefined} */
  view;
  /** Whether the session's slice is not installed just now. */
  away = false;
  #link;
  /** @type {(() => void) | undefined} */
  #unsubscribe;

  /** @param {string} link the token of the link */
  constructor(link) {
    super();
    this.#link = link;
  }

  async open() {
    if (!this.#link) {
      this.#finish('revoked');
      return;
    }
    try {
      const answer = await api.post('/view', { token: this.#link });
      try {
        sessionStorage.setItem(KEY, this.#link);
      } catch {
        // Then a reload needs the link.
      }
      api.token = answer.token;
      live.renew();
      this.#take(answer.view);
      if (this.step === 'in') {
        this.#unsubscribe = live.subscribe(`session/${answer.session}`, {
          message: (message) => message.type === 'session.state' && this.#take(message.body),
          state: (state) => {
            this.away = state === 'away';
            this.#changed();
          },
          gone: (problem) => {
            this.#unsubscribe = undefined;
            this.#finish(problem.code === 'session-ended' ? 'ended' : 'revoked');
          },
        });
      }
    } catch (error) {
      if (error instanceof ProblemError && error.final && (await serverReady())) {
        this.#finish(error.code === 'session-ended' ? 'ended' : 'revoked');
      } else {
        setTimeout(() => this.open(), Math.max(AGAIN, (error instanceof ProblemError ? (error.retryAfter ?? 0) : 0) * 1000));
      }
    }
  }

  /** @param {SessionView} view */
  #take(view) {
    if (this.view && view.version < this.view.version) {
      return;
    }
    this.view = view;
    this.away = false;
    const me = view.participants.find((p) => p.id === view.me);
    if (view.state === 'ENDED') {
      this.#finish('ended');
    } else if (me?.state === 'REMOVED' || me?.state === 'LEFT') {
      this.#finish('revoked');
    } else {
      this.step = 'in';
      this.#changed();
    }
  }

  /** @param {'ended' | 'revoked'} step */
  #finish(step) {
    if (this.step === 'ended' || this.step === 'revoked') {
      return;
    }
    this.step = step;
    api.token = '';
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // There was none.
    }
    this.#changed();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
