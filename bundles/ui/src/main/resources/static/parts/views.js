/**
 * Sessions as the server shows them.
 *
 * @typedef {object} Participant
 * @property {string} id
 * @property {'AGENT' | 'CUSTOMER'} role
 * @property {string} name
 * @property {'INVITED' | 'JOINED' | 'DISCONNECTED' | 'LEFT' | 'REMOVED'} state
 */
/** @typedef {{id: string, pin: string, url: string, participant: string | null}} Seat */
/** @typedef {{name: string, by: string, since: string}} RunningActivity */
/** @typedef {'BY_AGENT' | 'PAGE_CLOSED' | 'GRACE_EXPIRED' | 'RENEWED' | 'NOBODY_CAME' | 'BY_ADMINISTRATOR'} EndReason */
/**
 * @typedef {object} SessionView
 * @property {string} id
 * @property {'WAITING' | 'ACTIVE' | 'INTERRUPTED' | 'ENDED'} state
 * @property {EndReason} [endReason]
 * @property {number} version
 * @property {string} startedAt
 * @property {string} me
 * @property {string | null} controller
 * @property {number} epoch
 * @property {Participant[]} participants
 * @property {RunningActivity[]} activities
 * @property {string | null} graceUntil
 * @property {string} [number] agents only
 * @property {{id: string, kind: 'CALL' | 'CHAT', chat: boolean}} [interaction] agents only
 * @property {Seat[]} [seats] agents only
 */

/**
 * @param {Participant} participant
 * @returns {boolean} in the session, even if the line is lost just now
 */
export function present(participant) {
  return participant.state === 'JOINED' || participant.state === 'DISCONNECTED';
}

/**
 * @param {SessionView | undefined} view
 * @param {'AGENT' | 'CUSTOMER'} role
 * @returns {Participant[]} those present
 */
export function presentOf(view, role) {
  return (view?.participants ?? []).filter((p) => p.role === role && present(p));
}

/**
 * @param {SessionView | undefined} view
 * @param {'AGENT' | 'CUSTOMER'} role
 * @returns {string[]} the names of those present, as far as they are known
 */
export function namesOf(view, role) {
  return presentOf(view, role)
    .map((p) => p.name)
    .filter(Boolean);
}

/**
 * @param {SessionView | undefined} view
 * @returns {Participant | undefined} the reader
 */
export function meOf(view) {
  return view?.participants.find((p) => p.id === view.me);
}
