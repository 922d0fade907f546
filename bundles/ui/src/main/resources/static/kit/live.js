/** The page's one live channel: it reconnects by itself and goes on after the last number it has seen. */

import { api, ProblemError, serverReady } from './api.js';
import { settledPageId } from './ids.js';
import { Retries } from './retries.js';

/**
 * `whole`: this is all there is now, whatever came before. Its number may be lower: nodes count for themselves what is not
 * stored.
 *
 * @typedef {{topic: string, number: number, type: string, body: any, whole?: boolean}} LiveMessage
 */
/**
 * @typedef {object} Listener
 * @property {number} [after] number of the last message that the caller has; 0 for none
 * @property {(message: LiveMessage) => void} [message]
 * @property {(state: 'live' | 'away') => void} [state] away: the topic's slice is not installed just now
 * @property {(problem: ProblemError) => void} [gone] the caller may not read the topic, or not any more
 */
/** @typedef {'connecting' | 'connected' | 'offline'} LiveStatus */

/**
 * What the channel needs of the world; tests bring their own.
 *
 * @typedef {object} LiveWorld
 * @property {(within: number) => Promise<{ticket: string, url: string}>} ticket within so many milliseconds
 * @property {() => Promise<string>} page
 * @property {() => Promise<boolean>} ready whether a refusal is to be believed
 * @property {(url: string) => WebSocket} open
 * @property {(run: () => void, ms: number) => any} later
 * @property {(handle: any) => void} cancel
 * @property {() => number} now milliseconds that only ascend
 * @property {() => number} random between 0 and 1
 */

// A node that is suspended says nothing, not even good-bye. Its pages are to be elsewhere within ten seconds, so they ask this
// often; of a thousand pages that is 330 messages of a few bytes a second.
const PING_EVERY = 3000;
const PONG_WITHIN = 3000;
/** On a slow line, say one that is full of a shared screen, answers take their time. */
const LONGEST_PONG = 8000;
const IDLE_CLOSE = 5_000;

/** @typedef {{listener: Listener, last: number}} Subscriber */

export class LiveClient extends EventTarget {
  #world;
  /** @type {Map<string, {subscribers: Set<Subscriber>, away: boolean}>} */
  #topics = new Map();
  /** @type {WebSocket | undefined} */
  #socket;
  #welcome = false;
  #running = false;
  #retries;
  /** How long the server took to answer of late, milliseconds. */
  #trip = 0;
  /** Which connection is being made; a ticket that comes for an earlier one is not used. */
  #attempt = 0;
  /** @type {any} */
  #timer;
  /** @type {any} */
  #ping;
  /** @type {any} */
  #pong;
  /** @type {number | undefined} when we asked for a sign of life that has not come yet */
  #asked;
  /** @type {any} */
  #idle;
  /** @type {LiveStatus} */
  #status = 'connecting';

  /** @param {LiveWorld} world */
  constructor(world) {
    super();
    this.#world = world;
    this.#retries = new Retries(() => world.now(), () => world.random());
  }

  /** @returns {LiveStatus} event `status` tells changes; offline after the first failed attempt to come back */
  get status() {
    return this.#status;
  }

  /** Whether anything is listened to: a page that asks for nothing has no line to lose. */
  get wanted() {
    return this.#topics.size > 0;
  }

  /**
   * @param {string} topic
   * @param {Listener} listener
   * @returns {() => void} ends the subscription
   */
  subscribe(topic, listener) {
    /** @type {Subscriber} */
    const subscriber = { listener, last: listener.after ?? 0 };
    let entry = this.#topics.get(topic);
    if (!entry) {
      entry = { subscribers: new Set(), away: false };
      this.#topics.set(topic, entry);
    }
    entry.subscribers.add(subscriber);
    this.#world.cancel(this.#idle);
    if (this.#welcome) {
      this.#ask(topic);
    } else {
      this.#run();
    }
    return () => {
      const now = this.#topics.get(topic);
      if (!now?.subscribers.delete(subscriber) || now.subscribers.size > 0) {
        return;
      }
      this.#topics.delete(topic);
      this.#say({ op: 'unsubscribe', topic });
      if (this.#topics.size === 0) {
        this.#idle = this.#world.later(() => this.#stop(), IDLE_CLOSE);
      }
    };
  }

