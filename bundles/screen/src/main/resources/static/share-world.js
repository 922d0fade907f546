// What a share needs of this browser and of the server.

import { api, openMedia, pageId } from 'tandem/kit';
import { CAPTURE, canShare } from './capture.js';
import { ScreenSender } from './sender.js';
import { LINE_SILENCE } from './wire.js';

/** @type {import('./sharing.js').ShareWorld} */
export const shareWorld = {
  can: canShare,
  choose: () => navigator.mediaDevices.getDisplayMedia(CAPTURE),
  start: (session) => api.post(`/screen/${session}/start`),
  stop: (session) => api.post(`/screen/${session}/stop`),
  send: (session, track, hooks) =>
    new ScreenSender(track, {
      ...hooks,
      open: (/** @type {object} */ handlers) =>
        openMedia({ .../** @type {any} */ (handlers), session, channel: 'screen', role: 'sender', silence: LINE_SILENCE }),
    }),
  page: pageId,
  memory: sessionStorage,
  now: () => Date.now(),
};
