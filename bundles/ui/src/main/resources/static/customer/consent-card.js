/** What the customer is asked, one question at a time. */

import { html, icon } from 'tandem/kit';

/** How long a timed consent lasts. */
export const MINUTES = 15;

/**
 * @typedef {object} Question
 * @property {(key: string, args?: Record<string, string | number>) => string} t
 * @property {string} question in plain words
 * @property {boolean} busy
 * @property {(allow: boolean, minutes?: number) => void} answer
 */

/** @param {Question} question */
export function consentCard({ t, question, busy, answer }) {
  return html`<section class="card ask" id="consent" role="alertdialog" tabindex="-1" aria-labelledby="consent-title consent-question" aria-describedby="consent-text">
    <h2 id="consent-title">${icon('info')}${t('consent.title')}</h2>
    <p class="question" id="consent-question">${question}</p>
    <p class="lead" id="consent-text">${t('consent.text')}</p>
    <div class="answers">
      <button class="primary big" ?disabled=${busy} @click=${() => answer(true)}>${t('consent.session')}</button>
      <button class="big" ?disabled=${busy} @click=${() => answer(true, MINUTES)}>${t('consent.minutes', { count: MINUTES })}</button>
      <button class="big" ?disabled=${busy} @click=${() => answer(false)}>${t('consent.no')}</button>
    </div>
  </section>`;
}
