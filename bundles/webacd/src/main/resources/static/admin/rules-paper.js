/** The text of the rules: an editor with numbers of lines, what is wrong marked in it and told below, and the words to write with. */

import { TandemElement, define, html, icon, messages, nothing } from 'tandem/kit';
import { paperStyles } from './rules-styles.js';
import { linesOf, offsetOf, partsOf } from './rules-text.js';
import { adminStyles } from './styles.js';

/** @typedef {import('./rules-text.js').RuleProblem} RuleProblem */
/** @typedef {{text: string, problems: RuleProblem[], formatted: string | null}} Checked what was told of which text */
/** @typedef {{queues: string[], skills: string[], fields: string[]}} Words */

const EXAMPLE = 'company = "Acme" and language in ("fr", "it") and time between 08:00 and 12:00\n    -> queue printers, priority 3, skill french >= 5';

/** Properties: `text`; `checked`, of that text or of an earlier one; `words`, of this site. Fires `rules-typed` {text}. */
export class RulesPaper extends TandemElement {
  static messages = messages(import.meta.url);
  static styles = [adminStyles, paperStyles];
  static properties = {
    text: { attribute: false },
    checked: { attribute: false },
    words: { attribute: false },
  };

  constructor() {
    super();
    this.text = '';
    /** @type {Checked | undefined} */
    this.checked = undefined;
    /** @type {Words} */
    this.words = { queues: [], skills: [], fields: [] };
  }

  /** @returns {RuleProblem[]} of the text as it stands */
  get problems() {
    return this.checked?.text === this.text ? this.checked.problems : [];
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
    this.scrolled();
  }

  /** @param {string} word */
  insert(word) {
    const { paper } = this;
    paper.focus();
    paper.setRangeText(word, paper.selectionStart, paper.selectionEnd, 'end');
    this.type();
  }

  type() {
    this.text = this.paper.value;
    this.fire('rules-typed', { text: this.text });
  }

  render() {
    return html`${this.editor()} ${this.verdict()} ${this.help()}`;
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
          @input=${() => this.type()}
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
      'rule-operator': this.t('admin.rule.operator'),
      'rule-twice': this.t('admin.rule.twice'),
      'rule-queue-name': this.t('admin.rule.syntax'),
      'rule-skill-name': this.t('admin.rule.syntax'),
      'rule-quotes': this.t('admin.rule.syntax'),
      'rule-escape': this.t('admin.rule.syntax'),
      'rule-character': this.t('admin.rule.syntax'),
      'rule-word': this.t('admin.rule.syntax'),
      'rule-syntax': this.t('admin.rule.syntax'),
      'rule-deep': this.t('admin.rule.too-much'),
      'rules-too-long': this.t('admin.rule.too-much'),
      'rules-too-many': this.t('admin.rule.too-much'),
    };
    return known[/** @type {'rule-value'} */ (code)] ?? this.t('admin.rule.syntax');
  }

  help() {
    const { words } = this;
    const list = (/** @type {string[]} */ all, /** @type {(word: string) => string} */ written) =>
      html`<span class="words">${all.map((word) => html`<button class="small" @click=${() => this.insert(written(word))}>${word}</button>`)}</span>`;
    return html`<details>
        <summary>${this.t('admin.rules.help')}</summary>
        <p class="hint">${this.t('admin.rules.help.text')}</p>
        <pre class="example">${EXAMPLE}</pre>
      </details>
      <details>
        <summary>${this.t('admin.rules.words')}</summary>
        <p class="hint">${this.t('admin.rules.words.text')}</p>
        <div class="field"><span class="label">${this.t('admin.rules.fields')}</span>${list(words.fields, (word) => word)}</div>
        <div class="field"><span class="label">${this.t('admin.queues')}</span>${list(words.queues, (word) => `queue ${word}`)}</div>
        <div class="field"><span class="label">${this.t('admin.skills')}</span>${list(words.skills, (word) => `skill ${word} >= 1`)}</div>
      </details>`;
  }
}

/** The element's name. */
export const PAPER = define('tandem-rules-paper', RulesPaper, import.meta.url);
