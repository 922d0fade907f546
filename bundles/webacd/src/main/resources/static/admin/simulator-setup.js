/** What is to be simulated: the traffic, what is assumed, and up to four scenarios side by side. */

import { html, icon, language, locale, nothing, repeat } from 'tandem/kit';
import { choiceField, iconButton, idOf, numberField, textField, textInput, wrongText } from './fields.js';
import { timeOf } from './hours.js';
import { mark } from './marks.js';
import { strategyText } from './queue-view.js';
import { DAY_SETS, EVERYBODY, KINDS, possible } from './simulator-changes.js';
import { ASSUMPTIONS, MOST_SCENARIOS, PERIODS, SEED, SHIFTS, decimal, span } from './simulator-draft.js';
import { LETTERS, daysText, load, shiftsText, spanText } from './simulator-words.js';

/** @typedef {import('./fields.js').Form} Form */
/** @typedef {import('./simulator-changes.js').SimulatedSite} SimulatedSite */
/** @typedef {import('./simulator-draft.js').SimulatorDraft} SimulatorDraft */
/** @typedef {import('./simulator-draft.js').Recorded} Recorded */
/**
 * @typedef {object} Doing what the page does when something is pressed
 * @property {(kind: 'RECORDED' | 'GENERATED') => void} choose
 * @property {() => void} propose
 * @property {(from: number) => void} duplicate
 * @property {(which: number) => void} remove
 * @property {(scenario: number, kind: any) => void} add
 * @property {(scenario: number, change: number) => void} drop
 */
/** @typedef {{state: 'loading' | 'here' | 'failed', view?: Recorded, text: string}} RecordedState `text`: why it is not known */

/**
 * @param {Form} form
 * @param {SimulatedSite} site
 * @param {RecordedState} recorded
 * @param {number} now
 * @param {Doing} doing
 */
export function trafficView(form, site, recorded, now, doing) {
  const { t } = form;
  const draft = /** @type {SimulatorDraft} */ (form.draft);
  const kind = (/** @type {'RECORDED' | 'GENERATED'} */ value, /** @type {string} */ text, /** @type {string} */ hint) => html`<label>
    <input type="radio" name="kind" value=${value} .checked=${draft.kind === value} @change=${() => doing.choose(value)} />${text}<span class="hint">${hint}</span>
  </label>`;
  return html`<section class="box" aria-labelledby="traffic">
    <h3 id="traffic">${t('simulator.traffic')}</h3>
    <p class="lead">${t('simulator.traffic.lead')}</p>
    <fieldset>
      <legend class="sr">${t('simulator.traffic')}</legend>
      <div class="kinds">
        ${kind('RECORDED', t('simulator.recorded'), t('simulator.recorded.hint'))} ${kind('GENERATED', t('simulator.generated'), t('simulator.generated.hint'))}
      </div>
    </fieldset>
    ${draft.kind === 'RECORDED' ? recordedView(form, recorded, now, doing) : generatedView(form, site, recorded, doing)}
  </section>`;
}

/**
 * @param {Form} form
 * @param {RecordedState} recorded
 * @param {number} now
 * @param {Doing} doing
 */
function recordedView(form, recorded, now, doing) {
  const { t } = form;
  const draft = /** @type {SimulatorDraft} */ (form.draft);
  const own = draft.period === 'own';
  const periods = [...PERIODS.map((value) => ({ value, text: t(`monitor.period.${value}`) })), { value: 'own', text: t('simulator.period.own') }];
  const { from, to } = span(draft, now);
  const hint = own || Number.isNaN(from) ? '' : spanText(new Date(from).toISOString(), new Date(to).toISOString(), locale());
  return html`<div class="fields">
      ${choiceField(form, 'period', { label: t('monitor.period'), hint: hint || t('simulator.zone') }, periods)}
      ${own
        ? html`${textField(form, 'from', { label: t('simulator.from'), type: 'datetime-local' })}
          ${textField(form, 'to', { label: t('simulator.to'), type: 'datetime-local' })}`
        : nothing}
    </div>
    <div class="recorded ${recorded.state === 'loading' ? 'pending' : ''}" aria-live="polite">${recordedPicture(t, recorded, doing)}</div>`;
}

/**
 * @param {Form['t']} t
 * @param {RecordedState} recorded
 * @param {Doing} doing
 */
