/** What the desktop knows: one state from the server, kept current by the live channel, and what is only this page's. */

import { ProblemError, api, live } from 'tandem/kit';
import { assistedOf, merged } from './assisted-sessions.js';

/** @typedef {import('./tab-host.js').Tab} Tab */
/** @typedef {import('./assisted-sessions.js').Assisted} Assisted */
/** @typedef {{name: string, address: string}} Customer */
/**
 * @typedef {object} Interaction
 * @property {string} id
 * @property {'CALL' | 'CHAT'} kind
 * @property {'RINGING' | 'ACTIVE' | 'ENDED'} state
 * @property {string} [agent]
 * @property {string} [agentName]
 * @property {Customer} customer
 * @property {string} arrivedAt
 * @property {string} [acceptedAt]
 * @property {string} [endedAt]
 * @property {'AGENT' | 'CUSTOMER' | 'UNANSWERED'} [endedBy]
 * @property {number} messages
 * @property {number} answered number of the last message of an agent, 0 for none
 * @property {string} [visitor]
 */
/** @typedef {{status: 'OFFLINE' | 'AWAY' | 'AVAILABLE', reason: string}} Presence */
/** @typedef {{id: string, name: string, site: string, roles: string[]}} Agent */
/** @typedef {{id: string, texts: Record<string, string>, urgent: boolean}} Notice */
/**
 * @typedef {object} State
 * @property {Agent} agent
 * @property {Presence} presence
 * @property {Interaction[]} interactions
 * @property {Tab[]} tabs of each interaction
 * @property {Tab[]} places what stands elsewhere on the desktop
 * @property {Notice[]} notices
 * @property {string} now
 */

const SIGNED_IN = 'platform.signed-in';
const SEEN = 'platform.seen';
const SELECTED = 'platform.selected';
const AGAIN = 2000;

/** The tab that can show a session of a colleague, too. */
const SUPPORT = 'remote-support';

