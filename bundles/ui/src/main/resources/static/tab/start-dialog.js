/** What the agent is asked when starting: whether the mail window is to open, and how many sessions at once. */

import { TandemElement, ProblemError, api, css, define, html, icon, language, messages, nothing, problemText } from 'tandem/kit';
import { listed, numbered } from '../parts/names.js';
import { namesOf } from '../parts/views.js';
import { mailWishes, rememberMail, rememberedMail } from './mail-wishes.js';

/** @typedef {{mode: 'SINGLE' | 'MULTI', customers: number, choosable: boolean}} Options */
/** @typedef {import('../parts/views.js').SessionView} SessionView */

/**
 * Property `session` is the tab's session, `talk` what the talk with the customer is, in words. It is open while the session is
 * `wished`. Fires `tandem-go` {session, interaction} when the agent wants to the session that stands in the way.
 */
class StartDialog extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    session: { attribute: false },
    talk: {},
    open: { type: Boolean },
    mail: { state: true },
    options: { state: true },
    mode: { state: true },
    other: { state: true },
    trouble: { state: true },
    busy: { state: true },
  };
  static styles = css`
    form {
      display: flex;
      flex-direction: column;
      gap: 16px;
    }
    fieldset {
      margin: 0;
      padding: 0;
      border: 0;
      display: flex;
      flex-direction: column;
      gap: 6px;
      min-inline-size: 0;
    }
    legend {
      padding: 0;
      margin-block-end: 6px;
      color: var(--tandem-muted);
      font-size: var(--lumo-font-size-s);
    }
    .choice {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      align-items: center;
      gap: 0 10px;
      margin: 0;
      color: var(--tandem-text);
      font-size: inherit;
    }
    .choice .muted {
      grid-column: 2;
      font-size: var(--lumo-font-size-s);
    }
    .alert:not(:has(*)) {
      display: none;
    }
    .way {
      display: flex;
      gap: 10px;
      padding: 12px 14px;
      border-radius: var(--tandem-radius);
      background: var(--tandem-warn-soft);
      overflow-wrap: anywhere;
    }
    .way svg {
      color: var(--tandem-warn);
      margin-block-start: 2px;
    }
    .way button {
      margin-block-start: 8px;
    }
  `;

  constructor() {
    super();
    /** @type {import('./agent-session.js').AgentSession | undefined} */
    this.session = undefined;
    this.talk = '';
    this.open = false;
    this.mail = rememberedMail();
    /** @type {Options | undefined} */
    this.options = undefined;
    /** @type {'SINGLE' | 'MULTI'} */
    this.mode = 'SINGLE';
    /** @type {SessionView | undefined} the living session that stands in the way */
    this.other = undefined;
    this.trouble = '';
    this.busy = false;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('open') && this.open) {
      this.mail = rememberedMail();
      this.other = undefined;
      this.trouble = '';
      this.ask();
      this.explain(this.session?.problem);
    }
  }

  /** @param {Map<string, unknown>} changed */
  async updated(changed) {
    if (changed.has('open') && this.open) {
      const dialog = /** @type {any} */ (this.renderRoot.querySelector('tandem-dialog'));
      await dialog.updateComplete;
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('button.primary'))?.focus();
    }
  }

  async ask() {
    try {
      this.options = await api.get('/sessions/options');
      this.mode = this.options?.mode ?? 'SINGLE';
    } catch {
      // What cannot be chosen is settled by the server.
      this.options = undefined;
    }
  }

  /** @param {SubmitEvent} event */
  async go(event) {
    event.preventDefault();
    const session = this.session;
    if (!session || this.busy) {
      return;
    }
    this.busy = true;
    this.other = undefined;
    this.trouble = '';
    rememberMail(this.mail);
    try {
      if (this.options?.choosable && this.mode !== this.options.mode) {
        this.options = await api.put('/sessions/options', { mode: this.mode });
      }
      await session.start();
      const id = session.view?.id;
      if (this.mail && id && session.phase === 'open') {
        mailWishes.add(id);
        this.fire('start-mail');
      }
      this.explain(session.problem);
    } catch (error) {
      this.trouble = problemText(error);
    } finally {
      this.busy = false;
    }
  }

  /** @param {unknown} problem */
  async explain(problem) {
    if (!(problem instanceof ProblemError) || problem.code !== 'single-session') {
      return;
    }
    this.trouble = this.t('start.single.text');
    try {
      this.other = await api.get(`/sessions/${encodeURIComponent(String(problem.more.session))}`);
    } catch {
      // It has ended meanwhile, perhaps: Start again.
      this.other = undefined;
    }
  }

  close() {
    this.session?.unwish();
  }

  visit() {
    const other = this.other;
    this.close();
    if (other) {
      this.fire('tandem-go', { session: other.id, interaction: other.interaction?.id ?? '' });
    }
  }

  render() {
    return html`<tandem-dialog id="start" .open=${this.open} heading=${this.t('start.title')} @tandem-dismiss=${this.close}>
      <form id="start-form" @submit=${this.go}>
        <p class="muted">${this.t('start.text', { talk: this.talk })}</p>
        <div class="alert" role="alert">${this.trouble ? this.inTheWay() : nothing}</div>
        <label class="choice">
          <input
            type="checkbox"
            name="mail"
            .checked=${this.mail}
            @change=${(/** @type {any} */ e) => (this.mail = e.target.checked)}
          />
          <span>${this.t('start.mail')}</span>
          <span class="muted">${this.t('start.mail.hint')}</span>
        </label>
        ${this.modes()}
      </form>
      <button slot="footer" @click=${this.close}>${this.t('cancel')}</button>
      <button slot="footer" class="primary" form="start-form" ?disabled=${this.busy}>${this.t('start')}</button>
    </tandem-dialog>`;
  }

  inTheWay() {
    const number = numbered(this.other?.number ?? '');
    const names = namesOf(this.other, 'CUSTOMER');
    return html`<div class="way">
      ${icon('warning')}
      <div>
        ${this.other
          ? html`<b>
              ${names.length > 0
                ? this.t('start.single.with', { number, names: listed(names, language()) })
                : this.t('start.single', { number })}
            </b>`
          : nothing}
        <p>${this.trouble}</p>
        ${this.other ? html`<button type="button" class="small" @click=${this.visit}>${this.t('start.go')}</button>` : nothing}
      </div>
    </div>`;
  }

  modes() {
    const options = this.options;
    if (!options) {
      return nothing;
    }
    const customers = this.t('start.customers', { count: options.customers });
    if (!options.choosable) {
      return html`<p class="muted">${this.t(`start.mode.${options.mode}`)}. ${customers}.</p>`;
    }
    return html`<fieldset>
      <legend>${this.t('start.mode')}</legend>
      ${/** @type {const} */ (['SINGLE', 'MULTI']).map(
        (mode) => html`<label class="choice">
          <input type="radio" name="mode" value=${mode} .checked=${this.mode === mode} @change=${() => (this.mode = mode)} />
          <span>${this.t(`start.mode.${mode}`)}</span>
        </label>`,
      )}
      <p class="muted">${customers}.</p>
    </fieldset>`;
  }
}

/** The element's name. */
export const START = define('tandem-start', StartDialog, import.meta.url);
