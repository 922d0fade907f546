/** The views of the desktop, their pages and addresses. */

import { language } from 'tandem/kit';

/** @typedef {import('./store.js').State} State */
/** @typedef {import('./tab-host.js').Tab} Tab */
/** @typedef {'desk' | 'monitor' | 'admin'} View the interactions, the queues and colleagues, how the site is set up */

/**
 * Where an address leads: `#admin/sign-ins`, `#monitor`; anything else to the interactions.
 *
 * @param {string} hash
 * @returns {{view: View, section: string}}
 */
export function toPlace(hash) {
  const [, view, section] = /^#(monitor|admin)(?:\/([a-z][a-z0-9-]*))?$/u.exec(hash) ?? [];
  return { view: /** @type {View} */ (view ?? 'desk'), section: section ?? '' };
}

/**
 * What others have brought for a place.
 *
 * @param {State} state
 * @param {Tab['place']} place
 */
export const placed = (state, place) => state.places.filter((tab) => tab.place === place);

/**
 * Those that this agent has.
 *
 * @param {State} state
 * @returns {View[]}
 */
export function viewsOf(state) {
  /** @type {View[]} */
  const views = ['desk'];
  if (placed(state, 'MONITOR').length) {
    views.push('monitor');
  }
  if (state.agent.roles.includes('ADMINISTRATOR')) {
    views.push('admin');
  }
  return views;
}

/** @param {Tab} tab */
export const titleOf = (tab) => tab.titles[language()] ?? tab.titles.en;
