/** Rings while something is offered, by tones that the browser makes itself. */

const KEY = 'tandem.offers.mute';
const EVERY = 2500;
/** Two tones of a bell: hertz, when, for how long, in seconds. */
const TONES = [
  [784, 0, 0.28],
  [1047, 0.16, 0.42],
];
const LOUD = 0.16;

/**
 * What it needs of the world; tests bring their own.
 *
 * @typedef {object} RingWorld
 * @property {() => any} context makes an AudioContext
 * @property {Pick<Storage, 'getItem' | 'setItem'>} storage
 * @property {(run: () => void, ms: number) => any} every
 * @property {(handle: any) => void} cancel
 */

export class Ringer {
  #world;
  /** @type {any} */
  #context;
  /** @type {any} */
  #timer;
  #muted;

  /** @param {RingWorld} world */
  constructor(world) {
    this.#world = world;
    this.#muted = remembered(world.storage);
  }

  get muted() {
    return this.#muted;
  }

  set muted(muted) {
    this.#muted = muted;
    try {
      this.#world.storage.setItem(KEY, muted ? 'yes' : 'no');
    } catch {
      // Then it is so until the page is loaded again.
    }
  }

  /** Whether the browser lets us be heard: not before the agent has clicked or typed somewhere in the page. */
  get heard() {
    return this.#context?.state === 'running';
  }

  /** To be called by a click or key of the agent, which is what browsers ask for before they let a page sound. */
  wake() {
    try {
      this.#context ??= this.#world.context();
      this.#context.resume?.()?.catch?.(() => {});
    } catch {
      // A computer without sound.
    }
  }

  /** @param {boolean} ringing whether something is offered */
  ring(ringing) {
    if (ringing && this.#timer === undefined) {
      this.wake();
      this.#once();
      this.#timer = this.#world.every(() => this.#once(), EVERY);
    } else if (!ringing && this.#timer !== undefined) {
      this.#world.cancel(this.#timer);
      this.#timer = undefined;
    }
  }

  #once() {
    const context = this.#context;
    if (this.#muted || context?.state !== 'running') {
      return;
    }
    for (const [hertz, after, lasts] of TONES) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      const from = context.currentTime + after;
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(LOUD, from + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, from + lasts);
      tone.connect(volume);
      volume.connect(context.destination);
      tone.start(from);
      tone.stop(from + lasts);
    }
  }
}

/** @param {Pick<Storage, 'getItem'>} storage */
function remembered(storage) {
  try {
    return storage.getItem(KEY) === 'yes';
  } catch {
    return false;
  }
}
