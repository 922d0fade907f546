import assert from 'node:assert/strict';
import { test } from 'node:test';
import { before, current, millis, next, playable } from '../../main/resources/static/timeline.js';

const part = (number, millis, state = 'DONE') => ({ number, node: 'n', begunAt: '', state, millis, bytes: 1 });
const PARTS = [part(1, 10_000), part(2, 0, 'LOST'), part(3, 5_000), part(4, 0, 'WRITING')];
const line = (number, at) => ({ part: number, at, what: 'said', participant: null, name: '', text: '', erased: false });

test('only finished parts are played, one after another', () => {
  assert.deepEqual(playable(PARTS).map((one) => one.number), [1, 3]);
  assert.equal(next(PARTS, 1), 3);
  assert.equal(next(PARTS, 3), undefined);
  assert.equal(before(PARTS, 1), 0);
  assert.equal(before(PARTS, 3), 10_000);
});

test('the line that was the last at a moment', () => {
  const lines = [line(1, 1000), line(1, 2000), line(3, 500)];
  assert.equal(current(lines, 1, 0), -1);
  assert.equal(current(lines, 1, 1000), 0);
  assert.equal(current(lines, 1, 9999), 1);
  assert.equal(current(lines, 3, 100), 1);
  assert.equal(current(lines, 3, 600), 2);
});

test('where a browser stands after it was sent to a line is at that line, whatever it cuts off', () => {
  for (let at = 0; at < 20_000; at++) {
    const told = Math.trunc((at / 1000) * 1e6) / 1e6;
    assert.equal(current([{ part: 1, at, what: 'said', participant: null, name: '', text: '', erased: false }], 1, millis(told)), 0, `${at} ms`);
  }
});
