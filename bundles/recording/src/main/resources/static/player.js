/** A recording: the picture, and beside it what was said and happened, both at the same moment. */

import { ProblemError, TandemElement, api, css, define, html, icon, language, locale, messages, nothing, problemText, zoneName } from 'tandem/kit';
import { clock } from './states.js';
import { before, current, millis, next, playable } from './timeline.js';

/** @typedef {import('./timeline.js').Line} Line */
/** @typedef {import('./timeline.js').Part} Part */

const AGAIN = 2000;
const STEP = 5;

export class RecordingPlayer extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    recording: { attribute: false },
    _view: { state: true },
    _lines: { state: true },
    _part: { state: true },
    _millis: { state: true },
    _problem: { state: true },
    _fileProblem: { state: true },
  };
  static styles = css`
    main {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 22rem;
      gap: 16px;
    }
    header {
      grid-column: 1 / -1;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 16px;
    }
    video {
      inline-size: 100%;
      max-block-size: 76vh;
      background: #000;
      border-radius: var(--tandem-radius);
    }
    aside {
      display: flex;
      flex-direction: column;
      min-block-size: 0;
      max-block-size: 80vh;
      background: var(--tandem-surface);
      border: 1px solid var(--tandem-line);
      border-radius: var(--tandem-radius);
    }
    h2 {
      padding: 12px;
      font-size: var(--lumo-font-size-m);
    }
    ol {
      flex: 1;
      overflow-y: auto;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li button {
      display: grid;
      grid-template-columns: 4.5em minmax(0, 1fr);
      justify-content: stretch;
      align-items: start;
      inline-size: 100%;
      padding: 6px 12px;
      border-radius: 0;
      background: none;
      color: inherit;
      text-align: start;
      font-weight: 400;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
    li button[aria-current='true'] {
      background: var(--tandem-accent-soft);
    }
    .parts {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
      margin-block-start: 8px;
    }
    @media (max-width: 900px) {
      main {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  /** Where to go once the part is there, seconds. */
  #goal = 0;
  #playing = false;
  #keys = (/** @type {KeyboardEvent} */ event) => this.#key(event);

  constructor() {
    super();
    this.recording = '';
    /** @type {any} */
    this._view = undefined;
    /** @type {Line[]} */
    this._lines = [];
    this._part = 0;
    this._millis = 0;
    /** @type {unknown} */
    this._problem = undefined;
    /** @type {unknown} */
    this._fileProblem = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', this.#keys);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#keys);
    clearTimeout(this.#again);
  }

  async #load() {
    try {
      this._view = await api.get(`/recordings/${this.recording}`);
      this._problem = undefined;
      const parts = playable(this._view.parts);
      if (!this._part && parts.length > 0) {
        this._part = parts[0].number;
      }
      if (['FINISHING', 'RECORDING'].includes(this._view.state)) {
        this.#again = setTimeout(() => this.#load(), AGAIN);
      } else if (this._view.state === 'FINISHED') {
        this._lines = await this.#loadLines(parts);
      }
    } catch (error) {
      this._problem = error;
    }
  }

  /**
   * Part by part, since each may stand on another server. One that cannot be reached has its picture's problem told.
   * @param {Part[]} parts
   * @returns {Promise<Line[]>}
   */
  async #loadLines(parts) {
    const tracks = await Promise.all(parts.map(async (part) => {
      try {
        return (await api.get(`/recordings/${this.recording}/track?part=${part.number}`)).lines;
      } catch (error) {
        if (error instanceof ProblemError && (error.code === 'recording-elsewhere' || error.status >= 500)) {
          return [];
        }
        throw error;
      }
    }));
    return tracks.flat();
  }

  /** @returns {HTMLVideoElement | null} */
  get #video() {
    return this.renderRoot.querySelector('video');
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const video = this.#video;
    const within = event.composedPath()[0];
    if (!video || event.ctrlKey || event.altKey || event.metaKey || within instanceof HTMLVideoElement) {
      return;
    }
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      video.currentTime += event.key === 'ArrowLeft' ? -STEP : STEP;
    } else if ((event.key === ' ' && !(within instanceof HTMLButtonElement || within instanceof HTMLAnchorElement)) || event.key === 'k') {
      void (video.paused ? video.play() : video.pause());
    } else {
      return;
    }
    event.preventDefault();
  }

  /**
   * @param {number} part
   * @param {number} millis
   * @param {boolean} play
   */
  #go(part, millis, play) {
    const video = this.#video;
    this._millis = millis;
    if (part !== this._part) {
      this.#goal = millis / 1000;
      this.#playing = play;
      this._part = part;
      this._fileProblem = undefined;
    } else if (video) {
      video.currentTime = millis / 1000;
    }
  }

  #loaded() {
    const video = this.#video;
    if (video && this.#goal > 0) {
      video.currentTime = this.#goal;
    }
    this.#goal = 0;
    if (video && this.#playing) {
      void video.play();
    }
    this.#playing = false;
  }

  #ended() {
    const after = next(this._view.parts, this._part);
    if (after !== undefined) {
      this.#go(after, 0, true);
    }
  }

  /** A video element does not say why: the server does. */
  async #failed() {
    try {
      const answer = await fetch(this.#url(this._part), { headers: { Range: 'bytes=0-0' } });
      if (!answer.ok) {
        // A proxy that cannot reach the server that has the file answers itself, in no form of ours.
        const body = await answer.json().catch(() => ({ type: 'recording-elsewhere' }));
        this._fileProblem = new ProblemError({ status: answer.status, code: body.type?.split(':').at(-1) ?? '', detail: body.detail ?? '' });
        return;
      }
    } catch {
      // Told below.
    }
    this._fileProblem = new ProblemError({ status: 0, code: 'unplayable', detail: '' });
  }

  /** @param {number} part */
  #url(part) {
    return `/api/recordings/${this.recording}/parts/${part}`;
  }

  render() {
    if (this._problem) {
      return html`<main><header><h1>${this.t('page.title')}</h1></header><p role="alert" id="problem">${this.#words(this._problem)}</p></main>`;
    }
    if (!this._view) {
      return html`<tandem-skeleton lines="8"></tandem-skeleton>`;
    }
    return html`<main>
      <header>
        <h1>${this.t('player.title', { number: this._view.number || this.t('list.unknown') })}</h1>
        <span class="muted">${this.#when()}</span>
        ${this._part ? this.#download() : nothing}
      </header>
      <section>${this.#state()}${this.#picture()}${this.#parts()}</section>
      ${this.#track()}
    </main>`;
  }

  #when() {
    const { startedAt, people, zone } = this._view;
    const when = new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeStyle: 'short', timeZone: zone ?? undefined });
    const names = people.map((/** @type {any} */ one) => one.name || this.t('erased')).join(', ');
    return `${startedAt ? when.format(new Date(startedAt)) : ''}${zone ? `, ${zoneName(zone, language())}` : ''} · ${names}`;
  }

  #download() {
    return html`<a class="button" id="download" href=${`${this.#url(this._part)}?download=true`} download>${icon('down')}${this.t('player.download')}</a>`;
  }

  #state() {
    const text = {
      ASKING: () => this.t('player.asking'),
      RECORDING: () => this.t('player.recording'),
      FINISHING: () => this.t('player.finishing'),
      CANCELLED: () => this.t('player.cancelled'),
      REMOVED: () => this.t('player.removed'),
      FINISHED: () => (playable(this._view.parts).length === 0 ? this.t('player.lost') : ''),
    }[/** @type {string} */ (this._view.state)]?.();
    return text ? html`<p role="status" id="state" data-state=${this._view.state}>${text}</p>` : nothing;
  }

  #picture() {
    if (!this._part || this._view.state === 'REMOVED') {
      return nothing;
    }
    return html`<video
        controls
        preload="auto"
        src=${this.#url(this._part)}
        aria-label=${this.t('player.video')}
        @loadedmetadata=${() => this.#loaded()}
        @timeupdate=${() => (this._millis = millis(this.#video?.currentTime ?? 0))}
        @ended=${() => this.#ended()}
        @error=${() => this.#failed()}
      ></video>
      ${this._fileProblem ? html`<p role="alert" id="file-problem">${this.#words(this._fileProblem)}</p>` : nothing}`;
  }

  #parts() {
    const parts = playable(this._view.parts);
    if (parts.length < 2) {
      return nothing;
    }
    return html`<div class="parts" role="group" aria-label=${this.t('player.parts')}>
      ${parts.map(
        (part) => html`<button class="small" aria-pressed=${part.number === this._part ? 'true' : 'false'} @click=${() => this.#go(part.number, 0, true)}>
          ${this.t('player.part', { number: part.number })} <span class="number">${clock(part.millis / 1000)}</span>
        </button>`,
      )}
    </div>`;
  }

  #track() {
    if (this._view.state !== 'FINISHED') {
      return nothing;
    }
    const now = current(this._lines, this._part, this._millis);
    return html`<aside>
      <h2>${this.t('player.track')}</h2>
      ${this._lines.length === 0 ? html`<p class="muted">${this.t('player.track.empty')}</p>` : nothing}
      <ol>
        ${this._lines.map(
          (line, index) => html`<li>
            <button
              data-line=${line.what}
              data-part=${line.part}
              data-at=${line.at}
              aria-current=${index === now ? 'true' : 'false'}
              @click=${() => this.#go(line.part, line.at, !this.#video?.paused)}
            >
              <span class="number muted">${clock((before(this._view.parts, line.part) + line.at) / 1000)}</span>
              <span>${this.#line(line)}</span>
            </button>
          </li>`,
        )}
      </ol>
    </aside>`;
  }

  /** @param {Line} line */
  #line(line) {
    const name = line.name || this.t('erased');
    switch (line.what) {
      case 'said':
        return html`<b>${name}</b> ${line.erased && !line.text ? this.t('erased.words') : line.text}`;
      case 'joined':
        return this.t('line.joined', { name });
      case 'left':
        return this.t('line.left', { name });
      case 'screen-started':
        return this.t('line.screen-started', { name });
      case 'screen-stopped':
        return this.t('line.screen-stopped');
      case 'customer-selected':
        return this.t('line.customer-selected', { name });
      case 'control-offered':
        return this.t('line.control-offered');
      case 'paused':
        return this.t('line.paused');
      case 'resumed':
        return this.t('line.resumed');
      default:
        return line.what.endsWith('-stopped')
          ? this.t('line.other-stopped', { what: line.what.slice(0, -8) })
          : this.t('line.other-started', { what: line.what.replace(/-started$/, ''), name });
    }
  }

  /** @param {unknown} error */
  #words(error) {
    const code = error instanceof ProblemError ? error.code : '';
    switch (code) {
      case 'recording-elsewhere':
        return this.t('problem.elsewhere', { node: playable(this._view.parts).find((part) => part.number === this._part)?.node ?? '' });
      case 'recording-lost':
        return this.t('player.lost');
      case 'recording-removed':
        return this.t('player.removed');
      case 'sign-in-needed':
        return this.t('problem.sign-in');
      case 'unplayable':
        return this.t('problem.unplayable');
      default:
        return problemText(error);
    }
  }
}

/** The name of the element. */
export const PLAYER = define('tandem-recording', RecordingPlayer, import.meta.url);
