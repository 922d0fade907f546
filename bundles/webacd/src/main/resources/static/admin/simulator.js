/**
 * The simulator: recorded or made-up traffic through the very engine that routes, in virtual time, with up to four scenarios side by
 * side. What is put together here is kept while one looks at other pages.
 */

import { api, define, html, icon, locale, messages, nothing, problemText, staticHtml, unsafeStatic } from 'tandem/kit';
import { details, refusal } from './simulator-refusals.js';
import { csvName, csvOf } from './simulator-csv.js';
import { SimulatorDesk, running } from './simulator-desk.js';
import { draftFaults, draftOfRequest, proposed, requestOf, withKind } from './simulator-draft.js';
import { newChange } from './simulator-changes.js';
import { complete } from './simulator-measures.js';
import { lastView, progressView, stateView } from './simulator-list.js';
import { RESULTS } from './simulator-results.js';
import { assumptionsView, scenariosView, trafficView } from './simulator-setup.js';
import { resultStyles } from './simulator-results-styles.js';
import { scenarioColours, setupStyles } from './simulator-styles.js';
import { LETTERS, faultText, trafficText } from './simulator-words.js';
import { adminStyles } from './styles.js';
import { put } from './values.js';

const results = unsafeStatic(RESULTS);

/** @typedef {import('./simulator-draft.js').SimulatorDraft} SimulatorDraft */
/** @typedef {import('./simulator-measures.js').SimulationView} SimulationView */

/** So long after the last key what was recorded is asked for. */
const PAUSE = 350;

class RoutingSimulator extends SimulatorDesk {
  static messages = messages(import.meta.url);
  static styles = [adminStyles, scenarioColours, setupStyles, resultStyles];

  /** @returns {Record<string, import('./queue-draft.js').Fault>} */
  get faults() {
    return this.draft && this.site ? draftFaults(this.draft, this.site, this.now) : {};
  }

  /** What the views of {@link import('./fields.js')} ask of a form. @returns {import('./fields.js').Form} */
  get form() {
    const { faults } = this;
    return {
      draft: /** @type {SimulatorDraft} */ (this.draft),
      t: this.texts,
      wrong: (path) => {
        const fault = this.tried || this.touched.has(path) ? faults[path] : undefined;
        return fault ? faultText(fault, this.texts) : '';
      },
      change: (path, value) => {
        const draft = structuredClone(/** @type {SimulatorDraft} */ (this.draft));
        put(draft, path, value);
        this.touched.add(path);
        this.turnTo(draft);
        if (['period', 'from', 'to'].includes(path)) {
          this.recordedLater();
        }
      },
    };
  }

  /** @param {SimulatorDraft} draft */
  turnTo(draft) {
    this.draft = draft;
    this.error = undefined;
    this.keep();
  }

  recordedLater() {
    clearTimeout(this.pause);
    this.recordedIsOld();
    this.pause = setTimeout(() => this.askRecorded(), PAUSE);
  }

  /** @returns {import('./simulator-setup.js').Doing} */
  get doing() {
    const draft = /** @type {SimulatorDraft} */ (this.draft);
    const site = /** @type {import('./simulator-changes.js').SimulatedSite} */ (this.site);
    const change = (/** @type {(draft: SimulatorDraft) => void} */ how) => {
      const next = structuredClone(draft);
      how(next);
      // Paths of fields are not what they were.
      this.touched = new Set();
      this.turnTo(next);
    };
    return {
      choose: (kind) => {
        this.turnTo(withKind(draft, kind));
        this.recordedIsOld();
        this.askRecorded();
      },
      propose: () => this.turnTo(proposed(draft, site.queues, this.recorded.view, true)),
      duplicate: (from) => {
        change((next) => next.scenarios.push({ ...structuredClone(next.scenarios[from]), name: this.freeName() }));
        this.toField(`#f-scenarios-${draft.scenarios.length}-name`);
      },
      remove: (which) => {
        change((next) => next.scenarios.splice(which, 1));
        this.toField('#another');
      },
      add: (scenario, kind) => {
        const j = draft.scenarios[scenario].changes.length;
        const taken = draft.scenarios[scenario].changes.filter((one) => one.kind === kind).map((one) => one.queue);
        const free = site.queues.find((one) => !taken.includes(one.id))?.id;
        change((next) => next.scenarios[scenario].changes.push(newChange(kind, site, free)));
        this.toField(`#f-scenarios-${scenario}-changes-${j}- select, #f-scenarios-${scenario}-changes-${j}- input`);
      },
      drop: (scenario, which) => {
        change((next) => next.scenarios[scenario].changes.splice(which, 1));
        this.toField(`#add-${scenario}`);
      },
    };
  }

