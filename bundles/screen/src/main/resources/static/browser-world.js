// What tab and window need of the browser to find each other, see popout.js.

/** @type {import('./popout.js').World} */
export const browserWorld = {
  channel(name) {
    const channel = new BroadcastChannel(name);
    const made = {
      /** @param {any} _message */
      heard: (_message) => {},
      post: (/** @type {object} */ message) => channel.postMessage(message),
      close: () => channel.close(),
    };
    channel.onmessage = (event) => made.heard(event.data);
    return made;
  },

  lock(name, mode, signal) {
    return new Promise((resolve, reject) => {
      // Without locks, on a page that is not secure, there is no picture to show either.
      navigator.locks?.request(name, { mode, signal }, () => new Promise((release) => resolve(() => release(undefined)))).catch(reject);
    });
  },

  later: (run, ms) => setTimeout(run, ms),
  cancel: (handle) => clearTimeout(handle),
};
