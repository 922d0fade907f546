// The agent's panel: the customer's screen.

import {
  TandemElement,
  api,
  css,
  define,
  html,
  icon,
  language,
  messages,
  nothing,
  openMedia,
  problemText,
  toast,
} from 'tandem/kit';
import { ScreenViewer, canWatch } from './viewer.js';

const QUALITY_EVERY = 1_000;
const RETRY_AFTER = 1_000;

class ScreenPanel extends TandemElement {
  static messages = messages(import.meta.url);

  static properties = {
    session: { attribute: false },
    me: { attribute: false },
    role: { attribute: false },
    view: { state: true },
    since: { state: true },
    quality: { state: true },
    stopping: { state: true },
  };

  static styles = css`
    :host {
      display: flex;
      flex-direction: column;
      min-width: 0;
      min-height: 0;
      height: 100%;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 16px;
      min-height: 36px;
      padding: 0 var(--tandem-gap);
      border-bottom: 1px solid var(--tandem-line);
      background: var(--tandem-surface);
    }
    .whose {
      min-width: 0;
      overflow: hidden;
      font-weight: 600;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .numbers {
      margin-inline-start: auto;
      color: var(--tandem-muted);
      font-size: var(--lumo-font-size-s);
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
    .room {
      position: relative;
      flex: 1;
      min-height: 0;
      overflow: hidden;
      background: #16181d;
    }
    canvas {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      object-fit: contain;
    }
    .bad canvas {
      filter: grayscale(1) brightness(0.6);
    }
    .over {
      position: absolute;
      inset: 0;
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: var(--tandem-gap);
      padding: 24px;
      color: #fff;
      text-align: center;
    }
    .over.late {
      animation: late 0s 300ms both;
    }
    @keyframes late {
      from { visibility: hidden; }
    }
    .card {
      padding: 12px 20px;
      border-radius: var(--tandem-radius);
      background: rgb(0 0 0 / 75%);
    }
    .clock {
      font-size: 1.5rem;
      font-variant-numeric: tabular-nums;
    }
    tandem-empty {
      flex: 1;
    }
    p {
      max-inline-size: 46ch;
    }
    .over p {
      color: inherit;
    }
  `;

