// For whoever only looks: another customer, or an outside viewer. The picture of what somebody shares, and nothing to do with it.

import { css, define, html, icon, nothing } from 'tandem/kit';
import { ScreenStage } from './stage.js';
import { stageStyles } from './stage-styles.js';

class WatchPanel extends ScreenStage {
  static properties = {
    full: { state: true },
  };

  static styles = [
    stageStyles,
    css`
      :host {
        block-size: clamp(260px, 64vh, 900px);
        border: 1px solid var(--tandem-line);
        border-radius: 12px;
        overflow: hidden;
        background: var(--tandem-surface);
      }
      :host(:fullscreen) {
        block-size: 100%;
        border: 0;
        border-radius: 0;
      }
    `,
  ];

  #fullChanged = () => {
    this.full = document.fullscreenElement !== null && this.matches(':fullscreen');
  };

  constructor() {
    super();
    this.full = false;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('fullscreenchange', this.#fullChanged);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('fullscreenchange', this.#fullChanged);
  }

  get kept() {
    return 'tandem.screen.view.watch';
  }

  /** @param {string} state */
  instead(state) {
    return state === 'none' || state === 'stopped'
      ? this.empty(this.t(state === 'none' ? 'none.title' : 'stopped.title'), this.t('watch.none.how'))
      : super.instead(state);
  }

  async #toggleFull() {
    if (document.fullscreenElement) {
      await document.exitFullscreen();
    } else {
      await this.requestFullscreen().catch(() => {});
    }
  }

  tools() {
    if (!document.fullscreenEnabled || this.watching.state === 'none' || this.watching.state === 'stopped') {
      return nothing;
    }
    const full = this.full ? this.t('window.small') : this.t('window.full');
    return html`<button id="full" class="quiet small" aria-pressed=${this.full ? 'true' : 'false'} title=${full} aria-label=${full} @click=${() => this.#toggleFull()}>
      ${icon('full')}<span class="fold">${full}</span>
    </button>`;
  }
}

/** The element's name. */
export const WATCH = define('tandem-watch', WatchPanel, import.meta.url);
