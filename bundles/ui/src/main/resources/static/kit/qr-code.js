/** Texts as QR codes. Loaded when the first code is shown. */

import QrCreator from '../lib/qr-creator/qr-creator.es6.min.js';

/** The largest of the standard's forty sizes. */
const LARGEST = 40;

/**
 * @typedef {object} QrCode
 * @property {number} size modules on each side, without the quiet zone
 * @property {string} path the dark modules as an SVG path, one unit a module
 */

/**
 * @param {string} text
 * @returns {QrCode | undefined} undefined for a text that is too long for any code
 */
export function qrCode(text) {
  for (let version = 1; version <= LARGEST; version++) {
    const size = 4 * version + 17;
    const rows = drawn(text, version, size);
    if (rows) {
      return { size, path: rows.map((row, y) => runs(row, y)).join('') };
    }
  }
  return undefined;
}

/**
 * The library only draws on a canvas: this one notes the squares instead of painting them, one unit a module. What it says
 * cannot be falsified by browsers that blur what pages read back from a canvas.
 *
 * @param {string} text
 * @param {number} version
 * @param {number} size
 * @returns {boolean[][] | undefined} undefined if the text does not fit
 */
function drawn(text, version, size) {
  const rows = Array.from({ length: size }, () => /** @type {boolean[]} */ (Array(size).fill(false)));
  let filled = false;
  let from = { x: 0, y: 0 };
  const canvas = document.createElement('canvas');
  const notes = {
    clearRect() {},
    beginPath() {},
    moveTo: (/** @type {number} */ x, /** @type {number} */ y) => (from = { x, y }),
    lineTo(/** @type {number} */ x, /** @type {number} */ y) {
      if (y === from.y && x === from.x + 1) {
        rows[y][from.x] = true;
      }
      from = { x: -1, y: -1 };
    },
    arcTo() {},
    fill: () => (filled = true),
  };
  Object.defineProperty(canvas, 'getContext', { value: () => notes });
  QrCreator.render({ text, size, minVersion: version, maxVersion: version, ecLevel: 'M', radius: 0 }, canvas);
  return filled ? rows : undefined;
}

/**
 * @param {boolean[]} row
 * @param {number} y
 * @returns {string} its dark stretches
 */
function runs(row, y) {
  let path = '';
  for (let x = 0; x < row.length; x++) {
    if (row[x]) {
      const start = x;
      while (row[x + 1]) {
        x++;
      }
      path += `M${start} ${y}h${x - start + 1}v1H${start}z`;
    }
  }
  return path;
}
