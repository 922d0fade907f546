/** The parts of a queue's editor that are plain settings: what it is, offers, bounds, how sessions begin, what customers see. */

import { html } from 'tandem/kit';
import { checkField, choiceField, numberField, textField } from './fields.js';
import { NUMBERS, OVERFLOW_AFTER, SCREENS } from './queue-draft.js';

/** @typedef {import('./fields.js').Form} Form */
/** @typedef {{slug: string, name: string}} Named */

/**
 * @param {string} name
 * @param {Form['t']} t
 * @returns {string} what people call it; integrators' by their own names
 */
export function strategyText(name, t) {
  const known = {
    LONGEST_IDLE: t('admin.strategy.LONGEST_IDLE'),
    ROUND_ROBIN: t('admin.strategy.ROUND_ROBIN'),
    FEWEST_ACTIVE: t('admin.strategy.FEWEST_ACTIVE'),
    BROADCAST: t('admin.strategy.BROADCAST'),
  };
  return known[/** @type {'BROADCAST'} */ (name)] ?? name;
}

/** @param {Form} form */
export function namesView(form) {
  const { t } = form;
  return html`<section class="box" aria-labelledby="names">
    <h3 id="names">${t('admin.queue.what')}</h3>
    <div class="fields">
      ${textField(form, 'name', { label: t('admin.queue.name'), hint: t('admin.queue.name.hint') })}
      ${textField(form, 'slug', { label: t('admin.queue.slug'), hint: t('admin.queue.slug.hint'), code: true })}
      ${textField(form, 'description', { label: t('admin.queue.description'), hint: t('admin.queue.description.hint'), wide: true, lines: 2 })}
    </div>
  </section>`;
}

/**
 * @param {Form} form
 * @param {string[]} strategies
 * @param {Record<string, any>} fresh what a new queue begins with
 */
export function offersView(form, strategies, fresh) {
  const { t } = form;
  const seconds = (/** @type {string} */ key, /** @type {string} */ label, /** @type {string} */ hint) =>
    numberField(form, key, { label, hint, unit: t('admin.seconds'), bounds: NUMBERS[key], normal: String(fresh[key] ?? '') });
  return html`<section class="box" aria-labelledby="distribution">
    <h3 id="distribution">${t('admin.distribution')}</h3>
    <div class="fields">
      ${choiceField(
        form,
        'strategy',
        { label: t('admin.strategy'), hint: `${t('admin.strategy.hint')} ${t('admin.normal', { value: strategyText(fresh.strategy, t) })}`, wide: true },
        strategies.map((value) => ({ value, text: strategyText(value, t) })),
      )}
      ${seconds('offerSeconds', t('admin.offer'), t('admin.offer.hint'))} ${seconds('wrapUpSeconds', t('admin.wrapUp'), t('admin.wrapUp.hint'))}
      ${seconds('preferredSeconds', t('admin.preferred'), t('admin.preferred.hint'))} ${seconds('priorityStepSeconds', t('admin.step'), t('admin.step.hint'))}
    </div>
  </section>`;
}

/**
 * @param {Form} form
 * @param {Named[]} others
 */
export function boundsView(form, others) {
  const { t, draft } = form;
  const queues = [{ value: '', text: t('admin.overflow.none') }, ...others.map((one) => ({ value: one.slug, text: one.name }))];
  return html`<section class="box" aria-labelledby="bounds">
    <h3 id="bounds">${t('admin.bounds')}</h3>
    <div class="fields">
      ${numberField(form, 'largestLength', { label: t('admin.length'), hint: t('admin.length.hint'), unit: t('admin.customers'), bounds: NUMBERS.largestLength })}
      ${numberField(form, 'largestWaitSeconds', { label: t('admin.wait'), hint: t('admin.wait.hint'), unit: t('admin.seconds'), bounds: NUMBERS.largestWaitSeconds })}
      ${choiceField(form, 'overflow.queue', { label: t('admin.overflow'), hint: t('admin.overflow.hint') }, queues)}
      ${draft.overflow.queue
        ? numberField(form, 'overflow.afterSeconds', { label: t('admin.overflow.after'), hint: t('admin.overflow.after.hint'), unit: t('admin.seconds'), bounds: OVERFLOW_AFTER, normal: '300' })
        : ''}
    </div>
  </section>`;
}

/** @param {Form} form */
export function startView(form) {
  const { t } = form;
  const screens = { NONE: t('admin.start.NONE'), VIEW: t('admin.start.VIEW'), CONTROL: t('admin.start.CONTROL') };
  return html`<section class="box" aria-labelledby="start">
    <h3 id="start">${t('admin.start')}</h3>
    <p class="lead">${t('admin.start.lead')}</p>
    <div class="fields">
      ${choiceField(form, 'start.screen', { label: t('admin.start.screen'), hint: `${t('admin.start.screen.hint')} ${t('admin.normal', { value: screens.NONE })}` }, SCREENS.map((value) => ({ value, text: screens[/** @type {'NONE'} */ (value)] })))}
      ${textField(form, 'start.url', { label: t('admin.start.url'), hint: t('admin.start.url.hint'), type: 'url' })}
      ${checkField(form, 'start.voice', { label: t('admin.start.voice'), hint: t('admin.off') })}
      ${checkField(form, 'start.systemInformation', { label: t('admin.start.systemInformation'), hint: t('admin.on') })}
      ${checkField(form, 'start.scripts', { label: t('admin.start.scripts'), hint: `${t('admin.start.notYet')} ${t('admin.on')}` })}
      ${checkField(form, 'start.reboot', { label: t('admin.start.reboot'), hint: `${t('admin.start.notYet')} ${t('admin.on')}` })}
    </div>
  </section>`;
}

/** @param {Form} form */
export function customersView(form) {
  const { t } = form;
  return html`<section class="box" aria-labelledby="customers">
    <h3 id="customers">${t('admin.shown')}</h3>
    <div class="fields">
      ${checkField(form, 'showPosition', { label: t('admin.shown.position'), hint: t('admin.on') })}
      ${checkField(form, 'showWait', { label: t('admin.shown.wait'), hint: t('admin.on') })}
    </div>
  </section>`;
}
