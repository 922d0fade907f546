import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerable, asking, isBegun, mood, rowsOf, standing, typeKey } from '../../main/resources/static/rows.js';

const transfer = (more) => ({
  id: 't1',
  kind: 'FILE',
  name: 'a',
  mine: false,
  forMe: true,
  state: 'OFFERED',
  at: '2026-11-22T08:00:00Z',
  bytes: 10,
  received: 10,
  complete: true,
  receiving: false,
  file: { id: 'f1', size: 10 },
  ...more,
});
const entry = (more) => ({ id: 'e1', kind: 'FILE', name: 'a', bytes: 10, state: 'sending', transfer: '', parts: [{ upload: { url: '/api/files/f1', file: 'f1' } }], ...more });

test('what asks comes first, the earliest on top, then what is being sent, then the rest, the latest on top', () => {
  const rows = rowsOf(
    [
      transfer({ id: 'old', state: 'DONE', at: '2026-11-22T07:00:00Z', file: { id: 'x' } }),
      transfer({ id: 'ask2', at: '2026-11-22T08:02:00Z', file: { id: 'y' } }),
      transfer({ id: 'ask1', at: '2026-11-22T08:01:00Z', file: { id: 'z' } }),
      transfer({ id: 'new', state: 'DECLINED', at: '2026-11-22T07:30:00Z', file: { id: 'q' } }),
    ],
    [entry({ parts: [{}] })],
  );
  assert.deepEqual(rows.map(({ key }) => key), ['ask1', 'ask2', 'e1', 'new', 'old']);
});

test('what this page sends is one line with what the server says of it', () => {
  const [row, ...others] = rowsOf([transfer({ mine: true, forMe: false, state: 'ARRIVING' })], [entry({})]);
  assert.equal(row.entry?.id, 'e1');
  assert.deepEqual(others, []);
  const unanswered = entry({ parts: [{ upload: { url: '', file: '' } }] });
  assert.equal(rowsOf([transfer({ mine: true, forMe: false, state: 'ARRIVING' })], [unanswered]).length, 1);
  assert.equal(rowsOf([transfer({ mine: true, forMe: false, state: 'DONE' })], [unanswered]).length, 2);
});

test('a file of which a part is there can be gone on with by who sends it, unless this page does', () => {
  const part = (more) => transfer({ mine: true, forMe: false, state: 'ARRIVING', received: 5, file: { id: 'f1', size: 10, state: 'ARRIVING' }, ...more });
  assert.ok(isBegun(part({}), []));
  assert.ok(!isBegun(part({}), [entry({})]));
  assert.ok(!isBegun(part({ received: 10 }), []), 'being checked');
  assert.ok(!isBegun(part({ mine: false }), []));
  assert.ok(!isBegun(part({ kind: 'FOLDER', file: null }), []));
  assert.ok(!isBegun(part({ state: 'CANCELLED' }), []));
});

test('only who is asked has something to answer', () => {
  assert.equal(asking([transfer({}), transfer({ forMe: false }), transfer({ state: 'AGREED' })]), 1);
});

test('nobody is asked for what they may not answer any more, and all else stays as it is', () => {
  const all = [transfer({}), transfer({ id: 't2', state: 'DONE' }), transfer({ id: 't3', forMe: false })];
  assert.equal(asking(answerable(all, true)), 1);
  assert.equal(asking(answerable(all, false)), 0);
  assert.deepEqual(rowsOf(answerable(all, false), []).map((row) => row.asks), [false, false, false]);
  assert.equal(standing(answerable(all, false)[0]), 'state.offered');
  assert.equal(standing(answerable(all, false)[1]), 'state.done.me');
});

test('what ended with control says who has it, and only if that is known', () => {
  const agent = { id: 'anna', name: 'Anna', role: 'AGENT' };
  const customer = { id: 'marie', name: 'Marie', role: 'CUSTOMER' };
  const words = (from, mine, control) => standing(transfer({ state: 'CANCELLED', ending: 'CONTROL_PASSED', from, mine }), control);
  const ben = { state: 'ACTIVE', controller: 'ben' };
  assert.equal(words(agent, true, ben), 'ending.control.theirs');
  assert.equal(words(agent, false, ben), 'ending.control.theirs');
  assert.equal(words(agent, true, { state: 'TRANSFERRING', controller: null }), 'ending.control.nobody');
  assert.equal(words(customer, true, { state: 'TRANSFERRING' }), 'ending.control.nobody');
  assert.equal(words(agent, true, { state: 'ACTIVE', controller: 'anna' }), 'ending.control');
  assert.equal(words(customer, true, ben), 'ending.control');
  assert.equal(words(customer, false, ben), 'ending.control.changed');
  assert.equal(words(agent, true, { state: 'ENDED', controller: null }), 'ending.control.changed');
});

test('every state has its words for each side', () => {
  const words = (more) => standing(transfer(more));
  assert.equal(words({}), 'state.offered.me');
  assert.equal(words({ mine: true, forMe: false }), 'state.offered.mine');
  assert.equal(words({ forMe: false }), 'state.offered');
  assert.equal(words({ state: 'ARRIVING', received: 5, receiving: true }), 'state.arriving');
  assert.equal(words({ state: 'ARRIVING', received: 5 }), 'state.resting');
  assert.equal(words({ state: 'ARRIVING', received: 5, mine: true }), 'state.left');
  assert.equal(words({ state: 'ARRIVING', received: 5, mine: true, kind: 'FOLDER' }), 'state.left.folder');
  assert.equal(words({ state: 'ARRIVING' }), 'state.checking');
  assert.equal(words({ state: 'CANCELLED', ending: 'TAKEN_BACK', mine: true }), 'ending.mine');
  assert.equal(words({ state: 'REFUSED', file: { reason: 'INFECTED' } }), 'refused.infected');
  assert.equal(words({ state: 'REFUSED', file: null }), 'refused.folder');
  assert.equal(words({ state: 'REMOVED' }), 'state.removed');
  assert.equal(mood(transfer({ state: 'REFUSED' })), 'bad');
});

test('a program is called one whatever its sender says', () => {
  assert.equal(typeKey('image/png', 'cat.png.exe'), 'type.program');
  assert.equal(typeKey('', 'Letter.DOCX'), 'type.document');
  assert.equal(typeKey('image/svg+xml', 'a.svg'), 'type.picture');
  assert.equal(typeKey('application/octet-stream', 'a'), 'type.file');
});
