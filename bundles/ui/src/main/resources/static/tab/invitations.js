/** What the Invite panel needs to know of seats, links and invitations. Knows no DOM. */

/**
 * DRAFTED: it lies in the agent's own mail program; UNCERTAIN: nobody can say whether the server has taken it; USED: somebody has
 * come in by it.
 *
 * @typedef {'DRAFTED' | 'QUEUED' | 'SENT' | 'FAILED' | 'UNCERTAIN' | 'WITHDRAWN' | 'USED'} InvitationState
 */
/**
 * @typedef {object} Invitation
 * @property {string} id
 * @property {'CUSTOMER' | 'AGENT'} role
 * @property {string} address
 * @property {InvitationState} state
 * @property {string | null} problem
 * @property {string} url
 * @property {string} at
 * @property {string | null} seat
 */
/** @typedef {import('../parts/views.js').SessionView} SessionView */
/** @typedef {import('../parts/views.js').Seat} Seat */

/**
 * @param {string} url of a seat: HTTPS://HOST/j/PIN or HTTPS://HOST/j/SITE/PIN
 * @returns {string} the page on which that PIN is typed
 */
export function joinPage(url) {
  return url.replace(/\/j\/(?:([^/]+)\/)?\d+$/u, (_, site) => (site ? `/join/${site}` : '/join'));
}

/**
 * @param {SessionView | undefined} view
 * @returns {Seat | undefined} the first seat that nobody has and nobody has been invited to
 */
export function freeSeat(view) {
  return (view?.seats ?? []).find((seat) => !seat.participant && !invitationOf(view, seat));
}

/**
 * @param {SessionView | undefined} view
 * @param {Seat} seat
 * @returns {Invitation | undefined} the one that still holds this seat
 */
export function invitationOf(view, seat) {
  return (view?.invitations ?? []).find((one) => one.seat === seat.id && one.state !== 'WITHDRAWN');
}

/**
 * @param {SessionView | undefined} view
 * @returns {number} how many customers are in or may come, which is what the limit counts
 */
export function customers(view) {
  return (view?.seats ?? []).filter((seat) => {
    const who = view?.participants.find((p) => p.id === seat.participant);
    return !who || (who.state !== 'LEFT' && who.state !== 'REMOVED');
  }).length;
}

/** @param {Invitation} invitation */
export function mayRepeat({ state }) {
  return state === 'FAILED' || state === 'UNCERTAIN';
}

/** @param {Invitation} invitation */
export function mayWithdraw({ state }) {
  return state !== 'WITHDRAWN' && state !== 'USED';
}

/**
 * @param {string} text
 * @returns {'' | 'wrong' | 'several'} what is wrong with it as one mail address; the server judges again
 */
export function addressFault(text) {
  const typed = text.trim();
  if ((typed.match(/@/gu) ?? []).length > 1 && /[,;\s]/u.test(typed)) {
    return 'several';
  }
  return /^[^\s@,;<>]+@[^\s@,;<>]+$/u.test(typed) && typed.length <= 254 ? '' : 'wrong';
}
