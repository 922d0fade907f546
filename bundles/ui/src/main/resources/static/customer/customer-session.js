/** The customer's way through a session: PIN, name, session, end. Knows no DOM. */

import { api, live, pageId, ProblemError, serverReady } from 'tandem/kit';
import { digits, rememberSeat, rememberedSeat } from './place.js';

/** @typedef {import('../parts/views.js').SessionView} SessionView */
/**
 * pin: the PIN is asked for; joining; name: the name is asked for; in: in the session; over: it is over for this page, `reason`
 * says why.
 *
 * @typedef {'pin' | 'joining' | 'name' | 'in' | 'over'} Step
 */
/**
 * taken: continued elsewhere; removed: by the agent; full: no place is free; refused: the invitation admits nobody (any more).
 *
 * @typedef {'ended' | 'left' | 'taken' | 'removed' | 'expired' | 'full' | 'refused'} Reason
 */

/** Event `change` after every change. */
export class CustomerSession extends EventTarget {
  /** @type {Step} */
  step = 'joining';
  /** @type {Reason} */
  reason = 'ended';
  /** @type {SessionView | undefined} */
  view;
  /** @type {ProblemError | undefined} what was wrong with the PIN or the name */
  problem;
  /** @type {number} until when no PIN can be tried, in our clock's milliseconds */
  blockedUntil = 0;
  /** Whether the session's slice is not installed just now. */
  away = false;
  busy = false;
  /** @type {string[]} names of the activities that have ended by the transfer that is under way */
  stopped = [];
  /** Who has taken the session while nobody looked at this page, by name. */
  came = '';
  pin = '';
  /** The token of the invitation that led here, or empty. */
  invitation = '';
  #site;
  #named = false;
  /** @type {(() => void) | undefined} */
  #unsubscribe;

  /**
   * @param {string} pin from the address, or empty
   * @param {string} site from the address, or empty
   * @param {string} [invitation] from the address, or empty
   */
  constructor(pin, site, invitation = '') {
    super();
    this.pin = pin;
    this.invitation = invitation;
    this.#site = site;
  }

  /** Comes back into the seat after a reload; else joins with the PIN of the link; else asks for it. */
  async begin() {
    const seat = rememberedSeat();
    const anew = this.pin !== '' || this.invitation !== '';
    if (seat && (!anew || (this.pin === seat.pin && this.invitation === (seat.invitation ?? '')))) {
      api.token = seat.token;
      try {
        const view = await api.get(`/sessions/${seat.session}`);
        this.pin = seat.pin;
        this.invitation = seat.invitation ?? '';
        this.#site = seat.site;
        this.#enter(view, seat.named);
        return;
      } catch (error) {
        const answered = error instanceof ProblemError && error.final;
        if (!answered || !(await serverReady())) {
          // The seat may well be there: try again until the server can say.
          setTimeout(() => this.begin(), 3000);
          return;
        }
        api.token = '';
        rememberSeat(undefined);
        if (!anew) {
          this.pin = seat.pin;
          this.invitation = seat.invitation ?? '';
          this.#site = seat.site;
          this.#finish(reasonOf(error));
          return;
        }
      }
    }
    if (this.invitation) {
      await this.#admit({ invitation: this.invitation });
    } else if (this.pin.length === 9) {
      await this.join(this.pin);
    } else {
      this.#turn('pin');
    }
  }

  /** @param {string} typed */
  async join(typed) {
    const pin = digits(typed);
    if (this.busy) {
      return;
    }
    this.pin = pin;
    this.invitation = '';
    await this.#admit(this.#site ? { pin, site: this.#site } : { pin });
  }

  /** Comes back by whatever led here. */
  rejoin() {
    return this.invitation ? this.#admit({ invitation: this.invitation }) : this.join(this.pin);
  }

