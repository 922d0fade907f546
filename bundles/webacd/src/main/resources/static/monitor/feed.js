/** The monitor's view of this moment, kept up to date. Knows no DOM. */

/**
 * @typedef {{answered: number, abandoned: number, expired: number, serviceLevel?: number | null}} Today
 * @typedef {{id: string, slug: string, name: string, open: boolean, changes?: string | null, waiting: number, offered: number,
 *   assigned: number, oldest?: string | null, estimateSeconds?: number | null, today: Today}} QueueNow
 * @typedef {{item: string, state: string, queue?: string | null, since: string}} HasNow
 * @typedef {{id: string, name: string, presence: 'OFFLINE' | 'AWAY' | 'AVAILABLE', reason: string, absent?: string | null,
 *   since?: string | null, inbound: boolean, capacity: number, offered: number, assigned: number, wrapUp: number, other: number,
 *   work: HasNow[]}} AgentNow
 * @typedef {{id: string, item: string, agent: string, name: string, queue?: string | null, state: string, waitsSince: string,
 *   made: string, until: string}} OfferNow
 * @typedef {{at: string, zone: string, inTimeSeconds: number, queues: QueueNow[], agents: AgentNow[], offers: OfferNow[]}} MonitorView
 * @typedef {{message: (message: {type: string, body: any}) => void, gone: () => void}} Listener
 * @typedef {object} FeedWorld
 * @property {() => Promise<MonitorView>} ask
 * @property {(topic: string, listener: Listener) => () => void} subscribe
 * @property {(run: () => void, ms: number) => any} later
 * @property {(handle: any) => void} cancel
 */

/** Queues open and close, and estimates grow old, without anybody ringing. */
const ANYWAY = 30_000;
const AGAIN_AFTER = 5000;

export class Feed {
  #world;
  /** @type {(() => void) | undefined} */
  #unsubscribe;
  /** @type {any} */
  #timer;
  /** Counts beginnings: what an earlier one brings is not wanted any more. */
  #turn = 0;
  #changed;
  /** @type {MonitorView | undefined} */
  view;
  /** @type {unknown} why there is none */
  problem;

  /**
   * @param {FeedWorld} world
   * @param {() => void} changed
   */
  constructor(world, changed) {
    this.#world = world;
    this.#changed = changed;
  }

  begin() {
    const turn = ++this.#turn;
    this.#listen(turn);
    this.#ask(turn);
  }

  end() {
    this.#turn++;
    this.#world.cancel(this.#timer);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  /** @param {number} turn */
  #listen(turn) {
    this.#unsubscribe = this.#world.subscribe('webacd/monitor', {
      message: (message) => {
        if (turn === this.#turn && message.type === 'webacd.monitor') {
          this.#take(message.body);
        }
      },
      gone: () => {
        if (turn === this.#turn) {
          this.#unsubscribe = undefined;
          this.#world.later(() => turn === this.#turn && this.#listen(turn), AGAIN_AFTER);
        }
      },
    });
  }

  /** @param {number} turn */
  async #ask(turn) {
    try {
      const view = await this.#world.ask();
      if (turn === this.#turn) {
        this.#take(view);
      }
    } catch (error) {
      if (turn === this.#turn) {
        this.problem = this.view ? undefined : error;
        this.#changed();
      }
    }
    if (turn === this.#turn) {
      this.#timer = this.#world.later(() => this.#ask(turn), this.problem ? AGAIN_AFTER : ANYWAY);
    }
  }

  /** @param {MonitorView} view what came over the channel may be newer than an answer that was under way */
  #take(view) {
    if (!this.view || Date.parse(view.at) >= Date.parse(this.view.at)) {
      this.view = view;
      this.problem = undefined;
      this.#changed();
    }
  }
}
