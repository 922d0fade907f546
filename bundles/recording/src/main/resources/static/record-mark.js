/** In the bar of customers and of outside viewers: that the session is being recorded. */

import { TandemElement, css, define, html, messages, nothing } from 'tandem/kit';

class RecordMark extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false }, me: { attribute: false }, role: { attribute: false } };
  static styles = css`
    p {
      display: flex;
      align-items: center;
      gap: 8px;
      padding: 4px 12px;
      font-weight: 600;
    }
    span {
      flex: none;
      inline-size: 0.75em;
      block-size: 0.75em;
      border-radius: 50%;
      background: var(--tandem-bad);
    }
  `;

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    /** @type {any} */
    this.me = undefined;
    this.role = 'customer';
  }

  render() {
    const on = this.session?.activities?.some((/** @type {any} */ one) => one.name === 'recording');
    return on ? html`<p role="status" id="recording-mark"><span aria-hidden="true"></span>${this.t('mark.on')}</p>` : nothing;
  }
}

define('tandem-record-mark', RecordMark, import.meta.url);
