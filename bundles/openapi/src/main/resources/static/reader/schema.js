/** Draws schemas and the few marks that descriptions carry. */

import { html, nothing } from 'tandem/kit';
import { kind, shape } from './model.js';

const DEEPEST = 5;

/**
 * A description; what stands in back-quotes is code.
 *
 * @param {string} text
 */
export function prose(text) {
  return text
    .split(/\n{2,}/)
    .filter(Boolean)
    .map(
      (paragraph) =>
        html`<p>${paragraph.split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : part))}</p>`,
    );
}

/**
 * The properties of a schema as a table, those of inner schemas folded below theirs.
 *
 * @param {any} document
 * @param {any} schema
 * @param {(key: string) => string} t
 * @param {number} [depth]
 * @returns {unknown}
 */
export function properties(document, schema, t, depth = 0) {
  const found = shape(document, schema);
  if (found.oneOf && depth < DEEPEST) {
    return found.oneOf.map(
      (/** @type {any} */ one) => html`<p class="one-of"><code>${kind(one)}</code></p>${properties(document, one, t, depth + 1)}`,
    );
  }
  const entries = Object.entries(found.properties ?? {});
  if (!entries.length) {
    return nothing;
  }
  const needed = new Set(found.required ?? []);
  return html`<dl class="fields">
    ${entries.map(([name, one]) => {
      const inner = shape(document, one);
      const deeper = depth < DEEPEST && (inner.properties || inner.oneOf);
      const optional = !needed.has(name);
      return html`<div>
        <dt><code>${name}</code></dt>
        <dd>
          <span class="kind">${kind(one)}</span>
          ${optional ? html`<span class="mark">${t('optional')}</span>` : nothing}
          ${inner.enum ? html`<span class="words">${inner.enum.map((/** @type {string} */ word) => html`<code>${word}</code> `)}</span>` : nothing}
          ${one.description ? prose(one.description) : nothing}
          ${deeper
            ? html`<details><summary>${t('inside')}</summary>${properties(document, one, t, depth + 1)}</details>`
            : nothing}
        </dd>
      </div>`;
    })}
  </dl>`;
}
