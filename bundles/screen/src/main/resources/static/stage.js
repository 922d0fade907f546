// What the agent's tab and the window of its own have in common: the picture with its bar, and all that can be said instead of it.

import { TandemElement, html, messages, nothing, openMedia, staticHtml, unsafeStatic } from 'tandem/kit';
import { decodable } from './codecs.js';
import { HEALTH_MARK } from './health-mark.js';
import { PICTURE } from './picture.js';
import { stageStyles } from './stage-styles.js';
import { Watching } from './watching.js';
import { LINE_SILENCE } from './wire.js';

const picture = unsafeStatic(PICTURE);
const mark = unsafeStatic(HEALTH_MARK);

/** A percentage is said when it has come to rest. */
const SAY_AFTER = 600;

/** Subclasses say what else stands in the bar, and whether the picture can be seen here. */
export class ScreenStage extends TandemElement {
  static messages = messages(import.meta.url);

  /** @type {any} */
  static properties = {
    session: { attribute: false },
    me: { attribute: false },
    role: { attribute: false },
    mode: { state: true },
    percent: { state: true },
    said: { state: true },
  };

  /** @type {any} */
  static styles = stageStyles;

  /** What was announced last: live, bad or nothing yet. */
  #announced = '';
  #saying = 0;
  #sampled = () => this.requestUpdate();

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    /** @type {any} */
    this.me = undefined;
    this.role = null;
    /** @type {'fit' | 'actual' | 'zoom'} */
    this.mode = 'fit';
    this.percent = 0;
    /** What a screen reader is told. */
    this.said = '';
    this.canvas = document.createElement('canvas');
    this.watching = new Watching(this.canvas, {
      open: (session, handlers) => openMedia({ .../** @type {any} */ (handlers), session, channel: 'screen', role: 'viewer', silence: LINE_SILENCE }),
      decodable,
      drawn: () => {
        this.dataset.frames = String(this.watching.viewer?.frames ?? 0);
      },
    });
    this.watching.addEventListener('change', () => this.watchingChanged());
    this.watching.addEventListener('sample', this.#sampled);
    this.visibility = () => this.watching.look(this.looking);
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.visibility);
    this.visibility();
    this.watching.follow(this.followed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.visibility);
    this.watching.follow(undefined);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate?.(changed);
    if (changed.has('session')) {
      this.watching.follow(this.followed);
    }
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    super.updated?.(changed);
    const { state, viewer, verdict, sample, facts } = this.watching;
    const delay = state === 'live' ? sample?.delay : undefined;
    this.#mark('state', state);
    this.#mark('size', viewer?.width ? `${viewer.width}x${viewer.height}` : undefined);
    this.#mark('delay', delay === null || delay === undefined ? undefined : String(delay));
    this.#mark('quality', verdict?.grade);
    this.#mark('view', this.mode);
    this.#mark('codec', facts?.codec || undefined);
  }

  /**
   * @param {string} name
   * @param {string | undefined} value
   */
  #mark(name, value) {
    if (value === undefined) {
      delete this.dataset[name];
    } else if (this.dataset[name] !== value) {
      this.dataset[name] = value;
    }
  }

  /** Whose shares are watched here: the session, or nobody's. */
  get followed() {
    return this.isConnected ? this.session : undefined;
  }

  /** Whether anybody can see the canvas. */
  get looking() {
    return document.visibilityState === 'visible';
  }

  /** Where the way of looking is kept: of each agent, and apart for tab and window, which are not equally large. */
  get kept() {
    return `tandem.screen.view.tab.${this.me?.name ?? ''}`;
  }

  watchingChanged() {
    const { state, viewer } = this.watching;
    if (state === 'connecting') {
      this.dataset.frames = String(viewer?.frames ?? 0);
    }
    if (state === 'live' || state === 'bad') {
      if (state !== this.#announced) {
        const first = this.#announced === '';
        this.#announced = state;
        this.said = state === 'bad' ? this.t('bad.title') : first ? this.t('picture.here') : this.t('picture.back');
      }
    } else if (state !== 'connecting') {
      this.#announced = '';
      this.said = '';
    }
    this.requestUpdate();
  }

  /** "2 - 1440x900"; a word instead of the number for what is no monitor, none where the browser does not tell. */
  get screenLine() {
    return this.lineOf(this.watching.facts);
  }

  /** @param {import('./watching.js').Facts | null} facts */
  lineOf(facts) {
    if (!facts) {
      return '';
    }
    const size = `${facts.width}x${facts.height}`;
    const what = facts.surface === 'window' ? this.t('surface.window') : facts.surface === 'browser' ? this.t('surface.tab') : facts.number;
    return what ? `${what} - ${size}` : size;
  }

  /** @param {CustomEvent} event */
  viewed(event) {
    event.stopPropagation();
    const before = this.percent;
    this.mode = event.detail.mode;
    this.percent = event.detail.percent;
    clearTimeout(this.#saying);
    if (before) {
      this.#saying = /** @type {any} */ (setTimeout(() => {
        this.said = this.mode === 'fit' ? this.t('zoom.fit.said') : `${this.percent} %`;
      }, SAY_AFTER));
    }
  }

  /** @returns {any} */
  get picture() {
    return this.renderRoot.querySelector('.picture');
  }

  render() {
    return html`${this.content()}<div class="sr" role="status">${this.said}</div>`;
  }

  /** @returns {unknown} */
  content() {
    const { state } = this.watching;
    return state === 'connecting' || state === 'live' || state === 'bad'
      ? this.shown()
      : html`<div class="bar"><span class="whose">${this.t('panel.screen')}</span>${this.tools()}</div>
          ${this.notices()} ${this.instead(state)}`;
  }

  /** @param {string} state */
  instead(state) {
    switch (state) {
      case 'stopped':
        return this.empty(this.t('stopped.title'), this.t('none.how'));
      case 'unsupported':
        return this.empty(this.t('watch.unsupported.title'), this.t('watch.unsupported.how'));
      case 'failed':
        return this.empty(this.t('watch.failed.title'), this.t('watch.failed.how', { name: this.watching.name || this.t('somebody') }));
      default:
        return this.empty(this.t('none.title'), this.t('none.how'));
    }
  }

  /**
   * @param {string} title
   * @param {unknown} how
   * @param {string} [mark]
   */
  empty(title, how, mark = 'screen') {
    return html`<tandem-empty icon=${mark} heading=${title} role="status">${how}</tandem-empty>`;
  }

  /** @returns {unknown} what else stands in the bar */
  tools() {
    return nothing;
  }

  /** @returns {unknown} what stands between bar and picture */
  notices() {
    return nothing;
  }

  shown() {
    const { state, name, facts } = this.watching;
    return html`
      ${this.bar()} ${this.notices()}
      <div class="room ${state}">
        ${staticHtml`<${picture}
          class="picture"
          .canvas=${this.canvas}
          .size=${facts}
          kept=${this.kept}
          label=${this.t('picture.label', { name })}
          @picture-view=${this.viewed}
        ></${picture}>`}
        ${state === 'connecting' ? html`<div class="over late"><p role="status">${this.t('connecting')}</p></div>` : nothing}
        ${state === 'bad' ? this.badLine() : nothing}
      </div>
    `;
  }

  bar() {
    const { name, verdict, sample, history, facts } = this.watching;
    return html`<div class="bar">
      <span class="whose">${this.t('picture.label', { name })}${this.beside()}</span>
      ${this.zoom()}
      ${staticHtml`<${mark} .verdict=${verdict} .sample=${sample} .history=${[...history]} codec=${facts?.codec ?? ''} name=${name}></${mark}>`}
      ${this.tools()}
    </div>`;
  }

  /** @returns {unknown} beside the name */
  beside() {
    return nothing;
  }

  zoom() {
    const pressed = (/** @type {string} */ mode) => (this.mode === mode ? 'true' : 'false');
    return html`<div class="zoom" role="group" aria-label=${this.t('zoom')}>
      <button id="fit" class="small" title=${this.t('zoom.fit.help')} aria-pressed=${pressed('fit')} @click=${() => this.picture?.fit()}>
        ${this.t('zoom.fit')}
      </button>
      <button
        id="actual"
        class="small"
        title=${this.t('zoom.actual.help')}
        aria-label=${this.t('zoom.actual.help')}
        aria-pressed=${pressed('actual')}
        @click=${() => this.picture?.actual()}
      >
        1:1
      </button>
      <button id="smaller" class="small sign" title=${this.t('zoom.out')} aria-label=${this.t('zoom.out')} @click=${() => this.picture?.step(-1)}>
        −
      </button>
      <span class="percent">${this.percent ? `${this.percent} %` : ''}</span>
      <button id="larger" class="small sign" title=${this.t('zoom.in')} aria-label=${this.t('zoom.in')} @click=${() => this.picture?.step(1)}>
        +
      </button>
    </div>`;
  }

  badLine() {
    const { verdict, oldFor, name } = this.watching;
    const lost = verdict?.reason === 'own-line-lost' || verdict?.reason === 'customer-line-lost';
    return html`<div class="over">
      <div class="card">
        <p>${this.t('bad.title')}</p>
        <p class="clock" role="timer" aria-live="off">${minutes(oldFor)}</p>
        <p>${lost ? this.t(`quality.why.${verdict?.reason}`, { name: name || this.t('somebody') }) : nothing} ${this.t('bad.old')}</p>
      </div>
    </div>`;
  }
}

/** @param {number} seconds */
function minutes(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
