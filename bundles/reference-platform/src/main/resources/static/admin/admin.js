/** The Administration view of the desktop: settings of the site, sign-ins, features of the node, nodes. */

import { TandemElement, css, html, icon, live, messages } from 'tandem/kit';
import './features.js';
import './nodes.js';
import './settings.js';
import './sign-ins.js';

export const SECTIONS = /** @type {const} */ (['settings', 'sign-ins', 'features', 'nodes']);

/**
 * Properties: `section`, one of SECTIONS; `turn`, which changes with everything that changes at the site's desktops. Each
 * section has an address of its own: `#admin/SECTION`.
 */
class PlatformAdmin extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    section: {},
    turn: { type: Number },
    features: { state: true },
    slices: { state: true },
  };
  static styles = css`
    :host {
      display: grid;
      grid-template: minmax(0, 1fr) / 14rem minmax(0, 1fr);
      min-block-size: 0;
      background: var(--tandem-surface-2);
    }
    nav {
      display: grid;
      align-content: start;
      gap: 2px;
      padding: 16px 8px;
      border-inline-end: 1px solid var(--tandem-line);
      overflow: auto;
    }
    h1 {
      padding: 0 12px 8px;
      font-size: var(--lumo-font-size-l);
    }
    nav a {
      display: flex;
      align-items: center;
      gap: 10px;
      min-block-size: 2.25rem;
      padding: 4px 12px;
      border-radius: var(--tandem-radius);
      color: var(--tandem-text);
      text-decoration: none;
    }
    nav a:hover {
      background: var(--lumo-contrast-5pct);
    }
    nav a[aria-current='page'] {
      background: var(--tandem-accent-soft);
      color: var(--tandem-accent-text);
      font-weight: 600;
    }
    main {
      min-inline-size: 0;
      overflow: auto;
      padding: 20px 32px 48px;
      outline: none;
      scrollbar-gutter: stable;
    }
    main > * {
      max-inline-size: 68rem;
    }
    @media (max-width: 767px) {
      :host {
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
      }
      nav {
        display: flex;
        flex-wrap: wrap;
        padding: 8px;
        border-inline-end: 0;
        border-block-end: 1px solid var(--tandem-line);
      }
      h1 {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      nav a {
        flex: none;
        padding-inline: 8px;
        gap: 6px;
      }
      main {
        padding: 16px 12px 40px;
        scrollbar-gutter: auto;
      }
    }
    @media (max-width: 479px) {
      nav svg {
        display: none;
      }
    }
  `;

  constructor() {
    super();
    /** @type {typeof SECTIONS[number]} */
    this.section = 'settings';
    this.turn = 0;
    /** @type {import('./features.js').View | undefined} */
    this.features = undefined;
    /** How often slices came and went, by their names. */
    this.slices = 0;
    this.active = '';
    /** @type {(() => void) | undefined} */
    this.leave = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.leave = live.subscribe('features/all', { message: (message) => this.told(message.body) });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.leave?.();
    this.leave = undefined;
  }

  /** @param {import('./features.js').View} view */
  told(view) {
    this.features = view;
    const active = view.features
      .filter((f) => f.state === 'ACTIVE')
      .map((f) => f.name)
      .join(' ');
    if (active !== this.active) {
      this.active = active;
      this.slices++;
    }
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has('section') && changed.get('section') !== undefined) {
      // As after following a link to another page.
      const main = /** @type {HTMLElement} */ (this.renderRoot.querySelector('main'));
      main.scrollTop = 0;
      main.focus({ preventScroll: true });
    }
  }

  render() {
    const all = {
      settings: { text: this.t('admin.settings'), icon: 'tools' },
      'sign-ins': { text: this.t('admin.signIns'), icon: 'users' },
      features: { text: this.t('admin.features'), icon: 'panel' },
      nodes: { text: this.t('admin.nodes'), icon: 'heart' },
    };
    return html`
      <nav aria-label=${this.t('admin')}>
        <h1>${this.t('admin')}</h1>
        ${SECTIONS.map(
          (section) => html`<a href="#admin/${section}" aria-current=${section === this.section ? 'page' : 'false'}>
            ${icon(all[section].icon)}<span>${all[section].text}</span>
          </a>`,
        )}
      </nav>
      <main tabindex="-1" aria-label=${all[this.section].text}>${this.content()}</main>
    `;
  }

  content() {
    switch (this.section) {
      case 'sign-ins':
        return html`<platform-sign-ins .turn=${this.turn}></platform-sign-ins>`;
      case 'features':
        return html`<platform-features .view=${this.features}></platform-features>`;
      case 'nodes':
        return html`<platform-nodes></platform-nodes>`;
      default:
        return html`<platform-settings .turn=${this.slices}></platform-settings>`;
    }
  }
}
customElements.define('platform-admin', PlatformAdmin);
