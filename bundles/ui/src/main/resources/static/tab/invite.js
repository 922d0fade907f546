/** The Invite panel: PIN and URL of the customer's seat, and the ways to hand them over. */

import { TandemElement, css, define, html, icon, messages, nothing, staticHtml, unsafeStatic } from 'tandem/kit';
import { address } from '../parts/address.js';
import { grouped } from '../parts/names.js';
import { SEND_LINK } from './send-link.js';

const sendLink = unsafeStatic(SEND_LINK);

class Invite extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false } };
  static styles = css`
    :host {
      display: flex;
      flex-direction: column;
      gap: 16px;
      padding: 12px;
    }
    header {
      display: flex;
      align-items: flex-start;
      gap: var(--tandem-gap);
    }
    header p {
      flex: 1;
      color: var(--tandem-muted);
    }
    dl {
      margin: 0;
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
    dt {
      color: var(--tandem-muted);
      font-size: var(--lumo-font-size-s);
    }
    dd {
      margin: 0;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 12px;
    }
    .pin {
      font-family: var(--tandem-mono);
      font-size: 1.5rem;
      font-weight: 600;
      white-space: nowrap;
      user-select: all;
    }
    .url {
      overflow-wrap: anywhere;
      font-weight: 500;
      user-select: all;
      flex: 1 1 10rem;
    }
    .scan .muted {
      flex: 1 1 8rem;
      font-size: var(--lumo-font-size-s);
      text-wrap: pretty;
    }
  `;

  constructor() {
    super();
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
  }

  render() {
    const seats = this.session?.seats ?? [];
    return html`
      <header>
        <p>${this.t('invite.how')}</p>
        <button class="quiet small icon" aria-label=${this.t('close')} title=${this.t('close')} @click=${() => this.fire('invite-close')}>${icon('close')}</button>
      </header>
      ${seats.map(
        (seat) => html`<dl>
          <div>
            <dt>${this.t('pin')}</dt>
            <dd><span class="pin">${grouped(seat.pin)}</span><tandem-copy value=${seat.pin} label=${this.t('pin')}></tandem-copy></dd>
          </div>
          <div>
            <dt>${this.t('url')}</dt>
            <dd><span class="url">${address(seat.url)}</span><tandem-copy value=${seat.url} label=${this.t('url')}></tandem-copy></dd>
          </div>
          <div class="scan">
            <dt class="sr">${this.t('qr.of', { what: this.t('url') })}</dt>
            <dd><tandem-qr value=${seat.url} label=${this.t('url')}></tandem-qr><span class="muted">${this.t('scan')}</span></dd>
          </div>
        </dl>`,
      )}
      ${seats.length > 0 ? staticHtml`<${sendLink} .session=${this.session}></${sendLink}>` : nothing}
    `;
  }
}

/** The element's name. */
export const INVITE = define('tandem-invite', Invite, import.meta.url);
