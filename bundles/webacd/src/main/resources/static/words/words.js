/** Lengths, times and labels as people read them. Knows no DOM. */

/** The longest message to a colleague, in code points. */
export const LONGEST_REASON = 345;

/**
 * @param {string} text
 * @returns {number} its code points: an emoji counts once for each of its parts, a combining mark by itself
 */
export function codePoints(text) {
  return [...text].length;
}

/**
 * @param {number} seconds
 * @returns {string} `0:42`, `12:05`, `1:02:05`; never below nothing
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/**
 * @param {string | null | undefined} instant
 * @param {number} now milliseconds
 * @returns {number} whole seconds from that instant until now, never negative
 */
export function secondsSince(instant, now) {
  const at = Date.parse(instant ?? '');
  return Number.isNaN(at) ? 0 : Math.max(0, Math.floor((now - at) / 1000));
}

/**
 * @param {string | null | undefined} instant
 * @param {number} now milliseconds
 * @returns {number} seconds until then, begun ones counted, never negative
 */
export function secondsUntil(instant, now) {
  const at = Date.parse(instant ?? '');
  return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - now) / 1000));
}

/**
 * An estimate is no promise: it is told in steps that grow with it, and never as less than there may be.
 *
 * @param {number} seconds
 * @returns {{unit: 'moment' | 'minutes' | 'hours', count: number}}
 */
export function roughly(seconds) {
  if (seconds < 45) {
    return { unit: 'moment', count: 0 };
  }
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 10) {
    return { unit: 'minutes', count: minutes };
  }
  if (minutes <= 55) {
    return { unit: 'minutes', count: Math.ceil(minutes / 5) * 5 };
  }
  return { unit: 'hours', count: Math.ceil(minutes / 60) };
}

/**
 * @param {Record<string, string> | null | undefined} texts by language
 * @param {string} language
 * @param {string} otherwise
 * @returns {string} in that language, else in English, else in any, else `otherwise`
 */
export function inLanguage(texts, language, otherwise) {
  const all = texts ?? {};
  return all[language] || all.en || Object.values(all).find(Boolean) || otherwise;
}

/**
 * @param {string} name
 * @returns {string} one or two letters for a face
 */
export function initials(name) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...words[words.length - 1]][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}
