/** What stands in a page's place while it loads and when it could not be loaded, and what is told of a refusal. */

import { html, icon, nothing, problemText } from 'tandem/kit';
import { details, refusal } from './refusals.js';

/** @typedef {(key: string) => string} Translate */

/**
 * @param {Translate} t
 * @param {unknown} problem why it is not there; undefined while it loads
 * @param {() => unknown} again
 */
export function absent(t, problem, again) {
  return problem
    ? html`<div role="alert">
        <tandem-empty icon="warning" heading=${t('admin.failed')}>
          ${problemText(problem)}
          <div class="buttons"><button class="primary" @click=${again}>${icon('renew')}${t('entry.again')}</button></div>
        </tandem-empty>
      </div>`
    : html`<tandem-skeleton lines="6"></tandem-skeleton>`;
}

/**
 * @param {Translate} t
 * @param {unknown} error undefined for none
 */
export function refused(t, error) {
  return html`<div role="alert">
    ${error
      ? html`<div class="notice bad">
          ${icon('warning')}<span>${refusal(error, t)}<br /><span class="hint" lang="en">${details(error)}</span></span>
        </div>`
      : nothing}
  </div>`;
}
