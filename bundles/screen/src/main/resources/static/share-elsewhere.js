// For a customer who cannot share here: how to come in with another computer.

import { html } from 'tandem/kit';

/**
 * The customer's place in the session: whoever opens the link sits there.
 * @typedef {{pin: string, url: string}} Seat
 */

/**
 * The link and the PIN, to be sent or typed on.
 * @param {(key: string, values?: any) => string} t
 * @param {Seat} seat
 */
export function elsewhere(t, { pin, url }) {
  const link = new URL(url);
  return html`
    <dl class="link">
      <dt class="muted">${t('elsewhere.link')}</dt>
      <dd class="url">${link.host}${link.pathname}</dd>
      <dd><tandem-copy value=${url} label=${t('elsewhere.link')}></tandem-copy></dd>
      <dt class="muted">${t('elsewhere.pin')}</dt>
      <dd class="pin number">${pin.replace(/(\d{3})(?=\d)/g, '$1\u00a0')}</dd>
      <dd><tandem-copy value=${pin} label=${t('elsewhere.pin')}></tandem-copy></dd>
    </dl>
    <p class="muted">${t('elsewhere.moves')}</p>
  `;
}
