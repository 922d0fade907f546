/** Names as they may be shown, and as they may be written to a disk. Knows no DOM. */

const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
/** Half a character. */
const HALF = /\p{Surrogate}/gu;
const FORBIDDEN = /[<>:"|?*\\/]/g;
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
const LONGEST = 255;

/**
 * A name as it is shown: what cannot be seen, or turns the direction of what follows, is shown as a small box, so that nobody takes a
 * name for another one.
 *
 * @param {string | null | undefined} name
 */
export function shown(name) {
  return (name ?? '').replace(HALF, '\ufffd').replace(INVISIBLE, '\u25a1');
}

/**
 * One step of a path as any system can store it.
 *
 * @param {string} segment
 */
export function harmless(segment) {
  const clean = segment
    .replace(HALF, '')
    .replace(INVISIBLE, '')
    .replace(FORBIDDEN, '_')
    .replace(/^\s+|[\s.]+$/g, '');
  const named = clean === '' || RESERVED.test(clean) ? `_${clean}` : clean;
  return cut(named);
}

/**
 * The steps of a path in a folder, none of which leads out of it.
 *
 * @param {string} path
 * @returns {string[]}
 */
export function steps(path) {
  return path
    .split(/[\\/]/)
    .filter((step) => step !== '' && step !== '.' && step !== '..')
    .map(harmless);
}

/**
 * At most 255 bytes; the ending stays, since it says what opens it.
 *
 * @param {string} name
 */
function cut(name) {
  if (bytes(name) <= LONGEST) {
    return name;
  }
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && bytes(name.slice(dot)) <= 32 ? name.slice(dot) : '';
  let stem = [...name.slice(0, name.length - ending.length)];
  while (bytes(stem.join('')) + bytes(ending) > LONGEST) {
    stem = stem.slice(0, -Math.max(1, Math.floor((bytes(stem.join('')) + bytes(ending) - LONGEST) / 4)));
  }
  return stem.join('') + ending;
}

/** @param {string} text */
function bytes(text) {
  return new TextEncoder().encode(text).length;
}
