/** How a line of the panel looks. */

import { html, icon, locale, nothing } from 'tandem/kit';
import { sizeText, timeText } from './meter.js';
import { shown } from './names.js';
import { problemKey } from './problems.js';
import { isBegun, mood, refused, standing, typeKey } from './rows.js';
import { canSaveFolders } from './saving.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('./rows.js').Transfer} Transfer */
/** @typedef {import('./rows.js').SentFile} SentFile */
/** @typedef {import('./queue.js').Entry} Entry */
/** @typedef {import('./desk.js').Desk} Desk */
/** @typedef {(key: string, args?: Record<string, string | number>) => string} Translate */
/** @typedef {{files: SentFile[], folders: string[], next: number, failed: boolean}} Inside */
/**
 * @typedef {object} Scenery
 * @property {Translate} t
 * @property {Desk} desk
 * @property {import('./rows.js').Control} control
 * @property {string} [zone] of times, if not the reader's own
 * @property {(error: unknown) => string} problem a sentence of the kit's
 * @property {Map<string, Inside>} inside what is known of folders that were opened
 * @property {(transfer: Transfer) => void} look into a folder
 * @property {(transfer: Transfer) => void} goOn asks for the file of which a part is there
 */

/** @param {string | null | undefined} name */
export function nameView(name) {
  return html`<bdi class="name" dir="auto">${shown(name)}</bdi>`;
}

/**
 * @param {Row} row
 * @param {Scenery} scenery
 */
export function rowView(row, scenery) {
  const { entry, transfer } = row;
  const kind = transfer?.kind ?? entry?.kind ?? 'FILE';
  const saving = transfer ? scenery.desk.saving.get(transfer.id) : undefined;
  const at = performance.now();
  return html`<li
    class="row-item ${row.asks ? 'asks' : ''} ${isWordy(row, Boolean(saving)) ? 'wordy' : ''}"
    tabindex="-1"
    data-transfer=${transfer?.id ?? nothing}
    data-entry=${entry?.id ?? nothing}
    data-state=${entry?.state ?? transfer?.state ?? nothing}
    data-name=${shown(transfer?.name ?? entry?.name)}
  >
    <span class="kind" aria-hidden="true">${icon(kind === 'FOLDER' ? 'folder' : 'file')}</span>
    <div class="what">
      <div class="title">${nameView(transfer?.name ?? entry?.name)}</div>
      <div class="meta">${metaView(row, scenery)}</div>
      ${entry ? entryView(entry, scenery, at) : transfer ? transferView(transfer, saving, scenery, at) : nothing}
      ${transfer && !entry ? detailsView(transfer, scenery) : nothing}
    </div>
    <div class="acts">${actsView(row, Boolean(saving), scenery)}</div>
  </li>`;
}

/**
 * Whether its buttons are so long that they stand below: beside them no room would be left for what it is.
 *
 * @param {Row} row
 * @param {boolean} saving
 */
function isWordy({ entry, transfer, asks }, saving) {
  if (entry) {
    return entry.state === 'failed';
  }
  return asks || (transfer?.kind === 'FOLDER' && Boolean(transfer.download) && !transfer.mine && !saving);
}

/**
 * @param {Row} row
 * @param {Scenery} scenery
 */
function metaView({ entry, transfer }, { t, zone }) {
  const bytes = transfer?.bytes ?? entry?.bytes ?? 0;
  const count = transfer?.fileCount ?? entry?.parts.length ?? 0;
  const size = transfer?.file && transfer.file.size === null ? '' : sizeText(bytes, locale());
  const folder = (transfer?.kind ?? entry?.kind) === 'FOLDER';
  const type = folder ? t('row.files', { count }) : t(typeKey(transfer?.file?.type ?? entry?.parts[0]?.file.type ?? '', transfer?.name ?? entry?.name ?? ''));
  const from = transfer?.from.name ?? '';
  return html`<span class="number">${size}</span><span>${type}</span>${transfer
      ? html`<span>${transfer.mine ? t('row.mine') : html`${t('row.from')} <bdi dir="auto">${from || t('somebody')}</bdi>`}</span>${timeView(transfer.at, zone)}`
      : nothing}`;
}

/**
 * @param {string} at
 * @param {string | undefined} zone
 */
