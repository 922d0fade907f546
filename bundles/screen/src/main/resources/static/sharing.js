// The way of a share from the click to its end, whoever shares: a customer or the controller. Knows no DOM and no kit.

/** What survives a reload of this page, and only of this page. */
const NOTE = 'tandem.screen.sharing';

/**
 * insecure, phone, unsupported: cannot be done here; ask: could be; choosing: the browser asks what to show; starting; on.
 * @typedef {'checking' | 'insecure' | 'phone' | 'unsupported' | 'ask' | 'choosing' | 'starting' | 'on'} ShareView
 */
/**
 * What happened last. not-chosen, not-had: there was no picture; stopped: by somebody else; reloaded: by a reload of the page;
 * taken: somebody else shares; not-assisted, not-controller: it is not this person's turn; failed: see `problem`.
 * @typedef {'' | 'not-chosen' | 'not-had' | 'stopped' | 'stopped-by-you' | 'reloaded' | 'taken' | 'not-assisted' | 'not-controller' | 'failed'} ShareNotice
 */
/**
 * What it needs of the browser and the server; tests bring their own.
 *
 * @typedef {object} ShareWorld
 * @property {() => Promise<'yes' | 'insecure' | 'phone' | 'no'>} can
 * @property {() => Promise<MediaStream>} choose asks what to show; only within a click
 * @property {(session: string) => Promise<any>} start
 * @property {(session: string) => Promise<any>} stop
 * @property {(session: string, track: MediaStreamTrack, hooks: {ended: (why: string) => void, changed: () => void}) => any} send
 * @property {() => string} page
 * @property {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} memory
 * @property {() => number} now
 */

/** @type {Record<string, ShareNotice>} */
const REFUSALS = { 'activity-running': 'taken', 'not-assisted': 'not-assisted', 'not-controller': 'not-controller' };

/** Event `change` after every change. */
export class Sharing extends EventTarget {
  #world;
  /** @type {any} */
  #session;
  /** @type {any} */
  #sender = null;
  #checked = false;
  #gone = false;

  /** @type {ShareView} */
  view = 'checking';
  /** @type {ShareNotice} */
  notice = '';
  /** @type {unknown} what was wrong, after `failed` */
  problem;
  /** Pages of people that watch and can be seen by them. */
  viewers = 0;
  online = false;
  startedAt = 0;
  /** What is shared. @type {MediaStreamTrack | null} */
  track = null;

  /** @param {ShareWorld} world */
  constructor(world) {
    super();
    this.#world = world;
  }

  /** @returns {any} what is shared in the session, by whomever */
  get running() {
    return this.#session?.activities?.find((a) => a.name === 'screen');
  }

  /** Whether the session says that this person shares, from whatever page. */
  get mine() {
    return this.running !== undefined && this.running.by === this.#session.me;
  }

  /** Whether it is shared from this page. */
  get on() {
    return this.#sender !== null;
  }

  /** @param {any} session as it is now */
  follow(session) {
    const before = this.#session;
    this.#session = session;
    if (this.#sender && before?.activities?.some((a) => a.name === 'screen' && a.by === before.me) && !this.mine) {
      // The session may have ended what we do.
      this.#finish('stopped');
    }
    if (session && !this.#checked) {
      this.#checked = true;
      this.#check();
    }
  }

  async #check() {
    const answer = await this.#world.can();
    if (this.view === 'checking') {
      this.view = answer === 'yes' ? 'ask' : answer === 'no' ? 'unsupported' : answer;
    }
    // After a reload the browser's permission is gone, whatever the session still says.
    if (this.#world.memory.getItem(NOTE) === this.#note) {
      this.#world.memory.removeItem(NOTE);
      this.notice = 'reloaded';
      if (this.mine && !this.#sender) {
        this.tellStopped();
      }
    }
    this.#changed();
  }

  get #note() {
    return `${this.#session?.id} ${this.#world.page()}`;
  }

  /**
   * Asks what to show and shows it. To be called by a click, else the browser refuses.
   *
   * @param {boolean} [instead] whether to end first what somebody else shares
   */
  async share(instead = false) {
    if (this.view === 'choosing' || this.view === 'starting' || this.on) {
      return;
    }
    this.notice = '';
    this.#turn('choosing');
    let track;
    try {
      track = (await this.#world.choose()).getVideoTracks()[0];
    } catch (error) {
      console.info('tandem: no screen', error);
      const { name } = /** @type {DOMException} */ (error);
      this.notice = name === 'NotAllowedError' || name === 'AbortError' ? 'not-chosen' : 'not-had';
      this.#turn('ask');
      return;
    }
    if (this.#gone || this.#session?.state === 'ENDED') {
      track.stop();
      this.#turn('ask');
      return;
    }
    await this.#start(track, instead);
  }

  /**
   * @param {MediaStreamTrack} track
   * @param {boolean} instead
   */
  async #start(track, instead) {
    this.#turn('starting');
    const session = this.#session.id;
    try {
      if (instead) {
        await this.#world.stop(session);
      }
      await this.#world.start(session);
    } catch (error) {
      track.stop();
      this.problem = error;
      this.notice = REFUSALS[/** @type {any} */ (error).code] ?? 'failed';
      this.#turn('ask');
      return;
    }
    if (this.#gone || track.readyState === 'ended') {
      track.stop();
      this.tellStopped();
      this.#turn('ask');
      return;
    }
    this.#world.memory.setItem(NOTE, this.#note);
    this.startedAt = this.#world.now();
    this.track = track;
    this.#sender = this.#world.send(session, track, {
      ended: (why) => this.#ended(why),
      changed: () => {
        this.viewers = this.#sender?.looking ?? 0;
        this.online = this.#sender?.online ?? false;
        this.#changed();
      },
    });
    this.#turn('on');
  }

  /** @param {string} why */
  #ended(why) {
    if (why === 'track' || why === 'encoder') {
      this.tellStopped();
      this.#finish(why === 'track' ? 'stopped-by-you' : 'not-had');
    } else {
      this.#finish('stopped');
    }
  }

  stop() {
    this.tellStopped();
    this.#finish('stopped-by-you');
  }

  /** The place where it was shown has gone for good. */
  drop() {
    this.#gone = true;
    if (this.on) {
      this.tellStopped();
      this.#finish('');
    }
  }

  /** Forgets what happened last. */
  forgive() {
    this.notice = '';
    this.#changed();
  }

  /** Also for a share from another page. */
  async tellStopped() {
    try {
      await this.#world.stop(this.#session.id);
    } catch (error) {
      // Nothing is sent any more; the relay finds that out by itself.
      console.info('tandem: could not tell that sharing has stopped', error);
    }
  }

  /**
   * Takes the screen back, at once and whatever the server says.
   *
   * @param {ShareNotice} notice
   */
  #finish(notice) {
    const sender = this.#sender;
    this.#sender = null;
    this.track = null;
    sender?.stop();
    this.#world.memory.removeItem(NOTE);
    this.viewers = 0;
    this.online = false;
    this.notice = notice;
    this.#turn(this.view === 'on' ? 'ask' : this.view);
  }

  /** @param {ShareView} view */
  #turn(view) {
    this.view = view;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
