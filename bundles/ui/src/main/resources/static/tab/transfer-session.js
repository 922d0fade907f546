/** The dialog in which the whole session is handed over. What is chosen in it is the business of who routes sessions. */

import { TandemElement, css, define, html, language, messages, nothing, repeat, staticHtml, unsafeStatic } from 'tandem/kit';
import { PANEL_HOST } from '../parts/panel-host.js';
import { panelTitle } from '../parts/panels.js';
import { meOf } from '../parts/views.js';

const host = unsafeStatic(PANEL_HOST);

/**
 * Properties: `panels` (those of the place `transfer`, by rank), `session`, `controls`, `open`. They are there all the time, since each of
 * them alone knows whether it can hand over this agent's sessions: it fires `tandem-available` with a boolean, and again when that changes.
 * The first who can is shown. It is told of each opening by its method `begin()`, if it has one, and fires `tandem-done` once the session is
 * handed over, or `tandem-cancel`.
 *
 * Fires `transfer-available` with whether there is one, `transfer-done` and `transfer-close`.
 */
class TransferSession extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    panels: { attribute: false },
    able: { state: true },
    session: { attribute: false },
    controls: { type: Boolean },
    open: { type: Boolean },
  };
  static styles = css`
    :host {
      display: contents;
    }
    .place {
      min-block-size: 8rem;
    }
  `;

  constructor() {
    super();
    /** @type {readonly import('../parts/panels.js').PanelInfo[]} */
    this.panels = [];
    /** @type {readonly string[]} panels that have said that they can */
    this.able = [];
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
    this.controls = false;
    this.open = false;
  }

  get panel() {
    return this.panels.find((panel) => this.able.includes(panel.id));
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('panels') && this.able.some((id) => !this.panels.some((panel) => panel.id === id))) {
      this.able = this.able.filter((id) => this.panels.some((panel) => panel.id === id));
    }
  }

  /** @param {Map<string, unknown>} changed */
  async updated(changed) {
    if (changed.has('able')) {
      this.fire('transfer-available', this.panel !== undefined);
    }
    if (changed.has('open') && this.open) {
      const held = /** @type {any} */ (this.renderRoot.querySelector(`.place:not([hidden]) ${PANEL_HOST}`));
      await held?.updateComplete;
      held?.element?.begin?.();
    }
  }

  /**
   * @param {string} id of a panel
   * @param {CustomEvent} event
   */
  say(id, event) {
    event.stopPropagation();
    const others = this.able.filter((one) => one !== id);
    this.able = event.detail === true ? [...others, id] : others;
  }

  /**
   * @param {Event} event of the panel
   * @param {string} name
   */
  tell(event, name) {
    event.stopPropagation();
    this.fire(name);
  }

  render() {
    const { panels, session } = this;
    if (!panels.length || !session) {
      return nothing;
    }
    return html`<tandem-dialog
      id="transfer-session"
      .open=${this.open}
      heading=${this.t('transfer.session')}
      @tandem-dismiss=${() => this.fire('transfer-close')}
    >
      ${repeat(
        panels,
        (panel) => panel.id,
        (panel) => this.place(panel),
      )}
    </tandem-dialog>`;
  }

  /** @param {import('../parts/panels.js').PanelInfo} panel */
  place(panel) {
    return html`<div
      class="place"
      ?hidden=${panel !== this.panel}
      @tandem-available=${(/** @type {CustomEvent} */ event) => this.say(panel.id, event)}
      @tandem-done=${(/** @type {Event} */ event) => this.tell(event, 'transfer-done')}
      @tandem-cancel=${(/** @type {Event} */ event) => this.tell(event, 'transfer-close')}
    >
      ${staticHtml`<${host}
        .panel=${panel}
        heading=${panelTitle(panel, language())}
        .session=${this.session}
        .me=${meOf(this.session)}
        .controls=${this.controls}
        side="agent"
      ></${host}>`}
    </div>`;
  }
}

/** The element's name. */
export const TRANSFER_SESSION = define('tandem-transfer-session', TransferSession, import.meta.url);
