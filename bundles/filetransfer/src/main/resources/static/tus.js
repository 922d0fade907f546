/**
 * One file's way to the server by tus 1.0: the upload is made once, and goes on from where the server has it, as often as the line
 * breaks. Knows no DOM.
 */

/**
 * @typedef {object} Answer
 * @property {number} status 0 if the server was not reached
 * @property {(name: string) => string | null} header
 * @property {string} text
 */
/**
 * What it needs of the world; tests bring their own.
 *
 * @typedef {object} TusWorld
 * @property {(request: Request) => Promise<Answer>} send rejects only when the signal says so
 * @property {(ms: number, signal: AbortSignal) => Promise<void>} pause ends sooner when the line comes back
 * @property {() => Promise<boolean>} alive whether the service is there, so that what it says of an upload is to be believed
 * @property {() => number} now milliseconds that only ascend
 * @property {() => number} random between 0 and 1
 * @property {() => string} uuid
 */
/**
 * @typedef {object} Request
 * @property {string} method
 * @property {string} url a path of our own origin
 * @property {Record<string, string>} headers
 * @property {any} [body]
 * @property {(bytes: number) => void} [progress] how much of the body has left
 * @property {AbortSignal} signal
 */
/**
 * @typedef {object} Source
 * @property {number} size bytes
 * @property {(from: number, to: number) => any} slice
 */
/** @typedef {{status: number, code: string, detail: string, more: Record<string, any>}} Refusal */
/**
 * @typedef {object} Told
 * @property {() => void} [moved] more bytes have left or been acknowledged
 * @property {(stalled: boolean) => void} [stalled] whether it waits for the line
 * @property {boolean} [yields] whether another page of the same person may go on with it, and is then left alone
 */

const VERSION = '1.0.0';
const KILO = 1024;
const MEGA = KILO * KILO;
/** What fits in one request is sent with the one that makes the upload. */
export const AT_ONCE = 2 * MEGA;
const FIRST_CHUNK = 4 * MEGA;
const SMALLEST_CHUNK = 256 * KILO;
const LARGEST_CHUNK = 64 * MEGA;
/** A chunk is to take about so long, in milliseconds: a slow line loses little when it breaks, a fast one waits seldom. */
const QUICK = 1500;
const SLOW = 8000;
const PAUSES = [500, 1000, 2000, 4000, 8000, 15_000, 30_000];
const LONGEST_PAUSE = 120_000;
/** What is said of an upload with which another page goes on. */
export const ELSEWHERE = 'elsewhere';
/** Busy, being started, without its database, taken over; a wrong checksum; another request has the upload. */
const PASSING = new Set([0, 408, 423, 425, 429, 460, 500, 502, 503, 504]);

/** It will not go, however often it is tried. */
export class Refused extends Error {
  /** @param {Refusal} refusal */
  constructor(refusal) {
    super(refusal.detail || refusal.code);
    this.name = 'Refused';
    this.status = refusal.status;
    this.code = refusal.code;
    this.detail = refusal.detail;
    this.more = refusal.more;
  }
}

/** It may go the next time. */
class Passing extends Error {
  /** @param {number} [after] seconds that the server wishes to be left alone */
  constructor(after = 0) {
    super('not now');
    this.after = after;
  }
}

export class Upload {
  #source;
  #metadata;
  #world;
  #told;
  #key;
  #chunk = FIRST_CHUNK;
  /** Whether only the server knows how much it has. */
  #unsure = false;
  /** Whether the server has answered everything: no request of this page is on its way somewhere. */
  #answered = false;
  #left = 0;
  #stalled = false;
  /** A path of our own origin; empty until it was made. */
  url = '';
  /** What the server has for sure, in bytes. */
  offset = 0;
  /** @type {Promise<void> | undefined} settled when it is known whether the server has made it */
  made;

  /**
   * @param {Source} source
   * @param {Record<string, string>} metadata what the server is to know of it
   * @param {TusWorld} world
   * @param {Told} [told]
   */
  constructor(source, metadata, world, told = {}) {
    this.#source = source;
    this.#metadata = metadata;
    this.#world = world;
    this.#told = told;
    this.#key = world.uuid();
  }

