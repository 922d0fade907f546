/** What came of a simulation as a table for spreadsheets. Knows no DOM. */

/** @typedef {import('./simulator-measures.js').Result} Result */
/** @typedef {import('./simulator-measures.js').SimulationView} SimulationView */

/** @type {[string, (one: Result) => number | null | undefined][]} */
const COLUMNS = [
  ['arrived', (one) => one.arrived],
  ['refused', (one) => one.refused],
  ['answered', (one) => one.answered],
  ['answered in time', (one) => one.inTime],
  ['abandoned', (one) => one.abandoned],
  ['expired', (one) => one.expired],
  ['still waiting', (one) => one.left],
  ['declined offers', (one) => one.declined],
  ['unanswered offers', (one) => one.noAnswer],
  ['overflowed', (one) => one.overflowed],
  ['service level', (one) => one.serviceLevel],
  ['speed of answer (s)', (one) => one.answerSeconds],
  ['longest wait (s)', (one) => one.longestSeconds],
  ['abandon rate', (one) => one.abandonRate],
  ['occupancy', (one) => one.occupancy],
  ['estimates', (one) => one.estimate?.items],
  ['bias of estimate (s)', (one) => one.estimate?.biasSeconds],
  ['mean error of estimate (s)', (one) => one.estimate?.meanErrorSeconds],
  ['90% of errors below (s)', (one) => one.estimate?.p90ErrorSeconds],
];
const FORMULA = /^[=+\-@\t\r\n|%]/u;

/**
 * @param {string} text
 * @returns {string} quoted; what a spreadsheet would take for a formula gets an apostrophe before it
 */
export function cell(text) {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const number = (/** @type {number | null | undefined} */ value) =>
  value === null || value === undefined ? '' : Number.isInteger(value) ? String(value) : value.toFixed(4);

/**
 * Lines for each scenario: the whole, each queue, each interval and each queue of it. Rates are from 0 to 1.
 *
 * @param {SimulationView} simulation
 * @returns {string}
 */
export function csvOf(simulation) {
  const lines = [['scenario', 'queue', 'interval', ...COLUMNS.map(([name]) => name)].join(',')];
  const line = (/** @type {string} */ scenario, /** @type {string} */ queue, /** @type {string} */ at, /** @type {Result} */ result) =>
    lines.push([cell(scenario), cell(queue), at, ...COLUMNS.map(([, of]) => number(of(result)))].join(','));
  for (const scenario of simulation.scenarios ?? []) {
    const names = new Map(scenario.queues.map((one) => [one.queue, one.name]));
    line(scenario.name, '', '', scenario.totals);
    scenario.queues.forEach((one) => line(scenario.name, one.name, '', one));
    for (const interval of scenario.intervals) {
      line(scenario.name, '', interval.at, interval.totals);
      Object.entries(interval.queues).forEach(([queue, one]) => line(scenario.name, names.get(queue) ?? queue, interval.at, one));
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** @param {number} instant @returns {string} */
export const csvName = (instant) => `simulation-${new Date(instant).toISOString().slice(0, 16).replace(/[:T]/gu, '-')}.csv`;
