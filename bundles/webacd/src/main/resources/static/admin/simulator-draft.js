/** What is to be simulated, as it is put together: traffic, assumptions, scenarios with their changes. Knows no DOM. */

import { changeFault, changesOf, keptOf, scenarioOf } from './simulator-changes.js';
import { codePoints, numberFault } from './values.js';

/** @typedef {import('./simulator-changes.js').Change} Change */
/** @typedef {import('./simulator-changes.js').SimulatedSite} SimulatedSite */
/** @typedef {import('./queue-draft.js').Fault} Fault */
/** @typedef {{perHour: string, handlingSeconds: string, patienceSeconds: string}} Rate as typed */
/** @typedef {{name: string, changes: Change[], kept?: Record<string, any>}} ScenarioDraft `kept`: what the page has no fields for */
/** @typedef {'RECORDED' | 'GENERATED'} Kind */
/** @typedef {'RECORDED' | 'HOURS' | 'ALWAYS'} Shifts */
/**
 * @typedef {object} SimulatorDraft
 * @property {Kind} kind
 * @property {string} period days up to now, or `own` for `from` and `to`
 * @property {string} from as in a field of date and time, in the time zone of the browser
 * @property {string} to
 * @property {{from: string, to: string, seed: string, queues: Record<string, Rate>}} generated
 * @property {string} shifts
 * @property {string} serviceLevelSeconds
 * @property {string} answerSeconds
 * @property {string} declines in percent
 * @property {string} noAnswers in percent
 * @property {ScenarioDraft[]} scenarios
 * @property {{returnSeconds?: number, always?: boolean}} [kept] what the page has no fields for
 */
/** @typedef {{queue: string, name: string, items: number, perHour?: number | null, handlingSeconds?: number | null, patienceSeconds?: number | null}} RecordedQueue */
/** @typedef {{items: number, queues: RecordedQueue[], first?: string | null, last?: string | null}} Recorded */

export const MOST_SCENARIOS = 4;
export const LONGEST_NAME = 60;
/** The server takes no more, in days. */
export const MOST_DAYS = 62;
/** In days, up to now. */
export const PERIODS = ['1', '7', '30'];
export const SHIFTS = ['RECORDED', 'HOURS', 'ALWAYS'];
export const ASSUMPTIONS = {
  serviceLevelSeconds: { least: 1, most: 3600 },
  answerSeconds: { least: 0, most: 600 },
  declines: { least: 0, most: 90 },
  noAnswers: { least: 0, most: 90 },
};
export const RATES = {
  perHour: { least: 0, most: 100_000 },
  handlingSeconds: { least: 1, most: 86_400 },
  patienceSeconds: { least: 1, most: 86_400 },
};
export const SEED = { least: 0, most: 999_999_999 };
/** What a queue begins with of which nothing was recorded. */
const USUAL = { perHour: '20', handlingSeconds: '300', patienceSeconds: '180' };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const two = (/** @type {number} */ number) => String(number).padStart(2, '0');

/**
 * @param {number} instant milliseconds
 * @returns {string} `2026-11-22T08:00`, in the time zone of the browser
 */
