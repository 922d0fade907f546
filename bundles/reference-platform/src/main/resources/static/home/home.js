/** The public page of a company that does not exist, so that customers come from somewhere. */

import { TandemElement, css, html, icon, messages } from 'tandem/kit';
import '../shared/favicon.js';
import { northwindMark } from '../shared/marks.js';

class PlatformHome extends TandemElement {
  static messages = messages(import.meta.url);
  static styles = css`
    :host {
      display: grid;
      grid-template-rows: auto minmax(0, 1fr) auto;
      min-block-size: 100dvh;
      font-size: 1rem;
    }
    header {
      background: var(--tandem-surface);
      border-block-end: 1px solid var(--tandem-line);
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 16px;
      max-inline-size: 64rem;
      margin-inline: auto;
      padding: 12px 24px;
    }
    .brand {
      display: flex;
      align-items: center;
      gap: 12px;
      margin-inline-end: auto;
      font-size: 1.125rem;
      font-weight: 650;
      letter-spacing: -0.01em;
      color: inherit;
      text-decoration: none;
    }
    nav {
      display: flex;
      gap: 4px;
    }
    nav a {
      padding: 6px 12px;
      border-radius: var(--tandem-radius);
      color: var(--tandem-text);
      font-weight: 500;
      text-decoration: none;
    }
    nav a:hover {
      background: var(--lumo-contrast-5pct);
    }
    nav a[aria-current] {
      background: var(--tandem-accent-soft);
      color: var(--tandem-accent-text);
    }
    main {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 24rem);
      align-items: center;
      gap: 48px;
      inline-size: min(64rem, 100%);
      margin-inline: auto;
      padding: 48px 24px;
    }
    h1 {
      font-size: clamp(2rem, 1.4rem + 2.4vw, 2.75rem);
      line-height: 1.12;
      letter-spacing: -0.025em;
    }
    .lead {
      margin-block-start: 16px;
      max-inline-size: 44ch;
      font-size: 1.125rem;
      color: var(--tandem-muted);
      text-wrap: pretty;
    }
    dl {
      display: grid;
      gap: 12px;
      margin: 32px 0 0;
    }
    dl > div {
      display: grid;
      grid-template-columns: 24px auto;
      column-gap: 12px;
      align-items: start;
    }
    dl svg {
      grid-row: span 2;
      margin-block-start: 2px;
      color: var(--tandem-accent-text);
    }
    dt {
      font-weight: 600;
    }
    dd {
      margin: 0;
      color: var(--tandem-muted);
    }
    .card {
      padding: 32px;
      border: 1px solid var(--tandem-line);
      border-radius: 16px;
      background: var(--tandem-surface);
      box-shadow: var(--tandem-shadow);
    }
    .digits {
      display: flex;
      gap: 8px;
      margin-block-end: 20px;
      font-size: 1.125rem;
      font-weight: 600;
      font-variant-numeric: tabular-nums;
      color: var(--tandem-accent-text);
    }
    .digits span {
      padding: 4px 10px;
      border-radius: 8px;
      background: var(--tandem-accent-soft);
      letter-spacing: 0.14em;
    }
    .card h2 {
      font-size: 1.25rem;
      letter-spacing: -0.01em;
    }
    .card p {
      margin-block: 8px 20px;
      color: var(--tandem-muted);
      text-wrap: pretty;
    }
    .card .button {
      inline-size: 100%;
    }
    footer {
      border-block-start: 1px solid var(--tandem-line);
      color: var(--tandem-muted);
      font-size: 0.875rem;
    }
    footer .bar {
      padding-block: 8px;
    }
    footer span {
      margin-inline-end: auto;
    }
    @media (max-width: 760px) {
      .bar {
        padding-inline: 16px;
      }
      main {
        grid-template-columns: minmax(0, 1fr);
        align-content: start;
        gap: 32px;
        padding: 32px 16px;
      }
      .card {
        padding: 24px;
      }
      nav {
        inline-size: calc(100% + 24px);
        margin-inline: -12px;
        flex-wrap: wrap;
      }
    }
    @media (max-width: 420px) {
      nav {
        gap: 0;
      }
      nav a {
        padding-inline: 8px;
        white-space: nowrap;
        font-size: 0.9375rem;
      }
    }
  `;

  connectedCallback() {
    super.connectedCallback();
    this.languageChanged();
  }

  async languageChanged() {
    await PlatformHome.messages.ready;
    document.title = this.t('page.home');
    this.requestUpdate();
  }

  render() {
    return html`
      <header>
        <div class="bar">
          <a class="brand" href="/">${northwindMark()}<span>Northwind Support</span></a>
          <nav aria-label=${this.t('home.navigation')}>
            <a href="/" aria-current="page">${this.t('home')}</a>
            <a href="/join">${this.t('join')}</a>
            <a href="/desktop">${this.t('home.agents')}</a>
          </nav>
        </div>
      </header>
      <main>
        <div>
          <h1>${this.t('home.title')}</h1>
          <p class="lead">${this.t('home.lead')}</p>
          <dl>
            <div>${icon('phone')}<dt>+44 20 7946 0100</dt><dd>${this.t('home.phone')}</dd></div>
            <div>${icon('clock')}<dt>${this.t('home.hours')}</dt><dd>${this.t('home.hours.text')}</dd></div>
          </dl>
        </div>
        <section class="card" aria-labelledby="pin">
          <div class="digits" aria-hidden="true"><span>•••</span><span>•••</span><span>•••</span></div>
          <h2 id="pin">${this.t('home.pin')}</h2>
          <p>${this.t('home.pin.text')}</p>
          <a class="button primary large" href="/join">${icon('link')}${this.t('join')}</a>
        </section>
      </main>
      <footer>
        <div class="bar">
          <span>${this.t('home.fiction')}</span>
          <tandem-language-menu></tandem-language-menu>
          <tandem-theme-menu></tandem-theme-menu>
        </div>
      </footer>
    `;
  }
}
customElements.define('platform-home', PlatformHome);
document.body.append(document.createElement('platform-home'));
