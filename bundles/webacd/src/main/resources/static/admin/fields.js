/**
 * Fields of a form: label, control, unit, hint and what is wrong, tied together for whoever does not see them. A form is the
 * element that owns it: it has a draft, says what is wrong with a path, and is told of changes.
 */

import { html, liveDirective, nothing } from 'tandem/kit';
import { mark } from './marks.js';
import { at } from './values.js';

/**
 * @typedef {object} Form
 * @property {Record<string, any>} draft
 * @property {(path: string) => string} wrong what is wrong with that field, in words; '' for nothing
 * @property {(path: string, value: unknown) => void} change
 * @property {(key: string, args?: Record<string, string | number>) => string} t
 */
/** @typedef {{label: string, hint?: string, unit?: string, wide?: boolean, hidden?: boolean, most?: number, lines?: number, type?: string, list?: string, placeholder?: string, code?: boolean}} Look */
/** @typedef {{value: string, text: string}} Option */

/** @param {string} path @returns {string} an id for it */
export const idOf = (path) => `f-${path.replace(/[^A-Za-z0-9]+/gu, '-')}`;

/** @param {any} event @returns {string} */
export const typed = (event) => event.target.value;

/**
 * @param {Form} form
 * @param {string} path
 */
export function wrongText(form, path) {
  const text = form.wrong(path);
  return html`<span id="${idOf(path)}-wrong" class="wrong" role=${text ? 'alert' : nothing}>${text}</span>`;
}

/**
 * @param {Form} form
 * @param {string} path
 * @param {Look} look
 * @param {unknown} control
 */
function field(form, path, look, control) {
  const id = idOf(path);
  return html`<div class="field ${look.wide ? 'wide' : ''}" data-field=${path}>
    <label for=${id}>${look.label}</label>
    ${look.unit ? html`<div class="value">${control}<span class="muted">${look.unit}</span></div>` : control}
    ${look.hint ? html`<span id="${id}-hint" class="hint">${look.hint}</span>` : nothing} ${wrongText(form, path)}
  </div>`;
}

/**
 * @param {Form} form
 * @param {string} path
 * @param {Look} look
 */
export function textField(form, path, look) {
  return field(form, path, look, textInput(form, path, look));
}

/**
 * The control alone, for tables; with `label` as its name where it has no other.
 *
 * @param {Form} form
 * @param {string} path
 * @param {Look & {bare?: boolean, tidy?: (text: string) => string}} look
 */
export function textInput(form, path, look) {
  const id = idOf(path);
  const value = String(at(form.draft, path) ?? '');
  const invalid = form.wrong(path) ? 'true' : 'false';
  const about = look.bare ? `${id}-wrong` : `${id}-hint ${id}-wrong`;
  const change = (/** @type {any} */ event) => form.change(path, typed(event));
  if (look.lines) {
    return html`<textarea
      id=${id}
      dir="auto"
      rows=${look.lines}
      aria-label=${look.bare ? look.label : nothing}
      aria-invalid=${invalid}
      aria-describedby=${about}
      .value=${liveDirective(value)}
      @input=${change}
    ></textarea>`;
  }
  return html`<input
    id=${id}
    class=${look.code ? 'code' : ''}
    type=${look.type ?? 'text'}
    dir=${look.type ? nothing : 'auto'}
    inputmode=${look.unit ? 'numeric' : nothing}
    autocomplete="off"
    autocapitalize=${look.code ? 'none' : nothing}
    spellcheck=${look.code ? 'false' : nothing}
    list=${look.list ?? nothing}
    placeholder=${look.placeholder ?? nothing}
    aria-label=${look.bare ? look.label : nothing}
    aria-invalid=${invalid}
    aria-describedby=${about}
    .value=${liveDirective(value)}
    @input=${change}
    @change=${(/** @type {any} */ event) => look.tidy && form.change(path, look.tidy(typed(event)))}
  />`;
}

/**
 * A whole number: its unit, its bounds, and what it is as a rule stand below.
 *
 * @param {Form} form
 * @param {string} path
 * @param {Look & {bounds: {least: number, most: number, optional?: boolean}, normal?: string}} look
 */
export function numberField(form, path, look) {
  const { bounds, normal } = look;
  const number = (/** @type {number} */ value) => new Intl.NumberFormat(document.documentElement.lang || 'en').format(value);
  const range = form.t('admin.range', { least: number(bounds.least), most: number(bounds.most) });
  const usual = bounds.optional ? form.t('admin.unbounded') : normal ? form.t('admin.normal', { value: number(Number(normal)) }) : '';
  return textField(form, path, { ...look, hint: [look.hint, range, usual].filter(Boolean).join(' ') });
}

/**
 * @param {Form} form
 * @param {string} path
 * @param {Look} look
 * @param {Option[]} options
 */
export function choiceField(form, path, look, options) {
  return field(form, path, look, choiceInput(form, path, look, options));
}

/**
 * @param {Form} form
 * @param {string} path
 * @param {Look & {bare?: boolean}} look
 * @param {Option[]} options
 */
export function choiceInput(form, path, look, options) {
  const id = idOf(path);
  const value = String(at(form.draft, path) ?? '');
  const all = options.some((one) => one.value === value) ? options : [{ value, text: value || '–' }, ...options];
  return html`<select
    id=${id}
    aria-label=${look.bare ? look.label : nothing}
    aria-invalid=${form.wrong(path) ? 'true' : 'false'}
    aria-describedby=${look.bare ? `${id}-wrong` : `${id}-hint ${id}-wrong`}
    .value=${liveDirective(value)}
    @change=${(/** @type {any} */ event) => form.change(path, typed(event))}
  >
    ${all.map((one) => html`<option value=${one.value} ?selected=${one.value === value}>${one.text}</option>`)}
  </select>`;
}

/**
 * @param {Form} form
 * @param {string} path
 * @param {Look} look
 */
export function checkField(form, path, look) {
  const id = idOf(path);
  return html`<div class=${look.wide ? 'wide' : ''} data-field=${path}>
    <label class="check">
      <input
        id=${id}
        type="checkbox"
        aria-describedby="${id}-hint"
        .checked=${liveDirective(Boolean(at(form.draft, path)))}
        @change=${(/** @type {any} */ event) => form.change(path, event.target.checked)}
      />${look.label}<span id="${id}-hint" class="hint">${look.hint ?? ''}</span>
    </label>
    ${wrongText(form, path)}
  </div>`;
}

/**
 * @param {string} label
 * @param {() => void} run
 * @param {string} [image]
 */
export function iconButton(label, run, image = 'close') {
  return html`<button type="button" class="quiet small icon" aria-label=${label} title=${label} @click=${run}>${mark(image)}</button>`;
}
