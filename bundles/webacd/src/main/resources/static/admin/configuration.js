/** What holds for the routing of the whole site, and all of it out into a file and in from one. */

import { ProblemError, TandemElement, api, css, define, html, icon, messages, nothing, toast } from 'tandem/kit';
import { fileName, newIn, readConfiguration, sortedChanges } from './configuration-text.js';
import { choiceField, textField } from './fields.js';
import { refusal } from './refusals.js';
import { adminStyles } from './styles.js';
import { absent, refused } from './troubles.js';

/** @typedef {{zone: string | null, effectiveZone: string, fallback: string | null}} SiteView */
/** @typedef {{dryRun: boolean, changes: Record<string, number>, removedQueues: string[]}} Imported */

/** A larger file is none of ours. */
const MOST_BYTES = 20_000_000;

class RoutingConfiguration extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    agent: { attribute: false },
    site: { state: true },
    draft: { state: true },
    problem: { state: true },
    error: { state: true },
    file: { state: true },
    mode: { state: true },
    plan: { state: true },
    trouble: { state: true },
    done: { state: true },
    busy: { state: true },
  };
  static styles = [
    adminStyles,
    css`
      ul.plain {
        margin: 0;
        padding-inline-start: 20px;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {{id: string, site: string} | undefined} */
    this.agent = undefined;
    /** @type {SiteView | undefined} */
    this.site = undefined;
    /** @type {{slug: string, name: string}[]} */
    this.queues = [];
    /** @type {Record<string, any>} */
    this.draft = { zone: '', fallback: '' };
    /** @type {unknown} */
    this.problem = undefined;
    /** @type {unknown} what was refused of the site's settings */
    this.error = undefined;
    /** @type {(ReturnType<typeof readConfiguration> & {name: string}) | undefined} */
    this.file = undefined;
    /** @type {'merge' | 'replace'} */
    this.mode = 'merge';
    /** @type {{told: Imported, fresh: {part: string, names: string[]}[]} | undefined} what the import would do */
    this.plan = undefined;
    /** @type {unknown} what was refused of the import or export */
    this.trouble = undefined;
    /** @type {Imported | undefined} what the import has done */
    this.done = undefined;
    this.busy = false;
    this.texts = this.t.bind(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    try {
      const [site, all] = await Promise.all([api.get('/webacd/configuration/site'), api.get('/webacd/queues')]);
      this.queues = all.queues.map((/** @type {any} */ one) => ({ slug: one.queue.slug, name: one.queue.name }));
      this.take(site);
      this.problem = undefined;
    } catch (error) {
      this.problem = error;
    }
  }

  /** @param {SiteView} site */
  take(site) {
    this.site = site;
    this.draft = { zone: site.zone ?? '', fallback: site.fallback ?? '' };
  }

  /** @param {() => Promise<void>} what @param {(error: unknown) => void} refused */
  async act(what, refused) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      await what();
    } catch (error) {
      refused(error);
    } finally {
      this.busy = false;
    }
  }

  /** @param {Event} event */
  save(event) {
    event.preventDefault();
    this.error = undefined;
    const said = { zone: this.draft.zone.trim() || null, fallback: this.draft.fallback || null };
    this.act(
      async () => {
        this.take(await api.put('/webacd/configuration/site', said));
        toast(this.t('admin.site.saved'), { kind: 'success' });
      },
      (error) => (this.error = error),
    );
  }

  export_() {
    this.trouble = undefined;
    this.act(
      async () => {
        const form = await api.get('/webacd/configuration');
        const url = URL.createObjectURL(new Blob([`${JSON.stringify(form, null, 2)}\n`], { type: 'application/json' }));
        const link = document.createElement('a');
        link.href = url;
        link.download = fileName(this.agent?.site ?? '', new Date(api.now()));
        link.click();
        // The browser has begun to read it by then.
        setTimeout(() => URL.revokeObjectURL(url), 60_000);
      },
      (error) => (this.trouble = error),
    );
  }

  /** @param {any} event */
  async choose(event) {
    const [chosen] = event.target.files;
    this.plan = undefined;
    this.done = undefined;
    this.trouble = undefined;
    this.file = undefined;
    if (chosen) {
      const text = chosen.size > MOST_BYTES ? '' : await chosen.text();
      this.file = { name: chosen.name, ...readConfiguration(text) };
      if (!this.file.fault) {
        this.dryRun();
      }
    }
  }

  dryRun() {
    const { file } = this;
    this.plan = undefined;
    this.trouble = undefined;
    this.done = undefined;
    this.act(
      async () => {
        const told = await this.send(true);
        const now = await api.get('/webacd/configuration');
        this.plan = { told, fresh: newIn(file?.form ?? {}, now) };
      },
      (error) => (this.trouble = error),
    );
  }

  /** @param {boolean} dryRun @returns {Promise<Imported>} */
  send(dryRun) {
    return api.post(`/webacd/configuration?mode=${this.mode}&dryRun=${dryRun}`, this.file?.form);
  }

  import_() {
    this.trouble = undefined;
    this.act(
      async () => {
        this.done = await this.send(false);
        this.plan = undefined;
        this.load();
      },
      (error) => {
        this.trouble = error;
        this.plan = undefined;
      },
    );
  }

  render() {
    return html`<div class="head">
        <div>
          <h2>${this.t('admin.configuration')}</h2>
          <p class="lead">${this.t('admin.configuration.lead')}</p>
        </div>
      </div>
      ${this.site
        ? html`${this.siteForm(this.site)} ${this.exporting()} ${this.importing()}`
        : absent(this.texts, this.problem, () => this.load())}`;
  }

  /** @param {SiteView} site */
  siteForm(site) {
    /** @type {import('./fields.js').Form} */
    const form = {
      draft: this.draft,
      t: this.texts,
      wrong: (path) => (this.error instanceof ProblemError && this.error.field === path ? refusal(this.error, this.texts) : ''),
      change: (path, value) => {
        this.draft = { ...this.draft, [path]: value };
        this.error = undefined;
      },
    };
    const none = { value: '', text: this.t('admin.site.noFallback') };
    return html`<form class="box" aria-labelledby="site" novalidate autocomplete="off" @submit=${this.save}>
      <h3 id="site">${this.t('admin.site')}</h3>
      <datalist id="zones">${(Intl.supportedValuesOf?.('timeZone') ?? []).map((zone) => html`<option value=${zone}></option>`)}</datalist>
      <div class="fields">
        ${choiceField(form, 'fallback', { label: this.t('admin.site.fallback'), hint: this.t('admin.site.fallback.hint') }, [
          none,
          ...this.queues.map((one) => ({ value: one.slug, text: one.name })),
        ])}
        ${textField(form, 'zone', { label: this.t('admin.hours.zone'), hint: this.t('admin.site.zone.hint', { zone: site.effectiveZone }), list: 'zones', code: true })}
      </div>
      ${refused(this.texts, this.error)}
      <div class="doing"><button class="primary" type="submit" ?disabled=${this.busy}>${this.t('admin.save')}</button></div>
    </form>`;
  }

  exporting() {
    return html`<section class="box" aria-labelledby="export">
      <h3 id="export">${this.t('admin.export')}</h3>
      <p class="lead">${this.t('admin.export.lead')}</p>
      <div class="doing"><button id="do-export" ?disabled=${this.busy} @click=${() => this.export_()}>${icon('file')}${this.t('admin.export.do')}</button></div>
    </section>`;
  }

  importing() {
    const { file, plan, done } = this;
    const fault = { json: this.t('admin.import.json'), shape: this.t('admin.import.shape'), '': '' }[file?.fault ?? ''];
    const mode = (/** @type {'merge' | 'replace'} */ value, /** @type {string} */ text, /** @type {string} */ hint) =>
      html`<label class="check">
        <input
          type="radio"
          name="mode"
          value=${value}
          .checked=${this.mode === value}
          @change=${() => {
            this.mode = value;
            if (file && !file.fault) {
              this.dryRun();
            }
          }}
        />${text}<span class="hint">${hint}</span>
      </label>`;
    return html`<section class="box" aria-labelledby="import">
      <h3 id="import">${this.t('admin.import')}</h3>
      <p class="lead">${this.t('admin.import.lead')}</p>
      <fieldset>
        <legend>${this.t('admin.import.mode')}</legend>
        ${mode('merge', this.t('admin.import.merge'), this.t('admin.import.merge.hint'))}
        ${mode('replace', this.t('admin.import.replace'), this.t('admin.import.replace.hint'))}
      </fieldset>
      <div class="field">
        <label for="file">${this.t('admin.import.file')}</label>
        <input id="file" type="file" accept="application/json,.json" aria-describedby="file-wrong" @change=${this.choose} />
        <span id="file-wrong" class="wrong" role=${fault ? 'alert' : nothing}>${fault}</span>
      </div>
      ${refused(this.texts, this.trouble)} ${plan ? this.planned(plan) : nothing}
      ${done
        ? html`<div class="notice good" role="status">${icon('check')}<div>${this.t('admin.import.done')} ${this.changes(done)}</div></div>`
        : nothing}
    </section>`;
  }

  /** @param {NonNullable<RoutingConfiguration['plan']>} plan */
  planned({ told, fresh }) {
    const nothingToDo = sortedChanges(told.changes).length === 0;
    return html`<div id="plan" role="status">
        <p><strong>${nothingToDo ? this.t('admin.import.same') : this.t('admin.import.would')}</strong></p>
        ${this.changes(told)}
        ${fresh.map(
          ({ part, names }) => html`<p class="hint">${this.t('admin.import.fresh', { part: this.partName(part), names: names.slice(0, 50).join(', ') })}</p>`,
        )}
        ${told.removedQueues.length > 0
          ? html`<div class="notice bad">${icon('warning')}<span>${this.t('admin.import.removes', { queues: told.removedQueues.join(', ') })}</span></div>`
          : nothing}
      </div>
      <div class="doing">
        <button class=${told.removedQueues.length > 0 ? 'danger primary' : 'primary'} ?disabled=${this.busy || nothingToDo} @click=${() => this.import_()}>
          ${this.t('admin.import.do')}
        </button>
        <span class="hint">${this.file?.name}: ${this.file?.parts.map(({ part, count }) => `${this.partName(part)} ${part === 'rules' ? '' : count}`.trim()).join(', ')}</span>
      </div>`;
  }

  /** @param {string} part */
  partName(part) {
    const names = { skills: this.t('admin.skills'), queues: this.t('admin.queues'), agents: this.t('admin.agents.title'), rules: this.t('admin.rules') };
    return names[/** @type {'rules'} */ (part)] ?? part;
  }

  /** @param {Imported} told */
  changes({ changes }) {
    const words = {
      'queue-set': this.t('admin.change.queue-set'),
      'queue-removed': this.t('admin.change.queue-removed'),
      'agent-set': this.t('admin.change.agent-set'),
      'agent-removed': this.t('admin.change.agent-removed'),
      'skill-set': this.t('admin.change.skill-set'),
      'skill-removed': this.t('admin.change.skill-removed'),
      'site-set': this.t('admin.change.site-set'),
      'rules-published': this.t('admin.change.rules-published'),
    };
    return html`<ul class="plain">
      ${sortedChanges(changes).map(
        ({ what, count }) => html`<li data-change=${what}>${words[/** @type {'site-set'} */ (what)] ?? what}: <span class="number">${count}</span></li>`,
      )}
    </ul>`;
  }
}

define('tandem-routing-configuration', RoutingConfiguration, import.meta.url);
