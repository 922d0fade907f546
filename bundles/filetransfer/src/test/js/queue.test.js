import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Queue, batches } from '../../main/resources/static/queue.js';
import { MEGA, Server, fileOf, settled } from './scene.mjs';

function scene() {
  const server = new Server();
  const said = [];
  let transfers = 0;
  const queue = new Queue({
    tus: server.world,
    session: 's1',
    announce: async (entry) => {
      said.push(`announce ${entry.name}`);
      return `t${++transfers}`;
    },
    folders: async (transfer, paths) => {
      said.push(`folders ${transfer} ${paths}`);
    },
    complete: async (transfer) => {
      said.push(`complete ${transfer}`);
    },
    cancel: async (transfer) => {
      said.push(`cancel ${transfer}`);
    },
    remove: async (url) => {
      said.push(`remove ${url}`);
    },
    changed: () => {},
    claim: (file) => said.push(`claim ${file}`),
    elsewhere: (entry) => said.push(`elsewhere ${entry.name}`),
  });
  return { server, said, queue };
}

const LIMITS = { bytes: 0, files: 0 };
const one = (name, size) => ({ kind: 'FILE', name, files: [{ path: name, file: fileOf(name, size) }], folders: [] });
const folder = (name, sizes, folders = []) => ({
  kind: 'FOLDER',
  name,
  files: Object.entries(sizes).map(([path, size]) => ({ path, file: fileOf(path, size) })),
  folders,
});
const states = (queue) => queue.entries.map(({ name, state }) => `${name} ${state}`);

test('three go at once, the others wait their turn', async () => {
  const { server, queue } = scene();
  server.holding = true;
  queue.add(['a', 'b', 'c', 'd', 'e'].map((name) => one(name, 10)), LIMITS);
  await settled();
  assert.deepEqual(states(queue), ['a sending', 'b sending', 'c sending', 'd waiting', 'e waiting']);
  assert.ok(queue.busy);
  server.release();
  await settled();
  assert.equal(server.most, 3);
  assert.deepEqual(states(queue), ['a sent', 'b sent', 'c sent', 'd sent', 'e sent']);
  assert.ok(!queue.busy);
});

test('B13 what is too large is refused before a byte leaves, what is just right is let in', async () => {
  const { server, queue } = scene();
  queue.add([one('large', 1_073_741_825)], { bytes: 1_073_741_824, files: 10 });
  await settled();
  assert.equal(server.requests.length, 0);
  assert.deepEqual([queue.entries[0].state, queue.entries[0].problem?.code, queue.entries[0].limit], ['refused', 'file-too-large', 1_073_741_824]);
  queue.add([one('right', 1_073_741_824)], { bytes: 1_073_741_824, files: 10 });
  await settled();
  assert.equal(queue.entries[1].state, 'sent');
});

test('B12 a folder is announced, its empty folders told, its files sent, and it is completed', async () => {
  const { server, said, queue } = scene();
  queue.add([folder('tree', { 'a.txt': 1, 'sub/b.txt': 2 }, ['empty', 'sub/empty'])], LIMITS);
  await settled();
  assert.deepEqual(said, ['announce tree', 'folders t1 empty,sub/empty', 'complete t1']);
  assert.deepEqual(states(queue), ['tree sent']);
  const metadata = [...server.uploads.values()].map((upload) => upload.metadata);
  assert.ok(metadata[1].includes(`relativePath ${btoa('sub/b.txt')}`), metadata[1]);
  assert.ok(metadata[1].includes(`transfer ${btoa('t1')}`));
  assert.ok(!metadata[1].includes('session '));
});

test('a folder with one file too large is refused as a whole and says which; so is one with too many', () => {
  const { queue } = scene();
  queue.add([folder('tree', { a: 1, 'sub/b': 9 }), folder('many', { a: 1, b: 1, c: 1 }), folder('nothing', {})], { bytes: 5, files: 2 });
  assert.deepEqual(
    queue.entries.map((entry) => `${entry.problem?.code} ${entry.where} ${entry.limit}`),
    ['file-too-large sub/b 5', 'too-many-files  2', 'empty-folder  0'],
  );
});

test('paused, nothing leaves; resumed, it goes on where the server is', async () => {
  const { server, queue } = scene();
  server.holding = true;
  const [entry] = queue.add([one('a', 3 * MEGA)], LIMITS);
  await settled();
  queue.pause(entry.id);
  await settled();
  assert.deepEqual(states(queue), ['a paused']);
  server.release();
  await settled();
  assert.deepEqual(states(queue), ['a paused']);
  queue.resume(entry.id);
  await settled();
  assert.deepEqual(states(queue), ['a sent']);
  assert.equal(server.uploads.size, 1);
});

