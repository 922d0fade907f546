/** The rules of the site: an editor that is checked while one types, a trial, publishing with a note, and the way back (WX1). */

import { ProblemError, TandemElement, api, define, html, icon, messages, nothing, staticHtml, toast, unsafeStatic } from 'tandem/kit';
import { keep, takeBack } from './drafts.js';
import { textInput } from './fields.js';
import { refusal } from './refusals.js';
import { RULES_DIFF } from './rules-diff.js';
import { PAPER } from './rules-paper.js';
import { ruleStyles } from './rules-styles.js';
import { exampleOf } from './rules-text.js';
import { emptyExample, exampleFields, outcome } from './rules-try.js';
import { differenceView, versionsView } from './rules-versions.js';
import { adminStyles } from './styles.js';
import { absent, refused } from './troubles.js';
import { codePoints, put } from './values.js';

/** @typedef {import('./rules-text.js').RuleProblem} RuleProblem */
/** @typedef {{version: number, text: string, draft: string | null, draftVersion: number, problems: RuleProblem[], words: import('./rules-paper.js').Words}} Rules */
/** @typedef {{text: string, draftVersion: number}} Unsaved */

/** So long after the last key the text is checked. */
const PAUSE = 350;
const LONGEST_NOTE = 200;
const DRAFT = 'rules';
const diff = unsafeStatic(RULES_DIFF);
const paper = unsafeStatic(PAPER);

