// The picture in its room: fit, 1:1, zoom and pan, by mouse, touch and keyboard.

import { TandemElement, css, define, html, messages } from 'tandem/kit';
import { WHOLE, actualAt, crisp, panBy, pannable, parseView, place, snapped, stepAt, toggleAt, zoomAt, zoomOf } from './geometry.js';

/** @typedef {import('./geometry.js').View} View */

/** CSS pixels that an arrow key moves the picture. */
const STRIDE = 80;
/** A notch of a mouse wheel is some hundred pixels; a pinch on a touch pad comes as a wheel of very few. */
const WHEEL = 0.01;
const MOST_WHEEL = 24;
const LINE = 16;
/** Storage is slow, and a drag has many steps. */
const KEEP_AFTER = 200;

/**
 * A small ring instead of an arrow: what it points at, and the customer's own pointer, stay visible. Light and dark, so that it
 * is seen on any picture.
 */
const POINTER = css`url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='15' height='15'%3E%3Ccircle cx='7.5' cy='7.5' r='4' fill='none' stroke='%23fff' stroke-width='3.5'/%3E%3Ccircle cx='7.5' cy='7.5' r='4' fill='none' stroke='%23111' stroke-width='1.5'/%3E%3Ccircle cx='7.5' cy='7.5' r='.8' fill='%23111'/%3E%3C/svg%3E") 7 7, crosshair`;

/**
 * Shows `canvas`, whose content is `size` large on the customer's side, and keeps the way of looking at it under `kept` in this
 * browser. Fires `picture-view` {mode, percent} whenever it changes.
 */
class Picture extends TandemElement {
  static messages = messages(import.meta.url);

  static properties = {
    canvas: { attribute: false },
    size: { attribute: false },
    kept: {},
    label: {},
    movable: { state: true },
  };

  static styles = css`
    :host {
      display: block;
      position: absolute;
      inset: 0;
    }
    .room {
      position: absolute;
      inset: 0;
      overflow: hidden;
      cursor: ${POINTER};
      touch-action: none;
      user-select: none;
    }
    .room.moving {
      cursor: grabbing;
    }
    .room:focus-visible {
      outline: none;
    }
    .room:focus-visible::after {
      content: '';
      position: absolute;
      inset: 0;
      border: 2px solid #fff;
      outline: 2px solid hsl(214, 90%, 52%);
      outline-offset: -4px;
      pointer-events: none;
    }
    canvas {
      position: absolute;
      inset-block-start: 0;
      left: 0;
      max-width: none;
      transform-origin: 0 0;
    }
    canvas.crisp {
      image-rendering: pixelated;
    }
  `;

  /** @type {Map<number, {x: number, y: number}>} fingers, or the mouse with its button down */
  #pointers = new Map();
  #spread = 0;
  #observer = new ResizeObserver(() => this.#arrange());
  /** @type {MediaQueryList | null} */
  #density = null;
  #told = '';
  #read = '';
  #pinch = 1;
  #keeping = 0;

  constructor() {
    super();
    /** @type {HTMLCanvasElement | undefined} */
    this.canvas = undefined;
    /** @type {{width: number, height: number} | null} */
    this.size = null;
    this.kept = '';
    this.label = '';
    this.movable = false;
    /** @type {View} */
    this.view = WHOLE;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#observer.observe(this);
    this.#watchDensity();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#density?.removeEventListener('change', this.#denser);
    this.#pointers.clear();
  }

