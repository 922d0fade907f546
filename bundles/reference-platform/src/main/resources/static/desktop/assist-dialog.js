/** The dialog in which an agent joins a colleague's session by its number. */

import { TandemElement, css, digitsOf, html, messages, problemText } from 'tandem/kit';

/** Properties: `open`, `join` (number -> promise). Fires `platform-close`. */
export class PlatformAssist extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    open: { type: Boolean },
    join: { attribute: false },
    error: { state: true },
    empty: { state: true },
    busy: { state: true },
  };
  static styles = css`
    form {
      display: grid;
      gap: 4px;
      margin-block-start: 12px;
    }
    input {
      font-size: var(--lumo-font-size-l);
      font-variant-numeric: tabular-nums;
    }
    /* The form must not move when something is wrong. */
    .under {
      min-block-size: 3em;
      font-size: var(--lumo-font-size-s);
      color: var(--tandem-bad);
    }
  `;

  constructor() {
    super();
    this.open = false;
    /** @type {(number: string) => Promise<void>} */
    this.join = async () => {};
    /** @type {unknown} */
    this.error = undefined;
    this.empty = false;
    this.busy = false;
  }

  get field() {
    return /** @type {HTMLInputElement} */ (this.renderRoot.querySelector('#session-number'));
  }

  /** @param {Map<string, unknown>} changed */
  async updated(changed) {
    if (changed.has('open') && this.open) {
      this.error = undefined;
      this.empty = false;
      this.field.value = '';
      await /** @type {any} */ (this.renderRoot.querySelector('tandem-dialog')).updateComplete;
      this.field.focus();
    }
  }

  close() {
    this.fire('platform-close');
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    const number = digitsOf(this.field.value);
    this.error = undefined;
    this.empty = number === '';
    if (this.empty || this.busy) {
      this.field.focus();
      return;
    }
    this.busy = true;
    try {
      await this.join(number);
      this.close();
    } catch (error) {
      this.error = error;
      this.field.select();
      this.field.focus();
    } finally {
      this.busy = false;
    }
  }

  render() {
    const wrong = this.empty
      ? this.t('assist.missing')
      : this.error
        ? problemText(this.error, { 'number-refused': this.t('assist.refused') })
        : '';
    return html`<tandem-dialog id="assist" .open=${this.open} heading=${this.t('assist')} @tandem-dismiss=${this.close}>
      <p>${this.t('assist.what')}</p>
      <form id="assist-form" novalidate @submit=${this.submit}>
        <label for="session-number">${this.t('assist.number')}</label>
        <input
          id="session-number"
          inputmode="numeric"
          autocomplete="off"
          maxlength="24"
          aria-invalid=${wrong ? 'true' : 'false'}
          aria-describedby="assist-wrong"
        />
        <div class="under" id="assist-wrong" role="alert">${wrong}</div>
      </form>
      <button slot="footer" @click=${this.close}>${this.t('admin.cancel')}</button>
      <button slot="footer" class="primary" form="assist-form" ?disabled=${this.busy}>${this.t('assist.join')}</button>
    </tandem-dialog>`;
  }
}
customElements.define('platform-assist', PlatformAssist);
