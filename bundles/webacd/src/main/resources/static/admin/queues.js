/** The queues of the site: a list, and an editor for one of them (WX1 to WX6). Property `agent`, whoever looks at it. */

import { ProblemError, TandemElement, api, define, html, icon, locale, messages, nothing, repeat, toast } from 'tandem/kit';
import { keep, takeBack } from './drafts.js';
import { details, refusal } from './refusals.js';
import { entryLink, entryView } from './entry-view.js';
import { hoursView } from './hours-view.js';
import { mark } from './marks.js';
import { membersView, skillsView } from './people-view.js';
import { boundsView, customersView, namesView, offersView, startView, strategyText } from './queue-view.js';
import { draftOf, faultsOf, formOf } from './queue-draft.js';
import { lineStyles, queueStyles } from './queues-styles.js';
import { adminStyles } from './styles.js';
import { idOf } from './fields.js';
import { absent, refused } from './troubles.js';
import { matches, put, slugOf } from './values.js';

/** @typedef {import('./queue-draft.js').QueueForm} QueueForm */
/** @typedef {{id: string, version: number, open: boolean, changes: string | null, queue: QueueForm}} QueueView */
/** @typedef {import('./people-view.js').Person} Person */

/** @typedef {{draft: Record<string, any>, edited: QueueView | undefined, begun: string, tried: boolean, touched: Set<string>}} Unsaved */

const DRAFT = 'queue';
/** How many wait changes by itself. */
const EVERY = 10_000;

class RoutingQueues extends TandemElement {
  static messages = messages(import.meta.url);
  static styles = [adminStyles, lineStyles, queueStyles];
  static properties = {
    agent: { attribute: false },
    queues: { state: true },
    waiting: { state: true },
    problem: { state: true },
    filter: { state: true },
    draft: { state: true },
    error: { state: true },
    dialog: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    /** @type {{id: string, name: string, site: string, roles: string[]} | undefined} */
    this.agent = undefined;
    /** @type {QueueView[] | undefined} */
    this.queues = undefined;
    /** @type {string[]} */
    this.strategies = [];
    /** @type {QueueForm | undefined} what a new queue begins with */
    this.fresh = undefined;
    /** @type {Record<string, number>} by id */
    this.waiting = {};
    /** @type {Person[]} */
    this.people = [];
    /** @type {string[]} */
    this.skills = [];
    /** @type {unknown} why the list is not there */
    this.problem = undefined;
    this.filter = '';
    /** @type {Record<string, any> | undefined} what is edited */
    this.draft = undefined;
    /** @type {QueueView | undefined} as it was when its editing began; undefined for a new one */
    this.edited = undefined;
    /** As it would be sent when its editing began: whether anything is unsaved. */
    this.begun = '';
    /** Whether faults are told of fields that were not touched. */
    this.tried = false;
    /** @type {Set<string>} */
    this.touched = new Set();
    /** @type {unknown} what the server has refused of it */
    this.error = undefined;
    /** @type {'' | 'remove' | 'leave'} */
    this.dialog = '';
    this.moveTo = '';
    /** @type {unknown} what the server has refused in the dialog */
    this.trouble = undefined;
    this.busy = false;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
    this.leaving = (/** @type {BeforeUnloadEvent} */ event) => this.dirty && event.preventDefault();
    this.texts = this.t.bind(this);
  }

  connectedCallback() {
    super.connectedCallback();
    Object.assign(this, /** @type {Unsaved | undefined} */ (takeBack(DRAFT, this.agent)));
    this.load();
    this.timer = setInterval(() => document.visibilityState === 'visible' && !this.draft && this.count(), EVERY);
    window.addEventListener('beforeunload', this.leaving);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
    const { draft, edited, begun, tried, touched } = this;
    keep(DRAFT, this.agent, this.dirty ? { draft, edited, begun, tried, touched } : undefined);
    window.removeEventListener('beforeunload', this.leaving);
  }

  async load() {
    try {
      const [all, people, skills] = await Promise.all([
        api.get('/webacd/queues'),
        api.get('/webacd/agents?everybody=true'),
        api.get('/webacd/skills'),
      ]);
      this.strategies = all.strategies;
      this.fresh = all.fresh;
      this.people = people.agents;
      this.skills = skills.skills.map((/** @type {{skill: string}} */ one) => one.skill);
      this.queues = all.queues;
      this.problem = undefined;
      this.count();
    } catch (error) {
      this.problem = error;
    }
  }

