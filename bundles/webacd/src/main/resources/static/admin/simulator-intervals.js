/** Intervals put together until enough happens in each: what three customers meet says nothing of an hour. Knows no DOM. */

/** @typedef {import('./simulator-measures.js').Result} Result */
/** @typedef {import('./simulator-measures.js').IntervalResult} IntervalResult */

/** So many come in an interval on average. */
const ENOUGH = 20;
/** But so many intervals there are, if the server has as many. */
const FEWEST = 8;
/** How many of the server's intervals may become one. */
const FACTORS = [1, 2, 3, 4, 6, 12, 24, 48];

/**
 * @param {IntervalResult[]} intervals of one scenario
 * @returns {number} how many of them become one
 */
export function factorOf(intervals) {
  const arrived = intervals.reduce((sum, one) => sum + one.totals.arrived, 0);
  const most = Math.max(1, Math.floor(intervals.length / FEWEST));
  const wanted = arrived > 0 ? (ENOUGH * intervals.length) / arrived : most;
  const allowed = FACTORS.filter((one) => one <= most);
  return allowed.find((one) => one >= wanted) ?? allowed[allowed.length - 1];
}

/**
 * @param {IntervalResult[]} intervals
 * @param {number} factor
 * @returns {IntervalResult[]}
 */
export function coarser(intervals, factor) {
  const made = [];
  for (let i = 0; i < intervals.length; i += factor) {
    const some = intervals.slice(i, i + factor);
    const ids = new Set(some.flatMap((one) => Object.keys(one.queues)));
    made.push({
      at: some[0].at,
      totals: together(some.map((one) => one.totals)),
      queues: Object.fromEntries([...ids].map((id) => [id, together(some.flatMap((one) => one.queues[id] ?? []))])),
    });
  }
  return made;
}

/**
 * @param {Result[]} results at least one
 * @returns {Result} of all that time
 */
export function together(results) {
  const sum = (/** @type {(one: Result) => number} */ of) => results.reduce((all, one) => all + of(one), 0);
  const mean = (/** @type {(one: Result) => number | null | undefined} */ of, /** @type {(one: Result) => number} */ weight) => {
    const known = results.filter((one) => typeof of(one) === 'number' && weight(one) > 0);
    const all = known.reduce((weights, one) => weights + weight(one), 0);
    return all > 0 ? known.reduce((total, one) => total + Number(of(one)) * weight(one), 0) / all : null;
  };
  const judged = sum((one) => one.answered + one.abandoned + one.expired);
  const waits = results.map((one) => one.longestSeconds).filter((one) => typeof one === 'number');
  const estimates = (/** @type {Result} */ one) => one.estimate?.items ?? 0;
  return {
    arrived: sum((one) => one.arrived),
    refused: sum((one) => one.refused ?? 0),
    answered: sum((one) => one.answered),
    inTime: sum((one) => one.inTime),
    abandoned: sum((one) => one.abandoned),
    expired: sum((one) => one.expired),
    // Who waits at the end waits at the end of the last one.
    left: results[results.length - 1].left,
    declined: sum((one) => one.declined),
    noAnswer: sum((one) => one.noAnswer),
    overflowed: sum((one) => one.overflowed),
    serviceLevel: judged > 0 ? sum((one) => one.inTime) / judged : null,
    answerSeconds: mean(
      (one) => one.answerSeconds,
      (one) => one.answered,
    ),
    longestSeconds: waits.length > 0 ? Math.max(.../** @type {number[]} */ (waits)) : null,
    abandonRate: judged > 0 ? sum((one) => one.abandoned) / judged : null,
    // Intervals are of one length; how many agents were there in each is not told.
    occupancy: mean(
      (one) => one.occupancy,
      () => 1,
    ),
    estimate: {
      items: sum(estimates),
      biasSeconds: mean((one) => one.estimate?.biasSeconds, estimates),
      meanErrorSeconds: mean((one) => one.estimate?.meanErrorSeconds, estimates),
    },
  };
}
