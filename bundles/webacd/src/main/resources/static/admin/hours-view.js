/** Opening hours: a row for each weekday with its spans and a picture of the day, the zone, and dates of their own. */

import { html, language, nothing, svg } from 'tandem/kit';
import { idOf, iconButton, textField, textInput, wrongText } from './fields.js';
import { mark } from './marks.js';
import { DAY, MOST_SPANS, always, copied, dayNames, hoursOpen, nextSpan, office, openIn, timeOf } from './hours.js';

/** @typedef {import('./fields.js').Form} Form */

const zones = () => Intl.supportedValuesOf?.('timeZone') ?? [];

/** @param {Form} form */
export function hoursView(form) {
  const { t, draft } = form;
  const { week } = draft.hours;
  const total = hoursOpen(week);
  const names = dayNames(language());
  const set = (/** @type {any} */ next) => form.change('hours.week', next);
  return html`<section class="box" aria-labelledby="hours">
    <h3 id="hours">${t('admin.hours')}</h3>
    <p class="lead">${t('admin.hours.lead')}</p>
    <datalist id="zones">${zones().map((zone) => html`<option value=${zone}></option>`)}</datalist>
    <div class="fields">
      ${textField(form, 'hours.zone', { label: t('admin.hours.zone'), hint: t('admin.hours.zone.hint'), list: 'zones', code: true })}
      <div class="field">
        <span class="label">${t('admin.hours.fill')}</span>
        <div class="doing">
          <button type="button" class="small" @click=${() => set(always())}>${t('admin.hours.always')}</button>
          <button type="button" class="small" @click=${() => set(office())}>${t('admin.hours.office')}</button>
        </div>
        <span class="hint" role="status">${t('admin.hours.total', { hours: new Intl.NumberFormat(language()).format(total) })}</span>
      </div>
    </div>
    <div class="scroll">
      <table class="week">
        <caption class="sr">
          ${t('admin.hours')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t('admin.hours.day')}</th>
            <th scope="col">${t('admin.hours.open')}</th>
            <th scope="col" aria-hidden="true"><span class="ruler"><span>0</span><span>6</span><span>12</span><span>18</span><span>24</span></span></th>
            <th scope="col"><span class="sr">${t('admin.more')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${week.map((/** @type {any[]} */ spans, /** @type {number} */ day) => dayRow(form, names, spans, day, set))}
        </tbody>
      </table>
    </div>
    ${holidays(form)}
  </section>`;
}

/**
 * @param {Form} form
 * @param {string[]} names
 * @param {any[]} spans
 * @param {number} day
 * @param {(week: any) => void} set
 */
function dayRow(form, names, spans, day, set) {
  const { t, draft } = form;
  const { week } = draft.hours;
  const path = `hours.week[${day}]`;
  return html`<tr data-day=${day}>
    <th scope="row">${names[day]}</th>
    <td>
      <div class="spans">
        ${spans.length === 0 ? html`<span class="muted">${t('admin.hours.closed')}</span>` : nothing}
        ${spans.map((_, i) => span(form, `${path}[${i}]`, names[day], () => form.change(path, spans.filter((_, other) => other !== i))))}
        ${spans.length < MOST_SPANS
          ? iconButton(t('admin.hours.add', { day: names[day] }), () => form.change(path, [...spans, nextSpan(spans)]), 'plus')
          : nothing}
      </div>
      ${wrongText(form, path)}
    </td>
    <td class="picture" aria-hidden="true">${picture(week, day)}</td>
    <td>
      <tandem-menu
        bare
        icon="more"
        label=${t('admin.hours.copy', { day: names[day] })}
        .items=${[
          { id: 'weekdays', text: t('admin.hours.copy.weekdays', { day: names[day] }) },
          { id: 'all', text: t('admin.hours.copy.all', { day: names[day] }) },
        ]}
        @tandem-choose=${(/** @type {CustomEvent} */ event) =>
          set(copied(week, day, event.detail === 'all' ? [0, 1, 2, 3, 4, 5, 6] : [0, 1, 2, 3, 4]))}
      ></tandem-menu>
    </td>
  </tr>`;
}

