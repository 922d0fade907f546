/** What the address of the customer's page says, and what the browser's tab remembers of the seat. */

const KEY = 'tandem.seat';

/**
 * @param {string} path
 * @returns {{pin: string, site: string, invitation: string}} empty strings for what is not in it
 */
export function readPath(path) {
  const parts = path.split('/').filter(Boolean).map(decode);
  if (parts[0] === 'j') {
    const [site, pin] = parts.length > 2 ? [parts[1], parts[2]] : ['', parts[1] ?? ''];
    return { site, pin: digits(pin), invitation: '' };
  }
  if (parts[0] === 'i') {
    return { site: '', pin: '', invitation: /^[\w-]{10,64}$/u.test(parts[1] ?? '') ? parts[1] : '' };
  }
  return { site: parts[0] === 'join' ? (parts[1] ?? '') : '', pin: '', invitation: '' };
}

/** @param {string} part */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/**
 * @param {string} text typed or pasted: "482 913 507", or a whole link
 * @returns {string} at most nine digits
 */
export function digits(text) {
  // A pasted link may carry digits in its host or port: the PIN is the last group of nine.
  const grouped = text.match(/(?<!\d)(\d{3})[\s.-]?(\d{3})[\s.-]?(\d{3})(?!\d)/g);
  return (grouped?.at(-1) ?? text).replace(/\D/g, '').slice(0, 9);
}

/**
 * Where the page stands without the PIN, which does not belong into histories.
 *
 * @param {string} site
 */
export function publicPath(site) {
  return site ? `/join/${encodeURIComponent(site)}` : '/join';
}

/** @typedef {{token: string, session: string, pin: string, site: string, named: boolean, invitation?: string}} SeatMemory */

/** @returns {SeatMemory | undefined} */
export function rememberedSeat() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param {SeatMemory | undefined} seat */
export function rememberSeat(seat) {
  try {
    if (seat) {
      sessionStorage.setItem(KEY, JSON.stringify(seat));
    } else {
      sessionStorage.removeItem(KEY);
    }
  } catch {
    // Then a reload has to ask for the PIN again.
  }
}