  /** @type {ScreenViewer | null} */
  #viewer = null;
  /** Which share is watched, or was given up. */
  #watched = '';
  #timers = [];
  #retry = 0;
  #status = '';

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    this.me = undefined;
    this.role = null;
    /** none, stopped, connecting, live, bad, failed, unsupported */
    this.view = 'none';
    this.since = 0;
    this.quality = null;
    this.stopping = false;
    this.canvas = document.createElement('canvas');
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timers = [setInterval(() => this.#measure(), QUALITY_EVERY)];
    this.#follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#timers.forEach(clearInterval);
    this.#leave();
    this.#watched = '';
  }

  willUpdate(changed) {
    super.willUpdate?.(changed);
    if (changed.has('session')) {
      this.#follow();
    }
  }

  updated(changed) {
    super.updated?.(changed);
    this.dataset.state = this.view;
    if (this.#viewer?.width) {
      this.canvas.setAttribute('role', 'img');
      this.canvas.setAttribute('aria-label', this.t('picture.label', { name: this.#name }));
    }
    this.#tellStatus();
  }

  get #running() {
    return this.session?.activities?.find((a) => a.name === 'screen');
  }

  get #name() {
    const by = this.#running?.by;
    return this.session?.participants?.find((p) => p.id === by)?.name ?? '';
  }

  /** Watches what the session says is shared, or nothing. */
  #follow() {
    const running = this.#running;
    const share = running && this.isConnected ? `${this.session.id} ${running.by} ${running.since}` : '';
    if (share === this.#watched) {
      return;
    }
    const before = this.#watched;
    this.#leave();
    this.#watched = share;
    if (share) {
      this.#watch();
    } else {
      this.view = before && this.session?.state !== 'ENDED' ? 'stopped' : 'none';
    }
  }

  #watch() {
    if (!canWatch()) {
      this.view = 'unsupported';
      return;
    }
    this.stopping = false;
    this.view = 'connecting';
    const session = this.session.id;
    this.dataset.frames = '0';
    this.#viewer = new ScreenViewer(this.canvas, {
      open: (handlers) => openMedia({ session, channel: 'screen', role: 'viewer', ...handlers }),
      changed: () => this.#viewerChanged(),
      drawn: () => {
        this.dataset.frames = String(this.#viewer?.frames ?? 0);
      },
    });
  }

  #leave() {
    clearTimeout(this.#retry);
    const viewer = this.#viewer;
    this.#viewer = null;
    viewer?.close();
    this.quality = null;
    delete this.dataset.delay;
    delete this.dataset.size;
  }

  #viewerChanged() {
    const viewer = this.#viewer;
    if (!viewer) {
      return;
    }
    if (viewer.state === 'closed') {
      this.#leave();
      this.view = 'stopped';
      // The socket may know of the stop before the session's view does; if it was something else, come back.
      const share = this.#watched;
      this.#retry = setTimeout(() => {
        if (share && this.#watched === share && this.isConnected) {
          this.#watch();
        }
      }, RETRY_AFTER);
      return;
    }
    this.view = viewer.state;
    if (viewer.width) {
      this.dataset.size = `${viewer.width}x${viewer.height}`;
    }
    this.#measure();
    this.requestUpdate();
  }

  #measure() {
    const viewer = this.#viewer;
    if (!viewer) {
      return;
    }
    if (viewer.state === 'bad') {
      this.since = Math.floor((performance.now() - viewer.badSince) / 1000);
    }
    if (viewer.state === 'live') {
      this.quality = viewer.quality;
      if (this.quality.delay !== null) {
        this.dataset.delay = String(this.quality.delay);
      }
    }
  }

  #tellStatus() {
    const viewer = this.#viewer;
    const text = viewer?.width ? `1 - ${viewer.width}x${viewer.height}` : '';
    if (text !== this.#status) {
      this.#status = text;
      this.fire('tandem-status', { key: 'screen', text });
    }
  }

  async #stop() {
    this.stopping = true;
    try {
      await api.post(`/screen/${this.session.id}/stop`);
    } catch (error) {
      toast(problemText(error), { kind: 'error' });
    } finally {
      this.stopping = false;
    }
  }

  render() {
    switch (this.view) {
      case 'connecting':
      case 'live':
      case 'bad':
        return this.#picture();
      case 'stopped':
        return this.#empty(this.t('stopped.title'), this.t('none.how'));
      case 'unsupported':
        return this.#empty(this.t('watch.unsupported.title'), this.t('watch.unsupported.how'));
      case 'failed':
        return this.#empty(this.t('watch.failed.title'), this.t('watch.failed.how'));
      default:
        return this.#empty(this.t('none.title'), this.t('none.how'));
    }
  }

  #empty(title, how) {
    return html`<tandem-empty icon="screen" heading=${title} role="status">${how}</tandem-empty>`;
  }

  #picture() {
    return html`
      <div class="bar">
        <span class="whose">${this.t('picture.label', { name: this.#name })}</span>
        <span class="numbers">${this.#numbers()}</span>
        <button id="stop" class="small quiet danger" ?disabled=${this.stopping} @click=${() => this.#stop()}>
          ${icon('stop')} ${this.t('stop')}
        </button>
      </div>
      <div class="room ${this.view}">
        ${this.canvas}
        ${this.view === 'connecting' ? html`<div class="over late" role="status"><p>${this.t('connecting')}</p></div>` : nothing}
        ${this.view === 'bad' ? this.#badLine() : nothing}
      </div>
    `;
  }

  #badLine() {
    return html`
      <div class="over">
        <div class="card">
          <p role="status">${this.t('bad.title')}</p>
          <p class="clock">${minutes(this.since)}</p>
          <p>${this.t('bad.old')}</p>
        </div>
      </div>
    `;
  }

  #numbers() {
    const quality = this.quality;
    if (!quality || this.view !== 'live') {
      return nothing;
    }
    const number = new Intl.NumberFormat(language());
    const parts = [`${number.format(quality.fps)}/s`, `${number.format(quality.kbits)} kbit/s`];
    if (quality.delay !== null) {
      parts.unshift(`${number.format(quality.delay)} ms`);
    }
    return html`<span title=${this.t('quality.help')}>${parts.join(' · ')}</span>`;
  }
}

/** @param {number} seconds */
function minutes(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

define('tandem-screen', ScreenPanel, import.meta.url);
