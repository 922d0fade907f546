/** The page behind a queue's link: open or closed, a form, and then the customer's page, where the wait is told. */

import { ProblemError, TandemElement, api, column, define, html, icon, language, locale, messages, nothing, problemText } from 'tandem/kit';
import { refusalText } from '../words/problems.js';
import { codePoints, inLanguage, roughly } from '../words/words.js';
import { LONGEST_NAME, answerFault, answersOf, entryPath, fieldOf, nameFault, safeUrl, systemOf } from './form.js';
import { entryStyles } from './styles.js';

/** @typedef {import('./form.js').Entry} Entry */
/** @typedef {import('./form.js').Field} Field */

/** Whether it has opened is looked for that often while the page is closed and seen. */
const EVERY = 30_000;
/** An answer that may be longer gets several lines. */
const LINE = 200;

class EntryPage extends TandemElement {
  static messages = messages(import.meta.url);
  static styles = [column, entryStyles];
  static properties = {
    entry: { state: true },
    unknown: { state: true },
    trouble: { state: true },
    wrong: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    /** @type {Entry | undefined} */
    this.entry = undefined;
    /** Whether there is no such link. */
    this.unknown = false;
    /** @type {unknown} what the server has refused */
    this.trouble = undefined;
    /** @type {Record<string, import('./form.js').Fault | 'refused'>} by the question's key; `name` with a blank before it, which no key has */
    this.wrong = {};
    this.busy = false;
    /** @type {Record<string, string>} */
    this.typed = {};
    this.name = '';
    this.path = entryPath(location.pathname);
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.poll = undefined;
    this.load();
    this.poll = setInterval(() => !this.entry?.open && document.visibilityState === 'visible' && this.load(), EVERY);
  }

  async load() {
    if (!this.path) {
      this.unknown = true;
      return;
    }
    try {
      this.entry = await api.get(`/webacd/entry/${this.path}`);
      this.unknown = false;
      this.trouble = undefined;
    } catch (error) {
      if (error instanceof ProblemError && error.status === 404 && error.final) {
        this.unknown = true;
      } else {
        this.trouble = error;
      }
    }
  }

  /** @param {SubmitEvent} event */
  async send(event) {
    event.preventDefault();
    const entry = this.entry;
    if (!entry || this.busy) {
      return;
    }
    this.trouble = undefined;
    this.wrong = Object.fromEntries(
      [
        /** @type {[string, import('./form.js').Fault]} */ ([' name', nameFault(this.name)]),
        ...entry.fields.map((field) => /** @type {[string, import('./form.js').Fault]} */ ([field.key, answerFault(field, this.typed[field.key] ?? '')])),
      ].filter(([, fault]) => fault !== ''),
    );
    if (Object.keys(this.wrong).length > 0) {
      this.toFirst();
      return;
    }
    this.busy = true;
    try {
      const answer = await api.post(`/webacd/entry/${this.path}`, {
        name: this.name.trim(),
        language: language(),
        os: systemOf(/** @type {any} */ (navigator).userAgentData?.platform || navigator.platform || '') || null,
        answers: answersOf(entry.fields, this.typed),
      });
      this.enter(answer, entry);
    } catch (error) {
      this.busy = false;
      this.refused(error);
    }
  }

  /**
   * The customer's page takes it from here: it finds its seat in this browser tab.
   *
   * @param {{token: string, session: string}} answer
   * @param {Entry} entry
   */
  enter(answer, entry) {
    // Without a site in the link the customer's page has none in its address either.
    const site = this.path.includes('/') ? entry.site : '';
    try {
      sessionStorage.setItem('tandem.seat', JSON.stringify({ token: answer.token, session: answer.session, pin: '', site, named: true }));
    } catch (error) {
      this.busy = false;
      this.trouble = error;
      return;
    }
    location.replace(site ? `/join/${encodeURIComponent(site)}` : '/join');
  }

