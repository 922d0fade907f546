/** What WebACD has for the agent of this page, live. Knows no DOM. */

/** @typedef {{id: string, name: string}} NamedQueue */
/** @typedef {{key: string, label: Record<string, string>, text: string}} Given an answer of the entry form */
/** @typedef {{at: string, by: string, text: string}} Said */
/**
 * @typedef {object} Offer
 * @property {string} id
 * @property {string} item
 * @property {NamedQueue | null} [queue] null for agents chosen by name
 * @property {string} name
 * @property {string} company
 * @property {string} language
 * @property {string} reason
 * @property {string | null} [by] the colleague who passes it on
 * @property {Given[]} answers
 * @property {{said: Said[], open?: string | null}} card
 * @property {number} others how many are asked besides
 * @property {string} since when the customer began to wait
 * @property {string} until
 */
/**
 * @typedef {object} Work
 * @property {string} item
 * @property {'WAITING' | 'OFFERED' | 'ASSIGNED' | 'WRAP_UP' | 'DONE' | 'ABANDONED' | 'EXPIRED'} state
 * @property {string} source
 * @property {string} sourceId
 * @property {NamedQueue | null} [queue]
 * @property {string} name
 * @property {string} company
 * @property {string} reason
 * @property {string | null} [by]
 * @property {Given[]} answers
 * @property {string} since
 * @property {string | null} [assignedAt]
 * @property {string | null} [wrapUpUntil]
 */
/** @typedef {{id: string, slug: string, name: string, rank: number, open: boolean, pick: boolean, waiting: number}} MyQueue */
/**
 * @typedef {object} MyView
 * @property {string} topic
 * @property {boolean} webacd whether WebACD gives this agent work
 * @property {string | null} [absent] why not just now, though available at the platform
 * @property {number} capacity
 * @property {boolean} inbound
 * @property {{offered: number, assigned: number, wrapUp: number, other: number}} load
 * @property {MyQueue[]} queues
 * @property {Offer[]} offers
 * @property {Work[]} work
 */

/**
 * What it needs of the world; tests bring their own.
 *
 * @typedef {object} MyWorld
 * @property {() => Promise<MyView>} ask
 * @property {(topic: string, listener: {message: (m: {type: string, body: any}) => void, gone: () => void}) => () => void} subscribe
 * @property {(run: () => void, ms: number) => any} later
 * @property {(handle: any) => void} cancel
 */

/** A node that has just begun to start, or a slice that is being updated, knows the path a moment later. */
const AGAIN_AFTER = 5000;

/** One for each page, asked by whoever wants to know; it listens while anybody does. */
export class MyWork {
  #world;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {(() => void) | undefined} */
  #unsubscribe;
  /** @type {any} */
  #timer;
  /** Counts attempts: what an earlier one brings is not wanted any more. */
  #attempt = 0;
  /** @type {MyView | undefined} undefined until it is known, and for who is no agent */
  view;

  /** @param {MyWorld} world */
  constructor(world) {
    this.#world = world;
  }

  /**
   * @param {() => void} listener called after every change
   * @returns {() => void} ends it
   */
  watch(listener) {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      this.#begin();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#end();
      }
    };
  }

  /**
   * Asks for everything once more. On the same channel, since an answer that comes beside it may be older than what it has brought.
   */
  refresh() {
    if (this.#unsubscribe && this.view) {
      this.#unsubscribe();
      this.#listen(this.view.topic);
    }
  }

  async #begin() {
    const attempt = ++this.#attempt;
    try {
      const view = await this.#world.ask();
      if (attempt === this.#attempt) {
        this.#take(view);
        this.#listen(view.topic);
      }
    } catch {
      this.#again(attempt);
    }
  }

  /** @param {string} topic */
  #listen(topic) {
    const attempt = this.#attempt;
    this.#unsubscribe = this.#world.subscribe(topic, {
      message: (message) => {
        if (message.type === 'webacd.me' && attempt === this.#attempt) {
          this.#take(message.body);
        }
      },
      gone: () => this.#again(attempt),
    });
  }

  /** @param {MyView} view */
  #take(view) {
    this.view = view;
    [...this.#listeners].forEach((listener) => listener());
  }

  /** @param {number} attempt */
  #again(attempt) {
    if (attempt === this.#attempt) {
      this.#unsubscribe = undefined;
      this.#timer = this.#world.later(() => this.#begin(), AGAIN_AFTER);
    }
  }

  #end() {
    this.#attempt++;
    this.#world.cancel(this.#timer);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }
}
