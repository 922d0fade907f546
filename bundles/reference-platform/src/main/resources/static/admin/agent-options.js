/** What the administration sets for single agents' sessions: one or several at once, and how many customers in each. */

import { ProblemError, TandemElement, api, css, html, messages, nothing, problemText, repeat } from 'tandem/kit';
import { sections } from './styles.js';

/** @typedef {{mode: 'SINGLE' | 'MULTI' | null, customers: number | null, effective: {mode: string, customers: number}}} Options */
/** @typedef {{agent: string, name: string}} Person */

const MOST = 50;

/** Property `people`, the site's agents. Asks for their options when it is opened; shows nothing where sessions know no options. */
class PlatformAgentOptions extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    people: { attribute: false },
    options: { state: true },
    said: { state: true },
    trouble: { state: true },
  };
  static styles = [
    sections,
    css`
      details {
        margin-block-start: 24px;
      }
      summary {
        padding-block: 6px;
        font-weight: 600;
        cursor: pointer;
      }
      .lead {
        margin-block-end: 12px;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1.4fr) minmax(0, 1fr) minmax(0, 1fr);
        gap: 4px 16px;
        align-items: center;
        padding: 8px 16px;
      }
      .name {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      @media (max-width: 600px) {
        .row {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
        .name {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Person[]} */
    this.people = [];
    /** @type {Record<string, Options>} */
    this.options = {};
    this.said = '';
    /** @type {Record<string, string>} what was refused, by agent */
    this.trouble = {};
  }

  /** @param {Event} event */
  async opened(event) {
    if (!(/** @type {HTMLDetailsElement} */ (event.target).open)) {
      return;
    }
    for (const { agent } of this.people) {
      try {
        this.options = { ...this.options, [agent]: await api.get(path(agent)) };
      } catch (error) {
        this.trouble = { ...this.trouble, [agent]: problemText(error) };
      }
    }
  }

  /**
   * @param {Person} person
   * @param {Partial<Options>} change
   */
  async set(person, change) {
    const { mode, customers } = { ...this.options[person.agent], ...change };
    this.said = '';
    try {
      const options = await api.put(path(person.agent), { mode, customers });
      this.options = { ...this.options, [person.agent]: options };
      this.trouble = { ...this.trouble, [person.agent]: '' };
      this.said = this.t('admin.agents.saved', { name: person.name });
    } catch (error) {
      const wrong = error instanceof ProblemError && error.field === 'customers';
      this.trouble = { ...this.trouble, [person.agent]: wrong ? this.t('admin.agents.wrong', { count: MOST }) : problemText(error) };
    }
  }

  render() {
    return html`<details id="agent-options" @toggle=${this.opened}>
      <summary>${this.t('admin.agents.title')}</summary>
      <p class="lead">${this.t('admin.agents.lead')}</p>
      <p class="sr" role="status">${this.said}</p>
      <ul class="list">
        ${repeat(
          this.people,
          (one) => one.agent,
          (one) => html`<li>${this.row(one)}</li>`,
        )}
      </ul>
    </details>`;
  }

  /** @param {Person} one */
  row(one) {
    const options = this.options[one.agent];
    const trouble = this.trouble[one.agent];
    return html`<div class="row" data-agent=${one.agent}>
      <span class="name" dir="auto">${one.name}</span>
      ${options
        ? html`<label>
              <span>${this.t('admin.agents.mode')}</span>
              <select @change=${(/** @type {any} */ e) => this.set(one, { mode: e.target.value || null })}>
                <option value="" ?selected=${!options.mode}>${this.t('admin.agents.site')}</option>
                <option value="SINGLE" ?selected=${options.mode === 'SINGLE'}>${this.t('admin.agents.SINGLE')}</option>
                <option value="MULTI" ?selected=${options.mode === 'MULTI'}>${this.t('admin.agents.MULTI')}</option>
              </select>
            </label>
            <label>
              <span>${this.t('admin.agents.customers')}</span>
              <input
                type="number"
                min="1"
                max=${MOST}
                placeholder=${options.effective.customers}
                .value=${options.customers ?? ''}
                @change=${(/** @type {any} */ e) => this.set(one, { customers: e.target.value ? Number(e.target.value) : null })}
              />
            </label>`
        : nothing}
      ${trouble ? html`<span class="field-error" role="alert">${trouble}</span>` : nothing}
    </div>`;
  }
}
customElements.define('platform-agent-options', PlatformAgentOptions);

/** @param {string} agent */
function path(agent) {
  return `/sessions/agents/${encodeURIComponent(agent)}/options`;
}
