/** Outside experts who may look: a URL for each, and its end. */

import { TandemElement, api, define, html, icon, messages, nothing, problemText, repeat, toast } from 'tandem/kit';
import { address } from '../parts/address.js';
import { inviteStyles, within } from './invite-styles.js';

/** @typedef {import('../parts/views.js').ViewerLink} ViewerLink */

/** Property `session`. */
class Viewers extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false }, busy: { state: true }, said: { state: true } };
  static styles = [inviteStyles, within];

  constructor() {
    super();
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
    this.busy = false;
    this.said = '';
  }

  /** @param {SubmitEvent} event */
  async create(event) {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (this.renderRoot.querySelector('#viewer-name'));
    const name = field.value.trim();
    const done = await this.command(() => api.post(`/sessions/${this.session?.id}/viewers`, name ? { name } : {}));
    if (done) {
      field.value = '';
    }
  }

  /** @param {ViewerLink} viewer */
  async revoke(viewer) {
    const done = await this.command(() => api.delete(`/sessions/${this.session?.id}/viewers/${viewer.id}`));
    if (done) {
      this.said = this.t('viewers.revoked', { name: this.nameOf(viewer) });
    }
  }

  /** @param {() => Promise<unknown>} run */
  async command(run) {
    this.busy = true;
    this.said = '';
    try {
      await run();
      return true;
    } catch (error) {
      toast(problemText(error), { kind: 'error' });
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** @param {ViewerLink} viewer */
  nameOf(viewer) {
    return viewer.name || this.t('viewers.unnamed');
  }

  render() {
    const may = this.session !== undefined && this.session.controller === this.session.me;
    const why = may ? nothing : this.t('problem.notController');
    return html`<section class="apart" aria-labelledby="viewers">
      <h3 id="viewers">${this.t('viewers.title')}</h3>
      <p class="muted">${this.t('viewers.how')}</p>
      <ul>
        ${repeat(
          this.session?.viewers ?? [],
          (viewer) => viewer.id,
          (viewer) => this.row(viewer, may),
        )}
      </ul>
      <form @submit=${this.create}>
        <div>
          <label for="viewer-name">${this.t('viewers.name')}</label>
          <input id="viewer-name" maxlength="60" dir="auto" autocomplete="off" ?disabled=${!may} />
        </div>
        <div class="buttons">
          <button title=${why} ?disabled=${!may || this.busy}>${icon('link')}${this.t('viewers.add')}</button>
        </div>
      </form>
      <p class="muted" role="status">${this.said}</p>
    </section>`;
  }

  /**
   * @param {ViewerLink} viewer
   * @param {boolean} may
   */
  row(viewer, may) {
    const who = this.session?.participants.find((p) => p.id === viewer.participant);
    const watching = who?.state === 'JOINED';
    const state = watching ? this.t('viewers.watching') : who ? this.t('viewers.away') : this.t('viewers.waiting');
    const name = this.nameOf(viewer);
    return html`<li data-viewer=${viewer.id} data-state=${watching ? 'watching' : 'waiting'}>
      <div class="who">
        <b><bdi>${name}</bdi></b>
        <span class="state ${watching ? 'good' : ''}" role="status">${icon(watching ? 'check' : 'clock')}${state}</span>
      </div>
      <dl>
        <div>
          <dt>${this.t('viewers.url')}</dt>
          <dd><span class="url">${address(viewer.url)}</span><tandem-copy value=${viewer.url} label=${this.t('viewers.url')}></tandem-copy></dd>
        </div>
      </dl>
      <div class="buttons">
        <button
          class="small quiet danger"
          aria-label=${this.t('viewers.revoke.of', { name })}
          ?disabled=${!may || this.busy}
          @click=${() => this.revoke(viewer)}
        >
          ${this.t('viewers.revoke')}
        </button>
      </div>
    </li>`;
  }
}

/** The element's name. */
export const VIEWERS = define('tandem-viewers', Viewers, import.meta.url);
