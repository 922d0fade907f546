/** The one {@link MyWork} of this page. */

import { api, live } from 'tandem/kit';
import { MyWork } from './my-work.js';

export const mine = new MyWork({
  ask: () => api.get('/webacd/me'),
  subscribe: (topic, listener) => live.subscribe(topic, listener),
  later: (run, ms) => setTimeout(run, ms),
  cancel: (handle) => clearTimeout(handle),
});
