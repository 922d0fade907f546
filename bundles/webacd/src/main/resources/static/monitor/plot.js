/** The geometry of a plot: from numbers to places on a grid of 640 x 180. Knows no DOM. */

export const WIDTH = 640;
export const HEIGHT = 180;
const LEFT = 44;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 24;

/** @typedef {{min: number, max: number, ticks: number[]}} Scale */

/**
 * Round numbers from nothing to at least the largest, at most five of them.
 *
 * @param {readonly (number | null | undefined)[]} values
 * @param {number} [least] the scale goes at least so far
 * @param {boolean} [time] steps that are round as times: 15 s, 1 min
 * @returns {Scale}
 */
export function scale(values, least = 1, time = false) {
  const largest = Math.max(least, ...values.map((one) => one ?? 0));
  const step = [...steps(time)].find((one) => largest / one <= 4) ?? largest / 4;
  const count = Math.ceil(largest / step - 1e-9);
  return { min: 0, max: count * step, ticks: Array.from({ length: count + 1 }, (_, i) => i * step) };
}

/** @param {boolean} time */
function* steps(time) {
  const first = time ? [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400] : [0.05, 0.1, 0.25, 0.5];
  yield* first;
  for (let ten = time ? 100_000 : 1; ten < 1e12; ten *= 10) {
    yield* [ten, 2 * ten, 5 * ten];
  }
}

/**
 * @param {number} value
 * @param {Scale} of
 */
export function y(value, of) {
  const part = (value - of.min) / (of.max - of.min);
  return round(HEIGHT - BOTTOM - Math.min(1, Math.max(0, part)) * (HEIGHT - TOP - BOTTOM));
}

/**
 * @param {number} index
 * @param {number} count
 * @returns {number} the middle of an interval
 */
export function x(index, count) {
  return round(LEFT + ((index + 0.5) * (WIDTH - LEFT - RIGHT)) / count);
}

/** @param {number} count */
export function band(count) {
  return (WIDTH - LEFT - RIGHT) / count;
}

/**
 * A line that stops where there is nothing: an hour without customers has no service level.
 *
 * @param {readonly (number | null | undefined)[]} values
 * @param {Scale} of
 * @returns {string} the path; a number that stands alone becomes a short dash
 */
export function line(values, of) {
  const parts = [];
  values.forEach((value, i) => {
    if (value === null || value === undefined) {
      return;
    }
    const before = values[i - 1];
    const after = values[i + 1];
    const alone = (before === null || before === undefined) && (after === null || after === undefined);
    const at = x(i, values.length);
    const height = y(value, of);
    if (alone) {
      parts.push(`M${round(at - 3)} ${height}H${round(at + 3)}`);
    } else {
      parts.push(`${before === null || before === undefined ? 'M' : 'L'}${at} ${height}`);
    }
  });
  return parts.join('');
}

/**
 * Bars on top of each other.
 *
 * @param {readonly (readonly number[])[]} series
 * @param {Scale} of
 * @returns {{series: number, index: number, x: number, y: number, width: number, height: number}[]} none for what is nothing
 */
export function bars(series, of) {
  const count = series[0]?.length ?? 0;
  const width = round(Math.max(1, band(count) * 0.7));
  const made = [];
  for (let index = 0; index < count; index++) {
    let below = 0;
    for (let s = 0; s < series.length; s++) {
      const value = series[s][index];
      if (value > 0) {
        const top = y(below + value, of);
        made.push({ series: s, index, x: round(x(index, count) - width / 2), y: top, width, height: round(y(below, of) - top) });
      }
      below += value;
    }
  }
  return made;
}

/**
 * @param {number} count
 * @returns {number[]} the intervals below which their time is written: at most eight, evenly
 */
export function labelled(count) {
  const every = Math.max(1, Math.ceil(count / 8));
  return Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every);
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}

export const PLACE = { left: LEFT, right: WIDTH - RIGHT, top: TOP, bottom: HEIGHT - BOTTOM };
