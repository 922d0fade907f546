/** Who is in the session. */

import { TandemElement, css, define, html, icon, messages, nothing, repeat } from 'tandem/kit';
import { initials } from '../parts/names.js';
import { present } from '../parts/views.js';

/** @typedef {import('../parts/views.js').Participant} Participant */
/** @typedef {import('../parts/views.js').Role} Role */

/**
 * Those present by what they are, in order of arrival; who has gone stands below. The agent in control selects the customer who is
 * helped by a click on the name, and takes people out. Fires `tab-command` with `help:ID` and `remove:ID`.
 */
class Participants extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false }, controls: { type: Boolean }, busy: { type: Boolean } };
  static styles = css`
    :host {
      display: block;
      padding: 8px 0;
    }
    h3 {
      display: flex;
      gap: 6px;
      padding: 8px 12px 2px;
      font-size: var(--lumo-font-size-xs);
      font-weight: 600;
      color: var(--tandem-muted);
    }
    ul {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    li {
      position: relative;
      display: flex;
      align-items: center;
      gap: 10px;
      padding: 6px 8px 6px 12px;
      min-block-size: 3.25rem;
    }
    li.assisted {
      background: var(--tandem-accent-soft);
      box-shadow: inset 3px 0 var(--tandem-accent);
    }
    li.assisted:dir(rtl) {
      box-shadow: inset -3px 0 var(--tandem-accent);
    }
    .face {
      inline-size: 2rem;
      block-size: 2rem;
      display: grid;
      place-items: center;
      flex: none;
      border-radius: 50%;
      background: var(--tandem-surface-3);
      color: var(--tandem-text);
      font-size: var(--lumo-font-size-xs);
      font-weight: 600;
    }
    .AGENT .face {
      background: var(--tandem-accent-soft);
      color: var(--tandem-accent-text);
    }
    .words {
      flex: 1;
      min-inline-size: 0;
      display: grid;
      justify-items: start;
    }
    .name {
      max-inline-size: 100%;
      font-weight: 500;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    button.name {
      display: block;
      min-block-size: 0;
      margin: -1px -6px;
      padding: 1px 6px;
      max-inline-size: calc(100% + 12px);
      line-height: inherit;
      color: var(--tandem-accent-text);
      text-align: start;
      /* What can be pressed is read in full. */
      white-space: normal;
      overflow: visible;
      overflow-wrap: anywhere;
    }
    /* The whole row is the name's, but for the button at its end. */
    button.name::after {
      content: '';
      position: absolute;
      inset: 0;
    }
    li:has(button.name:hover:not([aria-disabled='true'])) {
      background: var(--lumo-contrast-5pct);
    }
    .what {
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-muted);
    }
    .state {
      flex: none;
      display: inline-flex;
      align-items: center;
      gap: 4px;
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-muted);
    }
    .state.DISCONNECTED {
      color: var(--tandem-warn);
    }
    .remove {
      position: relative;
      z-index: 1;
      color: var(--tandem-muted);
    }
    .gone {
      opacity: 0.6;
    }
  `;

  constructor() {
    super();
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
    this.controls = false;
    this.busy = false;
  }

  render() {
    const all = this.session?.participants ?? [];
    const here = all.filter(present);
    const of = (/** @type {Role} */ role) => here.filter((p) => p.role === role);
    // Who was dropped by a second device goes on under another entry.
    const gone = all.filter((p) => !present(p) && p.state !== 'REMOVED');
    return html`${this.group(this.t('agents'), of('AGENT'))} ${this.group(this.t('customers'), of('CUSTOMER'))}
      ${of('CUSTOMER').length
        ? nothing
        : html`<tandem-empty icon="user" heading=${this.t('participants.none')}>${this.t('participants.none.hint')}</tandem-empty>`}
      ${this.group(this.t('viewers'), of('VIEWER'))} ${this.group(this.t('participants.gone'), gone)}`;
  }

  /**
   * @param {string} title
   * @param {Participant[]} people
   */
  group(title, people) {
    return people.length
      ? html`<h3>${title}<span class="number">${people.length}</span></h3>
          <ul aria-label=${title}>
            ${repeat(
              people,
              (p) => p.id,
              (p) => this.row(p),
            )}
          </ul>`
      : nothing;
  }

  /** @param {Participant} p */
  row(p) {
    const assisted = p.id === this.session?.assisted && present(p);
    const me = p.id === this.session?.me;
    const controls = p.id === this.session?.controller && present(p);
    const role = { AGENT: this.t('role.agent'), CUSTOMER: this.t('role.customer'), VIEWER: this.t('role.viewer') }[p.role];
    const words = [
      p.role === 'AGENT' && present(p) && !controls ? this.t('role.assistant') : role,
      ...(me ? [this.t('participants.you')] : []),
      ...(controls ? [this.t('participants.controls')] : []),
      ...(assisted ? [this.t('participants.helped')] : []),
    ];
    const state = {
      INVITED: this.t('state.invited'),
      JOINED: '',
      DISCONNECTED: this.t('state.lost'),
      LEFT: this.t('state.left'),
      REMOVED: '',
    }[p.state];
    return html`<li
      class="${p.role} ${present(p) ? '' : 'gone'} ${assisted ? 'assisted' : ''}"
      data-participant=${p.id}
      data-role=${p.role}
    >
      <span class="face" aria-hidden="true">${initials(p.name)}</span>
      <span class="words">${this.name(p, role, assisted)}<span class="what">${words.join(' · ')}</span></span>
      ${state ? html`<span class="state ${p.state}">${p.state === 'DISCONNECTED' ? icon('offline') : nothing}${state}</span>` : nothing}
      ${this.controls && !me && !controls && present(p)
        ? html`<button
            class="quiet small icon remove"
            aria-label=${this.t('remove.of', { name: p.name || role })}
            title=${this.t('remove')}
            ?disabled=${this.busy}
            @click=${() => this.fire('tab-command', `remove:${p.id}`)}
          >
            ${icon('close')}
          </button>`
        : nothing}
    </li>`;
  }

  /**
   * The name, which of customers is a button while there are several.
   *
   * @param {Participant} p
   * @param {string} role
   * @param {boolean} assisted
   */
  name(p, role, assisted) {
    const text = html`<bdi>${p.name || role}</bdi>`;
    const several = (this.session?.participants ?? []).filter((one) => one.role === 'CUSTOMER' && present(one)).length > 1;
    if (p.role !== 'CUSTOMER' || !present(p) || !several) {
      return html`<span class="name" title=${p.name}>${text}</span>`;
    }
    const title = assisted
      ? this.t('help.is', { name: p.name || role })
      : this.controls
        ? this.t('help.do', { name: p.name || role })
        : this.t('control.only');
    return html`<button
      class="quiet name"
      aria-pressed=${assisted ? 'true' : 'false'}
      aria-disabled=${this.controls ? nothing : 'true'}
      title=${title}
      @click=${() => this.controls && !assisted && !this.busy && this.fire('tab-command', `help:${p.id}`)}
    >
      ${text}
    </button>`;
  }
}

/** The element's name. */
export const PARTICIPANTS = define('tandem-participants', Participants, import.meta.url);
