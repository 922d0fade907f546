/** Rules tried on an example, and what comes of it. */

import { LANGUAGES, html, icon, nothing } from 'tandem/kit';
import { choiceField, textField } from './fields.js';

/** @typedef {import('./fields.js').Form} Form */
/** @typedef {{rule: number, name: string | null, line: number, matches: boolean, because: string[]}} Step */
/** @typedef {{queue: string | null, priority: number | null, skills: Record<string, number>, rule: number | null, steps: Step[]}} Tried */

/** @returns {import('./rules-text.js').exampleOf extends (typed: infer T) => any ? T : never} */
export const emptyExample = () => ({ entry: '', source: '', company: '', language: '', os: '', at: '', form: {}, attributes: '' });

/**
 * @param {Form} form
 * @param {{queues: string[], fields: string[]}} words
 */
export function exampleFields(form, words) {
  const { t } = form;
  const none = { value: '', text: t('admin.try.nothing') };
  const asked = words.fields.filter((field) => field.startsWith('form.')).map((field) => field.slice(5));
  return html`<div class="fields">
    ${choiceField(form, 'entry', { label: t('admin.try.entry'), hint: t('admin.try.entry.hint') }, [none, ...words.queues.map((slug) => ({ value: slug, text: slug }))])}
    ${textField(form, 'source', { label: t('admin.try.source'), hint: t('admin.try.source.hint'), placeholder: 'session' })}
    ${textField(form, 'company', { label: t('request.company') })}
    ${choiceField(form, 'language', { label: t('admin.try.language') }, [none, ...LANGUAGES.map(({ tag, name }) => ({ value: tag, text: name }))])}
    ${textField(form, 'os', { label: t('admin.try.os'), placeholder: 'Windows' })}
    ${textField(form, 'at', { label: t('admin.try.at'), hint: t('admin.try.at.hint'), type: 'datetime-local' })}
    ${asked.map((key) => textField(form, `form.${key}`, { label: `form.${key}` }))}
    ${textField(form, 'attributes', { label: t('admin.try.attributes'), hint: t('admin.try.attributes.hint'), lines: 2, wide: true })}
  </div>`;
}

/**
 * @param {Form['t']} t
 * @param {Tried} tried
 */
export function outcome(t, tried) {
  const skills = Object.entries(tried.skills);
  return html`<div class="notice ${tried.queue ? 'good' : ''}" role="status" data-rule=${tried.rule ?? 0}>
      ${icon(tried.queue ? 'check' : 'info')}
      <span>
        <strong>${tried.queue ? t('admin.try.to', { queue: tried.queue }) : t('admin.try.nowhere')}</strong>
        ${tried.rule ? t('admin.try.by', { rule: tried.rule }) : t('admin.try.byNone')}
        ${tried.priority === null ? nothing : t('admin.try.priority', { priority: tried.priority })}
        ${skills.length === 0 ? nothing : t('admin.try.skills', { skills: skills.map(([skill, level]) => `${skill} ≥ ${level}`).join(', ') })}
      </span>
    </div>
    <ol class="steps">
      ${tried.steps.map(
        (step) => html`<li class=${step.matches ? 'yes' : 'no'}>
          ${icon(step.matches ? 'check' : 'close')}
          <span>
            <strong>${t('admin.try.rule', { rule: step.rule, line: step.line })}</strong> ${step.name ?? ''}
            ${step.matches ? t('admin.try.holds') : html`${t('admin.try.fails')} <span class="code" lang="en">${step.because.join('; ')}</span>`}
          </span>
        </li>`,
      )}
    </ol>`;
}
