/** Who may sign in at the site: added, given another password or other roles, and removed here. */

import { ProblemError, TandemElement, api, css, html, icon, messages, nothing, problemText, repeat, toast } from 'tandem/kit';
import { hue, initials } from '../shared/format.js';
import { hues } from '../shared/hues.js';
import { mark } from '../shared/marks.js';
import '../desktop/menu.js';
import './agent-options.js';
import { sections } from './styles.js';
import { matches } from './words.js';

/**
 * @typedef {object} SignIn
 * @property {string} agent
 * @property {string} user
 * @property {string} name
 * @property {string[]} roles
 * @property {'OFFLINE' | 'AWAY' | 'AVAILABLE'} presence
 * @property {string} reason
 * @property {number} signedIn
 * @property {boolean} yours
 */

const ROLES = /** @type {const} */ (['SUPERVISOR', 'ADMINISTRATOR']);

/** Property `turn`: changes when presences or sign-ins of the site may be others. */
class PlatformSignIns extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    turn: { type: Number },
    signIns: { state: true },
    writable: { state: true },
    problem: { state: true },
    filter: { state: true },
    dialog: { state: true },
    error: { state: true },
    busy: { state: true },
  };
  static styles = [
    sections,
    hues,
    css`
      .person {
        display: grid;
        grid-template-columns: 2rem minmax(0, 1.4fr) minmax(0, 1fr) minmax(0, 1fr) 2rem;
        gap: 4px 16px;
        align-items: center;
        padding: 10px 16px;
      }
      .face {
        inline-size: 2rem;
        block-size: 2rem;
        font-size: var(--lumo-font-size-xs);
      }
      .who {
        display: grid;
      }
      .name {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .user {
        font-size: var(--lumo-font-size-s);
        color: var(--tandem-muted);
        overflow-wrap: anywhere;
      }
      .presence {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .dot {
        inline-size: 10px;
        block-size: 10px;
        flex: none;
        border-radius: 50%;
        border: 2px solid var(--tandem-line-strong);
      }
      .AVAILABLE .dot {
        border-color: var(--tandem-good);
        background: var(--tandem-good);
      }
      .AWAY .dot {
        border-color: var(--tandem-warn);
      }
      .secret {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 16px;
        align-items: center;
        margin-block: 12px;
        padding: 12px 16px;
        border-radius: 8px;
        background: var(--tandem-surface-3);
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 6px 16px;
        flex: 1;
        margin: 0;
      }
      dt {
        color: var(--tandem-muted);
      }
      dd {
        margin: 0;
        font-family: var(--tandem-mono);
        overflow-wrap: anywhere;
      }
      @media (max-width: 800px) {
        .person {
          grid-template-columns: 2rem minmax(0, 1fr) 2rem;
        }
        .person > :nth-child(3),
        .person > :nth-child(4) {
          grid-column: 2;
        }
        .person > :last-child {
          grid-area: 1 / 3;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.turn = 0;
    /** @type {SignIn[] | undefined} */
    this.signIns = undefined;
    this.writable = false;
    /** @type {unknown} */
    this.problem = undefined;
    this.filter = '';
    /** @type {{what: 'add' | 'roles' | 'password' | 'made' | 'remove', of?: SignIn, password?: string} | undefined} */
    this.dialog = undefined;
    /** @type {unknown} what went wrong in the dialog */
    this.error = undefined;
    this.busy = false;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('turn')) {
      this.load();
    }
  }

  async load() {
    try {
      const all = await api.get('/platform/sign-ins');
      this.signIns = all.signIns;
      this.writable = all.writable;
      this.problem = undefined;
    } catch (error) {
      this.problem = error;
    }
  }

  /** @param {string} role */
  roleText(role) {
    return { AGENT: this.t('admin.role.AGENT'), SUPERVISOR: this.t('admin.role.SUPERVISOR'), ADMINISTRATOR: this.t('admin.role.ADMINISTRATOR') }[role] ?? role;
  }

  /** @param {SignIn} one */
  presence(one) {
    const reason = { break: 'presence.break', lunch: 'presence.lunch', meeting: 'presence.meeting', paperwork: 'presence.paperwork', 'no-answer': 'presence.noAnswer' }[one.reason];
    const where = one.signedIn > 1 ? ` · ${this.t('admin.signIn.browsers', { count: one.signedIn })}` : '';
    const now = { OFFLINE: 'presence.offline', AWAY: reason ?? 'presence.away', AVAILABLE: 'presence.available' }[one.presence];
    return this.t(now) + where;
  }

  /**
   * @param {'add' | 'roles' | 'password' | 'made' | 'remove'} what
   * @param {SignIn} [of]
   */
  async show(what, of) {
    this.error = undefined;
    this.dialog = { what, of };
    await this.updateComplete;
    const form = /** @type {HTMLFormElement | null} */ (this.renderRoot.querySelector('tandem-dialog form'));
    form?.reset();
    /** @type {HTMLElement | null} */ (form?.querySelector('input'))?.focus();
  }

  close() {
    if (this.dialog) {
      this.dialog = undefined;
      this.error = undefined;
    }
  }

  /**
   * Does what the dialog is about; it stays open if that is refused.
   *
   * @param {() => Promise<void>} what
   */
  async act(what) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.error = undefined;
    try {
      await what();
      this.load();
    } catch (error) {
      this.error = error;
      await this.updateComplete;
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('tandem-dialog [aria-invalid="true"]'))?.focus();
    } finally {
      this.busy = false;
    }
  }

  /** @param {string} id */
  field(id) {
    return /** @type {HTMLInputElement} */ (this.renderRoot.querySelector(`#${id}`));
  }

  chosenRoles() {
    return ['AGENT', ...ROLES.filter((role) => this.field(`role-${role}`).checked)];
  }

  /** @param {Event} event */
  submit(event) {
    event.preventDefault();
    const { dialog } = this;
    if (dialog?.what === 'add') {
      this.act(async () => {
        const name = this.field('new-name').value.trim();
        const user = this.field('new-user').value.trim();
        if (!name) {
          throw new ProblemError({ status: 400, code: 'invalid', detail: '', field: 'name' });
        }
        const made = await api.post('/platform/sign-ins', { name, user: user || null, roles: this.chosenRoles() });
        this.dialog = { what: 'made', of: made.signIn, password: made.password };
      });
    } else if (dialog?.what === 'roles' && dialog.of) {
      const { agent, name } = dialog.of;
      this.act(async () => {
        await api.put(`/platform/sign-ins/${encodeURIComponent(agent)}/roles`, { roles: this.chosenRoles() });
        this.close();
        toast(this.t('admin.signIn.rolesSaved', { name }), { kind: 'success' });
      });
    }
  }

  /** @param {SignIn} of */
  newPassword(of) {
    this.act(async () => {
      const made = await api.post(`/platform/sign-ins/${encodeURIComponent(of.agent)}/password`);
      this.dialog = { what: 'made', of: made.signIn, password: made.password };
    });
  }

  /** @param {SignIn} of */
  removeIt(of) {
    this.act(async () => {
      await api.delete(`/platform/sign-ins/${encodeURIComponent(of.agent)}`);
      this.close();
      toast(this.t('admin.signIn.removed', { name: of.name }), { kind: 'success' });
    });
  }

  /** @param {string} field @returns {string} what is wrong with that field */
  wrong(field) {
    const { error } = this;
    if (!(error instanceof ProblemError) || error.field !== field) {
      return '';
    }
    if (error.code === 'agent-exists') {
      return field === 'user' ? this.t('admin.signIn.taken') : this.t('admin.signIn.nameTaken');
    }
    return field === 'user' ? this.t('admin.signIn.user.wrong') : this.t('admin.signIn.name.wrong');
  }

  get errorText() {
    const { error } = this;
    return error && !(error instanceof ProblemError && ['name', 'user'].includes(error.field ?? ''))
      ? problemText(error, {
          yourself: this.t('admin.signIn.yourself'),
          'own-administrator': this.t('admin.signIn.ownRole'),
          'last-administrator': this.t('admin.signIn.last'),
          'sign-ins-elsewhere': this.t('admin.signIns.elsewhere'),
          unknown: this.t('admin.signIn.gone'),
        })
      : '';
  }

  render() {
    const many = (this.signIns?.length ?? 0) > 0;
    return html`
      <div class="head">
        <div>
          <h2>${this.t('admin.signIns')}</h2>
          <p class="lead">${this.t('admin.signIns.lead')}</p>
        </div>
        <div class="tools">
          <input
            type="search"
            aria-label=${this.t('admin.signIns.filter')}
            placeholder=${this.t('admin.signIns.filter')}
            ?disabled=${!many}
            .value=${this.filter}
            @input=${(/** @type {any} */ e) => (this.filter = e.target.value)}
          />
          ${this.writable || !this.signIns
            ? html`<button class="primary" ?disabled=${!this.signIns} @click=${() => this.show('add')}>
                ${mark('plus')}${this.t('admin.signIn.add')}
              </button>`
            : nothing}
        </div>
      </div>
      ${this.list()} ${this.dialogs()}
    `;
  }

  list() {
    if (!this.signIns) {
      return this.problem
        ? html`<div role="alert">
            <tandem-empty icon="warning" heading=${this.t('admin.failed')}>
              ${problemText(this.problem)}
              <div class="buttons"><button class="primary" @click=${() => this.load()}>${icon('renew')}${this.t('again')}</button></div>
            </tandem-empty>
          </div>`
        : html`<tandem-skeleton lines="6"></tandem-skeleton>`;
    }
    const shown = this.signIns.filter((one) =>
      matches(this.filter, [one.name, one.user, ...one.roles.map((role) => this.roleText(role)), this.presence(one)]),
    );
    return html`
      ${this.writable ? nothing : html`<p class="notice">${icon('info')}<span>${this.t('admin.signIns.elsewhere')}</span></p>`}
      <p class="sr" role="status">${this.filter ? this.t('admin.found', { count: shown.length }) : ''}</p>
      ${shown.length === 0 ? html`<p class="none">${this.t('admin.found.none')}</p>` : nothing}
      ${shown.length === 0
        ? nothing
        : html`<ul class="list">
            ${repeat(
              shown,
              (one) => one.agent,
              (one) => html`<li>${this.person(one)}</li>`,
            )}
          </ul>`}
      <platform-agent-options .people=${shown}></platform-agent-options>
    `;
  }

  /** @param {SignIn} one */
  person(one) {
    const roles = ['AGENT', ...ROLES].filter((role) => one.roles.includes(role));
    const entries = [
      { id: 'roles', text: this.t('admin.signIn.roles'), icon: 'users' },
      { id: 'password', text: this.t('admin.signIn.password'), icon: 'lock' },
      ...(one.yours ? [] : [{ id: 'remove', text: this.t('admin.signIn.remove'), icon: 'close', line: true }]),
    ];
    return html`<div class="person" data-agent=${one.agent}>
      <span class="face ${hue(one.name)}" aria-hidden="true">${initials(one.name)}</span>
      <div class="who">
        <span class="name" dir="auto">${one.name}${one.yours ? html` <span class="state">${this.t('admin.signIn.you')}</span>` : nothing}</span>
        <span class="user">${one.user}</span>
      </div>
      <div>${roles.map((role) => this.roleText(role)).join(', ')}</div>
      <div class="presence ${one.presence}"><span class="dot"></span><span>${this.presence(one)}</span></div>
      <div>
        ${this.writable
          ? html`<platform-menu
              look="round"
              label=${this.t('admin.signIn.more', { name: one.name })}
              .entries=${entries}
              @platform-choose=${(/** @type {CustomEvent} */ e) => this.show(e.detail, one)}
            >${icon('more')}</platform-menu>`
          : nothing}
      </div>
    </div>`;
  }

  dialogs() {
    const what = this.dialog?.what;
    const of = this.dialog?.of;
    const name = of?.name ?? '';
    const heading = {
      add: this.t('admin.signIn.add'),
      roles: this.t('admin.signIn.roles.title', { name }),
      password: this.t('admin.signIn.password.title', { name }),
      made: this.t('admin.signIn.made.title', { name }),
      remove: this.t('admin.signIn.remove.title', { name }),
    }[what ?? 'add'];
    return html`<tandem-dialog heading=${heading} ?open=${what !== undefined} @tandem-dismiss=${this.close}>
      ${what === 'add' || what === 'roles' ? this.form(what, of) : nothing}
      ${what === 'password' ? html`<p>${of?.yours ? this.t('admin.signIn.password.own') : this.t('admin.signIn.password.what')}</p>` : nothing}
      ${what === 'remove' ? html`<p>${this.t('admin.signIn.remove.what')}</p>` : nothing}
      ${what === 'made' && of ? this.made(of, this.dialog?.password ?? '') : nothing}
      <div role="alert">${this.errorText ? html`<p class="field-error">${this.errorText}</p>` : nothing}</div>
      ${this.footer(what, of)}
    </tandem-dialog>`;
  }

  /**
   * @param {string | undefined} what
   * @param {SignIn | undefined} of
   */
  footer(what, of) {
    if (what === 'made') {
      return html`<button slot="footer" class="primary" @click=${this.close}>${this.t('admin.done')}</button>`;
    }
    const cancel = html`<button slot="footer" @click=${this.close}>${this.t('admin.cancel')}</button>`;
    if (what === 'password' && of) {
      return html`${cancel}<button slot="footer" class="primary" ?disabled=${this.busy} @click=${() => this.newPassword(of)}>
          ${this.t('admin.signIn.password.do')}
        </button>`;
    }
    if (what === 'remove' && of) {
      return html`${cancel}<button slot="footer" class="danger primary" ?disabled=${this.busy} @click=${() => this.removeIt(of)}>
          ${this.t('admin.signIn.remove')}
        </button>`;
    }
    return html`${cancel}<button slot="footer" class="primary" type="submit" form="sign-in" ?disabled=${this.busy}>
        ${what === 'roles' ? this.t('admin.save') : this.t('admin.signIn.add.do')}
      </button>`;
  }

  /**
   * @param {'add' | 'roles'} what
   * @param {SignIn | undefined} of
   */
  form(what, of) {
    return html`<form id="sign-in" novalidate autocomplete="off" @submit=${this.submit}>
      ${what === 'add'
        ? html`<div>
              <label for="new-name">${this.t('admin.signIn.name')}</label>
              <input id="new-name" maxlength="60" aria-invalid=${this.wrong('name') ? 'true' : 'false'} aria-describedby="new-name-error" />
              <span id="new-name-error" class="field-error">${this.wrong('name')}</span>
            </div>
            <div>
              <label for="new-user">${this.t('admin.signIn.user')}</label>
              <input
                id="new-user"
                maxlength="40"
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=${this.wrong('user') ? 'true' : 'false'}
                aria-describedby="new-user-error new-user-hint"
              />
              <span id="new-user-error" class="field-error">${this.wrong('user')}</span>
              <span id="new-user-hint" class="hint">${this.t('admin.signIn.user.hint')}</span>
            </div>`
        : nothing}
      <fieldset>
        <legend>${this.t('admin.signIn.may')}</legend>
        <label class="choice">
          <input type="checkbox" checked disabled />${this.roleText('AGENT')}<span class="hint">${this.t('admin.role.AGENT.what')}</span>
        </label>
        ${ROLES.map((role) => {
          const has = of?.roles.includes(role) ?? false;
          const what = role === 'SUPERVISOR' ? this.t('admin.role.SUPERVISOR.what') : this.t('admin.role.ADMINISTRATOR.what');
          return html`<label class="choice">
            <input id="role-${role}" type="checkbox" ?checked=${has} ?disabled=${role === 'ADMINISTRATOR' && of?.yours} />
            ${this.roleText(role)}<span class="hint">${what}</span>
          </label>`;
        })}
      </fieldset>
    </form>`;
  }

  /**
   * @param {SignIn} of
   * @param {string} password
   */
  made(of, password) {
    return html`<p>${this.t('admin.signIn.made.what')}</p>
      <div class="secret">
        <dl>
          <dt>${this.t('admin.signIn.user')}</dt>
          <dd class="made-user">${of.user}</dd>
          <dt>${this.t('signIn.password')}</dt>
          <dd class="made-password">${password}</dd>
        </dl>
        <tandem-copy .value=${password} label=${this.t('signIn.password')}></tandem-copy>
      </div>`;
  }
}
customElements.define('platform-sign-ins', PlatformSignIns);
