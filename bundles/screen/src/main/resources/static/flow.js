// Flow control without a browser in it, so that it can be tested as it is. Times are milliseconds of one monotonic clock.

/** At most so many frames of a sender are on their way. */
export const WINDOW = 3;

/** What a sender has sent and the relay has not acknowledged. */
export class SendWindow {
  #sequence = 0;
  #bytes = 0;
  /** @type {{sequence: number, bytes: number, before: number, at: number}[]} */
  #open = [];

  /**
   * Whether another frame may be encoded. Behind a large frame it would only grow old on the way, so that it waits, and is a
   * newer one then.
   * @param {number} [most] bytes on their way that are no hindrance
   */
  free(most = Infinity) {
    return this.#open.length === 0 || (this.#open.length < WINDOW && this.#bytes < most);
  }

  /** The sequence of the frame that is sent now. */
  sent(bytes, now) {
    const sequence = this.#sequence++;
    this.#open.push({ sequence, bytes, before: this.#bytes, at: now });
    this.#bytes += bytes;
    return sequence;
  }

  /**
   * @returns {{bytes: number, sent: {bytes: number, before: number, at: number} | null}} how much this acknowledges; the newest
   *     frame of it, and how many bytes were on their way before it
   */
  acknowledged(sequence) {
    const arrived = this.#open.filter((frame) => frame.sequence <= sequence);
    this.#open.splice(0, arrived.length);
    const bytes = arrived.reduce((sum, frame) => sum + frame.bytes, 0);
    this.#bytes -= bytes;
    const newest = arrived.at(-1);
    return { bytes, sent: newest ? { bytes: newest.bytes, before: newest.before, at: newest.at } : null };
  }

  /** A new line: what was on its way is lost or no more of interest. The sequence goes on. */
  reset() {
    this.#open.length = 0;
    this.#bytes = 0;
  }
}

/**
 * The line to the relay: how many bits a second it carries and how long the way is, from how long frames took and how much
 * was on its way with them. A straight line through those points tells both, whatever their sizes: a large key frame is no
 * bad line, and a long way is no thin one.
 */
export class LineMeter {
  static POINTS = 40;
  /** Older points tell of another line perhaps. */
  static MEMORY = 20_000;
  /** So many bytes tell something by themselves. */
  static LARGE = 60_000;
  /** So few tell nothing. */
  static SMALL = 2_000;
  /** After so many milliseconds without telling points the line may be another. */
  static STALE = 2_000;
  /** With sizes that differ by less nothing can be said. */
  static SPREAD = 500;
  static FEW = 5;
  /** A slope is believed when it is so many times its error. */
  static SURE = 4;
  /** Milliseconds a byte below which the line is no bound: 100 Mbit/s. */
  static FLAT = 0.00008;

  /** @type {{bytes: number, before: number, trip: number, at: number}[]} */
  #points = [];
  #bits = Infinity;
  #trip = 0;
  #fittedAt = -Infinity;

  /** Bits a second; Infinity if it was never busy. */
  get bits() {
    return this.#bits;
  }

  /** Milliseconds there and back for a frame without any size. */
  get trip() {
    return this.#trip;
  }

