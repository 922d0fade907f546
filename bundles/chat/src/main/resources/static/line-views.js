/** How the lines of a conversation look. */

import { html, locale, repeat } from 'tandem/kit';
import { tokens } from './links.js';

/** @typedef {import('./conversation.js').Message} Message */
/** @typedef {import('./conversation.js').Line} Line */
/** @typedef {(key: string, args?: Record<string, string | number>) => string} Translate */

/**
 * @param {Line} line
 * @param {Translate} t
 * @param {string} [zone] of the times; the reader's own if it is not said
 */
export function lineView(line, t, zone) {
  switch (line.type) {
    case 'day':
      return html`<div class="day"><time datetime=${line.at.toISOString()}>${day(line.at, zone)}</time></div>`;
    case 'notice':
      return html`<div class="notice"><span dir="auto">${notice(line.message, t)}</span> ${time(line.at, zone)}</div>`;
    default:
      return html`<div class="run ${line.own ? 'own' : 'other'}">
        <div class="by">
          <span class="name" dir="auto">${line.own ? t('you') : line.name || t('somebody')}</span>
          ${time(line.at, zone)}
        </div>
        ${repeat(
          line.messages,
          (message) => message.number,
          (message) => (message.erased && !message.text ? gone(t) : bubble(message.text)),
        )}
      </div>`;
  }
}

/**
 * A text: addresses are links, everything else is just text.
 *
 * @param {string} text
 */
export function bubble(text) {
  const pieces = tokens(text).map((piece) =>
    piece.href ? html`<a href=${piece.href} target="_blank" rel="noopener noreferrer">${piece.text}</a>` : piece.text,
  );
  return html`<p class="bubble" dir="auto">${pieces}</p>`;
}

/** @param {Translate} t */
function gone(t) {
  return html`<p class="bubble erased">${t('erased')}</p>`;
}

/**
 * @param {Message} message
 * @param {Translate} t
 */
function notice(message, t) {
  const name = message.notice?.name || t('somebody');
  const sent = /^(file|folder)\/([0-9a-f-]{36})$/u.exec(message.notice?.code ?? '');
  if (sent && message.text) {
    // Whoever has files shows this one; without them the name is just a name.
    const detail = { what: sent[1], id: sent[2] };
    const open = () => window.dispatchEvent(new CustomEvent('tandem-open', { detail }));
    return html`${sent[1] === 'file' ? t('notice.file', { name }) : t('notice.folder', { name })}
      <button type="button" class="link" @click=${open}><bdi>${message.text}</bdi></button>`;
  }
  switch (message.notice?.code) {
    case 'joined':
      return t('notice.joined', { name });
    case 'left':
      return t('notice.left', { name });
    case 'screen-started':
      return t('notice.screen-started', { name });
    case 'screen-stopped':
      return t('notice.screen-stopped');
    case 'control-passed':
      return t('notice.control-passed', { name });
    case 'handed-over':
      return t('notice.handed-over', { name });
    case 'taken':
      return t('notice.taken', { name });
    case 'chat-started':
      return t('notice.chat-started', { name });
    case 'chat-stopped':
      return t('notice.chat-stopped');
    case 'recording-started':
      return t('notice.recording-started', { name });
    case 'recording-stopped':
      return t('notice.recording-stopped');
    case 'call-started':
      return t('notice.call-started', { name });
    case 'call-stopped':
      return t('notice.call-stopped');
    case 'ended':
      return t('notice.ended');
    default:
      return message.erased ? t('erased') : message.text;
  }
}

/**
 * @param {Date} at
 * @param {string | undefined} zone
 */
function time(at, zone) {
  const whole = new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: zone ? 'long' : 'medium', timeZone: zone }).format(at);
  const short = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at);
  return html`<time datetime=${at.toISOString()} title=${whole}>${short}</time>`;
}

/**
 * @param {Date} at
 * @param {string | undefined} zone
 */
function day(at, zone) {
  return new Intl.DateTimeFormat(locale(), { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone }).format(at);
}
