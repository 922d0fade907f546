/** What this page sends, in its order: several files at once, each from where the server has it. Knows no DOM. */

import { Meter } from './meter.js';
import { ELSEWHERE, Refused, Upload, pauseOf } from './tus.js';

/** @typedef {import('./gather.js').Chosen} Chosen */
/** @typedef {import('./tus.js').TusWorld} TusWorld */
/**
 * waiting for its turn; sending; stalled: the line is lost; paused by its sender; failed: `problem` says why, it may be tried again;
 * refused: it cannot be sent, whatever is tried; sent: the server has all of it.
 *
 * @typedef {'waiting' | 'sending' | 'stalled' | 'paused' | 'failed' | 'refused' | 'sent'} State
 */
/** @typedef {{code: string, status: number, detail: string, more: Record<string, any>}} Problem */
/**
 * @typedef {object} Part
 * @property {string} path
 * @property {File} file
 * @property {'waiting' | 'sending' | 'sent' | 'skipped'} state
 * @property {Upload | undefined} upload
 */
/**
 * @typedef {object} Entry
 * @property {string} id of our own
 * @property {'FILE' | 'FOLDER'} kind
 * @property {string} name
 * @property {Part[]} parts
 * @property {string[]} folders empty ones
 * @property {number} bytes
 * @property {State} state
 * @property {Problem | undefined} problem
 * @property {string} where the path of the file that has the problem, in a folder
 * @property {number} limit bytes that a file may have, if one has more
 * @property {string} transfer a folder's id on the server, once it has one
 * @property {Promise<void> | undefined} announcing settled when it is known whether the server has a folder
 * @property {'' | 'announced' | 'ready' | 'complete'} step how far a folder is known to the server
 * @property {string[]} keys of the requests that tell of empty folders, so that a repeat is known as one
 * @property {Part[]} skipped files of a folder that may not pass
 * @property {Meter} meter
 * @property {AbortController} stopper
 */
/** @typedef {{id: string, name: string | null, file?: {id: string, size?: number | null, modified?: string | null, offset?: number} | null}} Begun a file of which a part has arrived */
/**
 * @typedef {object} QueueWorld
 * @property {TusWorld} tus
 * @property {string} session
 * @property {(entry: Entry) => Promise<string>} announce a folder; resolves with the transfer's id. A repeat gives the same
 * @property {(transfer: string, paths: string[], key: string) => Promise<void>} folders
 * @property {(transfer: string) => Promise<void>} complete
 * @property {(transfer: string) => Promise<void>} cancel
 * @property {(url: string) => Promise<void>} remove
 * @property {() => void} changed
 * @property {(file: string) => void} [claim] tells other pages that this one goes on with that file
 * @property {(entry: Entry) => void} [elsewhere] another page goes on with it
 */

/** So many files go at once. */
export const AT_ONCE = 3;
/** Paths of empty folders in one request: far below what a request may have. */
const BATCH = 16_000;
/** What the server says of one file of a folder, whose others may pass. */
const OF_ONE_FILE = new Set(['file-too-large', 'type-not-allowed', 'file-unreadable']);
/** What was begun there is no more; what is sent again is sent from its beginning. */
const OVER = new Set(['gone', 'unknown', 'transfer-over', 'not-allowed-now', 'declined']);
/** Nothing that is tried again makes these pass. */
const FOR_GOOD = new Set(['file-too-large', 'type-not-allowed', 'too-many-files', 'too-many-folders', 'empty-folder', 'path-not-allowed']);

export class Queue {
  #world;
  #running = 0;
  /** @type {Entry[]} in the order in which they were added */
  entries = [];

  /** @param {QueueWorld} world */
  constructor(world) {
    this.#world = world;
  }

  /** @returns {boolean} whether something would be lost if the page went */
  get busy() {
    return this.entries.some((entry) => ['waiting', 'sending', 'stalled', 'paused'].includes(entry.state));
  }

  /**
   * What is too large is told at once; of it not a byte leaves.
   *
   * @param {readonly Chosen[]} chosen
   * @param {{bytes: number, files: number}} limits of a file's size and of a folder's number of files; 0 where they are not known
   * @param {readonly Begun[]} [begun] what nobody goes on with; the same file goes on there
   * @returns {Entry[]}
   */
  add(chosen, limits, begun = []) {
    const left = [...begun];
    const added = chosen.map((one) => {
      const entry = this.#entry(one, limits);
      const at = left.findIndex((other) => isSame(one, other));
      if (at >= 0 && entry.state === 'waiting') {
        this.#adopt(entry, left.splice(at, 1)[0]);
      }
      return entry;
    });
    this.entries = [...this.entries, ...added];
    this.#pump();
    return added;
  }

