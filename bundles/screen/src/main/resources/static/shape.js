// The size of what is shared, of its pictures and of what is encoded.

import { LARGEST } from './capture.js';

/** @typedef {import('./codecs.js').Family} Family */

/**
 * The size in which a picture is encoded: within the bounds, and even where the codec wants that.
 * @param {{displayWidth: number, displayHeight: number}} picture
 * @param {Family} family
 */
export function encodedSize({ displayWidth, displayHeight }, family) {
  const scale = Math.min(1, LARGEST.width / displayWidth, LARGEST.height / displayHeight);
  const side = (pixels) => {
    const scaled = Math.max(1, Math.round(pixels * scale));
    return family === 'vp8' || scaled === 1 ? scaled : scaled & ~1;
  };
  return { width: side(displayWidth), height: side(displayHeight) };
}

/** Without the odd last column and row. */
export function trimmed({ displayWidth, displayHeight, visibleRect }) {
  if ((displayWidth | displayHeight) % 2 === 0 || !visibleRect) {
    return {};
  }
  const { x, y, width, height } = visibleRect;
  return { visibleRect: { x, y, width: width & ~1, height: height & ~1 } };
}

/** What a config tells of the shared screen. */
export function told(shared, width, height) {
  if (!shared) {
    return {};
  }
  const { surface, number, of } = shared;
  return {
    surface,
    ...(number && { number }),
    ...(of && { of }),
    ...((shared.width !== width || shared.height !== height) && { sourceWidth: shared.width, sourceHeight: shared.height }),
  };
}
