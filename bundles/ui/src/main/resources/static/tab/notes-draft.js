/** Notes that have been typed and not been saved, kept in this browser for some days. */

/** @typedef {'RESOLVED' | 'UNRESOLVED' | 'UNKNOWN'} Outcome */
/** @typedef {{outcome: Outcome, text: string}} Draft */

const PREFIX = 'tandem.notes.';
const DAYS = 7;

/**
 * @param {string} session
 * @param {Draft} draft
 */
export function keepDraft(session, draft) {
  try {
    localStorage.setItem(PREFIX + session, JSON.stringify({ ...draft, at: Date.now() }));
  } catch {
    // Then it lasts as long as the page.
  }
}

/**
 * @param {string} session
 * @returns {Draft | undefined}
 */
export function keptDraft(session) {
  sweep();
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + session) ?? 'null');
    return kept ? { outcome: kept.outcome, text: kept.text } : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} session */
export function dropDraft(session) {
  try {
    localStorage.removeItem(PREFIX + session);
  } catch {
    // There was none.
  }
}

/** Other people's troubles do not stay in a browser for ever. */
function sweep() {
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const at = JSON.parse(localStorage.getItem(key) ?? '{}')?.at ?? 0;
      if (Date.now() - at > DAYS * 86_400_000) {
        localStorage.removeItem(key);
      }
    }
  } catch {
    // Nothing can be read, so nothing is kept.
  }
}
