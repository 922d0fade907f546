/** In the agent's toolbar: records the session, says how it stands, and asks an assistant who has yet to allow it. */

import { ProblemError, TandemElement, api, css, define, html, icon, live, messages, nothing, problemText, toast } from 'tandem/kit';
import { barState, clock } from './states.js';

export class RecordBar extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    session: { attribute: false },
    me: { attribute: false },
    controls: { attribute: false },
    role: { attribute: false },
    _recording: { state: true },
    _busy: { state: true },
    _now: { state: true },
    _read: { state: true },
  };
  static styles = css`
    :host {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      position: relative;
      font-size: var(--lumo-font-size-s);
    }
    .dot {
      flex: none;
      inline-size: 0.7em;
      block-size: 0.7em;
      border: 2px solid currentColor;
      border-radius: 50%;
    }
    .on .dot {
      background: var(--tandem-bad);
      border-color: var(--tandem-bad);
    }
    .state {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      white-space: nowrap;
    }
    .names {
      max-inline-size: var(--tandem-toolbar-text, 16em);
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .question {
      position: absolute;
      inset-block-start: calc(100% + 6px);
      inset-inline-end: 0;
      z-index: 5;
      inline-size: 20em;
      padding: 12px;
      border: 1px solid var(--tandem-line);
      border-radius: var(--tandem-radius);
      background: var(--tandem-surface);
      box-shadow: var(--lumo-box-shadow-m);
    }
    .question div {
      display: flex;
      gap: 8px;
      margin-block-start: 8px;
    }
    .fold {
      display: var(--tandem-toolbar-second, inline);
    }
  `;

  #of = '';
  /** @type {(() => void) | undefined} */
  #unsubscribe;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    /** @type {any} */
    this.me = undefined;
    this.controls = false;
    this.role = 'agent';
    /** @type {import('./states.js').Recording | undefined} */
    this._recording = undefined;
    this._busy = false;
    this._now = api.now();
    /** Of which recording the note has been read. */
    this._read = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.#ticking = setInterval(() => (this._now = api.now()), 1000);
    this.#follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
    this.#leave();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate?.(changed);
    if (changed.has('session')) {
      this._now = api.now();
      this.#follow();
    }
  }

  #follow() {
    const id = this.session?.id ?? '';
    if (id === this.#of || !this.isConnected) {
      return;
    }
    this.#leave();
    this.#of = id;
    this._recording = undefined;
    if (id) {
      this.#unsubscribe = live.subscribe(`recording/${id}`, { message: (message) => this.#take(message.body) });
    }
  }

  #leave() {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#of = '';
  }

  /** @param {any} recording */
  #take(recording) {
    this._recording = recording;
  }

  get #me() {
    return this.me?.id ?? this.session?.me ?? '';
  }

  /** @param {() => Promise<any>} call */
  async #do(call) {
    if (this._busy) {
      return;
    }
    this._busy = true;
    try {
      await call();
    } catch (error) {
      toast(this.#problem(error), { kind: 'error' });
    } finally {
      this._busy = false;
    }
  }

  /** @param {unknown} error */
  #problem(error) {
    const code = error instanceof ProblemError ? error.code : '';
    switch (code) {
      case 'recording-not-allowed':
        return this.t('problem.not-allowed');
      case 'recording-no-room':
        return this.t('problem.no-room');
      case 'recording-quota':
        return this.t('problem.quota');
      default:
        return problemText(error);
    }
  }

  #record() {
    this._read = '';
    return this.#do(async () => this.#take(await api.post('/recordings', { session: this.session.id })));
  }

  #stop() {
    const id = this._recording?.id;
    const questions = (this.session.consents ?? []).filter((/** @type {any} */ one) => one.capability === 'recording' && one.state === 'ASKED');
    return this.#do(async () => {
      if (id) {
        this.#take(await api.post(`/recordings/${id}/stop`));
      }
      // Nobody need answer any more.
      for (const question of questions) {
        await api.delete(`/sessions/${this.session.id}/consents/${question.id}`);
      }
    });
  }

  /**
   * @param {string} consent
   * @param {boolean} allow
   */
  #answer(consent, allow) {
    return this.#do(() => api.post(`/sessions/${this.session.id}/consents/${consent}`, { allow, minutes: null }));
  }

  render() {
    if (!this.session) {
      return nothing;
    }
    const state = barState(this.session, this.#me, this._recording, this._now);
    this.toggleAttribute('data-recording', state.kind === 'recording');
    return html`${this.#button(state)}${this.#note(state)}${this.#question(state)}`;
  }

  /** @param {import('./states.js').BarState} state */
  #button(state) {
    const time = clock(state.seconds);
    const stop = state.kind === 'asking' ? this.t('bar.cancel') : this.t('bar.stop');
    if (state.kind === 'idle') {
      const help = this.controls ? this.t('bar.record.help') : this.t('bar.controller');
      return html`<button
        id="record"
        class="quiet small"
        title=${help}
        aria-label=${this.t('bar.record')}
        ?disabled=${this._busy}
        aria-disabled=${this.controls ? 'false' : 'true'}
        @click=${() => this.controls && this.#record()}
      >
        <span class="dot" aria-hidden="true"></span><span class="fold">${this.t('bar.record')}</span>
      </button>`;
    }
    const names = state.names.join(', ');
    const text = {
      asking: () => this.t('bar.asking', { names }),
      waiting: () => this.t('bar.waiting', { names }),
      recording: () => this.t('bar.recording'),
    }[state.kind]();
    return html`<span class="state ${state.kind === 'recording' ? 'on' : ''}" data-state=${state.kind}>
        <span class="dot" aria-hidden="true"></span>
        <span role="status" class="names" title=${text}>${text}</span>
        ${state.kind === 'asking' ? nothing : html`<span class="number" id="record-time">${time}</span>`}
      </span>
      ${this.controls
        ? html`<button id="record-stop" class="quiet small" ?disabled=${this._busy} title=${stop} aria-label=${stop} @click=${() => this.#stop()}>
            ${icon('stop')}<span class="fold">${stop}</span>
          </button>`
        : nothing}`;
  }

  /** @param {import('./states.js').BarState} state */
  #note(state) {
    const id = this._recording?.id ?? '';
    const note = {
      refused: () => (state.refusedBy ? this.t('note.refused', { name: state.refusedBy }) : this.t('note.refused.nobody')),
      'no-room': () => this.t('note.no-room'),
      quota: () => this.t('note.quota'),
    }[state.note]?.();
    const watch = state.watch
      ? html`<a id="record-watch" href=${`/recordings/${state.watch}`} target="_blank" rel="noopener" title=${this.t('bar.watch')} aria-label=${this.t('bar.watch')}
          >${icon('screen')}<span class="fold">${this.t('bar.watch')}</span></a
        >`
      : nothing;
    if (!note || this._read === id) {
      return watch;
    }
    return html`<span class="state" role="status" id="record-note">${icon('warning')}<span class="names" title=${note}>${note}</span></span>
      <button class="quiet small icon" aria-label=${this.t('note.close')} title=${this.t('note.close')} @click=${() => (this._read = id)}>
        ${icon('close')}
      </button>
      ${watch}`;
  }

  /** @param {import('./states.js').BarState} state */
  #question({ question }) {
    if (!question) {
      return nothing;
    }
    return html`<div class="question" role="alertdialog" aria-labelledby="record-question" id="record-consent">
      <b id="record-question">${this.t('question.agent')}</b>
      <div>
        <button class="primary small" ?disabled=${this._busy} @click=${() => this.#answer(question.id, true)}>${this.t('question.allow')}</button>
        <button class="small" ?disabled=${this._busy} @click=${() => this.#answer(question.id, false)}>${this.t('question.no')}</button>
      </div>
    </div>`;
  }
}

define('tandem-record', RecordBar, import.meta.url);