  /** @returns {string} a name that no scenario has */
  freeName() {
    const names = this.draft?.scenarios.map((one) => one.name) ?? [];
    for (let number = names.length + 1; ; number++) {
      const name = this.t('simulator.scenario.number', { letter: LETTERS[number - 1] ?? number });
      if (!names.includes(name)) {
        return name;
      }
    }
  }

  /** @param {string} selector */
  async toField(selector) {
    await this.updateComplete;
    const field = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(selector));
    // A menu's button stands in the menu.
    (field?.shadowRoot?.querySelector('button') ?? field)?.focus();
  }

  /** Whether nothing is there that could be simulated. */
  get nobody() {
    return this.draft?.kind === 'RECORDED' && this.recorded.state === 'here' && this.recorded.view?.items === 0;
  }

  /** @param {Event} event */
  async start(event) {
    event.preventDefault();
    const { draft, site } = this;
    if (!draft || !site || this.busy) {
      return;
    }
    this.now = api.now();
    this.tried = true;
    this.error = undefined;
    if (Object.keys(this.faults).length > 0) {
      this.requestUpdate();
      await this.toField('[aria-invalid="true"]');
      return;
    }
    if (this.nobody) {
      this.requestUpdate();
      await this.toField('#none-recorded button');
      return;
    }
    this.busy = true;
    try {
      const simulation = await api.post('/webacd/simulations', requestOf(draft, site, this.now));
      this.last = [simulation, ...this.last.filter((one) => one.id !== simulation.id)];
      this.opened = simulation;
      this.gone = false;
      this.silent = 0;
      this.keep();
      await this.toTop();
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  }

  putBack() {
    this.tried = false;
    this.touched = new Set();
    this.turnTo(proposed(this.fresh(), this.site?.queues ?? [], this.recorded.view, true));
    this.askRecorded(true);
  }

  /** @param {SimulationView} simulation */
  again({ request }) {
    this.tried = false;
    this.touched = new Set();
    this.draft = draftOfRequest(request, /** @type {any} */ (this.site), this.fresh());
    this.recordedIsOld(true);
    this.askRecorded();
    this.back();
  }

  /** @param {SimulationView} simulation */
  download(simulation) {
    const url = URL.createObjectURL(new Blob(['\ufeff', csvOf(simulation)], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = csvName(Date.parse(simulation.startedAt ?? '') || api.now());
    link.click();
    // The browser has begun to read it by then.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  render() {
    if (!this.site || !this.draft) {
      return html`${this.heading(nothing)}
      ${this.problem
        ? html`<div role="alert">
            <tandem-empty icon="warning" heading=${this.t('admin.failed')}>
              ${problemText(this.problem)}
              <div class="buttons"><button class="primary" @click=${() => this.load()}>${icon('renew')}${this.t('entry.again')}</button></div>
            </tandem-empty>
          </div>`
        : html`<tandem-skeleton lines="6"></tandem-skeleton>`}`;
    }
    return this.opened ? this.one(this.opened) : this.setup(this.site);
  }

  /** @param {unknown} more */
  heading(more) {
    return html`<div class="head">
      <div>
        <h2 tabindex="-1">${this.t('simulator.title')}</h2>
        <p class="lead">${this.t('simulator.lead')}</p>
      </div>
      ${more}
    </div>`;
  }

  /** @param {import('./simulator-changes.js').SimulatedSite} site */
  setup(site) {
    if (site.queues.length === 0) {
      return html`${this.heading(nothing)}
        <tandem-empty icon="users" heading=${this.t('admin.queues.none')}>
          ${this.t('simulator.noQueues')}
          <div class="buttons"><a class="button primary" href="#admin/routing-queues">${this.t('admin.queues')}</a></div>
        </tandem-empty>`;
    }
    const { form } = this;
    const faults = this.tried ? Object.keys(this.faults).length : 0;
    return html`${this.heading(html`<div class="tools"><button class="small" @click=${() => this.putBack()}>${icon('renew')}${this.t('simulator.putBack')}</button></div>`)}
      ${this.gone ? html`<div class="notice" role="status">${icon('info')}<span>${this.t('simulator.gone.text')}</span></div>` : nothing}
      <form id="simulation" novalidate autocomplete="off" @submit=${this.start}>
        ${trafficView(form, site, this.recorded, this.now, this.doing)} ${scenariosView(form, site, this.doing)} ${assumptionsView(form, this.inTime)}
        <div class="bar">
          <div class="grow" role="alert">
            ${faults > 0 ? html`<span class="wrong">${this.t('admin.faults', { count: faults })}</span>` : nothing}
            ${this.tried && this.nobody ? html`<span class="wrong">${this.t('simulator.recorded.none')}</span>` : nothing}
            ${this.error
              ? html`<span class="wrong">${refusal(this.error, this.texts)}</span><span class="hint" lang="en">${details(this.error)}</span>`
              : nothing}
          </div>
          <button class="primary" type="submit" ?disabled=${this.busy}>${icon('play')}${this.t('simulator.start')}</button>
        </div>
      </form>
      ${lastView(this.texts, this.last, (one) => this.look(one.id), (one) => this.end(one))}`;
  }

  /** @param {SimulationView} simulation */
  one(simulation) {
    const { request } = simulation;
    const started = simulation.startedAt ? new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(simulation.startedAt)) : '';
    const done = simulation.state === 'DONE' && complete(simulation);
    return html`<div class="crumb">
        <button class="quiet small" @click=${() => this.back()}>${icon('back')}${this.t('simulator.title')}</button>
      </div>
      <div class="head">
        <div>
          <h2 tabindex="-1">${started ? this.t('simulator.of', { time: started }) : this.t('simulator.one')}</h2>
          <p class="lead">${trafficText(request.traffic, locale(), this.texts)}</p>
        </div>
        <div class="tools">
          ${stateView(simulation.state, this.texts)}
          ${done ? html`<button class="small" id="csv" @click=${() => this.download(simulation)}>${icon('down')}CSV</button>` : nothing}
          ${running(simulation)
            ? nothing
            : html`<button class="small" id="again" @click=${() => this.again(simulation)}>${icon('renew')}${this.t('simulator.again')}</button>
                <button class="small danger" id="remove" ?disabled=${this.busy} @click=${() => this.end(simulation)}>${this.t('simulator.remove')}</button>`}
        </div>
      </div>
      <p class="sr" role="status">${running(simulation) ? '' : this.t(`simulator.state.${simulation.state}`)}</p>
      <div role="alert">
        ${this.error || this.gone
          ? html`<div class="notice bad">${icon('warning')}<span>${this.gone ? this.t('simulator.gone.text') : refusal(this.error, this.texts)}</span></div>`
          : nothing}
      </div>
      ${progressView(this.texts, simulation, this.now, this.busy, () => this.end(simulation))}
      ${done ? staticHtml`<${results} .simulation=${simulation} .site=${this.site}></${results}>` : nothing}`;
  }
}

define('tandem-routing-simulator', RoutingSimulator, import.meta.url);
