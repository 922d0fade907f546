/** Where the page of an assistant stands: what its address says, and what it remembers over a reload. Knows no DOM. */

const KEY = 'tandem.assist';

/** A token is 128 bits in base64url; a session number has digits only. */
const TOKEN = /^[\w-]{20,64}$/u;
const NUMBER = /^\d{4,12}$/u;

/**
 * @param {string} path of the page
 * @returns {{number: string, invitation: string}} what it brings along; empty where it does not
 */
export function readPath(path) {
  const [, last = ''] = /^\/assist\/([^/]+)\/?$/u.exec(path) ?? [];
  if (NUMBER.test(last)) {
    return { number: last, invitation: '' };
  }
  return { number: '', invitation: TOKEN.test(last) ? last : '' };
}

/**
 * @param {string} path of this page
 * @returns {string} address of the platform's sign-in, which leads back to it
 */
export function signInAddress(path) {
  return `/desktop?back=${encodeURIComponent(path)}`;
}

/** @returns {string} id of the session that this page shows, also after a reload */
export function rememberedSession() {
  return sessionStorage.getItem(KEY) ?? '';
}

/** @param {string} id of a session; empty for none */
export function rememberSession(id) {
  if (id) {
    sessionStorage.setItem(KEY, id);
  } else {
    sessionStorage.removeItem(KEY);
  }
}
