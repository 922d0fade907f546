/** The nodes that share the database, how each is, and sending everybody away from one before a restart. */

import { ProblemError, TandemElement, api, css, html, icon, language, messages, nothing, problemText, repeat, toast } from 'tandem/kit';
import { dayAndTime } from '../shared/format.js';
import { sections } from './styles.js';

/** @typedef {'UP' | 'WARN' | 'DOWN'} Status */
/** @typedef {{name: string, status: Status, messages: string[], millis: number}} Check */
/** @typedef {{what: string, sites: string[], count: number}} Duty */
/**
 * @typedef {object} Node
 * @property {string} id
 * @property {string} name
 * @property {string} release
 * @property {'UP' | 'DRAINING'} state
 * @property {string} since
 * @property {number} leases
 * @property {Duty[]} alone what it does alone for whole sites
 * @property {boolean} otherSecret
 */
/** @typedef {{nodes: Node[], mayChange: boolean}} View */

const EVERY = 3000;
/** Behind a proxy every node has its turn; so many turns are enough to meet one that answers. */
const TURNS = 8;
/** So many sites are named beside a node. */
const SOME = 5;
/** What a node said of itself is shown for so long. */
const FRESH = 30_000;

/** @type {Record<Status, {look: string, icon: string}>} */
const MARKS = {
  UP: { look: 'good', icon: 'check' },
  WARN: { look: 'warn', icon: 'warning' },
  DOWN: { look: 'bad', icon: 'warning' },
};

