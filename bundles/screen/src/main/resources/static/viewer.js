// The agent's side: from frames on the line to a picture on a canvas.

import { beat, clock, readFrame } from './wire.js';
import { SequenceGate } from './flow.js';
import { Recent } from './health.js';

/** Beats come every second; this long without one and the line is called bad, milliseconds. */
const SILENCE = 3_500;
const CHECK = 500;
const MOST_FAILURES = 5;
const FAILURES_SPAN = 10_000;
/** What every viewer can decode; without it there is no picture at all. */
const LAST_RESORT = 'vp8';

/** Whether this browser can show a shared screen. */
export function canWatch() {
  return 'VideoDecoder' in globalThis;
}

/**
 * connecting, then live, which may alternate with bad; failed and closed are terminal.
 * @typedef {'connecting' | 'live' | 'bad' | 'failed' | 'closed'} ViewerState
 */

/**
 * What the sender says of the picture. `surface` and what follows is missing where the customer's browser does not tell.
 * @typedef {object} Config
 * @property {string} codec
 * @property {number} width of the encoded picture
 * @property {number} height
 * @property {'monitor' | 'window' | 'browser'} [surface]
 * @property {number} [number] of the monitor, as people count
 * @property {number} [of] monitors
 * @property {number} [sourceWidth] of what is shared, if the picture is smaller
 * @property {number} [sourceHeight]
 */

const NOTHING_TOLD = Object.freeze({ rtt: null, sender: { rtt: null, encode: null, skipped: null } });

/** Watches one share until it is stopped or `close()`. */
export class ScreenViewer {
  #canvas;
  #context;
  #hooks;
  #media;
  /** @type {VideoDecoder | null} */
  #decoder = null;
  #codec = '';
  #gate = new SequenceGate();
  #recent = new Recent();
  /** What is in the decoder: sequence to what is known of the frame. @type {Map<number, {bytes: number, captured: number, at: number}>} */
  #inside = new Map();
  #received = 0;
  #skew = null;
  /** @type {{rtt: number | null, sender: {rtt: number | null, encode: number | null, skipped: number | null}}} */
  #told = NOTHING_TOLD;
  #missed = 0;
  /** What this browser can decode, once it is known. @type {string[] | null} */
  #can = null;
  #looking;
  #heardAt = performance.now();
  #connected = false;
  #hiccup = false;
  #interrupted = false;
  #senderSilent = false;
  #failures = [];
  #timer;
  #closed = false;