  /**
   * @param {Chosen} chosen
   * @param {{bytes: number, files: number}} limits
   * @returns {Entry}
   */
  #entry(chosen, limits) {
    const tooLarge = limits.bytes > 0 ? chosen.files.find(({ file }) => file.size > limits.bytes) : undefined;
    const tooMany = chosen.kind === 'FOLDER' && limits.files > 0 && chosen.files.length > limits.files;
    const empty = chosen.files.length === 0 && chosen.folders.length === 0;
    const code = tooLarge ? 'file-too-large' : tooMany ? 'too-many-files' : empty ? 'empty-folder' : '';
    return {
      id: this.#world.tus.uuid(),
      kind: chosen.kind,
      name: chosen.name,
      parts: chosen.files.map(({ path, file }) => ({ path, file, state: 'waiting', upload: undefined })),
      folders: chosen.folders,
      bytes: chosen.files.reduce((sum, { file }) => sum + file.size, 0),
      state: code ? 'refused' : 'waiting',
      problem: code ? { code, status: 0, detail: '', more: {} } : undefined,
      where: tooLarge && chosen.kind === 'FOLDER' ? tooLarge.path : '',
      limit: tooLarge ? limits.bytes : tooMany ? limits.files : 0,
      transfer: '',
      announcing: undefined,
      step: '',
      keys: [],
      skipped: [],
      meter: new Meter(),
      stopper: new AbortController(),
    };
  }

  /**
   * @param {Entry} entry
   * @param {Begun} begun
   */
  #adopt(entry, begun) {
    const [part] = entry.parts;
    entry.transfer = begun.id;
    part.upload = this.#upload(entry, part);
    part.upload.adopt(`/api/files/${begun.file?.id}`, begun.file?.offset ?? 0);
    this.#world.claim?.(part.upload.file);
  }

  /**
   * Another page of the same person goes on with that file: this one leaves it alone.
   *
   * @param {string} file
   */
  yield(file) {
    const entry = this.entries.find((one) => one.kind === 'FILE' && one.state !== 'sent' && one.parts[0]?.upload?.file === file);
    if (entry) {
      this.drop(entry.id);
      this.#world.elsewhere?.(entry);
    }
  }

  /** @param {string} id */
  #find(id) {
    return this.entries.find((entry) => entry.id === id);
  }

  /** @param {string} id */
  pause(id) {
    const entry = this.#find(id);
    if (entry && ['waiting', 'sending', 'stalled'].includes(entry.state)) {
      this.#halt(entry, 'paused');
    }
  }

  /**
   * Goes on, or tries again.
   *
   * @param {string} id
   */
  resume(id) {
    const entry = this.#find(id);
    if (!entry || (entry.state !== 'paused' && entry.state !== 'failed')) {
      return;
    }
    if (entry.problem && OVER.has(entry.problem.code)) {
      entry.transfer = '';
      entry.step = '';
      entry.id = this.#world.tus.uuid();
      entry.parts.forEach((part) => Object.assign(part, { state: 'waiting', upload: undefined }));
      entry.keys = [];
      entry.skipped = [];
    }
    entry.problem = undefined;
    entry.where = '';
    entry.state = 'waiting';
    this.#pump();
  }

  /**
   * Takes it back, wherever it is.
   *
   * @param {string} id
   */
  async cancel(id) {
    const entry = this.#find(id);
    if (!entry) {
      return;
    }
    const upload = entry.kind === 'FILE' ? entry.parts[0]?.upload : undefined;
    this.drop(id);
    // What is just being made can be taken back only when it is known what it is.
    await upload?.made?.catch(() => {});
    await entry.announcing?.catch(() => {});
    if (entry.transfer) {
      await this.#world.cancel(entry.transfer);
    } else if (upload?.url) {
      await this.#world.remove(upload.url);
    }
  }

  /**
   * Forgets it; the server knows best, or never knew.
   *
   * @param {string} id
   */
  drop(id) {
    const entry = this.#find(id);
    if (entry) {
      this.entries = this.entries.filter((one) => one !== entry);
      this.#halt(entry, 'refused');
    }
  }

  /** Nothing more can be sent: what is on its way stops. */
  close() {
    for (const entry of [...this.entries]) {
      this.drop(entry.id);
    }
  }

  /**
   * What the server says of transfers; one of ours that is over there is over here.
   *
   * @param {readonly {id: string, state: string, file?: {id: string} | null}[]} transfers
   */
  settle(transfers) {
    for (const entry of [...this.entries]) {
      const there = transfers.find((one) => matches(entry, one));
      if (there) {
        entry.transfer = there.id;
      }
      if (there && (entry.state === 'sent' || there.state !== 'ARRIVING')) {
        this.drop(entry.id);
      }
    }
  }

  /**
   * @param {Entry} entry
   * @returns {number} bytes that have left
   */
  sent(entry) {
    return entry.parts.reduce((sum, part) => sum + (part.state === 'sent' ? part.file.size : (part.upload?.sent ?? 0)), 0);
  }

  /**
   * @param {Entry} entry
   * @param {State} state
   */
  #halt(entry, state) {
    entry.state = state;
    entry.meter.rest();
    entry.stopper.abort();
    entry.stopper = new AbortController();
    this.#world.changed();
    this.#pump();
  }

  /** Begins whatever may begin now. */
  #pump() {
    for (const entry of this.entries) {
      if (this.#running >= AT_ONCE) {
        break;
      }
      if (entry.state === 'waiting' && entry.kind === 'FOLDER' && entry.step === '') {
        this.#begin(entry);
      }
      if (entry.kind === 'FILE' || entry.step === 'ready') {
        this.#fill(entry);
      }
    }
    this.#world.changed();
  }

  /** @param {Entry} entry */
  #fill(entry) {
    while (this.#running < AT_ONCE && ['waiting', 'sending', 'stalled'].includes(entry.state)) {
      const part = entry.parts.find((one) => one.state === 'waiting');
      if (!part) {
        break;
      }
      this.#send(entry, part);
    }
    const open = entry.parts.some((part) => part.state === 'waiting' || part.state === 'sending');
    if (entry.kind === 'FOLDER' && !open && ['waiting', 'sending', 'stalled'].includes(entry.state)) {
      this.#finish(entry);
    }
  }

  /**
   * Says that a folder comes, and what is empty in it.
   *
   * @param {Entry} entry
   */
  #begin(entry) {
    entry.state = 'sending';
    entry.step = 'announced';
    this.#hold(entry, async (signal) => {
      await this.#insist(entry, signal, () => this.#announce(entry));
      for (const [at, paths] of batches(entry.folders).entries()) {
        entry.keys[at] ??= this.#world.tus.uuid();
        await this.#insist(entry, signal, () => this.#world.folders(entry.transfer, paths, entry.keys[at]));
      }
      entry.step = 'ready';
    }).then((done) => {
      if (!done && entry.step === 'announced') {
        entry.step = '';
        this.#pump();
      }
    });
  }

  /**
   * What the server has made is known even if nobody waits for it any more, so that it can be taken back.
   *
   * @param {Entry} entry
   */
  async #announce(entry) {
    if (entry.transfer) {
      return;
    }
    const { id } = entry;
    entry.announcing = this.#world.announce(entry).then((transfer) => {
      if (entry.id === id) {
        entry.transfer = transfer;
      }
    });
    await entry.announcing;
  }

  /** @param {Entry} entry */
  #finish(entry) {
    entry.step = 'complete';
    if (entry.skipped.length > 0 && entry.skipped.length === entry.parts.length) {
      // Nothing of it may pass: nobody is to be asked about an empty folder.
      entry.state = 'refused';
      entry.problem = { code: 'nothing-allowed', status: 0, detail: '', more: {} };
      this.#world.cancel(entry.transfer).catch(() => {});
      this.#world.changed();
      return;
    }
    entry.state = 'sending';
    this.#hold(entry, async (signal) => {
      await this.#insist(entry, signal, () => this.#world.complete(entry.transfer));
      entry.state = 'sent';
    }).then((done) => {
      if (!done && entry.step === 'complete') {
        entry.step = 'ready';
        this.#pump();
      }
    });
  }

  /**
   * @param {Entry} entry
   * @param {Part} part
   */
  #send(entry, part) {
    part.state = 'sending';
    if (entry.state === 'waiting') {
      entry.state = 'sending';
    }
    part.upload ??= this.#upload(entry, part);
    const { upload } = part;
    this.#hold(
      entry,
      async (signal) => {
        await upload.run(signal);
        part.state = 'sent';
        if (entry.kind === 'FILE') {
          entry.state = 'sent';
        }
      },
      part,
    );
  }

  /**
   * @param {Entry} entry
   * @param {Part} part
   */
  #upload(entry, part) {
    const { file, path } = part;
    const common = { filetype: file.type, modified: file.lastModified > 0 ? new Date(file.lastModified).toISOString() : '' };
    const metadata =
      entry.kind === 'FILE'
        ? { session: this.#world.session, filename: entry.name, ...common }
        : { transfer: entry.transfer, relativePath: path, filename: path.split('/').at(-1) ?? path, ...common };
    return new Upload(file, metadata, this.#world.tus, {
      moved: () => this.#moved(entry),
      stalled: (stalled) => this.#stall(entry, stalled),
      yields: entry.kind === 'FILE',
    });
  }

  /** @param {Entry} entry */
  #moved(entry) {
    entry.meter.add(this.#world.tus.now(), this.sent(entry));
    this.#world.changed();
  }

  /**
   * @param {Entry} entry
   * @param {boolean} stalled
   */
  #stall(entry, stalled) {
    if (stalled && entry.state === 'sending') {
      entry.state = 'stalled';
      entry.meter.rest();
    } else if (!stalled && entry.state === 'stalled') {
      entry.state = 'sending';
    }
    this.#world.changed();
  }

  /**
   * Does something that takes one of the places, and takes what comes of it.
   *
   * @param {Entry} entry
   * @param {(signal: AbortSignal) => Promise<void>} work
   * @param {Part} [part]
   * @returns {Promise<boolean>} whether it was done
   */
  async #hold(entry, work, part) {
    const { signal } = entry.stopper;
    this.#running++;
    let done = false;
    try {
      await work(signal);
      done = true;
    } catch (error) {
      if (part) {
        part.state = 'waiting';
      }
      if (!signal.aborted) {
        this.#fail(entry, error, part);
      }
    } finally {
      this.#running--;
    }
    this.#pump();
    return done;
  }

  /**
   * @param {Entry} entry
   * @param {any} error
   * @param {Part} [part]
   */
  #fail(entry, error, part) {
    const problem = {
      code: typeof error?.code === 'string' ? error.code : 'internal',
      status: Number(error?.status) || 0,
      detail: String(error?.detail ?? error?.message ?? error),
      more: error?.more ?? {},
    };
    if (problem.code === ELSEWHERE) {
      this.yield(part?.upload?.file ?? '');
      return;
    }
    if (part && entry.kind === 'FOLDER' && OF_ONE_FILE.has(problem.code)) {
      part.state = 'skipped';
      part.upload = undefined;
      entry.skipped = [...entry.skipped, part];
      return;
    }
    entry.problem = problem;
    entry.where = part && entry.kind === 'FOLDER' ? part.path : '';
    entry.limit = Number(problem.more.limit) || 0;
    this.#halt(entry, FOR_GOOD.has(problem.code) ? 'refused' : 'failed');
  }

  /**
   * Asks until there is an answer.
   *
   * @template T
   * @param {Entry} entry
   * @param {AbortSignal} signal
   * @param {() => Promise<T>} ask
   * @returns {Promise<T>}
   */
  async #insist(entry, signal, ask) {
    for (let failures = 1; ; failures++) {
      try {
        const answer = await ask();
        signal.throwIfAborted();
        this.#stall(entry, false);
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        const status = /** @type {any} */ (error)?.status;
        const code = /** @type {any} */ (error)?.code;
        const passing = status === 0 || status === 429 || status >= 500 || code === 'http-404';
        if (!passing || error instanceof Refused || code === 'storage-full') {
          throw error;
        }
        this.#stall(entry, true);
        await this.#world.tus.pause(pauseOf(failures, Number(/** @type {any} */ (error)?.retryAfter) || 0, this.#world.tus.random()), signal);
        signal.throwIfAborted();
      }
    }
  }
}

