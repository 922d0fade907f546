/**
 * One session as an agent of it sees it: that of an interaction, or one that the agent assists in. It belongs to the page, not to an element: a desktop may take the tab's
 * element away and bring it back while the agent looks at another interaction, and the session must not notice.
 */

import { api, live, pageId, ProblemError, serverReady } from 'tandem/kit';
import { meOf, present } from '../parts/views.js';
import { changeOf } from './control.js';
import { drafting } from './draft.js';
import { ownSessions } from './own-sessions.js';

/** @typedef {import('../parts/views.js').SessionView} SessionView */
/** @typedef {import('./control.js').Change} Change */
/**
 * none: no session lives for this interaction; starting; failed: it did not start; open: the view says more; left: the agent
 * has left and may return; sent: the agent has handed the session over; removed: the agent in control has taken them out; ended; gone: the session is not there any more, or
 * not ours.
 *
 * @typedef {'looking' | 'none' | 'starting' | 'failed' | 'open' | 'left' | 'sent' | 'removed' | 'ended' | 'gone'} Phase
 */

/** How long a left session waits for its last agent, if the server does not say. */
const GRACE = 30_000;

/** What the server says to who was in a session and is not any more. @type {Record<string, Phase>} */
const ENDS = { removed: 'removed', 'handed-over': 'sent' };

/** How long to wait for a server that is starting. */
const AGAIN = 3000;

/** Sessions of agents. Event `change` after every change. */
export class AgentSession extends EventTarget {
  /** @type {Phase} */
  phase = 'looking';
  /** @type {SessionView | undefined} */
  view;
  /** @type {number | null} when it ended, by the server's clock; null if this page was not there to see it */
  endedAt = null;
  /** @type {unknown} what went wrong at the last command */
  problem;
  /** Whether the session's slice is not installed just now. */
  away = false;
  /** @type {string | null} until when the agent who left may return; null if others are still in it */
  returnUntil = null;
  /** A command is under way. */
  busy = false;
  /** The agent wants to start one, and is asked how. */
  wished = false;
  /** @type {Change | undefined} the last change of control or of the assisted customer, until it was read */
  change;
  #interaction;
  #session;
  #topic = '';
  /** Whether the line was lost since the last word of the session: then the next one may be old. */
  #behind = false;
  /** @type {(() => void) | undefined} */
  #unsubscribe;

