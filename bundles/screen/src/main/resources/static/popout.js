// The picture in a window of its own: how tab and window find each other, lose each other and agree on who shows it.
//
// Both talk on a BroadcastChannel of the session, so either may be loaded again. Each holds a Web Lock for as long as it lives
// and waits for the other's: that tells that the other has gone even when it had no time to say so.
//
// Of the session's pages the window counts as a part of its tab: it takes over the tab's page id. A session whose tab is
// closed ends although the window is still open.

/**
 * What the two need of the browser; tests bring their own.
 *
 * @typedef {object} World
 * @property {(name: string) => {post: (message: object) => void, close: () => void, heard: (message: any) => void}} channel
 *     `heard` is set by us
 * @property {(name: string, how: 'shared' | 'exclusive', signal?: AbortSignal) => Promise<() => void>} lock resolved when we
 *     have it, with what gives it back; never, where the browser has no locks
 * @property {(run: () => void, ms: number) => any} later
 * @property {(handle: any) => void} cancel
 */
/** @typedef {import('./watching.js').Facts} Facts */

/** A window that is loaded again is away for a moment; so long the tab waits before it shows the picture itself. */
const RELOAD = 1_500;
/** A tab takes longer: it signs in, finds the session, loads its panels. */
const TAB_AWAY = 12_000;
/** A window that was opened says within so long that it is there. */
const OPENING = 15_000;

const channelName = (session) => `tandem.screen.${session}`;
const tabLock = (session) => `tandem.screen.tab.${session}`;
const windowLock = (session) => `tandem.screen.window.${session}`;

/**
 * home: the tab shows the picture; opening: still, a window is on its way; out: the window does; blocked: the browser did not
 * allow the window.
 * @typedef {'home' | 'opening' | 'out' | 'blocked'} PopoutState
 */

/** The tab's end. Event `change`. */
export class Popout extends EventTarget {
  #page;
  #world;
  #channel;
  /** @type {{closed: boolean, close: () => void, focus: () => void} | null} */
  #window = null;
  /** @type {any} */
  #timer;
  #waiting = new AbortController();
  #watched = false;
  /** @type {Promise<() => void>} */
  #hold;

  /** @type {PopoutState} */
  state = 'home';
  /** What the window says of its picture. @type {Facts | null} */
  facts = null;

  /**
   * @param {string} session
   * @param {string} page the tab's page id
   * @param {World} world
   */
  constructor(session, page, world) {
    super();
    this.session = session;
    this.#page = page;
    this.#world = world;
    this.#channel = world.channel(channelName(session));
    this.#channel.heard = (message) => this.#heard(message);
    this.#hold = world.lock(tabLock(session), 'shared');
    this.#tell();
    this.#channel.post({ op: 'who' });
  }

  /** The tab has no more to do with this session. */
  close() {
    this.#world.cancel(this.#timer);
    this.#waiting.abort();
    this.#channel.close();
    this.#hold.then((release) => release());
  }

  /**
   * Opens the window. To be called by a click, else the browser refuses.
   *
   * @param {() => ({closed: boolean, close: () => void, focus: () => void} | null)} open
   */
  out(open) {
    if (this.state === 'out') {
      this.focus();
      return;
    }
    this.#window = open();
    if (!this.#window) {
      this.#turn('blocked');
      return;
    }
    this.#turn('opening');
    this.#after(OPENING, () => this.#home());
  }

  focus() {
    this.#window?.focus();
  }

  /** Whether the window can be brought to the front from here; not after the tab was loaded again. */
  get reachable() {
    return this.#window !== null && !this.#window.closed;
  }

  /** Brings the picture back. */
  back() {
    this.#channel.post({ op: 'close' });
    this.#window?.close();
    this.#home();
  }

  /** Says no more that the window is blocked. */
  forgive() {
    if (this.state === 'blocked') {
      this.#turn('home');
    }
  }

  #heard(message) {
    if (message.op === 'here') {
      this.#tell();
      this.#world.cancel(this.#timer);
      this.facts = message.facts ?? null;
      this.#turn('out');
      this.#watch();
    } else if (message.op === 'home') {
      this.#home();
    } else if (message.op === 'bye' && this.state === 'out') {
      this.#gone();
    }
  }

  #tell() {
    this.#channel.post({ op: 'tab', page: this.#page });
  }

  /** Waits for the window's end, however it comes. */
  async #watch() {
    if (this.#watched) {
      return;
    }
    this.#watched = true;
    try {
      (await this.#world.lock(windowLock(this.session), 'exclusive', this.#waiting.signal))();
      if (this.state === 'out') {
        this.#gone();
      }
    } catch {
      // We do not wait any more.
    }
    this.#watched = false;
  }

  /** The window is closed, or is loaded again: then it says at once that it is there. */
  #gone() {
    this.#channel.post({ op: 'who' });
    this.#after(this.#window?.closed ? 0 : RELOAD, () => this.#home());
  }

  #home() {
    this.#world.cancel(this.#timer);
    this.#waiting.abort();
    this.#waiting = new AbortController();
    this.#window = null;
    this.facts = null;
    this.#turn('home');
  }

  #after(ms, run) {
    this.#world.cancel(this.#timer);
    this.#timer = this.#world.later(run, ms);
  }

  /** @param {PopoutState} state */
  #turn(state) {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

