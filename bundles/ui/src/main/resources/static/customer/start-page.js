/** A page that whoever routes the session would have the customer open: offered as a link, never opened by itself. */

import { html, icon, nothing } from 'tandem/kit';

/** @typedef {import('../parts/views.js').SessionView} SessionView */

const DONE = 'tandem.start-page';

/**
 * @param {SessionView} view
 * @returns {string} the address, or empty while there is nothing to offer
 */
export function startPage(view) {
  const address = view.terms?.page ?? '';
  const there = Boolean(view.controller) && (view.state === 'ACTIVE' || view.state === 'INTERRUPTED');
  return there && isWeb(address) && sessionStorage.getItem(DONE) !== mark(view) ? address : '';
}

/**
 * The customer has opened it or does not want to; the next agent may offer it anew.
 *
 * @param {SessionView} view
 */
export function doneWith(view) {
  sessionStorage.setItem(DONE, mark(view));
}

/** @param {SessionView} view */
function mark(view) {
  return `${view.id} ${view.firstEpoch ?? 0}`;
}

/** @param {string} address */
function isWeb(address) {
  try {
    return ['https:', 'http:'].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

/**
 * @param {object} what
 * @param {(key: string) => string} what.t
 * @param {string} what.address empty for nothing
 * @param {() => void} what.done
 */
export function startPageCard({ t, address, done }) {
  return address
    ? html`<section class="card" id="start-page" aria-labelledby="start-page-title">
        <h2 id="start-page-title">${icon('link')}${t('startPage.title')}</h2>
        <p class="lead">${t('startPage.text')}</p>
        <p class="address" dir="ltr">${address}</p>
        <div class="answers">
          <a class="button primary big" href=${address} target="_blank" rel="noopener noreferrer" @click=${done}>${t('startPage.open')}</a>
          <button class="big" @click=${done}>${t('startPage.later')}</button>
        </div>
      </section>`
    : nothing;
}
