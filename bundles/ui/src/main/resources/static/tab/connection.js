/** The connection panel: large before the customer has joined, a line at the bottom afterwards. */

import { html, icon, nothing, staticHtml, unsafeStatic } from 'tandem/kit';
import { address } from '../parts/address.js';
import { grouped, spoken } from '../parts/names.js';
import { SEND_LINK } from './send-link.js';

/** @typedef {import('../parts/views.js').Seat} Seat */
/**
 * @typedef {object} Connection
 * @property {(key: string, args?: Record<string, string | number>) => string} t
 * @property {import('../parts/views.js').SessionView} view
 * @property {string} customer the customer's name, empty if nobody knows it
 * @property {string} users the agents' names
 * @property {string} screen the state of the screen, in words
 * @property {{text: string, label: string}[]} others what other panels have to say
 * @property {boolean} busy
 * @property {() => void} leave
 * @property {() => void} full
 */

const sendLink = unsafeStatic(SEND_LINK);

/**
 * PIN, client URL, Users, Screen, Leave session, Open in full screen, and nothing else; below it the ways to bring the customer in.
 *
 * @param {Connection} connection
 */
export function connectionCard({ t, view, customer, users, screen, busy, leave, full }) {
  const seat = view.seats?.find((s) => !s.participant) ?? view.seats?.[0];
  const chat = view.interaction?.chat ?? false;
  return html`<div class="middle">
    <section class="card connect" aria-labelledby="connect">
      <header>
        <h2 id="connect">${customer ? t('connect.title', { name: customer }) : t('view.WAITING')}</h2>
        <p class="muted">${chat ? t('connect.chat') : t('connect.call')}</p>
      </header>
      <section class="with-code">
        <dl>
          ${seat ? large(t, seat) : nothing}
          <div><dt>${t('users')}</dt><dd>${users}</dd></div>
          <div><dt>${t('screen')}</dt><dd>${screen}</dd></div>
        </dl>
        ${seat
          ? html`<div class="scan">
              <tandem-qr value=${seat.url} label=${t('url')}></tandem-qr>
              <span class="muted">${t('scan')}</span>
            </div>`
          : nothing}
      </section>
      <footer>
        <button @click=${full}>${icon('full')}${t('full')}</button>
        <button class="danger" ?disabled=${busy} @click=${leave}>${icon('leave')}${t('leave')}</button>
      </footer>
    </section>
    <div class="ways">
      ${chat
        ? html`<section class="card">
            <h3>${t('send.title')}</h3>
            ${staticHtml`<${sendLink} .session=${view}></${sendLink}>`}
          </section>`
        : nothing}
      <section class="card">
        <h3>${t('steps.title')}</h3>
        <ol class="steps">
          <li>${t('steps.1')}</li>
          <li>${t('steps.2')}</li>
          <li>${t('steps.3')}</li>
        </ol>
      </section>
    </div>
  </div>`;
}

/**
 * @param {Connection['t']} t
 * @param {Seat} seat
 */
function large(t, seat) {
  return html`<div class="large">
      <dt>${t('pin')}</dt>
      <dd><span class="pin">${grouped(seat.pin)}</span><tandem-copy value=${seat.pin} label=${t('pin')}></tandem-copy></dd>
    </div>
    <div class="large">
      <dt>${t('url')}</dt>
      <dd><span class="url">${address(seat.url)}</span><tandem-copy value=${seat.url} label=${t('url')}></tandem-copy></dd>
    </div>`;
}

/**
 * After the join.
 *
 * @param {Connection} connection
 */
export function statusLine({ t, view, users, screen, others }) {
  const seat = view.seats?.[0];
  return html`<dl class="statusline" aria-label=${t('connection')}>
    <div><dt>${t('screen')}</dt><dd>${screen}</dd></div>
    <div><dt>${t('users')}</dt><dd><span class="cut" title=${users}>${users}</span></dd></div>
    ${seat
      ? html`<div>
            <dt>${t('pin')}</dt>
            <dd><span class="code">${grouped(seat.pin)}</span><tandem-copy quiet value=${seat.pin} label=${t('pin')}></tandem-copy></dd>
          </div>
          <div>
            <dt>${t('url')}</dt>
            <dd>
              <span class="cut" title=${seat.url}>${spoken(seat.url)}</span><tandem-copy quiet value=${seat.url} label=${t('url')}></tandem-copy>
            </dd>
          </div>`
      : nothing}
    ${others.map(({ label, text }) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}
  </dl>`;
}
