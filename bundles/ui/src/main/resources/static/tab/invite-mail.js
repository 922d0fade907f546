/** The invitation by mail: by the agent's own mail program or by the server. */

import { LANGUAGES, TandemElement, ProblemError, api, define, html, language, messages, nothing, problemText } from 'tandem/kit';
import { openDraft } from './draft.js';
import { addressFault } from './invitations.js';
import { inviteStyles, within } from './invite-styles.js';

/** Properties `session` and `role`: 'CUSTOMER' or 'AGENT'. */
class InviteMail extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    session: { attribute: false },
    role: { attribute: false },
    own: { state: true },
    speaks: { state: true },
    trouble: { state: true },
    done: { state: true },
    draft: { state: true },
    busy: { state: true },
  };
  static styles = [inviteStyles, within];

  constructor() {
    super();
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
    /** @type {any} */
    this.role = 'CUSTOMER';
    this.own = true;
    this.speaks = '';
    this.trouble = '';
    this.done = '';
    this.draft = '';
    this.busy = false;
  }

  focusAddress() {
    this.updateComplete.then(() => this.field?.focus());
  }

  /** @returns {HTMLInputElement | null} */
  get field() {
    return /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector('#address'));
  }

  /** @param {SubmitEvent} event */
  async send(event) {
    event.preventDefault();
    const field = this.field;
    const address = field?.value.trim() ?? '';
    const fault = addressFault(address);
    this.done = '';
    this.draft = '';
    this.trouble = fault === 'several' ? this.t('mail.address.one') : fault ? this.t('mail.address.wrong') : '';
    if (fault || this.busy) {
      field?.focus();
      return;
    }
    this.busy = true;
    try {
      const made = await api.post(`/sessions/${this.session?.id}/invitations`, {
        role: this.role,
        address,
        own: this.own,
        language: this.speaks || language(),
      });
      this.draft = made.draft?.mailto ?? '';
      this.done = this.draft ? this.t('mail.drafted', { address }) : this.t('mail.queued', { address });
      if (field) {
        field.value = '';
      }
      if (this.draft) {
        openDraft(this.draft);
      }
    } catch (error) {
      this.trouble = this.told(error);
      field?.focus();
    } finally {
      this.busy = false;
    }
  }

  /** @param {unknown} error */
  told(error) {
    if (error instanceof ProblemError && error.field === 'address') {
      return this.t('mail.address.wrong');
    }
    return problemText(error, {
      'too-many-customers': this.t('invite.full', { count: this.session?.limits?.customers ?? '' }),
      'mail-not-configured': this.t('problem.mail.unconfigured'),
      'too-many-invitations': this.t('invite.many'),
      'bad-address': this.t('mail.address.wrong'),
      'one-address': this.t('mail.address.one'),
    });
  }

  render() {
    return html`<form novalidate @submit=${this.send}>
      <div>
        <label for="address">${this.t('mail.address')}</label>
        <input
          id="address"
          type="email"
          maxlength="320"
          autocomplete="off"
          spellcheck="false"
          enterkeyhint="send"
          aria-describedby="address-trouble"
          aria-invalid=${this.trouble ? 'true' : 'false'}
        />
        <p id="address-trouble" class="error" role="alert">${this.trouble || nothing}</p>
      </div>
      <div>
        <label for="speaks">${this.t('mail.language')}</label>
        <select id="speaks" @change=${(/** @type {any} */ e) => (this.speaks = e.target.value)}>
          ${LANGUAGES.map(
            (l) => html`<option value=${l.tag} lang=${l.tag} ?selected=${l.tag === (this.speaks || language())}>${l.name}</option>`,
          )}
        </select>
      </div>
      <label class="check">
        <input type="checkbox" name="own" .checked=${this.own} @change=${(/** @type {any} */ e) => (this.own = e.target.checked)} />
        <span>${this.t('mail.own')}</span>
        <span class="muted">${this.t('mail.own.hint')}</span>
      </label>
      <div class="buttons">
        <button class="primary" ?disabled=${this.busy}>${this.own ? this.t('mail.draft') : this.t('mail.send')}</button>
      </div>
      <div role="status">
        ${this.done ? html`<p class="muted">${this.done}</p>` : nothing}
        ${this.draft
          ? html`<button type="button" class="quiet small" data-mailto=${this.draft} @click=${() => openDraft(this.draft)}>
              ${this.t('mail.draft.again')}
            </button>`
          : nothing}
      </div>
    </form>`;
  }
}

/** The element's name. */
export const INVITE_MAIL = define('tandem-invite-mail', InviteMail, import.meta.url);
