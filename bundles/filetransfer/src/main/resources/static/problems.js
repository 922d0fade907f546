/** What the server and this page say about files that cannot be sent, by sentences that say what to do. Knows no DOM. */

/** Codes that have a sentence of their own; the kit knows the others. */
const KEYS = new Map([
  ['file-too-large', 'problem.file-too-large'],
  ['quota-session', 'problem.quota-session'],
  ['quota-site', 'problem.quota-site'],
  ['storage-full', 'problem.storage-full'],
  ['http-507', 'problem.storage-full'],
  ['type-not-allowed', 'problem.type'],
  ['http-415', 'problem.type'],
  ['too-many-files', 'problem.too-many'],
  ['empty-folder', 'problem.empty-folder'],
  ['nothing-allowed', 'problem.nothing-allowed'],
  ['path-not-allowed', 'problem.path'],
  ['file-unreadable', 'problem.unreadable'],
  ['not-in-control', 'why.not-in-control'],
  ['viewers-do-not-send', 'why.viewers-do-not-send'],
  ['not-allowed-now', 'problem.not-now'],
  ['session-ended', 'why.session-ended'],
  ['no-customer', 'why.no-customer'],
  ['switched-off', 'why.switched-off'],
  ['declined', 'problem.declined'],
  ['gone', 'problem.gone'],
  ['unknown', 'problem.gone'],
  ['transfer-over', 'problem.over'],
  ['more-files-than-announced', 'problem.changed'],
  ['more-bytes-than-announced', 'problem.changed'],
  ['too-many-folders', 'problem.too-many-folders'],
  ['too-many-transfers', 'problem.busy'],
  ['too-many-uploads', 'problem.busy'],
]);

/**
 * @param {string} code
 * @returns {string} a key, or nothing
 */
export function problemKey(code) {
  return KEYS.get(code) ?? '';
}

/**
 * Why somebody may not send anything now, by the word that the server says.
 *
 * @param {string | null | undefined} why
 * @returns {string} a key
 */
export function whyKey(why) {
  switch (why) {
    case 'not-in-control':
      return 'why.not-in-control';
    case 'viewers-do-not-send':
      return 'why.viewers-do-not-send';
    case 'session-ended':
      return 'why.session-ended';
    case 'no-customer':
      return 'why.no-customer';
    case 'switched-off':
      return 'why.switched-off';
    default:
      return 'why.not-now';
  }
}
