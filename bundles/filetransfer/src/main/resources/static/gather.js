/** What people choose, drop or paste, as files and folders with their trees. Knows the DOM's files, no elements. */

/**
 * @typedef {object} Chosen
 * @property {'FILE' | 'FOLDER'} kind
 * @property {string} name
 * @property {{path: string, file: File}[]} files `path` begins below the folder; for a file it is its name
 * @property {string[]} folders empty ones, below the folder
 */

/**
 * @param {Iterable<File>} files
 * @returns {Chosen[]}
 */
export function single(files) {
  return [...files].map((file) => ({ kind: /** @type {const} */ ('FILE'), name: file.name, files: [{ path: file.name, file }], folders: [] }));
}

/**
 * What an input for folders gives: every file with its way from the folder's name on. It tells of no empty folders.
 *
 * @param {Iterable<File>} files
 * @returns {Chosen[]}
 */
export function fromInput(files) {
  /** @type {Map<string, Chosen>} */
  const folders = new Map();
  /** @type {Chosen[]} */
  const loose = [];
  for (const file of files) {
    const way = file.webkitRelativePath;
    const at = way.indexOf('/');
    if (at < 1) {
      loose.push(...single([file]));
      continue;
    }
    const name = way.slice(0, at);
    const folder = folders.get(name) ?? { kind: 'FOLDER', name, files: [], folders: [] };
    folder.files.push({ path: way.slice(at + 1), file });
    folders.set(name, folder);
  }
  return [...[...folders.values()].map(ordered), ...loose];
}

/**
 * What is dropped. The list of a drop is empty as soon as its event is over: what is to be read is taken out before anything else.
 *
 * @param {DataTransfer} data
 * @returns {Promise<Chosen[]>}
 */
export async function dropped(data) {
  const items = [...data.items].filter((item) => item.kind === 'file');
  const entries = items.map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
  if (entries.length === 0) {
    return single(data.files);
  }
  const found = await Promise.all(
    entries.map(async ({ entry, file }) => {
      if (entry?.isDirectory) {
        return [await tree(/** @type {FileSystemDirectoryEntry} */ (entry))];
      }
      return file ? single([file]) : [];
    }),
  );
  return found.flat();
}

/**
 * @param {FileSystemDirectoryEntry} root
 * @returns {Promise<Chosen>}
 */
async function tree(root) {
  /** @type {Chosen} */
  const folder = { kind: 'FOLDER', name: root.name, files: [], folders: [] };
  /** @type {{entry: FileSystemDirectoryEntry, path: string}[]} */
  const todo = [{ entry: root, path: '' }];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const inside = await entriesOf(next.entry);
    for (const one of inside) {
      const path = next.path ? `${next.path}/${one.name}` : one.name;
      if (one.isDirectory) {
        todo.push({ entry: /** @type {FileSystemDirectoryEntry} */ (one), path });
      } else {
        folder.files.push({ path, file: await fileOf(/** @type {FileSystemFileEntry} */ (one)) });
      }
    }
    if (inside.length === 0 && next.path) {
      folder.folders.push(next.path);
    }
  }
  return ordered(folder);
}

/**
 * A reader gives a hundred at a time, until it gives none.
 *
 * @param {FileSystemDirectoryEntry} directory
 * @returns {Promise<FileSystemEntry[]>}
 */
async function entriesOf(directory) {
  const reader = directory.createReader();
  /** @type {FileSystemEntry[]} */
  const all = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) {
      return all;
    }
    all.push(...some);
  }
}

/**
 * @param {FileSystemFileEntry} entry
 * @returns {Promise<File>}
 */
function fileOf(entry) {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/**
 * What a folder has in it that somebody chose where the browser knows about folders.
 *
 * @param {any} root a handle of a directory
 * @returns {Promise<Chosen>}
 */
export async function fromHandle(root) {
  /** @type {Chosen} */
  const folder = { kind: 'FOLDER', name: root.name, files: [], folders: [] };
  const todo = [{ handle: root, path: '' }];
  for (let next = todo.pop(); next; next = todo.pop()) {
    let count = 0;
    for await (const one of next.handle.values()) {
      count++;
      const path = next.path ? `${next.path}/${one.name}` : one.name;
      if (one.kind === 'directory') {
        todo.push({ handle: one, path });
      } else {
        folder.files.push({ path, file: await one.getFile() });
      }
    }
    if (count === 0 && next.path) {
      folder.folders.push(next.path);
    }
  }
  return ordered(folder);
}

/** As people count: 2 before 10. */
export const ORDER = new Intl.Collator(undefined, { numeric: true });

/** @param {Chosen} folder */
function ordered(folder) {
  folder.files.sort((a, b) => ORDER.compare(a.path, b.path));
  folder.folders.sort(ORDER.compare);
  return folder;
}

/**
 * Pictures of a clipboard. One that was copied from a page or the screen has no name of its own.
 *
 * @param {DataTransfer | null} data
 * @param {string} called what such a picture is called, without the ending
 * @returns {Chosen[]}
 */
export function pasted(data, called) {
  const files = [...(data?.files ?? [])];
  return single(
    files.map((file) => {
      const nameless = /^image\.(png|jpe?g|gif|webp|bmp|tiff?)$/i.exec(file.name);
      return nameless ? new File([file], `${called}.${nameless[1].toLowerCase()}`, { type: file.type, lastModified: file.lastModified }) : file;
    }),
  );
}
