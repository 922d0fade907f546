/**
 * When to try again to reach a server that was lost, and how long to wait for what it says. A node that dies is replaced by
 * another within seconds, so the first fifteen are worth an attempt each; who is away for longer is asked less often.
 */

const QUICK = 150;
const FIRST = 250;
const SOON = 1000;
const SOON_FOR = 15_000;
const LONGEST = 15_000;
/** A line that breaks sooner than this after it was found was no success. */
const STABLE = 2000;
const PATIENCE = 4000;
const LONG_PATIENCE = 15_000;
/** The node goes away; another one relays the session. Whoever says so knows that there is somewhere to go. */
const ELSEWHERE = new Set([1001, 4421]);

export class Retries {
  #now;
  #random;
  #since;
  #foundAt = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #found = false;

  /**
   * @param {() => number} now milliseconds that only ascend
   * @param {() => number} random between 0 and 1
   */
  constructor(now, random) {
    this.#now = now;
    this.#random = random;
    this.#since = now();
  }

  /** How many attempts in a row were in vain, the loss itself not counted. */
  get failures() {
    return Math.max(0, this.#failures - 1);
  }

  /** Somebody wants the server from now on. */
  begin() {
    this.#since = this.#now();
    this.#failures = 0;
    this.#found = false;
  }

  /** The server is reached. */
  found() {
    this.#found = true;
    this.#foundAt = this.#now();
  }

  /**
   * The server is lost, or was not reached.
   *
   * @param {number} [code] of the closed socket
   * @returns {number} milliseconds until the next attempt
   */
  next(code = 0) {
    const now = this.#now();
    if (this.#found && now - this.#foundAt >= STABLE) {
      this.#since = now;
      this.#failures = 0;
    }
    const first = this.#failures === 0;
    this.#found = false;
    this.#failures++;
    if (first && ELSEWHERE.has(code)) {
      return QUICK * this.#random();
    }
    const away = now - this.#since;
    const step = away < SOON_FOR ? Math.min(SOON, FIRST * 2 ** (this.#failures - 1)) : Math.min(LONGEST, away / 8);
    return step * (0.5 + 0.5 * this.#random());
  }

  /** @returns {number} milliseconds in which an answer has to come: a node that is suspended takes connections and is silent */
  patience() {
    return this.#now() - this.#since < SOON_FOR ? PATIENCE : LONG_PATIENCE;
  }
}