  /**
   * What another page of the same person has begun: it goes on where the server is.
   *
   * @param {string} url
   * @param {number} offset what the server has said last; it is asked again
   */
  adopt(url, offset) {
    this.url = pathOf(url);
    this.offset = Math.min(offset, this.#source.size);
    this.#unsure = true;
  }

  /** @returns {number} bytes that have left, as far as one can see from here */
  get sent() {
    return Math.min(this.#source.size, this.offset + this.#left);
  }

  /** @returns {string} the file's id, once it was made */
  get file() {
    return this.url.split('/').at(-1) ?? '';
  }

  /**
   * Sends what is missing. May be called again after it was stopped.
   *
   * @param {AbortSignal} signal
   * @returns {Promise<void>} resolved when the server has all of it; rejected with {@link Refused}, or when the signal says so
   */
  async run(signal) {
    let failures = 0;
    for (;;) {
      const before = this.offset;
      try {
        await this.#step(signal);
        this.#stall(false);
        failures = 0;
        if (this.url && this.offset >= this.#source.size && !this.#unsure) {
          return;
        }
      } catch (trouble) {
        this.#left = 0;
        this.#unsure ||= this.url !== '';
        if (!(trouble instanceof Passing)) {
          this.#stall(false);
          throw trouble;
        }
        failures = this.offset > before ? 0 : failures + 1;
        this.#stall(failures > 1);
        await this.#world.pause(pauseOf(failures, trouble.after, this.#world.random()), signal);
        signal.throwIfAborted();
      }
    }
  }

  /** @param {boolean} stalled */
  #stall(stalled) {
    if (stalled !== this.#stalled) {
      this.#stalled = stalled;
      this.#told.stalled?.(stalled);
    }
  }

  /** @param {AbortSignal} signal */
  #step(signal) {
    if (!this.url) {
      return this.#create(signal);
    }
    return this.#unsure ? this.#ask(signal) : this.#append(signal);
  }