/**
 * Whether what somebody has chosen is the file that was being sent: by all that one can know without reading it.
 *
 * @param {Chosen} chosen
 * @param {Begun} begun
 */
export function isSame(chosen, begun) {
  const file = chosen.kind === 'FILE' ? chosen.files[0]?.file : undefined;
  const { size, modified } = begun.file ?? {};
  return file !== undefined && chosen.name === begun.name && file.size === size && Boolean(modified) && Date.parse(modified ?? '') === file.lastModified;
}

/**
 * Whether a transfer of the server's is that entry.
 *
 * @param {Entry} entry
 * @param {{id: string, file?: {id: string} | null}} transfer
 */
export function matches(entry, transfer) {
  const file = entry.kind === 'FILE' ? entry.parts[0]?.upload?.file : '';
  return (entry.transfer !== '' && entry.transfer === transfer.id) || (Boolean(file) && file === transfer.file?.id);
}

/**
 * @param {readonly string[]} paths
 * @returns {string[][]} in their order, each small enough for a request
 */
export function batches(paths) {
  /** @type {string[][]} */
  const all = [];
  let room = 0;
  for (const path of paths) {
    const size = path.length * 3 + 8;
    if (all.length === 0 || room < size || (all.at(-1)?.length ?? 0) >= 500) {
      all.push([]);
      room = BATCH * 3;
    }
    all.at(-1)?.push(path);
    room -= size;
  }
  return all;
}
