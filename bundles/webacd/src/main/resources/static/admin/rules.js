/** The rules of the site: an editor that is checked while one types, a trial, publishing with a note, and the way back (WX1). */

import { ProblemError, TandemElement, api, define, html, icon, language, messages, nothing, problemText, staticHtml, toast, unsafeStatic } from 'tandem/kit';
import { textInput } from './fields.js';
import { details, refusal } from './refusals.js';
import { RULES_DIFF } from './rules-diff.js';
import { ruleStyles } from './rules-styles.js';
import { differences, exampleOf, linesOf, offsetOf, partsOf } from './rules-text.js';
import { emptyExample, exampleFields, outcome } from './rules-try.js';
import { adminStyles } from './styles.js';
import { codePoints, put } from './values.js';

/** @typedef {import('./rules-text.js').RuleProblem} RuleProblem */
/** @typedef {{version: number, text: string, draft: string | null, draftVersion: number, problems: RuleProblem[], words: {queues: string[], skills: string[], fields: string[]}}} Rules */
/** @typedef {{version: number, note: string, restores: number | null, at: string, actor: string, text: string}} Version */

const diff = unsafeStatic(RULES_DIFF);

/** So long after the last key the text is checked. */
const PAUSE = 350;
const LONGEST_NOTE = 200;
const EXAMPLE = 'company = "Acme" and language in ("fr", "it") and time between 08:00 and 12:00\n    -> queue printers, priority 3, skill french >= 5';

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
    /** @type {{id: string} | undefined} */
    this.agent = undefined;
    /** @type {Rules | undefined} */
    this.rules = undefined;
    /** @type {Version[]} */
    this.versions = [];
    this.text = '';
    /** @type {{text: string, problems: RuleProblem[], formatted: string | null} | undefined} what was told of which text */
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
    /** Counts checks: what an earlier one says is not wanted any more. */
    this.turn = 0;
    this.leaving = (/** @type {BeforeUnloadEvent} */ event) => this.dirty && event.preventDefault();
    this.texts = this.t.bind(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
    window.addEventListener('beforeunload', this.leaving);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    window.removeEventListener('beforeunload', this.leaving);
  }

  async load() {
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
    this.rules = rules;
    this.text = rules.draft ?? rules.text;
    this.checked = { text: this.text, problems: rules.draft === null ? [] : rules.problems, formatted: null };
    this.check();
  }

  /** What is kept on the server of what stands in the editor. */
  get kept() {
    return this.rules?.draft ?? this.rules?.text ?? '';
  }

  get dirty() {
    return this.rules !== undefined && this.text !== this.kept;
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

  /** @returns {RuleProblem[]} of the text as it stands */
  get problems() {
    return this.checked?.text === this.text ? this.checked.problems : [];
  }

  get good() {
    return this.checked?.text === this.text && this.checked.problems.length === 0;
  }

  /** @returns {HTMLTextAreaElement} */
  get paper() {
    return /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector('#rules'));
  }

  /** @param {RuleProblem} problem */
  goTo(problem) {
    const { paper } = this;
    const from = offsetOf(this.text, problem.line, problem.column);
    paper.focus();
    paper.setSelectionRange(from, Math.min(this.text.length, from + problem.length));
    const line = paper.scrollHeight / Math.max(1, linesOf(this.text).length);
    paper.scrollTop = Math.max(0, (problem.line - 4) * line);
  }

  scrolled() {
    const { paper } = this;
    for (const other of /** @type {NodeListOf<HTMLElement>} */ (this.renderRoot.querySelectorAll('.lines, .paper pre'))) {
      other.scrollTop = paper.scrollTop;
      other.scrollLeft = paper.scrollLeft;
    }
  }

  updated() {
    if (this.rules) {
      this.scrolled();
    }
  }

  /** @param {string} word */
  insert(word) {
    const { paper } = this;
    paper.focus();
    paper.setRangeText(word, paper.selectionStart, paper.selectionEnd, 'end');
    this.type(paper.value);
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
      ${this.rules ? this.content(this.rules) : this.waiting()} ${this.dialogs()}`;
  }

  waiting() {
    return this.problem
      ? html`<div role="alert">
          <tandem-empty icon="warning" heading=${this.t('admin.failed')}>
            ${problemText(this.problem)}
            <div class="buttons"><button class="primary" @click=${() => this.load()}>${icon('renew')}${this.t('entry.again')}</button></div>
          </tandem-empty>
        </div>`
      : html`<tandem-skeleton lines="6"></tandem-skeleton>`;
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
    return html`<section class="box" aria-labelledby="edit">
        <h3 id="edit">${this.t('admin.rules.text')}</h3>
        ${this.editor()} ${this.verdict()} ${this.help(rules)}
        <div role="alert">
          ${this.error && !this.dialog
            ? html`<div class="notice bad">
                ${icon('warning')}<span>${refusal(this.error, this.texts)}<br /><span class="hint" lang="en">${details(this.error)}</span></span>
              </div>`
            : nothing}
        </div>
        <div class="doing">
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
      ${staticHtml`<${diff} .text=${this.text} .live=${rules.text} .good=${this.good}></${diff}>`} ${this.trial(rules)} ${this.history(rules)}`;
  }

  editor() {
    const wrong = new Set(this.problems.map((one) => one.line));
    return html`<div class="editor">
      <pre class="lines" aria-hidden="true">
${linesOf(this.text).map((_, i) => html`<span class=${wrong.has(i + 1) ? 'bad' : ''}>${i + 1}</span>${'\n'}`)}</pre
      >
      <div class="paper">
        <pre aria-hidden="true">${partsOf(this.text, this.problems).map((part) => (part.wrong ? html`<mark>${part.text}</mark>` : part.text))}${'\n'}</pre>
        <textarea
          id="rules"
          wrap="off"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          aria-label=${this.t('admin.rules.text')}
          aria-invalid=${this.problems.length > 0 ? 'true' : 'false'}
          aria-describedby="verdict"
          .value=${this.text}
          @input=${(/** @type {any} */ event) => this.type(event.target.value)}
          @scroll=${() => this.scrolled()}
        ></textarea>
      </div>
    </div>`;
  }

  verdict() {
    const { problems } = this;
    const pending = this.checked?.text !== this.text;
    return html`<div id="verdict" role="status" data-checked=${pending ? 'no' : 'yes'}>
        ${pending
          ? html`<span class="muted">${this.t('admin.rules.checking')}</span>`
          : problems.length === 0
            ? html`<span class="state good">${icon('check')}${this.t('admin.rules.good')}</span>`
            : html`<span class="wrong">${this.t('admin.rules.wrong', { count: problems.length })}</span>`}
      </div>
      ${problems.length === 0
        ? nothing
        : html`<ul class="problems">
            ${problems.map(
              (one) => html`<li>
                <button class="quiet" data-code=${one.code} data-place="${one.line}:${one.column}" @click=${() => this.goTo(one)}>
                  <span class="where">${this.t('admin.rules.place', { line: one.line, column: one.column })}</span>
                  <span class="what"><span>${this.kind(one.code)}</span><span class="hint" lang="en">${one.detail}</span></span>
                </button>
              </li>`,
            )}
          </ul>`}`;
  }

  /** @param {string} code */
  kind(code) {
    const known = {
      'rule-contradiction': this.t('admin.rule.contradiction'),
      'rule-shadowed': this.t('admin.rule.shadowed'),
      'rule-into-closed': this.t('admin.rule.into-closed'),
      'rule-unknown-queue': this.t('admin.rule.unknown-queue'),
      'rule-unknown-skill': this.t('admin.rule.unknown-skill'),
      'rule-unknown-field': this.t('admin.rule.unknown-field'),
      'rule-field': this.t('admin.rule.unknown-field'),
      'rule-unknown-option': this.t('admin.rule.unknown-option'),
      'rule-unknown-language': this.t('admin.rule.unknown-language'),
      'rule-field-type': this.t('admin.rule.value'),
      'rule-value': this.t('admin.rule.value'),
      'rule-values': this.t('admin.rule.value'),
      'rule-number': this.t('admin.rule.value'),
      'rule-between': this.t('admin.rule.value'),
      'rule-twice': this.t('admin.rule.twice'),
    };
    return known[/** @type {'rule-value'} */ (code)] ?? this.t('admin.rule.syntax');
  }

  /** @param {Rules} rules */
  help(rules) {
    const list = (/** @type {string[]} */ words, /** @type {(word: string) => string} */ written) =>
      html`<span class="words">${words.map((word) => html`<button class="small" @click=${() => this.insert(written(word))}>${word}</button>`)}</span>`;
    return html`<details>
        <summary>${this.t('admin.rules.help')}</summary>
        <p class="hint">${this.t('admin.rules.help.text')}</p>
        <pre class="example">${EXAMPLE}</pre>
      </details>
      <details>
        <summary>${this.t('admin.rules.words')}</summary>
        <p class="hint">${this.t('admin.rules.words.text')}</p>
        <div class="field"><span class="label">${this.t('admin.rules.fields')}</span>${list(rules.words.fields, (word) => word)}</div>
        <div class="field"><span class="label">${this.t('admin.queues')}</span>${list(rules.words.queues, (word) => `queue ${word}`)}</div>
        <div class="field"><span class="label">${this.t('admin.skills')}</span>${list(rules.words.skills, (word) => `skill ${word} >= 1`)}</div>
      </details>`;
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
      <div role="alert">
        ${this.trouble
          ? html`<div class="notice bad">
              ${icon('warning')}<span>${refusal(this.trouble, this.texts)}<br /><span class="hint" lang="en">${details(this.trouble)}</span></span>
            </div>`
          : nothing}
      </div>
      ${this.tried ? outcome(this.texts, this.tried) : nothing}
    </form>`;
  }

  /** @param {Rules} rules */
  history(rules) {
    const time = new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' });
    return html`<section class="box" aria-labelledby="versions">
      <h3 id="versions">${this.t('admin.versions')}</h3>
      <p class="lead">${this.t('admin.versions.lead')}</p>
      ${this.versions.length === 0
        ? html`<p class="none">${this.t('admin.rules.never')}</p>`
        : html`<div class="scroll">
            <table>
              <caption class="sr">
                ${this.t('admin.versions')}
              </caption>
              <thead>
                <tr>
                  <th scope="col" class="num">${this.t('admin.versions.number')}</th>
                  <th scope="col">${this.t('admin.versions.at')}</th>
                  <th scope="col">${this.t('admin.versions.by')}</th>
                  <th scope="col">${this.t('admin.note')}</th>
                  <th scope="col"><span class="sr">${this.t('admin.more')}</span></th>
                </tr>
              </thead>
              <tbody>
                ${this.versions.map(
                  (one) => html`<tr data-version=${one.version}>
                    <th scope="row" class="num">${one.version}</th>
                    <td>${time.format(new Date(one.at))}</td>
                    <td class="code">${one.actor}</td>
                    <td dir="auto">
                      ${one.note}
                      ${one.restores ? html`<span class="hint">${this.t('admin.versions.restores', { version: one.restores })}</span>` : nothing}
                      <details>
                        <summary>${this.t('admin.versions.text')}</summary>
                        <pre class="example">${one.text}</pre>
                      </details>
                    </td>
                    <td>
                      ${one.version === rules.version
                        ? html`<span class="state good">${icon('check')}${this.t('admin.versions.holds')}</span>`
                        : html`<button
                            class="small"
                            aria-label=${this.t('admin.versions.back.of', { version: one.version })}
                            ?disabled=${one.text === rules.text}
                            @click=${() => this.open(one.version)}
                          >
                            ${this.t('admin.versions.back')}
                          </button>`}
                    </td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>`}
    </section>`;
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
            <pre class="diff" tabindex="0" aria-label=${this.t('admin.rules.diff')}>
${dialog === '' ? nothing : differences(live, next).map(({ kind, text }) => html`<span class=${kind}>${{ in: '+ ', out: '− ', same: '  ' }[kind]}${text}</span>`)}</pre
            >`}
      ${dialog === 'publish' ? this.noteField() : nothing}
      <div role="alert">
        ${this.error
          ? html`<div class="notice bad">
              ${icon('warning')}<span>${refusal(this.error, this.texts)}<br /><span class="hint" lang="en">${details(this.error)}</span></span>
            </div>`
          : nothing}
      </div>
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
