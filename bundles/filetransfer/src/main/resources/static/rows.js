/** The lines of the panel: what this page sends, and what the server knows. Knows no DOM. */

import { matches } from './queue.js';

/** @typedef {import('./queue.js').Entry} Entry */
/**
 * @typedef {object} SentFile
 * @property {string} id
 * @property {string | null} [path]
 * @property {string} name
 * @property {number | null} [size]
 * @property {string} type
 * @property {string} state ARRIVING, READY, REFUSED or TAKEN_BACK
 * @property {string | null} [modified]
 * @property {string | null} [sha256]
 * @property {string | null} [reason]
 * @property {number} [offset]
 */
/**
 * @typedef {object} Transfer
 * @property {string} id
 * @property {'FILE' | 'FOLDER'} kind
 * @property {string | null} name
 * @property {{id: string, name: string | null, role: string}} from
 * @property {boolean} mine
 * @property {boolean} forMe
 * @property {string} state ARRIVING, OFFERED, AGREED, DONE, DECLINED, CANCELLED, REFUSED or REMOVED
 * @property {string | null} [ending]
 * @property {string} at
 * @property {string | null} [answeredAt]
 * @property {string | null} [endedAt]
 * @property {number} fileCount
 * @property {number} readyCount
 * @property {number} refusedCount
 * @property {number} bytes
 * @property {number} received
 * @property {boolean} complete
 * @property {boolean} receiving
 * @property {SentFile | null} [file]
 * @property {string | null} [download]
 */
/**
 * @typedef {object} View
 * @property {Transfer[]} transfers
 * @property {{toCustomer: number, fromCustomer: number, files: number}} limits
 * @property {boolean} acceptAll
 * @property {boolean} send
 * @property {string | null} [why]
 */
/** @typedef {{state?: string, controller?: string | null}} Control how the session stands, and who is in control of it */
/**
 * @typedef {object} Row
 * @property {string} key
 * @property {Entry | undefined} entry
 * @property {Transfer | undefined} transfer
 * @property {boolean} asks whether the reader is to answer
 */

/**
 * What waits for an answer comes first, the earliest on top, since it is answered in that order; then what is new.
 *
 * @param {readonly Transfer[]} transfers
 * @param {readonly Entry[]} entries
 * @returns {Row[]}
 */
export function rowsOf(transfers, entries) {
  /** @type {Row[]} */
  const known = transfers.map((transfer) => ({
    key: transfer.id,
    entry: entries.find((entry) => matches(entry, transfer)) ?? entries.find((entry) => foretold(entry, transfer)),
    transfer,
    asks: asks(transfer),
  }));
  const own = entries.filter((entry) => !known.some((row) => row.entry === entry));
  /** @type {Row[]} */
  const rest = own.toReversed().map((entry) => ({ key: entry.id, entry, transfer: undefined, asks: false }));
  const asking = known.filter((row) => row.asks).sort((a, b) => at(a) - at(b));
  const others = known.filter((row) => !row.asks).sort((a, b) => at(b) - at(a));
  return [...asking, ...rest, ...others];
}

/**
 * The live channel may tell of an upload before the request that makes it is answered: for that moment it is not to be seen twice.
 *
 * @param {Entry} entry
 * @param {Transfer} transfer
 */
function foretold(entry, transfer) {
  const unanswered = entry.kind === 'FILE' && entry.state !== 'refused' && !entry.parts[0]?.upload?.url;
  const alike = transfer.kind === 'FILE' && transfer.name === entry.name && transfer.bytes === entry.bytes;
  return unanswered && alike && transfer.mine && transfer.state === 'ARRIVING';
}

/**
 * A file of the reader's of which only a part is there and that nobody goes on with here: the page that sent it is gone, or is another one.
 *
 * @param {Transfer} transfer
 * @param {readonly Entry[]} entries
 */
export function isBegun(transfer, entries) {
  const { kind, mine, state, received, bytes, file } = transfer;
  const part = kind === 'FILE' && mine && state === 'ARRIVING' && file?.state === 'ARRIVING' && received < bytes;
  return part && !entries.some((entry) => matches(entry, transfer) || foretold(entry, transfer));
}

/** @param {Row} row */
function at(row) {
  return Date.parse(row.transfer?.at ?? '') || 0;
}

/** @param {Transfer} transfer */
export function asks(transfer) {
  return transfer.forMe && transfer.state === 'OFFERED';
}

/**
 * @param {readonly Transfer[]} transfers
 * @returns {number} how many wait for the reader's answer
 */
export function asking(transfers) {
  return transfers.filter(asks).length;
}

/**
 * What is known of transfers may be older than what is known of the session: nobody is asked for an answer that they may not give.
 *
 * @param {readonly Transfer[]} transfers
 * @param {boolean} may whether the reader may answer anything
 * @returns {readonly Transfer[]}
 */
export function answerable(transfers, may) {
  return may ? transfers : transfers.map((one) => (asks(one) ? { ...one, forMe: false } : one));
}

/**
 * How a transfer of the server's stands, as a key of the catalogue.
 *
 * @param {Transfer} transfer
 * @param {Control} [control]
 * @returns {string}
 */
