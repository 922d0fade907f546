import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './setup.mjs';

const { Api } = await load('kit/api.js');

/** @param {(Response | Error)[]} answers one after the other */
function world(answers) {
  const w = { requests: [], pauses: [], ids: 0, time: 0, now: () => w.time, random: () => 1 };
  w.fetch = async (url, init) => {
    w.requests.push({ url, ...init, headers: { ...init.headers } });
    const answer = answers.shift();
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  w.pause = async (ms) => {
    w.pauses.push(ms);
    w.time += ms;
  };
  w.uuid = () => `key-${++w.ids}`;
  return w;
}

const json = (body, status = 200, headers = {}) => new Response(JSON.stringify(body), { status, headers });
const problem = (status, code, headers = {}) => json({ status, code, detail: `About ${code}.` }, status, headers);
const lost = () => new TypeError('fetch failed');

test('an unsafe call is repeated with the same key when no answer came, and answered once', async () => {
  const w = world([lost(), problem(503, 'busy'), json({ id: 1 }, 201)]);
  assert.deepEqual(await new Api(w).post('/sessions', { interaction: 'i' }), { id: 1 });
  assert.deepEqual(w.requests.map((r) => r.headers['Idempotency-Key']), ['key-1', 'key-1', 'key-1']);
  assert.deepEqual(w.requests.map((r) => r.body), Array(3).fill('{"interaction":"i"}'));
});

test('a key of the caller is kept', async () => {
  const w = world([json({})]);
  await new Api(w).put('/x', {}, { key: 'mine' });
  assert.equal(w.requests[0].headers['Idempotency-Key'], 'mine');
});

test('a refusal is not repeated, nor a failure, nor what was said to be too often', async () => {
  for (const [status, code] of [[403, 'pin-refused'], [500, 'internal'], [429, 'too-many-attempts'], [409, 'session-ended']]) {
    const w = world([problem(status, code), json({})]);
    await assert.rejects(new Api(w).post('/join', {}), { name: 'ProblemError', status, code });
    assert.equal(w.requests.length, 1);
  }
});

test('what a proxy says of a node that is gone is passing, and the command goes on with its key', async () => {
  const page = (status) => new Response('<h1>nginx</h1>', { status });
  const w = world([page(502), page(504), page(503), problem(503, 'draining', { 'Retry-After': '1' }), json({ id: 1 })]);
  assert.deepEqual(await new Api(w).put('/x', {}), { id: 1 });
  assert.deepEqual(new Set(w.requests.map((r) => r.headers['Idempotency-Key'])), new Set(['key-1']));
  assert.deepEqual(w.pauses, [300, 600, 1000, 1000]);
});

test('it goes on for longer than a node takes to be replaced, once a second, and then says offline', async () => {
  const w = world(Array.from({ length: 99 }, lost));
  await assert.rejects(new Api(w).get('/x'), { status: 0, code: 'offline' });
  assert.ok(w.time >= 15_000 && w.time <= 16_000, `${w.time}`);
  assert.ok(w.pauses.every((ms) => ms <= 1000));
});

test('an attempt that took long is repeated once at least', async () => {
  const w = world([lost(), json({})]);
  const fetch = w.fetch;
  w.fetch = (url, init) => {
    w.time += 20_000;
    return fetch(url, init);
  };
  assert.deepEqual(await new Api(w).post('/x', {}), {});
});

test('it waits as long as a busy server asks, within reason', async () => {
  const w = world([problem(503, 'busy', { 'Retry-After': '3' }), problem(503, 'busy', { 'Retry-After': '600' }), json({})]);
  await new Api(w).get('/x');
  assert.deepEqual(w.pauses, [3000, 10_000]);
});

test('a caller that repeats in its own way is told at once', async () => {
  const w = world([problem(503, 'busy')]);
  await assert.rejects(new Api(w).post('/tickets', {}, { retry: false }), { code: 'busy' });
  assert.equal(w.requests.length, 1);
});

test('the last word of a page that goes is said once', async () => {
  const w = world([lost()]);
  await assert.rejects(new Api(w).post('/closing', {}, { keepalive: true }), { code: 'offline' });
  assert.equal(w.requests.length, 1);
  assert.equal(w.requests[0].keepalive, true);
});

test('a customer calls with the token, an agent without one; reading carries no key', async () => {
  const w = world([json({}), json({})]);
  const api = new Api(w);
  await api.get('/x');
  api.token = 'secret';
  await api.get('/x');
  assert.equal(w.requests[0].headers.Authorization, undefined);
  assert.equal(w.requests[1].headers.Authorization, 'Bearer secret');
  assert.equal(w.requests[0].headers['Idempotency-Key'], undefined);
});

test('a problem tells field and retry; what is not JSON gets a code by its status; no content is null', async () => {
  const w = world([
    json({ status: 429, code: 'too-many-attempts', detail: 'Wait.', field: 'pin', retryAfterSeconds: 61 }, 429),
    new Response('<h1>Proxy</h1>', { status: 404 }),
    new Response(null, { status: 204 }),
  ]);
  const api = new Api(w);
  await assert.rejects(api.get('/x'), { code: 'too-many-attempts', field: 'pin', retryAfter: 61 });
  await assert.rejects(api.get('/x'), { code: 'http-404' });
  assert.equal(await api.get('/x'), null);
});

test('the clock of the server is known from its answers', async () => {
  const theirs = Date.now() + 600_000;
  const w = world([json({}, 200, { Date: new Date(theirs).toUTCString() })]);
  const api = new Api(w);
  await api.get('/x');
  assert.ok(Math.abs(api.now() - theirs) < 2000);
});
