/** The side panels of the agent's tab: tabs with badges beside the stage, with a width that is remembered. */

import { TandemElement, define, html, language, messages, nothing, repeat, staticHtml, unsafeStatic } from 'tandem/kit';
import { PANEL_HOST } from '../parts/panel-host.js';
import { panelTitle } from '../parts/panels.js';
import { INVITE } from './invite.js';
import { PARTICIPANTS } from './participants.js';
import { SESSION_PANEL } from './session-panel.js';
import { density, tabStyles } from './styles.js';

/** @typedef {import('../parts/panels.js').PanelInfo} PanelInfo */

const WIDTH = 'tandem.side.width';
const NARROWEST = 240;
const WIDEST = 640;
/** Pixels: room for five tabs in a row in most languages. */
export const USUAL = 400;
const STEP = 24;
const host = unsafeStatic(PANEL_HOST);
const participants = unsafeStatic(PARTICIPANTS);
const invite = unsafeStatic(INVITE);
const sessionPanel = unsafeStatic(SESSION_PANEL);

/**
 * Attention is a panel's wish to be shown; the invitation is there while it is wanted, and a panel of the place `side-later` while it has
 * something to show.
 */
class Side extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    panels: { attribute: false },
    session: { attribute: false },
    me: { attribute: false },
    controls: { type: Boolean },
    busy: { type: Boolean },
    inviting: { type: Boolean },
    sendable: { type: Boolean },
    selected: { state: true },
    badges: { state: true },
    able: { state: true },
  };
  static styles = [density, tabStyles];

  constructor() {
    super();
    /** @type {PanelInfo[]} */
    this.panels = [];
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
    /** @type {import('../parts/views.js').Participant | undefined} */
    this.me = undefined;
    this.controls = false;
    this.busy = false;
    this.inviting = false;
    this.sendable = false;
    this.selected = 'participants';
    /** @type {Record<string, string>} */
    this.badges = {};
    this.counted = 0;
    /** @type {Element | undefined} */
    this.tab = undefined;
    /** @type {readonly string[]} panels that have something to show */
    this.able = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.tab = /** @type {ShadowRoot} */ (this.getRootNode()).host;
    this.count();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.count();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('panels')) {
      const there = Object.entries(this.badges).filter(([id]) => this.panels.some((panel) => panel.id === id));
      this.badges = Object.fromEntries(there);
      this.count();
    }
    if (changed.has('inviting') && this.inviting) {
      this.selected = 'invite';
    }
    if (!this.ids.includes(this.selected)) {
      this.selected = this.ids[0];
    }
  }

  /** @param {string} id */
  select(id) {
    this.selected = id;
  }

  get ids() {
    const shown = this.panels.filter((p) => p.place === 'side' || this.able.includes(p.id));
    return [...(this.inviting ? ['invite'] : []), 'participants', 'session', ...shown.map((p) => p.id)];
  }

  /**
   * @param {string} id
   * @param {CustomEvent<boolean>} event
   */
  say(id, event) {
    event.stopPropagation();
    const others = this.able.filter((one) => one !== id);
    this.able = event.detail === true ? [...others, id] : others;
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    const ids = this.ids;
    const at = ids.indexOf(this.selected);
    const to = {
      ArrowRight: (at + 1) % ids.length,
      ArrowLeft: (at - 1 + ids.length) % ids.length,
      Home: 0,
      End: ids.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.selected = ids[to];
      this.updateComplete.then(() =>
        /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('[role=tab][aria-selected=true]'))?.focus(),
      );
    }
  }

  /** @param {CustomEvent} event */
  badged(event) {
    event.stopPropagation();
    this.badges = { ...this.badges, [event.detail.id]: event.detail.text ?? '' };
    this.count();
  }

  /** Tells the tab how many unread things there are; none, once the panels are gone or not shown any more. */
  count() {
    const shown = this.isConnected ? this.panels.map((panel) => this.badges[panel.id] ?? '') : [];
    const sum = shown.reduce((total, text) => total + (Number.parseInt(text, 10) || 0), 0);
    if (sum !== this.counted) {
      this.counted = sum;
      // The tab hears it also of one that is not in its tree any more.
      this.tab?.dispatchEvent(new CustomEvent('side-badge', { detail: { text: sum > 0 ? String(sum) : '' } }));
    }
  }

  render() {
    const count = (this.session?.participants ?? []).filter((p) => p.state === 'JOINED' || p.state === 'DISCONNECTED').length;
    const pages = [
      ...(this.inviting ? [{ id: 'invite', title: this.t('invite'), badge: '' }] : []),
      { id: 'participants', title: this.t('participants'), badge: '', count },
      { id: 'session', title: this.t('session'), badge: '' },
      ...this.panels.map((p) => ({ id: p.id, title: panelTitle(p, language()), badge: this.badges[p.id] ?? '' })),
    ];
    const ids = this.ids;
    const tabs = pages.filter((page) => ids.includes(page.id));
    return html`
      <div class="tabs" role="tablist" aria-label=${this.t('side.label')} @keydown=${this.keyed}>
        ${repeat(
          tabs,
          (tab) => tab.id,
          (tab) => html`<button
            role="tab"
            id=${`tab-${tab.id}`}
            aria-controls=${`page-${tab.id}`}
            aria-selected=${tab.id === this.selected ? 'true' : 'false'}
            tabindex=${tab.id === this.selected ? 0 : -1}
            @click=${() => this.select(tab.id)}
          >
            <span>${tab.title}</span>
            ${'count' in tab ? html`<span class="muted number">${tab.count}</span>` : nothing}
            ${tab.badge ? html`<span class="badge">${tab.badge}</span>` : nothing}
          </button>`,
        )}
      </div>
      ${repeat(
        pages,
        (tab) => tab.id,
        (tab) => html`<div
          class="page"
          role="tabpanel"
          tabindex=${tab.id === 'participants' || tab.id === 'session' ? '0' : nothing}
          id=${`page-${tab.id}`}
          aria-labelledby=${`tab-${tab.id}`}
          ?hidden=${tab.id !== this.selected}
        >
          ${this.content(tab.id, tab.title)}
        </div>`,
      )}
    `;
  }

  /**
   * @param {string} id
   * @param {string} title
   */
  content(id, title) {
    if (id === 'participants') {
      return staticHtml`<${participants}
        .session=${this.session}
        .controls=${this.controls}
        .busy=${this.busy}
      ></${participants}>`;
    }
    if (id === 'session') {
      return staticHtml`<${sessionPanel}
        .session=${this.session}
        .controls=${this.controls}
        .busy=${this.busy}
        .sendable=${this.sendable}
      ></${sessionPanel}>`;
    }
    if (id === 'invite') {
      return staticHtml`<${invite} .session=${this.session}></${invite}>`;
    }
    return staticHtml`<${host}
      .panel=${this.panels.find((p) => p.id === id)}
      heading=${title}
      .session=${this.session}
      .me=${this.me}
      .controls=${this.controls}
      side="agent"
      @panel-badge=${this.badged}
      @panel-attention=${() => this.select(id)}
      @tandem-available=${(/** @type {CustomEvent<boolean>} */ event) => this.say(id, event)}
    ></${host}>`;
  }
}

