/** Which times can be asked for, by which intervals. Knows no DOM. */

const DAY = 86_400_000;

/** @typedef {'15m' | 'hour' | 'day'} Interval */

/** The server's bounds, in days. @type {Record<Interval, number>} */
const MOST = { '15m': 7, hour: 62, day: 400 };

/** In days. */
export const PERIODS = [1, 7, 30, 365];

/**
 * @param {number} days
 * @returns {Interval[]} the finest first
 */
export function intervals(days) {
  return /** @type {Interval[]} */ (Object.keys(MOST)).filter((one) => days <= MOST[one] && (one !== 'day' || days > 1));
}

/**
 * @param {number} days
 * @param {Interval} wanted
 * @returns {Interval} that one, or the finest that the period allows
 */
export function allowed(days, wanted) {
  const all = intervals(days);
  return all.includes(wanted) ? wanted : all[0];
}

/**
 * @param {{days: number, interval: Interval, queue: string}} asked
 * @param {number} now milliseconds
 * @returns {string} the query of the address
 */
export function query({ days, interval, queue }, now) {
  const asked = new URLSearchParams({ from: new Date(now - days * DAY).toISOString(), to: new Date(now).toISOString(), interval });
  if (queue) {
    asked.set('queue', queue);
  }
  return asked.toString();
}
