// How good the picture is, in a word, and whose fault it is. No browser in it. Times are milliseconds of one monotonic clock.

/**
 * What one second looked like. Milliseconds unless said otherwise; null where nobody knows.
 *
 * @typedef {object} Sample
 * @property {boolean} heard the server is heard
 * @property {boolean} sender the server hears the customer
 * @property {number} fps pictures shown per second
 * @property {number} kbits per second
 * @property {number | null} delay from the customer's screen to this one, median
 * @property {number | null} decode from the line to the screen, median
 * @property {number} missed how often pictures were missing, since the line was too slow for them
 * @property {number | null} rtt from here to the server and back
 * @property {number | null} senderRtt from the customer to the server and back
 * @property {number | null} encode in the customer's encoder, median
 * @property {number | null} skipped pictures that the customer's page left out in the last second
 */
/** @typedef {'good' | 'fair' | 'poor'} Grade */
/**
 * `own-line`, `customer-line`: slow; `…-lost`: not there just now; `own-computer`, `customer-computer`: too busy; `still`:
 * nothing is wrong, nothing moves; `''`: nothing to say.
 *
 * @typedef {'' | 'still' | 'own-line' | 'customer-line' | 'own-computer' | 'customer-computer' | 'own-line-lost' | 'customer-line-lost'} Reason
 */
/** @typedef {{grade: Grade, reason: Reason}} Verdict */

/** @type {readonly Grade[]} */
const GRADES = ['good', 'fair', 'poor'];

/** Fair above the first, poor above the second. */
const LIMITS = {
  delay: [250, 600],
  trip: [200, 500],
  encode: [70, 180],
  decode: [70, 200],
  /** Of all pictures there were, what part was left out. */
  skipped: [0.5, 0.8],
  missed: [0, 3],
};
/** At so many pictures per second nobody minds that others were left out. */
const FLUENT = 15;
/** To be better again, a value must be below its limit by as much. */
const SLACK = 0.75;
/** So many seconds in a row must agree before the mark gets worse, or better. */
const WORSE_AFTER = 2;
const BETTER_AFTER = 4;
/** So many seconds without a picture are called still. */
const STILL_AFTER = 3;
/** Seconds of history. */
export const REMEMBERED = 60;
/** Gaps count for as many seconds. */
const MISSED_SPAN = 5;

/** The pictures of the last two seconds. */
export class Recent {
  static SPAN = 2_000;

  /** @type {{at: number, bytes: number, delay: number | null, decode: number}[]} */
  #frames = [];

  /**
   * @param {number} now
   * @param {number} bytes
   * @param {number | null} delay
   * @param {number} decode
   */
  shown(now, bytes, delay, decode) {
    this.#frames.push({ at: now, bytes, delay, decode });
    this.#forget(now);
  }

  /** @param {number} now */
  read(now) {
    this.#forget(now);
    const frames = this.#frames;
    const delay = median(frames.flatMap((f) => (f.delay === null ? [] : [f.delay])));
    return {
      fps: Math.round((frames.length * 1000) / Recent.SPAN),
      kbits: Math.round((frames.reduce((sum, f) => sum + f.bytes, 0) * 8) / Recent.SPAN),
      delay: delay === null ? null : Math.max(0, Math.round(delay)),
      decode: median(frames.map((f) => f.decode)),
    };
  }

  #forget(now) {
    while (this.#frames.length && this.#frames[0].at < now - Recent.SPAN) {
      this.#frames.shift();
    }
  }
}

/** Judges a second at a time, and does not change its mind at every one. */
export class Health {
  /** @type {Grade} */
  #grade = 'good';
  /** @type {Reason} */
  #reason = '';
  #better = 0;
  #worse = 0;
  #stillFor = 0;
  /** @type {number[]} */
  #missed = [];
  /** @type {(Sample & {grade: Grade})[]} */
  #history = [];