  /** @type {ViewerState} */
  state = 'connecting';
  /** Pictures drawn. */
  frames = 0;
  width = 0;
  height = 0;
  /** When the picture began to be old, by performance.now(). */
  badSince = 0;
  /** What the sender has said last. @type {Config | null} */
  config = null;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{open: (handlers: object) => any, changed: () => void, drawn: () => void, decodable: () => Promise<string[]>}} hooks
   *     `open` opens the media socket; `changed` tells that state, size or config has, `drawn` every picture; `decodable` finds
   *     the families of codecs that this browser decodes
   * @param {boolean} [looking] whether anybody can see the canvas
   */
  constructor(canvas, hooks, looking = true) {
    this.#canvas = canvas;
    this.#hooks = hooks;
    this.#looking = looking;
    this.#context = /** @type {CanvasRenderingContext2D} */ (
      canvas.getContext('2d', { alpha: false, desynchronized: true })
    );
    this.#timer = setInterval(() => this.#check(), CHECK);
    this.#media = hooks.open({
      binary: (buffer) => this.#frame(buffer),
      text: (message) => this.#heard(message),
      status: (status) => this.#line(status),
    });
    this.#learn();
  }

  /**
   * What the last second looked like. Asking starts the next one.
   *
   * @returns {import('./health.js').Sample}
   */
  sample() {
    const now = performance.now();
    const { rtt, sender } = this.#told;
    const missed = this.#missed;
    this.#missed = 0;
    return {
      ...this.#recent.read(now),
      heard: this.#there && now - this.#heardAt <= SILENCE,
      sender: !this.#senderBad,
      missed,
      rtt,
      senderRtt: sender.rtt,
      encode: sender.encode,
      skipped: sender.skipped,
    };
  }

  get looking() {
    return this.#looking;
  }

  /** While nobody can see the canvas nothing is sent to it; the line stays, so that the picture is back at once. */
  set looking(looking) {
    if (looking !== this.#looking && !this.#closed) {
      this.#looking = looking;
      this.#lost();
      this.#media.send({ op: 'look', looking });
    }
  }

  close() {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#media.close();
    this.#dropDecoder();
  }

  #line(status) {
    if (this.#closed) {
      return;
    }
    if (status.state === 'open') {
      this.#heardAt = performance.now();
      this.#connected = true;
      this.#hiccup = false;
      this.#interrupted = false;
      this.#senderSilent = false;
      this.#told = NOTHING_TOLD;
      this.#lost();
      this.#introduce();
    } else if (status.state === 'closed') {
      this.#connected = false;
      // A line that is back with the first attempt, as when its node is about to stop, need not be told of.
      this.#hiccup = status.failures === 0;
      if (status.retry === false) {
        this.close();
        this.#turn('closed');
      } else if (!this.#hiccup) {
        this.#bad(performance.now());
      }
    }
  }

  async #learn() {
    const can = await this.#hooks.decodable();
    this.#can = can.includes(LAST_RESORT) ? can : [...can, LAST_RESORT];
    if (this.#connected) {
      this.#introduce();
    }
  }

  #introduce() {
    if (this.#can) {
      this.#media.send({ op: 'can', codecs: this.#can });
    }
    if (!this.#looking) {
      this.#media.send({ op: 'look', looking: false });
    }
  }

  #heard(message) {
    this.#heardAt = performance.now();
    if (message.op === 'beat') {
      this.#media.send(beat(message));
      this.#skew = message.skew;
      this.#senderSilent = message.silent > SILENCE;
      this.#told = {
        rtt: message.rtt ?? null,
        sender: { ...NOTHING_TOLD.sender, ...message.sender },
      };
      this.#check();
    } else if (message.op === 'config') {
      this.config = message;
      if (this.#codec !== message.codec) {
        this.#codec = message.codec;
        this.#lost();
      }
      this.#hooks.changed();
    } else if (message.op === 'state') {
      this.#interrupted = message.state === 'interrupted';
      this.#check();
    } else if (message.op === 'stopped') {
      this.close();
      this.#turn('closed');
    }
  }

  #frame(buffer) {
    this.#heardAt = performance.now();
    const { header, chunk } = readFrame(buffer);
    this.#received = header.sequence;
    if (!this.#looking) {
      // It was on its way when we looked away.
      this.#acknowledge(header.sequence);
      return;
    }
    const verdict = this.#gate.judge(header);
    if (verdict === 'decode') {
      this.#decode(header, chunk);
      return;
    }
    this.#acknowledge(header.sequence);
    if (verdict === 'lost') {
      this.#missed++;
      this.#media.send({ op: 'key' });
    }
  }

  #decode(header, chunk) {
    try {
      this.#decoder ??= this.#newDecoder();
      this.#inside.set(header.sequence, { bytes: chunk.byteLength, captured: header.captured, at: this.#heardAt });
      this.#decoder.decode(new EncodedVideoChunk({
        type: header.key ? 'key' : 'delta',
        timestamp: header.sequence,
        data: chunk,
      }));
    } catch (error) {
      this.#decoderFailed(error);
    }
  }

  #newDecoder() {
    const decoder = new VideoDecoder({
      output: (picture) => {
        if (decoder === this.#decoder) {
          this.#show(picture);
        }
        picture.close();
      },
      error: (error) => {
        if (decoder === this.#decoder) {
          this.#decoderFailed(error);
        }
      },
    });
    decoder.configure({ codec: this.#codec, optimizeForLatency: true });
    return decoder;
  }

  /** @param {VideoFrame} picture */
  #show(picture) {
    const { displayWidth: width, displayHeight: height, timestamp: sequence } = picture;
    const resized = width !== this.width || height !== this.height;
    if (resized) {
      this.#canvas.width = this.width = width;
      this.#canvas.height = this.height = height;
    }
    this.#context.drawImage(picture, 0, 0);
    this.frames++;
    const known = this.#inside.get(sequence);
    this.#inside.delete(sequence);
    if (known) {
      const now = performance.now();
      const delay = this.#skew === null ? null : (clock() - this.#skew - known.captured) / 1000;
      this.#recent.shown(now, known.bytes, delay, now - known.at);
    }
    this.#acknowledge(sequence);
    if (this.state === 'connecting' || (this.state === 'bad' && !this.#senderBad)) {
      this.#turn('live');
    } else if (resized) {
      this.#hooks.changed();
    }
    this.#hooks.drawn();
  }

  #acknowledge(sequence) {
    this.#media.send({ op: 'ack', sequence });
  }

  /** What was on its way is lost: only a key frame helps. */
  #lost() {
    this.#dropDecoder();
    this.#gate.reset();
  }

  #decoderFailed(error) {
    console.warn('tandem: the decoder has failed', error);
    this.#lost();
    this.#acknowledge(this.#received);
    const now = performance.now();
    this.#failures = this.#failures.filter((at) => at > now - FAILURES_SPAN);
    this.#failures.push(now);
    if (this.#failures.length <= MOST_FAILURES) {
      this.#media.send({ op: 'key' });
    } else if (this.#giveUpFamily()) {
      this.#failures = [];
    } else {
      this.close();
      this.#turn('failed');
    }
  }

  /** What was promised and fails again and again: the sender is asked for something else. */
  #giveUpFamily() {
    const family = familyOf(this.#codec);
    if (family === LAST_RESORT || !this.#can?.includes(family)) {
      return false;
    }
    this.#can = this.#can.filter((one) => one !== family);
    this.#introduce();
    return true;
  }

  #dropDecoder() {
    const old = this.#decoder;
    this.#decoder = null;
    this.#inside.clear();
    if (old && old.state !== 'closed') {
      old.close();
    }
  }

  #check() {
    const now = performance.now();
    const silent = now - this.#heardAt > SILENCE;
    const good = this.#there && !silent && !this.#senderBad;
    if (this.state === 'live' && !good) {
      this.#bad(silent ? this.#heardAt : now);
    } else if (this.state === 'bad' && good && (this.#decoder || !this.#looking)) {
      // A still screen brings no new picture: being heard again is enough, if nothing was lost.
      this.#turn('live');
    }
  }

  get #there() {
    return this.#connected || this.#hiccup;
  }

  get #senderBad() {
    return this.#interrupted || this.#senderSilent;
  }

  #bad(since) {
    if (this.state === 'live') {
      this.badSince = since;
      this.#turn('bad');
    }
  }

  /** @param {ViewerState} state */
  #turn(state) {
    if (this.state !== state) {
      this.state = state;
      this.#hooks.changed();
    }
  }
}

/**
 * @param {string} codec as WebCodecs names it
 * @returns {string} as `can` names its family
 */
export function familyOf(codec) {
  const families = { vp8: 'vp8', vp09: 'vp9', vp9: 'vp9', avc1: 'h264', avc3: 'h264', av01: 'av1' };
  return families[codec.split('.')[0]] ?? codec;
}
