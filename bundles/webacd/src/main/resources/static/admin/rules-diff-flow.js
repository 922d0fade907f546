/** Who would go elsewhere, as streams from queue to queue: from numbers to places. Knows no DOM. */

/** @typedef {{from: string | null, to: string | null, items: number}} Move `null` is nowhere */
/** @typedef {{queue: string | null, items: number, y: number, height: number}} Side */
/** @typedef {{move: Move, path: string, thin: boolean}} Stream */
/** @typedef {{height: number, left: Side[], right: Side[], streams: Stream[], hidden: number}} Flow `hidden`: moves that are too many for a picture */
/**
 * @typedef {{queue: string | null, rule?: number | null, priority?: number | null, skills?: Record<string, number> | null}} Way
 * @typedef {{item: string, at: string, live: Way, draft: Way}} Example
 * @typedef {{items: number, judged: number, changed: number, unknown: number, moves: Move[], examples: Example[]}} Diff
 */

export const WIDTH = 760;
/** Where the columns stand; beside them are the names. */
export const LEFT = 216;
export const RIGHT = 532;
export const BAR = 12;
const MOST = 12;
const GAP = 14;
const TOP = 6;
const LEAST = 3;
/** A name needs this much, however little moves there. */
const ROOM = 20;

/** @param {Move[]} moves @returns {Move[]} from one queue to another, the largest first */
export const between = (moves) => moves.filter((one) => one.from !== one.to && one.items > 0).sort((a, b) => b.items - a.items);

/**
 * @param {Move[]} moves
 * @returns {Flow}
 */
export function flow(moves) {
  const all = between(moves);
  const shown = all.slice(0, MOST);
  const sides = (/** @type {'from' | 'to'} */ end) => {
    /** @type {Map<string | null, number>} */
    const sums = new Map();
    shown.forEach((one) => sums.set(one[end], (sums.get(one[end]) ?? 0) + one.items));
    return [...sums].sort((a, b) => b[1] - a[1]);
  };
  const total = shown.reduce((sum, one) => sum + one.items, 0) || 1;
  const from = sides('from');
  const to = sides('to');
  const scale = Math.max(120, 26 * Math.max(from.length, to.length)) / total;
  const place = (/** @type {[string | null, number][]} */ all_) => {
    let y = TOP;
    return all_.map(([queue, items]) => {
      const height = Math.max(LEAST, items * scale);
      const side = { queue, items, y, height };
      y += Math.max(height, ROOM) + GAP;
      return side;
    });
  };
  const left = place(from);
  const right = place(to);
  const end = (/** @type {Side[]} */ all_) => all_.reduce((most, one) => Math.max(most, one.y + Math.max(one.height, ROOM)), 0);
  return { height: round(Math.max(end(left), end(right)) + TOP), left, right, streams: streams(shown, left, right, scale), hidden: all.length - shown.length };
}

/**
 * @param {Move[]} moves
 * @param {Side[]} left
 * @param {Side[]} right
 * @param {number} scale
 * @returns {Stream[]}
 */
function streams(moves, left, right, scale) {
  /** @type {Map<Side, number>} how much of each side is taken */
  const taken = new Map();
  const at = (/** @type {Side[]} */ sides, /** @type {string | null} */ queue, /** @type {number} */ height) => {
    const side = /** @type {Side} */ (sides.find((one) => one.queue === queue));
    const y = side.y + (taken.get(side) ?? 0);
    taken.set(side, (taken.get(side) ?? 0) + height);
    return y;
  };
  // In the order of where they end, so that few cross each other.
  const order = (/** @type {Move} */ one) => left.findIndex((side) => side.queue === one.from) * 100 + right.findIndex((side) => side.queue === one.to);
  return [...moves]
    .sort((a, b) => order(a) - order(b))
    .map((move) => {
      const height = move.items * scale;
      const a = at(left, move.from, height);
      const b = at(right, move.to, height);
      return { move, path: ribbon(a, b, Math.max(1.5, height)), thin: height < 4 };
    });
}

/**
 * @param {number} a where it begins, above
 * @param {number} b where it ends, above
 * @param {number} height
 * @returns {string}
 */
function ribbon(a, b, height) {
  const x = LEFT + BAR;
  const middle = (x + RIGHT) / 2;
  const [a2, b2] = [round(a + height), round(b + height)];
  return `M${x} ${round(a)}C${middle} ${round(a)} ${middle} ${round(b)} ${RIGHT} ${round(b)}V${b2}C${middle} ${b2} ${middle} ${a2} ${x} ${a2}z`;
}

/**
 * @param {string} name
 * @param {number} [most]
 * @returns {string} as much of it as fits beside the picture
 */
export function short(name, most = 22) {
  const letters = [...name];
  return letters.length <= most ? name : `${letters.slice(0, most - 1).join('').trimEnd()}…`;
}

/**
 * @param {Way} way
 * @returns {string} `french 5, printers 3`; '' for none
 */
export function skillsOf({ skills }) {
  return Object.entries(skills ?? {})
    .map(([skill, level]) => `${skill} ${level}`)
    .join(', ');
}

/** @param {number} value */
const round = (value) => Math.round(value * 10) / 10;
