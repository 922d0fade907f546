/** What the recording of a session is at, as agents see it. Knows no DOM. */

/** @typedef {{id: string, role: string, name: string, state: string}} Person */
/** @typedef {{id: string, capability: string, of: string, state: string, until?: string | null}} Consent */
/** @typedef {{participants: Person[], activities: {name: string, since: string}[], consents?: Consent[]}} Session */
/**
 * @typedef {object} Recording
 * @property {string} id
 * @property {string} state ASKING, RECORDING, FINISHING, FINISHED, CANCELLED or REMOVED
 * @property {string | null} ending
 * @property {string | null} refusedBy
 * @property {string | null} startedAt
 * @property {string} by
 */
/**
 * @typedef {object} BarState
 * @property {'idle' | 'asking' | 'waiting' | 'recording'} kind
 * @property {string[]} names who has yet to allow it
 * @property {number} seconds since it began, 0 before
 * @property {Consent | undefined} question that the reader is to answer
 * @property {string} note why there is no recording any more: `refused`, `no-room`, `quota`, or nothing
 * @property {string} refusedBy
 * @property {string} watch id of one that can be looked at
 */

const NAME = 'recording';
const NOTES = new Map([
  ['REFUSED', 'refused'],
  ['NO_ROOM', 'no-room'],
  ['QUOTA', 'quota'],
]);

/**
 * @param {Session} session
 * @param {string} me
 * @param {Recording | undefined} recording the latest of the session
 * @param {number} now milliseconds of the server's clock
 * @returns {BarState}
 */
export function barState(session, me, recording, now) {
  const running = session.activities.some((activity) => activity.name === NAME);
  const asking = !running && recording?.state === 'ASKING';
  const names = running || asking ? missing(session, recording?.by, now) : [];
  const began = Date.parse(recording?.startedAt ?? '');
  return {
    kind: asking ? 'asking' : running ? (names.length > 0 ? 'waiting' : 'recording') : 'idle',
    names,
    seconds: running && !Number.isNaN(began) ? Math.max(0, Math.floor((now - began) / 1000)) : 0,
    question: (session.consents ?? []).find((one) => one.capability === NAME && one.of === me && one.state === 'ASKED'),
    note: running || asking ? '' : (NOTES.get(recording?.ending ?? '') ?? ''),
    refusedBy: session.participants.find((one) => one.id === recording?.refusedBy)?.name ?? '',
    watch: recording && (recording.state === 'FINISHING' || recording.state === 'FINISHED') ? recording.id : '',
  };
}

/**
 * @param {Session} session
 * @param {string | undefined} controller who consents by having started it
 * @param {number} now
 */
function missing(session, controller, now) {
  return session.participants
    .filter((one) => one.role !== 'VIEWER' && (one.state === 'JOINED' || one.state === 'DISCONNECTED'))
    .filter((one) => one.id !== controller)
    .filter((one) => !(session.consents ?? []).some((consent) => allows(consent, one.id, now)))
    .map((one) => one.name);
}

/**
 * @param {Consent} consent
 * @param {string} who
 * @param {number} now
 */
function allows(consent, who, now) {
  const open = !consent.until || Date.parse(consent.until) > now;
  return consent.capability === NAME && consent.of === who && consent.state === 'GRANTED' && open;
}

/**
 * @param {number} seconds
 * @returns {string} 02:14, or 1:02:14
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
