/** What the tab shows while the agent is in no session: not started, failed, left, ended, gone. */

import { html, icon, language, locale, nothing, problemText, repeat, staticHtml, unsafeStatic } from 'tandem/kit';
import { duration, listed, numbered, secondsTo } from '../parts/names.js';
import { PANEL_HOST } from '../parts/panel-host.js';
import { panelTitle } from '../parts/panels.js';
import { meOf, personOf } from '../parts/views.js';
import { NOTES } from './notes.js';

const notes = unsafeStatic(NOTES);
const host = unsafeStatic(PANEL_HOST);

/**
 * @typedef {object} Out
 * @property {(key: string, args?: Record<string, string | number>) => string} t
 * @property {import('./agent-session.js').AgentSession} session
 * @property {import('../parts/panels.js').PanelInfo[]} panels what slices have to show of a session that has ended
 * @property {boolean} own whether it is the session of the agent's own call or chat
 * @property {boolean} chat whether the talk with the customer is a chat, else a call
 * @property {string} talk what it is, in words
 * @property {number} now milliseconds of the server's clock
 * @property {(command: () => Promise<void>) => void} run
 * @property {() => void} close closes the tab
 */
/** @typedef {{text: string, run: () => void, primary?: boolean}} Action */

/** @param {Out} out */
export function outOfSession(out) {
  const { t, session, run, own } = out;
  // A new session is for the agent's own call or chat only.
  const fresh = own ? [{ text: t('renew'), run: () => run(() => session.renew()) }] : [];
  const back = { text: !own ? t('close') : out.chat ? t('back.chat') : t('back.call'), run: out.close };
  switch (session.phase) {
    case 'none':
      return shown(out, 'screen', t('none.title'), t('none.text'), [
        { text: t('begin'), run: () => session.wish(), primary: true },
      ]);
    case 'failed':
      return shown(out, 'warning', t('failed.title'), problemText(session.problem), [
        { text: t('again'), run: () => run(() => session.open(true)), primary: true },
        back,
      ]);
    case 'left':
      return shown(out, 'leave', t('left.title'), own ? t('left.text', { talk: out.talk }) : goesOn(out), [
        { text: wayBack(out), run: () => run(() => session.comeBack()), primary: true },
        // Who is not in control could end nothing, and a new one would need that.
        ...(session.controls ? fresh : []),
        back,
      ], notesOf(out));
    case 'sent':
      return shown(out, 'check', t('sent.title'), own ? t('sent.text', { talk: out.talk }) : t('sent.text.alone'), [
        { ...back, primary: true },
        ...fresh,
      ]);
    case 'removed':
      return shown(out, 'leave', t('removed.title'), t('removed.text'), [{ ...back, primary: true }]);
    case 'ended':
      return shown(
        out,
        'check',
        t('ended.title'),
        own ? `${reason(out)} ${t('ended.goesOn', { talk: out.talk })}` : reason(out),
        [{ ...back, primary: true }, ...fresh],
        html`${outcome(out)} ${slices(out)} ${notesOf(out)}`,
      );
    default:
      return shown(out, 'gone', t('gone.title'), own ? t('gone.text') : t('gone.assisted'), [
        ...fresh.map((one) => ({ ...one, primary: true })),
        { ...back, primary: !own },
      ]);
  }
}

/**
 * @param {Out} out
 * @returns {string} with whom, for who has assisted
 */
function goesOn({ t, session }) {
  const name = personOf(session.view, session.view?.controller)?.name ?? '';
  return name ? t('left.with', { name }) : '';
}

/** @param {Out} out */
function wayBack({ t, session, now }) {
  const { returnUntil } = session;
  return returnUntil ? t('return.seconds', { count: secondsTo(returnUntil, now) }) : t('return');
}

/** @param {Out} out */
function reason({ t, session }) {
  const texts = {
    BY_AGENT: t('ended.BY_AGENT'),
    PAGE_CLOSED: t('ended.PAGE_CLOSED'),
    GRACE_EXPIRED: t('ended.GRACE_EXPIRED'),
    RENEWED: t('ended.RENEWED'),
    NOBODY_CAME: t('ended.NOBODY_CAME'),
    BY_ADMINISTRATOR: t('ended.BY_ADMINISTRATOR'),
    NO_AGENT: t('ended.NO_AGENT'),
    CUSTOMER_LEFT: t('ended.CUSTOMER_LEFT'),
  };
  // Who has left does not hear of the end any more; it came because they did not return.
  return texts[session.view?.endReason ?? 'BY_AGENT'] ?? '';
}

/**
 * What a note about it would want to know.
 *
 * @param {Out} out
 */
function outcome({ t, session }) {
  const { view, endedAt } = session;
  if (!view) {
    return nothing;
  }
  const names = (/** @type {'AGENT' | 'CUSTOMER'} */ role) =>
    listed([...new Set(view.participants.filter((p) => p.role === role && p.name).map((p) => p.name))], language());
  const from = Date.parse(view.startedAt);
  const rows = [
    [t('number'), numbered(view.number ?? '')],
    [t('ended.time'), endedAt ? times(from, endedAt) : clockTime(from)],
    [t('ended.duration'), endedAt ? duration(Math.max(0, endedAt - from) / 1000) : ''],
    [t('ended.agents'), names('AGENT')],
    [t('ended.customers'), names('CUSTOMER') || t('ended.nobody')],
  ].filter(([, text]) => text);
  return html`<dl class="card outcome">${rows.map(([label, text]) => html`<div><dt>${label}</dt><dd><bdi>${text}</bdi></dd></div>`)}</dl>`;
}

/**
 * Notes and outcome, which can be skipped.
 *
 * @param {Out} out
 */
function notesOf({ session }) {
  return session.view ? staticHtml`<${notes} class="notes" .session=${session.view}></${notes}>` : nothing;
}

/**
 * What slices keep of it.
 *
 * @param {Out} out
 */
function slices({ session: { view }, panels }) {
  return view
    ? repeat(
        panels,
        (panel) => panel.id,
        (panel) => staticHtml`<${host}
          compact
          .panel=${panel}
          heading=${panelTitle(panel, language())}
          .session=${view}
          .me=${meOf(view)}
          side="agent"
        ></${host}>`,
      )
    : nothing;
}

/** @param {number} at */
function clockTime(at) {
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(at);
}

/**
 * @param {number} from
 * @param {number} to
 */
function times(from, to) {
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).formatRange(from, to);
}

/**
 * @param {Out} out
 * @param {string} mark
 * @param {string} title
 * @param {string} text
 * @param {Action[]} actions
 * @param {unknown} [more]
 */
function shown({ session }, mark, title, text, actions, more = nothing) {
  return html`<div class="plain">
    <span class="mark">${icon(mark)}</span>
    <div role="status">
      <h2>${title}</h2>
      <p class="muted">${text}</p>
    </div>
    ${more}
    <div class="actions">
      ${actions.map(
        (a) => html`<button class=${a.primary ? 'primary' : ''} ?disabled=${session.busy} @click=${a.run}>${a.text}</button>`,
      )}
    </div>
  </div>`;
}
