import { test } from 'node:test';
import assert from 'node:assert/strict';
import { between, flow, short, skillsOf } from '../../main/resources/static/admin/rules-diff-flow.js';

test('only moves from one queue to another are in the picture, the largest first', () => {
  const moves = [
    { from: 'a', to: 'b', items: 2 },
    { from: 'a', to: 'a', items: 9 },
    { from: null, to: 'b', items: 5 },
    { from: 'b', to: 'a', items: 0 },
  ];
  assert.deepEqual(between(moves).map((one) => one.items), [5, 2]);
});

test('a queue is as high as what leaves or reaches it, and nothing overlaps', () => {
  const { left, right, streams, height, hidden } = flow([
    { from: 'a', to: 'b', items: 30 },
    { from: 'a', to: 'c', items: 10 },
    { from: null, to: 'b', items: 20 },
  ]);
  assert.deepEqual(left.map((one) => [one.queue, one.items]), [['a', 40], [null, 20]]);
  assert.deepEqual(right.map((one) => [one.queue, one.items]), [['b', 50], ['c', 10]]);
  assert.equal(Math.round(left[0].height / left[1].height), 2);
  for (const sides of [left, right]) {
    sides.slice(1).forEach((one, i) => assert.ok(one.y >= sides[i].y + sides[i].height, 'beside each other'));
    sides.forEach((one) => assert.ok(one.y >= 0 && one.y + one.height <= height));
  }
  assert.equal(streams.length, 3);
  assert.equal(hidden, 0);
  streams.forEach((one) => assert.match(one.path, /^M228 [\d.]+C380 [\d.]+ 380 [\d.]+ 532 [\d.]+V[\d.]+C380 [\d.]+ 380 [\d.]+ 228 [\d.]+z$/u));
});

test('streams fill the sides they hang on', () => {
  const { left, streams } = flow([
    { from: 'a', to: 'b', items: 30 },
    { from: 'a', to: 'c', items: 10 },
  ]);
  const begin = (path) => Number(/^M228 ([\d.]+)/u.exec(path)?.[1]);
  const end = (path) => Number(/228 ([\d.]+)z$/u.exec(path)?.[1]);
  assert.equal(begin(streams[0].path), left[0].y);
  assert.ok(Math.abs(end(streams[0].path) - begin(streams[1].path)) < 0.2);
  assert.ok(Math.abs(end(streams[1].path) - (left[0].y + left[0].height)) < 0.2);
});

test('many moves, and very uneven ones, still make a picture; the rest is counted', () => {
  const many = Array.from({ length: 40 }, (_, i) => ({ from: `q${i}`, to: `q${(i + 1) % 40}`, items: i === 0 ? 100_000 : 1 }));
  const { left, streams, hidden, height } = flow(many);
  assert.equal(streams.length, 12);
  assert.equal(hidden, 28);
  assert.ok(left.every((one) => one.height >= 3) && Number.isFinite(height));
  assert.deepEqual(flow([]).streams, []);
});

test('long names are cut by letters, and skills are told in a line', () => {
  assert.equal(short('Printers'), 'Printers');
  assert.equal([...short('😀'.repeat(40))].length, 22);
  assert.equal(skillsOf({ queue: 'a', skills: { french: 5, printers: 2 } }), 'french 5, printers 2');
  assert.equal(skillsOf({ queue: 'a' }), '');
});