  /**
   * Who stops it meanwhile waits for the answer: what the server has made is to be known, so that it can go on or be taken back.
   *
   * @param {AbortSignal} signal
   */
  async #create(signal) {
    signal.throwIfAborted();
    this.made = this.#make();
    await this.made;
    signal.throwIfAborted();
  }

  /** A repeat carries the same key and no bytes: what the first attempt has brought is asked for afterwards. */
  async #make() {
    const { signal } = new AbortController();
    const size = this.#source.size;
    const whole = !this.#unsure && size > 0 && size <= AT_ONCE;
    /** @type {Record<string, string>} */
    const headers = {
      'Upload-Length': String(size),
      'Upload-Metadata': metadataOf(this.#metadata),
      'Idempotency-Key': this.#key,
    };
    if (whole) {
      headers['Content-Type'] = 'application/offset+octet-stream';
    }
    // Whatever becomes of it, the next attempt does not know what has arrived.
    const again = this.#unsure;
    this.#unsure = true;
    const answer = await this.#send('POST', '/api/files', headers, whole ? this.#source.slice(0, size) : undefined, signal);
    if (answer.status !== 201 && answer.status !== 200) {
      const trouble = await this.#troubleOf(answer, signal);
      if (trouble instanceof Refused) {
        // What is tried after a refusal is another attempt, not a repeat of this one.
        this.#key = this.#world.uuid();
        this.#unsure = false;
      }
      throw trouble;
    }
    this.url = pathOf(answer.header('Location') ?? '');
    if (!this.url) {
      throw new Refused({ status: answer.status, code: 'internal', detail: 'The server has not said where the upload is.', more: {} });
    }
    const offset = answer.header('Upload-Offset');
    this.#reached(offset === null ? (whole ? size : 0) : Number(offset));
    this.#unsure = again && size > 0;
  }

  /** @param {AbortSignal} signal */
  async #ask(signal) {
    const answer = await this.#send('HEAD', this.url, {}, undefined, signal);
    if (answer.status !== 200 && answer.status !== 204) {
      throw await this.#troubleOf(answer, signal);
    }
    const offset = Number(answer.header('Upload-Offset'));
    if (!Number.isSafeInteger(offset) || offset < 0 || offset > this.#source.size) {
      throw new Refused({ status: answer.status, code: 'gone', detail: 'The server has another file there.', more: {} });
    }
    this.#reached(offset);
    this.#unsure = false;
  }

  /** @param {AbortSignal} signal */
  async #append(signal) {
    const from = this.offset;
    const answered = this.#answered;
    this.#answered = false;
    const to = Math.min(this.#source.size, from + this.#chunk);
    const since = this.#world.now();
    const headers = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(from) };
    const answer = await this.#send('PATCH', this.url, headers, this.#source.slice(from, to), signal);
    if (answer.status === 413 && !codeOf(answer) && this.#chunk > SMALLEST_CHUNK) {
      // A proxy that lets no such body through.
      this.#chunk = Math.max(SMALLEST_CHUNK, Math.floor(this.#chunk / 4));
      this.#left = 0;
      return;
    }
    if (answer.status !== 204 && answer.status !== 200) {
      if (answered && this.#told.yields && (answer.status === 423 || codeOf(answer) === 'other-offset')) {
        // Nobody but another page can have moved it. To ask how far it is would take it back, to and fro for ever.
        throw new Refused({ status: answer.status, code: ELSEWHERE, detail: 'Another page goes on with it.', more: {} });
      }
      throw await this.#troubleOf(answer, signal);
    }
    this.#answered = true;
    const offset = Number(answer.header('Upload-Offset'));
    this.#reached(Number.isSafeInteger(offset) && offset > from && offset <= to ? offset : to);
    this.#fit(this.#world.now() - since, to - from);
  }

  /**
   * @param {number} took milliseconds
   * @param {number} bytes
   */
  #fit(took, bytes) {
    if (bytes === this.#chunk && took < QUICK) {
      this.#chunk = Math.min(LARGEST_CHUNK, this.#chunk * 2);
    } else if (took > SLOW) {
      this.#chunk = Math.max(SMALLEST_CHUNK, Math.floor(this.#chunk / 2));
    }
  }

  /** @param {number} offset */
  #reached(offset) {
    this.offset = offset;
    this.#left = 0;
    this.#told.moved?.();
  }

  /**
   * @param {string} method
   * @param {string} url
   * @param {Record<string, string>} headers
   * @param {any} body
   * @param {AbortSignal} signal
   */
  async #send(method, url, headers, body, signal) {
    signal.throwIfAborted();
    const answer = await this.#world.send({
      method,
      url,
      headers: { ...headers, 'Tus-Resumable': VERSION },
      body,
      progress: (bytes) => {
        this.#left = bytes;
        this.#told.moved?.();
      },
      signal,
    });
    signal.throwIfAborted();
    return answer;
  }

  /**
   * @param {Answer} answer
   * @param {AbortSignal} signal
   * @returns {Promise<Error>}
   */
  async #troubleOf(answer, signal) {
    const after = Number(answer.header('Retry-After')) || 0;
    const code = codeOf(answer);
    // A conflict passes if another request has moved the offset; a session that has ended does not come back.
    const moved = answer.status === 409 && (code === '' || code === 'other-offset');
    if (PASSING.has(answer.status) || moved) {
      if (answer.status === 0 && !(await readable(this.#source, this.offset))) {
        return new Refused({ status: 0, code: 'file-unreadable', detail: 'The file cannot be read any more.', more: {} });
      }
      return new Passing(after);
    }
    const missing = answer.status === 404 || answer.status === 410;
    // A node that has just begun to start, or a slice that was stopped, does not know the path.
    if (missing && !(await this.#world.alive())) {
      signal.throwIfAborted();
      return new Passing(after);
    }
    const problem = bodyOf(answer);
    return new Refused({
      status: answer.status,
      code: missing ? 'gone' : code || (answer.status === 403 ? 'not-allowed-now' : `http-${answer.status}`),
      detail: typeof problem.detail === 'string' ? problem.detail : '',
      more: problem,
    });
  }
}

/**
 * @param {number} failures in a row, from 1
 * @param {number} after seconds that the server wishes
 * @param {number} random between 0 and 1
 * @returns {number} milliseconds
 */
export function pauseOf(failures, after, random) {
  const step = PAUSES[Math.min(Math.max(failures, 1), PAUSES.length) - 1];
  return Math.min(LONGEST_PAUSE, Math.max(step * (0.75 + 0.25 * random), after * 1000));
}

/** @param {Record<string, string>} metadata */
export function metadataOf(metadata) {
  return Object.entries(metadata)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(',');
}

/** @param {string} text */
function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/**
 * The upload's path. Whatever host stands there: a token goes to nobody but the origin that the page came from.
 *
 * @param {string} location
 * @returns {string} empty if it is none
 */
function pathOf(location) {
  if (!location || !URL.canParse(location, 'http://own.invalid/api/files')) {
    return '';
  }
  const path = new URL(location, 'http://own.invalid/api/files/').pathname;
  return path.startsWith('/api/files/') ? path : '';
}

/**
 * @param {Source} source
 * @param {number} at
 */
async function readable(source, at) {
  try {
    const piece = source.slice(at, Math.min(source.size, at + 1));
    await piece?.arrayBuffer?.();
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {Answer} answer
 * @returns {Record<string, any>}
 */
function bodyOf(answer) {
  try {
    return JSON.parse(answer.text) ?? {};
  } catch {
    return {};
  }
}

/** @param {Answer} answer */
function codeOf(answer) {
  const code = bodyOf(answer).code;
  return typeof code === 'string' ? code : '';
}
