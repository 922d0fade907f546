// The agent's panel: the screen that is shared, here or in a window of its own; the controller can share the own one.

import { api, define, html, icon, nothing, pageId, problemText, staticHtml, toast, unsafeStatic } from 'tandem/kit';
import { browserWorld } from './browser-world.js';
import { actualScale } from './geometry.js';
import { otherMonitor, seesMonitors, thisMonitor } from './monitors.js';
import { OWN_SHARE } from './own-share.js';
import { Popout, closesWindow, features } from './popout.js';
import { noticeText } from './share-words.js';
import { shareWorld } from './share-world.js';
import { Sharing } from './sharing.js';
import { ScreenStage } from './stage.js';

const ownShare = unsafeStatic(OWN_SHARE);
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

/**
 * So does the own share: it goes on while the agent looks at another call.
 * @type {Map<string, Sharing>}
 */
const shares = new Map();

/** @param {string} session */
function shareOf(session) {
  const sharing = shares.get(session) ?? new Sharing(shareWorld);
  shares.set(session, sharing);
  return sharing;
}

class ScreenPanel extends ScreenStage {
  static properties = {
    stopping: { state: true },
    askable: { state: true },
    replacing: { state: true },
    asking: { state: true },
  };

  /** @type {Popout | null} */
  #popout = null;
  /** @type {Sharing | null} */
  #sharing = null;
  /** Which grant the window has shown a share of: customer and epoch. */
  #granted = '';
  /** @type {string | null} */
  #status = null;
  #monitors = 'unknown';
  #popoutChanged = () => {
    this.visibility();
    this.requestUpdate();
  };
  #sharingChanged = () => this.requestUpdate();

  constructor() {
    super();
    this.stopping = false;
    /** Whether the browser could let us see the other monitors, and has not been asked. */
    this.askable = false;
    /** Whether it is asked if what somebody else shares is to end. */
    this.replacing = false;
    /** Whether the customer is just being asked to share. */
    this.asking = false;
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
      this.#sharing?.follow(this.session);
      this.#granted = closesWindow(this.#granted, this.session, () => this.away && this.#popout?.back());
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
    const text = this.#ownLine || this.lineOf(this.watching.facts ?? this.#popout?.facts ?? null);
    if (text !== this.#status) {
      this.#status = text;
      this.fire('tandem-status', { key: 'screen', text });
    }
  }

  /** What the connection's line says of the own share, which this agent does not watch. */
  get #ownLine() {
    const sharing = this.#sharing;
    if (!sharing?.on && !sharing?.mine) {
      return '';
    }
    const { width, height } = sharing.track?.getSettings() ?? {};
    return width ? `${this.t('own.line')} - ${width}x${height}` : this.t('own.line');
  }

  #tie() {
    const popout = this.session && this.isConnected ? popoutOf(this.session.id) : null;
    if (popout !== this.#popout) {
      this.#untie();
      this.#popout = popout;
      popout?.addEventListener('change', this.#popoutChanged);
      this.#sharing = this.session ? shareOf(this.session.id) : null;
      this.#sharing?.addEventListener('change', this.#sharingChanged);
      this.#sharing?.follow(this.session);
      this.visibility();
    }
  }

  #untie() {
    const popout = this.#popout;
    this.#popout = null;
    popout?.removeEventListener('change', this.#popoutChanged);
    const sharing = this.#sharing;
    this.#sharing = null;
    sharing?.removeEventListener('change', this.#sharingChanged);
    if (sharing && popout && !['choosing', 'starting', 'on'].includes(sharing.view)) {
      shares.delete(popout.session);
    }
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

  /** Whether this agent has control. */
  get #controls() {
    return Boolean(this.session && this.session.controller === this.session.me);
  }

  get #controller() {
    return this.#nameOf(this.session?.controller);
  }

  /** @param {string | null | undefined} id */
  #nameOf(id) {
    return this.session?.participants?.find((/** @type {any} */ p) => p.id === id)?.name ?? '';
  }

  content() {
    const sharing = this.#sharing;
    if (sharing?.on) {
      return staticHtml`<${ownShare} .sharing=${sharing} .session=${this.session}></${ownShare}>`;
    }
    if (sharing?.mine) {
      return this.empty(
        this.t('elsewhere.title'),
        html`${this.t('elsewhere.how')}
          <div class="buttons">
            <button id="stop" class="primary danger" ?disabled=${this.stopping} @click=${() => this.#stop()}>${icon('stop')}${this.t('stop')}</button>
          </div>`,
      );
    }
    return html`${this.away ? this.#elsewhere() : super.content()} ${this.#insteadDialog()}`;
  }

  /** @param {string} state */
  instead(state) {
    if (state !== 'none' && state !== 'stopped') {
      return super.instead(state);
    }
    const sharing = this.#sharing;
    const busy = sharing?.view === 'choosing';
    return this.empty(
      this.t(state === 'none' ? 'none.title' : 'stopped.title'),
      html`${busy ? this.t('ask.choosing') : this.t('none.how')}
        <div class="buttons">${this.#askButton()}</div>
        ${this.#answer()}`,
    );
  }

  /** The latest thing that the assisted customer was asked or has said about it. */
  get #consent() {
    const { consents = [], assisted } = this.session ?? {};
    return consents.findLast?.((/** @type {any} */ c) => c.capability === 'screen' && c.of === assisted);
  }

  #askButton() {
    const name = this.#nameOf(this.session?.assisted);
    if (!name) {
      return nothing;
    }
    const waiting = this.asking || this.#consent?.state === 'ASKED';
    const reason = this.#controls ? '' : this.t('control.only', { name: this.#controller });
    return html`<button id="ask-share" class="primary" title=${reason} ?disabled=${waiting || !this.#controls} @click=${() => this.#askToShare()}>
      ${icon('screen')}${this.t('request.share', { name })}
    </button>`;
  }

  /** What became of the question. */
  #answer() {
    const name = this.#nameOf(this.session?.assisted);
    const state = this.#consent?.state;
    const key = { ASKED: 'request.asked', DENIED: 'request.denied', EXPIRED: 'request.expired', GRANTED: 'request.granted' }[/** @type {string} */ (state)];
    return key && name ? html`<p id="answer">${this.t(key, { name })}</p>` : nothing;
  }

  async #askToShare() {
    this.asking = true;
    try {
      await api.post(`/sessions/${this.session.id}/consents`, { capability: 'screen' });
    } catch (error) {
      toast(problemText(error), { kind: 'error' });
    } finally {
      this.asking = false;
    }
  }

  /** Shares the own screen; first asks whether what somebody else shares is to end. */
  #shareOwn() {
    if (this.watching.running) {
      this.replacing = true;
    } else {
      this.#sharing?.share();
    }
  }

  #shareInstead() {
    this.replacing = false;
    this.#sharing?.share(true);
  }

  #insteadDialog() {
    const name = this.watching.name;
    return html`<tandem-dialog
      id="instead"
      .open=${this.replacing && Boolean(this.watching.running)}
      heading=${this.t('instead.title', { name })}
      @tandem-dismiss=${() => (this.replacing = false)}
    >
      <p>${this.t('instead.how')}</p>
      <button slot="footer" class="quiet" @click=${() => (this.replacing = false)}>${this.t('instead.no')}</button>
      <button slot="footer" id="share-instead" class="primary" @click=${() => this.#shareInstead()}>${this.t('instead.yes')}</button>
    </tandem-dialog>`;
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

  /** What became of the own share. */
  #shareNotice() {
    const sharing = this.#sharing;
    if (!sharing?.notice) {
      return nothing;
    }
    const text = noticeText((key) => this.t(key, { name: this.#controller }), sharing, 'control.only');
    return text
      ? html`<div class="notice" role="status">
          ${icon('info')}<span>${text}</span>
          <button class="quiet small icon" aria-label=${this.t('close')} @click=${() => sharing.forgive()}>${icon('close')}</button>
        </div>`
      : nothing;
  }

  notices() {
    return html`${this.#shareNotice()} ${this.#windowNotice()}`;
  }

  #windowNotice() {
    return this.#popout?.state === 'blocked'
      ? html`<div class="notice" role="alert">
          ${icon('warning')}<span>${this.t('window.blocked')}</span>
          <button class="quiet small icon" aria-label=${this.t('close')} @click=${() => this.#popout?.forgive()}>${icon('close')}</button>
        </div>`
      : nothing;
  }

  tools() {
    return html`${this.#shareButton()}
      <button id="pop-out" class="quiet small" title=${this.t('window.out.help')} aria-label=${this.t('window.out')} @click=${() => this.popOut()}>
        ${icon('window')}<span class="fold">${this.t('window.out')}</span>
      </button>
      ${this.watching.running ? this.#stopButton() : nothing}`;
  }

  #shareButton() {
    const sharing = this.#sharing;
    const reason = {
      insecure: this.t('insecure.title'),
      phone: this.t('phone.title'),
      unsupported: this.t('unsupported.title'),
    }[/** @type {string} */ (sharing?.view)] ?? (this.#controls ? '' : this.t('control.only', { name: this.#controller }));
    const full = this.t('own.share');
    return html`<button
      id="share-own"
      class="quiet small"
      title=${reason || full}
      aria-label=${full}
      ?disabled=${Boolean(reason) || sharing?.view !== 'ask'}
      @click=${() => this.#shareOwn()}
    >
      ${icon('screen')}<span class="fold">${this.t('own.share.short')}</span>
    </button>`;
  }

  #stopButton() {
    const reason = this.#controls ? this.t('stop') : this.t('control.only', { name: this.#controller });
    return html`<button id="stop" class="quiet small danger" title=${reason} aria-label=${this.t('stop')} ?disabled=${this.stopping || !this.#controls} @click=${() => this.#stop()}>
        ${icon('stop')}<span class="fold">${this.t('stop')}</span>
      </button>`;
  }
}

define('tandem-screen', ScreenPanel, import.meta.url);
