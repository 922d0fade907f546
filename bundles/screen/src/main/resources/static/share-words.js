// What is said of a share: who sees it, for how long, what happened last.

import { problemText } from 'tandem/kit';

/**
 * Everybody in the session may look.
 *
 * @param {any} session
 * @returns {string[]} the names of the others who are there
 */
export function onlookers(session) {
  return (session?.participants ?? [])
    .filter((p) => p.id !== session.me && (p.state === 'JOINED' || p.state === 'DISCONNECTED') && p.name)
    .map((p) => p.name);
}

/**
 * @param {number} start milliseconds
 * @param {number} now
 * @returns {string} 2:05
 */
export function since(start, now) {
  const seconds = Math.max(0, Math.floor((now - start) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * @param {(key: string) => string} t
 * @param {import('./sharing.js').Sharing} sharing
 * @param {string} notYours the key of what is said if this person may not
 * @returns {string} what happened last, or nothing
 */
export function noticeText(t, { notice, problem }, notYours) {
  switch (notice) {
    case 'not-chosen':
      return t('notice.not-chosen');
    case 'not-had':
      return t('notice.not-had');
    case 'stopped':
      return t('notice.stopped');
    case 'stopped-by-you':
      return t('notice.stopped-by-you');
    case 'reloaded':
      return t('notice.reloaded');
    case 'taken':
      return t('taken.title');
    case 'not-controller':
    case 'not-assisted':
      return t(notYours);
    default:
      return notice === 'failed' ? problemText(problem) : '';
  }
}
