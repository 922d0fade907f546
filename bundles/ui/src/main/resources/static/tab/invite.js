/** The Invite panel: whom to invite, and three ways to hand the invitation over. */

import {
  TandemElement,
  ProblemError,
  api,
  define,
  html,
  icon,
  messages,
  nothing,
  problemText,
  repeat,
  staticHtml,
  toast,
  unsafeStatic,
} from 'tandem/kit';
import { address } from '../parts/address.js';
import { grouped, numbered } from '../parts/names.js';
import { customers, freeSeat, invitationOf, joinPage } from './invitations.js';
import { INVITE_LIST } from './invite-list.js';
import { INVITE_MAIL } from './invite-mail.js';
import { inviteStyles } from './invite-styles.js';
import { mailWishes } from './mail-wishes.js';
import { SEND_LINK } from './send-link.js';
import { VIEWERS } from './viewers.js';

/** @typedef {import('../parts/views.js').Seat} Seat */

const sendLink = unsafeStatic(SEND_LINK);
const inviteMail = unsafeStatic(INVITE_MAIL);
const inviteList = unsafeStatic(INVITE_LIST);
const viewers = unsafeStatic(VIEWERS);

/** Property `session`. Fires `invite-close`. */
class Invite extends TandemElement {
  static messages = messages(import.meta.url);
  static properties = {
    session: { attribute: false },
    whom: { state: true },
    way: { state: true },
    busy: { state: true },
    full: { state: true },
    link: { state: true },
  };
  static styles = [inviteStyles];

