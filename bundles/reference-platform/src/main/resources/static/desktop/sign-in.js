/** The form by which an agent signs in. */

import { ProblemError, TandemElement, css, html, icon, messages, nothing, problemText } from 'tandem/kit';
import { mark, tandemMark } from '../shared/marks.js';

/** Properties: `signIn` (user, password -> promise), `over` (a sign-in came to its end before). */
export class PlatformSignIn extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    signIn: { attribute: false },
    over: { type: Boolean },
    error: { state: true },
    busy: { state: true },
    capsLock: { state: true },
    plain: { state: true },
    missing: { state: true },
  };
  static styles = css`
    :host {
      display: grid;
      grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
      block-size: 100dvh;
      overflow: auto;
      background:
        radial-gradient(60rem 32rem at 50% -8rem, var(--tandem-accent-soft), transparent 70%),
        var(--tandem-surface-2);
    }
    /* Not centred: the form must not move when an error appears. */
    main {
      display: grid;
      place-items: start center;
      padding: max(24px, 14vh) 16px 24px;
    }
    .card {
      inline-size: min(24rem, 100%);
      padding: 32px;
      border: 1px solid var(--tandem-line);
      border-radius: 14px;
      background: var(--tandem-surface);
      box-shadow: var(--tandem-shadow);
    }
    .brand {
      display: flex;
      align-items: center;
      gap: 10px;
      font-size: var(--lumo-font-size-l);
      font-weight: 650;
      letter-spacing: -0.01em;
    }
    h1 {
      margin-block: 24px 4px;
      font-size: var(--lumo-font-size-xxl);
      letter-spacing: -0.015em;
    }
    form {
      display: grid;
      gap: 16px;
      margin-block-start: 20px;
    }
    label {
      margin-block-end: 4px;
      color: var(--tandem-text);
    }
    input {
      min-block-size: var(--lumo-size-l) !important;
    }
    .secret {
      position: relative;
    }
    .secret input {
      padding-inline-end: 44px !important;
    }
    .secret button {
      position: absolute;
      inset-block-start: 4px;
      inset-inline-end: 4px;
      color: var(--tandem-muted);
    }
    .hint {
      display: flex;
      gap: 6px;
      align-items: center;
      margin-block-start: 6px;
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-warn);
    }
    .field-error {
      margin-block-start: 4px;
      font-size: var(--lumo-font-size-xs);
      color: var(--tandem-bad);
    }
    .notice,
    .wrong {
      display: flex;
      gap: 10px;
      margin-block-start: 16px;
      padding: 10px 12px;
      border-radius: 8px;
      background: var(--tandem-warn-soft);
      color: var(--tandem-warn);
    }
    .wrong {
      background: var(--tandem-bad-soft);
      color: var(--tandem-bad);
    }
    .first {
      margin-block-start: 24px;
      padding-block-start: 16px;
      border-block-start: 1px solid var(--tandem-line);
      font-size: var(--lumo-font-size-s);
      color: var(--tandem-muted);
    }
    code {
      font-family: var(--tandem-mono);
      font-size: 0.92em;
      padding: 1px 4px;
      border-radius: 4px;
      background: var(--tandem-surface-3);
      color: var(--tandem-text);
      white-space: nowrap;
    }
    footer {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: 4px 16px;
      padding: 8px 16px 16px;
      font-size: var(--lumo-font-size-s);
    }
  `;

  constructor() {
    super();
    /** @type {(user: string, password: string) => Promise<void>} */
    this.signIn = async () => {};
    this.over = false;
    /** @type {unknown} */
    this.error = undefined;
    this.busy = false;
    this.capsLock = false;
    this.plain = false;
    /** @type {'' | 'user' | 'password'} */
    this.missing = '';
  }

  firstUpdated() {
    this.field('user').focus();
  }

  /**
   * @param {string} id
   * @returns {HTMLInputElement}
   */
  field(id) {
    return /** @type {HTMLInputElement} */ (this.renderRoot.querySelector(`#${id}`));
  }

  /** @param {Event} event */
  async submit(event) {
    event.preventDefault();
    const user = this.field('user').value.trim();
    const password = this.field('password').value;
    this.missing = !user ? 'user' : !password ? 'password' : '';
    if (this.missing) {
      this.error = undefined;
      this.field(this.missing).focus();
      return;
    }
    this.busy = true;
    this.error = undefined;
    try {
      await this.signIn(user, password);
    } catch (error) {
      this.error = error;
      this.busy = false;
      await this.updateComplete;
      this.field('password').select();
    }
  }

  get errorText() {
    if (this.error instanceof ProblemError && this.error.code === 'too-many-attempts' && this.error.retryAfter) {
      return this.t('signIn.later', { count: Math.ceil(this.error.retryAfter / 60) });
    }
    return problemText(this.error, { 'sign-in-refused': this.t('signIn.refused'), invalid: this.t('signIn.refused') });
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    this.capsLock = event.getModifierState?.('CapsLock') ?? false;
  }

  render() {
    return html`
      <main>
        <div class="card">
          <div class="brand">${tandemMark()}<span>Tandem</span></div>
          <h1>${this.t('signIn.title')}</h1>
          <p class="muted">${this.t('signIn.what')}</p>
          <div role="alert">
            ${this.error ? html`<div class="wrong">${icon('warning')}<span>${this.errorText}</span></div>` : nothing}
          </div>
          ${this.over && !this.error ? html`<div class="notice" role="status">${icon('info')}<span>${this.t('signIn.over')}</span></div>` : nothing}
          <form novalidate @submit=${this.submit}>
            <div>
              <label for="user">${this.t('signIn.user')}</label>
              <input
                id="user"
                name="username"
                autocomplete="username"
                autocapitalize="none"
                spellcheck="false"
                maxlength="100"
                aria-invalid=${this.missing === 'user' ? 'true' : 'false'}
                aria-describedby="user-error"
              />
              <div class="field-error" id="user-error">${this.missing === 'user' ? this.t('signIn.user.missing') : nothing}</div>
            </div>
            <div>
              <label for="password">${this.t('signIn.password')}</label>
              <div class="secret">
                <input
                  id="password"
                  name="password"
                  type=${this.plain ? 'text' : 'password'}
                  autocomplete="current-password"
                  autocapitalize="none"
                  spellcheck="false"
                  maxlength="256"
                  aria-invalid=${this.missing === 'password' ? 'true' : 'false'}
                  aria-describedby="password-error caps"
                  @keydown=${this.keyed}
                  @keyup=${this.keyed}
                  @blur=${() => (this.capsLock = false)}
                />
                <button
                  type="button"
                  class="quiet icon"
                  aria-pressed=${this.plain ? 'true' : 'false'}
                  aria-label=${this.t('signIn.show')}
                  title=${this.t('signIn.show')}
                  @click=${() => (this.plain = !this.plain)}
                >
                  ${mark('eye')}
                </button>
              </div>
              <div class="field-error" id="password-error">${this.missing === 'password' ? this.t('signIn.password.missing') : nothing}</div>
              <div id="caps" role="status">
                ${this.capsLock ? html`<div class="hint">${icon('warning')}${this.t('signIn.caps')}</div>` : nothing}
              </div>
            </div>
            <button class="primary large" type="submit" ?disabled=${this.busy}>
              ${this.busy ? this.t('signIn.busy') : this.t('signIn.do')}
            </button>
          </form>
          <p class="first">
            ${this.t('signIn.first')} <code>tandem start</code> ${this.t('signIn.first.file')} <code>etc/tandem-sign-ins.txt</code>
          </p>
        </div>
      </main>
      <footer>
        <a href="/">${this.t('home')}</a>
        <tandem-language-menu></tandem-language-menu>
        <tandem-theme-menu></tandem-theme-menu>
      </footer>
    `;
  }
}
customElements.define('platform-sign-in', PlatformSignIn);
