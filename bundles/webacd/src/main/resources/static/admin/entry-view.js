/** What a queue's link shows: its buttons by language, and the questions of its form (WX1). */

import { LANGUAGES, html, nothing } from 'tandem/kit';
import { checkField, choiceInput, iconButton, idOf, textField, textInput, typed, wrongText } from './fields.js';
import { ANSWER, TYPES } from './queue-draft.js';
import { mark } from './marks.js';
import { moved } from './order.js';

/** @typedef {import('./fields.js').Form} Form */

/** @param {string} site @param {string} slug */
export const entryLink = (site, slug) => `${location.origin}/q/${encodeURIComponent(site)}/${encodeURIComponent(slug)}`;

/**
 * @param {Form} form
 * @param {string} site
 * @param {string} savedSlug the short name that links have now, '' for a new queue
 */
export function entryView(form, site, savedSlug) {
  const { t, draft } = form;
  return html`<section class="box" aria-labelledby="entry">
    <h3 id="entry">${t('admin.entry')}</h3>
    <p class="lead">${t('admin.entry.lead')}</p>
    ${checkField(form, 'entry.enabled', { label: t('admin.entry.enabled'), hint: t('admin.entry.enabled.hint') })}
    ${draft.entry.enabled
      ? html`${link(form, site, savedSlug)} ${texts(form, 'entry.openText', t('admin.entry.openText'), t('admin.entry.openText.hint'))}
          ${texts(form, 'entry.closedText', t('admin.entry.closedText'), t('admin.entry.closedText.hint'))}
          ${textField(form, 'entry.closedUrl', { label: t('admin.entry.closedUrl'), hint: t('admin.entry.closedUrl.hint'), type: 'url' })} ${questions(form)}`
      : nothing}
  </section>`;
}

/**
 * @param {Form} form
 * @param {string} site
 * @param {string} slug
 */
function link(form, site, slug) {
  const { t } = form;
  const address = entryLink(site, slug);
  return html`<div class="field">
    <span class="label">${t('admin.entry.link')}</span>
    ${slug
      ? html`<div class="doing" data-link=${address}>
          <a class="code" href=${address} target="_blank" rel="noopener">${address}</a><tandem-copy .value=${address} label=${t('admin.entry.link')}></tandem-copy>
        </div>`
      : html`<span class="hint">${t('admin.entry.link.later')}</span>`}
    ${slug && slug !== form.draft.slug ? html`<span class="hint">${t('admin.entry.link.changes')}</span>` : nothing}
  </div>`;
}

/**
 * A text in each language of the customers' pages.
 *
 * @param {Form} form
 * @param {string} path
 * @param {string} label
 * @param {string} hint
 */
function texts(form, path, label, hint) {
  const tags = languagesOf(form, path);
  return html`<fieldset data-field=${path}>
    <legend>${label}</legend>
    <span class="hint">${hint}</span>
    <div class="fields">
      ${tags.map(({ tag, name }) => textField(form, `${path}.${tag}`, { label: name, placeholder: '' }))}
    </div>
    ${wrongText(form, path)}
  </fieldset>`;
}

/**
 * Ours, and those that the queue has besides.
 *
 * @param {Form} form
 * @param {string} path
 */
function languagesOf(form, path) {
  const more = Object.keys(path.split(/[.[\]]+/u).filter(Boolean).reduce((/** @type {any} */ inner, step) => inner?.[step], form.draft) ?? {});
  return [...LANGUAGES, ...more.filter((tag) => !LANGUAGES.some((one) => one.tag === tag)).map((tag) => ({ tag, name: tag }))];
}

/** @param {Form} form */
function questions(form) {
  const { t, draft } = form;
  const all = draft.entry.fields;
  const add = () =>
    form.change('entry.fields', [...all, { key: freeKey(all), label: {}, type: 'TEXT', options: '', required: false, recognises: false, max: '200' }]);
  return html`<div class="field">
    <span class="label">${t('admin.form')}</span>
    <span class="hint">${t('admin.form.lead')}</span>
    <ol class="questions">
      ${all.map((/** @type {any} */ one, /** @type {number} */ i) => question(form, one, i))}
    </ol>
    <div class="doing">
      <button type="button" class="small" ?disabled=${all.length >= 30} @click=${add}>${mark('plus')}${t('admin.form.add')}</button>
      <span class="hint">${t('admin.form.most', { count: all.length, most: 30 })}</span>
    </div>
    ${wrongText(form, 'entry.fields')}
  </div>`;
}

