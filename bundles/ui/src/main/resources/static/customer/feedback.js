/** What the customer may say at the end, if the site asks for it. */

import { TandemElement, ProblemError, api, css, define, html, icon, messages, nothing, problemText } from 'tandem/kit';

const LONGEST = 1000;

/** Property `key`: good for an hour, once. */
class Feedback extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    key: { attribute: false },
    rating: { state: true },
    trouble: { state: true },
    sent: { state: true },
    busy: { state: true },
  };
  static styles = css`
    form {
      display: flex;
      flex-direction: column;
      gap: 16px;
      text-align: start;
    }
    h2 {
      font-size: 1.25rem;
    }
    fieldset {
      margin: 0;
      padding: 0;
      border: 0;
      min-inline-size: 0;
    }
    legend,
    .label {
      padding: 0;
      margin-block-end: 6px;
      font-size: 1rem;
      font-weight: 600;
      color: var(--tandem-text);
    }
    .rates {
      display: grid;
      grid-template-columns: repeat(5, minmax(0, 3.5rem));
      gap: 6px;
    }
    .rates label {
      display: grid;
      place-items: center;
      block-size: 3rem;
      margin: 0;
      border: 1px solid var(--tandem-line);
      border-radius: 8px;
      color: var(--tandem-text);
      font-size: 1.125rem;
      font-weight: 600;
      cursor: pointer;
    }
    .rates label:has(:checked) {
      border-color: var(--tandem-accent);
      background: var(--tandem-accent-soft);
      color: var(--tandem-accent-text);
      box-shadow: inset 0 0 0 1px var(--tandem-accent);
    }
    .rates label:has(:focus-visible) {
      outline: 2px solid var(--tandem-accent);
      outline-offset: 2px;
    }
    button {
      min-block-size: 3rem;
    }
    .sent {
      display: flex;
      gap: 8px;
      align-items: center;
      justify-content: center;
      color: var(--tandem-good);
    }
  `;

  constructor() {
    super();
    this.key = '';
    this.rating = 0;
    this.trouble = '';
    this.sent = false;
    this.busy = false;
  }

  /** @param {SubmitEvent} event */
  async send(event) {
    event.preventDefault();
    const comment = /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector('textarea')).value.trim();
    if (!this.rating && !comment) {
      this.trouble = this.t('form.empty');
      return;
    }
    this.busy = true;
    this.trouble = '';
    try {
      await api.post('/form', { key: this.key, rating: this.rating || null, comment });
      this.sent = true;
    } catch (error) {
      const over = error instanceof ProblemError && error.final && error.status !== 400;
      this.trouble = over ? this.t('form.gone') : problemText(error);
    } finally {
      this.busy = false;
    }
  }

  render() {
    if (this.sent) {
      return html`<p class="sent" role="status">${icon('check')}${this.t('form.sent')}</p>`;
    }
    return html`<form id="feedback" novalidate @submit=${this.send}>
      <div>
        <h2>${this.t('form.title')}</h2>
        <p class="muted">${this.t('form.text')}</p>
      </div>
      <fieldset>
        <legend>${this.t('form.rating')}</legend>
        <div class="rates">
          ${[1, 2, 3, 4, 5].map(
            (rating) => html`<label title=${this.t(`form.rating.${rating}`)}>
              <input
                class="sr"
                type="radio"
                name="rating"
                value=${rating}
                aria-label=${this.t(`form.rating.${rating}`)}
                .checked=${this.rating === rating}
                @change=${() => (this.rating = rating)}
              />${rating}
            </label>`,
          )}
        </div>
      </fieldset>
      <div>
        <label class="label" for="comment">${this.t('form.comment')}</label>
        <textarea id="comment" rows="4" maxlength=${LONGEST} dir="auto"></textarea>
      </div>
      <p class="error" role="alert">${this.trouble || nothing}</p>
      <button ?disabled=${this.busy}>${this.t('form.send')}</button>
    </form>`;
  }
}

/** The element's name. */
export const FEEDBACK = define('tandem-feedback', Feedback, import.meta.url);
