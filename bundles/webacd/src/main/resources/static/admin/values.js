/** Values of a form by their paths, as the server names them in its refusals: `hours.week[0][1].from`. Knows no DOM. */

/**
 * @param {string} path
 * @returns {(string | number)[]}
 */
export function steps(path) {
  return [...path.matchAll(/[^.[\]]+/gu)].map(([step]) => (/^\d+$/u.test(step) ? Number(step) : step));
}

/**
 * @param {any} whole
 * @param {string} path
 * @returns {any} undefined where there is nothing
 */
export function at(whole, path) {
  return steps(path).reduce((value, step) => (value === null || value === undefined ? undefined : value[step]), whole);
}

/**
 * @param {any} whole changed in place
 * @param {string} path
 * @param {unknown} value
 */
export function put(whole, path, value) {
  const way = steps(path);
  const last = /** @type {string | number} */ (way.pop());
  way.reduce((inner, step) => inner[step], whole)[last] = value;
}

/** @typedef {'missing' | 'number' | 'range'} NumberFault */

/**
 * @param {string} text as typed
 * @param {{least: number, most: number, optional?: boolean}} bounds
 * @returns {NumberFault | ''}
 */
export function numberFault(text, { least, most, optional = false }) {
  const typed = text.trim();
  if (typed === '') {
    return optional ? '' : 'missing';
  }
  if (!/^-?\d{1,12}$/u.test(typed)) {
    return 'number';
  }
  return Number(typed) < least || Number(typed) > most ? 'range' : '';
}

/**
 * @param {string} text as typed, and without fault
 * @returns {number | null} null for nothing
 */
export function numberOf(text) {
  return text.trim() === '' ? null : Number(text);
}

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/u;

/** @param {string} text */
export const isSlug = (text) => SLUG.test(text);

/**
 * @param {string} name
 * @returns {string} a short name for links and rules made of it; empty if nothing of it fits
 */
export function slugOf(name) {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+/u, '')
    .slice(0, 40)
    .replace(/-+$/u, '');
}

/**
 * @param {string} text
 * @returns {boolean} whether it is an address of the web, as the server takes it
 */
export function isWebAddress(text) {
  try {
    const url = new URL(text);
    return ['http:', 'https:'].includes(url.protocol) && !url.username && !url.password && text.length <= 2000 && !/\s/u.test(text);
  } catch {
    return false;
  }
}

/** @param {string} text */
export const codePoints = (text) => [...text].length;

/**
 * @param {string} text what somebody searches for
 * @param {string[]} where
 * @returns {boolean} whether each word of it stands there, whatever the case and the accents
 */
export function matches(text, where) {
  const plain = (/** @type {string} */ s) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const all = plain(where.join(' '));
  return plain(text)
    .split(/\s+/u)
    .every((word) => all.includes(word));
}
