/** What a page knows of a session's files, and what it sends: kept as long as the page, so that a panel that is replaced loses nothing. */

import { api, live, uuid } from 'tandem/kit';
import { lineOf } from './line.js';
import { Meter } from './meter.js';
import { Queue, isSame } from './queue.js';
import { isBegun } from './rows.js';
import { canSaveFolders, download, saveFolder } from './saving.js';

/** @typedef {import('./rows.js').Transfer} Transfer */
/** @typedef {import('./rows.js').View} View */
/** @typedef {import('./gather.js').Chosen} Chosen */
/** @typedef {{bytes: number, meter: Meter, stopper: AbortController}} Saving */

/** So often at most a page is drawn again because bytes have moved, in milliseconds. */
const CALM = 250;
/** In that time all pages of a browser have heard of a transfer, in milliseconds. */
const OTHERS = 30_000;

/** @type {Map<string, Desk>} by session */
const desks = new Map();

/** @param {BeforeUnloadEvent} event */
function warn(event) {
  if ([...desks.values()].some((desk) => desk.working)) {
    event.preventDefault();
  }
}

/** Forgets what nobody needs any more when another session comes: a page may see many. */
function tidy() {
  for (const [session, desk] of desks) {
    if (desk.idle) {
      desk.close();
      desks.delete(session);
    }
  }
}

/**
 * @param {string} session
 * @returns {Desk}
 */
export function deskOf(session) {
  let desk = desks.get(session);
  if (!desk) {
    tidy();
    desk = new Desk(session);
    window.addEventListener('beforeunload', warn);
    desks.set(session, desk);
  }
  return desk;
}

/**
 * Events: `change`; `news` with the transfers that others have begun to offer; `trouble` with a problem; `elsewhere` with what
 * another page of the same person goes on with.
 */
export class Desk extends EventTarget {
  #session;
  #watchers = 0;
  /** @type {(() => void) | undefined} */
  #unsubscribe;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;
  #drawn = 0;
  #heard = 0;
  /** @type {Map<string, string>} how each transfer stood when it was last heard of */
  #stood = new Map();
  /** @type {View | undefined} nothing has been heard yet */
  view;
  /** The service is not installed just now. */
  away = false;
  /** The reader may not see it, or not any more. */
  gone = false;
  /** @type {Map<string, Saving>} folders that are being written, by transfer */
  saving = new Map();
  /** @type {Set<string>} what is being asked of the server */
  busy = new Set();
  /** @type {Set<string>} files with which another page goes on that were begun here */
  elsewhere = new Set();
  /** @type {Queue} */
  queue;
  /** To the other pages of this browser. */
  #others = new BroadcastChannel('tandem.files');

  /** @param {string} session */
  constructor(session) {
    super();
    this.#session = session;
    const base = `/filetransfer/${session}/transfers`;
    this.queue = new Queue({
      tus: lineOf(session),
      session,
      announce: async (entry) => {
        const body = { kind: 'FOLDER', name: entry.name, files: entry.parts.length, bytes: entry.bytes };
        return (await api.post(base, body, { key: entry.id })).id;
      },
      folders: (transfer, paths, key) => api.post(`${base}/${transfer}/folders`, { paths }, { key }),
      complete: (transfer) => api.post(`${base}/${transfer}/complete`),
      cancel: (transfer) => api.post(`${base}/${transfer}/cancel`),
      remove: (url) => this.#remove(url),
      changed: () => this.#changed(),
      claim: (file) => {
        this.elsewhere.delete(file);
        this.#others.postMessage({ goesOnHere: file });
      },
      elsewhere: (entry) => {
        this.elsewhere.add(entry.parts[0]?.upload?.file ?? '');
        this.dispatchEvent(new CustomEvent('elsewhere', { detail: entry }));
      },
    });
    this.#others.onmessage = ({ data }) => typeof data?.goesOnHere === 'string' && this.queue.yield(data.goesOnHere);
  }

  /** Whether something would be lost if the page went. */
  get working() {
    return this.queue.busy || this.saving.size > 0;
  }