  /** How long frames have waited for others lately, milliseconds. */
  get queue() {
    const trips = this.#points.map((p) => p.trip);
    const quickest = Number.isFinite(this.#bits) ? this.#trip : Math.min(...trips);
    return trips.length ? median(trips.slice(-12)) - quickest : 0;
  }

  /** A frame came back after `trip` milliseconds; `before` bytes were on their way when it was sent. */
  add(bytes, before, trip, now) {
    this.#points.push({ bytes, before, trip, at: now });
    while (this.#points.length > LineMeter.POINTS || this.#points[0].at < now - LineMeter.MEMORY) {
      this.#points.shift();
    }
    if (this.#fit()) {
      this.#fittedAt = now;
    } else if (bytes >= LineMeter.LARGE) {
      // So many at least, or more: the way itself took some of the time, or the computer was busy.
      const least = ((bytes + before) * 8_000) / Math.max(1, trip);
      this.#bits = Number.isFinite(this.#bits) ? Math.max(this.#bits, least) : least;
      this.#fittedAt = now;
    } else if (bytes >= LineMeter.SMALL && now - this.#fittedAt > LineMeter.STALE) {
      // Frames of one size pass, and nothing else is known any more: more may be tried.
      this.#bits *= 1.02;
    }
  }

  /** @returns {boolean} whether the points tell enough */
  #fit() {
    // What a line that is not full holds anyway is nothing to wait for.
    const held = Number.isFinite(this.#bits) ? (this.#bits * this.#trip) / 8_000 : 0;
    const points = this.#points.map((p) => ({ size: p.bytes + Math.max(0, p.before - held), trip: p.trip }));
    const size = mean(points.map((p) => p.size));
    const trip = mean(points.map((p) => p.trip));
    const spread = mean(points.map((p) => (p.size - size) ** 2));
    if (points.length < LineMeter.FEW || spread < LineMeter.SPREAD ** 2) {
      return false;
    }
    const slope = mean(points.map((p) => (p.size - size) * (p.trip - trip))) / spread;
    const rest = mean(points.map((p) => (p.trip - trip - slope * (p.size - size)) ** 2));
    const error = Math.sqrt(rest / spread / (points.length - 2));
    if (slope < LineMeter.SURE * error) {
      // Chance may have made that slope; but a steeper one it would have shown.
      this.#bits = Math.max(this.#bits, 8_000 / (Math.max(0, slope) + LineMeter.SURE * error + LineMeter.FLAT));
      return false;
    }
    this.#bits = slope > LineMeter.FLAT ? 8_000 / slope : Infinity;
    this.#trip = Math.min(...points.map((p) => p.trip), Math.max(0, trip - slope * size));
    return true;
  }
}

/**
 * The encoder's bit rate: a part of what the line carries, and less while pictures have to wait all the same because
 * somebody further down is slow.
 */
export class BitRate {
  static MOST = 8_000_000;
  static LEAST = 250_000;
  /** A busy computer looks like a slow viewer: below that only the line itself brings it, the rest is fewer pictures. */
  static BLIND = 1_500_000;
  static PERIOD = 500;
  /** Part of what the line can carry that is used: the rest keeps queues short. */
  static SHARE = 0.8;
  /** Milliseconds of the line that may be on their way besides the trip itself. */
  static QUEUE = 60;
  /** Milliseconds that frames wait on a line that has no time to spare. */
  static WAIT = 20;

  #current = BitRate.MOST;
  #meter = new LineMeter();
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

  /** Bits a second that the line was measured to carry; Infinity if it was never busy. */
  get line() {
    return this.#meter.bits;
  }

