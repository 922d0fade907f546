/** All living sessions in which the agent takes part, own and assisted, whatever page shows them. */

import { api, live, pageId } from 'tandem/kit';
import { meOf, present } from '../parts/views.js';

/** @typedef {import('../parts/views.js').SessionView} SessionView */

/** So long several reasons to ask again become one question. */
const SOON = 150;

/** Event `change`; `chosen` with the id of a session that was selected in a strip. Asks nothing while nobody watches. */
export class OwnSessions extends EventTarget {
  /** @type {readonly SessionView[]} in the order in which they began */
  list = [];
  /** @type {Map<string, string>} id -> number of unread things, in words */
  #badges = new Map();
  /** @type {Map<string, string>} id -> name of the customer who has not joined yet */
  #names = new Map();
  /** @type {Map<string, () => void>} */
  #topics = new Map();
  #watchers = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #soon;
  #asked = 0;

  constructor() {
    super();
    live.addEventListener('status', () => live.status === 'connected' && this.refresh());
    // Another window may have begun a session, of which this page hears nothing.
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.refresh());
  }

  /**
   * @param {() => void} changed
   * @returns {() => void} ends it
   */
  watch(changed) {
    this.addEventListener('change', changed);
    if (this.#watchers++ === 0) {
      this.refresh();
    }
    return () => {
      this.removeEventListener('change', changed);
      if (--this.#watchers === 0) {
        clearTimeout(this.#soon);
        this.#soon = undefined;
        this.#follow([]);
      }
    };
  }

  /** A session has begun or ended, or may have: asks the server, soon. */
  refresh() {
    if (this.#watchers > 0 && this.#soon === undefined) {
      this.#soon = setTimeout(() => {
        this.#soon = undefined;
        this.#ask();
      }, SOON);
    }
  }

  async #ask() {
    const asked = ++this.#asked;
    try {
      const answer = await api.get('/sessions?mine=true');
      if (asked === this.#asked && this.#watchers > 0) {
        this.#follow(answer?.sessions ?? []);
      }
    } catch {
      // What was known stays; the next reason to ask comes.
    }
  }

  /** @param {SessionView[]} views */
  #follow(views) {
    const living = views.filter(mine).sort((a, b) => a.startedAt.localeCompare(b.startedAt) || a.id.localeCompare(b.id));
    const ids = new Set(living.map((view) => view.id));
    this.#topics.forEach((stop, id) => {
      if (!ids.has(id)) {
        stop();
        this.#topics.delete(id);
      }
    });
    this.list = living.map((view) => newer(this.list.find((v) => v.id === view.id), view));
    for (const { id } of living) {
      if (!this.#topics.has(id)) {
        this.#topics.set(
          id,
          live.subscribe(`session/${id}`, {
            message: (message) => this.#take(message.body),
            gone: () => this.#lose(id),
          }),
        );
      }
    }
    this.#changed();
  }

  /** @param {SessionView} view */
  #take(view) {
    if (mine(view)) {
      this.list = this.list.map((v) => (v.id === view.id ? newer(v, view) : v));
      this.#changed();
    } else {
      this.#lose(view.id);
    }
  }

  /** @param {string} id */
  #lose(id) {
    this.#topics.get(id)?.();
    this.#topics.delete(id);
    this.list = this.list.filter((view) => view.id !== id);
    this.#changed();
  }

  /**
   * @param {string} id of a session
   * @param {{badge?: string, name?: string}} what is known of it in this page only
   */
  tell(id, { badge, name }) {
    const before = `${this.badge(id)}\n${this.name(id)}`;
    if (badge !== undefined) {
      this.#badges.set(id, badge);
    }
    if (name !== undefined) {
      this.#names.set(id, name);
    }
    if (before !== `${this.badge(id)}\n${this.name(id)}`) {
      this.#changed();
    }
  }

  /** @param {string} id */
  badge(id) {
    return this.#badges.get(id) ?? '';
  }

  /** @param {string} id */
  name(id) {
    return this.#names.get(id) ?? '';
  }

  /** @param {string} id of the session that is shown from now on, whose tab gets the focus */
  chosen(id) {
    this.dispatchEvent(new CustomEvent('chosen', { detail: id }));
  }

  /**
   * Tells the server that this page goes on purpose: it counts as a page of all these sessions since it listens to them. Those
   * that no other page shows the server ends, or takes the agent out of, who only assists.
   *
   * @param {ReadonlySet<string>} told of which it knows already
   */
  closing(told) {
    for (const view of this.list) {
      if (!told.has(view.id)) {
        api.post(`/sessions/${view.id}/closing`, { page: pageId() }, { keepalive: true }).catch(() => {});
      }
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/**
 * @param {SessionView} view
 * @returns {boolean} whether it lives and the reader is in it
 */
function mine(view) {
  const me = meOf(view);
  return view.state !== 'ENDED' && me !== undefined && present(me);
}

/**
 * @param {SessionView | undefined} known
 * @param {SessionView} view
 */
function newer(known, view) {
  return known && known.version > view.version ? known : view;
}

/** The page's. */
export const ownSessions = new OwnSessions();
