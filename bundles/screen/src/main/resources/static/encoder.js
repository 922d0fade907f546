// One picture after the other through the browser's encoder, which may leave some out and never says so.

import { FRAMES_PER_SECOND, codecString, encoderConfig, nameOf } from './codecs.js';

/** @typedef {import('./codecs.js').Choice} Choice */

/**
 * After so many milliseconds without its output a picture counts as left out. On a busy computer it may only be late, so that
 * patience grows: pictures that pile up in the encoder would come later and later. A key frame may take longer at once.
 */
const PATIENCE = 400;
const PATIENCE_FOR_KEY = 2_000;
const MOST_PATIENCE = 6_000;
/**
 * Microseconds from one picture to the next as encoders are told, however long it took. They give a picture that comes late
 * the bits of all that were left out before it: larger pictures, which take longer on the line, so that the next is later
 * still.
 */
const STEP = Math.round(1_000_000 / FRAMES_PER_SECOND);

/**
 * How a picture is to be encoded.
 * @typedef {object} Job
 * @property {Choice} choice
 * @property {number} width of the encoded picture
 * @property {number} height
 * @property {number} bitrate bits a second
 * @property {boolean} key
 * @property {boolean} refine whether it repeats the picture before
 */

/**
 * @typedef {object} Encoded
 * @property {EncodedVideoChunk} chunk its timestamp says nothing
 * @property {number} captured the picture's own timestamp
 * @property {Job} job
 * @property {string} codec the full string
 * @property {number} took milliseconds
 */

export class PictureEncoder {
  #hooks;
  /** @type {VideoEncoder | null} */
  #encoder = null;
  #choice = '';
  #size = '';
  #bitrate = 0;
  /** What the encoder was told of the last picture. */
  #timestamp = 0;
  /** What is inside, by what the encoder was told. @type {Map<number, {job: Job, captured: number, at: number}>} */
  #inside = new Map();
  /** The picture that is waited for, likewise; 0 for none. */
  #awaited = 0;
  #timer = 0;
  #patience = PATIENCE;

  /**
   * @param {{encoded: (encoded: Encoded) => void, left: (job: Job) => void, failed: (choice: Choice, error: unknown) => void}}
   *     hooks `left` tells that a picture was left out
   */
  constructor(hooks) {
    this.#hooks = hooks;
  }

  /** Whether a picture is being encoded. The encoder's own queue does not tell. */
  get busy() {
    return this.#awaited !== 0;
  }

  /**
   * Encodes a picture, as a key frame also where its size or codec is new. It stays the caller's.
   * @param {VideoFrame} picture
   * @param {Job} job
   */
  encode(picture, job) {
    try {
      const key = this.#configure(job) || job.key;
      const timestamp = (this.#timestamp += STEP);
      const told = new VideoFrame(picture, { timestamp, duration: STEP });
      this.#inside.set(timestamp, { job: { ...job, key }, captured: picture.timestamp, at: performance.now() });
      this.#awaited = timestamp;
      this.#timer = setTimeout(() => this.#tired(), Math.max(this.#patience, key ? PATIENCE_FOR_KEY : 0));
      try {
        /** @type {VideoEncoder} */ (this.#encoder).encode(told, { keyFrame: key });
      } finally {
        told.close();
      }
    } catch (error) {
      this.#fail(job.choice, error);
    }
  }

  /** The bit rate for what comes, set while nobody waits for it. */
  prepare(bitrate, job) {
    if (this.#encoder?.state === 'configured' && nameOf(job.choice) === this.#choice) {
      try {
        this.#configure({ ...job, bitrate });
      } catch (error) {
        this.#fail(job.choice, error);
      }
    }
  }

  close() {
    clearTimeout(this.#timer);
    this.#awaited = 0;
    this.#inside.clear();
    const old = this.#encoder;
    this.#encoder = null;
    if (old && old.state !== 'closed') {
      old.close();
    }
  }

  /** @returns {boolean} whether only a key frame may come next */
  #configure({ choice, width, height, bitrate }) {
    const size = `${width}x${height}`;
    const other = !this.#encoder || this.#choice !== nameOf(choice);
    if (other) {
      this.close();
      this.#encoder = this.#open(choice);
    }
    const resized = other || this.#size !== size;
    if (resized || this.#bitrate !== bitrate) {
      /** @type {VideoEncoder} */ (this.#encoder).configure(encoderConfig(choice.family, width, height, bitrate, choice.screen));
      this.#choice = nameOf(choice);
      this.#size = size;
      this.#bitrate = bitrate;
    }
    return resized;
  }

  /** @param {Choice} choice */
  #open(choice) {
    const encoder = new VideoEncoder({
      output: (chunk) => {
        if (encoder === this.#encoder) {
          this.#output(chunk);
        }
      },
      error: (error) => {
        if (encoder === this.#encoder) {
          this.#fail(choice, error);
        }
      },
    });
    return encoder;
  }

  #output(chunk) {
    const known = this.#inside.get(chunk.timestamp);
    if (!known) {
      return;
    }
    // What is older and has not come was left out.
    for (const timestamp of this.#inside.keys()) {
      if (timestamp <= chunk.timestamp) {
        this.#inside.delete(timestamp);
      }
    }
    if (this.#awaited === chunk.timestamp) {
      this.#awaited = 0;
      clearTimeout(this.#timer);
    }
    const { job, captured, at } = known;
    const took = performance.now() - at;
    this.#patience = Math.min(MOST_PATIENCE, Math.max(PATIENCE, took * 4));
    const codec = codecString(job.choice.family, job.width, job.height);
    this.#hooks.encoded({ chunk, captured, job, codec, took });
  }

  #tired() {
    const job = this.#inside.get(this.#awaited)?.job;
    this.#awaited = 0;
    this.#patience = Math.min(MOST_PATIENCE, this.#patience * 2);
    if (job) {
      this.#hooks.left(job);
    }
  }

  #fail(choice, error) {
    this.close();
    this.#hooks.failed(choice, error);
  }
}
