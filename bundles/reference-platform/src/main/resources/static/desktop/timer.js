/** A running clock that never changes its width within an hour. */

import { TandemElement, css, html } from 'tandem/kit';
import { duration } from '../shared/format.js';

/** Properties: `since` (ms by the server's clock), `until` (ms, when it has stopped), `ahead` (server's clock minus ours). */
export class PlatformTimer extends TandemElement {
  static properties = { since: { attribute: false }, until: { attribute: false }, ahead: { attribute: false } };
  static styles = css`
    :host {
      display: inline-block;
      min-inline-size: 5ch;
      text-align: end;
      font-size: inherit;
      font-variant-numeric: tabular-nums;
    }
  `;

  constructor() {
    super();
    this.since = 0;
    /** @type {number | undefined} */
    this.until = undefined;
    this.ahead = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  updated() {
    clearTimeout(this.timer);
    if (this.until === undefined && this.isConnected) {
      // At the next full second of this duration, not one second from now: timers would drift apart.
      const past = (Date.now() + this.ahead - this.since) % 1000;
      this.timer = setTimeout(() => this.requestUpdate(), 1005 - (past < 0 ? past + 1000 : past));
    }
  }

  render() {
    const text = duration((this.until ?? Date.now() + this.ahead) - this.since);
    return html`<span role="timer" aria-live="off">${text}</span>`;
  }
}
customElements.define('platform-timer', PlatformTimer);
