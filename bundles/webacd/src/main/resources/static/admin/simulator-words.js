/** Simulations in words: what is changed, which traffic, how far it is. Knows no DOM. */

import { EVERYBODY } from './simulator-changes.js';
import { strategyText } from './queue-view.js';

/** @typedef {import('./simulator-changes.js').Change} Change */
/** @typedef {import('./simulator-changes.js').SimulatedSite} SimulatedSite */
/** @typedef {(key: string, args?: Record<string, string | number>) => string} Translate */

/** Letters of scenarios: they stand at every bar, line and row. */
export const LETTERS = ['A', 'B', 'C', 'D'];

/** Faults that only this page knows. */
const OWN_FAULTS = ['order-times', 'nobody', 'gone', 'self', 'shifts', 'no-draft', 'too-long'];

/**
 * @param {{fault: string, args?: Record<string, string | number>}} fault
 * @param {Translate} t
 */
export function faultText({ fault, args }, t) {
  return OWN_FAULTS.includes(fault) ? t(`simulator.fault.${fault}`, args) : t(`admin.fault.${fault}`, args);
}

/**
 * @param {string} shifts
 * @param {Translate} t
 */
export function shiftsText(shifts, t) {
  return { RECORDED: t('simulator.shifts.RECORDED'), HOURS: t('simulator.shifts.HOURS'), ALWAYS: t('simulator.shifts.ALWAYS') }[shifts] ?? shifts;
}

/**
 * @param {string} days
 * @param {Translate} t
 */
export function daysText(days, t) {
  return { weekdays: t('simulator.days.weekdays'), saturdays: t('simulator.days.saturdays'), all: t('simulator.days.all') }[days] ?? days;
}

/**
 * @param {Change} change
 * @param {SimulatedSite} site
 * @param {Translate} t
 * @returns {string} one line
 */
export function changeText(change, site, t) {
  const queue = site.queues.find((one) => one.id === change.queue)?.name ?? t('simulator.gone');
  const agent = site.agents.find((one) => one.id === change.agent)?.name ?? change.agent;
  switch (change.kind) {
    case 'more':
      return change.capacity === '1'
        ? t('simulator.says.more', { count: Number(change.agents), queue })
        : t('simulator.says.moreEach', { count: Number(change.agents), queue, capacity: change.capacity });
    case 'capacity':
      return change.agent === EVERYBODY
        ? t('simulator.says.everybody', { capacity: change.capacity })
        : t('simulator.says.capacity', { name: agent, capacity: change.capacity });
    case 'absent':
      return t('simulator.says.absent', { name: agent });
    case 'shifts':
      return t('simulator.says.shifts', { shifts: shiftsText(change.value, t) });
    case 'strategy':
      return `${queue}: ${strategyText(change.value, t)}`;
    case 'offer':
      return t('simulator.says.offer', { queue, seconds: change.seconds });
    case 'overflow':
      return change.to
        ? t('simulator.says.overflow', { queue, to: site.queues.find((one) => one.slug === change.to)?.name ?? change.to, seconds: change.seconds })
        : t('simulator.says.noOverflow', { queue });
    case 'hours':
      return t('simulator.says.hours', { queue, days: daysText(change.days, t), from: change.from, to: change.to });
    case 'rules':
      return t('simulator.says.rules');
    default:
      return `${queue}: ${Object.keys(change.fields ?? {}).join(', ')}`;
  }
}

/**
 * @param {string} from
 * @param {string} to
 * @param {string} language
 * @returns {string} `22 Nov, 08:00 – 18:00`
 */
export function spanText(from, to, language) {
  const form = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  return form.formatRange(new Date(from), new Date(to));
}

/**
 * @param {{kind: string, from: string, to: string}} traffic
 * @param {string} language
 * @param {Translate} t
 */
export function trafficText(traffic, language, t) {
  const span = spanText(traffic.from, traffic.to, language);
  return traffic.kind === 'GENERATED' ? t('simulator.says.generated', { span }) : t('simulator.says.recorded', { span });
}

/**
 * How many agents the work of a queue keeps busy, if nobody leaves.
 *
 * @param {number} perHour
 * @param {number} handlingSeconds
 * @returns {number}
 */
export const load = (perHour, handlingSeconds) => (perHour * handlingSeconds) / 3600;
