/** Icons that the kit does not have, in its manner. */

import { html, icon, svg } from 'tandem/kit';

/** @type {Record<string, string>} */
const PATHS = { plus: 'M12 5v14M5 12h14', up: 'M6 14.5l6-6 6 6', trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13' };

/** @param {string} name one of ours, or of the kit's */
export function mark(name) {
  return PATHS[name]
    ? html`<svg
        class="icon"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="1.75"
        stroke-linecap="round"
        stroke-linejoin="round"
        aria-hidden="true"
      >
        ${svg`<path d=${PATHS[name]}></path>`}
      </svg>`
    : icon(name);
}