  /** @param {unknown} error */
  refused(error) {
    this.trouble = error;
    if (error instanceof ProblemError) {
      const field = fieldOf(error.field);
      if (field) {
        this.wrong = { [field === 'name' ? ' name' : field]: 'refused' };
        this.toFirst();
      }
      if (error.code === 'queue-closed' || error.code === 'unknown' || error.field === 'answers') {
        // The queue is another one than when the page was loaded.
        this.load().then(() => (this.trouble = error.code === 'queue-closed' ? undefined : error));
      }
    }
  }

  async toFirst() {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('[aria-invalid="true"]'))?.focus();
  }

  updated() {
    document.title = this.entry ? `${this.entry.name} – Tandem` : this.t('entry.title');
  }

  render() {
    return html`<header><span class="brand grow">Tandem</span><tandem-language-menu></tandem-language-menu></header>
      <main tabindex="-1">${this.content()}</main>
      <footer><span>${icon('lock')}${this.t('entry.safe')}</span></footer>`;
  }

  content() {
    const entry = this.entry;
    if (this.unknown) {
      return html`<div class="card"><h1>${this.t('entry.unknown')}</h1><p>${this.t('entry.unknown.text')}</p></div>`;
    }
    if (!entry) {
      return html`<div class="card">
        ${this.trouble
          ? html`${this.problem()}<button class="primary big" @click=${() => this.load()}>${this.t('entry.again')}</button>`
          : html`<tandem-skeleton lines="4"></tandem-skeleton>`}
      </div>`;
    }
    return entry.open ? this.open(entry) : this.closed(entry);
  }

  /** @param {Entry} entry */
  closed(entry) {
    const url = safeUrl(entry.closedUrl);
    const text = inLanguage(entry.closedText, language(), this.t('entry.closed'));
    return html`<div>
        <h1 dir="auto">${entry.name}</h1>
        <p class="lead" role="status">${entry.changes ? this.t('entry.opens', { time: this.timeOf(entry.changes) }) : this.t('entry.closed.text')}</p>
      </div>
      <div class="card" data-open="no">
        ${url
          ? html`<a class="button primary big" href=${url} rel="noreferrer">${text}</a>`
          : html`<button class="primary big" disabled>${text}</button>`}
      </div>`;
  }

  /** @param {string} instant */
  timeOf(instant) {
    const when = new Date(instant);
    const today = when.toDateString() === new Date().toDateString();
    /** @type {Intl.DateTimeFormatOptions} */
    const day = today ? {} : { weekday: 'long', day: 'numeric', month: 'long' };
    return new Intl.DateTimeFormat(locale(), { ...day, hour: '2-digit', minute: '2-digit' }).format(when);
  }

  /** @param {Entry} entry */
  open(entry) {
    return html`<div>
        <h1 dir="auto">${entry.name}</h1>
        <p class="lead">${this.t('entry.lead')} ${this.wait(entry.waitSeconds)}</p>
      </div>
      <form class="card" novalidate data-open="yes" @submit=${this.send}>
        ${this.nameField()} ${entry.fields.map((field, at) => this.question(field, at))} ${this.problem()}
        <button class="primary big" ?disabled=${this.busy}>
          ${this.busy ? this.t('entry.sending') : inLanguage(entry.openText, language(), this.t('entry.start'))}
        </button>
      </form>`;
  }

  /** @param {number | null | undefined} seconds */
  wait(seconds) {
    if (seconds === null || seconds === undefined) {
      return nothing;
    }
    const { unit, count } = roughly(seconds);
    return unit === 'moment' ? this.t('wait.moment') : unit === 'minutes' ? this.t('wait.minutes', { count }) : this.t('wait.hours', { count });
  }

  problem() {
    const fields = Object.keys(this.wrong).length > 0;
    const text = this.trouble && !fields ? this.problemWords() : '';
    return html`<div role="alert">${text ? html`<div class="trouble">${icon('warning')}<span>${text}</span></div>` : nothing}</div>`;
  }

  problemWords() {
    if (this.trouble instanceof ProblemError && this.trouble.code === 'too-many-attempts') {
      return this.t('entry.too-often', { count: Math.ceil((this.trouble.retryAfter ?? 60) / 60) });
    }
    if (this.trouble instanceof ProblemError && this.trouble.code === 'queue-full') {
      return this.t('entry.full');
    }
    return this.trouble instanceof ProblemError ? refusalText(this.trouble, (key) => this.t(key)) : problemText(this.trouble);
  }

  nameField() {
    const fault = this.wrong[' name'] ?? '';
    return html`<div>
      <label for="name">${this.t('entry.name')}</label>
      <input
        id="name"
        autocomplete="name"
        dir="auto"
        aria-required="true"
        aria-invalid=${fault ? 'true' : 'false'}
        aria-describedby="name-wrong"
        .value=${this.name}
        @input=${(/** @type {any} */ event) => (this.name = event.target.value)}
      />
      ${this.fault('name-wrong', fault, this.name, LONGEST_NAME)}
    </div>`;
  }

  /**
   * @param {Field} field
   * @param {number} at
   */
  question(field, at) {
    const fault = this.wrong[field.key] ?? '';
    const id = `field-${at}`;
    return html`<div data-field=${field.key}>
      <label for=${id}
        ><span dir="auto">${inLanguage(field.label, language(), field.key)}</span>
        ${field.required ? nothing : html`<span class="muted">(${this.t('entry.optional')})</span>`}</label
      >
      ${field.recognises ? html`<p class="muted">${this.t('entry.recognises')}</p>` : nothing}
      ${this.control(field, id, fault !== '')}${this.fault(`${id}-wrong`, fault, this.typed[field.key] ?? '', field.max)}
    </div>`;
  }

  /**
   * @param {Field} field
   * @param {string} id
   * @param {boolean} wrong
   */
  control(field, id, wrong) {
    const value = this.typed[field.key] ?? '';
    const typed = (/** @type {any} */ event) => (this.typed[field.key] = event.target.value);
    const invalid = wrong ? 'true' : 'false';
    const required = field.required ? 'true' : 'false';
    if (field.type === 'CHOICE') {
      return html`<select id=${id} aria-required=${required} aria-invalid=${invalid} aria-describedby=${`${id}-wrong`} @change=${typed}>
        <option value="" ?selected=${value === ''}>${this.t('entry.choose')}</option>
        ${field.options.map((option) => html`<option value=${option} ?selected=${option === value}>${option}</option>`)}
      </select>`;
    }
    if (field.type === 'TEXT' && field.max > LINE) {
      return html`<textarea
        id=${id}
        rows="4"
        dir="auto"
        aria-required=${required}
        aria-invalid=${invalid}
        aria-describedby=${`${id}-wrong`}
        .value=${value}
        @input=${typed}
      ></textarea>`;
    }
    return html`<input
      id=${id}
      type=${field.type === 'EMAIL' ? 'email' : 'text'}
      inputmode=${field.type === 'NUMBER' ? 'decimal' : field.type === 'EMAIL' ? 'email' : 'text'}
      autocomplete=${field.type === 'EMAIL' ? 'email' : field.key === 'company' ? 'organization' : 'on'}
      dir="auto"
      aria-required=${required}
      aria-invalid=${invalid}
      aria-describedby=${`${id}-wrong`}
      .value=${value}
      @input=${typed}
    />`;
  }

  /**
   * @param {string} id
   * @param {string} fault
   * @param {string} typed
   * @param {number} most
   */
  fault(id, fault, typed, most) {
    return html`<div id=${id}>
      ${fault ? html`<p class="wrong">${this.t(`entry.fault.${fault}`, { length: codePoints(typed.trim()), most })}</p>` : nothing}
    </div>`;
  }
}

document.body.append(document.createElement(define('tandem-entry', EntryPage, import.meta.url)));
