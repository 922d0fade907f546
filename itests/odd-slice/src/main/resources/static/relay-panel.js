/** Hands a session over to whoever takes it, in the dialog of the agent's tab; and the line that the customer reads meanwhile. */

import { TandemElement, api, define, html, messages, problemText, toast } from 'tandem/kit';

class OddRelay extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false } };

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.fire('tandem-available', true);
  }

  async #letGo() {
    try {
      await api.post(`/odd-relay/${this.session.id}/let-go`);
      this.fire('tandem-done');
    } catch (problem) {
      toast(problemText(problem), { kind: 'error' });
    }
  }

  render() {
    return html`<button class="primary" @click=${() => this.#letGo()}>${this.t('relay.let-go')}</button>
      <button @click=${() => this.fire('tandem-cancel')}>${this.t('relay.keep')}</button>`;
  }
}

class OddWait extends TandemElement {
  static messages = messages(import.meta.url);

  render() {
    return html`<p>${this.t('relay.wait')}</p>`;
  }
}

define('odd-relay', OddRelay, import.meta.url);
define('odd-wait', OddWait, import.meta.url);