  /**
   * @param {string} interaction
   * @param {string} [session] id of the session, where it is none of the agent's own interaction
   */
  constructor(interaction, session = '') {
    super();
    this.#interaction = interaction;
    this.#session = session;
    live.addEventListener('status', () => (this.#behind ||= live.status === 'offline'));
  }

  /** Whether closing this page would end or leave a living session. */
  get guarded() {
    return this.phase === 'open' && this.view !== undefined && this.view.state !== 'ENDED';
  }

  /** Whether this agent is in control. */
  get controls() {
    return this.view?.controller === this.view?.me;
  }

  /**
   * Shows the living session of the interaction, if there is one; else asks how to start one, if that is wished.
   *
   * @param {boolean} start
   */
  async open(start) {
    if (this.busy || this.#topic) {
      return;
    }
    this.busy = true;
    this.#turn('looking');
    try {
      const living = await this.#find();
      if (living) {
        this.#show(living);
      } else {
        this.wished = start;
        this.#turn('none');
      }
    } catch (error) {
      if (await serverReady()) {
        this.problem = error;
        const code = error instanceof ProblemError ? error.code : '';
        this.#turn(this.#session && code === 'unknown' ? 'gone' : (ENDS[code] ?? 'failed'));
      } else {
        setTimeout(() => this.open(start), AGAIN);
      }
    } finally {
      this.busy = false;
      this.#changed();
    }
  }

  /** @returns {Promise<SessionView | undefined>} */
  async #find() {
    if (this.#session) {
      return api.get(`/sessions/${this.#session}`);
    }
    const found = await api.get(`/sessions?interaction=${encodeURIComponent(this.#interaction)}`);
    return /** @type {SessionView[]} */ (found.sessions).find((s) => s.state !== 'ENDED');
  }

  /** The agent wants to start one: they are asked how. */
  wish() {
    this.wished = true;
    this.problem = undefined;
    this.#changed();
  }

  /** Not now, after all. */
  unwish() {
    this.wished = false;
    this.#changed();
  }

  async start() {
    const before = this.phase;
    await this.#command('starting', async () => {
      const fresh = await api.post('/sessions', { interaction: this.#interaction });
      this.#forget();
      this.#show(fresh);
    });
    // With another session in the way the agent decides which of the two it is to be.
    this.wished = this.problem instanceof ProblemError && this.problem.code === 'single-session';
    this.#turn(this.wished ? (before === 'starting' ? 'none' : before) : this.phase);
  }

  leave() {
    return this.#command(undefined, async () => {
      const view = await api.post(`/sessions/${this.#id}/leave`);
      this.#leftNow(/** @type {SessionView | null} */ (view));
    });
  }

  comeBack() {
    return this.#command(undefined, async () => {
      const view = await api.post(`/sessions/${this.#id}/return`);
      this.#topic = '';
      this.#show(view ?? this.view);
    });
  }

  end() {
    return this.#command(undefined, async () => {
      const view = await api.post(`/sessions/${this.#id}/end`);
      if (view?.state === 'ENDED') {
        this.#take(view);
      }
    });
  }

  /**
   * Passes control to an assistant, as far as this page knows who has it now.
   *
   * @param {string} to a participant
   */
  pass(to) {
    return this.#say('control', { to, epoch: this.view?.epoch });
  }

  /** @param {boolean} accept whether this agent takes the control that is offered */
  answer(accept) {
    return this.#say(accept ? 'control/accept' : 'control/decline');
  }

  /** @param {string} participant the customer who is to be helped from now on */
  help(participant) {
    return this.#say('assisted', { participant });
  }

  /** @param {string} participant who is taken out */
  remove(participant) {
    return this.#say(`participants/${participant}/remove`);
  }

  /** @param {string} activity */
  stopActivity(activity) {
    return this.#command(undefined, () => api.post(`/${activity}/${this.#id}/stop`));
  }

  /** The agent has handed the session over; the server may have said so first. */
  handedOver() {
    if (this.phase === 'open' || this.phase === 'left') {
      this.#stop();
      this.#turn('sent');
    }
  }

  /** The agent has read what changed. */
  seen() {
    this.change = undefined;
    this.#changed();
  }

  /**
   * @param {string} command
   * @param {unknown} [body]
   */
  #say(command, body) {
    return this.#command(undefined, async () => {
      const view = await api.post(`/sessions/${this.#id}/${command}`, body);
      if (view?.id === this.#id) {
        this.#take(view);
      }
    });
  }

  /** Ends this session, if it lives, and starts another one with a fresh PIN and URL. */
  renew() {
    const old = this.view;
    const left = this.phase === 'left';
    if (!old || old.state === 'ENDED' || !(left || this.phase === 'open')) {
      return this.start();
    }
    return this.#command(undefined, async () => {
      if (left) {
        // Who has left can end nothing, and a start would lead back into the session that still waits.
        await api.post(`/sessions/${old.id}/return`);
      }
      const fresh = await api.post(`/sessions/${old.id}/renew`);
      this.#forget();
      this.#show(fresh);
    });
  }

  /** @returns {Promise<void>} rejected with the reason if the link did not get into the chat */
  async sendLink() {
    await api.post(`/sessions/${this.#id}/send-link`);
  }

  /** Tells the server that this page goes on purpose: it ends the session, or leaves it. A reload comes back in time. */
  closing() {
    if (this.guarded) {
      // No await before the request: the page is going.
      api.post(`/sessions/${this.#id}/closing`, { page: pageId() }, { keepalive: true }).catch(() => {});
    }
  }

  get #id() {
    return this.view?.id ?? '';
  }

  /**
   * @param {Phase | undefined} meanwhile
   * @param {() => Promise<void>} run
   */
  async #command(meanwhile, run) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.problem = undefined;
    if (meanwhile) {
      this.#turn(meanwhile);
    } else {
      this.#changed();
    }
    try {
      await run();
    } catch (error) {
      this.problem = error;
      if (meanwhile) {
        this.#turn('failed');
      } else if (error instanceof ProblemError && (error.code === 'session-ended' || error.status === 404)) {
        await this.#reload();
      }
    } finally {
      this.busy = false;
      this.#changed();
    }
  }

  async #reload() {
    try {
      this.#take(await api.get(`/sessions/${this.#id}`));
    } catch {
      this.#lose();
    }
  }

  /** @param {SessionView | undefined} view */
  #show(view) {
    if (!view) {
      return;
    }
    this.view = undefined;
    this.#take(view);
    if (this.phase === 'open' && !this.#topic) {
      this.#topic = `session/${view.id}`;
      this.#unsubscribe = live.subscribe(this.#topic, {
        message: (message) => this.#take(message.body),
        state: (state) => {
          this.away = state === 'away';
          this.#changed();
        },
        gone: (problem) => {
          this.#topic = '';
          this.#unsubscribe = undefined;
          if (this.phase === 'open' && ENDS[problem.code]) {
            this.#turn(ENDS[problem.code]);
          } else if (this.phase === 'open' && problem.status === 404) {
            // The end would have come as a last view: we have left, in another tab.
            this.#leftNow(null);
          } else if (this.phase === 'open') {
            this.problem = problem;
            this.#turn('failed');
          }
        },
      });
    }
  }

  /** @param {SessionView} view */
  #take(view) {
    if (this.view && this.view.id === view.id && view.version < this.view.version) {
      return;
    }
    const before = this.view;
    this.view = view;
    this.change = changeOf(before, view) ?? this.change;
    this.away = false;
    const me = meOf(view);
    if (view.state === 'ENDED') {
      this.endedAt = this.#end(view, before);
      this.#stop();
      this.#turn('ended');
    } else if (me?.state === 'REMOVED') {
      this.#stop();
      this.#turn('removed');
    } else if (me && !present(me)) {
      this.#leftNow(view);
    } else {
      this.#turn('open');
    }
    this.#behind = false;
  }

  /**
   * @param {SessionView} view the last one
   * @param {SessionView | undefined} before the one before it
   * @returns {number | null} when that was
   */
  #end(view, before) {
    if (view.endReason === 'GRACE_EXPIRED' && before?.graceUntil) {
      return Math.min(Date.parse(before.graceUntil), api.now());
    }
    return before && !this.#behind ? api.now() : null;
  }

  /** @param {SessionView | null} view */
  #leftNow(view) {
    this.#stop();
    if (this.phase === 'left') {
      return;
    }
    const others = (this.view?.participants ?? []).some(
      (p) => p.role === 'AGENT' && p.id !== this.view?.me && present(p),
    );
    this.returnUntil = others ? null : (view?.graceUntil ?? new Date(api.now() + GRACE).toISOString());
    this.#turn('left');
  }

  /** The time to return is over. */
  expire() {
    if (this.phase === 'left') {
      this.#turn('ended');
    }
  }

  #lose() {
    this.#stop();
    this.#turn('gone');
  }

  #stop() {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#topic = '';
  }

  #forget() {
    this.#stop();
    this.view = undefined;
    this.change = undefined;
    this.returnUntil = null;
    this.endedAt = null;
  }

  /** @param {Phase} phase */
  #turn(phase) {
    if (phase !== this.phase) {
      ownSessions.refresh();
    }
    this.phase = phase;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/** @type {Map<string, AgentSession>} by interaction, or by `session/ID` */
