/** Numbers and names as people read them. */

/**
 * @param {string} digits
 * @returns {string} in groups of three, to read aloud: 482 913 507
 */
export function grouped(digits) {
  return digits.replace(/\D/g, '').replace(/(\d{3})(?=\d)/g, '$1 ');
}

/**
 * @param {string} digits
 * @returns {string} a session number in groups of three or four, none of a single digit: 482 913, 482 9135
 */
export function numbered(digits) {
  return digits.length % 3 === 1 ? `${grouped(digits.slice(0, -4))} ${digits.slice(-4)}`.trim() : grouped(digits);
}

/**
 * @param {string} url
 * @returns {string} without the scheme, as people read it aloud
 */
export function spoken(url) {
  return url.replace(/^https?:\/\//, '');
}

/**
 * @param {string} url
 * @returns {string[]} as spoken, in the pieces between which a line may break: never within the PIN
 */
export function pieces(url) {
  return spoken(url).split(/(?<=\/)/);
}

/**
 * @param {string} name
 * @returns {string} at most two letters
 */
export function initials(name) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends.map((word) => [...word][0].toLocaleUpperCase()).join('') || '?';
}

/**
 * @param {readonly string[]} names
 * @param {string} language
 * @returns {string} "Anna Bell and Ben Cole"
 */
export function listed(names, language) {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

/**
 * @param {string | null | undefined} until an instant
 * @param {number} now milliseconds
 * @returns {number} whole seconds, 0 or more
 */
export function secondsTo(until, now) {
  const at = until ? Date.parse(until) : NaN;
  return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - now) / 1000));
}

/**
 * @param {number} seconds
 * @returns {string} 02:14 or 1:02:14
 */
export function duration(seconds) {
  const h = Math.floor(seconds / 3600);
  const m = Math.floor(seconds / 60) % 60;
  const s = Math.floor(seconds) % 60;
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}
