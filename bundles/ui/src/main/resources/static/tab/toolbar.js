/** The toolbar of the agent's tab: what can be done with the session, its number and its state. */

import { html, icon, language, nothing, repeat, staticHtml, unsafeStatic } from 'tandem/kit';
import { numbered } from '../parts/names.js';
import { PANEL_HOST } from '../parts/panel-host.js';
import { panelTitle } from '../parts/panels.js';
import { assistantsOf, meOf, personOf } from '../parts/views.js';
import { transferReason } from './control.js';

const host = unsafeStatic(PANEL_HOST);

/**
 * @typedef {object} Toolbar
 * @property {(key: string, args?: Record<string, string | number>) => string} t
 * @property {import('../parts/views.js').SessionView} view
 * @property {boolean} controls whether this agent is in control
 * @property {boolean} own whether it is the session of the agent's own call or chat
 * @property {import('../parts/panels.js').PanelInfo[]} bars small panels of slices
 * @property {boolean} busy a command is under way
 * @property {boolean} sendable whether this agent may hand sessions over
 * @property {boolean} offline this page's own line is lost
 * @property {string} talk what the talk with the customer is, in words
 * @property {boolean} full whether there is something to be shown in full screen that has no button of its own
 * @property {(command: string) => void} run
 */

/** @param {Toolbar} toolbar */
export function toolbar({ t, view, controls, own, bars, busy, sendable, offline, talk, full, run }) {
  const assistants = assistantsOf(view);
  const others = t('control.only');
  const unsent = controls ? transferReason(view, t) : others;
  const sessionItems = [
    { id: 'leave', text: t('leave'), icon: 'leave', hint: own ? t('leave.hint', { talk }) : undefined },
    {
      id: 'transfer-control',
      text: t('control.transfer'),
      icon: 'users',
      hint: !controls ? others : assistants.length ? undefined : t('control.nobody'),
      disabled: !controls || assistants.length === 0,
      items: assistants.map((p) => ({ id: `control:${p.id}`, text: p.name, icon: 'user' })),
    },
    ...(sendable ? [{ id: 'transfer-session', text: t('transfer.session'), icon: 'back', hint: unsent || undefined, disabled: unsent !== '' }] : []),
    ...(own ? [{ id: 'renew', text: t('renew'), icon: 'renew', hint: controls ? t('renew.hint') : others, disabled: !controls }] : []),
    { id: 'end', text: t('end'), icon: 'end', danger: true, separated: true, hint: controls ? undefined : others, disabled: !controls },
  ];
  const toolItems = [
    { id: 'invite', text: t('invite'), icon: 'invite' },
    { id: 'copy-pin', text: t('copy.what', { what: t('pin') }), icon: 'copy' },
    { id: 'copy-url', text: t('copy.what', { what: t('url') }), icon: 'link' },
    ...(view.interaction?.chat ? [{ id: 'send', text: t('send'), icon: 'send' }] : []),
  ];
  const shown = offline ? 'INTERRUPTED' : view.state;
  const state = {
    WAITING: t('view.WAITING'),
    ACTIVE: t('view.ACTIVE'),
    INTERRUPTED: t('view.INTERRUPTED'),
    TRANSFERRING: t('view.TRANSFERRING'),
    ENDED: t('ended.title'),
  }[shown];
  const choose = (/** @type {CustomEvent<string>} */ event) => {
    event.stopPropagation();
    run(event.detail);
  };
  return html`<div class="toolbar" role="toolbar" aria-label=${t('toolbar')} @tandem-choose=${choose}>
    <tandem-menu label=${t('session')} icon="session" .items=${sessionItems}></tandem-menu>
    <tandem-menu label=${t('tools')} icon="tools" .items=${toolItems}></tandem-menu>
    <button class="quiet" title=${t('invite')} aria-label=${t('invite')} @click=${() => run('invite')}>
      ${icon('invite')}<span class="fold">${t('invite')}</span>
    </button>
    <span class="session-number" title=${t('number.hint')}>
      <span class="fold first">${t('number')}</span><b class="number">${numbered(view.number ?? '')}</b>
    </span>
    <span class="state" title=${state}><span class="dot ${shown}"></span><span class="fold first">${state}</span></span>
    ${controls ? nothing : assisting(t, view)}
    <span class="grow"></span>
    ${repeat(
      bars,
      (panel) => panel.id,
      (panel) => staticHtml`<${host}
        compact
        .panel=${panel}
        heading=${panelTitle(panel, language())}
        .session=${view}
        .me=${meOf(view)}
        .controls=${controls}
        side="agent"
      ></${host}>`,
    )}
    ${full
      ? html`<button class="quiet" title=${t('full')} aria-label=${t('full')} @click=${() => run('full')}>
          ${icon('full')}<span class="fold second">${t('full')}</span>
        </button>`
      : nothing}
    ${view.state === 'WAITING'
      ? nothing
      : html`<button class="quiet danger" title=${t('leave')} aria-label=${t('leave')} ?disabled=${busy} @click=${() => run('leave')}>
          ${icon('leave')}<span class="fold">${t('leave')}</span>
        </button>`}
  </div>`;
}

/**
 * That this agent assists, and whom.
 *
 * @param {Toolbar['t']} t
 * @param {Toolbar['view']} view
 */
function assisting(t, view) {
  const name = view.vacant ? '' : (personOf(view, view.controller)?.name ?? '');
  const text = name ? t('control.has', { name }) : t('control.none');
  return html`<span class="assisting" title=${text}>${icon('users')}<span class="fold second">${t('role.assistant')}</span></span>`;
}