  /** @param {{pin: string, site?: string} | {invitation: string}} by */
  async #admit(by) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.problem = undefined;
    this.#changed();
    try {
      const answer = await api.post('/join', by);
      api.token = answer.token;
      live.renew();
      rememberSeat({
        token: answer.token,
        session: answer.session,
        pin: this.pin,
        site: this.#site,
        named: false,
        invitation: this.invitation,
      });
      this.#enter(answer.view, false);
    } catch (error) {
      this.#refused(asProblem(error));
    } finally {
      this.busy = false;
      this.#changed();
    }
  }

  /** @param {ProblemError} problem */
  #refused(problem) {
    if (problem.code === 'too-many-customers') {
      this.#finish('full');
    } else if (this.invitation && problem.final) {
      this.#finish('refused');
    } else {
      this.problem = problem;
      if (problem.status === 429) {
        this.blockedUntil = Date.now() + (problem.retryAfter ?? 60) * 1000;
      }
      this.#turn('pin');
    }
  }

  /** @param {string} name */
  async giveName(name) {
    if (this.busy || !this.view) {
      return;
    }
    this.busy = true;
    this.problem = undefined;
    this.#changed();
    try {
      await api.put(`/sessions/${this.view.id}/me`, { name });
      this.#named = true;
      const seat = rememberedSeat();
      if (seat) {
        rememberSeat({ ...seat, named: true });
      }
      if (this.step === 'name') {
        this.#turn('in');
      }
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = false;
      this.#changed();
    }
  }

  /** Whoever opens this link comes into this customer's place; an invitation is for one person, and has no PIN. */
  get seat() {
    if (!this.pin) {
      return undefined;
    }
    const site = this.#site ? `${encodeURIComponent(this.#site)}/` : '';
    return { pin: this.pin, url: `${location.origin}/j/${site}${this.pin}` };
  }

  async leave() {
    if (!this.view || this.busy) {
      return;
    }
    this.busy = true;
    this.#changed();
    try {
      const answer = await api.post(`/sessions/${this.view.id}/leave`);
      if (answer?.form) {
        this.view = { ...this.view, form: answer.form };
      }
      this.#finish('left');
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 0 || problem.status >= 500) {
        this.problem = problem;
      } else {
        this.#finish('left');
      }
    } finally {
      this.busy = false;
      this.#changed();
    }
  }

  /**
   * Ends an activity of this customer. Each slice whose activity a customer can do has this path.
   *
   * @param {string} activity
   */
  async stop(activity) {
    await api.post(`/${activity}/${this.view?.id}/stop`);
  }

  /**
   * Answers what this customer is asked.
   *
   * @param {string} consent
   * @param {boolean} allow
   * @param {number} [minutes] for the session if not said
   */
  async answer(consent, allow, minutes) {
    await api.post(`/sessions/${this.view?.id}/consents/${consent}`, { allow, minutes: minutes ?? null });
  }

  /**
   * Ends one consent, or all: whatever depends on it stops at once.
   *
   * @param {string} [consent]
   */
  async revoke(consent) {
    await api.delete(`/sessions/${this.view?.id}/consents${consent ? `/${consent}` : ''}`);
  }

  /** Tells the server that this page goes on purpose, so that the agent need not wonder; a reload comes back in time. */
  closing() {
    if ((this.step === 'in' || this.step === 'name') && this.view) {
      api.post(`/sessions/${this.view.id}/closing`, { page: pageId() }, { keepalive: true }).catch(() => {});
    }
  }

  /** Asks for a PIN again, from the beginning. */
  restart() {
    this.problem = undefined;
    this.pin = '';
    this.invitation = '';
    this.view = undefined;
    this.#turn('pin');
  }

  /**
   * @param {SessionView} view
   * @param {boolean} named
   */
  #enter(view, named) {
    this.#named = named;
    this.#take(view);
    if (this.step !== 'over') {
      this.#unsubscribe = live.subscribe(`session/${view.id}`, {
        message: (message) => this.#message(message),
        state: (state) => {
          this.away = state === 'away';
          this.#changed();
        },
        gone: (problem) => this.#gone(problem),
      });
    }
  }

  /** @param {{type: string, body: any}} message */
  #message(message) {
    if (message.type === 'session.state') {
      this.#take(message.body);
    }
  }

  /** @param {SessionView} view */
  #take(view) {
    if (this.view && this.view.id === view.id && view.version < this.view.version) {
      return;
    }
    this.#transferred(this.view, view);
    this.view = view;
    this.away = false;
    const me = view.participants.find((p) => p.id === view.me);
    if (view.state === 'ENDED') {
      this.#finish('ended');
    } else if (me?.state === 'REMOVED') {
      this.#finish('removed');
    } else if (me?.state === 'LEFT') {
      this.#finish('left');
    } else {
      this.#turn(this.#named ? 'in' : 'name');
    }
  }

  /**
   * @param {SessionView | undefined} before
   * @param {SessionView} after
   */
  #transferred(before, after) {
    const waited = before?.state === 'TRANSFERRING';
    if (after.state !== 'TRANSFERRING') {
      this.stopped = [];
      const by = after.participants.find((p) => p.id === after.controller);
      this.came = waited && by && document.visibilityState === 'hidden' ? by.name : this.came;
    } else if (before && !waited) {
      this.stopped = before.activities.map((a) => a.name).filter((name) => name !== 'chat');
    }
  }

  /** The customer has looked at the page. */
  seen() {
    if (this.came) {
      this.came = '';
      this.#changed();
    }
  }

  /** @param {ProblemError} problem */
  #gone(problem) {
    this.#unsubscribe = undefined;
    if (this.step === 'over') {
      return;
    }
    this.#finish(reasonOf(problem));
  }

  /** @param {Reason} reason */
  #finish(reason) {
    this.reason = reason;
    api.token = '';
    rememberSeat(undefined);
    this.#turn('over');
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  /** @param {Step} step */
  #turn(step) {
    this.step = step;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/**
 * Why a seat is not ours any more.
 *
 * @param {unknown} error
 * @returns {Reason}
 */
function reasonOf(error) {
  const code = error instanceof ProblemError ? error.code : '';
  return code === 'session-ended' ? 'ended' : code === 'seat-taken-over' ? 'taken' : 'expired';
}

/**
 * @param {unknown} error
 * @returns {ProblemError}
 */
function asProblem(error) {
  return error instanceof ProblemError ? error : new ProblemError({ status: 500, code: 'internal', detail: String(error) });
}