function timeView(at, zone) {
  const date = new Date(at);
  const whole = new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: zone ? 'long' : 'medium', timeZone: zone }).format(date);
  const short = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(date);
  return html`<time class="number" datetime=${at} title=${whole}>${short}</time>`;
}

/**
 * @param {Entry} entry
 * @param {Scenery} scenery
 * @param {number} at
 */
function entryView(entry, scenery, at) {
  const { t, desk } = scenery;
  const sent = desk.queue.sent(entry);
  if (entry.problem) {
    return html`<p class="status bad">${icon('warning')}<span>${problemView(entry, scenery)}</span></p>`;
  }
  if (entry.state === 'sent') {
    return html`${barView(1, t('row.progress'))}
      <p class="status"><span>${t('state.checking')}</span>${skippedView(entry, t)}</p>`;
  }
  const part = entry.bytes > 0 ? sent / entry.bytes : entry.step === 'complete' ? 1 : 0;
  const percent = percentText(part);
  return html`${barView(part, t('row.progress'))}
    <p class="status">
      <span class="number">${percent}</span>
      ${entry.state === 'sending'
        ? paceView(entry.meter, at, entry.bytes - sent, t)
        : html`<span class=${entry.state === 'stalled' ? 'warn' : ''}>${t(`queue.${entry.state}`)}</span>`}
      ${skippedView(entry, t)}
    </p>`;
}

/**
 * @param {Entry} entry
 * @param {Translate} t
 */
function skippedView(entry, t) {
  return entry.skipped.length > 0
    ? html`<span class="warn">${t('row.skipped', { count: entry.skipped.length, name: shown(entry.skipped[0].path) })}</span>`
    : nothing;
}

/**
 * @param {Entry} entry
 * @param {Scenery} scenery
 */
function problemView(entry, { t, problem }) {
  const found = entry.problem;
  const key = problemKey(found?.code ?? '');
  const limit = found?.code === 'too-many-files' ? entry.limit.toLocaleString(locale()) : entry.limit > 0 ? sizeText(entry.limit, locale()) : '';
  const args = { limit, bytes: entry.limit.toLocaleString(locale()), name: shown(entry.where) };
  const sentence = key ? t(key === 'problem.file-too-large' && !limit ? 'problem.too-large' : key, args) : problem(found);
  return html`${entry.where ? html`${nameView(entry.where)}: ` : nothing}${sentence}`;
}

/**
 * @param {Transfer} transfer
 * @param {import('./desk.js').Saving | undefined} saving
 * @param {Scenery} scenery
 * @param {number} at
 */
function transferView(transfer, saving, { t, desk, control }, at) {
  if (saving) {
    const part = transfer.bytes > 0 ? saving.bytes / transfer.bytes : 0;
    return html`${barView(part, t('row.saving'))}
      <p class="status"><span>${t('row.saving')}</span><span class="number">${percentText(part)}</span>${paceView(saving.meter, at, transfer.bytes - saving.bytes, t)}</p>`;
  }
  const elsewhere = transfer.receiving && desk.elsewhere.has(transfer.file?.id ?? '');
  const key = elsewhere ? 'state.arriving.elsewhere' : standing(transfer, control);
  const moving = transfer.state === 'ARRIVING';
  const part = transfer.bytes > 0 ? Math.min(1, transfer.received / transfer.bytes) : 0;
  const left = transfer.refusedCount > 0 && transfer.state !== 'REFUSED' ? html`<span class="warn">${t('row.refused', { count: transfer.refusedCount })}</span>` : nothing;
  return html`${moving ? barView(part, t('row.progress')) : nothing}
    <p class="status ${mood(transfer)}">
      ${moving ? html`<span class="number">${percentText(part)}</span>` : mood(transfer) === 'good' ? icon('check') : mood(transfer) === 'bad' ? icon('warning') : nothing}
      <span>${t(key)}</span>${left}
    </p>`;
}

/**
 * @param {number} part between 0 and 1
 * @param {string} label
 */
function barView(part, label) {
  return html`<progress max="100" .value=${Math.floor(part * 100)} aria-label=${label}></progress>`;
}

/** @param {number} part */
function percentText(part) {
  return new Intl.NumberFormat(locale(), { style: 'percent' }).format(Math.floor(part * 100) / 100);
}

/**
 * @param {import('./meter.js').Meter} meter
 * @param {number} at
 * @param {number} missing
 * @param {Translate} t
 */
