/** Ids made in the page. */

/** @returns {string} a random UUID; also where `crypto.randomUUID` is missing because the page came over plain HTTP */
export function uuid() {
  if (typeof crypto.randomUUID === 'function') {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const KEY = 'tandem.page';
let own = '';

/**
 * The id of this page: the same after a reload, another one in every other tab. A duplicated tab copies sessionStorage;
 * it finds the name locked by its twin and takes a new one.
 *
 * @returns {string}
 */
export function pageId() {
  if (!own) {
    own = sessionStorage.getItem(KEY) ?? uuid();
    sessionStorage.setItem(KEY, own);
  }
  return own;
}

/**
 * To be awaited once before the id is told to the server.
 *
 * @returns {Promise<string>} the id, not shared with any other living page
 */
export function settledPageId() {
  settled ??= settle();
  return settled;
}

/** @type {Promise<string> | undefined} */
let settled;

/**
 * Makes this page a part of another one: a window that a tab has opened and that goes with it. To the server they are one page,
 * so what happens when the tab is closed happens although the window is still there. To be called before the page subscribes.
 *
 * @param {string} page the other page's id
 */
export function becomePartOf(page) {
  own = page;
  settled = Promise.resolve(page);
}

/** @returns {Promise<string>} */
async function settle() {
  const mine = pageId();
  if (!navigator.locks) {
    return mine;
  }
  if (await hold(mine)) {
    return mine;
  }
  // A reload may be faster than the release of the old document's lock: wait a moment before believing in a twin.
  await new Promise((resolve) => setTimeout(resolve, 300));
  if (await hold(mine)) {
    return mine;
  }
  own = uuid();
  sessionStorage.setItem(KEY, own);
  await hold(own);
  return own;
}

/**
 * @param {string} id
 * @returns {Promise<boolean>} whether the id is ours until the page goes
 */
function hold(id) {
  return new Promise((resolve) => {
    navigator.locks
      .request(`tandem.page.${id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock ? new Promise(() => {}) : undefined;
      })
      .catch(() => resolve(true));
  });
}
