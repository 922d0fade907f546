/** Where something stands in a recording of several parts. Knows no DOM. */

/** @typedef {{number: number, node: string, begunAt: string, state: string, millis: number, bytes: number}} Part */
/** @typedef {{part: number, at: number, what: string, participant: string | null, name: string, text: string, erased: boolean}} Line */

/**
 * @param {Part[]} parts
 * @returns {Part[]} those that can be played
 */
export function playable(parts) {
  return parts.filter((part) => part.state === 'DONE');
}

/**
 * @param {Part[]} parts
 * @param {number} number
 * @returns {number} milliseconds before that part
 */
export function before(parts, number) {
  return playable(parts)
    .filter((part) => part.number < number)
    .reduce((sum, part) => sum + part.millis, 0);
}

/**
 * Browsers keep a time of a video in whole microseconds, cut off: who goes to 1.001 s is told 1.000999 s, before what happens there.
 * @param {number} seconds as a video element says
 * @returns {number} whole milliseconds
 */
export function millis(seconds) {
  return Math.round(seconds * 1000);
}

/**
 * @param {Line[]} lines in order
 * @param {number} part
 * @param {number} millis
 * @returns {number} the index of the line that was the last then, -1 before the first
 */
export function current(lines, part, millis) {
  return lines.findLastIndex((line) => line.part < part || (line.part === part && line.at <= millis));
}

/**
 * @param {Part[]} parts
 * @param {number} number
 * @returns {number | undefined} the part that is played after it
 */
export function next(parts, number) {
  return playable(parts).find((part) => part.number > number)?.number;
}
