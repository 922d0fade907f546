/** Transfer session: the whole session goes to a queue or to agents, and the agent in control leaves it. */

import { ProblemError, TandemElement, api, define, html, icon, locale, messages, nothing, repeat } from 'tandem/kit';
import { mine } from '../words/mine.js';
import { refusalText } from '../words/problems.js';
import { LONGEST_REASON } from '../words/words.js';
import { MOST_AGENTS, NOTHING, chosen, fault, lengthOf, matching, request, targetsOf, toggled } from './choice.js';
import { transferStyles } from './styles.js';

/** @typedef {import('./choice.js').Choice} Choice */
/** @typedef {import('./choice.js').Targets} Targets */

/** From so many names on one may search. */
const MANY = 8;
const EVERY = 5000;

/**
 * A panel of the place `transfer`: fires `tandem-available` with whether WebACD gives this agent work (only they may hand sessions
 * over), `tandem-done` and `tandem-cancel`; `begin()` is called each time its dialog opens.
 */
class TransferSession extends TandemElement {
  static messages = messages(import.meta.url);
  static styles = transferStyles;
  static properties = {
    session: { attribute: false },
    me: { attribute: false },
    targets: { state: true },
    choice: { state: true },
    find: { state: true },
    trouble: { state: true },
    busy: { state: true },
    tried: { state: true },
  };

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    /** @type {any} */
    this.me = undefined;
    /** @type {Targets | undefined} */
    this.targets = undefined;
    /** @type {Choice} */
    this.choice = NOTHING;
    this.find = '';
    this.trouble = '';
    this.busy = false;
    /** Whether the agent has tried to send it: what is missing is said only then. */
    this.tried = false;
    /** @type {boolean | undefined} */
    this.told = undefined;
    this.open = false;
    /** @type {(() => void) | undefined} */
    this.stop = undefined;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.poll = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.told = undefined;
    this.stop = mine.watch(() => this.tell());
    this.tell();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stop?.();
    this.rest();
  }

  tell() {
    const available = mine.view?.webacd === true;
    if (mine.view && available !== this.told) {
      this.told = available;
      this.fire('tandem-available', available);
    }
  }

  /** The dialog opens. */
  begin() {
    this.choice = NOTHING;
    this.find = '';
    this.trouble = '';
    this.tried = false;
    this.targets = undefined;
    this.rest();
    this.load();
    this.poll = setInterval(() => (this.checkVisibility?.() === false ? this.rest() : this.load()), EVERY);
  }

  rest() {
    clearInterval(this.poll);
    this.poll = undefined;
  }

  async load() {
    try {
      this.targets = targetsOf(await api.get('/webacd/transfers/targets'));
    } catch (error) {
      if (!this.targets) {
        this.trouble = this.words(error);
      }
    }
  }

  async send() {
    this.tried = true;
    this.trouble = '';
    if (this.busy || fault(this.choice, this.targets) !== '') {
      return;
    }
    this.busy = true;
    try {
      await api.post('/webacd/transfers', request(this.choice, this.targets, this.session.id));
      this.rest();
      this.fire('tandem-done');
    } catch (error) {
      this.trouble = this.words(error);
      this.load();
    } finally {
      this.busy = false;
    }
  }

  cancel() {
    this.rest();
    this.fire('tandem-cancel');
  }

  /** @param {unknown} error */
  words(error) {
    const code = error instanceof ProblemError ? error.code : '';
    const own = {
      'no-customer': 'transfer.no-customer',
      'no-agent': 'transfer.gone',
      'session-ended': 'transfer.ended',
      'not-controller': 'transfer.not-controller',
      unknown: 'transfer.unknown',
      'unknown-agent': 'transfer.unknown-agent',
      'not-webacd-agent': 'transfer.not-webacd-agent',
      'target-needed': 'transfer.fault.none.queue',
      'target-both': 'transfer.both',
      'two-queues': 'transfer.both',
    }[code];
    if (code === 'reason-too-long') {
      return this.tooLong();
    }
    return own ? this.t(own) : refusalText(error, (key) => this.t(key));
  }

  tooLong() {
    const count = lengthOf(this.choice);
    return this.t('transfer.long', { length: count, most: LONGEST_REASON, over: count - LONGEST_REASON });
  }

  /** @param {Partial<Choice>} what */
  choose(what) {
    this.choice = { ...this.choice, ...what };
    this.trouble = '';
  }

  render() {
    return html`<p class="muted">${this.t('transfer.text')}</p>
      <div role="tablist" aria-label=${this.t('transfer.to')} @keydown=${this.keyed}>
        ${this.tab('queues', this.t('transfer.queues'))}${this.tab('agents', this.t('transfer.agents'))}
      </div>
      <div role="tabpanel" aria-labelledby=${`tab-${this.choice.tab}`}>${this.list()}</div>
      ${this.message()} ${this.wrong()}
      <div class="actions">
        <button @click=${this.cancel}>${this.t('transfer.cancel')}</button>
        <button class="primary" ?disabled=${this.busy || !this.targets} @click=${this.send}>${icon('send')}<span>${this.sendText()}</span></button>
      </div>`;
  }

  /**
   * @param {'queues' | 'agents'} id
   * @param {string} text
   */
  tab(id, text) {
    const here = this.choice.tab === id;
    return html`<button
      role="tab"
      id=${`tab-${id}`}
      aria-selected=${here ? 'true' : 'false'}
      tabindex=${here ? 0 : -1}
      @click=${() => this.turn(id)}
    >
      ${text}
    </button>`;
  }

  /** @param {'queues' | 'agents'} tab */
  turn(tab) {
    this.choose({ tab });
    this.find = '';
    this.tried = false;
  }

  /** @param {KeyboardEvent} event */
  async keyed(event) {
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault();
      this.turn(this.choice.tab === 'queues' ? 'agents' : 'queues');
      await this.updateComplete;
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('[aria-selected="true"]'))?.focus();
    }
  }

  list() {
    if (!this.targets) {
      return this.trouble ? nothing : html`<tandem-skeleton lines="3"></tandem-skeleton>`;
    }
    const queues = this.choice.tab === 'queues';
    const all = queues ? this.targets.queues : this.targets.agents;
    if (all.length === 0) {
      return html`<p class="muted" role="status">${queues ? this.t('transfer.queues.none') : this.t('transfer.agents.none')}</p>`;
    }
    const found = queues ? this.queues(matching(this.targets.queues, this.find)) : this.agents(matching(this.targets.agents, this.find));
    return html`${all.length > MANY
        ? html`<input
            class="find"
            type="search"
            aria-label=${this.t('transfer.find')}
            placeholder=${this.t('transfer.find')}
            .value=${this.find}
            @input=${(/** @type {any} */ event) => (this.find = event.target.value)}
          />`
        : nothing}
      <fieldset><legend class="sr">${queues ? this.t('transfer.queues') : this.t('transfer.agents')}</legend>${found}</fieldset>
      ${queues ? nothing : html`<p class="then">${this.otherwise(this.targets)}</p>`}`;
  }

  /**
   * What happens if none of the chosen agents takes it.
   *
   * @param {Targets} targets
   */
  otherwise({ fallback, minutes }) {
    return fallback ? this.t('transfer.then.queue', { queue: fallback }) : this.t('transfer.then.again', { count: minutes });
  }

  /** @param {import('./choice.js').QueueTarget[]} queues */
  queues(queues) {
    return repeat(
      queues,
      (one) => one.id,
      (one) => {
        const out = !one.open || one.full;
        return html`<label class="choice ${out ? 'out' : ''}" data-queue=${one.id}>
          <input
            type="radio"
            name="queue"
            .checked=${this.choice.queue === one.id}
            ?disabled=${out}
            @change=${() => this.choose({ queue: one.id })}
          />
          <span class="grow" dir="auto">${one.name}</span>
          <span class="state">${this.stateOf(one)}</span>
        </label>`;
      },
    );
  }

  /** @param {import('./choice.js').QueueTarget} queue */
  stateOf(queue) {
    if (!queue.open) {
      return queue.opens ? this.t('transfer.opens', { time: this.timeOf(queue.opens) }) : this.t('transfer.closed');
    }
    return queue.full ? this.t('transfer.full') : this.t('transfer.waiting', { count: queue.waiting });
  }

  /** @param {string} instant */
  timeOf(instant) {
    return new Intl.DateTimeFormat(locale(), { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(new Date(instant));
  }

  /** @param {import('./choice.js').AgentTarget[]} agents */
  agents(agents) {
    return repeat(
      agents,
      (one) => one.id,
      (one) => html`<label class="choice" data-agent=${one.id}>
        <input type="checkbox" .checked=${this.choice.agents.has(one.id)} @change=${() => this.choose(toggled(this.choice, one.id))} />
        <span class="grow" dir="auto">${one.name}</span>
        <span class="state"><span class="dot ${one.reachable ? 'on' : ''}" aria-hidden="true"></span>${this.presence(one.status)}</span>
      </label>`,
    );
  }

  /** @param {string} status */
  presence(status) {
    return status === 'AVAILABLE' ? this.t('transfer.available') : status === 'OFFLINE' ? this.t('transfer.offline') : this.t('transfer.away');
  }

  message() {
    const count = lengthOf(this.choice);
    const over = count > LONGEST_REASON;
    return html`<div class="reason">
      <label for="reason">${this.t('transfer.reason')}</label>
      <textarea
        id="reason"
        dir="auto"
        rows="3"
        aria-describedby="reason-hint reason-count"
        aria-invalid=${over ? 'true' : 'false'}
        .value=${this.choice.reason}
        @input=${(/** @type {any} */ event) => this.choose({ reason: event.target.value })}
      ></textarea>
      <div class="under">
        <span class="grow" id="reason-hint">${this.choice.tab === 'queues' ? this.t('transfer.reason.queue') : this.t('transfer.reason.agents')}</span>
        <span class="number ${over ? 'over' : ''}" id="reason-count" data-count=${count}>${this.t('transfer.count', { length: count, most: LONGEST_REASON })}</span>
      </div>
      ${over ? html`<p class="error" role="alert">${this.tooLong()}</p>` : nothing}
    </div>`;
  }

  wrong() {
    const missing = this.tried ? fault(this.choice, this.targets) : '';
    const text = this.trouble || (missing && missing !== 'long' ? this.t(`transfer.fault.${missing}`, { most: MOST_AGENTS }) : '');
    return html`<div role="alert">${text ? html`<div class="trouble">${icon('warning')}<span>${text}</span></div>` : nothing}</div>`;
  }

  sendText() {
    const { queue, agents } = chosen(this.choice, this.targets);
    if (queue) {
      return this.t('transfer.send.to', { name: queue.name });
    }
    return agents.length === 1
      ? this.t('transfer.send.to', { name: agents[0].name })
      : agents.length > 1
        ? this.t('transfer.send.agents', { number: agents.length })
        : this.t('transfer.title');
  }
}

define('tandem-transfer-session', TransferSession, import.meta.url);