class RoutingRules extends TandemElement {
  static messages = messages(import.meta.url);
  static styles = [adminStyles, ruleStyles];
  static properties = {
    agent: { attribute: false },
    rules: { state: true },
    versions: { state: true },
    text: { state: true },
    checked: { state: true },
    problem: { state: true },
    error: { state: true },
    example: { state: true },
    tried: { state: true },
    trouble: { state: true },
    dialog: { state: true },
    note: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    /** @type {{id: string, site: string} | undefined} */
    this.agent = undefined;
    /** @type {Rules | undefined} */
    this.rules = undefined;
    /** @type {import('./rules-versions.js').Version[]} */
    this.versions = [];
    this.text = '';
    /** @type {import('./rules-paper.js').Checked | undefined} */
    this.checked = undefined;
    /** @type {unknown} why nothing is there */
    this.problem = undefined;
    /** @type {unknown} what was refused of saving, publishing, going back */
    this.error = undefined;
    /** @type {any} */
    this.example = emptyExample();
    /** @type {import('./rules-try.js').Tried | undefined} */
    this.tried = undefined;
    /** @type {unknown} why it could not be tried */
    this.trouble = undefined;
    /** @type {'' | 'publish' | 'discard' | number} a number: the version to go back to */
    this.dialog = '';
    this.note = '';
    this.busy = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {Unsaved | undefined} what was written here before another page was looked at, until the rules are there */
    this.unsaved = undefined;
    /** Counts checks: what an earlier one says is not wanted any more. */
    this.turn = 0;
    this.leaving = (/** @type {BeforeUnloadEvent} */ event) => this.dirty && event.preventDefault();
    this.texts = this.t.bind(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.unsaved = takeBack(DRAFT, this.agent);
    this.load();
    window.addEventListener('beforeunload', this.leaving);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    keep(DRAFT, this.agent, this.dirty ? { text: this.text, draftVersion: this.rules?.draftVersion } : this.unsaved);
    window.removeEventListener('beforeunload', this.leaving);
  }

  async load() {
    this.error = undefined;
    try {
      this.take(await api.get('/webacd/rules'));
      this.problem = undefined;
      await this.loadVersions();
    } catch (error) {
      this.problem = error;
    }
  }

  async loadVersions() {
    this.versions = (await api.get('/webacd/rules/versions')).versions;
  }

  /** @param {Rules} rules */
  take(rules) {
    const { unsaved } = this;
    const kept = rules.draft ?? rules.text;
    this.unsaved = undefined;
    // With the version that it was written on: what a colleague has saved meanwhile is not overwritten unseen.
    this.rules = unsaved ? { ...rules, draftVersion: unsaved.draftVersion } : rules;
    this.text = unsaved?.text ?? kept;
    this.checked = { text: kept, problems: rules.draft === null ? [] : rules.problems, formatted: null };
    this.check();
  }

  /** What is kept on the server of what stands in the editor. */
  get kept() {
    return this.rules?.draft ?? this.rules?.text ?? '';
  }

  get dirty() {
    return this.rules !== undefined && this.text !== this.kept;
  }

  /** @param {CustomEvent<{text: string}>} event */
  typed(event) {
    this.type(event.detail.text);
  }

  /** @param {string} text */
  type(text) {
    this.text = text;
    this.error = undefined;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), PAUSE);
  }

  async check() {
    const { text } = this;
    const turn = ++this.turn;
    try {
      const told = await api.post('/webacd/rules/check', { text }, { retry: false });
      if (turn === this.turn) {
        this.checked = { text, ...told };
      }
    } catch (error) {
      if (turn === this.turn) {
        this.error = error;
      }
    }
  }

  get good() {
    return this.checked?.text === this.text && this.checked.problems.length === 0;
  }

  /**
   * @param {() => Promise<Rules>} what
   * @param {string} said
   */
  async act(what, said) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.error = undefined;
    try {
      this.take(await what());
      this.dialog = '';
      toast(said, { kind: 'success' });
      await this.loadVersions();
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  }

  /** @returns {Promise<Rules>} */
  putDraft() {
    return api.put(`/webacd/rules/draft?version=${this.rules?.draftVersion ?? 0}`, { text: this.text });
  }

  save() {
    this.act(() => this.putDraft(), this.t('admin.rules.saved'));
  }

  publish() {
    if (codePoints(this.note.trim()) > LONGEST_NOTE) {
      return;
    }
    this.act(async () => {
      if (this.dirty || this.rules?.draft === null) {
        const saved = await this.putDraft();
        // Should publishing be refused, the draft is what stands in the editor, and has its version.
        this.rules = saved;
      }
      const rules = await api.post(`/webacd/rules/publish?version=${this.rules?.draftVersion ?? 0}`, { note: this.note.trim() || null });
      this.note = '';
      return rules;
    }, this.t('admin.rules.published'));
  }

  discard() {
    this.act(() => (this.rules?.draft === null ? Promise.resolve(/** @type {Rules} */ (this.rules)) : api.delete('/webacd/rules/draft')), this.t('admin.rules.discarded'));
  }

  /** @param {number} version */
  rollback(version) {
    this.act(() => api.post('/webacd/rules/rollback', { version }), this.t('admin.rules.isBack', { version }));
  }

  /** @param {Event} event */
  async attempt(event) {
    event.preventDefault();
    this.trouble = undefined;
    try {
      this.tried = await api.post('/webacd/rules/try', exampleOf({ ...this.example, text: this.text }));
    } catch (error) {
      this.tried = undefined;
      this.trouble = error;
    }
  }

  render() {
    return html`<div class="head">
        <div>
          <h2>${this.t('admin.rules')}</h2>
          <p class="lead">${this.t('admin.rules.lead')}</p>
        </div>
        ${this.rules ? html`<div class="tools">${this.state(this.rules)}</div>` : nothing}
      </div>
      ${this.rules ? this.content(this.rules) : absent(this.texts, this.problem, () => this.load())} ${this.dialogs()}`;
  }

  /** @param {Rules} rules */
  state(rules) {
    return html`<span class="state ${rules.version ? 'good' : ''}"
        >${icon(rules.version ? 'check' : 'info')}${rules.version ? this.t('admin.rules.version', { version: rules.version }) : this.t('admin.rules.never')}</span
      >
      ${this.dirty
        ? html`<span class="state warn">${icon('warning')}${this.t('admin.unsaved')}</span>`
        : rules.draft === null
          ? nothing
          : html`<span class="state warn">${icon('file')}${this.t('admin.rules.draft')}</span>`}`;
  }

  /** @param {Rules} rules */
  content(rules) {
    const same = this.text === rules.text;
    const meanwhile = this.error instanceof ProblemError && this.error.code === 'changed-meanwhile';
    return html`<section class="box" aria-labelledby="edit">
        <h3 id="edit">${this.t('admin.rules.text')}</h3>
        ${staticHtml`<${paper} .text=${this.text} .checked=${this.checked} .words=${rules.words} @rules-typed=${this.typed}></${paper}>`}
        ${refused(this.texts, this.dialog === '' ? this.error : undefined)}
        <div class="doing">
          ${meanwhile ? html`<button @click=${() => this.load()}>${icon('renew')}${this.t('admin.reload')}</button>` : nothing}
          <button class="primary" ?disabled=${!this.good || same || this.busy} @click=${() => this.open('publish')}>${this.t('admin.rules.publish')}</button>
          <button ?disabled=${!this.good || !this.dirty || this.busy} @click=${() => this.save()}>${this.t('admin.rules.save')}</button>
          <button
            ?disabled=${!this.good || !this.checked?.formatted || this.checked.formatted === this.text}
            @click=${() => this.type(this.checked?.formatted ?? this.text)}
          >
            ${this.t('admin.rules.format')}
          </button>
          <button class="danger" ?disabled=${(rules.draft === null && !this.dirty) || this.busy} @click=${() => this.open('discard')}>
            ${this.t('admin.rules.discard')}
          </button>
        </div>
      </section>
      ${staticHtml`<${diff} .text=${this.text} .live=${rules.text} .good=${this.good}></${diff}>`} ${this.trial(rules)}
      ${versionsView(this.texts, this.versions, rules, (version) => this.open(version))}`;
  }

  /** @param {Rules} rules */
  trial(rules) {
    /** @type {import('./fields.js').Form} */
    const form = {
      draft: this.example,
      t: this.texts,
      wrong: (path) => (this.trouble instanceof ProblemError && this.trouble.field === path ? refusal(this.trouble, this.texts) : ''),
      change: (path, value) => {
        const example = structuredClone(this.example);
        put(example, path, value);
        this.example = example;
      },
    };
    return html`<form class="box" aria-labelledby="try" novalidate autocomplete="off" @submit=${this.attempt}>
      <h3 id="try">${this.t('admin.try')}</h3>
      <p class="lead">${this.t('admin.try.lead')}</p>
      ${exampleFields(form, rules.words)}
      <div class="doing"><button type="submit" ?disabled=${!this.good}>${icon('play')}${this.t('admin.try.do')}</button></div>
      ${refused(this.texts, this.trouble)}
      ${this.tried ? outcome(this.texts, this.tried) : nothing}
    </form>`;
  }

  /** @param {'publish' | 'discard' | number} what */
  open(what) {
    this.error = undefined;
    this.dialog = what;
  }

  dialogs() {
    const { dialog } = this;
    const live = this.rules?.text ?? '';
    const version = typeof dialog === 'number' ? dialog : 0;
    const next = version ? (this.versions.find((one) => one.version === version)?.text ?? '') : this.text;
    const heading =
      dialog === 'publish' ? this.t('admin.rules.publish') : dialog === 'discard' ? this.t('admin.rules.discard') : this.t('admin.versions.back.of', { version });
    const close = () => {
      this.dialog = '';
      this.error = undefined;
    };
    return html`<tandem-dialog heading=${heading} ?open=${dialog !== ''} @tandem-dismiss=${close}>
      ${dialog === 'discard'
        ? html`<p>${this.t('admin.rules.discard.what')}</p>`
        : html`<p>${this.t('admin.rules.publish.what')}</p>
            ${dialog === '' ? nothing : differenceView(this.texts, live, next)}`}
      ${dialog === 'publish' ? this.noteField() : nothing}
      ${refused(this.texts, this.error)}
      <button slot="footer" @click=${close}>${this.t('transfer.cancel')}</button>
      ${dialog === 'discard'
        ? html`<button slot="footer" class="danger primary" ?disabled=${this.busy} @click=${() => this.discard()}>${this.t('admin.rules.discard.do')}</button>`
        : html`<button slot="footer" class="primary" ?disabled=${this.busy} @click=${() => (version ? this.rollback(version) : this.publish())}>
            ${version ? this.t('admin.versions.back') : this.t('admin.rules.publish.do')}
          </button>`}
    </tandem-dialog>`;
  }

  noteField() {
    const length = codePoints(this.note.trim());
    const long = length > LONGEST_NOTE ? this.t('admin.fault.long', { length, most: LONGEST_NOTE }) : '';
    return html`<div class="field">
      <label for="f-note">${this.t('admin.note')}</label>
      ${textInput(
        { draft: { note: this.note }, t: this.texts, wrong: () => long, change: (_, value) => (this.note = String(value)) },
        'note',
        { label: this.t('admin.note') },
      )}
      <span id="f-note-hint" class="hint">${this.t('admin.note.hint', { most: LONGEST_NOTE })}</span>
      <span id="f-note-wrong" class="wrong">${long}</span>
    </div>`;
  }
}

define('tandem-routing-rules', RoutingRules, import.meta.url);
