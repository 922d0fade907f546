/** What the customer sees at the end, and the ways on from there. */

import { html, icon, nothing, staticHtml, unsafeStatic } from 'tandem/kit';
import { FEEDBACK } from './feedback.js';
import { transferring } from './waiting.js';

const feedback = unsafeStatic(FEEDBACK);

/**
 * @param {object} end
 * @param {(key: string) => string} end.t
 * @param {import('./customer-session.js').CustomerSession} end.session
 */
export function over({ t, session }) {
  const { reason, view } = session;
  const waited = reason === 'left' && transferring(view);
  const texts = {
    ended: { mark: view?.endReason === 'NO_AGENT' ? 'clock' : 'heart', title: endTitle(t, view?.endReason), text: endText(t, view?.endReason) },
    left: { mark: 'check', title: t('over.left'), text: waited ? t('over.left.waited') : t('over.left.text') },
    taken: { mark: 'phone', title: t('over.taken'), text: t('over.taken.text') },
    removed: { mark: 'leave', title: t('over.removed'), text: t('over.removed.text') },
    expired: { mark: 'clock', title: t('over.expired'), text: t('over.expired.text') },
    full: { mark: 'users', title: t('over.full'), text: t('over.full.text') },
    refused: { mark: 'clock', title: t('over.refused'), text: t('over.refused.text') },
  }[reason];
  // Nobody waits in a session that had no agent, and a place without a PIN or link of its own does not lead back.
  const ways = (session.pin || session.invitation) && !waited;
  const back = ways ? { left: t('over.again'), taken: t('over.here'), full: t('again') }[/** @type {string} */ (reason)] : undefined;
  return html`<div class="card end" role="status">
      <span class="mark">${icon(texts.mark)}</span>
      <h1>${texts.title}</h1>
      <p class="lead">${texts.text}</p>
      ${back
        ? html`<button class="primary big" ?disabled=${session.busy} @click=${() => session.rejoin()}>${back}</button>`
        : html`<button class="big" @click=${() => session.restart()}>${t('over.pin')}</button>`}
    </div>
    ${view?.form ? html`<div class="card">${staticHtml`<${feedback} .key=${view.form}></${feedback}>`}</div>` : nothing}`;
}

/**
 * @param {(key: string) => string} t
 * @param {import('../parts/views.js').EndReason | undefined} why
 */
function endTitle(t, why) {
  return why === 'NO_AGENT' ? t('over.noAgent') : t('over.thanks');
}

/**
 * @param {(key: string) => string} t
 * @param {import('../parts/views.js').EndReason | undefined} why
 */
function endText(t, why) {
  switch (why) {
    case 'NO_AGENT':
      return t('over.noAgent.text');
    case 'GRACE_EXPIRED':
      return t('over.lost');
    case 'RENEWED':
      return t('over.renewed');
    case 'BY_ADMINISTRATOR':
      return t('over.administrator');
    default:
      return t('over.agent');
  }
}