/** @param {any[]} all @returns {string} a key that no question has */
export function freeKey(all) {
  for (let n = all.length + 1; ; n++) {
    if (!all.some((one) => one.key === `question${n}`)) {
      return `question${n}`;
    }
  }
}

/**
 * @param {Form} form
 * @param {any} one
 * @param {number} i
 */
function question(form, one, i) {
  const { t, draft } = form;
  const all = draft.entry.fields;
  const path = `entry.fields[${i}]`;
  const name = one.label.en || Object.values(one.label).find(Boolean) || one.key;
  const type = { TEXT: t('admin.form.TEXT'), CHOICE: t('admin.form.CHOICE'), NUMBER: t('admin.form.NUMBER'), EMAIL: t('admin.form.EMAIL') };
  return html`<li class="question" data-question=${one.key}>
    <div class="doing">
      <strong class="grow" dir="auto">${i + 1}. ${name}</strong>
      ${i > 0 ? iconButton(t('admin.up', { name }), () => form.change('entry.fields', moved(all, i, i - 1)), 'up') : nothing}
      ${i < all.length - 1 ? iconButton(t('admin.down', { name }), () => form.change('entry.fields', moved(all, i, i + 1)), 'down') : nothing}
      ${iconButton(t('admin.remove.of', { name }), () => form.change('entry.fields', all.filter((/** @type {any} */ _, /** @type {number} */ at) => at !== i)))}
    </div>
    ${texts(form, `${path}.label`, t('admin.form.label'), t('admin.form.label.hint'))}
    <div class="fields">
      <div class="field">
        <label for=${idOf(`${path}.type`)}>${t('admin.form.type')}</label>
        ${choiceInput(form, `${path}.type`, { label: t('admin.form.type') }, TYPES.map((value) => ({ value, text: type[/** @type {'TEXT'} */ (value)] })))}
        ${wrongText(form, `${path}.type`)}
      </div>
      ${textField(form, `${path}.key`, { label: t('admin.form.key'), hint: t('admin.form.key.hint', { key: one.key || 'product' }), code: true })}
      <div class="field">
        <label for=${idOf(`${path}.max`)}>${t('admin.form.max')}</label>
        <div class="value">${textInput(form, `${path}.max`, { label: t('admin.form.max'), unit: 'c' })}<span class="muted">${t('admin.characters')}</span></div>
        <span id="${idOf(`${path}.max`)}-hint" class="hint">${t('admin.range', { ...ANSWER })} ${t('admin.normal', { value: 200 })}</span>
        ${wrongText(form, `${path}.max`)}
      </div>
      <label class="check">
        <input type="checkbox" .checked=${one.required} @change=${(/** @type {any} */ event) => form.change(`${path}.required`, event.target.checked)} />
        ${t('admin.form.required')}
      </label>
      ${one.type === 'TEXT' || one.type === 'EMAIL'
        ? checkField(form, `${path}.recognises`, { label: t('admin.form.recognises'), hint: t('admin.form.recognises.hint'), wide: true })
        : nothing}
    </div>
    ${one.type === 'CHOICE'
      ? html`<div class="field" data-field="${path}.options">
          <label for=${idOf(`${path}.options`)}>${t('admin.form.options')}</label>
          <textarea
            id=${idOf(`${path}.options`)}
            dir="auto"
            rows="4"
            aria-invalid=${form.wrong(`${path}.options`) ? 'true' : 'false'}
            aria-describedby="${idOf(`${path}.options`)}-hint ${idOf(`${path}.options`)}-wrong"
            .value=${one.options}
            @input=${(/** @type {any} */ event) => form.change(`${path}.options`, typed(event))}
          ></textarea>
          <span id="${idOf(`${path}.options`)}-hint" class="hint">${t('admin.form.options.hint')}</span>
          ${wrongText(form, `${path}.options`)}
        </div>`
      : nothing}
  </li>`;
}