/** Fires `change`; `notice` with a notice that is new; `ring` with an interaction that has begun to ring. */
export class Store extends EventTarget {
  /** @type {State | undefined} */
  state;
  /** @type {'loading' | 'signed-out' | 'ready' | 'failed'} */
  phase = 'loading';
  /** The server's clock minus ours, in ms. */
  ahead = 0;
  /** Whether the platform itself is not there just now. */
  away = false;
  /** Why nobody is signed in: empty, or `over` when a sign-in came to its end. */
  reason = '';
  /** @type {unknown} */
  problem;
  /** Id of the interaction or of the colleague's session that is shown. */
  selected = sessionStorage.getItem(SELECTED) ?? '';
  /** What was shown before a reload, until something else is selected: colleagues' sessions are known a moment later than calls. */
  #remembered = this.selected;
  /** @type {Assisted[]} */
  assisted = [];
  /** @type {Record<string, number>} how many messages of a chat have been looked at */
  #seen = JSON.parse(sessionStorage.getItem(SEEN) ?? '{}');
  /** @type {Set<string>} */
  #noticed = new Set();
  /** @type {Set<string>} */
  #rung = new Set();
  /** @type {(() => void) | undefined} */
  #leave;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  constructor() {
    super();
    // Signing in or out in one tab of the browser is for all of them, as the cookie is.
    window.addEventListener('storage', (event) => {
      if (event.key === SIGNED_IN && !event.newValue && this.state) {
        this.#signedOut('');
      } else if (event.key === SIGNED_IN && event.newValue && this.phase === 'signed-out') {
        this.start();
      }
    });
    // A colleague's session may have been joined by a link, in another tab.
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#lookForAssisted());
  }

  async start() {
    this.#turn('loading');
    try {
      // The browser may have forgotten that somebody signed in, and not the cookie. Asking this way is no error.
      if (!localStorage.getItem(SIGNED_IN) && !(await api.get('/platform/sign-in')).signedIn) {
        this.#turn('signed-out');
        return;
      }
      this.#enter(await api.get('/platform/me'));
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) {
        this.#signedOut('over');
      } else {
        this.problem = error;
        this.#turn('failed');
      }
    }
  }

  /**
   * @param {string} user
   * @param {string} password
   */
  async signIn(user, password) {
    this.#enter(await api.post('/platform/sign-in', { user, password }));
  }

  async signOut() {
    await api.post('/platform/sign-out');
    this.#signedOut('');
  }

  /** @param {State} state */
  #enter(state) {
    localStorage.setItem(SIGNED_IN, '1');
    state.notices.forEach((notice) => this.#noticed.add(notice.id));
    this.#apply(state);
    this.#turn('ready');
    this.#lookForAssisted();
    this.#leave?.();
    this.#leave = live.subscribe('desktop/me', {
      message: (message) => this.#apply(message.body),
      state: (now) => {
        this.away = now === 'away';
        this.#changed();
      },
      gone: () => this.#look(),
    });
  }

  /** The channel was refused: find out whether the sign-in has ended, or a server that is starting knows nobody yet. */
  async #look() {
    clearTimeout(this.#later);
    try {
      this.#enter(await api.get('/platform/me'));
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) {
        this.#signedOut('over');
      } else {
        this.#later = setTimeout(() => this.state && this.#look(), AGAIN);
      }
    }
  }

  /** @param {string} reason */
  #signedOut(reason) {
    localStorage.removeItem(SIGNED_IN);
    this.#leave?.();
    this.#leave = undefined;
    this.state = undefined;
    this.assisted = [];
    this.reason = reason;
    this.#turn('signed-out');
  }

  /** @param {State} state */
  #apply(state) {
    this.state = state;
    this.ahead = Date.parse(state.now) - Date.now();
    for (const notice of state.notices) {
      if (!this.#noticed.has(notice.id)) {
        this.#noticed.add(notice.id);
        this.dispatchEvent(new CustomEvent('notice', { detail: notice }));
      }
    }
    for (const interaction of state.interactions) {
      if (interaction.state === 'RINGING' && !this.#rung.has(interaction.id)) {
        this.#rung.add(interaction.id);
        this.dispatchEvent(new CustomEvent('ring', { detail: interaction }));
      }
    }
    this.#chooseSomething();
    this.#changed();
  }

  #chooseSomething() {
    if (!this.current && !this.currentAssisted) {
      this.#choose(this.active[0]?.id ?? '');
    }
  }

  /** @returns {Tab | undefined} */
  get support() {
    return this.state?.tabs.find((tab) => tab.id === SUPPORT);
  }

  async #lookForAssisted() {
    if (!this.state || !this.support) {
      return;
    }
    try {
      const { sessions } = await api.get('/sessions?mine=true');
      if (this.state) {
        this.assisted = merged(this.assisted, sessions, this.state.interactions);
        if (this.assisted.some((s) => s.id === this.#remembered)) {
          this.#choose(this.#remembered);
        }
        this.#remembered = '';
        this.#changed();
      }
    } catch {
      // They are an extra: calls and chats go on.
    }
  }

  /** @returns {Assisted | undefined} the colleague's session that is shown */
  get currentAssisted() {
    return this.assisted.find((s) => s.id === this.selected);
  }

  /**
   * Joins a colleague's session and shows it.
   *
   * @param {string} number
   */
  async assist(number) {
    this.#showSession(await api.post('/sessions/assist', { number }));
  }

  /**
   * Shows a session in which the agent is, be it of an own interaction or not.
   *
   * @param {string} id
   */
  async visit(id) {
    if (this.assisted.some((s) => s.id === id)) {
      this.select(id);
    } else {
      this.#showSession(await api.get(`/sessions/${id}`));
    }
  }

  /** @param {import('./assisted-sessions.js').Session} session */
  #showSession(session) {
    const own = this.state?.interactions.find((i) => i.id === session.interaction?.id);
    if (!own && !this.assisted.some((s) => s.id === session.id)) {
      this.assisted = [...this.assisted, assistedOf(session)];
    }
    this.select(own?.id ?? session.id);
  }

  /**
   * What the tab of a colleague's session says of it.
   *
   * @param {string} id
   * @param {Partial<Assisted>} what
   */
  told(id, what) {
    this.assisted = this.assisted.map((s) => (s.id === id ? { ...s, ...what } : s));
    this.#changed();
  }

  /** @param {string} id of a colleague's session that the agent is done with */
  dismiss(id) {
    this.assisted = this.assisted.filter((s) => s.id !== id);
    this.#chooseSomething();
    this.#changed();
  }

  /** @returns {Interaction | undefined} what is shown */
  get current() {
    return this.state?.interactions.find((i) => i.id === this.selected);
  }

  get ringing() {
    return this.state?.interactions.filter((i) => i.state === 'RINGING') ?? [];
  }

  get active() {
    return this.state?.interactions.filter((i) => i.state === 'ACTIVE') ?? [];
  }

  get ended() {
    return this.state?.interactions.filter((i) => i.state === 'ENDED') ?? [];
  }

  /** @param {string} id */
  select(id) {
    this.#remembered = '';
    this.#choose(id);
    this.#changed();
  }

  /** @param {string} id */
  #choose(id) {
    this.selected = id;
    sessionStorage.setItem(SELECTED, id);
  }

  /** @param {Interaction} interaction */
  unread(interaction) {
    return interaction.messages - Math.max(interaction.answered, this.#seen[interaction.id] ?? 0);
  }

  /**
   * @param {string} id
   * @param {number} messages
   */
  seen(id, messages) {
    if ((this.#seen[id] ?? 0) < messages) {
      this.#seen[id] = messages;
      sessionStorage.setItem(SEEN, JSON.stringify(this.#seen));
      this.#changed();
    }
  }

  /**
   * @param {string} status
   * @param {string} reason
   */
  async choosePresence(status, reason) {
    const presence = await api.put('/platform/presence', { status, reason });
    if (this.state) {
      this.state = { ...this.state, presence };
      this.#changed();
    }
  }

  /**
   * @param {'CALL' | 'CHAT'} kind
   * @param {string} [text] the first words of a chat
   */
  simulate(kind, text) {
    return api.post('/platform/simulate', { kind, text });
  }

  /** @param {string} id */
  async accept(id) {
    const accepted = await api.post(`/platform/interactions/${id}/accept`);
    this.#put(accepted);
    this.select(id);
  }

  /** @param {string} id */
  async end(id) {
    this.#put(await api.post(`/platform/interactions/${id}/end`));
    this.#changed();
  }

  /** @param {Interaction} interaction */
  #put(interaction) {
    if (this.state) {
      const interactions = this.state.interactions.map((i) => (i.id === interaction.id ? interaction : i));
      this.state = { ...this.state, interactions };
    }
  }

  /** @param {'loading' | 'signed-out' | 'ready' | 'failed'} phase */
  #turn(phase) {
    this.phase = phase;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