function recordedPicture(t, { state, view, text }, doing) {
  const number = new Intl.NumberFormat(language(), { maximumFractionDigits: 1 });
  if (state === 'failed') {
    return html`<div class="notice bad">${icon('warning')}<span>${text}</span></div>`;
  }
  if (!view) {
    return html`<tandem-skeleton lines="2"></tandem-skeleton>`;
  }
  if (view.items === 0) {
    return html`<div class="notice" id="none-recorded">
      ${icon('info')}<span class="grow">${t('simulator.recorded.none')}</span>
      <button type="button" class="small" @click=${() => doing.choose('GENERATED')}>${t('simulator.recorded.instead')}</button>
    </div>`;
  }
  const most = Math.max(1, ...view.queues.map((one) => one.items));
  return html`<p id="items-recorded">${t('simulator.recorded.items', { count: view.items, items: number.format(view.items) })}</p>
    <ul class="volumes">
      ${view.queues
        .filter((one) => one.items > 0)
        .sort((a, b) => b.items - a.items)
        .slice(0, 12)
        .map(
          (one) => html`<li>
            <span class="who" dir="auto">${one.name}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width=${Math.max(0.5, (one.items / most) * 100)} height="10" rx="1"></rect></svg>
            <span class="num">${number.format(one.items)} ${one.perHour ? html`<span class="muted">(${t('simulator.perHour.of', { number: number.format(one.perHour) })})</span>` : nothing}</span>
          </li>`,
        )}
    </ul>`;
}

/**
 * @param {Form} form
 * @param {SimulatedSite} site
 * @param {RecordedState} recorded
 * @param {Doing} doing
 */
function generatedView(form, site, recorded, doing) {
  const { t } = form;
  const draft = /** @type {SimulatorDraft} */ (form.draft);
  const { from, to } = span(draft, 0);
  const hours = Math.max(0, (to - from) / 3_600_000) || 0;
  const rates = site.queues.map(({ id }) => decimal(draft.generated.queues[id]?.perHour ?? '') || 0);
  const items = Math.round(rates.reduce((sum, one) => sum + one, 0) * hours);
  const number = new Intl.NumberFormat(language());
  return html`<div class="fields">
      ${textField(form, 'generated.from', { label: t('simulator.from'), hint: t('simulator.zone'), type: 'datetime-local' })}
      ${textField(form, 'generated.to', { label: t('simulator.to'), type: 'datetime-local' })}
      ${numberField(form, 'generated.seed', { label: t('simulator.seed'), hint: t('simulator.seed.hint'), bounds: SEED })}
    </div>
    <div class="scroll">
      <table class="rates">
        <caption class="sr">
          ${t('simulator.generated')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t('admin.queue.name')}</th>
            <th scope="col" class="num">${t('simulator.perHour')}</th>
            <th scope="col" class="num">${t('simulator.handling')}</th>
            <th scope="col" class="num">${t('simulator.patience')}</th>
            <th scope="col" class="num">${t('simulator.load')}</th>
            <th scope="col" class="num">${t('admin.members')}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            site.queues,
            (one) => one.id,
            (one) => rateRow(form, one),
          )}
        </tbody>
      </table>
    </div>
    <p class="hint">${t('simulator.rates.hint')}</p>
    <div class="doing">
      <span class="grow" role="status">${t('simulator.generated.items', { items: number.format(items) })}</span>
      <button type="button" class="small" id="propose" ?disabled=${!recorded.view?.items} @click=${doing.propose}>${icon('renew')}${t('simulator.propose')}</button>
    </div>
    ${recorded.state === 'here' && !recorded.view?.items ? html`<p class="hint">${t('simulator.propose.none')}</p>` : nothing}`;
}

/**
 * @param {Form} form
 * @param {import('./simulator-changes.js').SimulatedQueue} queue
 */
function rateRow(form, queue) {
  const { t } = form;
  const draft = /** @type {SimulatorDraft} */ (form.draft);
  const path = `generated.queues.${queue.id}`;
  const { name } = queue;
  const rate = draft.generated.queues[queue.id];
  const busy = load(decimal(rate?.perHour ?? ''), Number(rate?.handlingSeconds));
  const input = (/** @type {string} */ key, /** @type {string} */ label) =>
    html`<td class="num">${textInput(form, `${path}.${key}`, { label: `${label}: ${name}`, bare: true, unit: 's' })} ${wrongText(form, `${path}.${key}`)}</td>`;
  return html`<tr data-queue=${queue.slug}>
    <th scope="row" dir="auto">${name}</th>
    ${input('perHour', t('simulator.perHour'))} ${input('handlingSeconds', t('simulator.handling'))} ${input('patienceSeconds', t('simulator.patience'))}
    <td class="num told">${Number.isNaN(busy) ? '–' : new Intl.NumberFormat(language(), { maximumFractionDigits: busy < 0.1 ? 2 : 1 }).format(busy)}</td>
    <td class="num told">${queue.form.members?.length ?? 0}</td>
  </tr>`;
}

