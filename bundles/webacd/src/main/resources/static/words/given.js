/** What a customer has written into the entry form, a colleague's message, and the conversation so far. */

import { html, language, locale, nothing } from 'tandem/kit';
import { inLanguage } from './words.js';

/** @typedef {(key: string, args?: Record<string, string | number>) => string} Translate */

/** @param {readonly import('./my-work.js').Given[]} answers */
export function answerList(answers) {
  const given = answers.filter((one) => one.text !== '');
  return given.length > 0
    ? html`<dl>
        ${given.map((one) => html`<dt dir="auto">${inLanguage(one.label, language(), one.key)}</dt><dd dir="auto">${one.text}</dd>`)}
      </dl>`
    : nothing;
}

/**
 * @param {Translate} t
 * @param {string} reason
 * @param {string | null | undefined} by
 */
export function message(t, reason, by) {
  if (!reason && !by) {
    return nothing;
  }
  // On one line: what stands between is shown as it is, line breaks of the message among them.
  const from = by ? html`<footer>${t('given.from', { name: by })}</footer>` : nothing;
  return html`<blockquote>${from}${reason ? html`<span dir="auto">${reason}</span>` : nothing}</blockquote>`;
}

/**
 * @param {Translate} t
 * @param {readonly import('./my-work.js').Said[]} said
 */
export function conversation(t, said) {
  const time = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' });
  return said.length > 0
    ? html`<details>
        <summary>${t('given.chat', { count: said.length })}</summary>
        <ul class="said">
          ${said.map(
            (one) => html`<li dir="auto"><span class="muted number">${time.format(new Date(one.at))}</span> <b>${one.by}</b> ${one.text}</li>`,
          )}
        </ul>
      </details>`
    : nothing;
}
