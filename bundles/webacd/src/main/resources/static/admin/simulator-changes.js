/** What a scenario does otherwise: a change each, as people read it, and as the server takes it. Knows no DOM. */

import { CAPACITY } from './agent-draft.js';
import { minuteOf } from './hours.js';
import { NUMBERS, OVERFLOW_AFTER } from './queue-draft.js';
import { numberFault } from './values.js';

/** @typedef {'more' | 'capacity' | 'absent' | 'strategy' | 'offer' | 'overflow' | 'hours' | 'rules' | 'shifts' | 'other'} ChangeKind */
/** @typedef {{kind: ChangeKind, [more: string]: any}} Change numbers as they are typed */
/** @typedef {{id: string, slug: string, name: string, form: Record<string, any>}} SimulatedQueue */
/** @typedef {{queues: SimulatedQueue[], agents: {id: string, name: string}[], strategies: string[], draft: boolean}} SimulatedSite `draft`: there are rules that are not published */
/** @typedef {import('./queue-draft.js').Fault} Fault */

/** In the order in which they are offered. @type {ChangeKind[]} */
export const KINDS = ['more', 'capacity', 'absent', 'shifts', 'strategy', 'offer', 'overflow', 'hours', 'rules'];
export const MORE = { least: 1, most: 1000 };
/** On which days a queue is open from one time to another. @type {Record<string, (day: number) => boolean>} Monday is 0 */
const DAYS = { weekdays: (day) => day < 5, saturdays: (day) => day < 6, all: () => true };
export const DAY_SETS = Object.keys(DAYS);
export const EVERYBODY = '*';

/** @param {SimulatedSite} site @param {string} id */
const queueOf = (site, id) => site.queues.find((one) => one.id === id);

/**
 * @param {ChangeKind} kind
 * @param {SimulatedSite} site with at least one queue
 * @param {string} [queue] the one whose change it is, if that matters
 * @returns {Change} something to begin with, other than it is now
 */
export function newChange(kind, site, queue = site.queues[0]?.id ?? '') {
  const form = queueOf(site, queue)?.form ?? {};
  const other = site.queues.find((one) => one.id !== queue)?.slug ?? '';
  switch (kind) {
    case 'more':
      return { kind, queue, agents: '1', capacity: '1' };
    case 'capacity':
      return { kind, agent: EVERYBODY, capacity: '2' };
    case 'absent':
      return { kind, agent: site.agents[0]?.id ?? '' };
    case 'shifts':
      return { kind, value: 'ALWAYS' };
    case 'strategy':
      return { kind, queue, value: site.strategies.find((one) => one !== form.strategy) ?? form.strategy };
    case 'offer':
      return { kind, queue, seconds: String(form.offerSeconds === 10 ? 20 : 10) };
    case 'overflow':
      return form.overflow ? { kind, queue, to: '', seconds: String(form.overflow.afterSeconds) } : { kind, queue, to: other, seconds: '120' };
    case 'hours':
      return { kind, queue, days: 'weekdays', from: '07:00', to: '19:00' };
    default:
      return { kind: 'rules', value: 'DRAFT' };
  }
}

/** @param {ChangeKind} kind @param {SimulatedSite} site @returns {boolean} whether it can be made at this site */
export function possible(kind, site) {
  return kind === 'absent' ? site.agents.length > 0 : kind === 'rules' ? site.draft : site.queues.length > 0;
}

/** @param {Change} change @returns {string} what it is about: two of one scenario about the same would contradict each other */
const about = (change) =>
  ['more', 'strategy', 'offer', 'overflow', 'hours'].includes(change.kind)
    ? `${change.kind} ${change.queue}`
    : ['capacity', 'absent'].includes(change.kind)
      ? `${change.kind} ${change.agent}`
      : change.kind === 'other'
        ? `other ${change.queue}`
        : change.kind;

/** @param {Change} change @returns {string} the field that says what it is about */
const aim = (change) => ('queue' in change ? 'queue' : 'agent' in change ? 'agent' : 'value');

/**
 * @param {Change} change
 * @param {Change[]} before
 * @param {SimulatedSite} site
 * @param {string} path
 * @param {Record<string, Fault>} faults
 * @param {string} traffic
 */
