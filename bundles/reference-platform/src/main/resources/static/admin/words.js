/** Values of settings as people say them. */

import { language } from 'tandem/kit';

/** @typedef {Record<string, string>} Texts by language */

/**
 * @param {Texts | undefined} texts
 * @returns {string} in the page's language
 */
export function own(texts) {
  return texts?.[language()] ?? texts?.en ?? '';
}

const UNITS = /** @type {const} */ ([
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]);

/**
 * @param {number} seconds
 * @param {string} tag a language
 * @returns {string} `1 hour 30 minutes`
 */
export function lasting(seconds, tag = language()) {
  const parts = [];
  let rest = seconds;
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0 || (unit === 'second' && parts.length === 0)) {
      parts.push(new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(count));
    }
    rest -= count * size;
  }
  return parts.join(' ');
}

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