/**
 * @param {Form} form
 * @param {number} inTime the service level's time of the site
 */
export function assumptionsView(form, inTime) {
  const { t } = form;
  const draft = /** @type {SimulatorDraft} */ (form.draft);
  const number = (/** @type {keyof typeof ASSUMPTIONS} */ key, /** @type {string} */ label, /** @type {string} */ hint, /** @type {string} */ unit, /** @type {string} */ normal) =>
    numberField(form, key, { label, hint, unit, bounds: ASSUMPTIONS[key], normal });
  const shifts = SHIFTS.filter((one) => draft.kind === 'RECORDED' || one !== 'RECORDED');
  return html`<section class="box" aria-labelledby="assumed">
    <h3 id="assumed">${t('simulator.assumed')}</h3>
    <p class="lead">${t('simulator.assumed.lead')}</p>
    <div class="fields">
      ${choiceField(form, 'shifts', { label: t('simulator.shifts'), hint: t('simulator.shifts.hint') }, shifts.map((value) => ({ value, text: shiftsText(value, t) })))}
      ${number('serviceLevelSeconds', t('setting.webacd.in-time.title'), t('simulator.inTime.hint'), t('admin.seconds'), String(inTime))}
      ${number('answerSeconds', t('simulator.answer'), t('simulator.answer.hint'), t('admin.seconds'), '3')}
      ${number('declines', t('simulator.declines'), t('simulator.declines.hint'), '%', '5')}
      ${number('noAnswers', t('simulator.noAnswers'), t('simulator.noAnswers.hint'), '%', '2')}
    </div>
  </section>`;
}

/**
 * @param {Form} form
 * @param {SimulatedSite} site
 * @param {Doing} doing
 */
export function scenariosView(form, site, doing) {
  const { t } = form;
  const { scenarios } = /** @type {SimulatorDraft} */ (form.draft);
  return html`<section class="box" aria-labelledby="scenarios">
    <h3 id="scenarios">${t('simulator.scenarios')}</h3>
    <p class="lead">${t('simulator.scenarios.lead', { most: MOST_SCENARIOS })}</p>
    <ul class="scenarios">
      ${scenarios.map((_, i) => scenarioView(form, site, i, doing))}
      ${scenarios.length < MOST_SCENARIOS
        ? html`<li class="another">
            <button type="button" id="another" @click=${() => doing.duplicate(scenarios.length - 1)}>${mark('plus')}${t('simulator.another')}</button>
            <span class="hint">${t('simulator.another.hint', { name: scenarios[scenarios.length - 1].name })}</span>
          </li>`
        : nothing}
    </ul>
  </section>`;
}

/**
 * @param {Form} form
 * @param {SimulatedSite} site
 * @param {number} i
 * @param {Doing} doing
 */
function scenarioView(form, site, i, doing) {
  const { t } = form;
  const draft = /** @type {SimulatorDraft} */ (form.draft);
  const { name, changes } = draft.scenarios[i];
  const path = `scenarios[${i}]`;
  const kinds = KINDS.filter((kind) => possible(kind, site) && !(kind === 'rules' && changes.some((one) => one.kind === 'rules')));
  return html`<li class="scenario s${i}" data-scenario=${LETTERS[i]}>
    <div class="inner" role="group" aria-label=${name || LETTERS[i]}>
    <div class="named">
      <span class="letter" aria-hidden="true">${LETTERS[i]}</span>
      <div class="field">
        ${textInput(form, `${path}.name`, { label: t('simulator.scenario.name', { letter: LETTERS[i] }), bare: true })} ${wrongText(form, `${path}.name`)}
      </div>
      ${draft.scenarios.length > 1 ? iconButton(t('admin.remove.of', { name: name || LETTERS[i] }), () => doing.remove(i)) : nothing}
    </div>
    ${changes.length === 0
      ? html`<p class="same">${t('simulator.unchanged')}</p>`
      : html`<ul class="changes">
          ${changes.map((change, j) => changeView(form, site, change, `${path}.changes[${j}]`, () => doing.drop(i, j)))}
        </ul>`}
    <div class="doing">
      <tandem-menu
        id="add-${i}"
        label=${t('simulator.change.add')}
        .items=${kinds.map((kind) => ({ id: kind, text: t(`simulator.change.${kind}`) }))}
        @tandem-choose=${(/** @type {CustomEvent} */ event) => doing.add(i, event.detail)}
      ></tandem-menu>
      ${draft.scenarios.length < MOST_SCENARIOS
        ? html`<button type="button" class="small quiet" aria-label=${t('simulator.duplicate.of', { name: name || LETTERS[i] })} @click=${() => doing.duplicate(i)}>
            ${icon('copy')}${t('simulator.duplicate')}
          </button>`
        : nothing}
    </div>
    </div>
  </li>`;
}

