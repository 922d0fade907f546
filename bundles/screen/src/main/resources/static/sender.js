// The customer's side: from the captured track to frames on the line.

import { pictures } from './capture.js';
import { CODEC, HEADER_LENGTH, LARGEST_FRAME, beat, clock, writeFrame } from './wire.js';
import { BitRate, REFINEMENTS, SendWindow } from './flow.js';

const FRAMES_PER_SECOND = 30;
const MOST_ENCODER_FAILURES = 3;
/** An encoder may leave a picture out and says nothing then; after so many milliseconds it gets the next. */
const ENCODER_PATIENCE = 400;

/**
 * @param {number} width
 * @param {number} height
 * @param {number} bitrate
 * @returns {VideoEncoderConfig}
 */
function encoderConfig(width, height, bitrate) {
  return { codec: CODEC, width, height, bitrate, framerate: FRAMES_PER_SECOND, latencyMode: 'realtime' };
}

/**
 * Why sharing has ended: the browser's own button, the session, a refusal, the slice has gone, the encoder cannot.
 * @typedef {'track' | 'stopped' | 'refused' | 'gone' | 'encoder'} EndReason
 */

/**
 * Sends one captured track until it ends, the relay stops it, or `stop()`. It always encodes the newest picture, never a
 * queue of them: while the line is busy pictures are skipped, not delayed. The last picture is kept, since a still screen
 * brings no new one when somebody needs a key frame.
 */
export class ScreenSender {
  #track;
  #hooks;
  #media;
  #pictures;
  /** @type {VideoEncoder | null} */
  #encoder = null;
  #encoderFailures = 0;
  /** Since when a picture is in the encoder, by performance.now(); 0 if none is. Its own queue size does not tell. */
  #encodingSince = 0;
  #encodingTimer = 0;
  #window = new SendWindow();
  #rate = new BitRate(performance.now());
  /** @type {VideoFrame | null} */
  #last = null;
  #fresh = false;
  #keyWanted = true;
  /** The line is new, or a frame was given up: what comes next must be a key frame. */
  #onlyKey = true;
  #viewers = 0;
  #ready = false;
  #told = '';
  #size = { width: 0, height: 0 };
  #timestamp = 0;
  #refinement = 0;
  #refineDue = false;
  #refineTimer = 0;
  #stopped = false;