export function changeFault(change, before, site, path, faults, traffic) {
  const number = (/** @type {string} */ key, /** @type {{least: number, most: number}} */ bounds) => {
    const fault = numberFault(change[key], bounds);
    if (fault) {
      faults[`${path}.${key}`] = { fault, args: { least: bounds.least, most: bounds.most } };
    }
  };
  const wrong = (/** @type {string} */ key, /** @type {string} */ fault) => (faults[`${path}.${key}`] ??= { fault });
  if ('queue' in change && !queueOf(site, change.queue)) {
    wrong('queue', 'gone');
  }
  if ('agent' in change && change.agent !== EVERYBODY && !site.agents.some((one) => one.id === change.agent)) {
    wrong('agent', 'gone');
  }
  if (before.some((other) => about(other) === about(change))) {
    wrong(aim(change), 'twice');
  }
  switch (change.kind) {
    case 'more':
      number('agents', MORE);
      number('capacity', CAPACITY);
      break;
    case 'capacity':
      number('capacity', CAPACITY);
      break;
    case 'offer':
      number('seconds', NUMBERS.offerSeconds);
      break;
    case 'overflow':
      if (change.to) {
        number('seconds', OVERFLOW_AFTER);
        if (change.to === queueOf(site, change.queue)?.slug) {
          wrong('to', 'self');
        }
      }
      break;
    case 'hours':
      if (Number.isNaN(minuteOf(change.from)) || Number.isNaN(minuteOf(change.to)) || change.from === change.to) {
        wrong('to', 'time');
      }
      break;
    case 'shifts':
      if (change.value === 'RECORDED' && traffic === 'GENERATED') {
        wrong('value', 'shifts');
      }
      break;
    case 'rules':
      if (change.value === 'DRAFT' && !site.draft) {
        wrong('value', 'no-draft');
      }
      break;
    default:
  }
}

/**
 * @param {Change} change
 * @param {SimulatedSite} site
 * @returns {Record<string, any>} the fields of the queue's form that it sets
 */
function fieldsOf(change, site) {
  switch (change.kind) {
    case 'strategy':
      return { strategy: change.value };
    case 'offer':
      return { offerSeconds: Number(change.seconds) };
    case 'overflow':
      return { overflow: change.to ? { queue: change.to, afterSeconds: Number(change.seconds) } : null };
    case 'hours': {
      const hours = queueOf(site, change.queue)?.form.hours ?? { zone: 'UTC', holidays: [] };
      const open = DAYS[change.days];
      return { hours: { ...hours, week: Array.from({ length: 7 }, (_, day) => (open(day) ? [{ from: change.from, to: change.to }] : [])) } };
    }
    default:
      return change.fields ?? {};
  }
}

/**
 * @param {{name: string, changes: Change[], kept?: Record<string, any>}} scenario without faults
 * @param {SimulatedSite} site
 * @param {string} shifts those of the simulation
 * @returns {Record<string, any>}
 */
export function scenarioOf({ name, changes, kept }, site, shifts) {
  const { skills, ...rules } = kept ?? {};
  /** @type {Record<string, any>} */
  const made = { name: name.trim(), shifts, ...rules };
  for (const change of changes) {
    if (change.kind === 'rules') {
      made.rules = change.value;
      delete made.rulesText;
    } else if (change.kind === 'shifts') {
      made.shifts = change.value;
    } else if (change.kind === 'more') {
      made.more = [...(made.more ?? []), { queue: change.queue, agents: Number(change.agents), capacity: Number(change.capacity) }];
    } else if ('queue' in change) {
      made.queues = { ...made.queues, [change.queue]: { ...made.queues?.[change.queue], ...fieldsOf(change, site) } };
    }
  }
  const agents = agentsOf(changes, site);
  for (const [agent, levels] of Object.entries(skills ?? {})) {
    agents[agent] = { ...agents[agent], skills: levels };
  }
  return Object.keys(agents).length > 0 ? { ...made, agents } : made;
}

/**
 * @param {Change[]} changes
 * @param {SimulatedSite} site
 * @returns {Record<string, any>}
 */
