import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastNumber, lines, merged, room, sendable, stopped, unread, unsent } from '../../main/resources/static/conversation.js';

const ANNA = 'anna';
const MARIE = 'marie';

/**
 * @param {number} number
 * @param {string} [from]
 * @param {string} [at]
 * @param {string} [text]
 * @returns {any}
 */
const said = (number, from = ANNA, at = '2026-11-21T10:00:00Z', text = `text ${number}`) => ({
  number,
  kind: 'TEXT',
  from,
  name: from,
  text,
  notice: null,
  at,
});
/** @param {number} number @returns {any} */
const noticed = (number, at = '2026-11-21T10:00:00Z') => ({
  number,
  kind: 'NOTICE',
  from: null,
  name: '',
  text: '',
  notice: { code: 'joined', name: 'Marie' },
  at,
});
const numbers = (/** @type {any[]} */ messages) => messages.map((m) => m.number);

test('messages stand in their order, each once, however they come', () => {
  const first = merged([], [said(1), said(2)]);
  assert.deepEqual(numbers(merged(first, [said(3), said(4)])), [1, 2, 3, 4]);
  assert.deepEqual(numbers(merged(first, [said(2), said(3)])), [1, 2, 3]);
  assert.deepEqual(numbers(merged(first, [said(4), said(3)])), [1, 2, 3, 4]);
  assert.deepEqual(numbers(merged([said(1), said(4)], [said(2)])), [1, 2, 4]);
  assert.equal(merged(first, []), first);
  assert.equal(lastNumber(first), 2);
  assert.equal(lastNumber([]), 0);
});

test('what one person says without a pause is one run', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  const shown = lines(
    [
      noticed(1),
      said(2, ANNA, '2026-11-21T10:00:10Z'),
      said(3, ANNA, '2026-11-21T10:01:00Z'),
      said(4, MARIE, '2026-11-21T10:01:10Z'),
      said(5, ANNA, '2026-11-21T10:01:20Z'),
      said(6, ANNA, '2026-11-21T10:20:00Z'),
    ],
    MARIE,
    now,
  );
  assert.deepEqual(
    shown.map((line) => (line.type === 'run' ? [line.own, numbers(line.messages)] : line.type)),
    ['notice', [false, [2, 3]], [true, [4]], [false, [5]], [false, [6]]],
  );
});

test('a new name is a new run, so that nobody speaks under another one', () => {
  const renamed = { ...said(2), name: 'Annabel' };
  assert.equal(lines([said(1), renamed], MARIE, new Date('2026-11-21T12:00:00Z')).length, 2);
});

test('days stand between messages of different days, and not before those of today', () => {
  const now = new Date(2026, 10, 21, 12);
  const at = (/** @type {number} */ day) => new Date(2026, 10, day, 9).toISOString();
  const types = lines([said(1, ANNA, at(19)), said(2, ANNA, at(19)), said(3, ANNA, at(21))], MARIE, now).map((l) => l.type);
  assert.deepEqual(types, ['day', 'run', 'day', 'run']);
  assert.deepEqual(
    lines([said(1, ANNA, at(21))], MARIE, now).map((l) => l.type),
    ['run'],
  );
});

test('a message that arrived before its answer is not shown twice', () => {
  const item = (/** @type {string} */ key, /** @type {string} */ text, after = 3) => /** @type {any} */ ({ key, text, after });
  const messages = [said(3, MARIE, undefined, 'ok'), said(4, MARIE, undefined, 'ok'), said(5, ANNA, undefined, 'yes')];
  const keys = (/** @type {any[]} */ items) => unsent(items, messages, MARIE).map((i) => i.key);
  assert.deepEqual(keys([item('a', 'ok')]), []);
  assert.deepEqual(keys([item('a', 'ok'), item('b', 'ok')]), ['b'], 'said twice, arrived once');
  assert.deepEqual(keys([item('a', 'yes')]), ['a'], 'somebody else said it');
  assert.deepEqual(keys([item('a', 'ok', 4)]), ['a'], 'it was said before');
});

test('unread are texts of others after what was seen', () => {
  const messages = [said(1), noticed(2), said(3, MARIE), said(4), said(5)];
  assert.equal(unread(messages, MARIE, 0), 3);
  assert.equal(unread(messages, MARIE, 4), 1);
  assert.equal(unread(messages, MARIE, 5), 0);
});

test('what is sent is what the server takes', () => {
  assert.equal(sendable('  hi \r\n there\t\n'), '  hi \n there');
  assert.equal(sendable('\n \n  code'), '  code');
  assert.equal(sendable('a\u0000b\u0007c\u009bd\u007f'), 'abcd');
  assert.equal(sendable('x\ud83d y\ude00 😀'), 'x\ufffd y\ufffd 😀');
  assert.equal(sendable(' \n\t '), '');
});

test('room is counted in characters as people see them typed', () => {
  assert.equal(room(''), 4000);
  assert.equal(room('😀'.repeat(4000)), 0);
  assert.equal(room('😀'.repeat(4001)), -1);
  assert.equal(room('a'.repeat(4000)), 0);
});

test('W30 the chat ends with a change of control, until it is started again', () => {
  const chat = [{ name: 'chat' }];
  assert.equal(stopped(undefined), false);
  assert.equal(stopped({ epoch: 1, activities: [] }), false);
  assert.equal(stopped({ epoch: 2, activities: [{ name: 'screen' }] }), true);
  assert.equal(stopped({ epoch: 2, activities: chat }), false);
  assert.equal(stopped({ epoch: 2, activities: [], state: 'ENDED' }), false);
  assert.equal(stopped({ epoch: 2, firstEpoch: 1, activities: [], state: 'TRANSFERRING' }), false);
  assert.equal(stopped({ epoch: 3, firstEpoch: 3, activities: [] }), false);
  assert.equal(stopped({ epoch: 4, firstEpoch: 3, activities: [] }), true);
});
