/** Notes and outcome of a session, asked for when the agent has left it or it has ended. */

import { TandemElement, api, css, define, html, icon, messages, nothing, problemText } from 'tandem/kit';
import { dropDraft, keepDraft, keptDraft } from './notes-draft.js';

/** @typedef {import('./notes-draft.js').Outcome} Outcome */

const LONGEST = 4000;
/** From how many characters on it is said how many are left. */
const NEARLY = 3600;

/** Property `session`, the view. What is typed is kept in this browser until it is saved; all of it can be skipped. */
class Notes extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    session: { attribute: false },
    outcome: { state: true },
    text: { state: true },
    phase: { state: true },
    trouble: { state: true },
    busy: { state: true },
  };
  static styles = css`
    :host {
      display: block;
      text-align: start;
    }
    form {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
    fieldset {
      margin: 0;
      padding: 0;
      border: 0;
      min-inline-size: 0;
    }
    legend {
      padding: 0;
      margin-block-end: 4px;
      color: var(--tandem-muted);
      font-size: var(--lumo-font-size-s);
    }
    .outcomes,
    .buttons {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 16px;
    }
    .outcomes label {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      margin: 0;
      color: var(--tandem-text);
      font-size: inherit;
    }
    textarea {
      inline-size: 100%;
      resize: vertical;
    }
    .saved {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: 8px;
      color: var(--tandem-good);
    }
    .muted {
      font-size: var(--lumo-font-size-s);
    }
  `;

  constructor() {
    super();
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
    /** @type {Outcome} */
    this.outcome = 'UNKNOWN';
    this.text = '';
    /** @type {'asked' | 'saved' | 'skipped'} */
    this.phase = 'asked';
    this.trouble = '';
    this.busy = false;
    this.of = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.id = 'notes';
  }

  willUpdate() {
    const id = this.session?.id ?? '';
    if (id && id !== this.of) {
      this.of = id;
      this.phase = 'asked';
      this.trouble = '';
      this.fill(id);
    }
  }

  /** @param {string} id */
  async fill(id) {
    const draft = keptDraft(id);
    this.outcome = draft?.outcome ?? 'UNKNOWN';
    this.text = draft?.text ?? '';
    if (draft) {
      return;
    }
    try {
      const notes = await api.get(`/sessions/${id}/notes`);
      // Not over what has been typed meanwhile.
      if (notes?.outcome && id === this.of && !keptDraft(id)) {
        this.outcome = notes.outcome;
        this.text = notes.text ?? '';
      }
    } catch {
      // There are none yet.
    }
  }

  keep() {
    keepDraft(this.of, { outcome: this.outcome, text: this.text });
  }

  /** @param {SubmitEvent} event */
  async save(event) {
    event.preventDefault();
    this.busy = true;
    this.trouble = '';
    try {
      await api.put(`/sessions/${this.of}/notes`, { outcome: this.outcome, text: this.text });
      dropDraft(this.of);
      this.phase = 'saved';
    } catch (error) {
      this.trouble = problemText(error);
    } finally {
      this.busy = false;
    }
  }

  render() {
    if (this.phase === 'skipped') {
      return html`<div class="saved"><button class="quiet small" @click=${() => (this.phase = 'asked')}>${this.t('notes.edit')}</button></div>`;
    }
    if (this.phase === 'saved') {
      return html`<div class="saved" role="status">
        ${icon('check')}<span>${this.t('notes.saved')}</span>
        <button class="quiet small" @click=${() => (this.phase = 'asked')}>${this.t('notes.edit')}</button>
      </div>`;
    }
    const left = LONGEST - this.text.length;
    return html`<form class="card" aria-labelledby="notes-title" @submit=${this.save}>
      <h3 id="notes-title">${this.t('notes.title')}</h3>
      <fieldset>
        <legend>${this.t('notes.outcome')}</legend>
        <div class="outcomes">
          ${/** @type {const} */ (['RESOLVED', 'UNRESOLVED', 'UNKNOWN']).map(
            (outcome) => html`<label>
              <input
                type="radio"
                name="outcome"
                value=${outcome}
                .checked=${this.outcome === outcome}
                @change=${() => {
                  this.outcome = outcome;
                  this.keep();
                }}
              />${this.t(`notes.${outcome}`)}
            </label>`,
          )}
        </div>
      </fieldset>
      <div>
        <label for="notes-text">${this.t('notes.text')}</label>
        <textarea
          id="notes-text"
          rows="4"
          maxlength=${LONGEST}
          dir="auto"
          aria-describedby="notes-hint"
          .value=${this.text}
          @input=${(/** @type {any} */ e) => {
            this.text = e.target.value;
            this.keep();
          }}
        ></textarea>
        <p class="muted" id="notes-hint">
          ${this.text.length >= NEARLY ? this.t('notes.left', { count: left }) : this.t('notes.hint')}
        </p>
      </div>
      <p class="error" role="alert">${this.trouble || nothing}</p>
      <div class="buttons">
        <button class="primary" ?disabled=${this.busy}>${this.t('notes.save')}</button>
        <button type="button" class="quiet" @click=${() => (this.phase = 'skipped')}>${this.t('notes.skip')}</button>
      </div>
    </form>`;
  }
}

/** The element's name. */
export const NOTES = define('tandem-notes', Notes, import.meta.url);