class PlatformNodes extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    view: { state: true },
    problem: { state: true },
    asked: { state: true },
    busy: { state: true },
  };
  static styles = [
    sections,
    css`
      .node {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto 11rem;
        gap: 4px 16px;
        align-items: start;
        padding: 14px 16px;
      }
      .what {
        display: grid;
        gap: 2px;
      }
      .alone {
        margin: 0;
        padding: 0;
        list-style: none;
        overflow-wrap: anywhere;
      }
      .title {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .doing {
        display: flex;
        justify-content: end;
      }
      .checks {
        display: grid;
        grid-column: 1 / -1;
        grid-template-columns: minmax(8rem, max-content) max-content minmax(0, 1fr);
        gap: 6px 16px;
        align-items: center;
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
        font-size: var(--lumo-font-size-s);
      }
      .checks li {
        display: contents;
      }
      .says {
        color: var(--tandem-muted);
        overflow-wrap: anywhere;
      }
      @media (max-width: 700px) {
        .node {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .what {
          grid-column: 1 / -1;
        }
        .checks {
          grid-template-columns: minmax(0, 1fr) max-content;
        }
        .says {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {View | undefined} */
    this.view = undefined;
    /** @type {unknown} why the nodes could not be asked for */
    this.problem = undefined;
    /** @type {Node | undefined} the one that somebody wants to drain */
    this.asked = undefined;
    this.busy = '';
    /** @type {Map<string, {at: number, checks: Check[]}>} what each node has said of itself, by name */
    this.said = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.poll();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  async poll() {
    clearTimeout(this.timer);
    if (!document.hidden) {
      await this.load();
    }
    if (this.isConnected) {
      this.timer = setTimeout(() => this.poll(), EVERY);
    }
  }

  async load() {
    try {
      const [view, health] = await Promise.all([api.get('/nodes'), api.get('/nodes/self/health')]);
      this.said.set(health.node, { at: Date.now(), checks: health.checks });
      this.view = view;
      this.problem = undefined;
    } catch (error) {
      this.problem = error;
    }
  }

  /**
   * @param {Node} node
   * @param {'drain' | 'resume'} what
   */
  async change(node, what) {
    this.asked = undefined;
    this.busy = node.name;
    try {
      this.view = await this.reach(node, what);
      const { name } = node;
      toast(what === 'drain' ? this.t('admin.node.isDrained', { name }) : this.t('admin.node.isResumed', { name }), { kind: 'success' });
    } catch (error) {
      toast(
        problemText(error, {
          'home-administrator-needed': this.t('admin.nodes.elsewhere'),
          'other-node': this.t('admin.node.away', { name: node.name }),
        }),
        { kind: 'error' },
      );
    } finally {
      this.busy = '';
      await this.updateComplete;
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(`[data-name="${node.name}"] button`))?.focus();
    }
  }

  /**
   * @param {Node} node
   * @param {'drain' | 'resume'} what
   * @returns {Promise<View>}
   */
  async reach(node, what) {
    for (let turn = 1; ; turn++) {
      try {
        return await api.post(`/nodes/${encodeURIComponent(node.id)}/${what}`);
      } catch (error) {
        if (!(error instanceof ProblemError) || error.code !== 'other-node' || turn === TURNS) {
          throw error;
        }
      }
    }
  }

  render() {
    return html`
      <div class="head">
        <div>
          <h2>${this.t('admin.nodes')}</h2>
          <p class="lead">${this.t('admin.nodes.lead')}</p>
        </div>
      </div>
      ${this.trouble()} ${this.view ? this.list(this.view) : this.problem ? nothing : html`<tandem-skeleton lines="6"></tandem-skeleton>`} ${this.confirm()}
    `;
  }

  trouble() {
    return this.problem
      ? html`<p class="notice" role="alert">${icon('warning')}<span>${this.t('admin.failed')}: ${problemText(this.problem)}</span></p>`
      : nothing;
  }

  /** @param {View} view */
  list(view) {
    return html`
      ${view.mayChange ? nothing : html`<p class="notice">${icon('info')}<span>${this.t('admin.nodes.elsewhere')}</span></p>`}
      <ul class="list">
        ${repeat(
          view.nodes,
          (node) => node.id,
          (node) => html`<li>${this.node(node, view)}</li>`,
        )}
      </ul>
    `;
  }

  /** @param {Node} node */
  checksOf(node) {
    const said = this.said.get(node.name);
    return said && Date.now() - said.at < FRESH ? said.checks : undefined;
  }

  /**
   * @param {Node} node
   * @param {View} view
   */
  node(node, view) {
    const works = node.state === 'UP';
    const { name } = node;
    return html`<div class="node" data-name=${name} data-state=${node.state}>
      <div class="what">
        <div><span class="title">${name}</span></div>
        <div class="facts">
          <span>${this.t('admin.node.since', { at: dayAndTime(node.since) })}</span>
          <span>${this.t('admin.node.leases', { count: node.leases })}</span>
          <span class="code">${node.release}</span>
        </div>
        ${node.alone.length
          ? html`<ul class="facts alone" aria-label=${this.t('admin.node.alone', { name })}>
              ${node.alone.map((duty) => html`<li data-duty=${duty.what}>${this.dutyText(duty)}</li>`)}
            </ul>`
          : nothing}
        ${node.otherSecret ? html`<p class="field-error">${this.t('admin.node.otherSecret')}</p>` : nothing}
      </div>
      <div>
        <span class="state ${works ? 'good' : 'warn'}"
          >${icon(works ? 'check' : 'leave')}${works ? this.t('admin.node.UP') : this.t('admin.node.DRAINING')}</span
        >
      </div>
      <div class="doing">
        ${view.mayChange
          ? html`<button
              class="small"
              ?disabled=${this.busy === name}
              aria-label=${works ? this.t('admin.node.drain.of', { name }) : this.t('admin.node.resume.of', { name })}
              @click=${() => (works ? (this.asked = node) : this.change(node, 'resume'))}
            >
              ${icon(works ? 'leave' : 'play')}${works ? this.t('admin.node.drain') : this.t('admin.node.resume')}
            </button>`
          : nothing}
      </div>
      ${this.checks(node, this.checksOf(node))}
    </div>`;
  }

  /**
   * @param {Node} node
   * @param {Check[] | undefined} checks
   */
  checks(node, checks) {
    return checks
      ? html`<ul class="checks" aria-label=${this.t('admin.node.checks', { name: node.name })}>
          ${repeat(
            checks,
            (check) => check.name,
            (check) => html`<li data-check=${check.name} data-status=${check.status}>
              <span>${this.checkText(check.name)}</span>
              <span class="state ${MARKS[check.status].look}">${icon(MARKS[check.status].icon)}${this.statusText(check.status)}</span>
              <span class="says" lang="en">${check.messages.join(' ')}</span>
            </li>`,
          )}
        </ul>`
      : html`<p class="says">${this.t('admin.node.unasked')}</p>`;
  }

  /** @param {Status} status */
  statusText(status) {
    return { UP: this.t('admin.check.UP'), WARN: this.t('admin.check.WARN'), DOWN: this.t('admin.check.DOWN') }[status];
  }

  /** @param {Duty} duty */
  dutyText({ what, sites, count }) {
    const some = new Intl.ListFormat(language(), { type: 'unit' }).format(sites.slice(0, SOME));
    const more = count > SOME ? `${some} ${this.t('admin.node.alone.more', { count: count - SOME })}` : some;
    /** @type {Record<string, string>} */
    const known = {
      deadlines: this.t('admin.node.alone.deadlines', { sites: more }),
      router: this.t('admin.node.alone.router', { sites: more }),
    };
    return known[what] ?? `${what}: ${more}`;
  }

  /** @param {string} name ours have words in every language; an integrator's has its own name */
  checkText(name) {
    /** @type {Record<string, string>} */
    const known = {
      start: this.t('admin.check.start'),
      database: this.t('admin.check.database'),
      journal: this.t('admin.check.journal'),
      node: this.t('admin.check.node'),
      clock: this.t('admin.check.clock'),
      leases: this.t('admin.check.leases'),
      secret: this.t('admin.check.secret'),
      features: this.t('admin.check.features'),
      routers: this.t('admin.check.routers'),
      mail: this.t('admin.check.mail'),
      clamav: this.t('admin.check.clamav'),
      'files-s3': this.t('admin.check.files-s3'),
    };
    return known[name] ?? name;
  }

  confirm() {
    const { asked } = this;
    const name = asked?.name ?? '';
    const alone = !this.view?.nodes.some((node) => node.id !== asked?.id && node.state === 'UP');
    return html`<tandem-dialog
      heading=${asked ? this.t('admin.node.drain.title', { name }) : ''}
      ?open=${asked !== undefined}
      @tandem-dismiss=${() => (this.asked = undefined)}
    >
      ${asked
        ? html`<p>${this.t('admin.node.drain.what')}</p>
            ${alone ? html`<p class="notice">${icon('warning')}<span>${this.t('admin.node.drain.alone')}</span></p>` : nothing}`
        : nothing}
      <button slot="footer" @click=${() => (this.asked = undefined)}>${this.t('admin.cancel')}</button>
      <button slot="footer" class="danger primary" @click=${() => asked && this.change(asked, 'drain')}>${this.t('admin.node.drain')}</button>
    </tandem-dialog>`;
  }
}
customElements.define('platform-nodes', PlatformNodes);
