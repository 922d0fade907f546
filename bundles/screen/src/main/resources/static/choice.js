// The codec of one share: chosen anew as viewers, line and computer change, and left when its encoder fails.

import { DEFAULT, choose, nameOf } from './codecs.js';

/** @typedef {import('./codecs.js').Choice} Choice */
/** @typedef {import('./codecs.js').Family} Family */

/** Another codec costs a key frame, so that milliseconds pass before the next one is thought of. */
const LASTS = 4_000;

/** How long encoders take, by `nameOf` a choice. */
export class Speeds {
  /** So many pictures tell. */
  static ENOUGH = 30;

  /** @type {Map<string, number[]>} */
  #taken = new Map();

  /**
   * @param {Choice} choice
   * @param {number} took milliseconds
   */
  add(choice, took) {
    const name = nameOf(choice);
    const taken = this.#taken.get(name) ?? [];
    taken.push(took);
    if (taken.length > Speeds.ENOUGH) {
      taken.shift();
    }
    this.#taken.set(name, taken);
  }

  /** @returns {Record<string, number>} medians of what is known well enough */
  read() {
    const known = [...this.#taken].filter(([, taken]) => taken.length === Speeds.ENOUGH);
    return Object.fromEntries(known.map(([name, taken]) => [name, [...taken].sort((a, b) => a - b)[taken.length >> 1]]));
  }

  /** Pictures have another size. */
  clear() {
    this.#taken.clear();
  }
}

export class CodecChoice {
  /** @type {Family[]} */
  #mine = ['vp8'];
  /** @type {Family[]} */
  #theirs = ['vp8'];
  /** @type {Set<Family>} */
  #failed = new Set();
  #speeds = new Speeds();
  #now = DEFAULT;
  #since = -Infinity;

  /** What is in use. */
  get now() {
    return this.#now;
  }

  /** @param {Family[]} families what this browser encodes */
  mine(families) {
    this.#mine = families.includes(DEFAULT.family) ? families : [...families, DEFAULT.family];
  }

  /** @param {Family[]} families what every viewer decodes */
  theirs(families) {
    this.#theirs = families;
  }

  /** Pictures have another size: what was known of the encoders is so no more. */
  resized() {
    this.#speeds.clear();
  }

  /**
   * @param {Choice} choice
   * @param {number} took milliseconds that a frame was in the encoder
   */
  encoded(choice, took) {
    this.#speeds.add(choice, took);
  }

  /** @param {Choice} choice whose encoder has failed */
  failed({ family }) {
    this.#failed.add(family);
  }

  /**
   * Thinks again.
   * @param {{displayWidth: number, displayHeight: number}} picture
   * @param {number} now milliseconds
   */
  again({ displayWidth: width, displayHeight: height }, now) {
    const choice = choose(this.#mine, this.#theirs, {
      width, height, failed: this.#failed, speeds: this.#speeds.read(),
    });
    const must = !this.#theirs.includes(this.#now.family) || this.#failed.has(this.#now.family);
    if (nameOf(choice) !== nameOf(this.#now) && (must || now - this.#since > LASTS)) {
      this.#now = choice;
      this.#since = now;
    }
  }
}