/** The element's name. */
export const SIDE = define('tandem-side', Side, import.meta.url);

/** The bar between stage and side panels: drag it, or use the arrow keys; a double click puts it back. */
class Splitter extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { width: { state: true } };

  constructor() {
    super();
    this.width = remembered();
    this.from = { x: 0, width: 0 };
    this.addEventListener('pointerdown', this.grab);
    this.addEventListener('keydown', this.key);
    this.addEventListener('dblclick', () => this.set(USUAL, true));
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.className = 'splitter';
    this.tabIndex = 0;
    this.setAttribute('role', 'separator');
    this.setAttribute('aria-orientation', 'vertical');
    this.fire('side-width', this.width);
  }

  updated() {
    this.setAttribute('aria-label', this.t('side.width'));
    this.setAttribute('aria-valuemin', String(NARROWEST));
    this.setAttribute('aria-valuemax', String(WIDEST));
    this.setAttribute('aria-valuenow', String(this.width));
  }

  /** @param {PointerEvent} event */
  grab(event) {
    this.setPointerCapture(event.pointerId);
    this.from = { x: event.clientX, width: this.width };
    const move = (/** @type {PointerEvent} */ e) => this.set(this.from.width + (this.from.x - e.clientX) * this.way, false);
    const done = () => {
      this.removeEventListener('pointermove', move);
      this.set(this.width, true);
    };
    this.addEventListener('pointermove', move);
    this.addEventListener('pointerup', done, { once: true });
    this.addEventListener('pointercancel', done, { once: true });
  }

  /** @returns {number} -1 where text runs from right to left */
  get way() {
    return getComputedStyle(this).direction === 'rtl' ? -1 : 1;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const to = {
      ArrowLeft: this.width + STEP * this.way,
      ArrowRight: this.width - STEP * this.way,
      Home: NARROWEST,
      End: WIDEST,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.set(to, true);
    }
  }

  /**
   * @param {number} width
   * @param {boolean} keep
   */
  set(width, keep) {
    this.width = Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
    this.fire('side-width', this.width);
    if (keep) {
      try {
        localStorage.setItem(WIDTH, String(this.width));
      } catch {
        // It lasts as long as the page, then.
      }
    }
  }

  render() {
    return nothing;
  }
}

/** @returns {number} */
function remembered() {
  try {
    const width = Number(localStorage.getItem(WIDTH));
    return width >= NARROWEST && width <= WIDEST ? width : USUAL;
  } catch {
    return USUAL;
  }
}

/** The element's name. */
export const SPLITTER = define('tandem-splitter', Splitter, import.meta.url);

