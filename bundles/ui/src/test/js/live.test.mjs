import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './setup.mjs';

const { LiveClient } = await load('kit/live.js');
const { ProblemError } = await load('kit/api.js');

/** A world whose sockets and timers are driven by the test. */
function world({ ticket = async () => ({ ticket: 't', url: '/live' }), ready = async () => true } = {}) {
  const w = {
    sockets: [],
    timers: new Map(),
    next: 1,
    ticket,
    page: async () => 'page',
    ready,
    open() {
      const socket = { sent: [], closed: undefined, send: (m) => socket.sent.push(JSON.parse(m)), close: (c) => (socket.closed = c ?? 0) };
      w.sockets.push(socket);
      return socket;
    },
    later(run, ms) {
      w.timers.set(w.next, { run, ms });
      return w.next++;
    },
    cancel: (handle) => w.timers.delete(handle),
    random: () => 0.4,
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    fire(where) {
      for (const [handle, timer] of [...w.timers]) {
        if (where(timer)) {
          w.timers.delete(handle);
          timer.run();
        }
      }
    },
    get socket() {
      return w.sockets.at(-1);
    },
    say: (message) => w.socket.onmessage({ data: JSON.stringify(message) }),
    async welcome() {
      await w.settle();
      w.socket.onopen();
      w.say({ op: 'welcome' });
    },
  };
  return w;
}

const reconnects = (timer) => ![5000, 8000, 10_000, 20_000].includes(timer.ms);
const subscribes = (socket) => socket.sent.filter((m) => m.op === 'subscribe');

test('says hello with ticket and page, then subscribes after the number that the caller has', async () => {
  const w = world();
  const live = new LiveClient(w);
  live.subscribe('chat/1', { after: 7 });
  await w.welcome();
  assert.deepEqual(w.socket.sent[0], { op: 'hello', ticket: 't', page: 'page' });
  assert.deepEqual(subscribes(w.socket), [{ op: 'subscribe', topic: 'chat/1', after: 7 }]);
  assert.equal(live.status, 'connected');
});

test('after a lost socket it goes on behind the last number, and every message comes once', async () => {
  const w = world();
  const live = new LiveClient(w);
  const seen = [];
  live.subscribe('chat/1', { message: (m) => seen.push(m.number) });
  await w.welcome();
  w.say({ topic: 'chat/1', number: 1, type: 'chat.message', body: {} });
  w.say({ topic: 'chat/1', number: 2, type: 'chat.message', body: {} });
  w.socket.onclose({ code: 1006 });
  assert.equal(live.status, 'connecting', 'a single hiccup is not told as offline');
  w.fire(reconnects);
  await w.welcome();
  assert.deepEqual(subscribes(w.socket), [{ op: 'subscribe', topic: 'chat/1', after: 2 }]);
  w.say({ topic: 'chat/1', number: 3, type: 'chat.message', body: {} });
  assert.deepEqual(seen, [1, 2, 3]);
});

test('waits longer from failure to failure, tells offline at the second one, and forgets it all once connected', async () => {
  const w = world();
  const live = new LiveClient(w);
  live.subscribe('chat/1', {});
  const waits = [];
  for (let i = 0; i < 8; i++) {
    await w.settle();
    w.socket.onclose({ code: 1006 });
    waits.push([...w.timers.values()].filter(reconnects).at(-1).ms);
    w.fire(reconnects);
  }
  assert.equal(live.status, 'offline');
  assert.deepEqual(waits, [225, 450, 900, 1800, 3600, 7200, 13_500, 13_500]);
  await w.welcome();
  assert.equal(live.status, 'connected');
  w.socket.onclose({ code: 1001 });
  assert.equal([...w.timers.values()].filter(reconnects).at(-1).ms, 225);
});

test('a newcomer to a topic gets what it lacks, and the others do not get it again', async () => {
  const w = world();
  const live = new LiveClient(w);
  const first = [];
  const second = [];
  live.subscribe('chat/1', { message: (m) => first.push(m.number) });
  await w.welcome();
  w.say({ topic: 'chat/1', number: 1, type: 'x', body: {} });
  live.subscribe('chat/1', { message: (m) => second.push(m.number) });
  assert.deepEqual(subscribes(w.socket).at(-1), { op: 'subscribe', topic: 'chat/1', after: 0 });
  w.say({ topic: 'chat/1', number: 1, type: 'x', body: {} });
  w.say({ topic: 'chat/1', number: 2, type: 'x', body: {} });
  assert.deepEqual(first, [1, 2]);
  assert.deepEqual(second, [1, 2]);
});

