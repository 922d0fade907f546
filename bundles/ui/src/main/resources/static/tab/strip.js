/** The tabs of an agent who has several sessions at once: one per session, by the customer's name. */

import { TandemElement, classMap, css, define, html, icon, messages, nothing, repeat } from 'tandem/kit';
import { numbered } from '../parts/names.js';
import { personOf, presentOf } from '../parts/views.js';
import { ownSessions } from './own-sessions.js';

/** @typedef {import('../parts/views.js').SessionView} SessionView */

/**
 * Property `session`: the id of the one that is shown here. It takes no room while there is only that one. Fires
 * `tandem-go` {session, interaction} for another one that the agent selects.
 */
class Strip extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: {} };
  static styles = css`
    :host {
      display: block;
      flex: none;
    }
    .strip {
      display: flex;
      gap: 2px;
      padding: 4px 8px 0;
      overflow-x: auto;
      scrollbar-width: thin;
      background: var(--tandem-surface-2);
      border-block-end: 1px solid var(--tandem-line);
    }
    button {
      flex: 0 1 15rem;
      min-inline-size: 7rem;
      justify-content: flex-start;
      border: 1px solid transparent;
      border-block-end: 0;
      border-radius: 6px 6px 0 0;
      background: transparent;
      color: var(--tandem-muted);
      outline-offset: -3px;
    }
    button[aria-selected='true'],
    button[aria-selected='true']:hover:not(:disabled, [aria-disabled='true']) {
      border-color: var(--tandem-line);
      background: var(--tandem-surface);
      color: var(--tandem-text);
      box-shadow: inset 0 2px var(--tandem-accent);
    }
    .name {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .dot {
      inline-size: 8px;
      block-size: 8px;
      border-radius: 50%;
      background: var(--tandem-line-strong);
      flex: none;
    }
    .dot.ACTIVE {
      background: var(--tandem-good);
    }
    .dot:is(.INTERRUPTED, .TRANSFERRING) {
      background: var(--tandem-warn);
    }
    .badge {
      margin-inline-start: auto;
    }
    svg.icon {
      inline-size: 1em;
      block-size: 1em;
    }
  `;

  constructor() {
    super();
    this.session = '';
    this.changed = () => this.requestUpdate();
    this.chosen = (/** @type {Event} */ event) => {
      if (/** @type {CustomEvent} */ (event).detail === this.session) {
        // Whoever shows this session's element needs a moment to do so.
        requestAnimationFrame(() => this.selected?.focus());
      }
    };
    /** @type {(() => void) | undefined} */
    this.stopWatching = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.stopWatching = ownSessions.watch(this.changed);
    ownSessions.addEventListener('chosen', this.chosen);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stopWatching?.();
    ownSessions.removeEventListener('chosen', this.chosen);
  }

  get selected() {
    return /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('[aria-selected=true]'));
  }

  /** @param {SessionView} view */
  choose(view) {
    if (view.id === this.session) {
      return;
    }
    this.fire('tandem-go', { session: view.id, interaction: view.interaction?.id ?? '' });
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    const all = /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll('[role=tab]')]);
    const at = all.indexOf(/** @type {HTMLElement} */ (/** @type {ShadowRoot} */ (this.renderRoot).activeElement));
    const way = getComputedStyle(this).direction === 'rtl' ? -1 : 1;
    const to = {
      ArrowRight: (at + way + all.length) % all.length,
      ArrowLeft: (at - way + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[to].focus();
    }
  }

  render() {
    const all = ownSessions.list;
    return all.some((view) => view.id !== this.session)
      ? html`<div class="strip" role="tablist" aria-label=${this.t('strip')} @keydown=${this.keyed}>
          ${repeat(
            all,
            (view) => view.id,
            (view) => this.tab(view),
          )}
        </div>`
      : nothing;
  }

  /** @param {SessionView} view */
  tab(view) {
    const here = view.id === this.session;
    const name = customerOf(view) || ownSessions.name(view.id) || this.t('strip.number', { number: numbered(view.number ?? '') });
    const assists = view.controller !== view.me;
    const state = {
      WAITING: this.t('view.WAITING'),
      ACTIVE: this.t('view.ACTIVE'),
      INTERRUPTED: this.t('view.INTERRUPTED'),
      TRANSFERRING: this.t('view.TRANSFERRING'),
      ENDED: this.t('ended.title'),
    }[view.state];
    const more = [state, ...(assists ? [this.t('role.assistant')] : [])].join(', ');
    const unread = here ? '' : ownSessions.badge(view.id);
    return html`<button
      role="tab"
      class=${classMap({ here })}
      data-session=${view.id}
      aria-selected=${here ? 'true' : 'false'}
      tabindex=${here ? 0 : -1}
      title="${name}: ${more}"
      @click=${() => this.choose(view)}
    >
      <span class="dot ${view.state}"></span>${assists ? icon('users') : nothing}<span class="name"><bdi>${name}</bdi></span
      ><span class="sr">, ${more}</span>
      ${unread
        ? html`<span class="badge"><span aria-hidden="true">${unread}</span><span class="sr">${this.t('strip.unread', { count: Number.parseInt(unread, 10) || 1 })}</span></span>`
        : nothing}
    </button>`;
  }
}

/**
 * @param {SessionView} view
 * @returns {string} the name of the customer who is helped, else of the first one there
 */
function customerOf(view) {
  return personOf(view, view.assisted)?.name || presentOf(view, 'CUSTOMER').find((p) => p.name)?.name || '';
}

/** The element's name. */
export const STRIP = define('tandem-session-strip', Strip, import.meta.url);