/**
 * @param {Form} form
 * @param {string} path
 * @param {string} of the day's or holiday's name
 * @param {(() => void) | undefined} remove
 */
function span(form, path, of, remove) {
  const { t } = form;
  const time = (/** @type {'from' | 'to'} */ end) =>
    textInput(form, `${path}.${end}`, {
      label: end === 'from' ? t('admin.hours.from', { day: of }) : t('admin.hours.to', { day: of }),
      bare: true,
      code: true,
      placeholder: end === 'from' ? '08:00' : '17:00',
      tidy: timeOf,
    });
  return html`<span class="span">
    ${time('from')}<span aria-hidden="true">–</span>${time('to')}
    ${remove ? iconButton(t('admin.hours.remove', { day: of }), remove) : nothing} ${wrongText(form, `${path}.from`)} ${wrongText(form, `${path}.to`)}
  </span>`;
}

/**
 * @param {any[][]} week
 * @param {number} day
 */
function picture(week, day) {
  return html`<svg class="day" viewBox="0 0 ${DAY} 100" preserveAspectRatio="none">
    ${openIn(week, day).map(({ from, to }) => svg`<rect class="open" x=${from} y="0" width=${to - from} height="100"></rect>`)}
    ${[360, 720, 1080].map((x) => svg`<line x1=${x} x2=${x} y1="0" y2="100"></line>`)}
  </svg>`;
}

/** @param {Form} form */
function holidays(form) {
  const { t, draft } = form;
  const all = draft.hours.holidays;
  const add = () => form.change('hours.holidays', [...all, { date: '', name: '', own: false, from: '08:00', to: '12:00' }]);
  return html`<div class="field">
    <span class="label">${t('admin.holidays')}</span>
    <span class="hint">${t('admin.holidays.lead')}</span>
    ${all.length > 0
      ? html`<div class="scroll">
          <table>
            <caption class="sr">
              ${t('admin.holidays')}
            </caption>
            <thead>
              <tr>
                <th scope="col">${t('admin.holidays.date')}</th>
                <th scope="col">${t('admin.holidays.name')}</th>
                <th scope="col">${t('admin.hours.open')}</th>
                <th scope="col"><span class="sr">${t('admin.more')}</span></th>
              </tr>
            </thead>
            <tbody>
              ${all.map((/** @type {any} */ one, /** @type {number} */ i) => holiday(form, one, i))}
            </tbody>
          </table>
        </div>`
      : nothing}
    <div class="doing"><button type="button" class="small" @click=${add}>${mark('plus')}${t('admin.holidays.add')}</button></div>
  </div>`;
}

/**
 * @param {Form} form
 * @param {any} one
 * @param {number} i
 */
function holiday(form, one, i) {
  const { t, draft } = form;
  const path = `hours.holidays[${i}]`;
  const name = one.name || one.date || t('admin.holidays');
  const other = { value: 'own', text: t('admin.holidays.own') };
  return html`<tr>
    <td>${textInput(form, `${path}.date`, { label: t('admin.holidays.date'), bare: true, type: 'date' })} ${wrongText(form, `${path}.date`)}</td>
    <td>${textInput(form, `${path}.name`, { label: t('admin.holidays.name'), bare: true })} ${wrongText(form, `${path}.name`)}</td>
    <td>
      <div class="spans">
        <select
          class="fit"
          id=${idOf(`${path}.own`)}
          aria-label=${t('admin.holidays.how', { name })}
          @change=${(/** @type {any} */ event) => form.change(`${path}.own`, event.target.value === 'own')}
        >
          <option value="closed" ?selected=${!one.own}>${t('admin.hours.closed')}</option>
          <option value="own" ?selected=${one.own}>${other.text}</option>
        </select>
        ${one.own ? span(form, path, name, undefined) : nothing}
      </div>
    </td>
    <td>
      ${iconButton(t('admin.remove.of', { name }), () =>
        form.change('hours.holidays', draft.hours.holidays.filter((/** @type {any} */ _, /** @type {number} */ at) => at !== i)),
      )}
    </td>
  </tr>`;
}
