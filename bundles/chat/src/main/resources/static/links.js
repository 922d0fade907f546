/** Finds the addresses in a text. What is no address stays text; nothing is ever markup. */

/** @typedef {{text: string, href?: string}} Token */

const START = /https?:\/\//gi;
/** Blanks, control and formatting characters (a hidden change of direction could show another address), and brackets. */
const STOP = /[\s<>"`\u0000-\u0020\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]/;
const WORD = /[\p{L}\p{N}_]$/u;
const AFTERTHOUGHT = '.,;:!?\'"…»”’*_~|';
const BRACKETS = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);
const LONGEST = 2048;

/**
 * Splits a text into plain pieces and links, in order; put together again they are the text.
 *
 * @param {string} text
 * @returns {Token[]}
 */
export function tokens(text) {
  /** @type {Token[]} */
  const found = [];
  let done = 0;
  START.lastIndex = 0;
  for (let hit = START.exec(text); hit; hit = START.exec(text)) {
    const candidate = WORD.test(text.slice(Math.max(0, hit.index - 2), hit.index)) ? '' : address(text, hit.index);
    const href = candidate && safe(candidate);
    if (href) {
      if (hit.index > done) {
        found.push({ text: text.slice(done, hit.index) });
      }
      found.push({ text: candidate, href });
      done = hit.index + candidate.length;
      START.lastIndex = done;
    }
  }
  if (done < text.length) {
    found.push({ text: text.slice(done) });
  }
  return found;
}

/**
 * The address that begins at a place, without the punctuation of the sentence around it.
 *
 * @param {string} text
 * @param {number} from
 */
function address(text, from) {
  const rest = text.slice(from, from + LONGEST + 1);
  const stop = rest.search(STOP);
  let end = stop < 0 ? rest.length : stop;
  for (; end > 0; end--) {
    const last = rest[end - 1];
    const opening = BRACKETS.get(last);
    if (!AFTERTHOUGHT.includes(last) && !(opening && unbalanced(rest.slice(0, end), opening, last))) {
      break;
    }
  }
  return rest.slice(0, end);
}

/**
 * @param {string} text
 * @param {string} opening
 * @param {string} closing
 */
function unbalanced(text, opening, closing) {
  return text.split(closing).length > text.split(opening).length;
}

/**
 * @param {string} candidate
 * @returns {string} what may be opened, or nothing
 */
function safe(candidate) {
  if (candidate.length > LONGEST || !URL.canParse(candidate)) {
    return '';
  }
  const url = new URL(candidate);
  // A name before the host (https://bank.example@evil.example) is there to deceive.
  const plain = (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password;
  return plain && url.hostname ? url.href : '';
}
