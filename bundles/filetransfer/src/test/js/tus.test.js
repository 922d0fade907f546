import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refused, Upload, metadataOf, pauseOf } from '../../main/resources/static/tus.js';
import { MEGA, Server, fileOf } from './scene.mjs';

const run = (server, size, signal = new AbortController().signal) => {
  const upload = new Upload(fileOf('a', size), { filename: 'a' }, server.world);
  return { upload, done: upload.run(signal) };
};
const methods = (server) => server.requests.map(({ method, bytes }) => `${method} ${bytes / MEGA}`);

test('a small file is one request, an empty one too', async () => {
  const server = new Server();
  await run(server, MEGA).done;
  await run(server, 0).done;
  assert.deepEqual(methods(server), ['POST 1', 'POST 0']);
  assert.equal(server.requests[0].headers['Content-Type'], 'application/offset+octet-stream');
});

test('a large file goes in pieces that grow while the line is fast', async () => {
  const server = new Server();
  await run(server, 30 * MEGA).done;
  assert.deepEqual(methods(server), ['POST 0', 'PATCH 4', 'PATCH 8', 'PATCH 16', 'PATCH 2']);
  assert.equal(server.uploads.get('/api/files/f1')?.offset, 30 * MEGA);
});

test('a token goes to no other host than our own, whatever the answer says', async () => {
  const server = new Server();
  const { upload, done } = run(server, 3 * MEGA);
  await done;
  assert.equal(upload.url, '/api/files/f1');
  assert.equal(upload.file, 'f1');
});

test('after a broken line it asks what has arrived and goes on from there', async () => {
  const server = new Server();
  server.instead = [
    () => undefined,
    ({ url, server: s }) => {
      s.uploads.get(url).offset = MEGA;
      return { status: 0 };
    },
  ];
  await run(server, 3 * MEGA).done;
  assert.deepEqual(methods(server), ['POST 0', 'PATCH 3', 'HEAD 0', 'PATCH 2']);
  assert.deepEqual(server.pauses, [500]);
});

test('an upload whose making was not answered is made once', async () => {
  const server = new Server();
  server.instead = [
    ({ headers, server: s }) => {
      s.uploads.set('/api/files/lost', { length: MEGA, offset: 1000, metadata: '', key: headers['Idempotency-Key'] });
      return { status: 0 };
    },
  ];
  const { upload, done } = run(server, MEGA);
  await done;
  assert.equal(upload.url, '/api/files/lost');
  assert.deepEqual(server.requests.map((one) => `${one.method} ${one.bytes}`), ['POST 1048576', 'POST 0', 'HEAD 0', `PATCH ${MEGA - 1000}`]);
  assert.equal(server.uploads.size, 1);
});

test('pauses grow while nothing gets through, and what the server wishes counts', async () => {
  const server = new Server();
  server.instead = [() => ({ status: 503 }), () => ({ status: 0 }), () => ({ status: 429, headers: { 'Retry-After': '20' } })];
  await run(server, 10).done;
  assert.deepEqual(server.pauses, [500, 1000, 20_000]);
  assert.equal(pauseOf(99, 0, 1), 30_000);
  assert.equal(pauseOf(1, 9999, 1), 120_000);
});

test('what is refused is not tried again, and says why', async () => {
  const server = new Server();
  server.instead = [() => ({ status: 413, body: { code: 'file-too-large', limit: 5 } })];
  const { done } = run(server, 10);
  await assert.rejects(done, (error) => error instanceof Refused && error.code === 'file-too-large' && error.more.limit === 5);
  assert.equal(server.requests.length, 1);
});

test('a conflict passes if the offset has moved, and no other does', async () => {
  for (const code of ['session-ended', 'no-customer', 'agreed', 'transfer-over']) {
    const server = new Server();
    server.instead = [() => ({ status: 409, body: { code } })];
    await assert.rejects(run(server, 10).done, (error) => error instanceof Refused && error.code === code);
    assert.deepEqual(server.pauses, []);
  }
  const server = new Server();
  server.instead = [() => undefined, () => ({ status: 409, body: { code: 'other-offset' } }), () => undefined, () => ({ status: 409 })];
  await run(server, 3 * MEGA).done;
  assert.equal(server.pauses.length, 2);
  assert.equal(server.uploads.get('/api/files/f1')?.offset, 3 * MEGA);
});

test('an upload that is gone is gone; one whose service is away comes back', async () => {
  const server = new Server();
  const gone = { status: 404, body: { code: 'unknown' } };
  server.instead = [() => undefined, () => gone];
  await assert.rejects(run(server, 3 * MEGA).done, { code: 'gone' });
  server.there = false;
  server.instead = [() => undefined, () => gone, () => gone];
  await run(server, 3 * MEGA).done;
  assert.equal(server.uploads.get('/api/files/f2')?.offset, 3 * MEGA);
});

test('a proxy that lets no large body through gets smaller ones', async () => {
  const server = new Server();
  server.instead = [() => undefined, () => ({ status: 413 })];
  await run(server, 3 * MEGA).done;
  assert.deepEqual(methods(server), ['POST 0', 'PATCH 3', 'PATCH 1', 'PATCH 2']);
});

test('stopped, it goes on where the server is', async () => {
  const server = new Server();
  const stop = new AbortController();
  server.instead = [
    () => undefined,
    ({ url, server: s }) => {
      s.uploads.get(url).offset = 2 * MEGA;
      stop.abort();
      return { status: 0 };
    },
  ];
  const { upload, done } = run(server, 6 * MEGA, stop.signal);
  await assert.rejects(done, { name: 'AbortError' });
  await upload.run(new AbortController().signal);
  assert.deepEqual(methods(server), ['POST 0', 'PATCH 4', 'HEAD 0', 'PATCH 4']);
});

test('a file that cannot be read any more is told from a line that is lost', async () => {
  const server = new Server();
  server.instead = [() => ({ status: 0 })];
  const source = { size: 10, slice: () => ({ size: 10, arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }) };
  await assert.rejects(new Upload(source, {}, server.world).run(new AbortController().signal), { code: 'file-unreadable' });
});

test('metadata is base64 of UTF-8, without what is empty', () => {
  assert.equal(metadataOf({ filename: 'é.txt', filetype: '' }), 'filename w6kudHh0');
});
