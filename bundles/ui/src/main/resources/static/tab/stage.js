/** The middle of the agent's tab once the customer has joined: the picture, and what is said above it while a line is lost. */

import { html, icon, language, nothing, staticHtml, unsafeStatic } from 'tandem/kit';
import { secondsTo } from '../parts/names.js';
import { PANEL_HOST } from '../parts/panel-host.js';
import { panelTitle } from '../parts/panels.js';
import { meOf, personOf, presentOf } from '../parts/views.js';

/**
 * @typedef {object} Stage
 * @property {(key: string, args?: Record<string, string | number>) => string} t
 * @property {import('../parts/views.js').SessionView} view
 * @property {boolean} controls whether this agent is in control
 * @property {import('../parts/panels.js').PanelInfo | undefined} panel whatever is shown big
 * @property {boolean} offline this page's own line is lost, which its banner says
 * @property {number} now milliseconds of the server's clock
 */

const host = unsafeStatic(PANEL_HOST);

/**
 * `data-stage` tells small panels of slices where something may float: the line below it is needed.
 *
 * @param {Stage} stage
 */
export function stage({ t, view, controls, panel, offline, now }) {
  const interrupted = view.state === 'INTERRUPTED';
  const nobody = presentOf(view, 'CUSTOMER').length === 0;
  return html`<div class="stage active ${interrupted || offline ? 'stale' : ''}" data-stage>
    <div class="layer">
      ${panel
        ? staticHtml`<${host}
            .panel=${panel}
            heading=${panelTitle(panel, language())}
            .session=${view}
            .me=${meOf(view)}
            .controls=${controls}
            side="agent"
          ></${host}>`
        : html`<tandem-empty icon="screen-off" heading=${t('stage.none')}>${t('stage.none.hint')}</tandem-empty>`}
    </div>
    ${interrupted ? lost(t, view, nobody, now) : nobody ? told('user', t('customer.gone'), t('customer.gone.hint')) : nothing}
  </div>`;
}

/**
 * @param {Stage['t']} t
 * @param {Stage['view']} view
 * @param {boolean} nobody
 * @param {number} now
 */
function lost(t, view, nobody, now) {
  const controller = personOf(view, view.controller);
  const agent = controller?.id !== view.me && controller?.state === 'DISCONNECTED';
  const name = (agent ? controller : view.participants.find((p) => p.role === 'CUSTOMER' && p.state === 'DISCONNECTED'))?.name ?? '';
  return told(
    'offline',
    (nobody && !agent) || !name ? t('lost.title') : t('lost.customer', { name }),
    t('lost.text'),
    view.graceUntil ? `${secondsTo(view.graceUntil, now)} s` : '',
  );
}

/**
 * @param {string} mark
 * @param {string} title
 * @param {string} text
 * @param {string} [clock] a time that runs
 */
function told(mark, title, text, clock = '') {
  return html`<div class="lost">
    ${icon(mark)}
    <div class="grow" role="status"><b>${title}</b><div class="muted">${text}</div></div>
    ${clock ? html`<span class="clock number" role="timer" aria-live="off">${clock}</span>` : nothing}
  </div>`;
}
