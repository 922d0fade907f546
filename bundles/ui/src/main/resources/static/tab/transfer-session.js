/** The dialog in which the whole session is handed over. What is chosen in it is the business of who routes sessions. */

import { TandemElement, css, define, html, language, messages, nothing, staticHtml, unsafeStatic } from 'tandem/kit';
import { PANEL_HOST } from '../parts/panel-host.js';
import { panelTitle } from '../parts/panels.js';
import { meOf } from '../parts/views.js';

const host = unsafeStatic(PANEL_HOST);

/**
 * Properties: `panel` (that of the place `transfer`, if there is one), `session`, `controls`, `open`. The panel is there all the time, since
 * it alone knows whether this agent may hand sessions over: it fires `tandem-available` with a boolean, and again when that changes. It is
 * told of each opening by its method `begin()`, if it has one, and fires `tandem-done` once the session is handed over, or
 * `tandem-cancel`.
 *
 * Fires `transfer-available` with the boolean, `transfer-done` and `transfer-close`.
 */
class TransferSession extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    panel: { attribute: false },
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
    /** @type {import('../parts/panels.js').PanelInfo | undefined} */
    this.panel = undefined;
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
    this.controls = false;
    this.open = false;
  }

  /** @param {Map<string, unknown>} changed */
  async updated(changed) {
    if (changed.has('open') && this.open) {
      const held = /** @type {any} */ (this.renderRoot.querySelector(PANEL_HOST));
      await held?.updateComplete;
      held?.element?.begin?.();
    }
  }

  /**
   * @param {Event} event of the panel
   * @param {string} name
   */
  tell(event, name) {
    event.stopPropagation();
    this.fire(name, /** @type {CustomEvent} */ (event).detail === true);
  }

  render() {
    const { panel, session } = this;
    if (!panel || !session) {
      return nothing;
    }
    return html`<tandem-dialog
      id="transfer-session"
      .open=${this.open}
      heading=${this.t('transfer.session')}
      @tandem-dismiss=${() => this.fire('transfer-close')}
    >
      <div
        class="place"
        @tandem-available=${(/** @type {Event} */ event) => this.tell(event, 'transfer-available')}
        @tandem-done=${(/** @type {Event} */ event) => this.tell(event, 'transfer-done')}
        @tandem-cancel=${(/** @type {Event} */ event) => this.tell(event, 'transfer-close')}
      >
        ${staticHtml`<${host}
          .panel=${panel}
          heading=${panelTitle(panel, language())}
          .session=${session}
          .me=${meOf(session)}
          .controls=${this.controls}
          side="agent"
        ></${host}>`}
      </div>
    </tandem-dialog>`;
  }
}

/** The element's name. */
export const TRANSFER_SESSION = define('tandem-transfer-session', TransferSession, import.meta.url);
