/** A whole configuration that was exported, and what is in the file that shall be imported. Knows no DOM. */

/** The parts of one, in the order in which they are shown. */
export const PARTS = ['skills', 'queues', 'agents', 'rules'];

/**
 * @param {string} text of a file
 * @returns {{fault: 'json' | 'shape' | '', form: Record<string, any>, parts: {part: string, count: number}[]}}
 */
export function readConfiguration(text) {
  /** @type {any} */
  let form;
  try {
    form = JSON.parse(text);
  } catch {
    return { fault: 'json', form: {}, parts: [] };
  }
  if (form === null || typeof form !== 'object' || Array.isArray(form) || typeof form.format !== 'number') {
    return { fault: 'shape', form: {}, parts: [] };
  }
  const parts = PARTS.filter((part) => form[part] !== undefined && form[part] !== null).map((part) => ({ part, count: countOf(form[part]) }));
  return { fault: '', form, parts };
}

/** @param {any} part */
function countOf(part) {
  if (Array.isArray(part)) {
    return part.length;
  }
  return typeof part === 'object' ? Object.keys(part).length : 1;
}

/**
 * @param {Record<string, number>} changes as the server counts them: `queue-set`
 * @returns {{what: string, count: number}[]} what is deleted last, nothing that does not happen
 */
export function sortedChanges(changes) {
  const removal = (/** @type {string} */ what) => (what.endsWith('-removed') ? 1 : 0);
  return Object.entries(changes)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => ({ what, count }))
    .sort((a, b) => removal(a.what) - removal(b.what) || a.what.localeCompare(b.what));
}

/**
 * @param {string} site
 * @param {Date} now
 * @returns {string} a file's name
 */
export function fileName(site, now) {
  return `routing-${site.replace(/[^A-Za-z0-9-]+/gu, '-') || 'site'}-${now.toISOString().slice(0, 10)}.json`;
}

/**
 * What a file names that is not there yet.
 *
 * @param {Record<string, any>} form of the file
 * @param {Record<string, any>} now as exported
 * @returns {{part: string, names: string[]}[]} parts with something new
 */
export function newIn(form, now) {
  const names = (/** @type {Record<string, any>} */ all, /** @type {string} */ part) => {
    const some = all[part] ?? [];
    return Array.isArray(some) ? some.map((one) => String(part === 'queues' ? one?.slug : one?.agent)) : Object.keys(some);
  };
  return ['skills', 'queues', 'agents']
    .map((part) => {
      const known = new Set(names(now, part));
      return { part, names: names(form, part).filter((name) => !known.has(name)) };
    })
    .filter((one) => one.names.length > 0);
}
