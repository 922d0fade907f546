// The shared screen in a window of its own, `/screen/SESSION`: a part of the agent's tab that can go to another monitor.

import { becomePartOf, css, define, html, icon, live, nothing, setLanguage } from 'tandem/kit';
import { browserWorld } from './browser-world.js';
import { Tether, closesWindow } from './popout.js';
import { ScreenStage } from './stage.js';
import { stageStyles } from './stage-styles.js';

const CLOSE_AFTER = 3_000;

class ScreenWindow extends ScreenStage {
  static properties = {
    ended: { state: true },
    full: { state: true },
  };

  static styles = [
    stageStyles,
    css`
      :host {
        --lumo-size-m: 2rem;
        --lumo-size-s: 1.75rem;
        --lumo-font-size-l: 1rem;
        --lumo-font-size-m: 0.875rem;
        --lumo-font-size-s: 0.8125rem;
        --lumo-font-size-xs: 0.75rem;
        position: fixed;
        inset: 0;
        background: var(--tandem-surface-2);
      }
    `,
  ];

  #granted = '';
  #id = location.pathname.split('/').at(-1) ?? '';
  #tether;
  /** @type {(() => void) | undefined} */
  #unsubscribe;

  constructor() {
    super();
    /** @type {'' | 'ended' | 'left' | 'gone'} why there is no session here any more */
    this.ended = '';
    this.full = false;
    this.#tether = new Tether(this.#id, performance.timeOrigin, browserWorld);
    this.#tether.addEventListener('change', () => this.#tied());
    window.addEventListener('pagehide', () => this.#tether.leaving());
    window.addEventListener('storage', (event) => {
      if (event.key === 'tandem.language' && event.newValue) {
        setLanguage(/** @type {any} */ (event.newValue));
      }
    });
    document.addEventListener('fullscreenchange', () => (this.full = document.fullscreenElement !== null));
  }

  #tied() {
    const { state, page } = this.#tether;
    if (state === 'tied' && !this.#unsubscribe && !this.ended) {
      becomePartOf(page);
      this.#follow();
    } else if (state === 'over' || state === 'alone') {
      this.#leave();
      window.close();
    }
    this.requestUpdate();
  }

  #follow() {
    this.#unsubscribe = live.subscribe(`session/${this.#id}`, {
      message: (message) => this.#take(message.body),
      gone: () => this.#end('gone'),
    });
  }

  /** @param {any} view */
  #take(view) {
    this.session = view;
    this.#granted = closesWindow(this.#granted, view, () => this.#tether.back());
    this.me = view.participants.find((/** @type {any} */ p) => p.id === view.me);
    if (view.state === 'ENDED') {
      this.#end('ended');
    } else if (this.me && this.me.state !== 'JOINED' && this.me.state !== 'DISCONNECTED') {
      this.#end('left');
    }
  }

  /** @param {'ended' | 'left' | 'gone'} why */
  #end(why) {
    this.#leave();
    this.ended = why;
    setTimeout(() => this.#tether.back(), CLOSE_AFTER);
  }

  #leave() {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.watching.follow(undefined);
  }

  get followed() {
    return this.ended ? undefined : super.followed;
  }

  get kept() {
    return `tandem.screen.view.window.${this.me?.name ?? ''}`;
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    super.updated(changed);
    const { name, facts } = this.watching;
    document.title = name ? this.t('picture.label', { name }) : this.t('page.screen');
    this.#tether.tell(facts);
  }

  async #toggleFull() {
    if (document.fullscreenElement) {
      await document.exitFullscreen();
    } else {
      await document.documentElement.requestFullscreen().catch(() => {});
    }
  }

  content() {
    const ended = {
      ended: () => this.t('window.ended'),
      left: () => this.t('window.left'),
      gone: () => this.t('window.gone'),
      '': () => '',
    }[this.ended]();
    if (ended) {
      return this.empty(ended, this.t('window.closes'), 'end');
    }
    if (this.#tether.state === 'alone' || this.#tether.state === 'over') {
      return this.empty(this.t('window.alone'), this.t('window.alone.how'), 'window');
    }
    if (!this.session) {
      return html`<tandem-skeleton lines="6"></tandem-skeleton>`;
    }
    return html`<tandem-connection></tandem-connection>${super.content()}`;
  }

  beside() {
    const line = this.screenLine;
    return line ? html`<small>${line}</small>` : nothing;
  }

  notices() {
    return this.session?.state === 'INTERRUPTED'
      ? html`<div class="notice" role="status">${icon('offline')}<span>${this.t('window.interrupted')}</span></div>`
      : nothing;
  }

  tools() {
    const full = this.full ? this.t('window.small') : this.t('window.full');
    return html`<span class="rule"></span>
      <button id="full" class="quiet small" aria-pressed=${this.full ? 'true' : 'false'} title=${full} aria-label=${full} @click=${() => this.#toggleFull()}>
        ${icon('full')}<span class="fold">${full}</span>
      </button>
      <button id="come-back" class="quiet small" title=${this.t('window.come-back.help')} aria-label=${this.t('window.come-back')} @click=${() => this.#tether.back()}>
        ${icon('back')}<span class="fold">${this.t('window.come-back')}</span>
      </button>`;
  }
}

document.body.append(document.createElement(define('tandem-screen-window', ScreenWindow, import.meta.url)));
