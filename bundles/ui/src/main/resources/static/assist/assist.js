/** The page `/assist`: an agent joins a colleague's session by its number or by the link of an invitation. */

import {
  ProblemError,
  TandemElement,
  api,
  css,
  define,
  digitsOf,
  html,
  icon,
  messages,
  nothing,
  problemText,
  staticHtml,
  unsafeStatic,
} from 'tandem/kit';
import { density } from '../tab/styles.js';
import { REMOTE_SUPPORT } from '../tab/tab.js';
import { readPath, rememberSession, rememberedSession, signInAddress } from './place.js';

const remoteSupport = unsafeStatic(REMOTE_SUPPORT);

/** Nothing but the remote-support tab once the agent is in. */
class AssistPage extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    phase: { state: true },
    session: { state: true },
    problem: { state: true },
    empty: { state: true },
    busy: { state: true },
  };
  static styles = [
    density,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
        block-size: 100dvh;
        background: var(--tandem-surface-2);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 12px;
        padding: 4px 12px 4px 16px;
        border-block-end: 1px solid var(--tandem-line);
        background: var(--tandem-surface);
      }
      h1 {
        font-size: var(--lumo-font-size-l);
        flex: 1 1 auto;
      }
      main {
        min-block-size: 0;
        overflow: auto;
      }
      .place {
        grid-row: 1 / -1;
        min-block-size: 0;
        block-size: 100%;
      }
      .card {
        inline-size: min(26rem, calc(100% - 32px));
        margin: max(24px, 10vh) auto 24px;
        padding: 24px;
        border: 1px solid var(--tandem-line);
        border-radius: 12px;
        background: var(--tandem-surface);
      }
      .card h2 {
        font-size: var(--lumo-font-size-xl);
        margin-block-end: 6px;
      }
      form {
        display: grid;
        gap: 4px;
        margin-block-start: 16px;
      }
      input {
        font-size: var(--lumo-font-size-xl);
        font-variant-numeric: tabular-nums;
      }
      .under {
        min-block-size: 2.6em;
        font-size: var(--lumo-font-size-s);
      }
      .link {
        margin-block-start: 16px;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {'looking' | 'ask' | 'signed-out' | 'in'} */
    this.phase = 'looking';
    /** Id of the session that the agent has joined. */
    this.session = '';
    /** @type {unknown} */
    this.problem = undefined;
    this.empty = false;
    this.busy = false;
    this.brought = readPath(location.pathname);
  }

  connectedCallback() {
    super.connectedCallback();
    this.begin();
  }

  firstUpdated() {
    document.title = this.t('assist.title');
  }

  languageChanged() {
    super.languageChanged();
    document.title = this.t('assist.title');
  }

  /** Back into the session after a reload; else in by the link's token; else the number is asked for. */
  async begin() {
    const remembered = rememberedSession();
    if (remembered && !this.brought.invitation && !this.brought.number) {
      this.show(remembered);
    } else if (this.brought.invitation) {
      await this.join({ invitation: this.brought.invitation });
    } else {
      await this.look();
    }
  }

  /** Finds out whether anybody is signed in, before a number is typed for nothing. */
  async look() {
    try {
      await api.get('/sessions?mine=true');
      this.phase = 'ask';
    } catch (error) {
      this.refused(error);
    }
  }

  /** @param {{number: string} | {invitation: string}} by */
  async join(by) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.problem = undefined;
    try {
      const view = await api.post('/sessions/assist', by);
      // Neither a number nor a token stays in the address, the history or a bookmark.
      history.replaceState(null, '', '/assist');
      this.brought = { number: '', invitation: '' };
      this.show(view.id);
    } catch (error) {
      this.refused(error);
    } finally {
      this.busy = false;
    }
  }

  /** @param {unknown} error */
  refused(error) {
    const signedOut = error instanceof ProblemError && error.status === 401;
    this.problem = signedOut ? undefined : error;
    this.phase = signedOut ? 'signed-out' : 'ask';
  }

  /** @param {string} id */
  show(id) {
    rememberSession(id);
    this.session = id;
    this.phase = 'in';
  }

  over() {
    rememberSession('');
    this.session = '';
    this.problem = undefined;
    this.look();
  }

  /** @param {SubmitEvent} event */
  submit(event) {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (this.renderRoot.querySelector('#number'));
    const number = digitsOf(field.value);
    this.empty = number === '';
    if (this.empty) {
      this.problem = undefined;
      field.focus();
    } else {
      this.join({ number });
    }
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has('phase') && this.phase === 'ask') {
      const field = /** @type {HTMLInputElement} */ (this.renderRoot.querySelector('#number'));
      field.value ||= this.brought.number;
      field.focus();
    }
  }

  render() {
    if (this.phase === 'in') {
      return html`<div class="place">
        ${staticHtml`<${remoteSupport} .sessionId=${this.session} @tandem-close=${this.over}></${remoteSupport}>`}
      </div>`;
    }
    return html`<header>
        <h1>${this.t('assist.title')}</h1>
        <tandem-language-menu></tandem-language-menu><tandem-theme-menu></tandem-theme-menu>
      </header>
      <main>
        ${this.phase === 'looking' ? html`<tandem-skeleton lines="3"></tandem-skeleton>` : nothing}
        ${this.phase === 'ask' ? this.ask() : nothing} ${this.phase === 'signed-out' ? this.signedOut() : nothing}
      </main>`;
  }

  ask() {
    const text = this.empty
      ? this.t('assist.missing')
      : this.problem
        ? problemText(this.problem, { 'number-refused': this.t('assist.refused') })
        : '';
    return html`<section class="card" aria-labelledby="ask">
      <h2 id="ask">${this.t('assist.ask')}</h2>
      <p class="muted">${this.t('assist.lead')}</p>
      <form novalidate @submit=${this.submit}>
        <label for="number">${this.t('number')}</label>
        <input
          id="number"
          inputmode="numeric"
          autocomplete="off"
          maxlength="24"
          aria-invalid=${text ? 'true' : 'false'}
          aria-describedby="wrong"
        />
        <div class="under error" id="wrong" role="alert">${text}</div>
        <button class="primary large" ?disabled=${this.busy}>${this.t('join')}</button>
      </form>
    </section>`;
  }

  signedOut() {
    return html`<section class="card" role="status">
      <h2>${this.t('assist.signedOut')}</h2>
      <p class="muted">${this.t('assist.signedOut.text')}</p>
      <a class="button primary link" href=${signInAddress(location.pathname)}>${icon('user')}${this.t('assist.signIn')}</a>
    </section>`;
  }
}

/** The element's name. */
const ASSIST = define('tandem-assist-page', AssistPage, import.meta.url);
document.body.append(document.createElement(ASSIST));
