/** What the simulator knows and asks for: the site, what was recorded, and the simulations of this server. What it looks like is told by its heir. */

import { TandemElement, api, live, toast } from 'tandem/kit';
import { codeOf, refusal } from './simulator-refusals.js';
import { freshDraft, proposed, span } from './simulator-draft.js';
import { complete } from './simulator-measures.js';
import { recall, remember } from './simulator-memory.js';

/** @typedef {import('./simulator-draft.js').SimulatorDraft} SimulatorDraft */
/** @typedef {import('./simulator-measures.js').SimulationView} SimulationView */

/** A simulation that runs is asked for this often should the channel say nothing. */
const ANYWAY = 3;
/** Made-up traffic is proposed like that of so many days. */
const LIKE_DAYS = 7;
const DAY = 86_400_000;

/** @param {{state: string}} simulation */
export const running = ({ state }) => state === 'WAITING' || state === 'RUNNING';

/** @param {SimulatorDesk} page @returns {Promise<void> | undefined} the first scenario gets its name when the texts are there */
const textsOf = (page) => /** @type {typeof TandemElement} */ (page.constructor).messages?.ready;

export class SimulatorDesk extends TandemElement {
  static properties = {
    agent: { attribute: false },
    site: { state: true },
    problem: { state: true },
    draft: { state: true },
    recorded: { state: true },
    last: { state: true },
    opened: { state: true },
    gone: { state: true },
    error: { state: true },
    tried: { state: true },
    busy: { state: true },
    now: { state: true },
  };

