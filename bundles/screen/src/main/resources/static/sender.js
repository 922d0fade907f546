// The customer's side: from the captured track to frames on the line.

import { describe, pictures } from './capture.js';
import { CodecChoice } from './choice.js';
import { DEFAULT, FRAMES_PER_SECOND, encodable, nameOf } from './codecs.js';
import { PictureEncoder } from './encoder.js';
import { BitRate, Effort, Refinement, SendWindow } from './flow.js';
import { encodedSize, told, trimmed } from './shape.js';
import { Stillness } from './still.js';
import { HEADER_LENGTH, LARGEST_FRAME, beat, clock, writeFrame } from './wire.js';

/** @typedef {import('./encoder.js').Job} Job */

const MOST_ENCODER_FAILURES = 3;
const AFTER_FAILURE = 200;
/** Milliseconds without another size before the shared screen is measured again. */
const CALM = 300;
/** So often it is tried to measure it, with so many milliseconds in between. */
const LOOKS = 5;
const LOOK_AGAIN = 2_000;

/**
 * Why sharing has ended: the browser's own button, the session, a refusal, the slice has gone, the encoder cannot.
 * @typedef {'track' | 'stopped' | 'refused' | 'gone' | 'encoder'} EndReason
 */

/**
 * Sends one captured track until it ends, the relay stops it, or `stop()`. It always encodes the newest picture, never a
 * queue of them: while the line is busy pictures are skipped, not delayed. The last picture is kept, since a still screen
 * brings no new one when somebody needs a key frame, and is refined while nothing changes.
 */