function paceView(meter, at, missing, t) {
  const speed = meter.speed(at);
  if (speed === undefined) {
    return nothing;
  }
  const left = meter.left(at, missing);
  return html`<span class="number">${t('row.speed', { size: sizeText(speed, locale()) })}</span>${left === undefined
      ? nothing
      : html`<span class="number">${t('row.left', { time: timeText(left, locale()) })}</span>`}`;
}

/**
 * @param {Row} row
 * @param {boolean} saving
 * @param {Scenery} scenery
 */
function actsView({ entry, transfer, asks }, saving, { t, desk, goOn }) {
  const name = shown(transfer?.name ?? entry?.name);
  if (entry) {
    return entryActs(entry, name, t, desk);
  }
  if (!transfer) {
    return nothing;
  }
  const busy = desk.busy.has(transfer.id);
  if (saving) {
    return button('close', t('act.cancel'), name, () => desk.stopSaving(transfer.id), { quiet: true });
  }
  if (asks) {
    return html`<button class="primary small" aria-disabled=${busy ? 'true' : 'false'} @click=${() => accept(desk, transfer)}>${t('act.accept')}<span class="sr">${name}</span></button>
      <button class="small" aria-disabled=${busy ? 'true' : 'false'} @click=${() => desk.answer(transfer.id, 'decline')}>${t('act.decline')}<span class="sr">${name}</span></button>`;
  }
  if (transfer.state === 'ARRIVING' && transfer.forMe) {
    return button('close', t('act.decline'), name, () => desk.answer(transfer.id, 'decline'), { quiet: true, busy });
  }
  if (transfer.mine && (transfer.state === 'ARRIVING' || transfer.state === 'OFFERED')) {
    return html`${isBegun(transfer, []) && !transfer.receiving ? button('play', t('act.resume'), name, () => goOn(transfer), { quiet: true, busy }) : nothing}
      ${button('close', t('act.cancel'), name, () => desk.answer(transfer.id, 'cancel'), { quiet: true, busy })}`;
  }
  // Who has sent it has it.
  return transfer.download && !transfer.mine ? saveActs(transfer, name, t, desk, busy) : nothing;
}

/**
 * Whoever accepts a file wants to have it: it is saved at once.
 *
 * @param {Desk} desk
 * @param {Transfer} transfer
 */
async function accept(desk, transfer) {
  const done = await desk.answer(transfer.id, 'agree');
  if (done && transfer.kind === 'FILE' && transfer.file) {
    await desk.save({ ...transfer, download: transfer.download ?? `/api/files/${transfer.file.id}` });
  }
}

/**
 * @param {Transfer} transfer
 * @param {string} name
 * @param {Translate} t
 * @param {Desk} desk
 * @param {boolean} busy
 */
function saveActs(transfer, name, t, desk, busy) {
  if (transfer.kind === 'FILE') {
    return html`<button class="small" aria-disabled=${busy ? 'true' : 'false'} @click=${() => desk.save(transfer)}>${icon('download')}${t('act.save')}<span class="sr">${name}</span></button>`;
  }
  return html`${canSaveFolders()
      ? html`<button class="small" aria-disabled=${busy ? 'true' : 'false'} @click=${() => desk.saveInto(transfer)}>${icon('folder')}${t('act.save.folder')}<span class="sr">${name}</span></button>`
      : nothing}
    <button class="small" aria-disabled=${busy ? 'true' : 'false'} @click=${() => desk.save(transfer)}>${icon('download')}${t('act.save.zip')}<span class="sr">${name}</span></button>`;
}

/**
 * @param {Entry} entry
 * @param {string} name
 * @param {Translate} t
 * @param {Desk} desk
 */
function entryActs(entry, name, t, desk) {
  const drop = () => desk.queue.drop(entry.id);
  const cancel = () => desk.cancel(entry.id);
  switch (entry.state) {
    case 'refused':
      return button('close', t('act.remove'), name, drop, { quiet: true });
    case 'failed':
      return html`${button('renew', t('act.retry'), name, () => desk.queue.resume(entry.id), { words: true })}
        ${button('close', t('act.remove'), name, cancel, { quiet: true })}`;
    case 'paused':
      return html`${button('play', t('act.resume'), name, () => desk.queue.resume(entry.id), { quiet: true })}
        ${button('close', t('act.cancel'), name, cancel, { quiet: true })}`;
    case 'sent':
      return nothing;
    default:
      return html`${button('pause', t('act.pause'), name, () => desk.queue.pause(entry.id), { quiet: true })}
        ${button('close', t('act.cancel'), name, cancel, { quiet: true })}`;
  }
}

