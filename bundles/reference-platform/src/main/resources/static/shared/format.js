/** Numbers, times and names as people read them. */

import { language, locale } from 'tandem/kit';

/**
 * @param {number} ms a duration
 * @returns {string} `2:05`, `1:02:05`
 */
export function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/**
 * @param {string} instant
 * @returns {string} the time of the day
 */
export function timeOfDay(instant) {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' }).format(new Date(instant));
}

/**
 * @param {string} instant
 * @returns {string} the day and the time, the day only if it is another one than today
 */
export function dayAndTime(instant) {
  const date = new Date(instant);
  return date.toDateString() === new Date().toDateString()
    ? timeOfDay(instant)
    : new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(date);
}

/**
 * @param {string} name
 * @returns {string} at most two letters
 */
export function initials(name) {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  const first = (/** @type {string} */ word) => [...word][0] ?? '';
  return (first(words[0] ?? '') + (words.length > 1 ? first(words[words.length - 1]) : '')).toLocaleUpperCase(language());
}

/**
 * @param {string} name
 * @returns {string} a class for the colour of a person's initials, always the same for one name
 */
export function hue(name) {
  let sum = 0;
  for (const letter of name) {
    sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 100_003;
  }
  return `hue-${sum % 6}`;
}