const sessions = new Map();

/**
 * @param {string} interaction
 * @returns {AgentSession} the page's one for that interaction
 */
export function agentSession(interaction) {
  return kept(interaction, () => new AgentSession(interaction));
}

/**
 * @param {string} id of a session
 * @returns {AgentSession} the page's one of that id: there may be one by its interaction already
 */
export function agentSessionOf(id) {
  const known = [...sessions.values()].find((session) => session.view?.id === id && session.phase === 'open');
  const key = `session/${id}`;
  if (['left', 'sent', 'removed', 'gone', 'failed'].includes(sessions.get(key)?.phase ?? '')) {
    // The agent may have come in again since: the server knows.
    sessions.delete(key);
  }
  return known ?? kept(key, () => new AgentSession('', id));
}

/**
 * @param {string} key
 * @param {() => AgentSession} make
 */
function kept(key, make) {
  let session = sessions.get(key);
  if (!session) {
    session = make();
    sessions.set(key, session);
  }
  return session;
}

window.addEventListener('beforeunload', (event) => {
  if (!drafting.now && [...sessions.values()].some((session) => session.guarded && session.controls)) {
    event.preventDefault();
  }
});
window.addEventListener('pagehide', () => {
  sessions.forEach((session) => session.closing());
  ownSessions.closing(new Set([...sessions.values()].map((session) => session.view?.id ?? '')));
});
