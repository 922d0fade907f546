/** Text from people: inert, but for links. */

import { html } from 'tandem/kit';
import { pieces } from './links.js';

/**
 * @param {string} text
 * @returns {unknown} to be put into a template
 */
export function withLinks(text) {
  return pieces(text).map((piece) =>
    piece.link ? html`<a href=${piece.text} target="_blank" rel="noopener noreferrer">${piece.text}</a>` : piece.text,
  );
}
