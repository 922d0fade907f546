/** What views with several pages have in common: the list of the pages beside, the page, each with an address of its own. */

import { TandemElement, css, html, icon, language } from 'tandem/kit';
import '../desktop/tab-host.js';

/** @typedef {import('../desktop/tab-host.js').Tab} Tab */
/** @typedef {import('../desktop/store.js').Agent} Agent */
/** @typedef {{id: string, text: string, icon: string, content: () => unknown}} Page */

/**
 * Properties: `section`, id of the page (its first for one that is not there); `agent`; `tabs`, the pages that others bring.
 */
export class PlatformPages extends TandemElement {
  static properties = {
    section: {},
    agent: { attribute: false },
    tabs: { attribute: false },
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
      padding: 0 8px 8px;
      font-size: var(--lumo-font-size-l);
    }
    nav a {
      display: flex;
      align-items: center;
      gap: 8px;
      min-block-size: 2.25rem;
      padding: 4px 8px;
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
      padding: 20px 32px 0;
      outline: none;
      scrollbar-gutter: stable;
    }
    /* No padding: what sticks to the bottom of the view would stand above it. */
    main::after {
      content: '';
      display: block;
      block-size: 48px;
    }
    main > * {
      max-inline-size: 68rem;
    }
    /* The view scrolls, at its edge, and not the page within it. */
    main > platform-tab-host {
      block-size: auto;
      overflow: visible;
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
        padding: 16px 12px 0;
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
    this.section = '';
    /** @type {Agent | undefined} */
    this.agent = undefined;
    /** @type {Tab[]} */
    this.tabs = [];
  }

  /** First part of the addresses. */
  get view() {
    return '';
  }

  get heading() {
    return '';
  }

  /** @returns {Page[]} */
  get pages() {
    return [];
  }

  /** @returns {Page[]} */
  get brought() {
    return this.tabs.map((tab) => {
      const text = tab.titles[language()] ?? tab.titles.en;
      return {
        id: tab.id,
        text,
        icon: 'panel',
        content: () => html`<platform-tab-host .tab=${tab} .agent=${this.agent} name=${text}></platform-tab-host>`,
      };
    });
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
    const pages = [...this.pages, ...this.brought];
    const now = pages.find((page) => page.id === this.section) ?? pages[0];
    return html`
      <nav aria-label=${this.heading}>
        <h1>${this.heading}</h1>
        ${pages.map(
          (page) => html`<a href="#${this.view}/${page.id}" aria-current=${page === now ? 'page' : 'false'}>
            ${icon(page.icon)}<span>${page.text}</span>
          </a>`,
        )}
      </nav>
      <main tabindex="-1" aria-label=${now?.text ?? this.heading}>${now?.content()}</main>
    `;
  }
}