  /** @returns {Verdict} */
  get verdict() {
    return { grade: this.#grade, reason: this.#reason };
  }

  /** @returns {readonly (Sample & {grade: Grade})[]} the last minute, oldest first */
  get history() {
    return this.#history;
  }

  /**
   * @param {Sample} sample
   * @returns {Verdict}
   */
  add(sample) {
    this.#missed.push(sample.missed);
    this.#missed.splice(0, this.#missed.length - MISSED_SPAN);
    this.#stillFor = sample.fps === 0 ? this.#stillFor + 1 : 0;
    this.#turn(sample);
    this.#history.push({ ...sample, grade: this.#grade });
    this.#history.splice(0, this.#history.length - REMEMBERED);
    return this.verdict;
  }

  /** @param {Sample} sample */
  #turn(sample) {
    const missed = this.#missed.reduce((sum, n) => sum + n, 0);
    const lost = !sample.heard ? 'own-line-lost' : !sample.sender ? 'customer-line-lost' : '';
    if (lost) {
      this.#set('poor', lost);
      return;
    }
    const strict = judge(sample, missed, 1);
    const lenient = judge(sample, missed, SLACK);
    const now = GRADES.indexOf(this.#grade);
    if (strict.level > now) {
      this.#better = 0;
      if (++this.#worse >= WORSE_AFTER) {
        this.#set(GRADES[strict.level], strict.reason);
      }
    } else if (lenient.level < now) {
      this.#worse = 0;
      if (++this.#better >= BETTER_AFTER) {
        this.#set(GRADES[lenient.level], lenient.reason);
      }
    } else {
      this.#worse = this.#better = 0;
      this.#reason = lenient.level > 0 ? lenient.reason : '';
    }
    if (this.#grade === 'good') {
      this.#reason = this.#stillFor >= STILL_AFTER ? 'still' : '';
    }
  }

  /**
   * @param {Grade} grade
   * @param {Reason} reason
   */
  #set(grade, reason) {
    this.#grade = grade;
    this.#reason = reason;
    this.#better = this.#worse = 0;
  }
}

/**
 * @param {Sample} s
 * @param {number} missed in the last seconds
 * @param {number} slack makes the limits stricter
 * @returns {{level: number, reason: Reason}}
 */
function judge(s, missed, slack) {
  /** @type {(value: number | null, limits: number[]) => number} */
  const level = (value, [fair, poor]) => (value === null ? 0 : value > poor * slack ? 2 : value > fair * slack ? 1 : 0);
  const there = s.fps + (s.skipped ?? 0);
  const skipping = s.skipped && s.fps < FLUENT ? level(s.skipped / there, LIMITS.skipped) : 0;
  const busy = level(s.encode, LIMITS.encode);
  /** What each may have cost, in milliseconds of the delay. @type {{reason: Reason, level: number, cost: number}[]} */
  const causes = [
    { reason: 'own-line', level: Math.max(level(s.rtt, LIMITS.trip), level(missed, LIMITS.missed)), cost: (s.rtt ?? 0) / 2 },
    // Pictures are left out because the encoder or the line is busy; if it is not the encoder, it is the line.
    { reason: 'customer-line', level: Math.max(level(s.senderRtt, LIMITS.trip), busy ? 0 : skipping), cost: (s.senderRtt ?? 0) / 2 },
    { reason: 'customer-computer', level: Math.max(busy, busy ? skipping : 0), cost: s.encode ?? 0 },
    { reason: 'own-computer', level: level(s.decode, LIMITS.decode), cost: s.decode ?? 0 },
  ];
  const [worst] = [...causes].sort((a, b) => b.level - a.level || b.cost - a.cost);
  const late = level(s.delay, LIMITS.delay);
  if (worst.level >= late) {
    return { level: worst.level, reason: worst.level > 0 ? worst.reason : '' };
  }
  // Late, and nothing alone explains it: whoever holds it up most. What nobody measured is on the customer's side.
  const [most] = [...causes].sort((a, b) => b.cost - a.cost);
  const known = causes.reduce((sum, cause) => sum + cause.cost, 0);
  return { level: late, reason: most.cost * 2 > (s.delay ?? 0) - known ? most.reason : 'customer-line' };
}

/**
 * @param {readonly number[]} values
 * @returns {number | null}
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? sorted[sorted.length >> 1] : null;
}
