/** What is said of an agent as it is edited, with the queues that have them (WX6). Knows no DOM. */

import { LEVEL, RANK } from './queue-draft.js';
import { numberFault } from './values.js';

/** @typedef {{agent: string, name: string, capacity: number, inbound: boolean, skills: Record<string, number>, queues: {queue: string, slug: string, rank: number}[], webacd: boolean}} AgentView */
/** @typedef {{capacity: string, inbound: boolean, skills: {skill: string, level: string}[], queues: Record<string, string>}} AgentDraft `queues`: rank by id */
/** @typedef {{agent: string, rank: number}} Member */

export const CAPACITY = { least: 1, most: 20 };

/**
 * @param {AgentView} agent
 * @returns {AgentDraft}
 */
export function agentDraft(agent) {
  return {
    capacity: String(agent.capacity),
    inbound: agent.inbound,
    skills: Object.entries(agent.skills).map(([skill, level]) => ({ skill, level: String(level) })),
    queues: Object.fromEntries(agent.queues.map((one) => [one.queue, String(one.rank)])),
  };
}

/**
 * @param {AgentDraft} draft
 * @returns {Record<string, {fault: string, args?: Record<string, number>}>} what is wrong, by path
 */
export function agentFaults(draft) {
  /** @type {Record<string, {fault: string, args?: Record<string, number>}>} */
  const faults = {};
  const number = (/** @type {string} */ path, /** @type {string} */ typed, /** @type {{least: number, most: number}} */ bounds) => {
    const fault = numberFault(typed, bounds);
    if (fault) {
      faults[path] = { fault, args: { ...bounds } };
    }
  };
  number('capacity', draft.capacity, CAPACITY);
  draft.skills.forEach((one, i) => {
    number(`skills[${i}].level`, one.level, LEVEL);
    if (draft.skills.findIndex((other) => other.skill === one.skill) !== i) {
      faults[`skills[${i}].skill`] = { fault: 'twice' };
    }
  });
  Object.entries(draft.queues).forEach(([queue, rank]) => number(`queues.${queue}`, rank, RANK));
  return faults;
}

/**
 * @param {AgentDraft} draft without faults
 * @returns {{capacity: number, inbound: boolean, skills: Record<string, number>}}
 */
export function saidOf(draft) {
  return {
    capacity: Number(draft.capacity),
    inbound: draft.inbound,
    skills: Object.fromEntries(draft.skills.map((one) => [one.skill, Number(one.level)])),
  };
}

/**
 * The queues whose members are others than before.
 *
 * @param {AgentView} agent
 * @param {AgentDraft} draft
 * @returns {{queue: string, rank: number | null}[]} null: not a member any more
 */
export function membershipChanges(agent, draft) {
  const before = Object.fromEntries(agent.queues.map((one) => [one.queue, one.rank]));
  const changes = Object.entries(draft.queues)
    .filter(([queue, rank]) => before[queue] !== Number(rank))
    .map(([queue, rank]) => ({ queue, rank: /** @type {number | null} */ (Number(rank)) }));
  return [...changes, ...Object.keys(before).filter((queue) => !(queue in draft.queues)).map((queue) => ({ queue, rank: null }))];
}

/**
 * @param {Member[]} members
 * @param {string} agent
 * @param {number | null} rank
 * @returns {Member[]} with that agent at that rank, or without
 */
export function withMember(members, agent, rank) {
  if (rank === null) {
    return members.filter((one) => one.agent !== agent);
  }
  return members.some((one) => one.agent === agent)
    ? members.map((one) => (one.agent === agent ? { agent, rank } : one))
    : [...members, { agent, rank }];
}
