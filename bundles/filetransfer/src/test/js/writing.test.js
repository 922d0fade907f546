import assert from 'node:assert/strict';
import { test } from 'node:test';
import { write } from '../../main/resources/static/writing.js';

const bytesOf = (text) => new TextEncoder().encode(text);
/** @param {(string | Error)[]} pieces an error breaks the line */
const answer = (status, pieces, tag = '"t"') => ({
  ok: status < 400,
  status,
  headers: { get: () => tag },
  body: new ReadableStream({
    pull(to) {
      const piece = pieces.shift();
      if (piece === undefined) {
        to.close();
      } else if (piece instanceof Error) {
        to.error(piece);
      } else {
        to.enqueue(bytesOf(piece));
      }
    },
  }),
});

/** Writes what these answers bring. */
async function scene(size, answers) {
  const asked = [];
  let disk = '';
  let state = 'open';
  const handle = {
    createWritable: async () => ({
      write: async (bytes) => {
        disk += new TextDecoder().decode(bytes);
      },
      truncate: async () => {
        disk = '';
      },
      seek: async () => {},
      close: async () => {
        state = 'kept';
      },
      abort: async () => {
        state = 'given up';
      },
    }),
  };
  const source = {
    size,
    ask: async (headers) => {
      asked.push(headers.Range ?? '');
      return answers.shift() ?? answer(503, []);
    },
    pause: async () => {},
    problem: (problem) => Object.assign(new Error(problem.code), problem, { final: problem.status >= 400 && problem.status < 500 }),
  };
  const error = await write(handle, source, new AbortController().signal, () => {}).catch((trouble) => trouble);
  return { asked, disk, state, error };
}

test('a file that comes whole is kept', async () => {
  assert.deepEqual(await scene(11, [answer(200, ['hello ', 'world'])]), { asked: [''], disk: 'hello world', state: 'kept', error: undefined });
});

test('after a broken line it goes on where it was', async () => {
  const { asked, disk, state } = await scene(11, [answer(200, ['hello ', new TypeError('network')]), answer(206, ['world'])]);
  assert.deepEqual([asked, disk, state], [['', 'bytes=6-'], 'hello world', 'kept']);
});

test('a line that ends before the file has not brought the file', async () => {
  const more = await scene(11, [answer(200, ['hello ']), answer(206, ['world'])]);
  assert.deepEqual([more.asked, more.disk, more.state], [['', 'bytes=6-'], 'hello world', 'kept']);
  const never = await scene(11, [answer(200, ['hello '])]);
  assert.equal(never.state, 'given up');
  assert.equal(never.error.code, 'http-503');
});

test('what is longer than the file is not kept', async () => {
  const { state, error, asked } = await scene(11, [answer(200, ['hello ', '{"code":"internal"}'])]);
  assert.deepEqual([state, error.code, asked.length], ['given up', 'gone', 1]);
});

test('a file that is another one by now is written anew', async () => {
  const { disk, state } = await scene(11, [answer(200, ['old ', new TypeError('network')]), answer(200, ['hello world'])]);
  assert.deepEqual([disk, state], ['hello world', 'kept']);
});

test('what the server refuses is not asked for again', async () => {
  const { asked, error, state } = await scene(11, [answer(404, [])]);
  assert.deepEqual([asked.length, error.code, state], [1, 'gone', 'given up']);
});
