/** Who is in the session. */

import { TandemElement, css, define, html, icon, messages, nothing, repeat } from 'tandem/kit';
import { initials } from '../parts/names.js';
import { present } from '../parts/views.js';

/** @typedef {import('../parts/views.js').Participant} Participant */

/** Those present in order of arrival, agents before customers; who has gone stands below. */
class Participants extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false } };
  static styles = css`
    :host {
      display: block;
      padding: 8px 0;
    }
    ul {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    li {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      align-items: center;
      gap: 0 10px;
      padding: 6px 12px;
    }
    .face {
      inline-size: 2rem;
      block-size: 2rem;
      display: grid;
      place-items: center;
      border-radius: 50%;
      background: var(--tandem-surface-3);
      color: var(--tandem-text);
      font-size: var(--lumo-font-size-xs);
      font-weight: 600;
      grid-row: span 2;
    }
    .AGENT .face {
      background: var(--tandem-accent-soft);
      color: var(--tandem-accent-text);
    }
    .name {
      font-weight: 500;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .what {
      grid-column: 2;
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-muted);
    }
    .state {
      grid-row: 1 / span 2;
      grid-column: 3;
      display: inline-flex;
      align-items: center;
      gap: 4px;
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-muted);
    }
    .state.DISCONNECTED {
      color: var(--tandem-warn);
    }
    .gone {
      opacity: 0.6;
    }
  `;

  constructor() {
    super();
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
  }

  render() {
    const all = this.session?.participants ?? [];
    const here = all.filter(present);
    const order = [
      ...here.filter((p) => p.role === 'AGENT'),
      ...here.filter((p) => p.role === 'CUSTOMER'),
      // Who was dropped by a second device goes on under another entry.
      ...all.filter((p) => !present(p) && p.state !== 'REMOVED'),
    ];
    const customers = here.some((p) => p.role === 'CUSTOMER');
    return html`<ul aria-label=${this.t('participants')}>
        ${repeat(
          order,
          (p) => p.id,
          (p) => this.row(p),
        )}
      </ul>
      ${customers
        ? nothing
        : html`<tandem-empty icon="user" heading=${this.t('participants.none')}>${this.t('participants.none.hint')}</tandem-empty>`}`;
  }

  /** @param {Participant} p */
  row(p) {
    const role = p.role === 'AGENT' ? this.t('role.agent') : this.t('role.customer');
    const words = [
      role,
      ...(p.id === this.session?.me ? [this.t('participants.you')] : []),
      ...(p.id === this.session?.controller && present(p) ? [this.t('participants.controls')] : []),
    ];
    const state = {
      INVITED: this.t('state.invited'),
      JOINED: '',
      DISCONNECTED: this.t('state.lost'),
      LEFT: this.t('state.left'),
      REMOVED: '',
    }[p.state];
    return html`<li class="${p.role} ${present(p) ? '' : 'gone'}">
      <span class="face" aria-hidden="true">${initials(p.name)}</span>
      <span class="name" title=${p.name}><bdi>${p.name || role}</bdi></span>
      <span class="what">${words.join(' · ')}</span>
      ${state ? html`<span class="state ${p.state}">${p.state === 'DISCONNECTED' ? icon('offline') : nothing}${state}</span>` : nothing}
    </li>`;
  }
}

/** The element's name. */
export const PARTICIPANTS = define('tandem-participants', Participants, import.meta.url);