  /** Tries at once, as when the network is back or the page is shown again. */
  wake() {
    if (this.#topics.size === 0) {
      return;
    }
    if (this.#welcome) {
      this.#beat();
    } else if (this.#running && this.#timer) {
      this.#world.cancel(this.#timer);
      this.#timer = undefined;
      this.#connect();
    } else {
      this.#run();
    }
  }

  /** This page speaks for somebody else from now on: what it listens to is asked for again, with a new ticket. */
  renew() {
    if (this.#running) {
      this.#stop();
    }
    if (this.#topics.size > 0) {
      this.#run();
    }
  }

  #run() {
    if (!this.#running) {
      this.#running = true;
      this.#retries.begin();
      this.#turn('connecting');
      this.#connect();
    }
  }

  #stop() {
    this.#running = false;
    this.#welcome = false;
    this.#world.cancel(this.#timer);
    this.#timer = undefined;
    this.#quiet();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
  }

  async #connect() {
    this.#timer = undefined;
    const attempt = ++this.#attempt;
    let ticket;
    let page;
    try {
      [ticket, page] = await Promise.all([this.#world.ticket(this.#retries.patience()), this.#world.page()]);
    } catch (error) {
      if (attempt !== this.#attempt) {
        return;
      }
      const problem = error instanceof ProblemError ? error : undefined;
      // There is nothing that a ticket for the page's own line could miss: who says 404 is only starting.
      const refusal = problem?.final && problem.status !== 404;
      if (refusal && (await this.#world.ready())) {
        this.#refused(problem);
      } else {
        this.#again(0, problem?.retryAfter);
      }
      return;
    }
    if (!this.#running || attempt !== this.#attempt) {
      return;
    }
    const socket = this.#world.open(ticket.url);
    this.#socket = socket;
    const patience = this.#world.later(
      () => socket === this.#socket && !this.#welcome && this.#lost(socket, 0),
      this.#retries.patience(),
    );
    socket.onopen = () => socket.send(JSON.stringify({ op: 'hello', ticket: ticket.ticket, page }));
    socket.onmessage = (event) => {
      if (socket === this.#socket && typeof event.data === 'string') {
        this.#heard();
        this.#receive(JSON.parse(event.data));
      }
    };
    socket.onclose = (event) => {
      this.#world.cancel(patience);
      this.#lost(socket, event.code);
    };
  }

  /** @param {any} message */
  #receive(message) {
    if (message.op === 'welcome') {
      this.#welcome = true;
      this.#retries.found();
      this.#topics.forEach((_, topic) => {
        // What another node, or this one before it restarted, did not have: whoever answers now says so if it has not either.
        this.#here(topic, true);
        this.#ask(topic);
      });
      this.#beat();
      this.#turn('connected');
    } else if (message.op === 'gone') {
      this.#end(message.topic, new ProblemError({ status: 0, code: 'unknown', detail: '', ...message.problem }));
    } else if (message.op === 'away' || message.op === 'back') {
      this.#here(message.topic, message.op === 'back');
    } else if (typeof message.topic === 'string') {
      this.#deliver(message);
    }
  }

  /**
   * @param {string} topic
   * @param {boolean} here whether its slice is there
   */
  #here(topic, here) {
    const entry = this.#topics.get(topic);
    if (entry && entry.away === here) {
      entry.away = !here;
      entry.subscribers.forEach((s) => call(() => s.listener.state?.(here ? 'live' : 'away')));
    }
  }

  /** @param {LiveMessage} message */
  #deliver(message) {
    const entry = this.#topics.get(message.topic);
    if (!entry) {
      return;
    }
    const subscribers = [...entry.subscribers];
    // Who came later made the server repeat what the others have. Numbers may also begin anew, so they alone are no reason.
    const repeated = !message.whole && subscribers.some((s) => s.last !== subscribers[0].last);
    for (const subscriber of subscribers) {
      if (!repeated || message.number > subscriber.last) {
        subscriber.last = message.number;
        call(() => subscriber.listener.message?.(message));
      }
    }
  }

  /** @param {string} topic */
  #ask(topic) {
    const entry = this.#topics.get(topic);
    if (entry) {
      const after = Math.min(...[...entry.subscribers].map((s) => s.last));
      this.#say({ op: 'subscribe', topic, after });
    }
  }

  /** @param {object} message */
  #say(message) {
    if (this.#welcome && this.#socket) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  /**
   * @param {string} topic
   * @param {ProblemError} problem
   */
  #end(topic, problem) {
    const entry = this.#topics.get(topic);
    this.#topics.delete(topic);
    entry?.subscribers.forEach((s) => call(() => s.listener.gone?.(problem)));
  }

  #beat() {
    this.#quiet();
    const tick = () => {
      this.#say({ op: 'ping' });
      const socket = this.#socket;
      this.#asked ??= this.#world.now();
      const patience = Math.min(LONGEST_PONG, Math.max(PONG_WITHIN, 4 * this.#trip));
      this.#pong ??= this.#world.later(() => socket && this.#lost(socket, 0), patience);
      this.#ping = this.#world.later(() => tick(), PING_EVERY);
    };
    tick();
  }

  /** Whatever comes is a sign of life. */
  #heard() {
    if (this.#asked !== undefined) {
      this.#trip = Math.max(this.#world.now() - this.#asked, this.#trip * 0.8);
      this.#asked = undefined;
    }
    this.#world.cancel(this.#pong);
    this.#pong = undefined;
  }

  #quiet() {
    this.#world.cancel(this.#ping);
    this.#world.cancel(this.#pong);
    this.#pong = undefined;
    this.#asked = undefined;
  }

  /**
   * @param {WebSocket} socket
   * @param {number} code
   */
  #lost(socket, code) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = undefined;
    this.#welcome = false;
    this.#quiet();
    socket.onclose = null;
    socket.close();
    if (!this.#running) {
      return;
    }
    if (code === 4403) {
      this.#refused(new ProblemError({ status: 403, code: 'forbidden', detail: 'The live channel was refused.' }));
    } else {
      this.#again(code);
    }
  }

  /**
   * @param {number} code why the socket was closed; 0 if it was not, or never there
   * @param {number} [seconds] what the server asks to wait
   */
  #again(code, seconds) {
    if (!this.#running) {
      return;
    }
    const wait = Math.max(this.#retries.next(code), (seconds ?? 0) * 1000);
    // One failure is a hiccup; it need not be shown unless the next attempt fails as well.
    this.#turn(this.#retries.failures === 0 ? 'connecting' : 'offline');
    this.#timer = this.#world.later(() => this.#connect(), wait);
  }

  /** @param {ProblemError} problem */
  #refused(problem) {
    this.#stop();
    this.#turn('offline');
    [...this.#topics.keys()].forEach((topic) => this.#end(topic, problem));
    this.dispatchEvent(new CustomEvent('refused', { detail: problem }));
  }

  /** @param {LiveStatus} status */
  #turn(status) {
    if (status !== this.#status) {
      this.#status = status;
      this.dispatchEvent(new Event('status'));
    }
  }
}

/**
 * A listener that throws must not stop the others.
 *
 * @param {() => void} run
 */
function call(run) {
  try {
    run();
  } catch (error) {
    console.error(error);
  }
}

/** The page's channel. */
export const live = new LiveClient({
  ticket: (within) => api.post('/tickets', { for: 'live' }, { retry: false, within }),
  page: settledPageId,
  ready: serverReady,
  open: (url) => new WebSocket(socketUrl(url)),
  later: (run, ms) => setTimeout(run, ms),
  cancel: (handle) => clearTimeout(handle),
  now: () => performance.now(),
  random: Math.random,
});

/**
 * @param {string} path
 * @returns {string}
 */
export function socketUrl(path) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

if (typeof window !== 'undefined' && typeof window.addEventListener === 'function') {
  window.addEventListener('online', () => live.wake());
  window.addEventListener('pageshow', (event) => event.persisted && live.wake());
  document.addEventListener?.('visibilitychange', () => document.visibilityState === 'visible' && live.wake());
}
