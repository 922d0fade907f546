import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barState, clock } from '../../main/resources/static/states.js';

const ANNA = { id: 'a', role: 'AGENT', name: 'Anna', state: 'JOINED' };
const MARIE = { id: 'm', role: 'CUSTOMER', name: 'Marie', state: 'JOINED' };
const EXPERT = { id: 'v', role: 'VIEWER', name: 'Vera', state: 'JOINED' };
const NOW = Date.parse('2026-11-21T12:02:14Z');
const recording = (more) => ({ id: 'r', state: 'RECORDING', ending: null, refusedBy: null, startedAt: '2026-11-21T12:00:00Z', by: 'a', ...more });
const consent = (state, more) => ({ id: 'c', capability: 'recording', of: 'm', state, until: null, ...more });
const session = (consents, running, participants = [ANNA, MARIE, EXPERT]) => ({
  participants,
  consents,
  activities: running ? [{ name: 'recording', since: '2026-11-21T12:00:00Z' }] : [],
});

test('nothing is recorded', () => {
  const state = barState(session([], false), 'a', undefined, NOW);
  assert.equal(state.kind, 'idle');
  assert.equal(state.note, '');
  assert.equal(state.watch, '');
});

test('it waits for those who are asked, not for the controller and not for viewers', () => {
  const state = barState(session([consent('ASKED')], false), 'a', recording({ state: 'ASKING', startedAt: null }), NOW);
  assert.equal(state.kind, 'asking');
  assert.deepEqual(state.names, ['Marie']);
});

test('it counts from when it began', () => {
  const state = barState(session([consent('GRANTED')], true), 'a', recording(), NOW);
  assert.equal(state.kind, 'recording');
  assert.equal(state.seconds, 134);
});

test('who comes later makes it wait, and so does a consent whose time is over', () => {
  const paul = { ...MARIE, id: 'p', name: 'Paul' };
  assert.deepEqual(barState(session([consent('GRANTED')], true, [ANNA, MARIE, paul]), 'a', recording(), NOW).names, ['Paul']);
  const over = consent('GRANTED', { until: '2026-11-21T12:00:00Z' });
  assert.equal(barState(session([over], true), 'a', recording(), NOW).kind, 'waiting');
});

test('who refused is named, and who is asked sees the question', () => {
  const refused = barState(session([consent('DENIED')], false), 'a', recording({ state: 'CANCELLED', ending: 'REFUSED', refusedBy: 'm' }), NOW);
  assert.equal(refused.note, 'refused');
  assert.equal(refused.refusedBy, 'Marie');
  assert.equal(barState(session([consent('ASKED')], false), 'm', recording({ state: 'ASKING' }), NOW).question?.id, 'c');
  assert.equal(barState(session([consent('ASKED')], false), 'a', recording({ state: 'ASKING' }), NOW).question, undefined);
});

test('a full disk is told, and what has ended can be watched', () => {
  const state = barState(session([], false), 'a', recording({ state: 'FINISHED', ending: 'NO_ROOM' }), NOW);
  assert.equal(state.note, 'no-room');
  assert.equal(state.watch, 'r');
});

test('a clock for people', () => {
  assert.equal(clock(0), '00:00');
  assert.equal(clock(134.9), '02:14');
  assert.equal(clock(3734), '1:02:14');
  assert.equal(clock(-3), '00:00');
});