  #denser = () => {
    this.#watchDensity();
    this.#arrange();
  };

  /** The window may go to a monitor with other pixels, or the page be enlarged. */
  #watchDensity() {
    this.#density?.removeEventListener('change', this.#denser);
    this.#density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    this.#density.addEventListener('change', this.#denser);
  }

  willUpdate() {
    if (this.kept && this.kept !== this.#read) {
      this.#read = this.kept;
      this.view = parseView(read(this.kept));
    }
    if (this.canvas) {
      this.canvas.setAttribute('role', 'img');
      this.canvas.setAttribute('aria-label', this.label);
    }
  }

  updated() {
    this.#arrange();
  }

  /** All of it. */
  fit() {
    this.#turn({ ...this.view, mode: 'fit' });
  }

  /** 1:1. */
  actual() {
    this.#turn(actualAt(this.view, this.#scene, this.#middle));
  }

  /** @param {1 | -1} way larger or smaller */
  step(way) {
    this.#turn(stepAt(this.view, this.#scene, this.#middle, way));
  }

  get #scene() {
    return {
      room: { width: this.clientWidth || 1, height: this.clientHeight || 1 },
      picture: this.size ?? { width: this.canvas?.width || 1, height: this.canvas?.height || 1 },
      ratio: devicePixelRatio || 1,
    };
  }

  get #middle() {
    return { x: this.clientWidth / 2, y: this.clientHeight / 2 };
  }

  /** @param {View} view */
  #turn(view) {
    this.view = view;
    this.#arrange();
    clearTimeout(this.#keeping);
    this.#keeping = /** @type {any} */ (setTimeout(() => keep(this.kept, this.view), KEEP_AFTER));
  }

  #arrange() {
    const canvas = this.canvas;
    if (!canvas?.width || !this.clientWidth || !this.clientHeight) {
      return;
    }
    const scene = this.#scene;
    const placed = place(this.view, scene);
    const at = this.getBoundingClientRect();
    const sharp = crisp(placed.width / canvas.width, scene.ratio) && crisp(placed.height / canvas.height, scene.ratio);
    canvas.style.width = `${placed.width}px`;
    canvas.style.height = `${placed.height}px`;
    canvas.style.transform = `translate(${snapped(placed.x, at.left, scene.ratio)}px, ${snapped(placed.y, at.top, scene.ratio)}px)`;
    canvas.classList.toggle('crisp', sharp);
    this.movable = pannable(placed, scene.room);
    const percent = Math.round(zoomOf(this.view, scene) * 100);
    const told = `${this.view.mode} ${percent}`;
    if (told !== this.#told) {
      this.#told = told;
      this.fire('picture-view', { mode: this.view.mode, percent });
    }
  }

  /** @param {MouseEvent} event */
  #point(event) {
    const at = this.getBoundingClientRect();
    return { x: event.clientX - at.left, y: event.clientY - at.top };
  }

  /** @param {WheelEvent} event */
  #wheeled(event) {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? this.clientHeight : 1;
    if (event.ctrlKey) {
      event.preventDefault();
      const turn = Math.max(-MOST_WHEEL, Math.min(MOST_WHEEL, event.deltaY * unit));
      this.#turn(zoomAt(this.view, this.#scene, this.#point(event), Math.exp(-turn * WHEEL)));
    } else if (this.movable) {
      event.preventDefault();
      const [dx, dy] = event.shiftKey && !event.deltaX ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      this.#turn(panBy(this.view, this.#scene, -dx * unit, -dy * unit));
    }
  }

  /** @param {PointerEvent} event */
  #pressed(event) {
    if (event.pointerType === 'mouse' && event.button > 1) {
      return;
    }
    /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, this.#point(event));
    this.#spread = spread([...this.#pointers.values()]);
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    const before = this.#pointers.get(event.pointerId);
    if (!before) {
      return;
    }
    const now = this.#point(event);
    const others = this.#pointers.size;
    this.#pointers.set(event.pointerId, now);
    if (others > 2) {
      return;
    }
    let view = this.view;
    if (this.movable) {
      view = panBy(view, this.#scene, (now.x - before.x) / others, (now.y - before.y) / others);
    }
    if (others === 2) {
      const [one, other] = [...this.#pointers.values()];
      const wide = spread([one, other]);
      if (this.#spread > 0 && wide > 0) {
        view = zoomAt(view, this.#scene, { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }, wide / this.#spread);
      }
      this.#spread = wide;
    }
    if (view !== this.view) {
      /** @type {HTMLElement} */ (event.currentTarget).classList.add('moving');
      this.#turn(view);
    }
  }

  /** @param {PointerEvent} event */
  #released(event) {
    this.#pointers.delete(event.pointerId);
    this.#spread = spread([...this.#pointers.values()]);
    /** @type {HTMLElement} */ (event.currentTarget).classList.remove('moving');
  }

  /** @param {MouseEvent} event */
  #doubled(event) {
    this.#turn(toggleAt(this.view, this.#scene, this.#point(event)));
  }

  /** Safari's own event for a pinch on a touch pad. @param {any} event */
  #pinched(event) {
    event.preventDefault();
    if (event.type === 'gesturestart') {
      this.#pinch = 1;
    } else {
      this.#turn(zoomAt(this.view, this.#scene, this.#point(event), event.scale / this.#pinch));
      this.#pinch = event.scale;
    }
  }

  /** @param {KeyboardEvent} event */
  #keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const far = event.shiftKey ? 5 : 1;
    const move = (/** @type {number} */ x, /** @type {number} */ y) =>
      this.#turn(panBy(this.view, this.#scene, x * STRIDE * far, y * STRIDE * far));
    const page = this.clientHeight / STRIDE * 0.9;
    /** @type {Record<string, () => void>} */
    const deeds = {
      '+': () => this.step(1),
      '=': () => this.step(1),
      '-': () => this.step(-1),
      0: () => this.fit(),
      1: () => this.actual(),
      ArrowLeft: () => move(1, 0),
      ArrowRight: () => move(-1, 0),
      ArrowUp: () => move(0, 1),
      ArrowDown: () => move(0, -1),
      PageUp: () => move(0, page),
      PageDown: () => move(0, -page),
    };
    const deed = deeds[event.key];
    if (deed && (this.movable || !/^(Arrow|Page)/.test(event.key))) {
      event.preventDefault();
      deed();
    }
  }

  render() {
    return html`<div
      class="room"
      role="group"
      tabindex="0"
      aria-label=${this.t('picture.room')}
      aria-keyshortcuts="Plus Minus 0 1"
      @wheel=${this.#wheeled}
      @pointerdown=${this.#pressed}
      @pointermove=${this.#moved}
      @pointerup=${this.#released}
      @pointercancel=${this.#released}
      @dblclick=${this.#doubled}
      @keydown=${this.#keyed}
      @gesturestart=${this.#pinched}
      @gesturechange=${this.#pinched}
    >
      ${this.canvas}
    </div>`;
  }
}

/** @param {{x: number, y: number}[]} points */
function spread([one, other]) {
  return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
}

/** @param {string} name */
function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {View} view
 */
function keep(name, view) {
  try {
    if (name) {
      localStorage.setItem(name, JSON.stringify(view));
    }
  } catch {
    // It lasts as long as the page, then.
  }
}

/** The element's name. */
export const PICTURE = define('tandem-screen-picture', Picture, import.meta.url);
