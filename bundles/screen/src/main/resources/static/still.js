// Whether a picture shows anything new. Browsers bring the same picture thirty times a second although nothing changes.

/**
 * Compares pictures with the one before. While they change it only looks now and then, and what it says of a picture costs
 * nothing; once they are the same each one is compared, so that no change is missed.
 */
export class Stillness {
  /** Milliseconds between two looks while pictures change. */
  static LOOK = 100;
  /** A browser that takes longer for it on average, milliseconds, is not asked: it would cost more than it saves. */
  static DEAR = 60;
  static ENOUGH = 20;

  /** The picture before, if it is known. @type {Words | null} */
  #before = null;
  /** @type {ArrayBuffer[]} */
  #spare = [];
  #lookedAt = -Infinity;
  #cannot = false;
  #looks = 0;
  #spent = 0;

  /**
   * Whether the picture may be another one than that of the last call. The picture stays the caller's and must stay open
   * until this has answered.
   * @param {VideoFrame} picture
   * @returns {Promise<boolean>}
   */
  async changed(picture) {
    const began = performance.now();
    if (this.#cannot || (!this.#before && began - this.#lookedAt < Stillness.LOOK)) {
      return true;
    }
    try {
      return await this.#look(picture);
    } catch (error) {
      // Pictures that only the graphics card can read, perhaps.
      console.info('tandem: pictures cannot be compared', error);
      this.#cannot = true;
      this.forget();
      return true;
    } finally {
      this.#spent += performance.now() - began;
      this.#cannot ||= ++this.#looks >= Stillness.ENOUGH && this.#spent / this.#looks > Stillness.DEAR;
    }
  }

  /** The next picture follows one that was not asked for. */
  forget() {
    this.#give(this.#before);
    this.#before = null;
  }

  async #look(picture) {
    const now = await this.#copy(picture);
    const before = this.#before;
    if (!before) {
      this.#before = now;
      return true;
    }
    if (same(before, now)) {
      this.#give(now);
      return false;
    }
    this.#give(now);
    this.forget();
    this.#lookedAt = performance.now();
    return true;
  }

  /** @returns {Promise<Words>} */
  async #copy(picture) {
    const { format, visibleRect } = picture;
    const length = picture.allocationSize();
    const bytes = Math.ceil(length / 4) * 4;
    const buffer = this.#spare.find((b) => b.byteLength === bytes) ?? new ArrayBuffer(bytes);
    this.#spare = this.#spare.filter((b) => b !== buffer && b.byteLength === bytes);
    await picture.copyTo(new Uint8Array(buffer, 0, length));
    return { shape: `${format} ${visibleRect?.width}x${visibleRect?.height}`, words: new Uint32Array(buffer) };
  }

  /** @param {Words | null} copy that is needed no more */
  #give(copy) {
    if (copy) {
      this.#spare.push(/** @type {ArrayBuffer} */ (copy.words.buffer));
    }
  }
}

/** @typedef {{shape: string, words: Uint32Array}} Words */

function same(one, other) {
  const { length } = one.words;
  if (one.shape !== other.shape || other.words.length !== length) {
    return false;
  }
  const [a, b] = [one.words, other.words];
  for (let i = 0; i < length; i++) {
    if (a[i] !== b[i]) {
      return false;
    }
  }
  return true;
}
