/** Problems in the user's words. */

import { ProblemError } from './api.js';
import { messages } from './messages.js';

const texts = messages(import.meta.url);

/** Problem codes that any page may meet -> key of the kit's catalogue. */
const KEYS = new Map([
  ['offline', 'problem.offline'],
  ['unknown', 'problem.unknown'],
  ['invalid', 'problem.invalid'],
  ['not-json', 'problem.invalid'],
  ['forbidden', 'problem.forbidden'],
  ['foreign-origin', 'problem.forbidden'],
  ['not-yours', 'problem.forbidden'],
  ['administrator-needed', 'problem.forbidden'],
  ['supervisor-needed', 'problem.forbidden'],
  ['sign-in-needed', 'problem.signedOut'],
  ['http-401', 'problem.signedOut'],
  ['http-403', 'problem.forbidden'],
  ['http-404', 'problem.gone'],
  ['pin-refused', 'problem.pin'],
  ['too-many-attempts', 'problem.attempts'],
  ['session-ended', 'problem.ended'],
  ['activity-running', 'problem.running'],
  ['not-controller', 'problem.notController'],
  ['switched-off', 'problem.switchedOff'],
  ['session-exists', 'problem.colleague'],
  ['interaction-not-active', 'problem.interaction'],
  ['interaction-ended', 'problem.interaction'],
  ['busy', 'problem.busy'],
  ['journal-busy', 'problem.busy'],
  ['platform-away', 'problem.busy'],
  ['too-many-requests', 'problem.busy'],
  ['http-502', 'problem.busy'],
  ['http-503', 'problem.busy'],
  ['http-504', 'problem.busy'],
  ['database-away', 'problem.busy'],
  ['draining', 'problem.busy'],
  ['newer-version', 'problem.busy'],
  ['lease-lost', 'problem.busy'],
  ['media-away', 'problem.busy'],
  ['starting', 'problem.busy'],
  ['too-many-customers', 'problem.full'],
  ['link-refused', 'problem.link'],
  ['invitation-refused', 'problem.link'],
  ['single-session', 'problem.single'],
  ['consent-over', 'problem.consentOver'],
  ['mode-fixed', 'problem.modeFixed'],
  ['not-assisted', 'problem.notAssisted'],
  ['too-large', 'problem.large'],
  ['http-413', 'problem.large'],
]);

/**
 * A sentence in the user's language that says what is wrong and, where it can, what to do.
 *
 * @param {unknown} error
 * @param {Record<string, string>} [own] sentences of a slice for its own codes
 * @returns {string}
 */
export function problemText(error, own = {}) {
  if (!(error instanceof ProblemError)) {
    return texts.t('problem.other');
  }
  const key = KEYS.get(error.code);
  return own[error.code] ?? (key ? texts.t(key) : error.detail || texts.t('problem.other'));
}

/** @returns {Promise<void>} resolved when the kit's texts are there */
export function problemTexts() {
  return texts.ready;
}
