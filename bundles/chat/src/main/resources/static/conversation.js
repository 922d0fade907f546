/** What the panel knows of a conversation, as pure functions over plain data. */

/**
 * @typedef {object} Message
 * @property {number} number
 * @property {'TEXT' | 'NOTICE'} kind
 * @property {string | null} from participant's id
 * @property {string} name
 * @property {string} text
 * @property {{code: string, name: string} | null} notice
 * @property {boolean} [erased]
 * @property {string} at instant
 */
/** @typedef {import('./outbox.js').Item} Item */
/**
 * What is shown, in order. A run is what one person said without a longer pause.
 *
 * @typedef {{type: 'day', key: string, at: Date}
 *   | {type: 'notice', key: string, at: Date, message: Message}
 *   | {type: 'run', key: string, at: Date, own: boolean, from: string | null, name: string, messages: Message[]}} Line
 */

export const LONGEST = 4000;
const PAUSE = 5 * 60_000;

/**
 * @param {Message[]} known ascending
 * @param {Message[]} more in any order, perhaps known already
 * @returns {Message[]} all of them, ascending
 */
export function merged(known, more) {
  const last = lastNumber(known);
  const news = more.filter((message) => message.number > last);
  if (news.length === more.length && ascending(news)) {
    return news.length ? [...known, ...news] : known;
  }
  const byNumber = new Map(known.map((message) => [message.number, message]));
  more.forEach((message) => byNumber.set(message.number, message));
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

/** @param {Message[]} messages */
function ascending(messages) {
  return messages.every((message, i) => i === 0 || message.number > messages[i - 1].number);
}

/**
 * @param {Message[]} messages ascending
 * @returns {number} 0 for none
 */
export function lastNumber(messages) {
  return messages.at(-1)?.number ?? 0;
}

/**
 * @param {Message[]} messages ascending
 * @param {string} me participant's id
 * @param {Date} now
 * @param {string} [zone] in which days begin; the reader's own if it is not said
 * @returns {Line[]}
 */
export function lines(messages, me, now, zone) {
  /** @type {Line[]} */
  const shown = [];
  let day = dayOf(now, zone);
  for (const message of messages) {
    const at = new Date(message.at);
    // A conversation of today alone needs no word about the day.
    if (dayOf(at, zone) !== day) {
      day = dayOf(at, zone);
      shown.push({ type: 'day', key: `day-${message.number}`, at });
    }
    const before = shown.at(-1);
    if (message.kind === 'NOTICE') {
      shown.push({ type: 'notice', key: `n-${message.number}`, at, message });
    } else if (before?.type === 'run' && continues(before, message, at)) {
      before.messages.push(message);
    } else {
      const own = message.from === me;
      shown.push({ type: 'run', key: `r-${message.number}`, at, own, from: message.from, name: message.name, messages: [message] });
    }
  }
  return shown;
}

/**
 * @param {Date} at
 * @param {string | undefined} zone
 */
function dayOf(at, zone) {
  return zone ? new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at) : at.toDateString();
}

/**
 * @param {Extract<Line, {type: 'run'}>} run
 * @param {Message} message
 * @param {Date} at
 */
function continues(run, message, at) {
  const before = new Date(run.messages[run.messages.length - 1].at);
  return run.from === message.from && run.name === message.name && at.getTime() - before.getTime() < PAUSE;
}

/**
 * The messages still to be shown as not sent. One whose text has arrived already under our name is not: its answer is just
 * slower than the live channel.
 *
 * @param {Item[]} items
 * @param {Message[]} messages ascending
 * @param {string} me
 */
export function unsent(items, messages, me) {
  const taken = new Set();
  return items.filter((item) => {
    const arrived = messages.find(
      (m) => m.number > item.after && m.from === me && m.text === item.text && !taken.has(m.number),
    );
    taken.add(arrived?.number);
    return !arrived;
  });
}

/**
 * How many texts of others came after a number.
 *
 * @param {Message[]} messages ascending
 * @param {string} me
 * @param {number} seen
 */
export function unread(messages, me, seen) {
  return messages.filter((m) => m.number > seen && m.kind === 'TEXT' && m.from !== me).length;
}

/**
 * A typed or pasted text as the server takes it: no control characters but tab and line feed, no half characters, nothing
 * blank at its ends.
 *
 * @param {string} typed
 */
export function sendable(typed) {
  return typed
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/^\s*\n|\s+$/g, '');
}

/**
 * How many characters may still be typed; an emoji counts once.
 *
 * @param {string} text
 */
export function room(text) {
  return LONGEST - (text.length < LONGEST ? text.length : [...text].length);
}

/**
 * Whether nothing can be said until the agent in control starts the chat again: a change of control has ended it. Who takes a
 * session over from the queue finds it open.
 *
 * @param {{epoch?: number, firstEpoch?: number, state?: string, activities?: {name: string}[]} | undefined} session
 */
export function stopped(session) {
  const granted = session?.state === 'TRANSFERRING' || (session?.epoch ?? 1) <= (session?.firstEpoch ?? 1);
  return !granted && session?.state !== 'ENDED' && !session?.activities?.some(({ name }) => name === 'chat');
}
