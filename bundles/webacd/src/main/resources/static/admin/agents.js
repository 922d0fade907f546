/** Agents of WebACD: how much each does at once, whether they get new work, what they are able to, for which queues (WX6); and the skills. */

import { ProblemError, TandemElement, api, css, define, html, icon, liveDirective, messages, nothing, repeat, toast } from 'tandem/kit';
import { CAPACITY, agentDraft, agentFaults, membershipChanges, saidOf, withMember } from './agent-draft.js';
import { checkField, choiceInput, iconButton, numberField, textInput, wrongText } from './fields.js';
import { mark } from './marks.js';
import { LEVEL, RANK } from './queue-draft.js';
import { lineStyles } from './queues-styles.js';
import { refusal } from './refusals.js';
import { adminStyles } from './styles.js';
import { absent, refused } from './troubles.js';
import { isSlug, matches, put } from './values.js';

/** @typedef {import('./agent-draft.js').AgentView} AgentView */
/** @typedef {{skill: string, description: string}} Skill */

class RoutingAgents extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    agent: { attribute: false },
    agents: { state: true },
    problem: { state: true },
    filter: { state: true },
    draft: { state: true },
    dialog: { state: true },
    error: { state: true },
    busy: { state: true },
  };
  static styles = [
    adminStyles,
    lineStyles,
    css`
      .lines input:not([type='checkbox']) {
        inline-size: 4.5rem !important;
        text-align: end;
      }
      .lines label {
        display: flex;
        gap: 8px;
        align-items: center;
        color: var(--tandem-text);
      }
      h3 {
        margin-block: 32px 8px;
      }
      .outside td,
      .outside th {
        color: var(--tandem-muted);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {{id: string} | undefined} */
    this.agent = undefined;
    /** @type {AgentView[] | undefined} */
    this.agents = undefined;
    /** @type {Skill[]} */
    this.skills = [];
    /** @type {any[]} */
    this.queues = [];
    /** @type {unknown} */
    this.problem = undefined;
    this.filter = '';
    /** @type {{what: 'agent' | 'remove' | 'skill' | 'remove-skill', of?: AgentView, skill?: Skill} | undefined} */
    this.dialog = undefined;
    /** @type {Record<string, any>} what is edited in the dialog */
    this.draft = {};
    /** @type {unknown} what went wrong there */
    this.error = undefined;
    this.busy = false;
    this.texts = this.t.bind(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    try {
      const [agents, skills, queues] = await Promise.all([
        api.get('/webacd/agents?everybody=true'),
        api.get('/webacd/skills'),
        api.get('/webacd/queues'),
      ]);
      this.skills = skills.skills;
      this.queues = queues.queues;
      this.agents = agents.agents;
      this.problem = undefined;
    } catch (error) {
      this.problem = error;
    }
  }

  /** @returns {import('./fields.js').Form} */
  get form() {
    const faults = this.dialog?.what === 'agent' ? agentFaults(/** @type {any} */ (this.draft)) : {};
    return {
      draft: this.draft,
      t: this.texts,
      wrong: (path) => {
        const fault = faults[path];
        if (fault) {
          return this.t(`admin.fault.${fault.fault}`, fault.args);
        }
        return this.error instanceof ProblemError && this.error.field === path ? refusal(this.error, this.texts) : '';
      },
      change: (path, value) => {
        const draft = structuredClone(this.draft);
        put(draft, path, value);
        this.draft = draft;
        this.error = undefined;
      },
    };
  }

  /** @param {NonNullable<RoutingAgents['dialog']>} dialog */
  async show(dialog) {
    this.error = undefined;
    this.draft = dialog.what === 'agent' && dialog.of ? agentDraft(dialog.of) : { skill: dialog.skill?.skill ?? '', description: dialog.skill?.description ?? '' };
    this.dialog = dialog;
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('tandem-dialog input'))?.focus();
  }

  close() {
    this.dialog = undefined;
    this.error = undefined;
  }

  /** @param {() => Promise<string>} what does it, and says what to tell */
  async act(what) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.error = undefined;
    try {
      const said = await what();
      this.close();
      toast(said, { kind: 'success' });
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
      this.load();
    }
  }

  /** @param {Event} event */
  submit(event) {
    event.preventDefault();
    const { dialog, draft } = this;
    if (dialog?.what === 'agent' && dialog.of) {
      const { of } = dialog;
      if (Object.keys(agentFaults(/** @type {any} */ (draft))).length === 0) {
        this.act(async () => {
          await api.put(`/webacd/agents/${encodeURIComponent(of.agent)}`, saidOf(/** @type {any} */ (draft)));
          for (const { queue, rank } of membershipChanges(of, /** @type {any} */ (draft))) {
            const now = await api.get(`/webacd/queues/${queue}`);
            const members = withMember(now.queue.members ?? [], of.agent, rank);
            await api.put(`/webacd/queues/${queue}?version=${now.version}`, { ...now.queue, members });
          }
          return this.t('admin.agents.saved', { name: of.name });
        });
      }
    } else if (dialog?.what === 'skill') {
      if (!isSlug(draft.skill.trim())) {
        this.error = new ProblemError({ status: 400, code: 'skill-name', detail: '', field: 'skill' });
        return;
      }
      this.act(async () => {
        await api.put(`/webacd/skills/${encodeURIComponent(draft.skill.trim())}`, { description: draft.description.trim() });
        return this.t('admin.skills.saved', { name: draft.skill.trim() });
      });
    }
  }

  render() {
    return html`<div class="head">
        <div>
          <h2>${this.t('admin.agents')}</h2>
          <p class="lead">${this.t('admin.agents.lead')}</p>
        </div>
        <div class="tools">
          <input
            type="search"
            aria-label=${this.t('admin.agents.filter')}
            placeholder=${this.t('admin.agents.filter')}
            ?disabled=${!this.agents?.length}
            .value=${this.filter}
            @input=${(/** @type {any} */ event) => (this.filter = event.target.value)}
          />
        </div>
      </div>
      ${this.list()} ${this.dialogs()}`;
  }

  list() {
    if (!this.agents) {
      return absent(this.texts, this.problem, () => this.load());
    }
    const shown = this.agents.filter((one) =>
      matches(this.filter, [one.name, one.agent, ...Object.keys(one.skills), ...one.queues.map((of) => `${of.slug} ${this.queueName(of.queue)}`)]),
    );
    return html`<p class="sr" role="status">${this.filter ? this.t('admin.found', { count: shown.length }) : ''}</p>
      ${shown.length === 0
        ? html`<p class="none">${this.t('admin.found.none')}</p>`
        : html`<div class="scroll">
            <table id="agents">
              <caption class="sr">
                ${this.t('admin.agents')}
              </caption>
              <thead>
                <tr>
                  <th scope="col">${this.t('admin.agent')}</th>
                  <th scope="col" class="num">${this.t('admin.capacity')}</th>
                  <th scope="col">${this.t('admin.inbound')}</th>
                  <th scope="col">${this.t('admin.skills')}</th>
                  <th scope="col">${this.t('admin.queues')}</th>
                  <th scope="col"><span class="sr">${this.t('admin.more')}</span></th>
                </tr>
              </thead>
              <tbody>
                ${repeat(
                  shown,
                  (one) => one.agent,
                  (one) => this.row(one),
                )}
              </tbody>
            </table>
          </div>`}
      ${this.skillList()}`;
  }

  /** @param {string} id */
  queueName(id) {
    return this.queues.find((one) => one.id === id)?.queue.name ?? id;
  }

  /** @param {AgentView} one */
  row(one) {
    const skills = Object.entries(one.skills);
    return html`<tr data-agent=${one.agent} class=${one.webacd ? '' : 'outside'}>
      <th scope="row" dir="auto">${one.name}</th>
      <td class="num">${one.webacd ? one.capacity : '–'}</td>
      <td>
        ${!one.webacd
          ? this.t('admin.agents.outside')
          : one.inbound
            ? html`<span class="state good">${icon('check')}${this.t('admin.agents.in')}</span>`
            : html`<span class="state warn">${icon('pause')}${this.t('admin.agents.out')}</span>`}
      </td>
      <td>${skills.length === 0 ? '–' : skills.map(([skill, level]) => `${skill} ${level}`).join(', ')}</td>
      <td>${one.queues.length === 0 ? '–' : one.queues.map((of) => `${of.rank}. ${this.queueName(of.queue)}`).join(', ')}</td>
      <td>
        <div class="doing">
          <button class="small" aria-label=${this.t('admin.edit.of', { name: one.name })} @click=${() => this.show({ what: 'agent', of: one })}>${this.t('admin.edit')}</button>
          ${one.webacd ? iconButton(this.t('admin.agents.remove.of', { name: one.name }), () => this.show({ what: 'remove', of: one })) : nothing}
        </div>
      </td>
    </tr>`;
  }

  skillList() {
    return html`<div class="head">
        <div>
          <h3>${this.t('admin.skills')}</h3>
          <p class="lead">${this.t('admin.skills.what')}</p>
        </div>
        <div class="tools"><button @click=${() => this.show({ what: 'skill' })}>${mark('plus')}${this.t('admin.skills.new')}</button></div>
      </div>
      ${this.skills.length === 0
        ? html`<p class="none">${this.t('admin.skills.nothing')}</p>`
        : html`<div class="scroll">
            <table id="skills">
              <caption class="sr">
                ${this.t('admin.skills')}
              </caption>
              <tbody>
                ${this.skills.map(
                  (one) => html`<tr data-skill=${one.skill}>
                    <th scope="row" class="code">${one.skill}</th>
                    <td dir="auto">${one.description}</td>
                    <td>
                      <div class="doing">
                        <button class="small" aria-label=${this.t('admin.edit.of', { name: one.skill })} @click=${() => this.show({ what: 'skill', skill: one })}>
                          ${this.t('admin.edit')}
                        </button>
                        ${iconButton(this.t('admin.remove.of', { name: one.skill }), () => this.show({ what: 'remove-skill', skill: one }))}
                      </div>
                    </td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>`}`;
  }

  dialogs() {
    const { dialog } = this;
    const name = dialog?.of?.name ?? dialog?.skill?.skill ?? '';
    const heading = {
      agent: name,
      remove: this.t('admin.agents.remove.of', { name }),
      skill: dialog?.skill ? name : this.t('admin.skills.new'),
      'remove-skill': this.t('admin.remove.of', { name }),
    }[dialog?.what ?? 'agent'];
    const field = this.error instanceof ProblemError ? (this.error.field ?? '') : '';
    return html`<tandem-dialog heading=${heading} ?open=${dialog !== undefined} @tandem-dismiss=${this.close}>
      ${dialog?.what === 'agent' ? this.agentForm() : nothing} ${dialog?.what === 'skill' ? this.skillForm(dialog.skill) : nothing}
      ${dialog?.what === 'remove' ? html`<p>${this.t('admin.agents.remove.what')}</p>` : nothing}
      ${dialog?.what === 'remove-skill' ? html`<p>${this.t('admin.skills.remove.what')}</p>` : nothing}
      ${refused(this.texts, field === 'skill' ? undefined : this.error)}
      <button slot="footer" @click=${this.close}>${this.t('transfer.cancel')}</button>
      ${this.confirm()}
    </tandem-dialog>`;
  }

  confirm() {
    const { dialog } = this;
    if (dialog?.what === 'remove' && dialog.of) {
      const { agent, name } = dialog.of;
      const run = () => this.act(async () => (await api.delete(`/webacd/agents/${encodeURIComponent(agent)}`), this.t('admin.agents.removed', { name })));
      return html`<button slot="footer" class="danger primary" ?disabled=${this.busy} @click=${run}>${this.t('admin.agents.remove')}</button>`;
    }
    if (dialog?.what === 'remove-skill' && dialog.skill) {
      const { skill } = dialog.skill;
      const run = () => this.act(async () => (await api.delete(`/webacd/skills/${encodeURIComponent(skill)}`), this.t('admin.skills.removed', { name: skill })));
      return html`<button slot="footer" class="danger primary" ?disabled=${this.busy} @click=${run}>${this.t('admin.skills.remove')}</button>`;
    }
    return html`<button slot="footer" class="primary" type="submit" form="said" ?disabled=${this.busy}>${this.t('admin.save')}</button>`;
  }

  agentForm() {
    const { form } = this;
    const { draft } = this;
    // What holds for whoever nothing is said of.
    const usual = this.agents?.find((one) => !one.webacd)?.capacity;
    const left = this.skills.filter((one) => !draft.skills.some((/** @type {any} */ has) => has.skill === one.skill));
    const names = this.skills.map((one) => ({ value: one.skill, text: one.skill }));
    return html`<form id="said" novalidate autocomplete="off" @submit=${this.submit}>
      ${numberField(form, 'capacity', { label: this.t('admin.capacity'), hint: this.t('admin.capacity.hint'), unit: this.t('admin.atOnce'), bounds: CAPACITY, normal: usual ? String(usual) : '' })}
      <div class="field">${checkField(form, 'inbound', { label: this.t('admin.inbound'), hint: this.t('admin.inbound.hint') })}</div>
      <div class="field">
        <span class="label">${this.t('admin.skills')}</span>
        <span class="hint">${this.t('admin.level.bounds', { ...LEVEL })}</span>
        <ul class="lines">
          ${draft.skills.map(
            (/** @type {any} */ one, /** @type {number} */ i) => html`<li>
              ${choiceInput(form, `skills[${i}].skill`, { label: this.t('admin.skill'), bare: true }, names)}
              ${textInput(form, `skills[${i}].level`, { label: this.t('admin.level.of', { skill: one.skill }), bare: true, unit: '1' })}
              ${iconButton(this.t('admin.remove.of', { name: one.skill }), () =>
                form.change('skills', draft.skills.filter((/** @type {any} */ _, /** @type {number} */ at) => at !== i)),
              )}
              ${wrongText(form, `skills[${i}].skill`)} ${wrongText(form, `skills[${i}].level`)}
            </li>`,
          )}
        </ul>
        <div class="doing">
          <button
            type="button"
            class="small"
            ?disabled=${left.length === 0}
            @click=${() => form.change('skills', [...draft.skills, { skill: left[0].skill, level: '5' }])}
          >
            ${mark('plus')}${this.t('admin.agents.addSkill')}
          </button>
        </div>
      </div>
      <fieldset class="field">
        <legend>${this.t('admin.queues')}</legend>
        <span class="hint">${this.t('admin.agents.queues.hint', { ...RANK })}</span>
        <ul class="lines">
          ${this.queues.map((one) => this.membership(form, one))}
        </ul>
      </fieldset>
    </form>`;
  }

  /**
   * @param {import('./fields.js').Form} form
   * @param {any} one a queue
   */
  membership(form, one) {
    const { queues } = this.draft;
    const has = one.id in queues;
    const set = (/** @type {any} */ event) => {
      const { [one.id]: _, ...others } = queues;
      form.change('queues', event.target.checked ? { ...others, [one.id]: '1' } : others);
    };
    return html`<li data-queue=${one.queue.slug}>
      <label><input type="checkbox" .checked=${liveDirective(has)} @change=${set} />${one.queue.name}</label>
      ${has
        ? html`${textInput(form, `queues.${one.id}`, { label: this.t('admin.rank.of', { name: one.queue.name }), bare: true, unit: '1' })}
            ${wrongText(form, `queues.${one.id}`)}`
        : nothing}
    </li>`;
  }

  /** @param {Skill | undefined} known */
  skillForm(known) {
    const { form } = this;
    const wrong = this.error instanceof ProblemError && this.error.field === 'skill';
    return html`<form id="said" novalidate autocomplete="off" @submit=${this.submit}>
      ${known
        ? nothing
        : html`<div class="field">
            <label for="f-skill">${this.t('admin.skill')}</label>
            ${textInput(form, 'skill', { label: this.t('admin.skill'), code: true })}
            <span id="f-skill-hint" class="hint">${this.t('admin.skills.name.hint')}</span>
            <span id="f-skill-wrong" class="wrong" role=${wrong ? 'alert' : nothing}>${wrong ? this.t('admin.fault.slug') : ''}</span>
          </div>`}
      <div class="field">
        <label for="f-description">${this.t('admin.queue.description')}</label>
        ${textInput(form, 'description', { label: this.t('admin.queue.description') })}
        <span id="f-description-hint" class="hint">${this.t('admin.skills.description.hint')}</span>
        ${wrongText(form, 'description')}
      </div>
    </form>`;
  }
}

define('tandem-routing-agents', RoutingAgents, import.meta.url);