/**
 * @param {string} picture
 * @param {string} label
 * @param {string} name of what it is done with
 * @param {() => void} click
 * @param {{quiet?: boolean, words?: boolean, busy?: boolean}} [look]
 */
function button(picture, label, name, click, { quiet = false, words = false, busy = false } = {}) {
  return html`<button
    type="button"
    class="small ${quiet ? 'quiet' : ''} ${words ? '' : 'icon'}"
    title=${words ? nothing : label}
    aria-label=${`${label} ${name}`}
    aria-disabled=${busy ? 'true' : 'false'}
    @click=${() => !busy && click()}
  >
    ${icon(picture)}${words ? html`<span>${label}</span>` : nothing}
  </button>`;
}

/**
 * Who, when, what exactly, and by what it can be compared; of a folder each file.
 *
 * @param {Transfer} transfer
 * @param {Scenery} scenery
 */
function detailsView(transfer, scenery) {
  const { t, inside, look } = scenery;
  const one = transfer.file;
  if (one && !one.sha256 && !one.reason && !transfer.answeredAt) {
    return nothing;
  }
  return html`<details @toggle=${(/** @type {Event} */ event) => transfer.kind === 'FOLDER' && /** @type {HTMLDetailsElement} */ (event.target).open && look(transfer)}>
    <summary>${t('row.details')}</summary>
    <dl>
      ${transfer.answeredAt ? term(t('details.answered'), momentText(transfer.answeredAt, scenery.zone)) : nothing}
      ${transfer.endedAt ? term(t('details.ended'), momentText(transfer.endedAt, scenery.zone)) : nothing}
      ${one ? fileTerms(one, t) : nothing}
    </dl>
    ${one ? nothing : insideView(transfer, inside.get(transfer.id), scenery)}
  </details>`;
}

/**
 * @param {string} at
 * @param {string | undefined} zone
 */
function momentText(at, zone) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'medium', timeZone: zone }).format(new Date(at));
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function term(name, value) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/**
 * @param {SentFile} file
 * @param {Translate} t
 */
function fileTerms(file, t) {
  return html`${file.type ? term(t('details.type'), file.type) : nothing}
  ${typeof file.size === 'number' ? term(t('details.size'), t('details.bytes', { count: file.size, number: file.size.toLocaleString(locale()) })) : nothing}
  ${file.sha256
    ? term(
        t('details.sum'),
        html`<span class="sum"><code>${file.sha256}</code><tandem-copy quiet .value=${file.sha256} label=${t('details.sum')}></tandem-copy></span>`,
      )
    : nothing}`;
}

/**
 * @param {Transfer} transfer
 * @param {Inside | undefined} inside
 * @param {Scenery} scenery
 */
function insideView(transfer, inside, { t, look }) {
  if (!inside) {
    return html`<tandem-skeleton></tandem-skeleton>`;
  }
  return html`<ul class="inside" tabindex="0" aria-label=${shown(transfer.name)}>
      ${inside.files.map(
        (file) => html`<li>
          <div>${nameView(file.path ?? file.name)} <span class="muted number">${typeof file.size === 'number' ? sizeText(file.size, locale()) : ''}</span></div>
          ${file.state === 'REFUSED' ? html`<div class="warn">${t(refused(file.reason))}</div>` : nothing}
          ${file.sha256 ? html`<span class="sum"><code>${file.sha256}</code><tandem-copy quiet .value=${file.sha256} label=${t('details.sum')}></tandem-copy></span>` : nothing}
        </li>`,
      )}
      ${inside.folders.map((folder) => html`<li>${nameView(`${folder}/`)} <span class="muted">${t('details.empty')}</span></li>`)}
    </ul>
    ${inside.failed ? html`<p class="status bad">${t('details.failed')}</p>` : nothing}
    ${inside.next || inside.failed ? html`<button class="small" @click=${() => look(transfer)}>${inside.failed ? t('act.retry') : t('details.more')}</button>` : nothing}`;
}
