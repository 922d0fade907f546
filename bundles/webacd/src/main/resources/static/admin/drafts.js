/**
 * What somebody has written and not saved, kept while they look at another page of the desktop. It is kept in this page only, for
 * whoever wrote it, and the browser asks before it is lost with the page. Knows no DOM but `beforeunload`.
 */

/** @type {Map<string, unknown>} */
const kept = new Map();

const ask = (/** @type {Event} */ event) => event.preventDefault();

/**
 * @param {string} page
 * @param {{id: string, site?: string} | undefined} agent
 */
const keyOf = (page, agent) => `${page} ${agent?.site ?? ''} ${agent?.id ?? ''}`;

/**
 * @param {string} page
 * @param {{id: string, site?: string} | undefined} agent
 * @param {unknown} draft undefined for nothing
 */
export function keep(page, agent, draft) {
  if (draft === undefined) {
    return;
  }
  kept.set(keyOf(page, agent), draft);
  globalThis.addEventListener('beforeunload', ask);
}

/**
 * Gives back what was kept, once.
 *
 * @template T
 * @param {string} page
 * @param {{id: string, site?: string} | undefined} agent
 * @returns {T | undefined}
 */
export function takeBack(page, agent) {
  const key = keyOf(page, agent);
  const draft = /** @type {T | undefined} */ (kept.get(key));
  kept.delete(key);
  if (kept.size === 0) {
    globalThis.removeEventListener('beforeunload', ask);
  }
  return draft;
}
