import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Lengths, changes, isAccept, mostUrgent, somethingToSay } from '../../main/resources/static/offers/changes.js';

const offer = (id, until = '2026-01-01T10:00:20Z') => ({ id, until, name: id });
const view = (offers, more = {}) => ({ webacd: true, offers, work: [], queues: [], ...more });
const kinds = (list) => list.map((one) => `${one.kind} ${one.offer.id}`);

test('what came, what was taken back, what was not answered', () => {
  assert.deepEqual(kinds(changes(undefined, view([offer('a')]), new Set())), ['came a']);
  assert.deepEqual(kinds(changes(view([offer('a')]), view([offer('b')]), new Set())), ['came b', 'gone a']);
  assert.deepEqual(kinds(changes(view([offer('a')]), view([], { absent: 'no-answer' }), new Set())), ['missed a']);
  assert.deepEqual(kinds(changes(view([offer('a')]), view([]), new Set(['a']))), []);
  assert.deepEqual(kinds(changes(view([offer('a')]), view([offer('a')]), new Set())), []);
});

test('what the agent has accepted in another page of theirs was not taken back', () => {
  const before = view([{ ...offer('a'), item: 'i' }]);
  assert.deepEqual(kinds(changes(before, view([], { work: [{ item: 'i' }] }), new Set())), []);
  assert.deepEqual(kinds(changes(before, view([], { work: [{ item: 'k' }] }), new Set())), ['gone a']);
});

test('an offer that goes later, while the agent is still away, was not missed again', () => {
  const away = view([offer('a')], { absent: 'no-answer' });
  assert.deepEqual(kinds(changes(away, view([], { absent: 'no-answer' }), new Set())), ['gone a']);
});

test('the shortcut takes the offer that ends first', () => {
  assert.equal(mostUrgent([offer('a', '2026-01-01T10:00:20Z'), offer('b', '2026-01-01T10:00:09Z')])?.id, 'b');
  assert.equal(mostUrgent([]), undefined);
});

test('Alt+W by the key’s place, once, and nothing else', () => {
  const key = { altKey: true, ctrlKey: false, metaKey: false, shiftKey: false, code: 'KeyW', repeat: false };
  assert.equal(isAccept(key), true);
  assert.equal(isAccept({ ...key, repeat: true }), false);
  assert.equal(isAccept({ ...key, ctrlKey: true }), false);
  assert.equal(isAccept({ ...key, altKey: false }), false);
  assert.equal(isAccept({ ...key, code: 'KeyE' }), false);
});

test('the bar begins full when an offer is first seen and ends empty', () => {
  const lengths = new Lengths();
  const at = Date.parse('2026-01-01T10:00:00Z');
  const one = offer('a');
  lengths.note([one], at);
  assert.equal(lengths.left(one, at), 1);
  assert.equal(lengths.left(one, at + 5000), 0.75);
  lengths.note([one], at + 5000);
  assert.equal(lengths.left(one, at + 10_000), 0.5);
  assert.equal(lengths.left(one, at + 30_000), 0);
  lengths.note([], at);
  lengths.note([one], at + 10_000);
  assert.equal(lengths.left(one, at + 10_000), 1);
});

test('the row takes no room while there is nothing to say', () => {
  assert.equal(somethingToSay(undefined), false);
  assert.equal(somethingToSay(view([])), false);
  assert.equal(somethingToSay(view([], { work: [{ state: 'ASSIGNED' }] })), false);
  assert.equal(somethingToSay(view([], { queues: [{ pick: true, waiting: 0 }, { pick: false, waiting: 4 }] })), false);
  assert.equal(somethingToSay(view([], { queues: [{ pick: true, waiting: 1 }] })), true);
  assert.equal(somethingToSay(view([], { work: [{ state: 'WRAP_UP' }] })), true);
  assert.equal(somethingToSay(view([], { absent: 'no-answer' })), true);
  assert.equal(somethingToSay(view([], { absent: 'gone' })), false);
  assert.equal(somethingToSay({ ...view([offer('a')]), webacd: false }), false);
});