/**
 * @param {Form} form
 * @param {SimulatedSite} site
 * @param {import('./simulator-changes.js').Change} change
 * @param {string} path
 * @param {() => void} drop
 */
function changeView(form, site, change, path, drop) {
  const { t } = form;
  const title = t(`simulator.change.${change.kind}`);
  return html`<li>
    <div class="change" role="group" aria-label=${title} data-change=${change.kind}>
      <span class="label">${title}</span>
      ${iconButton(t('admin.remove.of', { name: title }), drop)}
      <div class="parts" id=${idOf(path)}>${changeFields(form, site, change, path)}</div>
      ${change.kind === 'hours' ? html`<span class="hint">${t('simulator.hours.zone', { zone: site.queues.find((one) => one.id === change.queue)?.form.hours?.zone ?? '' })}</span>` : nothing}
    </div>
  </li>`;
}

/**
 * @param {Form} form
 * @param {SimulatedSite} site
 * @param {import('./simulator-changes.js').Change} change
 * @param {string} path
 */
function changeFields(form, site, change, path) {
  const { t } = form;
  const queues = site.queues.map((one) => ({ value: one.id, text: one.name }));
  const queue = () => choiceField(form, `${path}.queue`, { label: t('admin.queue.name'), wide: true }, queues);
  const number = (/** @type {string} */ key, /** @type {string} */ label, /** @type {string} */ unit = '') => textField(form, `${path}.${key}`, { label, unit });
  const time = (/** @type {string} */ key, /** @type {string} */ label) => {
    // Typed as in the queue's own editor: 24:00 is a time there.
    const look = { label, code: true, tidy: timeOf };
    return textField(form, `${path}.${key}`, look);
  };
  switch (change.kind) {
    case 'more':
      return html`${queue()} ${number('agents', t('simulator.more.agents'))} ${number('capacity', t('admin.capacity'))}`;
    case 'capacity':
      return html`${choiceField(form, `${path}.agent`, { label: t('simulator.agent'), wide: true }, [
        { value: EVERYBODY, text: t('simulator.everybody') },
        ...site.agents.map((one) => ({ value: one.id, text: one.name })),
      ])}
      ${number('capacity', t('admin.capacity'))}`;
    case 'absent':
      return choiceField(form, `${path}.agent`, { label: t('simulator.agent'), wide: true }, site.agents.map((one) => ({ value: one.id, text: one.name })));
    case 'shifts':
      return choiceField(form, `${path}.value`, { label: t('simulator.shifts.value'), wide: true }, SHIFTS.map((value) => ({ value, text: shiftsText(value, t) })));
    case 'strategy':
      return html`${queue()} ${choiceField(form, `${path}.value`, { label: t('simulator.strategy'), wide: true }, site.strategies.map((value) => ({ value, text: strategyText(value, t) })))}`;
    case 'offer':
      return html`${queue()} ${number('seconds', t('admin.offer'), t('admin.seconds'))}`;
    case 'overflow':
      return html`${queue()}
      ${choiceField(form, `${path}.to`, { label: t('admin.overflow'), wide: true }, [
        { value: '', text: t('admin.overflow.none') },
        ...site.queues.filter((one) => one.id !== change.queue).map((one) => ({ value: one.slug, text: one.name })),
      ])}
      ${change.to ? number('seconds', t('admin.overflow.after'), t('admin.seconds')) : nothing}`;
    case 'hours':
      return html`${queue()}
      ${choiceField(form, `${path}.days`, { label: t('simulator.days'), wide: true }, DAY_SETS.map((value) => ({ value, text: daysText(value, t) })))}
      ${time('from', t('simulator.from'))} ${time('to', t('simulator.to'))}`;
    case 'rules':
      return html`<span class="hint">${t('simulator.rules.hint')}</span>`;
    default:
      return html`<span class="hint">${Object.keys(change.fields ?? {}).join(', ')}</span>`;
  }
}
