/** The main area while a session is shown that belongs to no call or chat of the agent: its remote-support tab and nothing of an interaction. */

import { TandemElement, css, html, icon, language, messages, nothing, repeat } from 'tandem/kit';
import './tab-host.js';

/** @typedef {import('./store.js').Assisted} Assisted */
/** @typedef {import('./tab-host.js').Tab} Tab */

/**
 * Properties: `sessions` (all that the agent assists in), `selected` (id), `tab` (undefined while it is not installed). Fires
 * `platform-left` with the id of one that the agent is done with, `platform-titled` {id, name} and `platform-badged` {id, text}.
 */
export class PlatformAssisted extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { sessions: { attribute: false }, selected: {}, tab: { attribute: false } };
  static styles = css`
    :host {
      display: grid;
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
      block-size: 100%;
      min-block-size: 0;
    }
    .head {
      display: flex;
      align-items: center;
      gap: 12px;
      min-block-size: 56px;
      padding: 6px 20px;
      border-block-end: 1px solid var(--tandem-line);
      background: var(--tandem-surface);
    }
    .mark {
      display: grid;
      place-content: center;
      flex: none;
      inline-size: 36px;
      block-size: 36px;
      border-radius: 50%;
      background: var(--tandem-accent-soft);
      color: var(--tandem-accent-text);
    }
    .words {
      min-inline-size: 0;
    }
    h1 {
      font-size: var(--lumo-font-size-l);
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    p {
      font-size: var(--lumo-font-size-s);
      color: var(--tandem-muted);
    }
    .panels {
      min-block-size: 0;
    }
    .panel {
      block-size: 100%;
    }
  `;

  constructor() {
    super();
    /** @type {Assisted[]} */
    this.sessions = [];
    this.selected = '';
    /** @type {Tab | undefined} */
    this.tab = undefined;
  }

  render() {
    const now = this.sessions.find((s) => s.id === this.selected);
    const name = this.tab?.titles[language()] ?? this.tab?.titles.en ?? this.t('tab.unnamed');
    return html`${now ? this.head(now) : nothing}
      <div class="panels">
        ${repeat(
          this.sessions,
          (s) => s.id,
          (s) => html`<div class="panel" ?hidden=${s.id !== now?.id}>
            <platform-tab-host
              .tab=${this.tab}
              .session=${s.id}
              name=${name}
              @tandem-close=${(/** @type {Event} */ event) => this.pass(event, 'platform-left', s.id)}
              @tandem-title=${(/** @type {CustomEvent} */ event) =>
                this.pass(event, 'platform-titled', { id: s.id, name: String(event.detail?.text ?? '') })}
              @tandem-badge=${(/** @type {CustomEvent} */ event) =>
                this.pass(event, 'platform-badged', { id: s.id, text: String(event.detail?.text ?? '') })}
            ></platform-tab-host>
          </div>`,
        )}
      </div>`;
  }

  /**
   * @param {Event} event
   * @param {string} name
   * @param {unknown} detail
   */
  pass(event, name, detail) {
    event.stopPropagation();
    this.fire(name, detail);
  }

  /** @param {Assisted} now */
  head(now) {
    const title = now.name || this.t('assisted.number', { number: now.number });
    return html`<div class="head">
      <span class="mark">${icon(now.own ? 'user' : 'users')}</span>
      <div class="words">
        <h1 title=${title}><bdi>${title}</bdi></h1>
        <p>${now.own ? this.t('taken') : now.with ? this.t('assisted.with', { name: now.with }) : this.t('assisted')}</p>
      </div>
    </div>`;
  }
}
customElements.define('platform-assisted', PlatformAssisted);
