/** The lines of a report. */

import { html } from 'tandem/kit';
import { groupTitle, grouped, label, shown } from './report.js';

/**
 * @param {import('./report.js').Report} report
 * @param {import('./report.js').Translate} t
 */
export function sheet(report, t) {
  return html`<div class="sheet">
    ${grouped(report.items).map(
      ({ group, items }) => html`<section>
        <h3>${groupTitle(group, t)}</h3>
        <dl>
          ${items.map((item) => html`<div><dt>${label(item, t)}</dt><dd><bdi>${shown(item, t)}</bdi></dd></div>`)}
        </dl>
      </section>`,
    )}
  </div>`;
}