test('what a page that is gone has begun goes on where the server is, once the same file is chosen', async () => {
  const { server, queue } = scene();
  server.uploads.set('/api/files/old', { length: 3 * MEGA, offset: MEGA, metadata: '', key: '' });
  const begun = { id: 't9', name: 'a', file: { id: 'old', size: 3 * MEGA, modified: '2023-11-14T22:13:20Z', offset: 10 } };
  const [entry, other] = queue.add([one('a', 3 * MEGA), one('a', 3 * MEGA)], LIMITS, [begun]);
  assert.deepEqual([entry.transfer, queue.sent(entry)], ['t9', 10]);
  await settled();
  assert.deepEqual([entry.state, other.state], ['sent', 'sent']);
  assert.equal(other.transfer, '', 'one goes on with it, the other is a file of its own');
  const old = server.requests.filter(({ url }) => url === '/api/files/old');
  assert.deepEqual(old.map(({ method, headers, bytes }) => `${method} ${headers['Upload-Offset'] ?? ''} ${bytes}`), ['HEAD  0', `PATCH ${MEGA} ${2 * MEGA}`]);
});

test('what a second page goes on with is left to it, without a word to the server', async () => {
  const { server, queue, said } = scene();
  const second = new Queue({ tus: server.world, session: 's1', changed: () => {}, claim: (file) => queue.yield(file) });
  server.holding = true;
  const [first] = queue.add([one('a', 3 * MEGA)], LIMITS);
  await settled();
  server.waiting.splice(0, 1)[0]();
  await settled();
  assert.equal(first.state, 'sending');
  const begun = { id: 't9', name: 'a', file: { id: 'f1', size: 3 * MEGA, modified: '2023-11-14T22:13:20Z', offset: 0 } };
  second.add([one('a', 3 * MEGA)], LIMITS, [begun]);
  server.release();
  await settled();
  assert.deepEqual(said, ['elsewhere a']);
  assert.deepEqual(queue.entries, []);
  assert.deepEqual(states(second), ['a sent']);
  assert.deepEqual(server.requests.map(({ method }) => method), ['POST', 'PATCH', 'HEAD', 'PATCH']);
  assert.equal(server.uploads.get('/api/files/f1')?.offset, 3 * MEGA);
});

test('the same from another device, of which nobody tells this page but the server', async () => {
  for (const problem of [{ status: 423, body: { code: 'taken-over' } }, { status: 409, body: { code: 'other-offset' } }]) {
    const { server, queue, said } = scene();
    server.instead = [() => undefined, () => undefined, () => problem];
    queue.add([one('a', 20 * MEGA)], LIMITS);
    await settled();
    assert.deepEqual(said, ['elsewhere a']);
    assert.deepEqual(queue.entries, []);
    assert.deepEqual(server.requests.map(({ method }) => method), ['POST', 'PATCH', 'PATCH']);
  }
});

test('a request of this page itself that is dead and does not know it is no other page', async () => {
  const { server, queue, said } = scene();
  server.instead = [() => undefined, () => undefined, () => ({ status: 0 }), () => undefined, () => ({ status: 423, body: { code: 'taken-over' } })];
  const [entry] = queue.add([one('a', 20 * MEGA)], LIMITS);
  await settled();
  assert.deepEqual(said, []);
  assert.equal(entry.state, 'sent');
});

test('another file is not taken for the one that was begun', async () => {
  const { server, queue } = scene();
  const begun = { id: 't9', name: 'a', file: { id: 'old', size: 3 * MEGA, modified: '2023-11-14T22:13:20Z' } };
  const others = [{ ...begun, name: 'b' }, { ...begun, file: { ...begun.file, size: 5 } }, { ...begun, file: { ...begun.file, modified: '2023-11-14T22:13:21Z' } }, { ...begun, file: { ...begun.file, modified: null } }, { ...begun, file: null }];
  const [entry] = queue.add([one('a', 3 * MEGA)], LIMITS, others);
  await settled();
  assert.deepEqual([entry.state, entry.transfer], ['sent', '']);
  assert.equal(server.uploads.size, 1);
});

test('what was begun and is not there any more can be sent from its beginning', async () => {
  const { server, queue } = scene();
  const [entry] = queue.add([one('a', 3 * MEGA)], LIMITS, [{ id: 't9', name: 'a', file: { id: 'old', size: 3 * MEGA, modified: '2023-11-14T22:13:20Z' } }]);
  await settled();
  assert.deepEqual([entry.state, entry.problem?.code], ['failed', 'gone']);
  queue.resume(entry.id);
  await settled();
  assert.deepEqual([entry.state, server.uploads.size], ['sent', 1]);
});

test('one that is paused leaves its place to the next, as soon as it is known what the server has made', async () => {
  const { server, queue } = scene();
  server.holding = true;
  const [first] = queue.add(['a', 'b', 'c', 'd'].map((name) => one(name, 3 * MEGA)), LIMITS);
  await settled();
  queue.pause(first.id);
  await settled();
  assert.deepEqual(states(queue), ['a paused', 'b sending', 'c sending', 'd waiting']);
  server.release();
  await settled();
  assert.deepEqual(states(queue), ['a paused', 'b sent', 'c sent', 'd sent']);
  assert.equal(first.parts[0].upload?.url, '/api/files/f1');
});

