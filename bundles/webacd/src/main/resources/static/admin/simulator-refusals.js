/** What the simulator refuses, in the administrator's words. */

import { ProblemError } from 'tandem/kit';
import { details as detailsOf, refusal as refusalOf } from './refusals.js';

/** @type {Record<string, string>} code -> key of this bundle's catalogue */
const KEYS = {
  'too-many-items': 'simulator.refused.items',
  'too-many-simulations': 'simulator.refused.simulations',
  'no-draft': 'simulator.fault.no-draft',
  'simulation-unknown': 'simulator.gone.text',
};

/** @param {unknown} error @returns {string} */
export const codeOf = (error) => (error instanceof ProblemError ? (error.status === 404 && error.code !== 'http-404' ? 'simulation-unknown' : error.code) : '');

/**
 * @param {unknown} error
 * @param {(key: string) => string} t
 * @returns {string} one sentence that says what is wrong and what to do
 */
export function refusal(error, t) {
  const key = KEYS[codeOf(error)];
  return key ? t(key) : refusalOf(error, t);
}

export const details = detailsOf;