  /** Bytes that may be on their way before the next picture is taken. */
  get room() {
    return Math.max(32_000, (this.line / 8_000) * (this.#meter.trip + BitRate.QUEUE));
  }

  /** Bits a second that go all the way, as far as is known: somebody further down may be slower than the own line. */
  get carries() {
    return this.#current < BitRate.MOST ? Math.min(this.line, this.#current / BitRate.SHARE) : this.line;
  }

  /** Bytes that the line holds without any queue. */
  get pipe() {
    return Number.isFinite(this.line) ? (this.line / 8_000) * this.#meter.trip : 0;
  }

  /** A picture has to wait because the window is full. */
  full(now) {
    this.#fullSince ??= now;
  }

  /**
   * Something was acknowledged: the window has room.
   * @param {{bytes: number, sent: {bytes: number, before: number, at: number} | null}} arrived as the window tells it
   */
  acknowledged({ bytes, sent }, now) {
    this.#bytes += bytes;
    if (this.#fullSince !== null) {
      this.#fullFor += now - this.#fullSince;
      this.#fullSince = null;
    }
    if (sent) {
      this.#meter.add(sent.bytes, sent.before, now - sent.at, now);
    }
  }

  /** @returns {boolean} whether the rate has changed enough to tell the encoder */
  adapt(now) {
    const passed = now - this.#since;
    if (passed < BitRate.PERIOD) {
      return false;
    }
    const fullFor = this.#fullFor + (this.#fullSince === null ? 0 : now - this.#fullSince);
    const next = this.#next(fullFor / passed, (this.#bytes * 8_000) / passed);
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

  /** @param {number} full part of the time in which pictures had to wait @param {number} carried bits a second */
  #next(full, carried) {
    const most = this.line * BitRate.SHARE;
    let next = Math.min(this.#current, most);
    if (full > 0.3 && this.#meter.queue > BitRate.WAIT) {
      next = Math.min(next, Math.max(carried * 0.85, BitRate.BLIND));
    } else if (full < 0.15) {
      next = Math.min(this.#current * 1.15, most);
    }
    // Never below half at once: one bad moment must not ruin the picture.
    return Math.round(Math.min(BitRate.MOST, Math.max(BitRate.LEAST, this.#current * 0.5, next)));
  }
}

/**
 * When to encode the last picture once more although nothing has changed, and with how many bits. The encoder spends its
 * bits on what moves, so that a still picture gets sharp only by repetition: step by step, each small enough that a change
 * need not wait for it, until a step adds little. Then there is silence.
 */
export class Refinement {
  /** Milliseconds without a change before it begins. */
  static CALM = 60;
  /** Milliseconds of the line that the first step may take. */
  static STEP = 100;
  static GROWTH = 1.25;
  static MOST_STEPS = 16;
  /** The highest bit rate that makes a difference. */
  static MOST = 100_000_000;
  /** A step of fewer bytes, or of so small a part of the largest one, adds little: the second of them is the last. */
  static LITTLE = 2_500;
  static PART = 0.12;

  #at = Infinity;
  #steps = 0;
  #largest = 0;
  #little = 0;

  /** The picture has changed: what there was to refine is past. */
  changed(now) {
    this.#at = now + Refinement.CALM;
    this.#steps = 0;
    this.#largest = 0;
    this.#little = 0;
  }

  /** When the next step is due; Infinity for none. */
  get at() {
    return this.#at;
  }

  /** Whether steps have been made and more are to come. */
  get under() {
    return this.#steps > 0 && this.#at !== Infinity;
  }

  /** A step is in the encoder. */
  began() {
    this.#steps++;
  }

  /** A step has come out of the encoder; 0 bytes if the encoder has left it out. */
  encoded(bytes, now) {
    this.#largest = Math.max(this.#largest, bytes);
    const little = bytes < Refinement.LITTLE || bytes < this.#largest * Refinement.PART;
    this.#little = little ? this.#little + 1 : 0;
    this.#at = this.#little === 2 || this.#steps >= Refinement.MOST_STEPS ? Infinity : now;
  }

  /** Nobody is there to see it. */
  stop() {
    this.#at = Infinity;
  }

  /**
   * The bit rate for the next step: the longer nothing has changed the larger it may be, since large steps get on better.
   * @param {number} line bits a second that the line carries
   * @param {number} framesPerSecond as the encoder is told, of whose rate a step takes up to one picture's part
   */
  bitrate(line, framesPerSecond) {
    const step = Refinement.STEP * Refinement.GROWTH ** Math.min(this.#steps, 6);
    return Math.min(Refinement.MOST, (line * step * framesPerSecond) / 1000);
  }
}

/** What the sender tells with a beat: how it did in the last second. */
export class Effort {
  static SPAN = 1_000;

  /** @type {{at: number, took: number}[]} */
  #encoded = [];
  /** @type {number[]} */
  #skipped = [];

  encoded(took, now) {
    this.#encoded.push({ at: now, took });
    this.#forget(now);
  }

  /** A picture was left out because line or encoder were busy. */
  skipped(now) {
    this.#skipped.push(now);
    this.#forget(now);
  }

  /** @returns {{encode?: number, skipped: number}} median milliseconds in the encoder, if anything was encoded; pictures */
  read(now) {
    this.#forget(now);
    const skipped = this.#skipped.length;
    return this.#encoded.length ? { encode: Math.round(median(this.#encoded.map((e) => e.took))), skipped } : { skipped };
  }

  #forget(now) {
    while (this.#encoded.length && this.#encoded[0].at < now - Effort.SPAN) {
      this.#encoded.shift();
    }
    while (this.#skipped.length && this.#skipped[0] < now - Effort.SPAN) {
      this.#skipped.shift();
    }
  }
}

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}

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
