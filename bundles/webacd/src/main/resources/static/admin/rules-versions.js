/** The versions of the rules that were published, and how two texts differ. */

import { html, icon, locale, nothing } from 'tandem/kit';
import { differences } from './rules-text.js';

/** @typedef {(key: string, args?: Record<string, string | number>) => string} Translate */
/** @typedef {{version: number, note: string, restores: number | null, at: string, actor: string, text: string}} Version */

/**
 * @param {Translate} t
 * @param {Version[]} versions
 * @param {{version: number, text: string}} live the one that holds
 * @param {(version: number) => void} back asks for going back to one
 */
export function versionsView(t, versions, live, back) {
  const time = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' });
  return html`<section class="box" aria-labelledby="versions">
    <h3 id="versions">${t('admin.versions')}</h3>
    <p class="lead">${t('admin.versions.lead')}</p>
    ${versions.length === 0
      ? html`<p class="none">${t('admin.rules.never')}</p>`
      : html`<div class="scroll">
          <table>
            <caption class="sr">
              ${t('admin.versions')}
            </caption>
            <thead>
              <tr>
                <th scope="col" class="num">${t('admin.versions.number')}</th>
                <th scope="col">${t('admin.versions.at')}</th>
                <th scope="col">${t('admin.versions.by')}</th>
                <th scope="col">${t('admin.note')}</th>
                <th scope="col"><span class="sr">${t('admin.more')}</span></th>
              </tr>
            </thead>
            <tbody>
              ${versions.map(
                (one) => html`<tr data-version=${one.version}>
                  <th scope="row" class="num">${one.version}</th>
                  <td>${time.format(new Date(one.at))}</td>
                  <td class="code">${one.actor}</td>
                  <td dir="auto">
                    ${one.note}
                    ${one.restores ? html`<span class="hint">${t('admin.versions.restores', { version: one.restores })}</span>` : nothing}
                    <details>
                      <summary>${t('admin.versions.text')}</summary>
                      <pre class="example">${one.text}</pre>
                    </details>
                  </td>
                  <td>
                    ${one.version === live.version
                      ? html`<span class="state good">${icon('check')}${t('admin.versions.holds')}</span>`
                      : html`<button
                          class="small"
                          aria-label=${t('admin.versions.back.of', { version: one.version })}
                          ?disabled=${one.text === live.text}
                          @click=${() => back(one.version)}
                        >
                          ${t('admin.versions.back')}
                        </button>`}
                  </td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`}
  </section>`;
}

/**
 * @param {Translate} t
 * @param {string} before
 * @param {string} after
 */
export function differenceView(t, before, after) {
  return html`<pre class="diff" tabindex="0" aria-label=${t('admin.rules.diff')}>
${differences(before, after).map(({ kind, text }) => html`<span class=${kind}>${{ in: '+ ', out: '− ', same: '  ' }[kind]}${text}</span>`)}</pre
  >`;
}
