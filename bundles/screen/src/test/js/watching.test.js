import { afterEach, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { Watching } from '../../main/resources/static/watching.js';

let lines;
let watching;
let states;

beforeEach((t) => {
  lines = [];
  states = [];
  Object.assign(globalThis, { VideoDecoder: class {}, EncodedVideoChunk: class {} });
  const canvas = { width: 0, height: 0, getContext: () => ({ drawImage: () => {} }) };
  watching = new Watching(/** @type {any} */ (canvas), {
    open: (session, handlers) => {
      const line = { session, handlers, texts: [], closed: false, send: (what) => line.texts.push(what), close: () => (line.closed = true) };
      lines.push(line);
      return line;
    },
    decodable: async () => ['vp8'],
    drawn: () => {},
  });
  watching.addEventListener('change', () => states.push(watching.state));
  return t;
});

afterEach(() => watching.follow(undefined));

const view = (since, more = {}) => ({
  id: 'S',
  state: 'ACTIVE',
  participants: [{ id: 'c', name: 'Marie' }],
  activities: since ? [{ name: 'screen', by: 'c', since }] : [],
  ...more,
});

test('watches what is shared, and the next share anew', () => {
  watching.follow(view(''));
  assert.equal(watching.state, 'none');
  watching.follow(view('1'));
  watching.follow(view('1'));
  assert.equal(lines.length, 1);
  assert.equal(lines[0].session, 'S');
  assert.equal(watching.state, 'connecting');
  assert.equal(watching.name, 'Marie');
  watching.follow(view(''));
  assert.ok(lines[0].closed);
  assert.equal(watching.state, 'stopped');
  watching.follow(view('2'));
  assert.equal(lines.length, 2);
  watching.follow(view('', { state: 'ENDED' }));
  assert.equal(watching.state, 'none', 'after the end there is nothing to ask for');
});

test('nobody there, nothing watched; back again, it is', () => {
  watching.follow(view('1'));
  watching.follow(undefined);
  assert.ok(lines[0].closed);
  watching.follow(view('1'));
  assert.equal(lines.length, 2);
});

test('a socket that is refused is tried again while the session says that it is shared', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  watching.follow(view('1'));
  lines[0].handlers.text({ op: 'stopped' });
  assert.equal(watching.state, 'stopped');
  t.mock.timers.tick(1_000);
  assert.equal(lines.length, 2);
  lines[1].handlers.text({ op: 'stopped' });
  watching.follow(view(''));
  t.mock.timers.tick(1_000);
  assert.equal(lines.length, 2);
});

test('what is known of the picture', () => {
  watching.follow(view('1'));
  assert.equal(watching.facts, null);
  const { text } = lines[0].handlers;
  const told = (config) => {
    text({ op: 'config', codec: 'vp8', width: 1280, height: 720, ...config });
    const { number, surface, width, height } = watching.facts;
    return [number, surface, width, height];
  };
  assert.deepEqual(told({}), [null, null, 1280, 720]);
  assert.deepEqual(told({ surface: 'monitor', number: 2, of: 3, sourceWidth: 2560, sourceHeight: 1440 }), [2, 'monitor', 2560, 1440]);
  assert.deepEqual(told({ surface: 'monitor', of: 1 }), [1, 'monitor', 1280, 720]);
  assert.deepEqual(told({ surface: 'window' }), [null, 'window', 1280, 720]);
  assert.equal(watching.verdict, null, 'no picture yet');
});

test('looking away is told, also of a share that comes later', () => {
  watching.look(false);
  watching.follow(view('1'));
  lines[0].handlers.status({ state: 'open' });
  assert.deepEqual(lines[0].texts.filter((m) => m.op === 'look'), [{ op: 'look', looking: false }]);
  watching.look(true);
  assert.equal(lines[0].texts.at(-1).looking, true);
});

test('samples every second, and says how long the picture has been old', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  let samples = 0;
  watching.addEventListener('sample', () => samples++);
  watching.follow(view('1'));
  t.mock.timers.tick(3_000);
  assert.equal(samples, 3);
  watching.follow(view(''));
  t.mock.timers.tick(3_000);
  assert.equal(samples, 3);
  assert.equal(watching.sample, null);
});

test('the own share is not watched', () => {
  watching.follow(view('1', { me: 'c' }));
  assert.equal(watching.state, 'none');
  assert.equal(lines.length, 0);
  watching.follow(view('2', { me: 'someone else' }));
  assert.equal(lines.length, 1);
});
