/** Who controls, who is helped, and what ends when that changes. Knows no DOM. */

import { personOf, presentOf } from '../parts/views.js';

/** @typedef {import('../parts/views.js').SessionView} SessionView */
/**
 * sent: the session was handed over, and waits for an agent; came: control came to this agent; went: it went from this agent; moved: it went from one colleague to another; helped: another
 * customer is being helped.
 *
 * @typedef {object} Change
 * @property {'sent' | 'came' | 'went' | 'moved' | 'helped'} kind
 * @property {string} name who has handed it over, who has control now, who has passed it on (came), who is helped now
 * @property {string[]} ended names of the activities that ended by it
 */

/** The epoch in which a session begins. In it the chat is open without having been started, as in that of who takes one over. */
const FIRST = 1;

/**
 * @param {SessionView} view
 * @returns {boolean} whether messages can be written
 */
export function chatOpen(view) {
  return view.state === 'TRANSFERRING' || view.epoch <= (view.firstEpoch ?? FIRST) || view.activities.some((a) => a.name === 'chat');
}

/**
 * What a new view says of control that the one before did not.
 *
 * @param {SessionView | undefined} before
 * @param {SessionView} after
 * @returns {Change | undefined}
 */
export function changeOf(before, after) {
  if (!before || before.id !== after.id || after.state === 'ENDED') {
    return undefined;
  }
  if (after.state === 'TRANSFERRING' && before.state !== 'TRANSFERRING') {
    const ended = before.activities.map((a) => a.name).filter((name) => name !== 'chat');
    return { kind: 'sent', name: personOf(after, before.controller)?.name ?? '', ended };
  }
  if (after.epoch > before.epoch && after.controller) {
    const ended = new Set(before.activities.filter((a) => a.scope !== 'SESSION').map((a) => a.name));
    if (chatOpen(before) && !chatOpen(after)) {
      ended.add('chat');
    }
    const kind = after.controller === after.me ? 'came' : before.controller === after.me ? 'went' : 'moved';
    const who = kind === 'came' ? before.controller : after.controller;
    return { kind, name: personOf(after, who)?.name ?? '', ended: [...ended].filter((name) => !runs(after, name)) };
  }
  if (before.assisted && after.assisted && after.assisted !== before.assisted) {
    return {
      kind: 'helped',
      name: personOf(after, after.assisted)?.name ?? '',
      ended: before.activities.filter((a) => a.scope === 'CUSTOMER' && !runs(after, a.name)).map((a) => a.name),
    };
  }
  return undefined;
}

/**
 * @param {SessionView | undefined} view
 * @param {(key: string) => string} t
 * @returns {string} why the session cannot be handed over now by who is in control, or empty
 */
export function transferReason(view, t) {
  return presentOf(view, 'CUSTOMER').length > 0 ? '' : t('transfer.nobody');
}

/**
 * @param {SessionView} view
 * @param {string} name
 */
function runs(view, name) {
  return view.activities.some((a) => a.name === name);
}

/**
 * @param {(key: string, args?: Record<string, string | number>) => string} t
 * @param {string} name of an activity
 * @param {readonly import('../parts/panels.js').PanelInfo[]} panels
 * @param {string} language
 * @returns {string} what people call it; a slice that this page does not know is called like its panel
 */
export function activityTitle(t, name, panels, language) {
  const known = {
    screen: t('activity.screen'),
    chat: t('activity.chat'),
    call: t('activity.call'),
    recording: t('activity.recording'),
    'system-information': t('activity.information'),
    files: t('activity.files'),
    clipboard: t('activity.clipboard'),
  }[name];
  const panel = panels.find((p) => p.id === name);
  return known ?? panel?.titles[language] ?? panel?.titles.en ?? name;
}
