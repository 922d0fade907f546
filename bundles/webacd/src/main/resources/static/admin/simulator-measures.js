/** What came of scenarios, put side by side: measures, how they differ from the first, and how long their bars are. Knows no DOM. */

/** @typedef {(key: string, args?: Record<string, string | number>) => string} Translate */
/**
 * @typedef {{arrived: number, refused?: number, answered: number, inTime: number, abandoned: number, expired: number, left: number, declined: number,
 *   noAnswer: number, overflowed: number, serviceLevel?: number | null, answerSeconds?: number | null, longestSeconds?: number | null,
 *   abandonRate?: number | null, occupancy?: number | null,
 *   estimate?: {items: number, biasSeconds?: number | null, meanErrorSeconds?: number | null, p90ErrorSeconds?: number | null} | null}} Result
 * @typedef {{at: string, queues: Record<string, Result>, totals: Result}} IntervalResult
 * @typedef {{name: string, totals: Result, queues: (Result & {queue: string, name: string})[], intervals: IntervalResult[], rerouted?: number, unknown?: number}} ScenarioResult
 * @typedef {'WAITING' | 'RUNNING' | 'DONE' | 'CANCELLED' | 'FAILED'} SimulationState
 * @typedef {{id: string, state: SimulationState, by: string, startedAt?: string | null, endedAt?: string | null, items?: number | null, done: number,
 *   scenario?: number | null, problem?: any, request: Record<string, any>, scenarios?: ScenarioResult[] | null}} SimulationView
 */
/** @typedef {'better' | 'worse' | 'more' | 'less' | 'same' | 'none'} Verdict */
/** @typedef {'part' | 'seconds' | 'count'} Unit */
/** @typedef {{key: string, unit: Unit, good: 'more' | 'less' | '', whole?: boolean, of: (result: Result) => number | null | undefined}} Measure */

/** @type {Measure[]} `whole`: its bars go to 100 % */
export const MEASURES = [
  { key: 'serviceLevel', unit: 'part', good: 'more', whole: true, of: (one) => one.serviceLevel },
  { key: 'answerSeconds', unit: 'seconds', good: 'less', of: (one) => one.answerSeconds },
  { key: 'longestSeconds', unit: 'seconds', good: 'less', of: (one) => one.longestSeconds },
  { key: 'abandonRate', unit: 'part', good: 'less', of: (one) => one.abandonRate },
  { key: 'occupancy', unit: 'part', good: '', whole: true, of: (one) => one.occupancy },
  { key: 'estimate', unit: 'seconds', good: 'less', of: (one) => one.estimate?.meanErrorSeconds },
];

/** What is plotted by interval. @type {Measure[]} */
export const PLOTTED = [
  ...MEASURES.slice(0, 3),
  { key: 'abandoned', unit: 'count', good: 'less', of: (one) => one.abandoned + one.expired },
  { key: 'occupancy', unit: 'part', good: '', of: (one) => one.occupancy },
  { key: 'arrived', unit: 'count', good: '', of: (one) => one.arrived },
];

/** Less than this is no difference: half a point, half a second, and a hundredth of what it is about. */
const NOTHING = { part: 0.005, seconds: 0.5, count: 0.5 };

/** @param {number | null | undefined} value @returns {value is number} */
const known = (value) => typeof value === 'number' && Number.isFinite(value);

/**
 * @param {Measure} measure
 * @param {Result} result
 * @param {Result} first
 * @returns {{verdict: Verdict, by: number}} `by`: how much, never negative
 */
export function difference(measure, result, first) {
  const value = measure.of(result);
  const other = measure.of(first);
  if (!known(value) || !known(other)) {
    return { verdict: 'none', by: 0 };
  }
  const by = Math.abs(value - other);
  const least = measure.unit === 'seconds' ? Math.max(NOTHING.seconds, other / 100) : NOTHING[measure.unit];
  if (by < least) {
    return { verdict: 'same', by: 0 };
  }
  const direction = value > other ? 'more' : 'less';
  return { verdict: measure.good === '' ? direction : measure.good === direction ? 'better' : 'worse', by };
}

/**
 * @param {Measure} measure
 * @param {Result[]} results
 * @returns {(number | undefined)[]} the length of each bar, 0 to 100; undefined for what has no value
 */
export function barLengths(measure, results) {
  const values = results.map(measure.of);
  const largest = measure.whole ? 1 : Math.max(...values.map((one) => (known(one) ? one : 0)));
  return values.map((one) => (known(one) ? (largest > 0 ? Math.min(100, (one / largest) * 100) : 0) : undefined));
}

