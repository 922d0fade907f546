/** How what was received comes to the receiver's disk. */

import { ProblemError, api } from 'tandem/kit';
import { credentials } from './line.js';
import { harmless, steps } from './names.js';
import { write } from './writing.js';

/** @typedef {import('./rows.js').Transfer} Transfer */

/** @returns {boolean} whether the browser can write into a folder that its user chooses */
export function canSaveFolders() {
  return typeof (/** @type {any} */ (window).showDirectoryPicker) === 'function';
}

/**
 * Lets the browser save it as it saves all it downloads. A customer has no cookie: a ticket stands for the token.
 *
 * @param {string} path of the file, or of a folder's zip
 */
export async function download(path) {
  const url = api.token ? (await api.post('/tickets', { for: 'download', path })).url : path;
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.rel = 'noopener';
  document.body.append(link);
  link.click();
  link.remove();
}

/**
 * Writes a folder's files and empty folders into a folder of their own, which is new.
 *
 * @param {any} place handle of a directory, for writing
 * @param {string} session
 * @param {Transfer} transfer
 * @param {{moved: (bytes: number) => void, signal: AbortSignal}} options
 */
export async function saveFolder(place, session, transfer, { moved, signal }) {
  const root = await freshFolder(place, harmless(transfer.name || 'files'));
  const taken = new Set();
  let written = 0;
  for (let after = 0; ; ) {
    const page = await api.get(`/filetransfer/${session}/transfers/${transfer.id}/files?after=${after}`, { signal });
    for (const folder of page.folders ?? []) {
      await folderOf(root, steps(folder));
    }
    for (const file of page.files) {
      signal.throwIfAborted();
      if (file.state !== 'READY') {
        continue;
      }
      const way = steps(file.path ?? file.name);
      const name = way.pop() ?? harmless(file.name ?? '');
      const directory = await folderOf(root, way);
      const handle = await directory.getFileHandle(freeName(taken, way.join('/'), name), { create: true });
      const before = written;
      await write(handle, sourceOf(file, signal), signal, (bytes) => moved(before + bytes));
      written += file.size ?? 0;
    }
    if (!page.next) {
      break;
    }
    after = page.next;
  }
  await api.post(`/filetransfer/${session}/transfers/${transfer.id}/delivered`);
}

/**
 * What is there already is not overwritten.
 *
 * @param {any} place
 * @param {string} name
 */
async function freshFolder(place, name) {
  for (let count = 1; ; count++) {
    const wanted = count === 1 ? name : `${name} (${count})`;
    const there = await place.getDirectoryHandle(wanted).then(
      () => true,
      (/** @type {any} */ error) => error?.name === 'TypeMismatchError',
    );
    if (!there) {
      return place.getDirectoryHandle(wanted, { create: true });
    }
  }
}

/**
 * @param {any} root
 * @param {string[]} way
 */
async function folderOf(root, way) {
  let at = root;
  for (const step of way) {
    at = await at.getDirectoryHandle(step, { create: true });
  }
  return at;
}

/**
 * Two names may have become one, or differ only in capitals or in how letters are composed.
 *
 * @param {Set<string>} taken
 * @param {string} way
 * @param {string} name
 */
function freeName(taken, way, name) {
  const dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length;
  for (let count = 1; ; count++) {
    const wanted = count === 1 ? name : `${name.slice(0, dot)} (${count})${name.slice(dot)}`;
    const key = `${way}/${wanted}`.normalize().toLowerCase();
    if (!taken.has(key)) {
      taken.add(key);
      return wanted;
    }
  }
}

/**
 * @param {import('./rows.js').SentFile} file
 * @param {AbortSignal} signal
 * @returns {import('./writing.js').Source}
 */
function sourceOf(file, signal) {
  return {
    size: file.size ?? -1,
    ask: (headers) => fetch(`/api/files/${file.id}`, { headers: { ...credentials(), ...headers }, signal, credentials: 'same-origin' }),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    problem: (problem) => new ProblemError(problem),
  };
}
