/**
 * Sessions as the server shows them. An assistant is an agent who is not in control; a viewer is an outside expert who may only look.
 *
 * @typedef {'AGENT' | 'CUSTOMER' | 'VIEWER'} Role
 */
/**
 * @typedef {object} Participant
 * @property {string} id
 * @property {Role} role
 * @property {string} name
 * @property {'INVITED' | 'JOINED' | 'DISCONNECTED' | 'LEFT' | 'REMOVED'} state
 */
/** @typedef {{id: string, pin: string, url: string, participant: string | null, invited?: boolean}} Seat */
/**
 * What ends it: another customer is selected or control passes (CUSTOMER), control passes (CONTROL), only the session's end (SESSION).
 *
 * @typedef {'CUSTOMER' | 'CONTROL' | 'SESSION'} Scope
 */
/** @typedef {{name: string, by: string, since: string, scope?: Scope}} RunningActivity */
/** @typedef {{id: string, name: string, url: string, participant: string | null}} ViewerLink */
/** @typedef {{id: string, capability: string, of: string, state: 'ASKED' | 'GRANTED' | 'DENIED' | 'REVOKED' | 'EXPIRED' | 'ENDED', at: string, until: string | null}} Consent */
/** @typedef {'BY_AGENT' | 'PAGE_CLOSED' | 'GRACE_EXPIRED' | 'RENEWED' | 'NOBODY_CAME' | 'BY_ADMINISTRATOR' | 'NO_AGENT' | 'CUSTOMER_LEFT'} EndReason */
/**
 * @typedef {object} SessionView
 * @property {string} id
 * @property {'WAITING' | 'ACTIVE' | 'INTERRUPTED' | 'TRANSFERRING' | 'ENDED'} state TRANSFERRING: no agent is in control, it waits for one to take it
 * @property {EndReason} [endReason]
 * @property {number} version
 * @property {string} startedAt
 * @property {string} me
 * @property {string | null} controller
 * @property {number} epoch
 * @property {number} [firstEpoch] that of who started the session or has taken it last
 * @property {Participant[]} participants
 * @property {RunningActivity[]} activities
 * @property {string | null} graceUntil
 * @property {string | null} [assisted] the customer who is being helped
 * @property {Consent[]} [consents]
 * @property {{zone: string | null, off: string[], page: string | null}} [terms] what holds in this session beside what holds in all
 * @property {string} [number] agents only
 * @property {{id: string, kind: 'CALL' | 'CHAT', chat: boolean} | null} [interaction] agents only; null for one without a call or chat of its own
 * @property {Seat[]} [seats] agents only
 * @property {ViewerLink[]} [viewers] agents only
 * @property {any[]} [invitations] agents only
 * @property {any} [notes] agents only
 * @property {boolean} [vacant] agents only: the agent in control is lost, and control is offered to others
 * @property {string | null} [offered] agents only: to whom, while it is; null: to every agent
 * @property {string | null} [offeredUntil] agents only: how long that one has to answer
 * @property {{customers: number}} [limits] agents only
 * @property {string | null} [form] customers only, at the end: the key of the form that they may fill in
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
 * @param {Role} role
 * @returns {Participant[]} those present
 */
export function presentOf(view, role) {
  return (view?.participants ?? []).filter((p) => p.role === role && present(p));
}

/**
 * @param {SessionView | undefined} view
 * @param {Role} role
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

/**
 * @param {SessionView | undefined} view
 * @param {string | null | undefined} id
 * @returns {Participant | undefined}
 */
export function personOf(view, id) {
  return id ? view?.participants.find((p) => p.id === id) : undefined;
}

/**
 * @param {SessionView | undefined} view
 * @returns {Participant[]} the agents whose line is good and who are not in control: those to whom it can pass
 */
export function assistantsOf(view) {
  return presentOf(view, 'AGENT').filter((p) => p.id !== view?.controller && p.state === 'JOINED');
}
