/** Sockets for what never enters the journal: frames, input, signalling. */

import { api, ProblemError, serverReady } from './api.js';
import { socketUrl } from './live.js';
import { Retries } from './retries.js';

/**
 * How the socket is doing. `retry` tells whether it will be tried again by itself; `failures`, how many attempts in a row were
 * in vain since it was last open: with none yet there is nothing to tell the user.
 *
 * @typedef {object} MediaStatus
 * @property {'connecting' | 'open' | 'closed'} state
 * @property {number} [code] why the socket was closed
 * @property {ProblemError} [problem] why there was no ticket
 * @property {boolean} [retry]
 * @property {number} [failures]
 */
/**
 * @typedef {object} MediaOptions
 * @property {string} session
 * @property {string} channel
 * @property {string} role
 * @property {(data: ArrayBuffer) => void} [binary]
 * @property {(message: any) => void} [text] a parsed JSON message
 * @property {(status: MediaStatus) => void} [status]
 * @property {number} [silence] milliseconds after which the line is given up if the server has said nothing: for channels
 *   that speak at least every second. A node that is suspended does not even say good-bye
 */
/** @typedef {{send(data: ArrayBuffer | ArrayBufferView | object): boolean, readonly buffered: number, close(): void}} Media */

/**
 * What a socket needs of the world; tests bring their own.
 *
 * @typedef {object} MediaWorld
 * @property {(wanted: object, within: number) => Promise<{ticket: string, url: string}>} ticket
 * @property {() => Promise<boolean>} ready whether a refusal is to be believed
 * @property {(url: string) => WebSocket} open
 * @property {(run: () => void, ms: number) => any} later
 * @property {(handle: any) => void} cancel
 * @property {() => number} now milliseconds that only ascend
 * @property {() => number} random between 0 and 1
 * @property {Pick<EventTarget, 'addEventListener' | 'removeEventListener'>} network tells `online`
 */

const FINAL = new Set([4403, 4410]);
const OPEN = 1;
/** Lost without a word. */
const ABNORMAL = 1006;
const LOOK_EVERY = 1000;

/**
 * Opens a media socket and keeps it open, on whichever node relays the session, until it is closed, refused (4403) or its
 * slice is gone (4410).
 *
 * @param {MediaOptions} options
 * @param {MediaWorld} [world]
 * @returns {Media}
 */
export function openMedia(options, world = browser) {
  const line = new Line(options, world);
  return {
    send: (data) => line.send(data),
    get buffered() {
      return line.buffered;
    },
    close: () => line.close(),
  };
}

class Line {
  #options;
  #world;
  #retries;
  /** @type {WebSocket | undefined} */
  #socket;
  #closed = false;
  /** Which attempt is under way; a ticket that comes for an earlier one is not used. */
  #attempt = 0;
  /** @type {any} until the next attempt */
  #pause;
  /** @type {any} until the socket must be open, then until the next look whether it speaks */
  #watch;
  #heardAt = 0;
  #wake = () => this.#now();

  /**
   * @param {MediaOptions} options
   * @param {MediaWorld} world
   */
  constructor(options, world) {
    this.#options = options;
    this.#world = world;
    this.#retries = new Retries(() => world.now(), () => world.random());
    world.network.addEventListener('online', this.#wake);
    this.#connect();
  }

  get buffered() {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** @param {ArrayBuffer | ArrayBufferView | object} data */
  send(data) {
    if (this.#socket?.readyState !== OPEN) {
      return false;
    }
    const binary = data instanceof ArrayBuffer || ArrayBuffer.isView(data);
    this.#socket.send(binary ? /** @type {ArrayBuffer} */ (data) : JSON.stringify(data));
    return true;
  }

  close() {
    this.#closed = true;
    this.#world.cancel(this.#pause);
    this.#world.network.removeEventListener('online', this.#wake);
    this.#drop(1000);
  }

  /** @param {number} [code] */
  #drop(code) {
    this.#world.cancel(this.#watch);
    const last = this.#socket;
    this.#socket = undefined;
    last?.close(code);
  }

  /** The network is back: an attempt that waits need not wait. */
  #now() {
    if (this.#pause !== undefined) {
      this.#world.cancel(this.#pause);
      this.#connect();
    }
  }

  async #connect() {
    this.#pause = undefined;
    const attempt = ++this.#attempt;
    const { session, channel, role } = this.#options;
    this.#options.status?.({ state: 'connecting' });
    let ticket;
    try {
      ticket = await this.#world.ticket({ for: 'media', session, channel }, this.#retries.patience());
    } catch (error) {
      const problem = error instanceof ProblemError ? error : undefined;
      const believed = problem?.final === true && (await this.#world.ready());
      if (attempt === this.#attempt) {
        this.#lost({ problem, retry: !believed }, problem?.retryAfter);
      }
      return;
    }
    if (this.#closed || attempt !== this.#attempt) {
      return;
    }
    const socket = this.#world.open(ticket.url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#watch = this.#world.later(() => this.#silent(socket), this.#retries.patience());
    socket.onopen = () => {
      socket.send(JSON.stringify({ op: 'hello', ticket: ticket.ticket, role }));
      this.#world.cancel(this.#watch);
      this.#heardAt = this.#world.now();
      if (this.#options.silence) {
        this.#look(socket, this.#options.silence, 0);
      }
      this.#options.status?.({ state: 'open' });
    };
    socket.onmessage = (event) => {
      if (socket !== this.#socket) {
        return;
      }
      this.#retries.found();
      this.#heardAt = this.#world.now();
      if (typeof event.data === 'string') {
        this.#options.text?.(JSON.parse(event.data));
      } else {
        this.#options.binary?.(event.data);
      }
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) {
        this.#drop();
        this.#lost({ code: event.code, retry: !FINAL.has(event.code) });
      }
    };
  }

  /**
   * Looks once a second. Only the second look in a row that finds it silent counts: after a busy moment of the page itself,
   * what has come meanwhile is read between the two.
   *
   * @param {WebSocket} socket
   * @param {number} silence
   * @param {number} before looks in a row that found it silent
   */
  #look(socket, silence, before) {
    this.#watch = this.#world.later(() => {
      const quiet = this.#world.now() - this.#heardAt > silence ? before + 1 : 0;
      if (quiet > 1) {
        this.#silent(socket);
      } else {
        this.#look(socket, silence, quiet);
      }
    }, LOOK_EVERY);
  }

  /** @param {WebSocket} socket */
  #silent(socket) {
    if (socket === this.#socket) {
      this.#drop();
      this.#lost({ code: ABNORMAL, retry: true });
    }
  }

  /**
   * @param {{code?: number, problem?: ProblemError, retry: boolean}} how
   * @param {number} [seconds] what the server asks to wait
   */
  #lost(how, seconds) {
    if (this.#closed) {
      return;
    }
    if (how.retry) {
      const wait = Math.max(this.#retries.next(how.code), (seconds ?? 0) * 1000);
      this.#pause = this.#world.later(() => this.#connect(), wait);
    } else {
      this.#closed = true;
      this.#world.network.removeEventListener('online', this.#wake);
    }
    this.#options.status?.({ state: 'closed', ...how, failures: this.#retries.failures });
  }
}

/** @type {MediaWorld} */
const browser = {
  ticket: (wanted, within) => api.post('/tickets', wanted, { retry: false, within }),
  ready: serverReady,
  open: (url) => new WebSocket(socketUrl(url)),
  later: (run, ms) => setTimeout(run, ms),
  cancel: (handle) => clearTimeout(handle),
  now: () => performance.now(),
  random: Math.random,
  network: window,
};
