/** The bar above everything: what is on, what is allowed, and the way to stop it. */

import { html, icon, language, locale, nothing } from 'tandem/kit';
import { listed } from '../parts/names.js';

/** @typedef {import('../parts/views.js').RunningActivity} RunningActivity */
/** @typedef {import('../parts/views.js').Consent} Consent */
/**
 * @typedef {object} Allowed
 * @property {Consent} consent
 * @property {{title: string, ask: string, on: string}} words
 * @property {boolean} on whether it is being made use of now
 */
/**
 * @typedef {object} Bar
 * @property {(key: string, args?: Record<string, string | number>) => string} t
 * @property {RunningActivity | undefined} running what this customer does
 * @property {string[]} names of the agents
 * @property {Allowed[]} allowed
 * @property {string} stopping
 * @property {(activity: string) => void} stop
 * @property {(consent?: string) => void} revoke one, or all
 */

/** @param {Bar} bar */
export function barOf(bar) {
  const { t, running, allowed, stopping } = bar;
  if (!running && allowed.length === 0) {
    return nothing;
  }
  // What somebody does is a consent to it as well; it is said once.
  const others = allowed.filter((one) => one.consent.capability !== running?.name);
  const on = running !== undefined || others.some((one) => one.on);
  return html`<div class="bar ${on ? '' : 'calm'}" role="region" aria-label=${t('bar.label')}>
    ${on ? html`<span class="live" aria-hidden="true"></span>` : icon('check')}
    <div class="text" role="status">
      ${running ? headline(bar, running, allowed.find((one) => one.consent.capability === running.name)) : html`<b>${t('allowed.title')}</b>`}
      ${others.length > 0 ? html`<ul>${others.map((one) => item(bar, one, running !== undefined || others.length > 1))}</ul>` : nothing}
    </div>
    ${running && others.length === 0
      ? html`<button ?disabled=${stopping === running.name} @click=${() => bar.stop(running.name)}>${icon('stop')}${t('bar.stop')}</button>`
      : html`<button data-stop="all" ?disabled=${stopping === 'all'} @click=${() => bar.revoke()}>${icon('stop')}${t('bar.stop.all')}</button>`}
  </div>`;
}

/**
 * @param {Bar} bar
 * @param {RunningActivity} running
 * @param {Allowed | undefined} by the consent to it
 */
function headline({ t, names }, running, by) {
  const screen = running.name === 'screen';
  const count = Math.max(1, names.length);
  const who = names.length > 0 ? listed(names, language()) : t('bar.agents');
  return html`<b>${screen ? t('bar.screen', { names: who, count }) : t('bar.activity', { names: who, count })}</b>
    <span>${screen ? t('bar.screen.only') : t('bar.activity.only')} ${by?.consent.until ? untilOf(t, by.consent.until) : nothing}</span>`;
}

/**
 * @param {Bar} bar
 * @param {Allowed} one
 * @param {boolean} single whether it can be stopped without the others
 */
function item({ t, names, stopping, revoke }, { consent, words, on }, single) {
  const what = words.title || t('consent.unknown');
  const who = names.length > 0 ? listed(names, language()) : t('bar.agents');
  const text = on && words.on ? words.on.replaceAll('{names}', who) : what;
  const until = consent.until ? untilOf(t, consent.until) : '';
  return html`<li data-allowed=${consent.capability}>
    <span>${text}${until ? html` <span class="number">(${until})</span>` : nothing}</span>
    ${single
      ? html`<button class="one" aria-label=${t('allowed.stop', { what })} ?disabled=${stopping === consent.id} @click=${() => revoke(consent.id)}>
          ${t('bar.stop')}
        </button>`
      : nothing}
  </li>`;
}

/**
 * @param {Bar['t']} t
 * @param {string} until
 */
function untilOf(t, until) {
  return t('allowed.until', { time: new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(new Date(until)) });
}
