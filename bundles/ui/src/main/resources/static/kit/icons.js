/** Line icons on a grid of 24, drawn for this kit. They take the colour of their text and are hidden from screen readers. */

import { svg, html, nothing } from 'lit';

/** @type {Record<string, string[]>} name -> paths */
const PATHS = {
  copy: ['M9 9h11v11H9z', 'M5 15H4V4h11v1'],
  check: ['M4 12.5 9.5 18 20 6.5'],
  close: ['M6 6l12 12', 'M18 6 6 18'],
  send: ['M4 12 20 4l-5 16-4-7z', 'M11 13l9-9'],
  screen: ['M3 4h18v12H3z', 'M8 20h8', 'M12 16v4'],
  'screen-off': ['M3 4h18v12H3z', 'M8 20h8', 'M12 16v4', 'M9 7.5l6 5', 'M15 7.5l-6 5'],
  users: ['M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z', 'M2.5 20c.4-4 3-6 6.5-6s6.1 2 6.5 6', 'M15.5 4.5a3.3 3.3 0 0 1 0 6.2', 'M17.5 14.3c2.4.8 3.8 2.7 4 5.7'],
  user: ['M12 11a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4z', 'M4.5 20.5c.4-4.3 3.3-6.5 7.5-6.5s7.1 2.2 7.5 6.5'],
  invite: ['M10 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z', 'M3 20c.4-4 3.2-6 7-6 1.3 0 2.5.2 3.5.7', 'M18 14v7', 'M14.5 17.5h7'],
  chat: ['M4 5h16v11H10l-5 4v-4H4z'],
  link: ['M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1', 'M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1'],
  down: ['M6 9.5l6 6 6-6'],
  leave: ['M10 4H5v16h5', 'M10 12h10', 'M16 8l4 4-4 4'],
  end: ['M12 3.5v8', 'M6.8 6.8a7.5 7.5 0 1 0 10.4 0'],
  renew: ['M20 5v5h-5', 'M4 19v-5h5', 'M19.5 10A8 8 0 0 0 5.7 7.7', 'M4.5 14a8 8 0 0 0 13.8 2.3'],
  back: ['M19 12H5', 'M11 6l-6 6 6 6'],
  full: ['M4 9V4h5', 'M15 4h5v5', 'M20 15v5h-5', 'M9 20H4v-5'],
  window: ['M9 4H4v16h16v-5', 'M13 4h7v7', 'M20 4l-9 9'],
  tools: ['M14.5 6.5a4 4 0 0 1 5-3l-2.5 2.7.8 2 2 .8 2.2-2.5a4 4 0 0 1-5 5L8.5 20a2.1 2.1 0 0 1-3-3z'],
  session: ['M4 13v-1a8 8 0 0 1 16 0v1', 'M3 13h4v6H3z', 'M17 13h4v6h-4z', 'M19 19c0 2-2 2.5-5 2.5'],
  panel: ['M3 4h18v16H3z', 'M15 4v16'],
  warning: ['M12 4 2.5 20h19z', 'M12 10v4.5', 'M12 17v.4'],
  info: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M12 11v5.5', 'M12 7.5v.4'],
  offline: ['M3 3l18 18', 'M4 10.5c1.3-1.2 2.7-2.1 4.2-2.7', 'M20 10.5a12 12 0 0 0-7.5-3.4', 'M8 14.5a6 6 0 0 1 4-1.5', 'M12 18v.4'],
  clock: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M12 7v5.5l3.5 2'],
  globe: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M3 12h18', 'M12 3c5 5 5 13 0 18', 'M12 3c-5 5-5 13 0 18'],
  sun: ['M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', 'M12 2v2.5', 'M12 19.5V22', 'M2 12h2.5', 'M19.5 12H22', 'M5 5l1.7 1.7', 'M17.3 17.3 19 19', 'M5 19l1.7-1.7', 'M17.3 6.7 19 5'],
  moon: ['M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z'],
  contrast: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M12 3v18', 'M12 8h7.8', 'M12 12h9', 'M12 16h7.8'],
  stop: ['M6 6h12v12H6z'],
  play: ['M7 4.5v15l12-7.5z'],
  pause: ['M8 5v14', 'M16 5v14'],
  phone: ['M5 3.5h4l2 5-2.5 1.7a12 12 0 0 0 5.3 5.3L15.5 13l5 2v4c0 1-.8 1.7-1.7 1.6C10.7 20 4 13.3 3.4 5.2 3.3 4.3 4 3.5 5 3.5z'],
  lock: ['M5 11h14v10H5z', 'M8 11V8a4 4 0 0 1 8 0v3'],
  home: ['M3 11.5 12 4l9 7.5', 'M5.5 10v10h13V10', 'M10 20v-6h4v6'],
  file: ['M6 3h8l5 5v13H6z', 'M14 3v5h5'],
  folder: ['M3 6h6l2 2.5h10V19H3z'],
  download: ['M12 4v11', 'M7 10.5l5 5 5-5', 'M4 20h16'],
  upload: ['M12 16V5', 'M7 9.5l5-5 5 5', 'M4 20h16'],
  more: ['M5 12h.1', 'M12 12h.1', 'M19 12h.1'],
  gone: ['M4 4h16v16H4z', 'M8 12h8'],
  mic: ['M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3z', 'M5.5 11.5a6.5 6.5 0 0 0 13 0', 'M12 18v3'],
  'mic-off': ['M3 3l18 18', 'M9 9v3a3 3 0 0 0 5 2.2', 'M15 11V6a3 3 0 0 0-5.7-1.3', 'M5.5 11.5a6.5 6.5 0 0 0 10.5 5', 'M12 18v3'],
  camera: ['M3 7h12v10H3z', 'M15 11l6-3.5v9L15 13z'],
  'camera-off': ['M3 3l18 18', 'M6.5 7H3v10h12v-1.5', 'M10.5 7H15v4.5', 'M15 11l6-3.5v9l-4-2.3'],
  bell: ['M6 16v-5a6 6 0 0 1 12 0v5l2 2.5H4z', 'M10 21h4'],
  'bell-off': ['M3 3l18 18', 'M6 16v-5c0-1 .2-1.9.7-2.7', 'M9 5.8A6 6 0 0 1 18 11v4', 'M16 18.5H4L6 16', 'M10 21h4'],
  heart: ['M12 20C6 15.5 3 12.5 3 8.8A4.5 4.5 0 0 1 12 7.5a4.5 4.5 0 0 1 9 1.3C21 12.5 18 15.5 12 20z'],
};

/** @returns {string[]} all names */
export function iconNames() {
  return Object.keys(PATHS);
}

/**
 * @param {string} name
 * @returns {import('lit').TemplateResult | typeof nothing}
 */
export function icon(name) {
  const paths = PATHS[name];
  return paths
    ? html`<svg class="icon" part="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${paths.map((d) => svg`<path d=${d}></path>`)}</svg>`
    : nothing;
}
