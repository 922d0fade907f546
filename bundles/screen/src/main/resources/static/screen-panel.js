// The agent's panel: the customer's screen, here or in a window of its own.

import { api, define, html, icon, nothing, pageId, problemText, toast } from 'tandem/kit';
import { browserWorld } from './browser-world.js';
import { actualScale } from './geometry.js';
import { Popout, features } from './popout.js';
import { ScreenStage } from './stage.js';

const BAR = 41;
const USUAL = { width: 1280, height: 800 };

/**
 * The windows belong to the page: a desktop may take the panel away while the agent looks at another call.
 * @type {Map<string, Popout>}
 */
const popouts = new Map();

/** @param {string} session */
function popoutOf(session) {
  const popout = popouts.get(session) ?? new Popout(session, pageId(), browserWorld);
  popouts.set(session, popout);
  return popout;
}

class ScreenPanel extends ScreenStage {
  static properties = {
    stopping: { state: true },
    askable: { state: true },
  };

  /** @type {Popout | null} */
  #popout = null;
  /** @type {string | null} */
  #status = null;
  #monitors = 'unknown';
  #popoutChanged = () => {
    this.visibility();
    this.requestUpdate();
  };

  constructor() {
    super();
    this.stopping = false;
    /** Whether the browser could let us see the other monitors, and has not been asked. */
    this.askable = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#tie();
    this.#askable();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#untie();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('session')) {
      this.#tie();
    }
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    super.updated(changed);
    if (this.away) {
      this.dataset.window = 'open';
    } else {
      delete this.dataset.window;
    }
    const text = this.lineOf(this.watching.facts ?? this.#popout?.facts ?? null);
    if (text !== this.#status) {
      this.#status = text;
      this.fire('tandem-status', { key: 'screen', text });
    }
  }

  #tie() {
    const popout = this.session && this.isConnected ? popoutOf(this.session.id) : null;
    if (popout !== this.#popout) {
      this.#untie();
      this.#popout = popout;
      popout?.addEventListener('change', this.#popoutChanged);
      this.visibility();
    }
  }

  #untie() {
    const popout = this.#popout;
    this.#popout = null;
    popout?.removeEventListener('change', this.#popoutChanged);
    if (popout?.state === 'home') {
      popouts.delete(popout.session);
      popout.close();
    }
  }

  /** Whether the picture is in the window. */
  get away() {
    return this.#popout?.state === 'out';
  }

  get looking() {
    return super.looking && !this.away;
  }

  /** Opens the window, or brings it to the front. Called by a click in here, or by the tab's own button. */
  async popOut() {
    const popout = this.#popout;
    if (!popout) {
      return;
    }
    // Some browsers forget the click at the first wait: nothing is waited for without need.
    const monitor = this.#monitors === 'granted' ? await otherMonitor() : thisMonitor();
    const { facts } = this.watching;
    const scale = actualScale(devicePixelRatio);
    const size = facts ? { width: facts.width * scale, height: facts.height * scale } : USUAL;
    popout.out(() =>
      window.open(`/screen/${popout.session}`, `tandem-screen-${popout.session}`, features(size, BAR, monitor)));
  }

  async #askable() {
    this.#monitors = await seesMonitors();
    this.askable = /** @type {any} */ (screen).isExtended === true && this.#monitors === 'prompt';
  }

  async #ask() {
    try {
      await /** @type {any} */ (window).getScreenDetails();
    } catch {
      // Not allowed; the window opens on this monitor then, as before.
    }
    await this.#askable();
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

  content() {
    return this.away ? this.#elsewhere() : super.content();
  }

  #elsewhere() {
    const popout = this.#popout;
    return this.empty(
      this.t('window.title'),
      html`${this.t('window.how')}
        <div class="buttons">
          <button id="bring-back" class="primary" @click=${() => popout?.back()}>${icon('back')}${this.t('window.back')}</button>
          ${popout?.reachable
            ? html`<button id="show-window" @click=${() => popout.focus()}>${icon('window')}${this.t('window.show')}</button>`
            : nothing}
          ${this.askable ? html`<button class="quiet" @click=${() => this.#ask()}>${this.t('window.ask')}</button>` : nothing}
        </div>`,
      'window',
    );
  }

  notices() {
    return this.#popout?.state === 'blocked'
      ? html`<div class="notice" role="alert">
          ${icon('warning')}<span>${this.t('window.blocked')}</span>
          <button class="quiet small icon" aria-label=${this.t('close')} @click=${() => this.#popout?.forgive()}>${icon('close')}</button>
        </div>`
      : nothing;
  }

  tools() {
    return html`<button id="pop-out" class="quiet small" title=${this.t('window.out.help')} aria-label=${this.t('window.out')} @click=${() => this.popOut()}>
        ${icon('window')}<span class="fold">${this.t('window.out')}</span>
      </button>
      ${this.watching.running ? this.#stopButton() : nothing}`;
  }

  #stopButton() {
    return html`<button id="stop" class="quiet small danger" title=${this.t('stop')} aria-label=${this.t('stop')} ?disabled=${this.stopping} @click=${() => this.#stop()}>
        ${icon('stop')}<span class="fold">${this.t('stop')}</span>
      </button>`;
  }
}

/** @returns {Promise<'granted' | 'denied' | 'prompt' | 'unknown'>} whether the browser lets us see the other monitors */
async function seesMonitors() {
  if (!('getScreenDetails' in window)) {
    return 'unknown';
  }
  try {
    return (await navigator.permissions.query({ name: /** @type {any} */ ('window-management') })).state;
  } catch {
    return 'unknown';
  }
}

/** @returns {Promise<any>} another monitor than this one */
async function otherMonitor() {
  try {
    const { screens, currentScreen } = await /** @type {any} */ (window).getScreenDetails();
    return screens.find((/** @type {any} */ one) => one !== currentScreen) ?? currentScreen;
  } catch {
    return thisMonitor();
  }
}

function thisMonitor() {
  const { availLeft = 0, availTop = 0, availWidth, availHeight } = /** @type {any} */ (screen);
  return { availLeft, availTop, availWidth, availHeight };
}

define('tandem-screen', ScreenPanel, import.meta.url);
