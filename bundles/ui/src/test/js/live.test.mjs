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
    time: 0,
    now: () => w.time,
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

const PING = 3000;
const PATIENCE = 4000;
const reconnects = (timer) => ![PING, PATIENCE, 5000, 8000, 15_000].includes(timer.ms);
const wait = (w) => [...w.timers.values()].filter(reconnects).at(-1).ms;
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

test('tries about once a second while another node may take over, then less often; offline from the first failed attempt on', async () => {
  const w = world();
  const live = new LiveClient(w);
  live.subscribe('chat/1', {});
  await w.welcome();
  w.time += 60_000;
  const waits = [];
  const states = [];
  w.socket.onclose({ code: 1006 });
  for (let i = 0; i < 30; i++) {
    states.push(live.status);
    const ms = wait(w);
    waits.push([w.time, ms]);
    w.time += ms;
    w.fire(reconnects);
    await w.settle();
    w.socket.onclose({ code: 1006 });
  }
  assert.deepEqual(states.slice(0, 3), ['connecting', 'offline', 'offline'], 'a single hiccup is not told');
  assert.deepEqual(waits.slice(0, 4).map(([, ms]) => ms), [175, 350, 700, 700]);
  assert.ok(waits.every(([at, ms]) => at >= 75_000 || ms <= 1000));
  const late = waits.filter(([at]) => at >= 75_000).map(([, ms]) => ms);
  assert.ok(late.length > 2 && late.every((ms, i) => ms > 1000 && ms <= 15_000 && (i === 0 || ms >= late[i - 1])), `${late}`);
  w.fire(reconnects);
  await w.welcome();
  assert.equal(live.status, 'connected');
  w.time += 5000;
  w.socket.onclose({ code: 1006 });
  assert.equal(wait(w), 175, 'all is forgotten');
});

test('a node that goes away has told so: the page is elsewhere at once, but not in a circle', async () => {
  const w = world();
  const live = new LiveClient(w);
  live.subscribe('chat/1', {});
  await w.welcome();
  w.time += 60_000;
  w.socket.onclose({ code: 1001 });
  assert.equal(wait(w), 60);
  w.fire(reconnects);
  await w.welcome();
  w.socket.onclose({ code: 1001 });
  assert.equal(wait(w), 350, 'the next one closed it at once');
});

test('what is whole is told to everybody, whatever its number: another node counts for itself', async () => {
  const w = world();
  const live = new LiveClient(w);
  const first = [];
  const second = [];
  live.subscribe('ui/panels', { message: (m) => first.push(m.number) });
  await w.welcome();
  w.say({ topic: 'ui/panels', number: 9, type: 'ui.panels', body: {}, whole: true });
  w.socket.onclose({ code: 1001 });
  live.subscribe('ui/panels', { message: (m) => second.push(m.number) });
  w.fire(reconnects);
  await w.welcome();
  w.say({ topic: 'ui/panels', number: 4, type: 'ui.panels', body: {}, whole: true });
  assert.deepEqual(first, [9, 4]);
  assert.deepEqual(second, [4]);
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

test('what one node did not have is not away for ever: the next one need not say that it has it', async () => {
  const w = world();
  const live = new LiveClient(w);
  const states = [];
  live.subscribe('chat/1', { state: (state) => states.push(state) });
  await w.welcome();
  w.say({ op: 'away', topic: 'chat/1' });
  w.socket.onclose({ code: 1006 });
  w.fire(reconnects);
  await w.welcome();
  assert.deepEqual(states, ['away', 'live']);
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

test('a node that knows no tickets yet ends nothing, though another one says that all is well', async () => {
  const w = world({ ticket: async () => Promise.reject(new ProblemError({ status: 404, code: 'http-404', detail: '' })) });
  const live = new LiveClient(w);
  live.subscribe('session/1', { gone: () => assert.fail('it is there, on another node') });
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

test('a node that is silent is given up within six seconds, although its socket stands', async () => {
  const w = world();
  const live = new LiveClient(w);
  live.subscribe('chat/1', {});
  await w.welcome();
  w.say({ op: 'pong' });
  w.fire((timer) => timer.ms === PING);
  assert.deepEqual(w.socket.sent.filter((m) => m.op === 'ping').length, 2);
  const dead = w.socket;
  w.fire((timer) => timer.ms === PING); // the patience
  assert.notEqual(dead.closed, undefined);
  w.fire(reconnects);
  await w.settle();
  assert.equal(w.sockets.length, 2);
});

test('whatever comes is a sign of life', async () => {
  const w = world();
  const live = new LiveClient(w);
  live.subscribe('chat/1', {});
  await w.welcome();
  const [patience] = [...w.timers.keys()].slice(-2);
  assert.ok(w.timers.has(patience));
  w.say({ topic: 'chat/1', number: 1, type: 'x', body: {} });
  assert.ok(!w.timers.has(patience));
});

test('on a slow line it waits longer for an answer', async () => {
  const w = world();
  const live = new LiveClient(w);
  live.subscribe('chat/1', {});
  await w.welcome();
  w.time += 1500;
  w.say({ op: 'pong' });
  w.fire((timer) => timer.ms === PING);
  assert.ok([...w.timers.values()].some((timer) => timer.ms === 6000));
  assert.equal(w.socket.closed, undefined);
});

test('a node that takes the connection and does not welcome is given up soon after a loss', async () => {
  const w = world();
  const live = new LiveClient(w);
  live.subscribe('chat/1', {});
  await w.welcome();
  w.time += 60_000;
  w.socket.onclose({ code: 1006 });
  w.fire(reconnects);
  await w.settle();
  const hanging = w.socket;
  w.fire((timer) => timer.ms === PATIENCE);
  assert.notEqual(hanging.closed, undefined);
  assert.equal(live.status, 'offline');
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
