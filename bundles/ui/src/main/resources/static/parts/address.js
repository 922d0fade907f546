/** An address for people to read. */

import { html } from 'tandem/kit';
import { pieces } from './names.js';

/** @param {string} url */
export function address(url) {
  return html`<span dir="ltr">${pieces(url).map((piece) => html`${piece}<wbr />`)}</span>`;
}