export function standing(transfer, control = {}) {
  const { mine, forMe, state } = transfer;
  switch (state) {
    case 'ARRIVING':
      return arriving(transfer);
    case 'OFFERED':
      return mine ? 'state.offered.mine' : forMe ? 'state.offered.me' : 'state.offered';
    case 'AGREED':
      return forMe ? 'state.agreed.me' : 'state.agreed';
    case 'DONE':
      return forMe ? 'state.done.me' : 'state.done';
    case 'DECLINED':
      return forMe ? 'state.declined.me' : 'state.declined';
    case 'REFUSED':
      return refused(transfer.file?.reason);
    case 'CANCELLED':
      return ended(transfer, control);
    default:
      return 'state.removed';
  }
}

/** @param {Transfer} transfer */
function arriving({ complete, received, bytes, receiving, mine, kind }) {
  if (complete && received >= bytes) {
    return 'state.checking';
  }
  return receiving ? 'state.arriving' : !mine ? 'state.resting' : kind === 'FILE' ? 'state.left' : 'state.left.folder';
}

/**
 * @param {Transfer} transfer
 * @param {Control} control
 */
function ended({ ending, mine, from }, control) {
  switch (ending) {
    case 'CONTROL_PASSED':
      return controlEnded(mine, from, control);
    case 'SESSION_ENDED':
      return 'ending.session';
    case 'EXPIRED':
      return 'ending.expired';
    default:
      return mine ? 'ending.mine' : 'ending.taken-back';
  }
}

/**
 * Control may have been given up, and its holder may have it again. An agent who sent something had it then.
 *
 * @param {boolean} mine
 * @param {Transfer['from']} from
 * @param {Control} control
 */
function controlEnded(mine, from, { state, controller }) {
  if (state === 'ENDED') {
    return 'ending.control.changed';
  }
  if (!controller) {
    return 'ending.control.nobody';
  }
  if (from.role === 'AGENT' && from.id !== controller) {
    return 'ending.control.theirs';
  }
  return mine ? 'ending.control' : 'ending.control.changed';
}

/**
 * @param {string | null | undefined} reason
 * @returns {string}
 */
export function refused(reason) {
  switch (reason) {
    case 'TYPE':
      return 'refused.type';
    case 'INFECTED':
      return 'refused.infected';
    case 'UNINSPECTED':
      return 'refused.uninspected';
    case 'SIZE':
      return 'refused.size';
    case 'LOST':
      return 'refused.lost';
    default:
      return 'refused.folder';
  }
}

/**
 * Whether it went well, badly, or goes on: for the colour beside the words.
 *
 * @param {Transfer} transfer
 * @returns {'good' | 'bad' | 'calm'}
 */
export function mood({ state }) {
  return state === 'DONE' || state === 'AGREED' ? 'good' : state === 'REFUSED' ? 'bad' : 'calm';
}

/** Media types that have a name; others are told by the ending. */
const TYPES = new Map([
  ['application/pdf', 'type.pdf'],
  ['application/zip', 'type.archive'],
  ['application/x-7z-compressed', 'type.archive'],
  ['application/gzip', 'type.archive'],
  ['application/msword', 'type.document'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'type.document'],
  ['application/vnd.oasis.opendocument.text', 'type.document'],
  ['application/vnd.ms-excel', 'type.table'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'type.table'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'type.table'],
  ['text/csv', 'type.table'],
  ['application/vnd.ms-powerpoint', 'type.slides'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'type.slides'],
  ['application/x-msdownload', 'type.program'],
  ['application/vnd.microsoft.portable-executable', 'type.program'],
  ['application/x-msdos-program', 'type.program'],
  ['application/x-sh', 'type.program'],
  ['application/x-msi', 'type.program'],
]);

/** What runs when it is opened, whatever its sender calls it. */
const PROGRAM = /\.(exe|msi|bat|cmd|com|scr|pif|ps1|vbs|vbe|jse?|wsf|hta|jar|sh|app|dmg|pkg|deb|rpm|apk|lnk)$/i;

/** What names end with of which the browser does not know the type. */
const ENDINGS = new Map([
  ['pdf', 'type.pdf'],
  ['doc', 'type.document'],
  ['docx', 'type.document'],
  ['odt', 'type.document'],
  ['xls', 'type.table'],
  ['xlsx', 'type.table'],
  ['ods', 'type.table'],
  ['ppt', 'type.slides'],
  ['pptx', 'type.slides'],
  ['odp', 'type.slides'],
  ['zip', 'type.archive'],
  ['7z', 'type.archive'],
  ['rar', 'type.archive'],
  ['log', 'type.text'],
]);

/**
 * What kind of file it is, in words that a customer knows.
 *
 * @param {string} type media type
 * @param {string} [name]
 * @returns {string} a key
 */
export function typeKey(type, name = '') {
  if (PROGRAM.test(name)) {
    return 'type.program';
  }
  const plain = type.split(';')[0].trim().toLowerCase();
  const known = TYPES.get(plain);
  if (known) {
    return known;
  }
  const family = plain.split('/')[0];
  switch (family) {
    case 'image':
      return 'type.picture';
    case 'video':
      return 'type.video';
    case 'audio':
      return 'type.sound';
    case 'text':
      return 'type.text';
    default:
      return ENDINGS.get(name.split('.').at(-1)?.toLowerCase() ?? '') ?? 'type.file';
  }
}