export class ScreenSender {
  #track;
  #hooks;
  #media;
  #pictures;
  #still = new Stillness();
  #encoder = new PictureEncoder({
    encoded: (encoded) => this.#encoded(encoded),
    left: (job) => this.#leftOut(job),
    failed: (choice, error) => this.#encoderFailed(choice, error),
  });
  #encoderFailures = 0;
  #window = new SendWindow();
  #rate = new BitRate(performance.now());
  #refinement = new Refinement();
  #refineTimer = 0;
  #effort = new Effort();
  #codec = new CodecChoice();
  /** @type {VideoFrame | null} */
  #last = null;
  /** When it came, as frames tell it. */
  #lastAt = 0;
  /** Whether it is still to be encoded. */
  #fresh = false;
  #keyWanted = true;
  /** The line is new, or a frame was given up: what comes next must be a key frame. */
  #onlyKey = true;
  #viewers = 0;
  #looking = 0;
  /** Of those who look, how many are no pages: a recorder. */
  #inside = 0;
  #ready = false;
  /** The size of the pictures that come. */
  #size = '';
  #lookTimer = 0;
  #looksLeft = LOOKS;
  /** What is told of the shared screen besides the picture's size. */
  #source = {};
  #picture = { codec: '', width: 0, height: 0 };
  /** The config that the relay has. */
  #config = '';
  #timestamp = 0;
  #stopped = false;

  /**
   * @param {MediaStreamTrack} track
   * @param {{open: (handlers: object) => any, ended: (why: EndReason) => void, changed: () => void}} hooks `open` opens the
   *     media socket; `changed` tells that `viewers`, `looking` or `online` has
   */
  constructor(track, hooks) {
    this.#track = track;
    this.#hooks = hooks;
    track.addEventListener('ended', this.#trackEnded);
    track.addEventListener('configurationchange', this.#otherSurface);
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

  /** Pages that watch and can be seen by somebody. */
  get looking() {
    return this.#looking - this.#inside;
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
    clearTimeout(this.#lookTimer);
    this.#track.removeEventListener('ended', this.#trackEnded);
    this.#track.removeEventListener('configurationchange', this.#otherSurface);
    this.#track.stop();
    this.#pictures.close();
    this.#media.close();
    this.#encoder.close();
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
        const changed = await this.#changed(picture);
        if (this.#stopped) {
          picture.close();
          break;
        }
        if (changed) {
          this.#took(picture);
        } else {
          picture.close();
        }
      }
    } catch (error) {
      console.warn('tandem: the capture has failed', error);
    }
    this.#end('track');
  }

  async #changed(picture) {
    if (this.#looking > 0) {
      return this.#still.changed(picture);
    }
    this.#still.forget();
    return true;
  }

  /** @param {VideoFrame} picture */
  #took(picture) {
    if (this.#fresh && this.#looking > 0) {
      this.#effort.skipped(performance.now());
    }
    this.#last?.close();
    this.#last = picture;
    this.#lastAt = clock();
    this.#fresh = true;
    const size = `${picture.displayWidth}x${picture.displayHeight}`;
    if (size !== this.#size) {
      const first = this.#size === '';
      this.#size = size;
      this.#codec.resized();
      this.#looksLeft = LOOKS;
      this.#otherSurface(null, first ? 0 : CALM);
    }
    this.#pump();
  }

  /** Another screen, window or tab perhaps; while somebody drags a window's edge it is another size with each picture. */
  #otherSurface = (_event, wait = CALM) => {
    clearTimeout(this.#lookTimer);
    this.#lookTimer = setTimeout(() => this.#look(), wait);
  };

  async #look() {
    const size = this.#size;
    const [width, height] = size.split('x').map(Number);
    // Neither waits for the other: encoders may take seconds to answer on a busy computer.
    encodable(width, height).then((mine) => this.#size === size && this.#codec.mine(mine));
    const shared = await describe(this.#track, { width, height }).catch(() => null);
    if (this.#stopped || this.#size !== size) {
      return;
    }
    this.#source = told(shared, width, height);
    if (this.#config) {
      this.#tell();
    }
    if (shared) {
      this.#looksLeft = LOOKS;
    } else if (--this.#looksLeft > 0) {
      // A busy computer may not have come to it.
      this.#otherSurface(null, LOOK_AGAIN);
    }
  }

  #line(status) {
    if (status.state === 'open') {
      this.#window.reset();
      this.#rate = new BitRate(performance.now());
      this.#config = '';
      this.#keyWanted = true;
      this.#onlyKey = true;
    } else if (status.state === 'closed') {
      this.#ready = false;
      if (status.retry === false) {
        this.#end(status.code === 4410 ? 'gone' : 'refused');
      } else if (status.failures !== 0) {
        this.#hooks.changed(); // a line that is back with the first attempt need not be told of
      }
    }
  }

  #heard(message) {
    if (message.op === 'beat') {
      this.#media.send({ ...beat(message), ...this.#effort.read(performance.now()) });
    } else if (message.op === 'ack') {
      this.#rate.acknowledged(this.#window.acknowledged(message.sequence), performance.now());
      this.#pump();
    } else if (message.op === 'key') {
      this.#keyWanted = true;
      this.#pump();
    } else if (message.op === 'viewers') {
      this.#watched(message);
    } else if (message.op === 'stopped') {
      this.#end('stopped');
    }
  }

  #watched({ count, looking = count, codecs = [DEFAULT.family], inside = 0 }) {
    this.#ready = true;
    this.#viewers = count;
    this.#inside = inside;
    // Who looks again has missed what happened meanwhile.
    this.#keyWanted ||= this.#looking === 0 && looking > 0;
    this.#looking = looking;
    this.#codec.theirs(codecs);
    if (looking === 0) {
      this.#refinement.stop();
    }
    this.#hooks.changed();
    this.#pump();
  }

  /** Encodes the newest picture if there is a reason to, and room on the line. */
  #pump() {
    if (this.#stopped || !this.#last || !this.#ready || this.#looking === 0 || this.#encoder.busy) {
      // The encoder's output comes back here, with the picture that is the newest then.
      return;
    }
    const now = performance.now();
    const changed = this.#fresh || this.#keyWanted;
    if (!changed && now < this.#refinement.at) {
      return;
    }
    // Of repetitions no two wait on the line: a change would have to wait for both.
    if (this.#window.free(changed ? this.#rate.room : this.#rate.pipe)) {
      this.#encode(this.#last, now, !changed);
    } else if (changed) {
      this.#rate.full(now);
    }
  }

  #encode(last, now, refine) {
    this.#rate.adapt(now);
    if (!refine) {
      this.#codec.again(last, now);
    }
    const job = this.#job(last, refine);
    // Of a change it tells when it was captured, of a repetition when it was made.
    this.#timestamp = Math.max(this.#timestamp + 1, this.#fresh ? this.#lastAt : clock());
    if (refine) {
      this.#refinement.began();
    } else {
      this.#refinement.changed(now);
    }
    this.#keyWanted = false;
    this.#fresh = false;
    try {
      const even = job.choice.family !== 'vp8';
      const picture = new VideoFrame(last, { timestamp: this.#timestamp, ...(even && trimmed(last)) });
      this.#encoder.encode(picture, job);
      picture.close();
    } catch (error) {
      this.#encoderFailed(job.choice, error);
    }
  }

  /** @returns {Job} */
  #job(last, refine) {
    const choice = this.#codec.now;
    const bitrate = refine ? this.#refinement.bitrate(this.#rate.carries, FRAMES_PER_SECOND) : this.#rate.current;
    return { choice, ...encodedSize(last, choice.family), bitrate, key: this.#keyWanted, refine };
  }

  /** @param {import('./encoder.js').Encoded} encoded */
  #encoded({ chunk, captured, job, codec, took }) {
    const now = performance.now();
    this.#encoderFailures = 0;
    const length = chunk.byteLength;
    const key = chunk.type === 'key';
    this.#effort.encoded(took, now);
    if (!key) {
      this.#codec.encoded(job.choice, took);
    }
    if (job.refine) {
      this.#refinement.encoded(length, now);
    }
    if (!this.#ready || (this.#onlyKey && !key) || length + HEADER_LENGTH > LARGEST_FRAME) {
      this.#onlyKey = true;
      this.#keyWanted = true;
    } else {
      this.#onlyKey = false;
      this.#send(chunk, captured, job, codec, now);
    }
    this.#pump();
    this.#refineLater(job, now);
  }

  #send(chunk, captured, { width, height }, codec, now) {
    this.#picture = { codec, width, height };
    this.#tell();
    const sequence = this.#window.sent(chunk.byteLength, now);
    const key = chunk.type === 'key';
    const frame = writeFrame({ key, width, height, captured, sequence }, chunk.byteLength);
    chunk.copyTo(frame.chunk);
    this.#media.send(frame.buffer);
  }

  #tell() {
    const message = { op: 'config', ...this.#picture, ...this.#source };
    const config = JSON.stringify(message);
    if (this.#config !== config) {
      this.#config = config;
      this.#media.send(message);
    }
  }

  #refineLater(job, now) {
    clearTimeout(this.#refineTimer);
    const { at } = this.#refinement;
    if (at > now && at !== Infinity) {
      this.#refineTimer = setTimeout(() => this.#pump(), Math.ceil(at - now) + 1);
    } else if (at === Infinity && !this.#encoder.busy) {
      // The next change must not wait until the encoder has heard of its own rate again.
      this.#encoder.prepare(this.#rate.current, job);
    }
  }

  /** The encoder has said nothing: what was in it is shown to nobody. */
  #leftOut(job) {
    this.#keyWanted ||= job.key && !job.refine;
    if (job.refine) {
      this.#refinement.encoded(0, performance.now());
    } else {
      this.#fresh = true;
    }
    this.#pump();
  }

  #encoderFailed(choice, error) {
    console.warn(`tandem: the encoder of ${nameOf(choice)} has failed`, error);
    this.#keyWanted = true;
    if (choice.family !== DEFAULT.family) {
      this.#codec.failed(choice);
    } else if (++this.#encoderFailures > MOST_ENCODER_FAILURES) {
      this.#end('encoder');
      return;
    }
    setTimeout(() => this.#pump(), AFTER_FAILURE);
  }
}
