// Where the picture stands in its room: fit, 1:1, zoom, pan. No browser in it, so that it can be tested as it is.

/**
 * Lengths are CSS pixels, except that a picture's own size is in the pixels of the customer's screen.
 *
 * @typedef {{width: number, height: number}} Size
 * @typedef {{x: number, y: number}} Point
 */
/**
 * `fit`: all of the picture, as large as the room allows. `actual` (1:1): one pixel of the customer's screen is a whole number
 * of the agent's device pixels, see `actualScale`. `zoom`: `zoom` times that. `x` and `y` tell which point of the picture,
 * in parts of its width and height, is to be in the middle of the room.
 *
 * @typedef {{mode: 'fit' | 'actual' | 'zoom', zoom: number, x: number, y: number}} View
 */
/** @typedef {{room: Size, picture: Size, ratio: number}} Scene `ratio`: device pixels per CSS pixel */
/**
 * @typedef {object} Placed
 * @property {number} x of the left edge, from the left of the room
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {number} scale CSS pixels per pixel of the picture
 */

export const LARGEST_ZOOM = 8;
const SMALLEST_ZOOM = 0.1;
/** What buttons and keys step through. */
const STEPS = [0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 8];
/** Nearer than this to 1:1 or fit is meant to be it. */
const NEAR = 0.015;

/** @type {View} */
export const WHOLE = Object.freeze({ mode: 'fit', zoom: 1, x: 0.5, y: 0.5 });

/**
 * 1:1 must be sharp, so a pixel of the picture covers a whole number of device pixels; and it should look as large as on the
 * customer's own screen, so of those numbers the largest that makes it no larger than a CSS pixel. At a ratio of 1 and 1.5
 * that is one device pixel, at 2 and 2.5 two.
 *
 * @param {number} ratio
 * @returns {number} CSS pixels per pixel of the picture
 */
export function actualScale(ratio) {
  return Math.max(1, Math.floor(ratio + 0.001)) / ratio;
}

/** @param {Scene} scene */
function fitScale({ room, picture }) {
  return Math.min(room.width / picture.width, room.height / picture.height);
}

/**
 * @param {View} view
 * @param {Scene} scene
 * @returns {number} CSS pixels per pixel of the picture
 */
export function scaleOf(view, scene) {
  if (view.mode === 'fit') {
    return fitScale(scene);
  }
  return actualScale(scene.ratio) * (view.mode === 'actual' ? 1 : view.zoom);
}

/**
 * @param {View} view
 * @param {Scene} scene
 * @returns {number} 1 is 1:1
 */
export function zoomOf(view, scene) {
  return scaleOf(view, scene) / actualScale(scene.ratio);
}

/**
 * A picture that is smaller than the room stands in its middle; one that is larger leaves no room empty.
 *
 * @param {View} view
 * @param {Scene} scene
 * @returns {Placed}
 */
export function place(view, scene) {
  const scale = scaleOf(view, scene);
  const width = scene.picture.width * scale;
  const height = scene.picture.height * scale;
  return {
    x: along(view.x, width, scene.room.width),
    y: along(view.y, height, scene.room.height),
    width,
    height,
    scale,
  };
}

function along(part, length, room) {
  const free = room - length;
  return free >= 0 ? free / 2 : Math.min(0, Math.max(free, room / 2 - part * length));
}

/**
 * Zooms so that what is under the point stays there, as far as the picture's edges allow.
 *
 * @param {View} view
 * @param {Scene} scene
 * @param {Point} point from the room's corner
 * @param {number} factor above 1 enlarges
 * @returns {View}
 */
export function zoomAt(view, scene, point, factor) {
  return zoomTo(view, scene, point, zoomOf(view, scene) * factor, factor < 1);
}

/**
 * The next round percentage, larger or smaller.
 *
 * @param {View} view
 * @param {Scene} scene
 * @param {Point} point
 * @param {1 | -1} way
 * @returns {View}
 */
export function stepAt(view, scene, point, way) {
  const now = zoomOf(view, scene);
  const next = way > 0
    ? (STEPS.find((step) => step > now * (1 + NEAR)) ?? Math.max(now, LARGEST_ZOOM))
    : (STEPS.findLast((step) => step < now * (1 - NEAR)) ?? SMALLEST_ZOOM);
  return zoomTo(view, scene, point, next, way < 0);
}

