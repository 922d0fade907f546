/** What the agent is told above the stage: control has changed, control is offered. */

import { html, icon, language, nothing } from 'tandem/kit';
import { listed, secondsTo } from '../parts/names.js';
import { panelList } from '../parts/panels.js';
import { personOf } from '../parts/views.js';
import { activityTitle } from './control.js';

/** @typedef {import('../parts/views.js').SessionView} SessionView */
/** @typedef {import('./control.js').Change} Change */
/**
 * @typedef {object} Banners
 * @property {(key: string, args?: Record<string, string | number>) => string} t
 * @property {SessionView} view
 * @property {Change | undefined} change
 * @property {boolean} controls
 * @property {boolean} busy
 * @property {number} now milliseconds of the server's clock
 * @property {(command: string) => void} run
 */

/** @param {Banners} all */
export function banners(all) {
  return html`<div class="banners">
    <div role="status">${all.change ? changed(all, all.change) : nothing}</div>
    <div role="alert">${offered(all)}</div>
  </div>`;
}

/**
 * @param {Banners} all
 * @param {Change} change
 */
function changed({ t, controls, run }, change) {
  const { kind, name } = change;
  const text = {
    sent: t('transfer.sent', { name: name || t('bar.agents') }),
    came: name ? t('control.came', { name }) : t('control.came.alone'),
    went: t('control.went', { name }),
    moved: t('control.moved', { name }),
    helped: t('helped', { name: name || t('role.customer') }),
  }[kind];
  const titles = change.ended.map((what) => activityTitle(t, what, panelList.panels, language()));
  const count = titles.length;
  const ended = count ? (controls ? t('stopped.mine', { count, names: listed(titles, language()) }) : t('stopped.theirs', { count, names: listed(titles, language()) })) : '';
  return html`<div class="banner" data-change=${kind}>
    ${icon(kind === 'helped' ? 'user' : 'users')}
    <span class="grow"><b>${text}</b> ${ended}</span>
    <button class="quiet small icon" aria-label=${t('close')} title=${t('close')} @click=${() => run('seen')}>${icon('close')}</button>
  </div>`;
}

/**
 * Control is offered to this agent, or to every assistant when all were asked.
 *
 * @param {Banners} all
 */
function offered({ t, view, busy, now, run }) {
  const offer = offerOf(view);
  if (!offer) {
    return nothing;
  }
  const name = personOf(view, view.controller)?.name ?? '';
  const left = offer.until ? secondsTo(offer.until, now) : 0;
  return html`<div class="banner offer" id="control-offer">
    ${icon('warning')}
    <span class="grow"
      ><b>${name ? t('offer.title', { name }) : t('offer.title.alone')}</b> ${offer.everybody ? t('offer.everybody') : t('offer.text')}</span
    >
    ${offer.until ? html`<span class="clock number" role="timer" aria-live="off">${t('offer.seconds', { count: left })}</span>` : nothing}
    <button class="primary small" ?disabled=${busy} @click=${() => run('accept')}>${t('offer.accept')}</button>
    <button class="small" ?disabled=${busy} @click=${() => run('decline')}>${t('offer.decline')}</button>
  </div>`;
}

/**
 * @param {SessionView} view
 * @returns {{until: string | null, everybody: boolean} | undefined} the offer that this agent can accept
 */
export function offerOf(view) {
  const { vacant, offered, offeredUntil } = view;
  return vacant && (!offered || offered === view.me) ? { until: offeredUntil ?? null, everybody: !offered } : undefined;
}
