/** Refusals of WebACD in the user's words. */

import { problemText } from 'tandem/kit';

/** @type {Record<string, string>} code -> key of this bundle's catalogue */
const KEYS = {
  'offer-gone': 'refused.offer-gone',
  'item-over': 'refused.item-over',
  'pick-gone': 'refused.pick-gone',
  'pick-taken': 'refused.pick-taken',
  'pick-not-allowed': 'refused.pick-not-allowed',
  'pick-not-in-queue': 'refused.pick-not-in-queue',
  'pick-offline': 'refused.pick-offline',
  'pick-full': 'refused.pick-full',
  'router-busy': 'refused.router-busy',
  'queue-closed': 'refused.queue-closed',
  'queue-full': 'refused.queue-full',
  'not-wrap-up': 'refused.not-wrap-up',
  'not-waiting': 'refused.item-over',
  'item-exists': 'refused.item-exists',
};

/**
 * @param {unknown} error
 * @param {(key: string) => string} t
 * @returns {string} one sentence that says what is wrong and what to do
 */
export function refusalText(error, t) {
  return problemText(error, Object.fromEntries(Object.entries(KEYS).map(([code, key]) => [code, t(key)])));
}
