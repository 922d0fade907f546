/** How this page reaches the server with files: XMLHttpRequest, since only that tells how much of a body has left. */

import { api, language, live, uuid } from 'tandem/kit';

/** @typedef {import('./tus.js').Answer} Answer */
/** @typedef {import('./tus.js').Request} Request */

/** Nothing has moved for so long, in milliseconds: the line is dead, though nobody has said so. */
const STILL = 45_000;

/** @returns {Record<string, string>} */
export function credentials() {
  return api.token ? { Authorization: `Bearer ${api.token}` } : {};
}

/**
 * @param {Request} request
 * @returns {Promise<Answer>}
 */
function send({ method, url, headers, body, progress, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let watch;
    const still = () => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), STILL);
    };
    const stop = () => request.abort();
    const over = () => {
      clearTimeout(watch);
      signal.removeEventListener('abort', stop);
      if (signal.aborted) {
        reject(signal.reason);
      } else {
        const heard = request.status > 0;
        resolve({
          status: request.status,
          header: (name) => (heard ? request.getResponseHeader(name) : null),
          text: heard ? request.responseText : '',
        });
      }
    };
    request.open(method, url);
    for (const [name, value] of Object.entries({ 'Accept-Language': language(), ...headers, ...credentials() })) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => {
      still();
      progress?.(event.loaded);
    };
    request.onloadend = over;
    signal.addEventListener('abort', stop);
    still();
    request.send(body ?? null);
  });
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const connected = () => live.status === 'connected' && done();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      window.removeEventListener('online', done);
      live.removeEventListener('status', connected);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    window.addEventListener('online', done);
    live.addEventListener('status', connected);
  });
}

/**
 * @param {string} session
 * @returns {import('./tus.js').TusWorld}
 */
export function lineOf(session) {
  return {
    send,
    pause,
    alive: async () => {
      try {
        await api.get(`/filetransfer/${session}/transfers`, { retry: false });
        return true;
      } catch (error) {
        const status = /** @type {any} */ (error)?.status;
        return status === 401 || status === 403 || status === 410;
      }
    },
    now: () => performance.now(),
    random: Math.random,
    uuid,
  };
}
