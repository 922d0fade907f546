/** Stands in for the kit: calls are answered by what a test puts here. */

export { ProblemError } from '../../main/resources/static/kit/api.js';

export const calls = [];
/** @type {(method: string, path: string, body: any) => any} */
let answer = () => null;
export const answering = (how) => {
  answer = how;
};

const call = (method) => async (path, body) => {
  calls.push([method, path, body]);
  return answer(method, path, body);
};

export const api = { token: '', now: () => Date.now(), get: call('GET'), post: call('POST'), put: call('PUT'), delete: call('DELETE') };

/** @type {Map<string, any>} */
export const topics = new Map();
export const live = {
  status: 'connected',
  /** @type {Set<() => void>} */
  listeners: new Set(),
  addEventListener(_type, listener) {
    this.listeners.add(listener);
  },
  turn(status) {
    this.status = status;
    this.listeners.forEach((listener) => listener());
  },
  renew() {},
  subscribe(topic, listener) {
    topics.set(topic, listener);
    return () => topics.delete(topic);
  },
};

export const server = { ready: true };
export const serverReady = async () => server.ready;

export const pageId = () => '00000000-0000-4000-8000-000000000001';