/**
 * All of it, or what is under the point at 1:1.
 *
 * @param {View} view
 * @param {Scene} scene
 * @param {Point} point
 * @returns {View}
 */
export function toggleAt(view, scene, point) {
  return view.mode === 'fit' ? actualAt(view, scene, point) : { ...view, mode: 'fit' };
}

/**
 * 1:1, keeping what is under the point.
 *
 * @param {View} view
 * @param {Scene} scene
 * @param {Point} point
 * @returns {View}
 */
export function actualAt(view, scene, point) {
  return zoomTo(view, scene, point, 1, false);
}

/**
 * @param {View} view
 * @param {Scene} scene
 * @param {Point} point
 * @param {number} wanted 1 is 1:1
 * @param {boolean} outwards smaller than the whole is of no use, so on the way out the whole is the end
 * @returns {View}
 */
function zoomTo(view, scene, point, wanted, outwards) {
  const fit = fitScale(scene) / actualScale(scene.ratio);
  const zoom = Math.min(Math.max(wanted, Math.min(fit, SMALLEST_ZOOM)), Math.max(fit, LARGEST_ZOOM));
  if (outwards && zoom <= fit * (1 + NEAR)) {
    return { ...view, mode: 'fit' };
  }
  const mode = Math.abs(zoom - 1) < NEAR ? 'actual' : 'zoom';
  const before = place(view, scene);
  const after = { ...view, mode: /** @type {View['mode']} */ (mode), zoom: mode === 'actual' ? 1 : zoom };
  const scale = scaleOf(after, scene);
  const width = scene.picture.width * scale;
  const height = scene.picture.height * scale;
  return {
    ...after,
    x: centred((point.x - before.x) / before.width, point.x, width, scene.room.width),
    y: centred((point.y - before.y) / before.height, point.y, height, scene.room.height),
  };
}

/** Which part is in the middle when `part` stands at `at`. */
function centred(part, at, length, room) {
  return within(part + (room / 2 - at) / length, length, room);
}

/** What is in the middle when the edges are respected, so that a later pan starts from where the picture is seen. */
function within(part, length, room) {
  const half = room / 2 / length;
  return half >= 0.5 ? 0.5 : Math.min(1 - half, Math.max(half, part));
}

/**
 * @param {View} view
 * @param {Scene} scene
 * @param {number} dx how far the picture moves to the right
 * @param {number} dy
 * @returns {View}
 */
export function panBy(view, scene, dx, dy) {
  const { width, height } = place(view, scene);
  return {
    ...view,
    x: within(within(view.x, width, scene.room.width) - dx / width, width, scene.room.width),
    y: within(within(view.y, height, scene.room.height) - dy / height, height, scene.room.height),
  };
}

/**
 * @param {Placed} placed
 * @param {Size} room
 * @returns {boolean} whether there is something beyond the edges of the room
 */
export function pannable(placed, room) {
  return placed.width > room.width + 0.5 || placed.height > room.height + 0.5;
}

/**
 * Moves an edge onto the grid of device pixels: half a pixel beside it everything is blurred.
 *
 * @param {number} at
 * @param {number} origin where the room's own edge is in the window
 * @param {number} ratio
 * @returns {number}
 */
export function snapped(at, origin, ratio) {
  return Math.round((at + origin) * ratio) / ratio - origin;
}

/**
 * @param {number} scale CSS pixels per pixel of the drawn picture
 * @param {number} ratio
 * @returns {boolean} whether each pixel covers a whole number of device pixels, so that smoothing would only blur
 */
export function crisp(scale, ratio) {
  const device = scale * ratio;
  return device > 0.99 && Math.abs(device - Math.round(device)) < 0.002;
}

/**
 * What was kept from the last time, or the whole picture.
 *
 * @param {string | null} text
 * @returns {View}
 */
export function parseView(text) {
  try {
    const kept = JSON.parse(text ?? '');
    const good = ['fit', 'actual', 'zoom'].includes(kept.mode)
      && [kept.zoom, kept.x, kept.y].every((n) => Number.isFinite(n))
      && kept.zoom >= SMALLEST_ZOOM / 10 && kept.zoom <= LARGEST_ZOOM * 10;
    return good ? { mode: kept.mode, zoom: kept.zoom, x: kept.x, y: kept.y } : WHOLE;
  } catch {
    return WHOLE;
  }
}
