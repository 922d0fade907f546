/** Numbers that people read to each other and type. */

/**
 * @param {string} text as typed or pasted: 482 9135
 * @returns {string} its digits
 */
export function digitsOf(text) {
  return text.normalize('NFKC').replace(/\D/gu, '');
}
