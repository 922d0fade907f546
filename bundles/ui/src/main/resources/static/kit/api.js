/** REST calls below `/api`. */

import { uuid } from './ids.js';

/** What a refused or failed call throws. */
export class ProblemError extends Error {
  /**
   * @param {{status: number, code: string, detail: string, field?: string, retryAfterSeconds?: number, more?: Record<string, any>}} problem
   */
  constructor(problem) {
    super(problem.detail || problem.code);
    this.name = 'ProblemError';
    /** HTTP status; 0 if the server was not reached. */
    this.status = problem.status;
    /** Permanent word: `pin-refused`; `offline` if the server was not reached. */
    this.code = problem.code;
    /** One English sentence. */
    this.detail = problem.detail;
    /** @type {string | undefined} the field of the request that was wrong */
    this.field = problem.field;
    /** @type {number | undefined} seconds */
    this.retryAfter = problem.retryAfterSeconds;
    /** @type {Record<string, any>} whatever else the answer says, such as the session that stands in the way */
    this.more = problem.more ?? {};
  }

  /**
   * Whether asking again would change nothing. A bare 404 is no answer of ours: a node that has just begun to start does not
   * know the path yet, while the others are well and say so.
   */
  get final() {
    return this.status >= 400 && this.status < 500 && this.status !== 429 && this.code !== 'http-404';
  }
}

/**
 * @typedef {object} CallOptions
 * @property {string} [key] idempotency key of the command; made up if missing
 * @property {boolean} [keepalive] the last word of a page that goes: not repeated
 * @property {boolean} [retry] false: the caller repeats it in its own way
 * @property {number} [within] milliseconds for one attempt
 * @property {AbortSignal} [signal]
 */

/**
 * What the calls need of the world; tests bring their own.
 *
 * @typedef {object} World
 * @property {(url: string, init: RequestInit) => Promise<Response>} fetch
 * @property {(ms: number) => Promise<void>} pause
 * @property {() => string} uuid
 * @property {() => number} now milliseconds that only ascend
 * @property {() => number} random between 0 and 1
 */

/** A node that has died is replaced by another within ten seconds: so long it is tried again, and a little longer. */
const PAUSES = [300, 600, 1000];
const GIVE_UP_AFTER = 15_000;
const LONGEST_PAUSE = 10_000;
const TIME_LIMIT = 20_000;
/** Not reached, or the proxy has not reached it, or it is busy, about to stop or without its database. */
const PASSING = new Set([0, 502, 503, 504]);

/**
 * Calls to the server. Unsafe ones carry an idempotency key, so they may be repeated when no answer came: whichever node gets
 * the repeat gives the first answer.
 */
export class Api {
  #world;
  /** @type {string} a customer's token; agents have a cookie */
  token = '';
  /** @type {number} milliseconds that the server's clock is ahead of ours; a second is as good as it gets */
  #ahead = 0;

  /** @param {World} world */
  constructor(world) {
    this.#world = world;
  }

  /** @returns {number} what the server's clock says now, to count down to an instant that it named */
  now() {
    return Date.now() + this.#ahead;
  }

