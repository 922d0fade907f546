// Which codec is used: what this browser can, and what is best for both ends.

/** @typedef {'vp8' | 'h264' | 'av1' | 'vp9'} Family */

/**
 * All that the wire knows; which is best {@link choose} says.
 * @type {readonly Family[]}
 */
export const CODECS = Object.freeze(/** @type {Family[]} */ (['vp8', 'h264', 'av1', 'vp9']));

export const FRAMES_PER_SECOND = 30;

/** Milliseconds in the encoder that still leave 25 pictures a second. */
const QUICK = 40;
/** Pictures smaller than this are left to VP8: some encoders have a least size. */
const LEAST_SIDE = 64;

/**
 * How pictures are encoded: the family, and whether with its tools for screens, which save two thirds of the bytes of moving
 * text and cost some milliseconds.
 * @typedef {{family: Family, screen: boolean}} Choice
 */

/** @type {Choice} */
export const DEFAULT = Object.freeze({ family: 'vp8', screen: false });
/** @type {Choice} */
const H264_SCREEN = Object.freeze({ family: 'h264', screen: true });
/** @type {Choice} */
const AV1_SCREEN = Object.freeze({ family: 'av1', screen: true });

/**
 * The full string of WebCodecs, with the least level that holds such pictures at 30 a second.
 * @param {Family} family
 * @param {number} width
 * @param {number} height
 */
export function codecString(family, width, height) {
  const pixels = width * height;
  switch (family) {
    case 'h264':
      // Constrained baseline, whose pictures never wait for later ones. Levels 3.1, 4.0, 5.1.
      return pixels <= 1280 * 720 ? 'avc1.42E01F' : pixels <= 2048 * 1024 ? 'avc1.42E028' : 'avc1.42E033';
    case 'av1':
      return pixels <= 1280 * 720 ? 'av01.0.05M.08' : pixels <= 2048 * 1152 ? 'av01.0.08M.08' : 'av01.0.12M.08';
    case 'vp9':
      return pixels <= 1280 * 720 ? 'vp09.00.31.08' : pixels <= 2048 * 1088 ? 'vp09.00.40.08' : 'vp09.00.50.08';
    default:
      return 'vp8';
  }
}

/**
 * @param {Family} family
 * @param {number} width
 * @param {number} height
 * @param {number} bitrate bits a second
 * @param {boolean} [screen] with the tools for screens
 * @returns {VideoEncoderConfig}
 */
export function encoderConfig(family, width, height, bitrate, screen = family !== 'vp8') {
  /** @type {any} */
  const config = {
    codec: codecString(family, width, height),
    width,
    height,
    bitrate: Math.round(bitrate),
    framerate: FRAMES_PER_SECOND,
    latencyMode: 'realtime',
  };
  if (family === 'h264') {
    config.avc = { format: 'annexb' };
  }
  if (screen || family === 'vp8') {
    config.contentHint = 'text';
  }
  return config;
}

/**
 * The families that this browser encodes at that size.
 * @param {number} width
 * @param {number} height
 * @returns {Promise<Family[]>}
 */
export async function encodable(width, height) {
  if (!('VideoEncoder' in globalThis)) {
    return [];
  }
  return among((family) => VideoEncoder.isConfigSupported(encoderConfig(family, width, height, 4_000_000)));
}

/**
 * The families that this browser decodes, whatever the size.
 * @returns {Promise<Family[]>}
 */
export async function decodable() {
  if (!('VideoDecoder' in globalThis)) {
    return [];
  }
  return among((family) => VideoDecoder.isConfigSupported({
    codec: codecString(family, 1920, 1080), optimizeForLatency: true,
  }));
}

/**
 * @param {(family: Family) => Promise<{supported?: boolean}>} ask
 * @returns {Promise<Family[]>}
 */
async function among(ask) {
  const answers = await Promise.all(CODECS.map(async (family) => {
    try {
      return (await ask(family)).supported === true;
    } catch {
      // Not even the string is known.
      return false;
    }
  }));
  return CODECS.filter((_, index) => answers[index]);
}

/**
 * What is known when a codec is chosen.
 * @typedef {object} Conditions
 * @property {number} width
 * @property {number} height
 * @property {Iterable<Family>} [failed] whose encoder has failed
 * @property {Record<string, number>} [speeds] median milliseconds in the encoder at this size, by `nameOf` the choice, where it
 *     was tried
 */

/**
 * One word for a choice.
 * @param {Choice} choice
 */
export function nameOf({ family, screen }) {
  return screen ? `${family}-screen` : family;
}

/**
 * The codec that is best for both ends, by what was measured: AV1 with its tools for screens finds scrolled text again however far
 * it has moved, and needs a seventh of VP8's bytes and half of its time from the change to the viewer; H.264 with its own
 * likewise, less sharp. Both cost more of the processor, so each is left for the next when its encoder turns out to be slow here. VP8 is
 * what everybody has. VP9's encoder was slower than AV1's and less sharp, and H.264 without the tools gets still text sharp only
 * by key frames of half a megabyte: they are never better.
 * @param {Iterable<Family>} mine what the sender encodes
 * @param {Iterable<Family>} theirs what every viewer decodes
 * @param {Conditions} [conditions]
 * @returns {Choice}
 */
export function choose(mine, theirs, { width, height, failed = [], speeds = {} } = { width: 0, height: 0 }) {
  if (Math.min(width, height) < LEAST_SIDE) {
    return DEFAULT;
  }
  const other = new Set(theirs);
  const broken = new Set(failed);
  const common = [...mine].filter((family) => other.has(family) && !broken.has(family));
  const quick = (choice) => common.includes(choice.family) && (speeds[nameOf(choice)] ?? 0) <= QUICK;
  return [AV1_SCREEN, H264_SCREEN].find(quick) ?? DEFAULT;
}
