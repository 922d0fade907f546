/** Refusals of the configuration in the administrator's words. */

import { ProblemError, problemText } from 'tandem/kit';

/** @type {Record<string, string>} code -> key of this bundle's catalogue */
const KEYS = {
  'slug-taken': 'admin.refused.slug-taken',
  'queue-unknown': 'admin.refused.queue-unknown',
  'skill-unknown': 'admin.refused.skill-unknown',
  'agent-unknown': 'admin.refused.agent-unknown',
  'strategy-unknown': 'admin.refused.strategy-unknown',
  'field-type': 'admin.refused.field-type',
  'overflow-loop': 'admin.refused.overflow-loop',
  'fallback-loop': 'admin.refused.fallback-loop',
  'changed-meanwhile': 'admin.refused.changed-meanwhile',
  'rules-break': 'admin.refused.rules-break',
  'queue-not-empty': 'admin.refused.queue-not-empty',
  'queue-in-use': 'admin.refused.queue-in-use',
  'queue-is-fallback': 'admin.refused.queue-is-fallback',
  'skill-in-use': 'admin.refused.skill-in-use',
  'no-draft': 'admin.refused.no-draft',
  'rules-same': 'admin.refused.rules-same',
  invalid: 'admin.refused.invalid',
};

/**
 * @param {unknown} error
 * @param {(key: string) => string} t
 * @returns {string} one sentence that says what is wrong and what to do
 */
export function refusal(error, t) {
  if (error instanceof ProblemError && /^rules?-(?!break|same)/u.test(error.code)) {
    return t('admin.refused.rule');
  }
  return problemText(error, Object.fromEntries(Object.entries(KEYS).map(([code, key]) => [code, t(key)])));
}

/**
 * @param {unknown} error
 * @returns {string} what the server has said besides, in English: names, and where; '' if nothing that helps
 */
export function details(error) {
  return error instanceof ProblemError && error.status >= 400 && error.status < 500 && error.detail !== error.code
    ? [error.field, error.detail].filter(Boolean).join(': ')
    : '';
}
