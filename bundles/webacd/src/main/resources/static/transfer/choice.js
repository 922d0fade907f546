/** To whom a session goes, and with which words. Knows no DOM. */

import { LONGEST_REASON, codePoints } from '../words/words.js';

/** @typedef {{id: string, name: string, open: boolean, full: boolean, waiting: number, opens: string}} QueueTarget `opens`: when, if it is closed */
/** @typedef {{id: string, name: string, status: string, reachable: boolean}} AgentTarget */
/** @typedef {{queues: QueueTarget[], agents: AgentTarget[], fallback: string, minutes: number}} Targets `minutes`: how long agents are asked where there is no fallback queue */
/** @typedef {{tab: 'queues' | 'agents', queue: string, agents: ReadonlySet<string>, reason: string}} Choice */

/** The most agents who are asked at once. */
export const MOST_AGENTS = 20;

/** @type {Choice} */
export const NOTHING = Object.freeze({ tab: 'queues', queue: '', agents: Object.freeze(new Set()), reason: '' });

/**
 * @param {Choice} choice
 * @param {string} agent
 * @returns {Choice} with that agent chosen if it was not, and the other way round
 */
export function toggled(choice, agent) {
  const agents = new Set(choice.agents);
  if (!agents.delete(agent)) {
    agents.add(agent);
  }
  return { ...choice, agents };
}

/**
 * Only what stands in the open tab counts: a session goes to one queue or to agents, never to both.
 *
 * @param {Choice} choice
 * @param {Targets | undefined} targets
 * @returns {{queue?: QueueTarget, agents: AgentTarget[]}} what is chosen and still there
 */
export function chosen(choice, targets) {
  if (choice.tab === 'queues') {
    return { queue: targets?.queues.find((one) => one.id === choice.queue), agents: [] };
  }
  return { agents: (targets?.agents ?? []).filter((one) => choice.agents.has(one.id)) };
}

/**
 * @param {Choice} choice
 * @returns {number} code points of the message, blanks around it not counted, as the server counts
 */
export function lengthOf(choice) {
  return codePoints(choice.reason.trim());
}

/**
 * @param {Choice} choice
 * @param {Targets | undefined} targets
 * @returns {'' | 'none.queue' | 'none.agents' | 'many' | 'closed' | 'full' | 'long'} what stands in the way
 */
export function fault(choice, targets) {
  const { queue, agents } = chosen(choice, targets);
  if (choice.tab === 'queues') {
    if (!queue) {
      return 'none.queue';
    }
    if (!queue.open) {
      return 'closed';
    }
    if (queue.full) {
      return 'full';
    }
  } else if (agents.length === 0) {
    return 'none.agents';
  } else if (agents.length > MOST_AGENTS) {
    return 'many';
  }
  return lengthOf(choice) > LONGEST_REASON ? 'long' : '';
}

/**
 * @param {Choice} choice
 * @param {Targets | undefined} targets
 * @param {string} session
 * @returns {{session: string, queue?: string, agents?: string[], reason?: string}} what is asked of the server
 */
export function request(choice, targets, session) {
  const { queue, agents } = chosen(choice, targets);
  const text = choice.reason.trim();
  const reason = text === '' ? {} : { reason: text };
  return queue ? { session, queue: queue.id, ...reason } : { session, agents: agents.map((one) => one.id), ...reason };
}

/**
 * @param {any} answer of the server
 * @returns {Targets}
 */
export function targetsOf(answer) {
  return {
    queues: (answer?.queues ?? []).map((/** @type {any} */ one) => ({
      id: one.id,
      name: one.name,
      open: one.open === true,
      full: one.full === true,
      waiting: one.waiting ?? 0,
      opens: one.open === true ? '' : (one.changes ?? ''),
    })),
    agents: (answer?.agents ?? []).map((/** @type {any} */ one) => ({
      id: one.id,
      name: one.name,
      status: String(one.presence ?? 'OFFLINE'),
      reachable: one.presence === 'AVAILABLE',
    })),
    fallback: answer?.fallback ?? '',
    minutes: Math.max(1, Math.round((answer?.longestSeconds ?? 0) / 60)),
  };
}

/**
 * @template {{name: string}} T
 * @param {readonly T[]} all
 * @param {string} text typed to find one
 * @returns {T[]} those whose name has each of its words, whatever the accents
 */
export function matching(all, text) {
  const plain = (/** @type {string} */ s) => s.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
  const words = plain(text).split(/\s+/u).filter(Boolean);
  return all.filter((one) => words.every((word) => plain(one.name).includes(word)));
}
