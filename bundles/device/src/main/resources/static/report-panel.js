/** In the customer's page: tells what the computer is when it was allowed, and only then. Shows nothing by itself. */

import { TandemElement, api, define, live, messages, nothing } from 'tandem/kit';
import { collect } from './collect.js';

/** How long to wait before telling again what did not arrive. */
const AGAIN = 5000;

class DeviceReport extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false }, me: { attribute: false }, role: { attribute: false } };

  /** @type {(() => void) | undefined} */
  #leave;
  #of = '';
  #telling = false;
  #wanted = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    /** @type {any} */
    this.me = undefined;
    this.role = 'customer';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#close();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#open();
  }

  updated() {
    if (this.session?.id !== this.#of) {
      this.#close();
      this.#open();
    }
  }

  #open() {
    const id = this.session?.id;
    if (id && this.isConnected && !this.#leave) {
      this.#of = id;
      this.#leave = live.subscribe(`device/${id}`, {
        message: (message) => {
          this.#wanted = message.body.wanted;
          this.#tell(id);
        },
      });
    }
  }

  #close() {
    clearTimeout(this.#again);
    this.#leave?.();
    this.#leave = undefined;
    this.#of = '';
  }

  /** @param {string} id */
  async #tell(id) {
    if (!this.#wanted || this.#telling) {
      return;
    }
    this.#telling = true;
    try {
      await api.put(`/device/${id}/information`, { items: await collect(window) });
      this.#wanted = false;
    } catch {
      // Taken back meanwhile, or the line is lost: then it is asked for again or not at all.
      clearTimeout(this.#again);
      this.#again = setTimeout(() => this.#tell(id), AGAIN);
    } finally {
      this.#telling = false;
    }
  }

  render() {
    return nothing;
  }
}

define('tandem-device-report', DeviceReport, import.meta.url);