  /**
   * @param {MediaStreamTrack} track
   * @param {{open: (handlers: object) => any, ended: (why: EndReason) => void, changed: () => void}} hooks `open` opens the
   *     media socket; `changed` tells that `viewers` or `online` has
   */
  constructor(track, hooks) {
    this.#track = track;
    this.#hooks = hooks;
    track.addEventListener('ended', this.#trackEnded);
    this.#pictures = pictures(track);
    this.#media = hooks.open({
      text: (message) => this.#heard(message),
      status: (status) => this.#line(status),
    });
    this.#read();
  }

  /** Pages that watch. */
  get viewers() {
    return this.#viewers;
  }

  get online() {
    return this.#ready;
  }

  /** Ends capture and line; tells nobody. */
  stop() {
    if (this.#stopped) {
      return;
    }
    this.#stopped = true;
    clearTimeout(this.#refineTimer);
    clearTimeout(this.#encodingTimer);
    this.#track.removeEventListener('ended', this.#trackEnded);
    this.#track.stop();
    this.#pictures.close();
    this.#media.close();
    if (this.#encoder && this.#encoder.state !== 'closed') {
      this.#encoder.close();
    }
    this.#last?.close();
    this.#last = null;
  }

  #trackEnded = () => this.#end('track');

  /** @param {EndReason} why */
  #end(why) {
    if (!this.#stopped) {
      this.stop();
      this.#hooks.ended(why);
    }
  }

  async #read() {
    try {
      for (;;) {
        const picture = await this.#pictures.read();
        if (!picture) {
          break;
        }
        if (this.#stopped) {
          picture.close();
          break;
        }
        this.#last?.close();
        this.#last = picture;
        this.#fresh = true;
        this.#pump();
      }
    } catch (error) {
      console.warn('tandem: the capture has failed', error);
    }
    this.#end('track');
  }

  #line(status) {
    if (status.state === 'open') {
      this.#window.reset();
      this.#told = '';
      this.#keyWanted = true;
      this.#onlyKey = true;
    } else if (status.state === 'closed') {
      this.#ready = false;
      if (status.retry === false) {
        this.#end(status.code === 4410 ? 'gone' : 'refused');
      } else {
        this.#hooks.changed();
      }
    }
  }

  #heard(message) {
    if (message.op === 'beat') {
      this.#media.send(beat(message));
    } else if (message.op === 'ack') {
      this.#rate.acknowledged(this.#window.acknowledged(message.sequence), performance.now());
      this.#pump();
    } else if (message.op === 'key') {
      this.#keyWanted = true;
      this.#pump();
    } else if (message.op === 'viewers') {
      this.#ready = true;
      this.#viewers = message.count;
      this.#hooks.changed();
      this.#pump();
    } else if (message.op === 'stopped') {
      this.#end('stopped');
    }
  }

  /** Encodes the newest picture if there is a reason to, and room on the line. */
  #pump() {
    if (this.#stopped || !this.#last || !this.#ready || this.#viewers === 0) {
      return;
    }
    if (!this.#fresh && !this.#keyWanted && !this.#refineDue) {
      return;
    }
    const now = performance.now();
    if (this.#encodingSince > 0 && now - this.#encodingSince < ENCODER_PATIENCE) {
      // Its output comes back here, with the picture that is the newest then.
      return;
    }
    if (!this.#window.free()) {
      this.#rate.full(now);
      return;
    }
    try {
      this.#encode(this.#last, now);
    } catch (error) {
      this.#encoderFailed(error);
    }
  }

  #encode(last, now) {
    const width = Math.min(last.displayWidth, 0xffff);
    const height = Math.min(last.displayHeight, 0xffff);
    const resized = width !== this.#size.width || height !== this.#size.height;
    const adapted = this.#rate.adapt(now);
    const encoder = (this.#encoder ??= this.#newEncoder());
    if (resized || adapted || encoder.state === 'unconfigured') {
      this.#size = { width, height };
      encoder.configure(encoderConfig(width, height, this.#rate.current));
      this.#keyWanted ||= resized;
    }
    this.#timestamp = Math.max(this.#timestamp + 1, clock());
    const picture = new VideoFrame(last, { timestamp: this.#timestamp });
    try {
      encoder.encode(picture, { keyFrame: this.#keyWanted });
    } finally {
      picture.close();
    }
    this.#encodingSince = now;
    clearTimeout(this.#encodingTimer);
    this.#encodingTimer = setTimeout(() => this.#pump(), ENCODER_PATIENCE);
    this.#refineLater(this.#fresh || this.#keyWanted);
    this.#keyWanted = false;
    this.#fresh = false;
  }

  #newEncoder() {
    const encoder = new VideoEncoder({
      output: (chunk) => {
        if (encoder === this.#encoder) {
          this.#encoderDone();
          this.#encoded(chunk);
          this.#pump();
        }
      },
      error: (error) => encoder === this.#encoder && this.#encoderFailed(error),
    });
    return encoder;
  }

  #encoderDone() {
    this.#encodingSince = 0;
    clearTimeout(this.#encodingTimer);
  }

  #encoded(chunk) {
    this.#encoderFailures = 0;
    const length = chunk.byteLength;
    const key = chunk.type === 'key';
    if (!this.#ready || (this.#onlyKey && !key) || length + HEADER_LENGTH > LARGEST_FRAME) {
      this.#onlyKey = true;
      this.#keyWanted = true;
      return;
    }
    this.#onlyKey = false;
    const { width, height } = this.#size;
    const config = `${width}x${height}`;
    if (this.#told !== config) {
      this.#told = config;
      this.#media.send({ op: 'config', codec: CODEC, width, height });
    }
    const sequence = this.#window.sent(length, performance.now());
    const frame = writeFrame({ key, width, height, captured: chunk.timestamp, sequence }, length);
    chunk.copyTo(frame.chunk);
    this.#media.send(frame.buffer);
  }

  #refineLater(changed) {
    clearTimeout(this.#refineTimer);
    this.#refineDue = false;
    this.#refinement = changed ? 0 : this.#refinement + 1;
    const wait = REFINEMENTS[this.#refinement];
    if (wait !== undefined) {
      this.#refineTimer = setTimeout(() => {
        this.#refineDue = true;
        this.#pump();
      }, wait);
    }
  }

  #encoderFailed(error) {
    console.warn('tandem: the encoder has failed', error);
    if (this.#encoder && this.#encoder.state !== 'closed') {
      this.#encoder.close();
    }
    this.#encoder = null;
    this.#encoderDone();
    this.#keyWanted = true;
    if (++this.#encoderFailures > MOST_ENCODER_FAILURES) {
      this.#end('encoder');
    } else {
      setTimeout(() => this.#pump(), 200);
    }
  }
}