  /** @param {Response} answer */
  #compareClocks(answer) {
    const theirs = Date.parse(answer.headers.get('Date') ?? '');
    // Within two seconds the header's own coarseness is the larger error.
    if (!Number.isNaN(theirs)) {
      const ahead = theirs + 500 - Date.now();
      this.#ahead = Math.abs(ahead) > 2000 ? ahead : 0;
    }
  }

  /**
   * @param {string} path below `/api`
   * @param {CallOptions} [options]
   * @returns {Promise<any>} the parsed answer, or null
   */
  get(path, options) {
    return this.#call('GET', path, undefined, options);
  }

  /**
   * @param {string} path below `/api`
   * @param {unknown} [body]
   * @param {CallOptions} [options]
   * @returns {Promise<any>}
   */
  post(path, body, options) {
    return this.#call('POST', path, body, options);
  }

  /**
   * @param {string} path below `/api`
   * @param {unknown} [body]
   * @param {CallOptions} [options]
   * @returns {Promise<any>}
   */
  put(path, body, options) {
    return this.#call('PUT', path, body, options);
  }

  /**
   * @param {string} path below `/api`
   * @param {CallOptions} [options]
   * @returns {Promise<any>}
   */
  delete(path, options) {
    return this.#call('DELETE', path, undefined, options);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} body
   * @param {CallOptions} [options]
   */
  async #call(method, path, body, options = {}) {
    /** @type {Record<string, string>} */
    const headers = { Accept: 'application/json, application/problem+json' };
    const speaks = globalThis.document?.documentElement?.lang;
    if (speaks) {
      headers['Accept-Language'] = speaks;
    }
    if (this.token) {
      headers.Authorization = `Bearer ${this.token}`;
    }
    if (method !== 'GET') {
      headers['Idempotency-Key'] = options.key ?? this.#world.uuid();
    }
    /** @type {RequestInit} */
    const init = { method, headers, credentials: 'same-origin', keepalive: options.keepalive ?? false };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
      init.body = JSON.stringify(body);
    }
    const url = `/api${path}`;
    const since = this.#world.now();
    for (let attempt = 0; ; attempt++) {
      /** @type {ProblemError} */
      let problem;
      try {
        const limit = AbortSignal.timeout(options.within ?? TIME_LIMIT);
        init.signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
        const answer = await this.#world.fetch(url, init);
        this.#compareClocks(answer);
        if (answer.ok) {
          return await read(answer);
        }
        problem = await problemOf(answer);
      } catch (error) {
        if (options.signal?.aborted) {
          throw error;
        }
        problem = new ProblemError({ status: 0, code: 'offline', detail: 'The server cannot be reached.' });
      }
      const late = attempt > 0 && this.#world.now() - since >= GIVE_UP_AFTER;
      if (options.keepalive || options.retry === false || late || !PASSING.has(problem.status)) {
        throw problem;
      }
      const step = PAUSES[Math.min(attempt, PAUSES.length - 1)] * (0.75 + 0.25 * this.#world.random());
      const wished = (problem.retryAfter ?? 0) * 1000;
      await this.#world.pause(Math.min(Math.max(step, wished), LONGEST_PAUSE));
      if (options.signal?.aborted) {
        throw problem;
      }
    }
  }
}

/** @param {Response} answer */
async function read(answer) {
  const text = answer.status === 204 ? '' : await answer.text();
  return text ? JSON.parse(text) : null;
}

/** @param {Response} answer */
async function problemOf(answer) {
  const after = Number(answer.headers.get('Retry-After'));
  /** @type {Record<string, any>} */
  let body = {};
  try {
    body = JSON.parse(await answer.text());
  } catch {
    // A proxy's page: the status must do.
  }
  return new ProblemError({
    status: answer.status,
    code: typeof body.code === 'string' ? body.code : `http-${answer.status}`,
    detail: typeof body.detail === 'string' ? body.detail : `${answer.status} ${answer.statusText}`.trim(),
    field: typeof body.field === 'string' ? body.field : undefined,
    retryAfterSeconds:
      typeof body.retryAfterSeconds === 'number' ? body.retryAfterSeconds : after > 0 ? after : undefined,
    more: body,
  });
}

/**
 * A server that is starting may not know tokens and paths yet: only when it says that it is ready, a refusal is to be believed.
 *
 * @returns {Promise<boolean>}
 */
export async function serverReady() {
  try {
    return (await fetch('/health', { signal: AbortSignal.timeout(TIME_LIMIT) })).ok;
  } catch {
    return false;
  }
}

/** The page's calls. */
export const api = new Api({
  fetch: (url, init) => fetch(url, init),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  uuid,
  now: () => performance.now(),
  random: Math.random,
});
