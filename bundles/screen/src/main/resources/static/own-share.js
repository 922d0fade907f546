// The controller's own share, in the place where otherwise the picture is: who sees it, what they see, and how it ends.

import { TandemElement, css, define, html, icon, language, messages, nothing } from 'tandem/kit';
import { onlookers, since } from './share-words.js';

class OwnShare extends TandemElement {
  static messages = messages(import.meta.url);

  static properties = {
    sharing: { attribute: false },
    session: { attribute: false },
    now: { state: true },
  };

  static styles = css`
    :host {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-block-size: 0;
      min-inline-size: 0;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
      padding: 8px var(--tandem-gap);
      border-bottom: 1px solid var(--tandem-bad);
      background: var(--tandem-surface);
      box-shadow: inset 0 2px 0 var(--tandem-bad);
    }
    .dot {
      flex: none;
      inline-size: 10px;
      block-size: 10px;
      border-radius: 50%;
      background: var(--tandem-bad);
    }
    .what {
      flex: 1;
      min-inline-size: 12em;
    }
    .what span {
      display: block;
      color: var(--tandem-muted);
      font-size: var(--lumo-font-size-s);
      overflow-wrap: anywhere;
    }
    figure {
      display: flex;
      flex: 1;
      flex-direction: column;
      gap: 8px;
      align-items: center;
      justify-content: center;
      min-block-size: 0;
      margin: 0;
      padding: 16px;
    }
    video {
      min-block-size: 0;
      max-block-size: min(100%, 360px);
      max-inline-size: min(100%, 640px);
      border: 1px solid var(--tandem-line);
      border-radius: var(--tandem-radius);
      background: #16181d;
    }
    figcaption {
      color: var(--tandem-muted);
      font-size: var(--lumo-font-size-s);
      text-align: center;
    }
    .notice {
      padding: 8px 12px;
      background: var(--tandem-warn-soft);
      font-size: var(--lumo-font-size-s);
    }
  `;

  #timer = 0;
  /** @type {MediaStreamTrack | null} */
  #shown = null;
  #changed = () => this.requestUpdate();
  #preview = Object.assign(document.createElement('video'), { muted: true, autoplay: true, playsInline: true });

  constructor() {
    super();
    /** @type {import('./sharing.js').Sharing | undefined} */
    this.sharing = undefined;
    /** @type {any} */
    this.session = undefined;
    this.now = Date.now();
    this.#preview.addEventListener('loadeddata', () => {
      // What shows this page shows itself in itself: one picture is enough.
      if (this.#whole) {
        this.#preview.pause();
      }
    });
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => (this.now = Date.now()), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.sharing?.removeEventListener('change', this.#changed);
    this.#preview.srcObject = null;
    this.#shown = null;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate?.(changed);
    if (changed.has('sharing')) {
      /** @type {any} */ (changed.get('sharing'))?.removeEventListener('change', this.#changed);
      this.sharing?.addEventListener('change', this.#changed);
    }
    const track = this.sharing?.track ?? null;
    if (track !== this.#shown) {
      this.#shown = track;
      this.#preview.srcObject = track && new MediaStream([track]);
    }
  }

  /** Whether it is a whole monitor, or may be one. */
  get #whole() {
    const surface = this.#shown?.getSettings().displaySurface;
    return surface !== 'window' && surface !== 'browser';
  }

  render() {
    const { sharing } = this;
    if (!sharing) {
      return nothing;
    }
    const names = new Intl.ListFormat(language(), { type: 'conjunction' }).format(onlookers(this.session));
    const unwatched = sharing.online && sharing.viewers === 0;
    return html`<div class="bar" role="region" aria-label=${this.t('own.title')}>
        <span class="dot" aria-hidden="true"></span>
        <div class="what">
          <b role="status">${this.t('own.title')}</b>
          <span>
            ${names} · ${this.t('on.since', { time: since(sharing.startedAt, this.now) })}
            ${unwatched ? this.t('on.unwatched') : nothing}
          </span>
        </div>
        <button id="stop-own" class="primary danger" @click=${() => sharing.stop()}>${icon('stop')}${this.t('stop')}</button>
      </div>
      <div role="status">${sharing.online ? nothing : html`<p class="notice">${this.t('on.offline')}</p>`}</div>
      <figure>
        ${this.#preview}
        <figcaption>${this.t(this.#whole ? 'own.preview.still' : 'own.preview')}</figcaption>
      </figure>`;
  }
}

/** The element's name. */
export const OWN_SHARE = define('tandem-own-share', OwnShare, import.meta.url);
