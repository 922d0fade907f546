/** Drawings of this bundle, in the manner of the kit's icons: a grid of 24, the colour of their text. */

import { html, svg } from 'tandem/kit';

/** @type {Record<string, string[]>} */
const PATHS = {
  plus: ['M12 5v14', 'M5 12h14'],
  list: ['M4 6h16', 'M4 12h16', 'M4 18h16'],
  'phone-in': ['M5 3.5h4l2 5-2.5 1.7a12 12 0 0 0 5.3 5.3L15.5 13l5 2v4c0 1-.8 1.7-1.7 1.6C10.7 20 4 13.3 3.4 5.2 3.3 4.3 4 3.5 5 3.5z', 'M21 3l-6 6', 'M15 4.5V9h4.5'],
  'phone-down': ['M3 14.5c5-5 13-5 18 0l-2.4 3-4.1-1.7v-2.6a11 11 0 0 0-5 0v2.6L5.4 17.5z'],
  'phone-missed': ['M5 3.5h4l2 5-2.5 1.7a12 12 0 0 0 5.3 5.3L15.5 13l5 2v4c0 1-.8 1.7-1.7 1.6C10.7 20 4 13.3 3.4 5.2 3.3 4.3 4 3.5 5 3.5z', 'M15 4l5.5 5.5', 'M20.5 4 15 9.5'],
  cup: ['M5 8h11v7a5 5 0 0 1-5 5h-1a5 5 0 0 1-5-5z', 'M16 10h1.5a2.5 2.5 0 0 1 0 5H16', 'M8.5 2.5v2', 'M12.5 2.5v2'],
  food: ['M7 3v7', 'M4.5 3v4.5a2.5 2.5 0 0 0 5 0V3', 'M7 10v11', 'M16.5 3c-2 1.5-2.5 4-2.5 7.5h2.5z', 'M16.5 10.5V21'],
  pen: ['M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z', 'M13.5 7l3.5 3.5'],
  meeting: ['M4 5h16v15H4z', 'M4 10h16', 'M8 3v4', 'M16 3v4'],
  away: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M12 7v5l-3.5 2'],
  keyboard: ['M2.5 6h19v12h-19z', 'M6 9.5h.1', 'M9.5 9.5h.1', 'M13 9.5h.1', 'M16.5 9.5h.1', 'M6 13h.1', 'M18 13h.1', 'M9 14.5h6'],
  eye: ['M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z', 'M12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z'],
  history: ['M4 12a8 8 0 1 0 2.5-5.8L4 8.5', 'M4 4v4.5h4.5', 'M12 8v4.5l3 1.8'],
  contact: ['M4 4h16v16H4z', 'M12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z', 'M7.5 17c.5-1.8 2.2-2.7 4.5-2.7s4 .9 4.5 2.7'],
};

/**
 * @param {string} name
 * @returns {import('lit').TemplateResult}
 */
export function mark(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${(PATHS[name] ?? []).map((d) => svg`<path d=${d}></path>`)}</svg>`;
}

/** Two wheels and what joins them. */
export function tandemMark() {
  return html`<svg class="tandem-mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="8" fill="var(--tandem-accent)"></rect>
    <g fill="none" stroke="var(--tandem-on-accent)" stroke-width="2.4" stroke-linecap="round">
      <circle cx="10" cy="19.5" r="4.5"></circle>
      <circle cx="22" cy="19.5" r="4.5"></circle>
      <path d="M10 19.5 14 11h7l1 8.5"></path>
      <path d="M11.5 9.8h4"></path>
    </g>
  </svg>`;
}

/** The sign of the fictional company whose customers are helped. */
export function northwindMark() {
  return html`<svg class="northwind-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
    <circle cx="16" cy="16" r="16" fill="var(--tandem-accent)"></circle>
    <path d="M16 5.5 20.2 16 16 26.5 11.8 16z" fill="none" stroke="var(--tandem-on-accent)" stroke-width="2" stroke-linejoin="round"></path>
    <path d="M16 5.5 20.2 16h-8.4z" fill="var(--tandem-on-accent)"></path>
  </svg>`;
}