export function localText(instant) {
  const at = new Date(instant);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/**
 * @param {number} now
 * @param {string} asItIs the name of the first scenario
 * @param {number} [inTime] the service level's time of the site, seconds
 * @returns {SimulatorDraft}
 */
export function freshDraft(now, asItIs, inTime = 20) {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  // A day on which people work.
  while (day.getDay() % 6 === 0) {
    day.setDate(day.getDate() + 1);
  }
  const hour = Math.floor(now / HOUR) * HOUR;
  return {
    kind: 'RECORDED',
    period: '7',
    from: localText(hour - DAY),
    to: localText(hour),
    generated: { from: localText(day.getTime() + 8 * HOUR), to: localText(day.getTime() + 18 * HOUR), seed: '1', queues: {} },
    shifts: 'RECORDED',
    serviceLevelSeconds: String(inTime),
    answerSeconds: '3',
    declines: '5',
    noAnswers: '2',
    scenarios: [{ name: asItIs, changes: [] }],
  };
}

/**
 * @param {SimulatorDraft} draft
 * @param {Kind} kind
 * @returns {SimulatorDraft} with that traffic; made-up traffic has no recorded shifts
 */
export function withKind(draft, kind) {
  const shifts = kind === 'GENERATED' && draft.shifts === 'RECORDED' ? 'HOURS' : kind === 'RECORDED' && draft.shifts === 'HOURS' ? 'RECORDED' : draft.shifts;
  return { ...draft, kind, shifts };
}

/**
 * The times of the traffic; NaN for what cannot be read.
 *
 * @param {SimulatorDraft} draft
 * @param {number} now
 * @returns {{from: number, to: number}} milliseconds
 */
export function span(draft, now) {
  if (draft.kind === 'GENERATED') {
    return { from: Date.parse(draft.generated.from), to: Date.parse(draft.generated.to) };
  }
  if (draft.period === 'own') {
    return { from: Date.parse(draft.from), to: Date.parse(draft.to) };
  }
  const to = Math.floor(now / 60_000) * 60_000;
  return { from: to - Number(draft.period) * DAY, to };
}

/**
 * @param {SimulatorDraft} draft
 * @param {{id: string}[]} queues
 * @param {Recorded | undefined} recorded
 * @param {boolean} [anew] also where somebody has typed something already
 * @returns {SimulatorDraft} with numbers for each queue, like those recorded where there are any
 */
export function proposed(draft, queues, recorded, anew = false) {
  const all = Object.fromEntries(
    queues.map(({ id }) => {
      const like = recorded?.queues.find((one) => one.queue === id);
      const now = draft.generated.queues[id];
      return [id, now && !anew ? now : rateLike(like, (recorded?.items ?? 0) > 0)];
    }),
  );
  return { ...draft, generated: { ...draft.generated, queues: all } };
}

/**
 * @param {RecordedQueue | undefined} like
 * @param {boolean} others whether anything was recorded of others
 * @returns {Rate}
 */
function rateLike(like, others) {
  if (!like || like.items === 0) {
    return { ...USUAL, perHour: others ? '0' : USUAL.perHour };
  }
  const seconds = (/** @type {number | null | undefined} */ value, /** @type {string} */ usual) => (value ? String(Math.max(1, Math.round(value))) : usual);
  return {
    perHour: String(Math.round((like.perHour ?? 0) * 10) / 10),
    handlingSeconds: seconds(like.handlingSeconds, USUAL.handlingSeconds),
    patienceSeconds: seconds(like.patienceSeconds, USUAL.patienceSeconds),
  };
}

/** @param {string} text as typed, with a comma or a point @returns {number} NaN if it is no number */
export const decimal = (text) => (/^\d{1,7}(?:[.,]\d{1,3})?$/u.test(text.trim()) ? Number(text.trim().replace(',', '.')) : NaN);

/**
 * @param {SimulatorDraft} draft
 * @param {SimulatedSite} site
 * @param {number} now
 * @returns {Record<string, Fault>} what is wrong, by path
 */
export function draftFaults(draft, site, now) {
  /** @type {Record<string, Fault>} */
  const faults = {};
  const number = (/** @type {string} */ path, /** @type {string} */ typed, /** @type {{least: number, most: number}} */ bounds) => {
    const fault = numberFault(typed, bounds);
    if (fault) {
      faults[path] = { fault, args: { ...bounds } };
    }
  };
  trafficFaults(draft, site, now, faults, number);
  for (const [key, bounds] of Object.entries(ASSUMPTIONS)) {
    number(key, draft[/** @type {'declines'} */ (key)], bounds);
  }
  if (Number(draft.declines) + Number(draft.noAnswers) > 95) {
    faults.noAnswers ??= { fault: 'range', args: { least: 0, most: Math.max(0, 95 - Number(draft.declines)) } };
  }
  draft.scenarios.forEach((scenario, i) => {
    const path = `scenarios[${i}]`;
    const length = codePoints(scenario.name.trim());
    if (length === 0) {
      faults[`${path}.name`] = { fault: 'missing' };
    } else if (length > LONGEST_NAME) {
      faults[`${path}.name`] = { fault: 'long', args: { length, most: LONGEST_NAME } };
    } else if (draft.scenarios.findIndex((other) => other.name.trim() === scenario.name.trim()) !== i) {
      faults[`${path}.name`] = { fault: 'twice' };
    }
    scenario.changes.forEach((change, j) => changeFault(change, scenario.changes.slice(0, j), site, `${path}.changes[${j}]`, faults, draft.kind));
  });
  return faults;
}

/**
 * @param {SimulatorDraft} draft
 * @param {SimulatedSite} site
 * @param {number} now
 * @param {Record<string, Fault>} faults
 * @param {(path: string, typed: string, bounds: {least: number, most: number}) => void} number
 */
function trafficFaults(draft, site, now, faults, number) {
  const { from, to } = span(draft, now);
  const place = draft.kind === 'GENERATED' ? 'generated.' : '';
  if (Number.isNaN(from)) {
    faults[`${place}from`] = { fault: 'date' };
  } else if (Number.isNaN(to)) {
    faults[`${place}to`] = { fault: 'date' };
  } else if (to <= from) {
    faults[`${place}to`] = { fault: 'order-times' };
  } else if (to - from > MOST_DAYS * DAY) {
    faults[`${place}to`] = { fault: 'too-long', args: { days: MOST_DAYS } };
  }
  if (draft.kind !== 'GENERATED') {
    return;
  }
  number('generated.seed', draft.generated.seed, SEED);
  let people = 0;
  for (const { id } of site.queues) {
    const path = `generated.queues.${id}`;
    const rate = draft.generated.queues[id];
    const perHour = decimal(rate?.perHour ?? '');
    if (Number.isNaN(perHour)) {
      faults[`${path}.perHour`] = { fault: rate?.perHour.trim() ? 'number' : 'missing' };
    } else if (perHour > RATES.perHour.most) {
      faults[`${path}.perHour`] = { fault: 'range', args: { ...RATES.perHour } };
    } else if (perHour > 0) {
      people += perHour;
      number(`${path}.handlingSeconds`, rate.handlingSeconds, RATES.handlingSeconds);
      number(`${path}.patienceSeconds`, rate.patienceSeconds, RATES.patienceSeconds);
    } else {
      continue;
    }
  }
  if (people === 0 && site.queues.length > 0) {
    faults[`generated.queues.${site.queues[0].id}.perHour`] ??= { fault: 'nobody' };
  }
}

/**
 * @param {SimulatorDraft} draft without faults
 * @param {SimulatedSite} site
 * @param {number} now
 * @returns {Record<string, any>} what the server is asked for
 */
export function requestOf(draft, site, now) {
  const { from, to } = span(draft, now);
  const times = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const queues = site.queues
    .map(({ id }) => ({ queue: id, rate: draft.generated.queues[id] }))
    .filter(({ rate }) => decimal(rate?.perHour ?? '') > 0)
    .map(({ queue, rate }) => ({
      queue,
      perHour: decimal(rate.perHour),
      handlingSeconds: Number(rate.handlingSeconds),
      patienceSeconds: Number(rate.patienceSeconds),
    }));
  const { returnSeconds, always } = draft.kept ?? {};
  const made = { kind: 'GENERATED', ...times, seed: Number(draft.generated.seed), queues, ...(always === undefined ? {} : { always }) };
  return {
    traffic: draft.kind === 'RECORDED' ? { kind: 'RECORDED', ...times } : made,
    serviceLevelSeconds: Number(draft.serviceLevelSeconds),
    answerSeconds: Number(draft.answerSeconds),
    declines: Number(draft.declines) / 100,
    noAnswers: Number(draft.noAnswers) / 100,
    ...(returnSeconds === undefined ? {} : { returnSeconds }),
    scenarios: draft.scenarios.map((one) => scenarioOf(one, site, draft.shifts)),
  };
}

/**
 * @param {Record<string, any>} request as it was posted
 * @param {SimulatedSite} site
 * @param {SimulatorDraft} fresh for what it does not say
 * @returns {SimulatorDraft} to change it and run it again
 */
export function draftOfRequest(request, site, fresh) {
  const { traffic } = request;
  const made = traffic.kind === 'GENERATED';
  const times = { from: localText(Date.parse(traffic.from)), to: localText(Date.parse(traffic.to)) };
  const text = (/** @type {unknown} */ value, /** @type {string} */ usual) => (value === undefined || value === null ? usual : String(value));
  const percent = (/** @type {unknown} */ value, /** @type {string} */ usual) => (typeof value === 'number' ? String(Math.round(value * 100)) : usual);
  /** @type {Record<string, Rate>} */
  const queues = Object.fromEntries(site.queues.map(({ id }) => [id, { ...USUAL, perHour: '0' }]));
  for (const one of made ? (traffic.queues ?? []) : []) {
    queues[one.queue] = {
      perHour: text(one.perHour, '0'),
      handlingSeconds: text(one.handlingSeconds, USUAL.handlingSeconds),
      patienceSeconds: text(one.patienceSeconds, USUAL.patienceSeconds),
    };
  }
  const shifts = text(request.scenarios[0]?.shifts, made ? 'HOURS' : 'RECORDED');
  return {
    ...fresh,
    kind: made ? 'GENERATED' : 'RECORDED',
    ...(made ? {} : { period: 'own', ...times }),
    generated: made ? { ...times, seed: text(traffic.seed, '1'), queues } : fresh.generated,
    shifts,
    serviceLevelSeconds: text(request.serviceLevelSeconds, fresh.serviceLevelSeconds),
    answerSeconds: text(request.answerSeconds, fresh.answerSeconds),
    declines: percent(request.declines, fresh.declines),
    noAnswers: percent(request.noAnswers, fresh.noAnswers),
    scenarios: request.scenarios.map((/** @type {any} */ one) => ({ name: one.name, changes: changesOf(one, site, shifts), kept: keptOf(one) })),
    kept: {
      ...(typeof request.returnSeconds === 'number' ? { returnSeconds: request.returnSeconds } : {}),
      ...(typeof traffic.always === 'boolean' ? { always: traffic.always } : {}),
    },
  };
}
