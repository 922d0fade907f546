/** Where messages lie over a page. Knows no DOM. */

/** What is left free between messages, and between them and anything else, in pixels. */
const GAP = 8;
/** How far the usual place is from the lower edge. */
const EDGE = 16;

/** @typedef {{top: number, bottom: number}} Span measured from the upper edge of the window */

/**
 * The lowest place where the messages cover nothing of what is to be kept free. Where all of them do not fit in, the latest do; where
 * nothing is free the usual place is as good as any.
 *
 * @param {readonly number[]} heights of the messages, the latest last
 * @param {number} room the height of the window
 * @param {readonly Span[]} keep
 * @returns {{shown: number, end: number}} how many are shown, and how far their lower edge is from the window's
 */
export function freePlace(heights, room, keep) {
  for (let shown = heights.length; shown > 0; shown--) {
    const height = heights.slice(-shown).reduce((sum, one) => sum + one + GAP, -GAP);
    const low = lowest(height, room - EDGE, keep);
    if (low !== undefined) {
      return { shown, end: room - low };
    }
  }
  return { shown: heights.length, end: EDGE };
}

/**
 * @param {number} height
 * @param {number} usual
 * @param {readonly Span[]} keep
 */
function lowest(height, usual, keep) {
  const lows = [usual, ...keep.map((one) => one.top - GAP)].filter((low) => low <= usual && low >= height).sort((a, b) => b - a);
  return lows.find((low) => keep.every((one) => one.bottom + GAP <= low - height || one.top - GAP >= low));
}
