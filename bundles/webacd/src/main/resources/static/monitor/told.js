/** What numbers and reasons of the monitor are in words. Knows no DOM. */

/** @typedef {(key: string, args?: Record<string, string | number>) => string} Translate */
/** @typedef {{agent: string, name: string, reason: string, values: Record<string, string>}} Considered */

/** Reasons that this page has words for; a newer server may know more. */
export const REASONS = [
  'CHOSEN',
  'ORDER',
  'OFFLINE',
  'AWAY',
  'NO_INBOUND',
  'NOT_IN_QUEUE',
  'FULL',
  'WRAP_UP',
  'OFFERED_OTHER',
  'SKILL_MISSING',
  'DECLINED_BEFORE',
  'PREFERRED_OTHER',
  'QUEUE_CLOSED',
  'NOT_TARGETED',
];
const STRATEGIES = ['LONGEST_IDLE', 'ROUND_ROBIN', 'BROADCAST', 'FEWEST_ACTIVE'];

/**
 * @param {number | null | undefined} part 0 to 1
 * @param {string} language
 * @returns {string} `82 %`; a dash for what is not known
 */
export function percent(part, language) {
  return part === null || part === undefined
    ? '–'
    : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(part);
}

/**
 * @param {{considered: Considered[], strategy: string}} why
 * @param {Translate} t
 * @returns {string} how the agents were put in order
 */
export function orderText(why, t) {
  if (why.strategy === '') {
    return t('monitor.order.names');
  }
  return STRATEGIES.includes(why.strategy) ? t(`monitor.order.${why.strategy}`) : t('monitor.order.other', { name: why.strategy });
}

/**
 * @param {Considered} one
 * @param {(agent: string) => string} nameOf
 * @param {Translate} t
 * @returns {string} why that agent was asked or was not
 */
export function reasonText(one, nameOf, t) {
  if (!REASONS.includes(one.reason)) {
    return t('monitor.reason.other', { reason: one.reason });
  }
  const { active = '0', capacity = '0', detail = '' } = one.values;
  return t(`monitor.reason.${one.reason}`, { active, capacity, detail: one.reason === 'PREFERRED_OTHER' ? nameOf(detail) : detail });
}

/**
 * How an agent stands: what the platform says, and what WebACD adds to it.
 *
 * @param {{presence: string, reason: string, absent?: string | null, inbound: boolean}} agent
 * @returns {{key: string, kind: 'good' | 'warn' | 'off'}}
 */
export function standing(agent) {
  if (agent.presence === 'OFFLINE') {
    return { key: 'monitor.presence.OFFLINE', kind: 'off' };
  }
  if (agent.absent === 'no-answer' || agent.reason === 'no-answer') {
    return { key: 'monitor.presence.no-answer', kind: 'warn' };
  }
  if (agent.presence === 'AWAY') {
    return { key: 'monitor.presence.AWAY', kind: 'warn' };
  }
  if (agent.absent === 'gone') {
    return { key: 'monitor.presence.gone', kind: 'warn' };
  }
  return agent.inbound ? { key: 'monitor.presence.AVAILABLE', kind: 'good' } : { key: 'monitor.presence.outbound', kind: 'warn' };
}
