/**
 * Keeps the toolbar in one row: words give way, level by level, until what slices have put into it fits as well. How much that
 * is depends on the language and on what is going on, so it is measured and not guessed from the width.
 */

/** `data-fold`: 0 everything; 1 without what is said elsewhere too; 2 symbols instead of second words; 3 symbols only. */
const LEVELS = ['0', '1', '2', '3'];

export class ToolbarFit {
  /** @type {HTMLElement | undefined} */
  #bar;
  #frame = 0;
  // In a frame of its own: what folds changes the sizes that are observed.
  #soon = () => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#fit();
    });
  };
  #sizes = new ResizeObserver(this.#soon);
  #children = new MutationObserver(() => this.#observe());

  /** @param {HTMLElement | null} bar the toolbar that is there now */
  watch(bar) {
    if (bar === (this.#bar ?? null)) {
      return;
    }
    this.stop();
    if (bar) {
      this.#bar = bar;
      this.#children.observe(bar, { childList: true });
      this.#observe();
    }
  }

  stop() {
    this.#bar = undefined;
    this.#sizes.disconnect();
    this.#children.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #observe() {
    this.#sizes.disconnect();
    if (this.#bar) {
      [this.#bar, ...this.#bar.children].forEach((element) => this.#sizes.observe(element));
    }
  }

  #fit() {
    const bar = this.#bar;
    if (!bar?.isConnected) {
      return;
    }
    for (const level of LEVELS) {
      bar.dataset.fold = level;
      if (oneRow(bar)) {
        return;
      }
    }
  }
}

/** @param {HTMLElement} bar */
function oneRow(bar) {
  const boxes = [...bar.children].map((child) => child.getBoundingClientRect()).filter((box) => box.width > 0 && box.height > 0);
  const lowestTop = Math.max(...boxes.map((box) => box.top));
  const highestBottom = Math.min(...boxes.map((box) => box.bottom));
  return lowestTop < highestBottom;
}