/**
 * seeking: asks for its tab; tied: has one; alone: nobody has answered; over: to be closed.
 * @typedef {'seeking' | 'tied' | 'alone' | 'over'} TetherState
 */

/** The window's end. Event `change`. */
export class Tether extends EventTarget {
  #session;
  #world;
  #channel;
  #since;
  /** @type {any} */
  #timer;
  #watched = false;
  /** @type {Facts | null} */
  #facts = null;

  /** @type {TetherState} */
  state = 'seeking';
  /** The tab's page id, once it is known. */
  page = '';

  /**
   * @param {string} session
   * @param {number} since when this window came to be; the newest of several has the picture
   * @param {World} world
   */
  constructor(session, since, world) {
    super();
    this.#session = session;
    this.#since = since;
    this.#world = world;
    this.#channel = world.channel(channelName(session));
    this.#channel.heard = (message) => this.#heard(message);
    world.lock(windowLock(session), 'exclusive');
    this.#seek();
  }

  /** @param {Facts | null} facts what is known of the picture */
  tell(facts) {
    if (JSON.stringify(facts) !== JSON.stringify(this.#facts)) {
      this.#facts = facts;
      this.#say();
    }
  }

  /** The picture goes back into the tab, for good. */
  back() {
    this.#channel.post({ op: 'home' });
    this.#end();
  }

  /** The page goes, perhaps to be loaded again. */
  leaving() {
    if (this.state !== 'over') {
      this.#channel.post({ op: 'bye' });
    }
  }

  #say() {
    if (this.state !== 'over') {
      this.#channel.post({ op: 'here', since: this.#since, facts: this.#facts });
    }
  }

  #seek() {
    this.#world.cancel(this.#timer);
    this.#timer = this.#world.later(() => this.#turn('alone'), TAB_AWAY);
    this.#turn('seeking');
    this.#say();
  }

  #heard(message) {
    if (this.state === 'over') {
      return;
    }
    if (message.op === 'tab') {
      this.#world.cancel(this.#timer);
      const news = this.state !== 'tied';
      this.page ||= message.page;
      if (news) {
        this.#turn('tied');
        this.#say();
      }
      this.#watch();
    } else if (message.op === 'close') {
      this.#end();
    } else if (message.op === 'who') {
      this.#say();
    } else if (message.op === 'here' && message.since > this.#since) {
      // A second window: the newer one has it.
      this.#end();
    }
  }

  /** Waits for the end of the last tab. */
  async #watch() {
    if (this.#watched) {
      return;
    }
    this.#watched = true;
    (await this.#world.lock(tabLock(this.#session), 'exclusive'))();
    this.#watched = false;
    if (this.state === 'tied') {
      this.#seek();
    }
  }

  #end() {
    this.#world.cancel(this.#timer);
    this.#turn('over');
    this.#channel.close();
  }

  /** @param {TetherState} state */
  #turn(state) {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

/**
 * A share is granted for one customer and one epoch. When either is another one the share has ended by that, and its window
 * closes, which must not wait for the next share of somebody else.
 *
 * @param {string} granted the grant under which something was shared, as this function has answered before
 * @param {any} session as it is now
 * @param {() => void} close
 * @returns {string} the grant to remember
 */
export function closesWindow(granted, session, close) {
  const now = session ? `${session.id} ${session.epoch} ${session.assisted ?? ''}` : '';
  if (granted && now && granted !== now && granted.startsWith(`${session.id} `)) {
    close();
  }
  return session?.activities?.some((/** @type {any} */ a) => a.name === 'screen') ? now : granted === now ? granted : '';
}

/**
 * Where the window goes: over the picture at 1:1 if that fits, on the other monitor if the browser lets us see it.
 *
 * @param {{width: number, height: number}} picture CSS pixels at 1:1
 * @param {number} bar height of what stands above the picture
 * @param {{availLeft: number, availTop: number, availWidth: number, availHeight: number}} monitor
 * @returns {string} as window.open takes it
 */
export function features(picture, bar, monitor) {
  const width = Math.round(Math.max(480, Math.min(picture.width, monitor.availWidth)));
  const height = Math.round(Math.max(320, Math.min(picture.height + bar, monitor.availHeight - 40)));
  const left = Math.round(monitor.availLeft + (monitor.availWidth - width) / 2);
  const top = Math.round(monitor.availTop + Math.max(0, (monitor.availHeight - 40 - height) / 2));
  return `popup,width=${width},height=${height},left=${left},top=${top}`;
}
