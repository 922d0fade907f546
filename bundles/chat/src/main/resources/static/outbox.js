/** What has been written and not been acknowledged yet. It survives a reload and is sent in its order, once. */

/**
 * @typedef {object} Item
 * @property {string} key idempotency key, the same at every attempt
 * @property {string} text
 * @property {number} after the conversation's last number when it was written
 * @property {string} at when it was written
 * @property {'waiting' | 'sending' | 'failed'} state
 * @property {any} [problem] why it failed; none if it may well succeed later
 */
/**
 * @typedef {object} World
 * @property {(text: string, key: string) => Promise<import('./conversation.js').Message>} post
 * @property {(message: import('./conversation.js').Message) => void} sent
 * @property {() => void} changed
 * @property {{getItem(key: string): string | null, setItem(key: string, value: string): void, removeItem(key: string): void}} store
 * @property {() => string} uuid
 * @property {() => string} now an instant
 * @property {(ms: number) => Promise<void>} pause
 */

const SECOND = 1000;

export class Outbox {
  #name;
  #world;
  #running = false;
  #closed = false;
  /** @type {Item[]} in the order of writing */
  items = [];

  /**
   * @param {string} name of what is kept, one for each conversation
   * @param {World} world
   */
  constructor(name, world) {
    this.#name = name;
    this.#world = world;
    this.items = restored(world.store.getItem(name));
  }

  /**
   * @param {string} text
   * @param {number} after
   */
  add(text, after) {
    this.#put([...this.items, { key: this.#world.uuid(), text, after, at: this.#world.now(), state: 'waiting' }]);
    return this.#run();
  }

  /** Tries everything again that failed because the line did. */
  flush() {
    this.#put(this.items.map((item) => (item.state === 'failed' && !item.problem ? { ...item, state: 'waiting' } : item)));
    return this.#run();
  }

  /** @param {string} key */
  retry(key) {
    this.#change(key, { state: 'waiting', problem: undefined });
    return this.#run();
  }

  /** @param {string} key */
  discard(key) {
    this.#put(this.items.filter((item) => item.key !== key));
  }

  /** Sends no more; what has not been sent is kept for the next outbox of that name. */
  close() {
    this.#closed = true;
  }

  async #run() {
    if (this.#running) {
      return;
    }
    this.#running = true;
    for (let item = this.#next(); item && !this.#closed; item = this.#next()) {
      await this.#send(item);
    }
    this.#running = false;
  }

  #next() {
    return this.items.find((item) => item.state === 'waiting');
  }

  /** @param {Item} item */
  async #send(item) {
    this.#change(item.key, { state: 'sending' });
    try {
      const message = await this.#world.post(item.text, item.key);
      this.#put(
        this.items
          .filter((other) => other.key !== item.key)
          .map((other) => ({ ...other, after: Math.max(other.after, message.number) })),
      );
      this.#world.sent(message);
    } catch (problem) {
      await this.#failed(item, /** @type {any} */ (problem));
    }
  }

  /**
   * @param {Item} item
   * @param {{status?: number, retryAfter?: number}} problem
   */
  async #failed(item, problem) {
    const status = problem.status ?? 0;
    if (status === 429) {
      this.#change(item.key, { state: 'waiting' });
      await this.#world.pause((problem.retryAfter ?? 1) * SECOND);
    } else if (status === 0 || status >= 500) {
      // Those behind it wait as well: what was written in one order must not arrive in another.
      this.#put(this.items.map((other) => (other.state === 'failed' ? other : { ...other, state: 'failed' })));
    } else {
      this.#change(item.key, { state: 'failed', problem });
    }
  }

  /**
   * @param {string} key
   * @param {Partial<Item>} change
   */
  #change(key, change) {
    this.#put(this.items.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }

  /** @param {Item[]} items */
  #put(items) {
    this.items = items;
    if (this.#closed) {
      return;
    }
    try {
      if (items.length) {
        this.#world.store.setItem(this.#name, JSON.stringify(items.map(({ key, text, after, at }) => ({ key, text, after, at }))));
      } else {
        this.#world.store.removeItem(this.#name);
      }
    } catch {
      // A full storage costs the survival of a reload, not the message.
    }
    this.#world.changed();
  }
}

/**
 * @param {string | null} stored
 * @returns {Item[]}
 */
function restored(stored) {
  try {
    const items = JSON.parse(stored ?? '[]');
    return items.map((/** @type {any} */ item) => ({ ...item, state: 'failed' }));
  } catch {
    return [];
  }
}
