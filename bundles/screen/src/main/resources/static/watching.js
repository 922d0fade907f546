// Which share is watched: what the session says, with the socket's own news. The tab's panel and the window both use it.

import { ScreenViewer, canWatch } from './viewer.js';
import { Health } from './health.js';

const RETRY_AFTER = 1_000;
const SAMPLE_EVERY = 1_000;

/**
 * none: nobody shares; stopped: somebody did until just now; connecting, live, bad, failed: as the viewer says; unsupported: this
 * browser cannot show it.
 * @typedef {'none' | 'stopped' | 'connecting' | 'live' | 'bad' | 'failed' | 'unsupported'} WatchState
 */
/**
 * @typedef {object} Facts about the picture
 * @property {string} codec
 * @property {number} width of what is shared, in its own pixels
 * @property {number} height
 * @property {'monitor' | 'window' | 'browser' | null} surface
 * @property {number | null} number of the monitor, as people count
 */

/** Event `change` after every change of what is to be shown, `sample` once a second while a share is watched. */
export class Watching extends EventTarget {
  #canvas;
  #world;
  /** @type {any} */
  #session;
  /** Which share is watched, or was given up. */
  #share = '';
  #looking = true;
  #timer = 0;
  #retry = 0;
  #health = new Health();

  /** @type {WatchState} */
  state = 'none';
  /** @type {ScreenViewer | null} */
  viewer = null;
  /** How the last second was. @type {import('./health.js').Sample | null} */
  sample = null;
  /** For how many seconds the picture has been old. */
  oldFor = 0;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{open: (session: string, handlers: object) => any, decodable: () => Promise<string[]>, drawn: () => void}} world
   */
  constructor(canvas, world) {
    super();
    this.#canvas = canvas;
    this.#world = world;
  }

  /** @returns {any} the running activity; not the own one: nobody looks at the own screen on the own screen */
  get running() {
    return this.#session?.activities?.find((a) => a.name === 'screen' && a.by !== this.#session.me);
  }

  /** @returns {string} whose screen it is */
  get name() {
    const by = this.running?.by;
    return this.#session?.participants?.find((p) => p.id === by)?.name ?? '';
  }

  /** @returns {import('./health.js').Verdict | null} null until there was a picture */
  get verdict() {
    return this.viewer?.width ? this.#health.verdict : null;
  }

  get history() {
    return this.#health.history;
  }

  /** @returns {Facts | null} null until there was a picture, or somebody has said how large it is */
  get facts() {
    const viewer = this.viewer;
    if (!viewer) {
      return null;
    }
    const { config } = viewer;
    const width = config?.sourceWidth ?? (viewer.width || config?.width);
    const height = config?.sourceHeight ?? (viewer.height || config?.height);
    if (!width || !height) {
      return null;
    }
    // Of one monitor people say the first.
    const number = config?.number ?? (config?.of === 1 ? 1 : null);
    return { codec: config?.codec ?? '', width, height, surface: config?.surface ?? null, number };
  }

  /** @param {boolean} looking whether anybody can see the canvas */
  look(looking) {
    this.#looking = looking;
    if (this.viewer) {
      this.viewer.looking = looking;
    }
  }

  /**
   * Watches what the session says is shared, or nothing.
   *
   * @param {any} session undefined when nobody is there to see it
   */
  follow(session) {
    this.#session = session ?? this.#session;
    const running = session && this.running;
    const share = running ? `${session.id} ${running.by} ${running.since}` : '';
    if (share === this.#share) {
      return;
    }
    const before = this.#share;
    this.#leave();
    this.#share = share;
    if (share) {
      this.#watch();
    } else {
      this.#turn(before && session && session.state !== 'ENDED' ? 'stopped' : 'none');
    }
  }

  #watch() {
    if (!canWatch()) {
      this.#turn('unsupported');
      return;
    }
    const session = this.#session.id;
    this.#health = new Health();
    this.viewer = new ScreenViewer(
      this.#canvas,
      {
        open: (handlers) => this.#world.open(session, handlers),
        decodable: this.#world.decodable,
        changed: () => this.#viewerChanged(),
        drawn: () => this.#world.drawn(),
      },
      this.#looking,
    );
    this.#timer = /** @type {any} */ (setInterval(() => this.#measure(), SAMPLE_EVERY));
    this.#turn('connecting');
  }

  #leave() {
    clearTimeout(this.#retry);
    clearInterval(this.#timer);
    const viewer = this.viewer;
    this.viewer = null;
    this.sample = null;
    viewer?.close();
  }

  #viewerChanged() {
    const viewer = this.viewer;
    if (!viewer) {
      return;
    }
    if (viewer.state !== 'closed') {
      if (viewer.state === 'bad' && this.state !== 'bad') {
        this.#measure();
      }
      this.#turn(viewer.state);
      return;
    }
    this.#leave();
    this.#turn('stopped');
    // The socket may know of the stop before the session's view does; if it was something else, come back.
    const share = this.#share;
    this.#retry = /** @type {any} */ (setTimeout(() => {
      if (share && this.#share === share) {
        this.#watch();
      }
    }, RETRY_AFTER));
  }

  #measure() {
    const viewer = this.viewer;
    if (!viewer) {
      return;
    }
    if (viewer.state === 'bad') {
      this.oldFor = Math.floor((performance.now() - viewer.badSince) / 1000);
    }
    this.sample = viewer.sample();
    if (viewer.width && viewer.looking) {
      this.#health.add(this.sample);
    }
    this.dispatchEvent(new Event('sample'));
  }

  /** @param {WatchState} state */
  #turn(state) {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}