/**
 * The scenario that answers most in time, if it is another than the first and the difference is worth a word.
 *
 * @param {ScenarioResult[]} scenarios
 * @returns {{index: number, by: number} | undefined}
 */
export function best(scenarios) {
  const [level] = MEASURES;
  const ranked = scenarios
    .map((one, index) => ({ index, ...difference(level, one.totals, scenarios[0].totals) }))
    .filter((one) => one.verdict === 'better')
    .sort((a, b) => b.by - a.by);
  return ranked[0];
}

/**
 * @param {number} seconds
 * @param {string} language
 * @returns {string} `3.2 sec`, `1:05`, `1:02:05`
 */
export function secondsText(seconds, language) {
  if (Math.abs(seconds) < 59.5) {
    const digits = Math.abs(seconds) < 9.95 && Math.abs(seconds) >= 0.05 ? 1 : 0;
    return new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: digits }).format(seconds);
  }
  const whole = Math.round(Math.abs(seconds));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return `${seconds < 0 ? '−' : ''}${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`;
}

/**
 * @param {Unit} unit
 * @param {number | null | undefined} value
 * @param {string} language
 * @returns {string} a dash for what has no value
 */
export function valueText(unit, value, language) {
  if (!known(value)) {
    return '–';
  }
  if (unit === 'part') {
    const digits = value > 0 && value < 0.0995 ? 1 : value > 0.995 && value < 1 ? 1 : 0;
    return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(value);
  }
  return unit === 'seconds' ? secondsText(value, language) : new Intl.NumberFormat(language).format(value);
}

/**
 * @param {Unit} unit
 * @param {number} by
 * @param {string} language
 * @param {Translate} t
 * @returns {string} how large a difference is, without its direction
 */
export function amountText(unit, by, language, t) {
  if (unit !== 'part') {
    return valueText(unit, by, language);
  }
  const points = by * 100;
  const digits = points < 9.95 ? 1 : 0;
  return t('simulator.points', { points: new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(points) });
}

/**
 * @param {Verdict} verdict
 * @param {string} amount
 * @param {Translate} t
 */
export function verdictText(verdict, amount, t) {
  return {
    better: t('simulator.better', { amount }),
    worse: t('simulator.worse', { amount }),
    more: t('simulator.more', { amount }),
    less: t('simulator.less', { amount }),
    same: t('simulator.same'),
    none: t('simulator.noValue'),
  }[verdict];
}

/**
 * Whether an estimate that waiting customers are shown is too long or too short on average.
 *
 * @param {Result} result
 * @param {string} language
 * @param {Translate} t
 * @returns {string} '' if nothing was estimated
 */
export function biasText({ estimate }, language, t) {
  if (!estimate || !known(estimate.biasSeconds)) {
    return '';
  }
  const amount = secondsText(Math.abs(estimate.biasSeconds), language);
  return Math.abs(estimate.biasSeconds) < NOTHING.seconds
    ? t('simulator.bias.none')
    : estimate.biasSeconds > 0
      ? t('simulator.bias.long', { amount })
      : t('simulator.bias.short', { amount });
}

/**
 * @param {SimulationView} simulation `items` come in each scenario, `done` of them in the one that runs
 * @returns {number | undefined} how far it is, 0 to 1; undefined while that is not known
 */
export function progressOf({ state, items, done, scenario, request }) {
  if (state === 'DONE') {
    return 1;
  }
  const all = (items ?? 0) * request.scenarios.length;
  return all > 0 ? Math.min(1, ((scenario ?? 0) * (items ?? 0) + done) / all) : undefined;
}

/** @param {SimulationView} simulation @returns {boolean} whether all that came of it is known here */
export const complete = ({ scenarios, request }) => (scenarios?.length ?? 0) === request.scenarios.length;

/**
 * How times of intervals are written: the nearer they stand, the finer.
 *
 * @param {string[]} times
 * @returns {Intl.DateTimeFormatOptions}
 */
export function timeForm(times) {
  const all = times.map((one) => Date.parse(one));
  const whole = all.length > 1 ? all[all.length - 1] - all[0] : 0;
  const step = all.length > 1 ? all[1] - all[0] : 0;
  const day = 86_400_000;
  if (step >= day) {
    return { day: 'numeric', month: 'short' };
  }
  return whole < day ? { hour: '2-digit', minute: '2-digit' } : { weekday: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' };
}
