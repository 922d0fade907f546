/** The invitations of a session and what has become of each. */

import { TandemElement, api, define, html, icon, messages, nothing, problemText, repeat, toast } from 'tandem/kit';
import { mayRepeat, mayWithdraw } from './invitations.js';
import { inviteStyles, within } from './invite-styles.js';

/** @typedef {import('./invitations.js').Invitation} Invitation */

/** @type {Record<string, {mark: string, tone: string}>} how a state looks; its word says the same */
const LOOKS = {
  DRAFTED: { mark: 'file', tone: '' },
  QUEUED: { mark: 'clock', tone: '' },
  SENT: { mark: 'check', tone: 'good' },
  FAILED: { mark: 'warning', tone: 'bad' },
  UNCERTAIN: { mark: 'warning', tone: 'warn' },
  WITHDRAWN: { mark: 'close', tone: '' },
  USED: { mark: 'user', tone: 'good' },
};

/** Property `session`. */
class InviteList extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = { session: { attribute: false }, busy: { state: true } };
  static styles = [inviteStyles, within];

  constructor() {
    super();
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
    /** @type {string} the invitation that is being changed */
    this.busy = '';
  }

  /**
   * @param {Invitation} one
   * @param {() => Promise<unknown>} run
   */
  async command(one, run) {
    this.busy = one.id;
    try {
      await run();
    } catch (error) {
      toast(problemText(error, { 'too-many-invitations': this.t('invite.many') }), { kind: 'error' });
    } finally {
      this.busy = '';
    }
  }

  render() {
    /** @type {Invitation[]} */
    const all = this.session?.invitations ?? [];
    if (all.length === 0) {
      return nothing;
    }
    return html`<section class="apart" aria-labelledby="invitations">
      <h3 id="invitations">${this.t('invite.list')}</h3>
      <ul>
        ${repeat(
          [...all].reverse(),
          (one) => one.id,
          (one) => this.row(one),
        )}
      </ul>
    </section>`;
  }

  /** @param {Invitation} one */
  row(one) {
    const { mark, tone } = LOOKS[one.state] ?? LOOKS.QUEUED;
    const path = `/sessions/${this.session?.id}/invitations/${one.id}`;
    const waits = this.busy === one.id;
    const name = one.address || this.t('invite.link.name');
    return html`<li data-invitation=${one.id} data-state=${one.state}>
      <div class="who">
        <b><bdi>${name}</bdi></b>
        ${mayWithdraw(one) ? html`<tandem-copy quiet value=${one.url} label=${this.t('invite.way.link')}></tandem-copy>` : nothing}
      </div>
      <span class="muted">${this.t(`invite.${one.role}`)}</span>
      <span class="state ${tone}" role="status">${icon(mark)}<span>${this.t(`invite.state.${one.state === 'DRAFTED' && !one.address ? 'LINK' : one.state}`)}</span></span>
      ${one.state === 'FAILED' ? html`<span class="muted">${this.reason(one)}</span>` : nothing}
      ${one.state === 'QUEUED' && one.problem
        ? html`<span class="muted">${this.reason(one)} ${this.t('invite.retried')}</span>`
        : nothing}
      ${one.state === 'UNCERTAIN' ? html`<span class="muted">${this.t('invite.uncertain')}</span>` : nothing}
      <div class="buttons">
        ${mayRepeat(one)
          ? html`<button class="small" ?disabled=${waits} @click=${() => this.command(one, () => api.post(`${path}/again`))}>
              ${icon('renew')}${this.t('invite.again')}
            </button>`
          : nothing}
        ${mayWithdraw(one)
          ? html`<button
              class="small quiet danger"
              aria-label=${this.t('invite.withdraw.of', { address: name })}
              ?disabled=${waits}
              @click=${() => this.command(one, () => api.delete(path))}
            >
              ${this.t('invite.withdraw')}
            </button>`
          : nothing}
      </div>
    </li>`;
  }

  /** @param {Invitation} one */
  reason(one) {
    switch (one.problem) {
      case 'address-refused':
        return this.t('problem.mail.refused');
      case 'not-configured':
        return this.t('problem.mail.unconfigured');
      case 'unreachable':
      case 'server-slow':
      case 'server-busy':
        return this.t('problem.mail.unreachable');
      case 'sender-refused':
      case 'sign-in-refused':
      case 'no-tls':
        return this.t('problem.mail.server');
      default:
        return this.t('problem.mail.other');
    }
  }
}

/** The element's name. */
export const INVITE_LIST = define('tandem-invite-list', InviteList, import.meta.url);
