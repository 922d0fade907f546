/** Sessions that belong to no call or chat of the agent: those of colleagues, and those that the agent has taken. Knows no DOM. */

/** @typedef {{id: string, number: string, name: string, with: string, own: boolean, badge: string}} Assisted `with` is the colleague; `own` one that the agent has taken */
/**
 * The little that a desktop reads of a session.
 *
 * @typedef {object} Session
 * @property {string} id
 * @property {string} [number]
 * @property {string} me
 * @property {string | null} controller
 * @property {string | null} [assisted]
 * @property {{id: string} | null} [interaction] null for one that belongs to no call or chat
 * @property {{id: string, role: string, name: string, state: string}[]} participants
 */

/**
 * @param {Session} session
 * @returns {Assisted}
 */
export function assistedOf(session) {
  const named = (/** @type {string | null | undefined} */ id) => session.participants.find((p) => p.id === id)?.name ?? '';
  const customer = session.participants.find((p) => p.role === 'CUSTOMER' && p.state === 'JOINED' && p.name);
  const colleague = session.participants.find((p) => p.role === 'AGENT' && p.id !== session.me);
  const own = !session.interaction && session.controller === session.me;
  return {
    id: session.id,
    number: session.number ?? '',
    name: named(session.assisted) || (customer?.name ?? ''),
    own,
    with: own ? '' : (session.controller !== session.me && named(session.controller)) || (colleague?.name ?? ''),
    badge: '',
  };
}

/**
 * @param {readonly Assisted[]} known in the order in which they are listed
 * @param {readonly Session[]} sessions in which the agent is, the own ones among them
 * @param {readonly {id: string}[]} interactions of the agent
 * @returns {Assisted[]} the known ones and those that came; one that has gone is shown until the agent closes it
 */
export function merged(known, sessions, interactions) {
  const own = new Set(interactions.map((i) => i.id));
  const others = sessions.filter((s) => !own.has(s.interaction?.id ?? ''));
  const fresh = others.filter((s) => !known.some((one) => one.id === s.id)).map(assistedOf);
  return [...known, ...fresh];
}
