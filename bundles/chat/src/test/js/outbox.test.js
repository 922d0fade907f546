import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Outbox } from '../../main/resources/static/outbox.js';

/** A world in which each call of post is answered by the test. */
function world() {
  /** @type {Map<string, string>} */
  const stored = new Map();
  let keys = 0;
  const it = {
    /** @type {{text: string, key: string, done: (message: any) => void, fail: (problem: any) => void}[]} */
    posts: [],
    /** @type {any[]} */
    arrived: [],
    /** @type {number[]} */
    pauses: [],
    stored,
    /** @type {any} */
    world: {
      post: (/** @type {string} */ text, /** @type {string} */ key) =>
        new Promise((done, fail) => it.posts.push({ text, key, done, fail })),
      sent: (/** @type {any} */ message) => it.arrived.push(message),
      changed: () => {},
      store: {
        getItem: (/** @type {string} */ k) => stored.get(k) ?? null,
        setItem: (/** @type {string} */ k, /** @type {string} */ v) => stored.set(k, v),
        removeItem: (/** @type {string} */ k) => stored.delete(k),
      },
      uuid: () => `key-${++keys}`,
      now: () => '2026-11-21T10:00:00Z',
      pause: (/** @type {number} */ ms) => {
        it.pauses.push(ms);
        return Promise.resolve();
      },
    },
  };
  return it;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const states = (/** @type {Outbox} */ outbox) => outbox.items.map((item) => `${item.text} ${item.state}`);

test('messages go one after another, in order', async () => {
  const it = world();
  const outbox = new Outbox('o', it.world);
  outbox.add('one', 0);
  outbox.add('two', 0);
  await settled();
  assert.deepEqual(states(outbox), ['one sending', 'two waiting']);
  it.posts[0].done({ number: 1 });
  await settled();
  assert.deepEqual(states(outbox), ['two sending']);
  assert.equal(outbox.items[0].after, 1, 'what came before it is known');
  it.posts[1].done({ number: 2 });
  await settled();
  assert.deepEqual(states(outbox), []);
  assert.deepEqual(it.arrived, [{ number: 1 }, { number: 2 }]);
  assert.equal(it.stored.size, 0);
});

test('a lost line keeps everything, in order, and the same keys are used again', async () => {
  const it = world();
  const outbox = new Outbox('o', it.world);
  outbox.add('one', 0);
  outbox.add('two', 0);
  it.posts[0].fail({ status: 0 });
  await settled();
  assert.deepEqual(states(outbox), ['one failed', 'two failed']);
  assert.equal(it.posts.length, 1);
  outbox.flush();
  it.posts[1].done({ number: 1 });
  await settled();
  assert.deepEqual(it.posts.map((p) => p.key), ['key-1', 'key-1', 'key-2']);
});

test('a reload loses nothing', async () => {
  const it = world();
  new Outbox('o', it.world).add('one', 4);
  await settled();
  const after = new Outbox('o', it.world);
  assert.deepEqual(states(after), ['one failed']);
  after.flush();
  assert.equal(it.posts[1].key, it.posts[0].key);
  assert.equal(after.items[0].after, 4);
});

test('a refused message stays with its problem and does not hold up the next', async () => {
  const it = world();
  const outbox = new Outbox('o', it.world);
  outbox.add('one', 0);
  outbox.add('two', 0);
  it.posts[0].fail({ status: 400, code: 'invalid' });
  await settled();
  assert.deepEqual(states(outbox), ['one failed', 'two sending']);
  outbox.flush();
  assert.equal(outbox.items[0].state, 'failed', 'flushing repeats nothing that was refused');
  outbox.discard('key-1');
  assert.deepEqual(states(outbox), ['two sending']);
});

test('too fast is only slower', async () => {
  const it = world();
  const outbox = new Outbox('o', it.world);
  outbox.add('one', 0);
  it.posts[0].fail({ status: 429, retryAfter: 2 });
  await settled();
  assert.deepEqual(it.pauses, [2000]);
  assert.equal(it.posts[1].key, 'key-1');
});

test('one message can be tried again by hand', async () => {
  const it = world();
  const outbox = new Outbox('o', it.world);
  outbox.add('one', 0);
  it.posts[0].fail({ status: 409, code: 'session-ended' });
  await settled();
  outbox.retry('key-1');
  assert.deepEqual(states(outbox), ['one sending']);
});

test('a closed outbox leaves what is stored to its successor', async () => {
  const it = world();
  const first = new Outbox('o', it.world);
  first.add('one', 0);
  first.close();
  const second = new Outbox('o', it.world);
  second.add('two', 0);
  it.posts[0].done({ number: 1 });
  await settled();
  assert.deepEqual(JSON.parse(it.stored.get('o') ?? '[]').map((/** @type {any} */ i) => i.text), ['one', 'two']);
});

test('a storage with rubbish in it, or full, does no harm', async () => {
  const it = world();
  it.stored.set('o', '{');
  it.world.store.setItem = () => {
    throw new Error('full');
  };
  const outbox = new Outbox('o', it.world);
  outbox.add('one', 0);
  it.posts[0].done({ number: 1 });
  await settled();
  assert.deepEqual(it.arrived, [{ number: 1 }]);
});
