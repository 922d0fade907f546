/** The page of an outside expert: the shared screen, and nothing to press. */

import { TandemElement, css, define, html, icon, language, messages, nothing, repeat, staticHtml, unsafeStatic } from 'tandem/kit';
import { PANEL_HOST } from '../parts/panel-host.js';
import { panelList, panelTitle } from '../parts/panels.js';
import { meOf } from '../parts/views.js';
import { ViewSession, rememberedToken, tokenIn } from './view-session.js';

/** @typedef {import('../parts/panels.js').PanelInfo} PanelInfo */
/** @typedef {import('../parts/views.js').SessionView} SessionView */

const host = unsafeStatic(PANEL_HOST);
const ICON = new URL('../customer/icon.svg', import.meta.url).href;

const favicon = document.createElement('link');
favicon.rel = 'icon';
favicon.href = ICON;
document.head.append(favicon);

class ViewPage extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { panels: { state: true }, known: { state: true } };
  static styles = css`
    :host {
      display: flex;
      flex-direction: column;
      block-size: 100dvh;
      background: var(--tandem-surface-2);
    }
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 16px;
      padding: 8px 16px;
      background: var(--tandem-surface);
      border-block-end: 1px solid var(--tandem-line);
    }
    .brand {
      display: inline-flex;
      align-items: center;
      gap: 8px;
      font-weight: 700;
    }
    h1 {
      flex: 1 1 12rem;
      min-inline-size: 0;
      font-size: var(--lumo-font-size-m);
    }
    @media (width < 30rem) {
      h1 {
        order: 1;
        flex-basis: 100%;
      }
      tandem-language-menu {
        margin-inline-start: auto;
      }
    }
    main {
      flex: 1;
      min-block-size: 0;
      display: flex;
      flex-direction: column;
    }
    main:focus {
      outline: none;
    }
    main > * {
      flex: 1;
      min-block-size: 0;
    }
    main > .bars {
      flex: none;
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      background: var(--tandem-surface);
    }
    .note {
      flex: none;
      display: flex;
      align-items: center;
      justify-content: center;
      gap: 8px;
      padding: 6px 16px;
      background: var(--tandem-warn-soft);
      color: var(--tandem-warn);
    }
    footer {
      padding: 6px 16px;
      text-align: center;
      color: var(--tandem-muted);
      font-size: var(--lumo-font-size-s);
      text-wrap: pretty;
    }
  `;

  constructor() {
    super();
    const token = tokenIn(location.pathname);
    if (token) {
      // Whoever looks over a shoulder, or into the history, does not get the link.
      history.replaceState(null, '', '/v');
    }
    this.session = new ViewSession(token || rememberedToken());
    /** @type {readonly PanelInfo[]} */
    this.panels = [];
    this.known = false;
    /** @type {(() => void) | undefined} */
    this.stopWatching = undefined;
    this.shown = '';
    this.session.addEventListener('change', () => this.changed());
    this.session.open();
  }

  changed() {
    if (this.session.step === 'in') {
      this.stopWatching ??= panelList.watch(() => {
        this.panels = panelList.panels;
        this.known = panelList.known;
      });
    } else {
      this.stopWatching?.();
      this.stopWatching = undefined;
    }
    this.requestUpdate();
  }

  updated() {
    document.title = this.t('page.view');
    if (this.shown && this.shown !== this.session.step) {
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('main'))?.focus();
    }
    this.shown = this.session.step;
  }

  render() {
    const { step, view } = this.session;
    const agent = view?.participants.find((p) => p.id === view.controller)?.name ?? '';
    return html`<tandem-connection></tandem-connection>
      <header>
        <span class="brand"><img src=${ICON} width="22" height="22" alt="" />Tandem</span>
        <h1>${step === 'in' ? (agent ? this.t('view.with', { name: agent }) : this.t('view.alone')) : this.t('page.view')}</h1>
        <tandem-language-menu></tandem-language-menu>
      </header>
      <main tabindex="-1" data-step=${step}>${this.content(step, view)}</main>
      ${step === 'in' ? html`<footer>${this.t('view.only')}</footer>` : nothing}`;
  }

  /**
   * @param {import('./view-session.js').Step} step
   * @param {SessionView | undefined} view
   */
  content(step, view) {
    if (step === 'ended') {
      return html`<tandem-empty icon="check" heading=${this.t('view.ended')} role="status">${this.t('view.ended.text')}</tandem-empty>`;
    }
    if (step === 'revoked') {
      return html`<tandem-empty icon="lock" heading=${this.t('view.revoked')} role="status">${this.t('view.revoked.text')}</tandem-empty>`;
    }
    return view ? this.stage(view) : html`<tandem-skeleton lines="6"></tandem-skeleton>`;
  }

  /** @param {SessionView} view */
  stage(view) {
    const shared = view.activities.some((a) => a.name === 'screen');
    const stages = panelList.at('viewer-stage').slice(0, 1);
    if (this.known && stages.length === 0) {
      return html`<tandem-empty icon="screen-off" heading=${this.t('view.unavailable')}>${this.t('view.waiting.text')}</tandem-empty>`;
    }
    return html`${view.state === 'INTERRUPTED'
      ? html`<div class="note" role="status">${icon('offline')}<span>${this.t('view.interrupted')}</span></div>`
      : nothing}
    <div class="bars">${this.hosts(panelList.at('viewer-bar'), view)}</div>
    ${shared
      ? this.hosts(stages, view)
      : html`<tandem-empty icon="screen" heading=${this.t('view.waiting')} role="status">${this.t('view.waiting.text')}</tandem-empty>`}`;
  }

  /**
   * @param {readonly PanelInfo[]} panels
   * @param {SessionView} view
   */
  hosts(panels, view) {
    return repeat(
      panels,
      (p) => p.id,
      (p) => staticHtml`<${host}
        .panel=${p}
        heading=${panelTitle(p, language())}
        .session=${view}
        .me=${meOf(view)}
        ?compact=${p.place === 'viewer-bar'}
        side="viewer"
      ></${host}>`,
    );
  }
}

document.body.append(document.createElement(define('tandem-view-page', ViewPage, import.meta.url)));
