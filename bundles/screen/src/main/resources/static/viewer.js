// The agent's side: from frames on the line to a picture on a canvas.

import { beat, clock, readFrame } from './wire.js';
import { Quality, SequenceGate } from './flow.js';

/** Beats come every second; this long without one and the line is called bad, milliseconds. */
const SILENCE = 3_500;
const CHECK = 500;
const MOST_FAILURES = 5;
const FAILURES_SPAN = 10_000;

/** Whether this browser can show a shared screen. */
export function canWatch() {
  return 'VideoDecoder' in globalThis;
}

/**
 * connecting, then live, which may alternate with bad; failed and closed are terminal.
 * @typedef {'connecting' | 'live' | 'bad' | 'failed' | 'closed'} ViewerState
 */

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
  #quality = new Quality();
  /** What is in the decoder: sequence to what is known of the frame. @type {Map<number, {bytes: number, captured: number}>} */
  #inside = new Map();
  #received = 0;
  #skew = null;
  #heardAt = performance.now();
  #connected = false;
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

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{open: (handlers: object) => any, changed: () => void, drawn: () => void}} hooks `open` opens the media socket;
   *     `changed` tells that state or size has, `drawn` every picture
   */
  constructor(canvas, hooks) {
    this.#canvas = canvas;
    this.#hooks = hooks;
    this.#context = /** @type {CanvasRenderingContext2D} */ (
      canvas.getContext('2d', { alpha: false, desynchronized: true })
    );
    this.#timer = setInterval(() => this.#check(), CHECK);
    this.#media = hooks.open({
      binary: (buffer) => this.#frame(buffer),
      text: (message) => this.#heard(message),
      status: (status) => this.#line(status),
    });
  }

  /** Frames a second, kbit/s, and milliseconds from capture to the canvas, if the clocks could be compared. */
  get quality() {
    return this.#quality.read(performance.now());
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
      this.#interrupted = false;
      this.#senderSilent = false;
      this.#lost();
    } else if (status.state === 'closed') {
      this.#connected = false;
      if (status.retry === false) {
        this.close();
        this.#turn('closed');
      } else {
        this.#bad(performance.now());
      }
    }
  }

  #heard(message) {
    this.#heardAt = performance.now();
    if (message.op === 'beat') {
      this.#media.send(beat(message));
      this.#skew = message.skew;
      this.#senderSilent = message.silent > SILENCE;
      this.#check();
    } else if (message.op === 'config') {
      if (this.#codec !== message.codec) {
        this.#codec = message.codec;
        this.#lost();
      }
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
    const verdict = this.#gate.judge(header);
    if (verdict === 'decode') {
      this.#decode(header, chunk);
      return;
    }
    this.#acknowledge(header.sequence);
    if (verdict === 'lost') {
      this.#media.send({ op: 'key' });
    }
  }

  #decode(header, chunk) {
    try {
      this.#decoder ??= this.#newDecoder();
      this.#inside.set(header.sequence, { bytes: chunk.byteLength, captured: header.captured });
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
      const delay = this.#skew === null ? null : (clock() - this.#skew - known.captured) / 1000;
      this.#quality.shown(performance.now(), known.bytes, delay);
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
    if (this.#failures.length > MOST_FAILURES) {
      this.close();
      this.#turn('failed');
    } else {
      this.#media.send({ op: 'key' });
    }
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
    const good = this.#connected && !silent && !this.#senderBad;
    if (this.state === 'live' && !good) {
      this.#bad(silent ? this.#heardAt : now);
    } else if (this.state === 'bad' && good && this.#decoder) {
      // A still screen brings no new picture: being heard again is enough, if nothing was lost.
      this.#turn('live');
    }
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