  constructor() {
    super();
    /** @type {import('../parts/views.js').SessionView | undefined} */
    this.session = undefined;
    /** @type {'CUSTOMER' | 'AGENT'} */
    this.whom = 'CUSTOMER';
    /** @type {'mail' | 'site' | 'link'} */
    this.way = 'site';
    this.busy = false;
    /** The server has said that no more customers get in. */
    this.full = false;
    /** The link for a colleague that was made last. */
    this.link = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.id = 'invite';
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('session') && this.session) {
      const before = /** @type {import('../parts/views.js').SessionView | undefined} */ (changed.get('session'));
      if (before?.id !== this.session.id) {
        this.link = '';
        this.full = false;
      } else if (before && customers(before) !== customers(this.session)) {
        this.full = false;
      }
      if (mailWishes.delete(this.session.id)) {
        this.whom = 'CUSTOMER';
        this.turn('mail');
      }
    }
  }

  /** @param {'mail' | 'site' | 'link'} way */
  turn(way) {
    this.way = way;
    if (way === 'mail') {
      this.updateComplete.then(() => /** @type {any} */ (this.renderRoot.querySelector(INVITE_MAIL))?.focusAddress());
    }
  }

  /** @param {() => Promise<unknown>} run */
  async command(run) {
    this.busy = true;
    try {
      await run();
    } catch (error) {
      this.full = error instanceof ProblemError && error.code === 'too-many-customers';
      if (!this.full) {
        toast(problemText(error, { 'too-many-invitations': this.t('invite.many') }), { kind: 'error' });
      }
    } finally {
      this.busy = false;
    }
  }

  addSeat() {
    return this.command(() => api.post(`/sessions/${this.session?.id}/seats`));
  }

  makeLink() {
    return this.command(async () => {
      const made = await api.post(`/sessions/${this.session?.id}/invitations`, { role: 'AGENT', address: '', own: true });
      this.link = made.invitation.url;
    });
  }

  render() {
    return html`
      <header>
        <p>${this.t('invite.how')}</p>
        <button class="quiet small icon" aria-label=${this.t('close')} title=${this.t('close')} @click=${() => this.fire('invite-close')}>${icon('close')}</button>
      </header>
      ${this.segments('whom', this.t('invite.whom'), this.whom, [
        ['CUSTOMER', this.t('invite.CUSTOMER')],
        ['AGENT', this.t('invite.AGENT')],
      ], (to) => (this.whom = /** @type {any} */ (to)))}
      ${this.segments('way', this.t('invite.ways'), this.way, [
        ['mail', this.t('invite.way.mail')],
        ['site', this.t('invite.way.site')],
        ['link', this.t('invite.way.link')],
      ], (to) => (this.way = /** @type {any} */ (to)))}
      ${this.session ? this.chosen(this.session) : nothing}
      ${this.whom === 'CUSTOMER' ? this.further() : nothing}
      ${staticHtml`<${inviteList} .session=${this.session}></${inviteList}>`}
      ${staticHtml`<${viewers} .session=${this.session}></${viewers}>`}
    `;
  }

  /**
   * @param {string} name
   * @param {string} legend
   * @param {string} value
   * @param {[string, string][]} options value and text
   * @param {(to: string) => void} choose
   */
  segments(name, legend, value, options, choose) {
    return html`<fieldset>
      <legend>${legend}</legend>
      <div class="segments">
        ${options.map(
          ([option, text]) => html`<label>
            <input class="sr" type="radio" name=${name} value=${option} .checked=${option === value} @change=${() => choose(option)} />${text}
          </label>`,
        )}
      </div>
    </fieldset>`;
  }

  /** @param {import('../parts/views.js').SessionView} session */
  chosen(session) {
    if (this.way === 'mail') {
      return staticHtml`<${inviteMail} .session=${session} .role=${this.whom}></${inviteMail}>`;
    }
    if (this.whom === 'AGENT') {
      return this.way === 'site' ? this.number() : this.agentLink();
    }
    const seat = freeSeat(session);
    return html`<section data-seat=${seat?.id ?? ''}>
      <p class="muted">${this.way === 'site' ? this.t('invite.site.customer') : this.t('invite.link.customer')}</p>
      ${seat ? (this.way === 'site' ? this.bySite(seat) : this.byLink(seat)) : html`<p>${this.t('invite.seats.none')}</p>`}
    </section>`;
  }

  /** @param {Seat} seat */
  bySite(seat) {
    const page = joinPage(seat.url);
    return html`<dl>
      <div>
        <dt>${this.t('pin')}</dt>
        <dd><span class="pin">${grouped(seat.pin)}</span><tandem-copy value=${seat.pin} label=${this.t('pin')}></tandem-copy></dd>
      </div>
      <div>
        <dt>${this.t('invite.page')}</dt>
        <dd><span class="url">${address(page)}</span><tandem-copy value=${page} label=${this.t('invite.page')}></tandem-copy></dd>
      </div>
      <div class="scan">
        <dt class="sr">${this.t('qr.of', { what: this.t('url') })}</dt>
        <dd><tandem-qr value=${seat.url} label=${this.t('url')}></tandem-qr><span class="muted">${this.t('scan')}</span></dd>
      </div>
    </dl>`;
  }

  /** @param {Seat} seat */
  byLink(seat) {
    return html`<dl>
        <div>
          <dt>${this.t('url')}</dt>
          <dd><span class="url">${address(seat.url)}</span><tandem-copy value=${seat.url} label=${this.t('url')}></tandem-copy></dd>
        </div>
      </dl>
      ${staticHtml`<${sendLink} .session=${this.session}></${sendLink}>`}`;
  }

  number() {
    const number = this.session?.number ?? '';
    return html`<section>
      <p class="muted">${this.t('invite.site.agent')}</p>
      <dl>
        <div>
          <dt>${this.t('number')}</dt>
          <dd><span class="pin">${numbered(number)}</span><tandem-copy value=${number} label=${this.t('number')}></tandem-copy></dd>
        </div>
      </dl>
    </section>`;
  }

  agentLink() {
    return html`<section>
      <p class="muted">${this.t('invite.link.agent')}</p>
      ${this.link
        ? html`<dl>
            <div>
              <dt>${this.t('invite.link.name')}</dt>
              <dd><span class="url">${address(this.link)}</span><tandem-copy value=${this.link} label=${this.t('invite.link.name')}></tandem-copy></dd>
            </div>
          </dl>`
        : nothing}
      <div class="buttons">
        <button class=${this.link ? '' : 'primary'} ?disabled=${this.busy} @click=${this.makeLink}>${icon('link')}${this.t('invite.link.make')}</button>
      </div>
    </section>`;
  }

  /** Places of further customers, and one more. */
  further() {
    const seats = this.session?.seats ?? [];
    const free = freeSeat(this.session);
    const others = seats.filter((seat) => seat !== free);
    const limit = this.session?.limits?.customers ?? 0;
    const used = customers(this.session);
    const full = this.full || (limit > 0 && used >= limit);
    return html`<section class="apart" aria-label=${this.t('invite.seats.taken')}>
      ${others.length > 0
        ? html`<h3>${this.t('invite.seats.taken')}</h3>
            <ul>
              ${repeat(
                others,
                (seat) => seat.id,
                (seat) => this.taken(seat),
              )}
            </ul>`
        : nothing}
      ${full
        ? html`<div class="limit" role="status">${icon('info')}<span>${this.t('invite.full', { count: limit || used })}</span></div>`
        : html`<div class="buttons">
            <button ?disabled=${this.busy} @click=${this.addSeat}>${icon('invite')}${this.t('invite.more')}</button>
            ${limit > 0 ? html`<span class="muted">${this.t('invite.more.limit', { used, count: limit })}</span>` : nothing}
          </div>`}
    </section>`;
  }

  /** @param {Seat} seat */
  taken(seat) {
    const who = this.session?.participants.find((p) => p.id === seat.participant);
    const invited = invitationOf(this.session, seat);
    const text = who
      ? this.t('invite.seat.with', { name: who.name || this.t('invite.CUSTOMER') })
      : invited
        ? this.t('invite.seat.for', { address: invited.address })
        : this.t('invite.seats.free');
    return html`<li data-seat=${seat.id}>
      <span class="muted">${text}</span>
      <div class="who">
        <span class="pin compact">${grouped(seat.pin)}</span>
        <tandem-copy quiet value=${seat.pin} label=${this.t('pin')}></tandem-copy>
        <tandem-copy quiet value=${seat.url} label=${this.t('url')}></tandem-copy>
      </div>
    </li>`;
  }
}

/** The element's name. */
export const INVITE = define('tandem-invite', Invite, import.meta.url);
