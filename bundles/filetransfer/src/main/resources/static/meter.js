/** How fast something goes, and how long it will take. Knows no DOM. */

/** Over so many milliseconds the speed is an average: long enough to be calm, short enough to be true. */
const WINDOW = 6000;
/** Before that nobody can say how long it takes. */
const ENOUGH = 1500;
const APART = 200;

export class Meter {
  /** @type {{at: number, bytes: number}[]} */
  #seen = [];

  /**
   * @param {number} at milliseconds that only ascend
   * @param {number} bytes that have gone so far
   */
  add(at, bytes) {
    const last = this.#seen.at(-1);
    if (last && bytes < last.bytes) {
      // What was on the way when the line broke goes once more.
      this.#seen = [];
    } else if (last && at - last.at < APART) {
      return;
    }
    this.#seen.push({ at, bytes });
    while (this.#seen.length > 2 && this.#seen[1].at <= at - WINDOW) {
      this.#seen.shift();
    }
  }

  /** It stands still; what was measured is not true any more. */
  rest() {
    this.#seen = [];
  }

  /**
   * @param {number} at
   * @returns {number | undefined} bytes per second, if that can be said
   */
  speed(at) {
    const first = this.#seen[0];
    const last = this.#seen.at(-1);
    if (!first || !last || at - first.at < ENOUGH) {
      return undefined;
    }
    return ((last.bytes - first.bytes) * 1000) / (at - first.at);
  }

  /**
   * @param {number} at
   * @param {number} missing bytes
   * @returns {number | undefined} seconds, if that can be said
   */
  left(at, missing) {
    const speed = this.speed(at);
    return speed ? Math.ceil(missing / speed) : undefined;
  }
}

const STEPS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/**
 * A size as people say it; 1 GB is 1,073,741,824 bytes, as in the settings.
 *
 * @param {number} bytes
 * @param {string} locale
 */
export function sizeText(bytes, locale) {
  let step = 0;
  let value = bytes;
  while (value >= 1000 && step < STEPS.length - 1) {
    value /= 1024;
    step++;
  }
  const digits = step === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: STEPS[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(value);
}

/**
 * @param {number} seconds
 * @param {string} locale
 * @returns {string} 40 sec, 5 min, 2 hr: no more exact than anybody can know
 */
export function timeText(seconds, locale) {
  const [value, unit] =
    seconds < 60 ? [Math.max(1, seconds < 10 ? seconds : Math.ceil(seconds / 5) * 5), 'second'] : seconds < 3600 ? [Math.ceil(seconds / 60), 'minute'] : [Math.ceil(seconds / 3600), 'hour'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}