  /** @param {string} url */
  async #remove(url) {
    await lineOf(this.#session).send({
      method: 'DELETE',
      url,
      headers: { 'Tus-Resumable': '1.0.0', 'Idempotency-Key': uuid() },
      signal: new AbortController().signal,
    });
  }

  /**
   * @param {() => void} changed
   * @returns {() => void} ends it
   */
  watch(changed) {
    this.addEventListener('change', changed);
    this.#watchers++;
    this.#unsubscribe ??= live.subscribe(`filetransfer/${this.#session}`, {
      message: (message) => {
        this.#heard++;
        this.#take(message.body);
      },
      state: (state) => {
        this.away = state === 'away';
        this.#changed();
      },
      gone: () => {
        this.gone = true;
        this.#unsubscribe = undefined;
        this.queue.close();
        this.#changed();
      },
    });
    return () => {
      this.removeEventListener('change', changed);
      if (--this.#watchers === 0) {
        this.#unsubscribe?.();
        this.#unsubscribe = undefined;
      }
    };
  }

  /** Nobody looks at it, and it has nothing of its own to keep. */
  get idle() {
    return this.#watchers === 0 && this.queue.entries.length === 0 && this.saving.size === 0;
  }

  close() {
    this.#others.close();
  }

  /** @param {View} view */
  #take(view) {
    const first = this.view === undefined;
    this.view = view;
    this.away = false;
    this.gone = false;
    this.queue.settle(view.transfers);
    const turned = view.transfers.filter((one) => this.#stood.get(one.id) !== one.state);
    for (const one of turned) {
      this.#stood.set(one.id, one.state);
    }
    if (!first && turned.length > 0) {
      this.dispatchEvent(new CustomEvent('news', { detail: turned }));
    }
    this.#changed();
  }

  /** Draws at once what has been quiet, and what moves all the time only so often. */
  #changed() {
    if (this.#later !== undefined) {
      return;
    }
    const wait = Math.max(0, this.#drawn + CALM - performance.now());
    this.#later = setTimeout(() => {
      this.#later = undefined;
      this.#drawn = performance.now();
      this.dispatchEvent(new Event('change'));
    }, wait);
  }

  /**
   * Asks how things stand: what people may send changes with the session and with settings, of which the topic tells nothing.
   *
   * @returns {Promise<void>}
   */
  async refresh() {
    const heard = this.#heard;
    try {
      const view = await api.get(`/filetransfer/${this.#session}/transfers`, { retry: false, within: 5000 });
      // What the live channel has told meanwhile is newer.
      if (heard === this.#heard) {
        this.#take(view);
      }
    } catch {
      // What is known so far has to do; the server judges for itself.
    }
  }

  /**
   * To be called after {@link refresh}: an administrator may have changed the limits a moment ago.
   *
   * @param {readonly Chosen[]} chosen
   * @param {'agent' | 'customer'} role
   */
  send(chosen, role) {
    const limits = this.view?.limits;
    const bytes = (role === 'customer' ? limits?.fromCustomer : limits?.toCustomer) ?? 0;
    return this.queue.add(chosen, { bytes, files: limits?.files ?? 0 }, this.#begun());
  }

  #begun() {
    return (this.view?.transfers ?? []).filter((one) => isBegun(one, this.queue.entries));
  }

  /**
   * Whether that is the rest of what was begun.
   *
   * @param {string} transfer
   * @param {Chosen} chosen
   */
  continues(transfer, chosen) {
    return this.#begun().some((one) => one.id === transfer && isSame(chosen, one));
  }

  /**
   * Asks one thing of the server, once at a time.
   *
   * @param {string} what
   * @param {() => Promise<any>} ask
   * @returns {Promise<boolean>} whether it was done
   */
  async #ask(what, ask) {
    if (this.busy.has(what)) {
      return false;
    }
    this.busy.add(what);
    this.#changed();
    try {
      await ask();
      return true;
    } catch (error) {
      this.dispatchEvent(new CustomEvent('trouble', { detail: error }));
      return false;
    } finally {
      this.busy.delete(what);
      this.#changed();
    }
  }

  /**
   * @param {string} transfer
   * @param {'agree' | 'decline' | 'cancel'} answer
   */
  answer(transfer, answer) {
    return this.#ask(transfer, () => api.post(`/filetransfer/${this.#session}/transfers/${transfer}/${answer}`));
  }

  /** @param {string} entry */
  cancel(entry) {
    return this.#ask(entry, () => this.queue.cancel(entry));
  }

  /** @param {boolean} on */
  acceptAll(on) {
    return this.#ask('accept-all', () => api.put(`/filetransfer/${this.#session}/accept-all`, { on }));
  }

  /**
   * What is accepted beforehand is saved by one of the pages on which its receiver has the session.
   *
   * @param {Transfer} transfer
   */
  async saveOnce(transfer) {
    if (!navigator.locks) {
      await this.save(transfer);
      return;
    }
    await navigator.locks.request(`tandem.save.${transfer.id}`, { ifAvailable: true }, async (lock) => {
      if (lock) {
        await this.save(transfer);
        await new Promise((resolve) => setTimeout(resolve, OTHERS));
      }
    });
  }

  /** @param {Transfer} transfer */
  save(transfer) {
    return this.#ask(transfer.id, () => download(transfer.download ?? ''));
  }

  /**
   * Into a folder that the person chooses: to be called within the click.
   *
   * @param {Transfer} transfer
   */
  async saveInto(transfer) {
    if (!canSaveFolders() || this.saving.has(transfer.id)) {
      return;
    }
    /** @type {any} */
    let place;
    try {
      place = await /** @type {any} */ (window).showDirectoryPicker({ id: 'tandem-files', mode: 'readwrite' });
    } catch {
      // Nothing was chosen.
      return;
    }
    const saving = { bytes: 0, meter: new Meter(), stopper: new AbortController() };
    this.saving.set(transfer.id, saving);
    this.#changed();
    try {
      await saveFolder(place, this.#session, transfer, {
        signal: saving.stopper.signal,
        moved: (bytes) => {
          saving.bytes = bytes;
          saving.meter.add(performance.now(), bytes);
          this.#changed();
        },
      });
      this.dispatchEvent(new CustomEvent('saved', { detail: transfer }));
    } catch (error) {
      if (!saving.stopper.signal.aborted) {
        this.dispatchEvent(new CustomEvent('trouble', { detail: error }));
      }
    } finally {
      this.saving.delete(transfer.id);
      this.#changed();
    }
  }

  /** @param {string} transfer */
  stopSaving(transfer) {
    this.saving.get(transfer)?.stopper.abort();
  }

  /**
   * The files of a folder, from one on.
   *
   * @param {string} transfer
   * @param {number} after
   */
  files(transfer, after) {
    return api.get(`/filetransfer/${this.#session}/transfers/${transfer}/files?after=${after}`);
  }
}
