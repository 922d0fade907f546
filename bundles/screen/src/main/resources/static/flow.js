// Flow control without a browser in it, so that it can be tested as it is. Times are milliseconds of one monotonic clock.

/** At most so many frames of a sender are on their way. */
export const WINDOW = 3;

/** What a sender has sent and the relay has not acknowledged. */
export class SendWindow {
  #sequence = 0;
  /** @type {{sequence: number, bytes: number, at: number}[]} */
  #open = [];

  /** Whether another frame may be encoded. */
  free() {
    return this.#open.length < WINDOW;
  }

  /** The sequence of the frame that is sent now. */
  sent(bytes, now) {
    const sequence = this.#sequence++;
    this.#open.push({ sequence, bytes, at: now });
    return sequence;
  }

  /** @returns {number} bytes that this acknowledges */
  acknowledged(sequence) {
    const arrived = this.#open.filter((frame) => frame.sequence <= sequence);
    this.#open.splice(0, arrived.length);
    return arrived.reduce((sum, frame) => sum + frame.bytes, 0);
  }

  /** A new line: what was on its way is lost or no more of interest. The sequence goes on. */
  reset() {
    this.#open.length = 0;
  }
}

/**
 * The encoder's bit rate. While the window is full the line is busy, so what is acknowledged then is what it can carry; with
 * a window that never fills the rate climbs again.
 */
export class BitRate {
  static MOST = 8_000_000;
  static LEAST = 250_000;
  static PERIOD = 1_000;

  #current = BitRate.MOST;
  #since;
  #fullSince = null;
  #fullFor = 0;
  #bytes = 0;

  constructor(now) {
    this.#since = now;
  }

  get current() {
    return this.#current;
  }

  /** A frame had to be dropped because the window was full. */
  full(now) {
    this.#fullSince ??= now;
  }

  /** Something was acknowledged: the window has room. */
  acknowledged(bytes, now) {
    this.#bytes += bytes;
    if (this.#fullSince !== null) {
      this.#fullFor += now - this.#fullSince;
      this.#fullSince = null;
    }
  }

  /** @returns {boolean} whether the rate has changed enough to tell the encoder */
  adapt(now) {
    const passed = now - this.#since;
    if (passed < BitRate.PERIOD) {
      return false;
    }
    const fullFor = this.#fullFor + (this.#fullSince === null ? 0 : now - this.#fullSince);
    const carried = (this.#bytes * 8 * 1000) / passed;
    let next = this.#current;
    if (fullFor > passed * 0.3) {
      // Never below half at once: one large key frame must not ruin the picture.
      next = Math.max(this.#current * 0.5, Math.min(this.#current, carried * 0.85));
    } else if (fullFor < passed * 0.05) {
      next = this.#current * 1.15;
    }
    next = Math.round(Math.min(BitRate.MOST, Math.max(BitRate.LEAST, next)));
    this.#since = now;
    this.#fullFor = 0;
    this.#bytes = 0;
    if (this.#fullSince !== null) {
      this.#fullSince = now;
    }
    const changed = Math.abs(next - this.#current) > this.#current * 0.05 || (next === BitRate.MOST && this.#current !== next);
    if (changed) {
      this.#current = next;
    }
    return changed;
  }
}

/**
 * When to encode the last picture once more although nothing has changed: the encoder spends its bits on what moved, so a
 * still picture gets sharp only by repetition.
 */
export const REFINEMENTS = [150, 400, 900];

/** Tells which frames a viewer can decode. */
export class SequenceGate {
  #next = null;

  /** @returns {'decode' | 'skip' | 'lost'} `lost` when it has just become clear that a key frame is needed */
  judge(header) {
    if (header.key) {
      this.#next = header.sequence + 1;
      return 'decode';
    }
    if (this.#next === null) {
      return 'skip';
    }
    if (header.sequence !== this.#next) {
      this.#next = null;
      return 'lost';
    }
    this.#next++;
    return 'decode';
  }

  /** The decoder has failed or is new: only a key frame helps. */
  reset() {
    this.#next = null;
  }
}

/** What the last seconds looked like to a viewer. */
export class Quality {
  static SPAN = 2_000;

  /** @type {{at: number, bytes: number, delay: number | null}[]} */
  #frames = [];

  shown(now, bytes, delay) {
    this.#frames.push({ at: now, bytes, delay });
    this.#forget(now);
  }

  /** @returns {{fps: number, kbits: number, delay: number | null}} median delay in milliseconds */
  read(now) {
    this.#forget(now);
    const delays = this.#frames.map((f) => f.delay).filter((d) => d !== null).sort((a, b) => a - b);
    return {
      fps: Math.round((this.#frames.length * 1000) / Quality.SPAN),
      kbits: Math.round(this.#frames.reduce((sum, f) => sum + f.bytes, 0) * 8 / Quality.SPAN),
      delay: delays.length ? Math.max(0, Math.round(delays[delays.length >> 1])) : null,
    };
  }

  #forget(now) {
    while (this.#frames.length && this.#frames[0].at < now - Quality.SPAN) {
      this.#frames.shift();
    }
  }
}