test('the last subscriber to go unsubscribes; the socket closes when nothing is left for a while', async () => {
  const w = world();
  const live = new LiveClient(w);
  const stopOne = live.subscribe('chat/1', {});
  const stopTwo = live.subscribe('chat/1', {});
  await w.welcome();
  stopOne();
  assert.equal(w.socket.sent.filter((m) => m.op === 'unsubscribe').length, 0);
  stopTwo();
  stopTwo();
  assert.deepEqual(w.socket.sent.filter((m) => m.op === 'unsubscribe'), [{ op: 'unsubscribe', topic: 'chat/1' }]);
  w.fire((timer) => timer.ms === 5000);
  assert.equal(w.socket.closed, 1000);
});

test('a topic whose slice goes away and comes back tells so, and stays subscribed', async () => {
  const w = world();
  const live = new LiveClient(w);
  const states = [];
  live.subscribe('chat/1', { state: (s) => states.push(s) });
  await w.welcome();
  w.say({ op: 'away', topic: 'chat/1' });
  w.say({ op: 'back', topic: 'chat/1' });
  assert.deepEqual(states, ['away', 'live']);
});

test('gone ends one topic with its problem and leaves the others alone', async () => {
  const w = world();
  const live = new LiveClient(w);
  const gone = [];
  const seen = [];
  live.subscribe('session/1', { gone: (p) => gone.push(p.code) });
  live.subscribe('chat/1', { message: (m) => seen.push(m.number) });
  await w.welcome();
  w.say({ op: 'gone', topic: 'session/1', problem: { status: 404, code: 'unknown', detail: '' } });
  w.say({ topic: 'chat/1', number: 1, type: 'x', body: {} });
  assert.deepEqual(gone, ['unknown']);
  assert.deepEqual(seen, [1]);
});

test('a refused ticket ends everything: the token is dead', async () => {
  const w = world({ ticket: async () => Promise.reject(new ProblemError({ status: 401, code: 'sign-in-needed', detail: '' })) });
  const live = new LiveClient(w);
  const gone = [];
  live.subscribe('session/1', { gone: (p) => gone.push(p.code) });
  await w.settle();
  assert.deepEqual(gone, ['sign-in-needed']);
  assert.equal(w.sockets.length, 0);
});

test('a refusal of a server that is still starting is not believed', async () => {
  const w = world({
    ticket: async () => Promise.reject(new ProblemError({ status: 401, code: 'sign-in-needed', detail: '' })),
    ready: async () => false,
  });
  const live = new LiveClient(w);
  live.subscribe('session/1', { gone: () => assert.fail('too early to say') });
  await w.settle();
  w.ticket = async () => ({ ticket: 't', url: '/live' });
  w.fire(reconnects);
  await w.welcome();
  assert.equal(live.status, 'connected');
});

test('a ticket that cannot be had just now is tried again, not before the server wishes', async () => {
  const w = world({
    ticket: async () => Promise.reject(new ProblemError({ status: 503, code: 'busy', detail: '', retryAfterSeconds: 30 })),
  });
  const live = new LiveClient(w);
  live.subscribe('session/1', { gone: () => assert.fail('503 is no refusal') });
  await w.settle();
  assert.equal([...w.timers.values()].at(-1).ms, 30_000);
});

test('a socket that answers no ping is given up', async () => {
  const w = world();
  const live = new LiveClient(w);
  live.subscribe('chat/1', {});
  await w.welcome();
  const dead = w.socket;
  w.fire((timer) => timer.ms === 8000);
  assert.notEqual(dead.closed, undefined);
  w.fire(reconnects);
  await w.settle();
  assert.equal(w.sockets.length, 2);
});

test('a listener that throws does not keep the message from the others', async (t) => {
  t.mock.method(console, 'error', () => {});
  const w = world();
  const live = new LiveClient(w);
  const seen = [];
  live.subscribe('chat/1', {
    message: () => {
      throw new Error('a panel failed');
    },
  });
  live.subscribe('chat/1', { message: (m) => seen.push(m.number) });
  await w.welcome();
  w.say({ topic: 'chat/1', number: 1, type: 'x', body: {} });
  assert.deepEqual(seen, [1]);
});

test('who has become somebody else is heard with a new ticket, and the old one is used no more', async () => {
  const tickets = [];
  const w = world({ ticket: () => new Promise((resolve) => tickets.push(resolve)) });
  const live = new LiveClient(w);
  live.subscribe('session/1', {});
  live.renew();
  tickets[1]({ ticket: 'new', url: '/live' });
  await w.welcome();
  tickets[0]({ ticket: 'old', url: '/live' });
  await w.settle();
  assert.equal(w.sockets.length, 1);
  assert.equal(w.socket.sent[0].ticket, 'new');
  const before = w.socket;
  live.renew();
  assert.equal(before.closed, 1000);
  tickets[2]({ ticket: 'newer', url: '/live' });
  await w.welcome();
  assert.equal(w.socket.sent[0].ticket, 'newer');
  assert.equal(subscribes(w.socket).length, 1);
});