  async count() {
    try {
      const targets = await api.get('/webacd/transfers/targets', { retry: false });
      this.waiting = Object.fromEntries(targets.queues.map((/** @type {any} */ one) => [one.id, one.waiting]));
    } catch {
      // The numbers are unknown for a while; the list is there.
      this.waiting = {};
    }
  }

  get dirty() {
    return this.draft !== undefined && JSON.stringify(this.draft) !== this.begun;
  }

  /** @param {QueueView | undefined} view undefined for a new one */
  async edit(view) {
    this.edited = view;
    this.begin(view?.queue ?? /** @type {QueueForm} */ (this.fresh));
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(view ? 'h2' : `#${idOf('name')}`))?.focus();
  }

  /** @param {QueueForm} form */
  begin(form) {
    this.draft = draftOf(form);
    this.begun = JSON.stringify(this.draft);
    this.tried = false;
    this.touched = new Set();
    this.error = undefined;
  }

  /** What the views of {@link import('./fields.js')} ask of a form. @returns {import('./fields.js').Form} */
  get form() {
    const draft = /** @type {Record<string, any>} */ (this.draft);
    const faults = faultsOf(draft);
    const refused = this.error instanceof ProblemError ? (this.error.field ?? '') : '';
    return {
      draft,
      t: this.texts,
      wrong: (path) => {
        const fault = this.tried || this.touched.has(path) ? faults[path] : undefined;
        if (fault) {
          return this.t(`admin.fault.${fault.fault}`, fault.args);
        }
        return refused && path === refused ? refusal(this.error, this.texts) : '';
      },
      change: (path, value) => this.change(path, value),
    };
  }

  /**
   * @param {string} path
   * @param {unknown} value
   */
  change(path, value) {
    const draft = structuredClone(/** @type {Record<string, any>} */ (this.draft));
    // A new queue's short name follows its name until it is given one.
    if (path === 'name' && !this.edited && !this.touched.has('slug')) {
      draft.slug = slugOf(String(value));
    }
    put(draft, path, value);
    this.touched.add(path);
    if (this.error instanceof ProblemError && this.error.field) {
      this.error = undefined;
    }
    this.draft = draft;
  }

  /** @param {Event} event */
  async save(event) {
    event.preventDefault();
    if (!this.draft || this.busy) {
      return;
    }
    this.tried = true;
    this.error = undefined;
    if (Object.keys(faultsOf(this.draft)).length > 0) {
      this.requestUpdate();
      await this.toFirst();
      return;
    }
    this.busy = true;
    const form = formOf(this.draft);
    const { edited } = this;
    try {
      const saved = edited
        ? await api.put(`/webacd/queues/${edited.id}?version=${edited.version}`, form)
        : await api.post('/webacd/queues', form);
      toast(this.t('admin.queue.saved', { name: form.name }), { kind: 'success' });
      this.edited = saved;
      this.begin(saved.queue);
      this.load();
      if (this.dialog === 'leave') {
        // Asked while it was being saved.
        await this.toList();
      }
    } catch (error) {
      this.error = error;
      await this.toFirst();
    } finally {
      this.busy = false;
    }
  }

  async toFirst() {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('[aria-invalid="true"]'))?.focus();
  }

  async reload() {
    await this.load();
    const now = this.queues?.find((one) => one.id === this.edited?.id);
    if (now) {
      this.edit(now);
    } else {
      this.toList();
    }
  }

  back() {
    if (this.dirty) {
      this.dialog = 'leave';
    } else {
      this.toList();
    }
  }

  async toList() {
    const { edited } = this;
    this.draft = undefined;
    this.edited = undefined;
    this.dialog = '';
    this.error = undefined;
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(edited ? `[data-queue="${edited.id}"] button` : 'h2'))?.focus();
  }

  askRemoval() {
    this.trouble = undefined;
    this.moveTo = '';
    this.dialog = 'remove';
  }

  async remove_() {
    if (!this.edited || this.busy) {
      return;
    }
    this.busy = true;
    this.trouble = undefined;
    try {
      await api.delete(`/webacd/queues/${this.edited.id}${this.moveTo ? `?moveTo=${this.moveTo}` : ''}`);
      toast(this.t('admin.queue.removed', { name: this.edited.queue.name }), { kind: 'success' });
      await this.toList();
      this.load();
    } catch (error) {
      this.trouble = error;
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`${this.draft && this.fresh ? this.editor() : this.overview()} ${this.dialogs()}`;
  }

  overview() {
    return html`<div class="head">
        <div>
          <h2 tabindex="-1">${this.t('admin.queues')}</h2>
          <p class="lead">${this.t('admin.queues.lead')}</p>
        </div>
        <div class="tools">
          <input
            type="search"
            aria-label=${this.t('admin.queues.filter')}
            placeholder=${this.t('admin.queues.filter')}
            ?disabled=${!this.queues?.length}
            .value=${this.filter}
            @input=${(/** @type {any} */ event) => (this.filter = event.target.value)}
          />
          <button class="primary" ?disabled=${!this.fresh} @click=${() => this.edit(undefined)}>${mark('plus')}${this.t('admin.queue.new')}</button>
        </div>
      </div>
      ${this.list()}`;
  }

  list() {
    if (!this.queues) {
      return absent(this.texts, this.problem, () => this.load());
    }
    if (this.queues.length === 0) {
      return html`<tandem-empty icon="users" heading=${this.t('admin.queues.none')}>${this.t('admin.queues.none.text')}</tandem-empty>`;
    }
    const shown = this.queues.filter((one) => matches(this.filter, [one.queue.name, one.queue.slug, one.queue.description ?? '']));
    return html`<p class="sr" role="status">${this.filter ? this.t('admin.found', { count: shown.length }) : ''}</p>
      ${shown.length === 0
        ? html`<p class="none">${this.t('admin.found.none')}</p>`
        : html`<div class="scroll">
            <table id="queues">
              <caption class="sr">
                ${this.t('admin.queues')}
              </caption>
              <thead>
                <tr>
                  <th scope="col">${this.t('admin.queue.name')}</th>
                  <th scope="col">${this.t('admin.state')}</th>
                  <th scope="col">${this.t('admin.strategy')}</th>
                  <th scope="col" class="num">${this.t('admin.members')}</th>
                  <th scope="col" class="num">${this.t('admin.waiting')}</th>
                  <th scope="col">${this.t('admin.entry.link')}</th>
                </tr>
              </thead>
              <tbody>
                ${repeat(
                  shown,
                  (one) => one.id,
                  (one) => this.row(one),
                )}
              </tbody>
            </table>
          </div>`}`;
  }

  /** @param {QueueView} view */
  row(view) {
    const { queue } = view;
    const members = queue.members?.length ?? 0;
    return html`<tr data-queue=${view.id} data-slug=${queue.slug}>
      <th scope="row">
        <span class="name"><button class="quiet" dir="auto" @click=${() => this.edit(view)}>${queue.name}</button><span class="code">${queue.slug}</span></span>
      </th>
      <td>${this.openState(view)}</td>
      <td>${strategyText(queue.strategy, this.texts)}</td>
      <td class="num">${members === 0 ? html`<span class="state warn">${icon('warning')}0</span>` : members}</td>
      <td class="num">${this.waiting[view.id] ?? '–'}</td>
      <td>
        ${queue.entry?.enabled && this.agent
          ? html`<tandem-copy .value=${entryLink(this.agent.site, queue.slug)} label=${this.t('admin.entry.link')}></tandem-copy>`
          : html`<span class="muted">${this.t('admin.entry.off')}</span>`}
      </td>
    </tr>`;
  }

  /** @param {QueueView} view */
  openState({ open, changes }) {
    const at = new Date(changes ?? 0);
    // A weekday alone would be taken for that of this week.
    const far = at.getTime() - api.now() > 6 * 86_400_000;
    /** @type {Intl.DateTimeFormatOptions} */
    const day = far ? { dateStyle: 'medium', timeStyle: 'short' } : { weekday: 'short', hour: '2-digit', minute: '2-digit' };
    const when = changes ? new Intl.DateTimeFormat(locale(), day).format(at) : '';
    const until = when ? (open ? this.t('admin.state.until', { time: when }) : this.t('admin.state.opens', { time: when })) : '';
    return html`<span class="state ${open ? 'good' : ''}">${icon(open ? 'check' : 'clock')}${open ? this.t('admin.state.open') : this.t('admin.state.closed')}</span>
      ${until ? html`<span class="hint">${until}</span>` : nothing}`;
  }

  editor() {
    const { form } = this;
    const fresh = /** @type {QueueForm} */ (this.fresh);
    const others = (this.queues ?? []).filter((one) => one.id !== this.edited?.id).map((one) => ({ slug: one.queue.slug, name: one.queue.name }));
    return html`<div class="crumb">
        <button class="quiet small" @click=${() => this.back()}>${icon('back')}${this.t('admin.queues')}</button>
      </div>
      <div class="head">
        <div>
          <h2 tabindex="-1" dir="auto">${this.edited ? this.edited.queue.name : this.t('admin.queue.new')}</h2>
          <p class="lead">${this.t('admin.queue.lead')}</p>
        </div>
        ${this.edited ? html`<div class="tools">${this.openState(this.edited)}</div>` : nothing}
      </div>
      <form id="queue" novalidate autocomplete="off" @submit=${this.save}>
        ${namesView(form)} ${offersView(form, this.strategies, fresh)} ${membersView(form, this.people)} ${skillsView(form, this.skills)}
        ${hoursView(form)} ${boundsView(form, others)} ${entryView(form, this.agent?.site ?? '', this.edited?.queue.slug ?? '')} ${startView(form)}
        ${customersView(form)} ${this.bar(form)}
      </form>`;
  }

  /** @param {import('./fields.js').Form} form */
  bar(form) {
    const faults = this.tried ? Object.keys(faultsOf(form.draft)).length : 0;
    const meanwhile = this.error instanceof ProblemError && this.error.code === 'changed-meanwhile';
    return html`<div class="bar">
      <div class="grow" role="alert">
        ${faults > 0 ? html`<span class="wrong">${this.t('admin.faults', { count: faults })}</span>` : nothing}
        ${this.error
          ? html`<span class="wrong">${refusal(this.error, this.texts)}</span
              ><span class="hint" lang="en">${details(this.error)}</span>`
          : nothing}
        ${!faults && !this.error ? html`<span class="muted">${this.dirty ? this.t('admin.unsaved') : ''}</span>` : nothing}
      </div>
      ${meanwhile ? html`<button type="button" @click=${() => this.reload()}>${icon('renew')}${this.t('admin.reload')}</button>` : nothing}
      ${this.edited
        ? html`<button type="button" class="danger" ?disabled=${this.busy} @click=${() => this.askRemoval()}>${this.t('admin.queue.remove')}</button>`
        : nothing}
      <button type="button" @click=${() => this.back()}>${this.t('transfer.cancel')}</button>
      <button class="primary" type="submit" ?disabled=${this.busy || (this.edited !== undefined && !this.dirty)}>
        ${this.edited ? this.t('admin.save') : this.t('admin.queue.make')}
      </button>
    </div>`;
  }

  dialogs() {
    const name = this.edited?.queue.name ?? '';
    const close = () => (this.dialog = '');
    const cancel = html`<button slot="footer" @click=${close}>${this.t('transfer.cancel')}</button>`;
    const full = this.trouble instanceof ProblemError && this.trouble.code === 'queue-not-empty';
    const others = (this.queues ?? []).filter((one) => one.id !== this.edited?.id);
    return html`<tandem-dialog heading=${this.t('admin.queue.remove.title', { name })} ?open=${this.dialog === 'remove'} @tandem-dismiss=${close}>
        <p>${this.t('admin.queue.remove.what')}</p>
        ${refused(this.texts, this.trouble)}
        ${full || this.moveTo
          ? html`<div class="field">
              <label for="move-to">${this.t('admin.queue.moveTo')}</label>
              <select id="move-to" @change=${(/** @type {any} */ event) => (this.moveTo = event.target.value) && this.requestUpdate()}>
                <option value="" ?selected=${!this.moveTo}>${this.t('entry.choose')}</option>
                ${others.map((one) => html`<option value=${one.id} ?selected=${this.moveTo === one.id}>${one.queue.name}</option>`)}
              </select>
              <span class="hint">${this.t('admin.queue.moveTo.hint')}</span>
            </div>`
          : nothing}
        ${cancel}
        <button slot="footer" class="danger primary" ?disabled=${this.busy || (full && !this.moveTo)} @click=${() => this.remove_()}>
          ${this.moveTo ? this.t('admin.queue.remove.move') : this.t('admin.queue.remove')}
        </button>
      </tandem-dialog>
      <tandem-dialog heading=${this.t('admin.leave')} ?open=${this.dialog === 'leave'} @tandem-dismiss=${close}>
        <p>${this.t('admin.leave.text')}</p>
        <button slot="footer" @click=${close}>${this.t('admin.leave.stay')}</button>
        <button slot="footer" class="danger primary" @click=${() => this.toList()}>${this.t('admin.leave.do')}</button>
      </tandem-dialog>`;
  }
}

define('tandem-routing-queues', RoutingQueues, import.meta.url);