function agentsOf(changes, site) {
  /** @type {Record<string, any>} */
  const agents = {};
  const say = (/** @type {string} */ id, /** @type {object} */ what) => (agents[id] = { ...agents[id], ...what });
  // What is said of one agent counts more than what is said of everybody.
  for (const change of [...changes].sort((a, b) => Number(b.agent === EVERYBODY) - Number(a.agent === EVERYBODY))) {
    if (change.kind === 'absent') {
      say(change.agent, { inbound: false });
    } else if (change.kind === 'capacity') {
      const whom = change.agent === EVERYBODY ? site.agents.map((one) => one.id) : [change.agent];
      whom.forEach((id) => say(id, { capacity: Number(change.capacity) }));
    }
  }
  return agents;
}

/**
 * @param {Record<string, any>} scenario as the server has it
 * @param {SimulatedSite} site
 * @param {string} shifts those of the simulation
 * @returns {Change[]}
 */
export function changesOf(scenario, site, shifts) {
  /** @type {Change[]} */
  const changes = (scenario.more ?? []).map((/** @type {any} */ one) => ({
    kind: 'more',
    queue: one.queue,
    agents: String(one.agents),
    capacity: String(one.capacity ?? 1),
  }));
  changes.push(...capacitiesOf(scenario.agents ?? {}, site));
  if (scenario.shifts && scenario.shifts !== shifts) {
    changes.push({ kind: 'shifts', value: scenario.shifts });
  }
  for (const [queue, { strategy, offerSeconds, overflow, hours, ...fields }] of Object.entries(scenario.queues ?? {})) {
    if (strategy) {
      changes.push({ kind: 'strategy', queue, value: strategy });
    }
    if (offerSeconds) {
      changes.push({ kind: 'offer', queue, seconds: String(offerSeconds) });
    }
    if (overflow !== undefined) {
      changes.push({ kind: 'overflow', queue, to: overflow?.queue ?? '', seconds: String(overflow?.afterSeconds ?? 120) });
    }
    const simple = hours ? simpleHours(hours) : undefined;
    if (simple) {
      changes.push({ kind: 'hours', queue, ...simple });
    }
    const rest = { ...fields, ...(hours && !simple ? { hours } : {}) };
    if (Object.keys(rest).length > 0) {
      changes.push({ kind: 'other', queue, fields: rest });
    }
  }
  if (scenario.rules === 'DRAFT') {
    changes.push({ kind: 'rules', value: 'DRAFT' });
  }
  return changes;
}

/**
 * @param {Record<string, any>} scenario as the server has it
 * @returns {Record<string, any>} what there is no change for: other rules by their text, rules that hold, agents' skills
 */
export function keptOf({ rules, rulesText, agents }) {
  const skills = Object.fromEntries(
    Object.entries(agents ?? {})
      .filter(([, one]) => one.skills)
      .map(([agent, one]) => [agent, one.skills]),
  );
  return {
    ...(rules === 'LIVE' ? { rules } : {}),
    ...(rulesText ? { rulesText } : {}),
    ...(Object.keys(skills).length > 0 ? { skills } : {}),
  };
}

/**
 * @param {Record<string, {capacity?: number, inbound?: boolean}>} agents
 * @param {SimulatedSite} site
 * @returns {Change[]}
 */
function capacitiesOf(agents, site) {
  const said = Object.entries(agents);
  const all = said.map(([, one]) => one.capacity);
  const same = said.length > 1 && said.length === site.agents.length && all.every((one) => one !== undefined && one === all[0]);
  /** @type {Change[]} */
  const capacities = same
    ? [{ kind: 'capacity', agent: EVERYBODY, capacity: String(all[0]) }]
    : said.filter(([, one]) => one.capacity !== undefined).map(([agent, one]) => ({ kind: 'capacity', agent, capacity: String(one.capacity) }));
  return [...capacities, ...said.filter(([, one]) => one.inbound === false).map(([agent]) => /** @type {Change} */ ({ kind: 'absent', agent }))];
}

/**
 * @param {{week: {from: string, to: string}[][]}} hours
 * @returns {{days: string, from: string, to: string} | undefined} undefined for such as this page does not make
 */
function simpleHours({ week }) {
  const first = week[0]?.[0];
  const days = DAY_SETS.find((name) => week.every((spans, day) => spans.length === (DAYS[name](day) ? 1 : 0)));
  const same = first && week.every((spans) => spans.every((one) => one.from === first.from && one.to === first.to));
  return days && same ? { days, from: first.from, to: first.to } : undefined;
}
