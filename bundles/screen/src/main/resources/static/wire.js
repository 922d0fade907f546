// The wire of the media channel `screen`, version 1; the Javadoc of package dev.tandem.screen specifies it.

export const VERSION = 1;
export const HEADER_LENGTH = 20;
/** Milliseconds. The relay says something to everybody each second: a line that is silent for longer leads nowhere. */
export const LINE_SILENCE = 3000;
export const LARGEST_FRAME = 4 * 1024 * 1024;

const TWO_32 = 0x1_0000_0000;

/**
 * @typedef {object} Header
 * @property {boolean} key whether the frame can be decoded without any other
 * @property {number} width pixels
 * @property {number} height pixels
 * @property {number} captured microseconds since the Unix epoch by the sender's clock
 * @property {number} sequence unsigned, 32 bit
 */

/**
 * Makes a frame with room for the chunk behind its header.
 * @param {Header} header
 * @param {number} chunkLength bytes
 * @returns {{buffer: ArrayBuffer, chunk: Uint8Array}}
 */
export function writeFrame(header, chunkLength) {
  const buffer = new ArrayBuffer(HEADER_LENGTH + chunkLength);
  const view = new DataView(buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, header.key ? 1 : 0);
  view.setUint16(2, header.width);
  view.setUint16(4, header.height);
  view.setUint16(6, 0);
  view.setUint32(8, Math.floor(header.captured / TWO_32));
  view.setUint32(12, header.captured % TWO_32);
  view.setUint32(16, header.sequence);
  return { buffer, chunk: new Uint8Array(buffer, HEADER_LENGTH) };
}

/**
 * @param {ArrayBuffer} buffer a frame
 * @returns {{header: Header, chunk: Uint8Array}}
 * @throws {RangeError} if it is no frame of version 1
 */
export function readFrame(buffer) {
  const view = new DataView(buffer);
  if (buffer.byteLength <= HEADER_LENGTH || buffer.byteLength > LARGEST_FRAME
      || view.getUint8(0) !== VERSION || (view.getUint8(1) & ~1) !== 0 || view.getUint16(6) !== 0) {
    throw new RangeError('not a frame of version 1');
  }
  const header = {
    key: view.getUint8(1) === 1,
    width: view.getUint16(2),
    height: view.getUint16(4),
    captured: view.getUint32(8) * TWO_32 + view.getUint32(12),
    sequence: view.getUint32(16),
  };
  if (header.width === 0 || header.height === 0) {
    throw new RangeError('a frame without a size');
  }
  return { header, chunk: new Uint8Array(buffer, HEADER_LENGTH) };
}

/** The own clock, microseconds since the Unix epoch. */
export function clock() {
  return Math.round((performance.timeOrigin + performance.now()) * 1000);
}

/** The answer to a beat. */
export function beat(message, now = clock()) {
  return { op: 'beat', now: message.now, at: now };
}