test('a refused one can be tried again, and is another transfer if the first is over', async () => {
  const { server, queue } = scene();
  server.instead = [() => undefined, () => ({ status: 403, body: { code: 'not-allowed-now' } })];
  const [entry] = queue.add([one('a', 3 * MEGA)], LIMITS);
  await settled();
  assert.deepEqual([entry.state, entry.problem?.code], ['failed', 'not-allowed-now']);
  queue.resume(entry.id);
  await settled();
  assert.deepEqual(states(queue), ['a sent']);
  assert.equal(server.uploads.size, 2);
});

test('files of a folder that may not pass are left out, unless that is all of them', async () => {
  const { server, said, queue } = scene();
  const no = () => ({ status: 415, body: { code: 'type-not-allowed' } });
  server.instead = [no];
  queue.add([folder('some', { 'a.exe': 1, 'b.txt': 1 })], LIMITS);
  await settled();
  assert.deepEqual(states(queue), ['some sent']);
  assert.deepEqual(queue.entries[0].skipped.map(({ path }) => path), ['a.exe']);
  server.instead = [no];
  queue.add([folder('none', { 'a.exe': 1 })], LIMITS);
  await settled();
  assert.deepEqual(states(queue), ['some sent', 'none refused']);
  assert.equal(said.at(-1), 'cancel t2');
});

test('taking back tells the server what is taken back', async () => {
  const { server, said, queue } = scene();
  const [a, b] = queue.add([one('a', 10), folder('tree', { a: 1 })], LIMITS);
  await settled();
  await queue.cancel(a.id);
  await queue.cancel(b.id);
  assert.deepEqual(said.slice(-2), ['remove /api/files/f1', 'cancel t1']);
  assert.deepEqual(queue.entries, []);
  server.holding = true;
  const [c] = queue.add([one('c', 10)], LIMITS);
  await settled();
  const cancelled = queue.cancel(c.id);
  assert.deepEqual(queue.entries, []);
  server.release();
  await cancelled;
  assert.equal(said.at(-1), 'remove /api/files/f3', 'what was just being made');
});

test('a folder that is taken back while it is announced is no ghost on the server', async () => {
  const said = [];
  /** @type {(transfer: string) => void} */
  let answer = () => {};
  const queue = new Queue({
    tus: new Server().world,
    session: 's',
    announce: () => new Promise((resolve) => (answer = resolve)),
    folders: async () => {},
    complete: async () => {},
    cancel: async (transfer) => {
      said.push(`cancel ${transfer}`);
    },
    remove: async () => {},
    changed: () => {},
  });
  const [entry] = queue.add([folder('tree', { a: 1 })], LIMITS);
  await settled();
  const cancelled = queue.cancel(entry.id);
  assert.deepEqual(queue.entries, []);
  answer('t1');
  await cancelled;
  assert.deepEqual(said, ['cancel t1']);
});

test('what the server ends is over here too, what it has is its own to show', async () => {
  const { server, queue } = scene();
  server.holding = true;
  queue.add([one('a', 3 * MEGA), one('b', 3 * MEGA)], LIMITS);
  await settled();
  server.release();
  server.holding = true;
  await settled();
  queue.settle([
    { id: 't1', state: 'DECLINED', file: { id: 'f1' } },
    { id: 't2', state: 'ARRIVING', file: { id: 'f2' } },
  ]);
  assert.deepEqual(states(queue), ['b sending']);
  server.release();
  await settled();
  queue.settle([{ id: 't2', state: 'ARRIVING', file: { id: 'f2' } }]);
  assert.deepEqual(states(queue), []);
});

test('a line that is lost while a folder is announced costs time only', async () => {
  const { said, queue, server } = scene();
  let tries = 0;
  const patient = new Queue({
    tus: server.world,
    session: 's',
    announce: async () => {
      if (++tries < 3) {
        throw Object.assign(new Error('away'), { status: 0, code: 'offline' });
      }
      return 't9';
    },
    folders: async () => {},
    complete: async (transfer) => {
      said.push(`complete ${transfer}`);
    },
    cancel: async () => {},
    remove: async () => {},
    changed: () => {},
  });
  patient.add([folder('tree', { a: 1 })], LIMITS);
  await settled();
  assert.deepEqual(said, ['complete t9']);
  assert.equal(queue.entries.length, 0);
});

test('empty folders are told in requests that are not too large', () => {
  assert.deepEqual(batches([]), []);
  const all = batches(Array.from({ length: 1200 }, (_, i) => `folder-${i}-${'x'.repeat(90)}`));
  assert.equal(all.flat().length, 1200);
  assert.ok(all.every((some) => JSON.stringify(some).length < 60_000));
});
