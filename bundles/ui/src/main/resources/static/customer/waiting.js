/** What the customer sees while nobody is there to help: a line is lost, or the session goes to an agent who is still to be found. */

import { html, icon, language, nothing, repeat } from 'tandem/kit';
import { listed, secondsTo } from '../parts/names.js';

/** @typedef {import('../parts/views.js').SessionView} SessionView */
/** @typedef {import('../parts/panels.js').PanelInfo} PanelInfo */
/** @typedef {(key: string, args?: Record<string, string | number>) => string} Translate */

/**
 * @param {SessionView | undefined} view
 * @returns {boolean} whether it goes to an agent who is still to be found
 */
export function transferring(view) {
  return view?.state === 'TRANSFERRING';
}

/**
 * @param {SessionView} view
 * @returns {boolean} whether nobody is there to help just now
 */
export function alone(view) {
  return transferring(view) || !view.participants.some((p) => p.role === 'AGENT' && p.state === 'JOINED');
}

/**
 * @param {Translate} t
 * @param {SessionView} view
 * @returns {string} where the customer is just now
 */
export function waitTitle(t, view) {
  return view.participants.some((p) => p.role === 'AGENT') ? t('transfer.wait.next') : t('transfer.wait.first');
}

/**
 * The calm view while the session goes to another agent: nothing to do, and how far it is if a slice knows.
 *
 * @param {object} what
 * @param {Translate} what.t
 * @param {boolean} what.chat whether something can be written meanwhile
 * @param {string[]} what.ended what has ended by it, in words
 * @param {PanelInfo[]} what.panels what slices have to say about the wait
 * @param {(panel: PanelInfo) => unknown} what.panel
 */
export function transfer({ t, chat, ended, panels, panel }) {
  return html`<section class="calm" aria-label=${t('transfer.wait')}>
    <p>${t('transfer.wait.text')} ${chat ? t('transfer.wait.chat') : nothing}</p>
    <p role="status">
      ${ended.length > 0 ? t('transfer.ended', { names: listed(ended, language()), count: ended.length }) : nothing}
    </p>
    ${repeat(
      panels,
      (one) => one.id,
      (one) => html`<div class="place" data-panel=${one.id}>${panel(one)}</div>`,
    )}
  </section>`;
}

/**
 * @param {Translate} t
 * @param {SessionView} view
 * @param {number} now milliseconds of the server's clock
 */
export function grace(t, view, now) {
  if (!alone(view)) {
    return nothing;
  }
  const lost = view.participants.find((p) => p.role === 'AGENT' && p.state === 'DISCONNECTED');
  const seconds = secondsTo(view.graceUntil, now);
  return html`<div class="wait">
    ${icon(lost ? 'offline' : 'clock')}
    <div class="grow" role="status">
      <b>${lost ? t('wait.lost', { name: lost.name || t('bar.agents') }) : t('wait.left')}</b>
      <span>${t('wait.text')}</span>
    </div>
    ${view.graceUntil ? html`<b class="seconds number" role="timer" aria-live="off">${seconds} s</b>` : nothing}
  </div>`;
}
