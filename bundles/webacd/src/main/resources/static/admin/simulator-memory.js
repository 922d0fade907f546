/** What was put together for a simulation, kept for as long as this tab of the browser is open. */

/** @typedef {{draft?: any, opened?: string}} Kept */

const KEY = 'tandem.simulator';
/** What an older page has kept may lack something that this one needs. */
const SHAPE = 1;

/**
 * @param {string} whose
 * @param {Kept} kept
 */
export function remember(whose, kept) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ shape: SHAPE, whose, ...kept }));
  } catch {
    // Without storage it lasts as long as the page is looked at.
  }
}

/**
 * @param {string} whose
 * @returns {Kept} nothing of somebody else's
 */
export function recall(whose) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
    return kept.shape === SHAPE && kept.whose === whose ? kept : {};
  } catch {
    return {};
  }
}
