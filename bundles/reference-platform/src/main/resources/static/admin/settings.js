/** Settings of the site: what each does, for whom and from when on, its default, and a way back. */

import { TandemElement, api, css, html, icon, liveDirective, messages, nothing, problemText, repeat } from 'tandem/kit';
import { dayAndTime } from '../shared/format.js';
import { sections } from './styles.js';
import { lasting, matches, own } from './words.js';

/** @typedef {import('./words.js').Texts} Texts */
/**
 * @typedef {object} Setting
 * @property {string} key
 * @property {string} slice
 * @property {{type: 'seconds' | 'whole' | 'flag' | 'choice' | 'text', least?: number, most?: number, among?: string[]}} form
 * @property {string} seed
 * @property {string | null} value
 * @property {Texts} slices
 * @property {Texts} titles
 * @property {Texts} helps
 * @property {Texts} effects
 * @property {Record<string, Texts>} choices
 * @property {{at: string, by: string, name: string | null} | null} changed
 */

/** Property `turn`: changes when slices have come or gone, whose settings come and go with them. */
class PlatformSettings extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    turn: { type: Number },
    settings: { state: true },
    problem: { state: true },
    filter: { state: true },
    drafts: { state: true },
    results: { state: true },
    busy: { state: true },
  };
  static styles = [
    sections,
    css`
      .setting {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 17rem;
        gap: 4px 32px;
        padding: 16px;
      }
      .what {
        display: grid;
        gap: 4px;
        align-content: start;
      }
      .what label,
      .what .title {
        font-size: var(--lumo-font-size-m);
        font-weight: 600;
        color: var(--tandem-text);
      }
      .what p {
        max-inline-size: 68ch;
        text-wrap: pretty;
      }
      .effect {
        display: flex;
        gap: 6px;
        align-items: baseline;
        font-size: var(--lumo-font-size-s);
        color: var(--tandem-muted);
      }
      .effect svg {
        flex: none;
        inline-size: 1em;
        block-size: 1em;
        transform: translateY(0.12em);
      }
      form {
        display: grid;
        gap: 8px;
        align-content: start;
      }
      .value {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .value input[type='number'] {
        inline-size: 9rem !important;
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
      .doing {
        display: flex;
        gap: 8px;
      }
      /* Room for a line, so that nothing moves when there is something to say. */
      .result {
        display: flex;
        align-items: center;
        gap: 6px;
        min-block-size: 1.5em;
        font-size: var(--lumo-font-size-s);
        color: var(--tandem-muted);
      }
      .result.saved {
        color: var(--tandem-good);
      }
      @media (max-width: 900px) {
        .setting {
          grid-template-columns: minmax(0, 1fr);
          gap: 12px;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.turn = 0;
    /** @type {Setting[] | undefined} */
    this.settings = undefined;
    /** @type {unknown} */
    this.problem = undefined;
    this.filter = '';
    /** @type {Record<string, string>} what was typed and is not saved */
    this.drafts = {};
    /** @type {Record<string, {kind: 'saved' | 'back' | 'error', text: string}>} */
    this.results = {};
    /** @type {string} */
    this.busy = '';
    this.shown = () => document.visibilityState === 'visible' && this.load();
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.shown);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.shown);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('turn')) {
      this.load();
    }
  }

  async load() {
    try {
      this.settings = (await api.get('/settings')).settings;
      this.problem = undefined;
    } catch (error) {
      this.problem = error;
    }
  }

  /** @param {Setting} setting */
  current(setting) {
    return setting.value ?? setting.seed;
  }

  /**
   * @param {Setting} setting
   * @param {string} value
   */
  draft(setting, value) {
    const { [setting.key]: _, ...others } = this.drafts;
    this.drafts = value === this.current(setting) ? others : { ...others, [setting.key]: value };
    const { [setting.key]: __, ...results } = this.results;
    this.results = results;
  }

  /**
   * @param {Setting} setting
   * @param {string} value
   * @returns {string} what is wrong with it, or nothing
   */
  wrong(setting, value) {
    const { type, least = 0, most = 0 } = setting.form;
    if (type !== 'seconds' && type !== 'whole') {
      return '';
    }
    const number = Number(value);
    return /^-?\d+$/u.test(value.trim()) && number >= least && number <= most
      ? ''
      : this.t('admin.setting.range', { least: this.number(least), most: this.number(most) });
  }

  /** @param {number} value */
  number(value) {
    return new Intl.NumberFormat(document.documentElement.lang || 'en').format(value);
  }

  /**
   * @param {Event} event
   * @param {Setting} setting
   */
  save(event, setting) {
    event.preventDefault();
    const value = (this.drafts[setting.key] ?? this.current(setting)).trim();
    const wrong = this.wrong(setting, value);
    if (wrong) {
      this.tell(setting, { kind: 'error', text: wrong });
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(`[name="${setting.key}"]`))?.focus();
    } else {
      this.put(setting, value);
    }
  }

  /**
   * @param {Setting} setting
   * @param {{kind: 'saved' | 'back' | 'error', text: string}} result
   */
  tell(setting, result) {
    this.results = { ...this.results, [setting.key]: result };
  }

  /**
   * @param {Setting} setting
   * @param {string | null} value null puts it back
   */
  async put(setting, value) {
    this.busy = setting.key;
    try {
      this.settings = (await api.put(`/settings/${encodeURIComponent(setting.key)}`, { value })).settings;
      const { [setting.key]: _, ...others } = this.drafts;
      this.drafts = others;
      this.tell(
        setting,
        value === null
          ? { kind: 'back', text: this.t('admin.setting.isBack') }
          : { kind: 'saved', text: this.t('admin.setting.saved') },
      );
    } catch (error) {
      this.tell(setting, {
        kind: 'error',
        text: problemText(error, {
          'setting-value': this.t('admin.setting.refused'),
          'setting-unknown': this.t('admin.setting.gone'),
        }),
      });
    } finally {
      this.busy = '';
    }
  }

  /**
   * @param {Setting} setting
   * @param {string} value
   * @returns {string} with its unit
   */
  words(setting, value) {
    if (value === '') {
      return '';
    }
    switch (setting.form.type) {
      case 'seconds':
        return lasting(Number(value));
      case 'flag':
        return value === 'true' ? this.t('admin.setting.on') : this.t('admin.setting.off');
      case 'choice':
        return own(setting.choices[value]) || value;
      case 'text':
        return value;
      default:
        return this.number(Number(value));
    }
  }

  render() {
    return html`
      <div class="head">
        <div>
          <h2>${this.t('admin.settings')}</h2>
          <p class="lead">${this.t('admin.settings.lead')}</p>
        </div>
        <div class="tools">
          <input
            type="search"
            aria-label=${this.t('admin.settings.filter')}
            placeholder=${this.t('admin.settings.filter')}
            .value=${this.filter}
            @input=${(/** @type {any} */ e) => (this.filter = e.target.value)}
          />
        </div>
      </div>
      ${this.list()}
    `;
  }

  list() {
    if (!this.settings) {
      return this.problem
        ? html`<div role="alert">
            <tandem-empty icon="warning" heading=${this.t('admin.failed')}>
              ${problemText(this.problem)}
              <div class="buttons"><button class="primary" @click=${() => this.load()}>${icon('renew')}${this.t('again')}</button></div>
            </tandem-empty>
          </div>`
        : html`<tandem-skeleton lines="6"></tandem-skeleton>`;
    }
    const shown = this.settings.filter((s) =>
      matches(this.filter, [own(s.titles), own(s.helps), own(s.effects), own(s.slices), s.key]),
    );
    const slices = [...new Set(shown.map((s) => s.slice))];
    return html`
      <p class="sr" role="status">${this.filter ? this.t('admin.found', { count: shown.length }) : ''}</p>
      ${shown.length === 0
        ? html`<p class="none">${this.filter ? this.t('admin.found.none') : this.t('admin.settings.none')}</p>`
        : nothing}
      ${repeat(
        slices,
        (slice) => slice,
        (slice) => {
          const these = shown.filter((s) => s.slice === slice);
          return html`<h3>${own(these[0].slices)}</h3>
            <ul class="list">
              ${repeat(
                these,
                (s) => s.key,
                (s) => html`<li>${this.setting(s)}</li>`,
              )}
            </ul>`;
        },
      )}
    `;
  }

  /** @param {Setting} setting */
  setting(setting) {
    const id = setting.key.replaceAll('.', '-');
    const draft = this.drafts[setting.key];
    const result = this.results[setting.key];
    const busy = this.busy === setting.key;
    const { changed } = setting;
    return html`<div class="setting" data-key=${setting.key}>
      <div class="what">
        <label for=${id}>${own(setting.titles)}</label>
        <p id="${id}-help">${own(setting.helps)}</p>
        ${own(setting.effects) ? html`<p class="effect">${icon('users')}<span>${own(setting.effects)}</span></p>` : nothing}
        <div class="facts">
          <span>${this.t('admin.setting.default', { value: this.words(setting, setting.seed) })}</span>
          <span class="code">${setting.key}</span>
          ${changed
            ? html`<span>${this.t('admin.setting.changed', { name: changed.name ?? changed.by, at: dayAndTime(changed.at) })}</span>`
            : nothing}
        </div>
      </div>
      <form novalidate @submit=${(/** @type {Event} */ e) => this.save(e, setting)}>
        <div class="value">${this.field(setting, id, draft ?? this.current(setting), result?.kind === 'error')}</div>
        <div class="doing">
          <button class="primary small" type="submit" ?disabled=${draft === undefined || busy}>${this.t('admin.save')}</button>
          <button
            class="small"
            type="button"
            ?disabled=${(setting.value === null && draft === undefined) || busy}
            aria-label=${this.t('admin.setting.putBack.of', { title: own(setting.titles) })}
            @click=${() => (setting.value === null ? this.draft(setting, setting.seed) : this.put(setting, null))}
          >${this.t('admin.setting.putBack')}</button>
        </div>
        <div id="${id}-result" class="result ${result?.kind ?? ''}" role=${result?.kind === 'error' ? 'alert' : 'status'}>
          ${result
            ? result.kind === 'error'
              ? html`<span class="field-error">${result.text}</span>`
              : html`${icon('check')}<span>${result.text}</span>`
            : html`<span>${this.range(setting)}</span>`}
        </div>
      </form>
    </div>`;
  }

  /** @param {Setting} setting */
  range(setting) {
    const { type, least = 0, most = 0 } = setting.form;
    return type === 'seconds'
      ? this.t('admin.setting.fromTo', { least: lasting(least), most: lasting(most) })
      : type === 'whole'
        ? this.t('admin.setting.fromTo', { least: this.number(least), most: this.number(most) })
        : '';
  }

  /**
   * @param {Setting} setting
   * @param {string} id
   * @param {string} value
   * @param {boolean} wrong
   */
  field(setting, id, value, wrong) {
    const { type, least, most, among = [] } = setting.form;
    if (type === 'flag' || type === 'choice') {
      const words = type === 'flag' ? ['true', 'false'] : among;
      return html`<select
        id=${id}
        name=${setting.key}
        aria-describedby="${id}-help ${id}-result"
        .value=${liveDirective(value)}
        @change=${(/** @type {any} */ e) => this.draft(setting, e.target.value)}
      >
        ${words.map((word) => html`<option value=${word} ?selected=${word === value}>${this.words(setting, word)}</option>`)}
      </select>`;
    }
    if (type === 'text') {
      return html`<input
        id=${id}
        name=${setting.key}
        type="text"
        maxlength=${most ?? nothing}
        aria-invalid=${wrong ? 'true' : 'false'}
        aria-describedby="${id}-help ${id}-result"
        .value=${liveDirective(value)}
        @input=${(/** @type {any} */ e) => this.draft(setting, e.target.value)}
      />`;
    }
    const long = type === 'seconds' && Number(value) >= 60 && !this.wrong(setting, value);
    return html`<input
        id=${id}
        name=${setting.key}
        type="number"
        inputmode="numeric"
        step="1"
        min=${least ?? nothing}
        max=${most ?? nothing}
        aria-invalid=${wrong ? 'true' : 'false'}
        aria-describedby="${id}-unit ${id}-help ${id}-result"
        .value=${liveDirective(value)}
        @input=${(/** @type {any} */ e) => this.draft(setting, e.target.value)}
      />
      <span id="${id}-unit" class="muted">
        ${type === 'seconds' ? this.t('admin.seconds') : nothing}${long ? html` (${lasting(Number(value))})` : nothing}
      </span>`;
  }
}
customElements.define('platform-settings', PlatformSettings);
