/** The dialogs in which control is passed: to whom, and before the agent in control leaves. */

import { TandemElement, css, define, html, icon, messages, nothing, repeat } from 'tandem/kit';
import { initials, numbered } from '../parts/names.js';
import { assistantsOf } from '../parts/views.js';

/** @typedef {import('../parts/views.js').Participant} Participant */

/**
 * Properties: `session`, `shown` ('' | 'transfer' | 'leave', anything else: neither), `busy`. Choosing a name fires `tab-command` with `control:ID`, or
 * `hand-over:ID` in the dialog before leaving, whose other way out is `end`. Fires `transfer-close` when it is put away.
 */
class Transfer extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false }, shown: {}, busy: { type: Boolean } };
  static styles = css`
    :host {
      display: contents;
    }
    ul {
      list-style: none;
      margin: 12px 0 0;
      padding: 0;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 4px;
      max-block-size: min(50dvh, 22rem);
      overflow: auto;
    }
    li button {
      inline-size: 100%;
      justify-content: flex-start;
      gap: 10px;
      min-block-size: 2.75rem;
      padding: 4px 10px;
      border-color: var(--tandem-line);
      background: transparent;
      color: var(--tandem-text);
      outline-offset: -2px;
    }
    .face {
      inline-size: 2rem;
      block-size: 2rem;
      display: grid;
      place-items: center;
      flex: none;
      border-radius: 50%;
      background: var(--tandem-accent-soft);
      color: var(--tandem-accent-text);
      font-size: var(--lumo-font-size-xs);
      font-weight: 600;
    }
    .name {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .none {
      margin-block-start: 12px;
      padding: 12px;
      border-radius: 8px;
      background: var(--tandem-surface-2);
    }
    .none .row {
      margin-block-start: 6px;
    }
    b {
      font-size: var(--lumo-font-size-l);
    }
  `;

  constructor() {
    super();
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
    /** @type {'' | 'transfer' | 'leave' | 'session'} */
    this.shown = '';
    this.busy = false;
  }

  close() {
    this.fire('transfer-close');
  }

  end() {
    this.close();
    this.fire('tab-command', 'end');
  }

  render() {
    return html`${this.transfer()}${this.leave()}`;
  }

  transfer() {
    const shown = this.shown === 'transfer';
    return html`<tandem-dialog
      id="transfer-control"
      .open=${shown}
      heading=${shown ? this.t('control.transfer') : ''}
      @tandem-dismiss=${this.close}
    >
      ${shown
        ? html`<p>${this.t('control.transfer.text')}</p>
            ${this.people('control')}
            <button slot="footer" @click=${this.close}>${this.t('cancel')}</button>`
        : nothing}
    </tandem-dialog>`;
  }

  leave() {
    const shown = this.shown === 'leave';
    return html`<tandem-dialog
      id="leave-control"
      .open=${shown}
      heading=${shown ? this.t('control.leave') : ''}
      @tandem-dismiss=${this.close}
    >
      ${shown
        ? html`<p>${this.t('control.leave.text')}</p>
            ${this.people('hand-over')}
            <button slot="footer" @click=${this.close}>${this.t('cancel')}</button>
            <button slot="footer" class="danger" ?disabled=${this.busy} @click=${this.end}>${icon('end')}${this.t('end')}</button>`
        : nothing}
    </tandem-dialog>`;
  }

  /** @param {string} command */
  people(command) {
    const all = assistantsOf(this.session);
    return all.length
      ? html`<ul aria-label=${this.t('control.assistants')}>
          ${repeat(
            all,
            (p) => p.id,
            (p) => html`<li>
              <button
                data-participant=${p.id}
                title=${p.name}
                ?disabled=${this.busy}
                @click=${() => {
                  this.close();
                  this.fire('tab-command', `${command}:${p.id}`);
                }}
              >
                <span class="face" aria-hidden="true">${initials(p.name)}</span>
                <span class="name"
                  >${command === 'control' ? html`<bdi>${p.name}</bdi>` : this.t('control.leave.to', { name: p.name })}</span
                >
              </button>
            </li>`,
          )}
        </ul>`
      : html`<div class="none">
          <p>${this.t('control.nobody')}</p>
          <p class="muted">${this.t('control.nobody.hint')}</p>
          <p class="row">
            <b class="number">${numbered(this.session?.number ?? '')}</b>
            <tandem-copy value=${this.session?.number ?? ''} label=${this.t('number')}></tandem-copy>
          </p>
        </div>`;
  }
}

/** The element's name. */
export const TRANSFER = define('tandem-transfer-control', Transfer, import.meta.url);