  constructor() {
    super();
    /** @type {{id: string, site: string} | undefined} */
    this.agent = undefined;
    /** @type {import('./simulator-changes.js').SimulatedSite | undefined} */
    this.site = undefined;
    /** The service level's time of the site, seconds. */
    this.inTime = 20;
    /** @type {unknown} why nothing is there */
    this.problem = undefined;
    /** @type {SimulatorDraft | undefined} */
    this.draft = undefined;
    /** @type {import('./simulator-setup.js').RecordedState} */
    this.recorded = { state: 'loading', text: '' };
    /** @type {SimulationView[]} the last ones of this server, the newest first */
    this.last = [];
    /** @type {SimulationView | undefined} which is looked at */
    this.opened = undefined;
    /** Whether the one that was looked at is not there any more. */
    this.gone = false;
    /** @type {unknown} what was refused */
    this.error = undefined;
    this.tried = false;
    /** @type {Set<string>} */
    this.touched = new Set();
    this.busy = false;
    this.now = 0;
    /** Counts questions for what was recorded: what an earlier one brings is not wanted any more. */
    this.turn = 0;
    /** Seconds since anything was heard of the simulation that runs. */
    this.silent = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pause = undefined;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.clock = undefined;
    /** @type {(() => void) | undefined} */
    this.leave = undefined;
    this.texts = this.t.bind(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.now = api.now();
    this.load();
    this.leave = live.subscribe('webacd/simulations', { message: ({ body }) => this.heard(body) });
    this.clock = setInterval(() => this.tick(), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.leave?.();
    clearInterval(this.clock);
    clearTimeout(this.pause);
    this.turn++;
  }

  get key() {
    return `${this.agent?.site ?? ''}.${this.agent?.id ?? ''}`;
  }

  async load() {
    try {
      const [all, people, rules, last, monitor] = await Promise.all([
        api.get('/webacd/queues'),
        api.get('/webacd/agents'),
        api.get('/webacd/rules'),
        api.get('/webacd/simulations'),
        api.get('/webacd/monitor'),
        textsOf(this),
      ]);
      this.site = {
        queues: all.queues.map((/** @type {any} */ one) => ({ id: one.id, slug: one.queue.slug, name: one.queue.name, form: one.queue })),
        agents: people.agents.map((/** @type {any} */ one) => ({ id: one.agent, name: one.name })),
        strategies: all.strategies,
        draft: rules.draft !== null && rules.draft !== undefined,
      };
      this.last = last.simulations;
      this.inTime = monitor.inTimeSeconds;
      this.problem = undefined;
      const kept = recall(this.key);
      this.draft = proposed(kept.draft ?? this.fresh(), this.site.queues, undefined);
      if (kept.opened) {
        this.look(kept.opened);
      }
      this.askRecorded(kept.draft === undefined);
    } catch (error) {
      this.problem = error;
    }
  }

  fresh() {
    return freshDraft(api.now(), this.t('simulator.asItIs'), this.inTime);
  }

  keep() {
    remember(this.key, { draft: this.draft, opened: this.opened?.id });
  }

  /** @param {boolean} [forgotten] whether what was shown of it goes as well */
  recordedIsOld(forgotten = false) {
    this.recorded = forgotten ? { state: 'loading', text: '' } : { ...this.recorded, state: 'loading' };
  }

  /** @param {boolean} [anew] whether the proposal is to be like it */
  async askRecorded(anew = false) {
    const draft = /** @type {SimulatorDraft} */ (this.draft);
    const turn = ++this.turn;
    this.now = api.now();
    const { from, to } = draft.kind === 'GENERATED' ? { from: this.now - LIKE_DAYS * DAY, to: this.now } : span(draft, this.now);
    if (!(to > from)) {
      this.recorded = { ...this.recorded, state: 'here' };
      return;
    }
    try {
      const asked = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
      const view = await api.get(`/webacd/simulations/traffic?${asked}`);
      if (turn === this.turn) {
        this.recorded = { state: 'here', view, text: '' };
        if (anew && this.draft && this.site) {
          this.draft = proposed(this.draft, this.site.queues, view, true);
        }
      }
    } catch (error) {
      if (turn === this.turn) {
        this.recorded = { state: 'failed', text: refusal(error, this.texts) };
      }
    }
  }

  /** @param {any} body what the channel tells: all simulations of the site, without what came of them */
  heard(body) {
    /** @type {SimulationView[]} */
    const told = Array.isArray(body?.simulations) ? body.simulations : [];
    this.last = told;
    const one = told.find(({ id }) => id === this.opened?.id);
    if (one) {
      this.silent = 0;
      this.take({ ...one, scenarios: one.scenarios?.length ? one.scenarios : this.opened?.scenarios });
    }
  }

  /** @param {SimulationView} simulation as it is now of the one that is looked at */
  take(simulation) {
    this.opened = simulation;
    this.now = api.now();
    if (simulation.state === 'DONE' && !complete(simulation)) {
      this.ask(simulation.id);
    }
  }

  tick() {
    if (this.opened && running(this.opened)) {
      this.now = api.now();
      if (++this.silent >= ANYWAY) {
        this.silent = 0;
        this.ask(this.opened.id);
      }
    }
  }

  /** @param {string} id of the simulation that is looked at */
  async ask(id) {
    try {
      const simulation = await api.get(`/webacd/simulations/${id}`, { retry: false });
      if (this.opened?.id === id) {
        this.opened = simulation;
        this.last = this.last.map((one) => (one.id === id ? { ...simulation, scenarios: [] } : one));
        this.error = undefined;
      }
    } catch (error) {
      if (this.opened?.id === id) {
        this.gone = codeOf(error) === 'simulation-unknown';
        this.error = this.gone ? undefined : error;
      }
    }
  }

  /** @param {string} id */
  async look(id) {
    const known = this.last.find((one) => one.id === id);
    this.error = undefined;
    this.gone = false;
    this.silent = 0;
    if (!known) {
      this.gone = true;
      this.keep();
      return;
    }
    this.opened = known;
    this.keep();
    await this.ask(id);
    await this.toTop();
  }

  async back() {
    this.opened = undefined;
    this.gone = false;
    this.error = undefined;
    this.keep();
    await this.toTop();
  }

  async toTop() {
    await this.updateComplete;
    const heading = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('h2'));
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {SimulationView} simulation ends one that runs, forgets one that has ended */
  async end(simulation) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    const ran = running(simulation);
    try {
      await api.delete(`/webacd/simulations/${simulation.id}`);
    } catch (error) {
      if (codeOf(error) !== 'simulation-unknown') {
        this.error = error;
        this.busy = false;
        return;
      }
    }
    this.busy = false;
    if (ran) {
      await this.ask(simulation.id);
    } else {
      this.last = this.last.filter((one) => one.id !== simulation.id);
      toast(this.t('simulator.removed'), { kind: 'success' });
      await this.back();
    }
  }
}
