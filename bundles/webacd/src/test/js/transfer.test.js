import { test } from 'node:test';
import assert from 'node:assert/strict';
import { NOTHING, chosen, fault, lengthOf, matching, request, targetsOf, toggled } from '../../main/resources/static/transfer/choice.js';

const targets = targetsOf({
  queues: [
    { id: 'p', name: 'Printers', open: true, full: false, waiting: 2, changes: '2026-01-01T17:00:00Z' },
    { id: 'c', name: 'Closed', open: false, full: false, waiting: 0, changes: '2026-01-02T08:00:00Z' },
    { id: 'f', name: 'Full', open: true, full: true, waiting: 9 },
  ],
  agents: [
    { id: 'a', name: 'Anna', presence: 'AVAILABLE' },
    { id: 'b', name: 'Beat', presence: 'AWAY' },
  ],
});

test('a queue says when it opens only while it is closed', () => {
  assert.equal(targets.queues[0].opens, '');
  assert.equal(targets.queues[1].opens, '2026-01-02T08:00:00Z');
  assert.deepEqual(targetsOf(undefined), { queues: [], agents: [], fallback: '', minutes: 1 });
  const told = targetsOf({ fallback: 'Back-up', longestSeconds: 600 });
  assert.deepEqual([told.fallback, told.minutes], ['Back-up', 10]);
});

test('exactly one queue or agents: only the open tab counts (W34)', () => {
  const both = { ...NOTHING, queue: 'p', agents: new Set(['a']) };
  assert.deepEqual(request({ ...both, tab: 'queues' }, targets, 's'), { session: 's', queue: 'p' });
  assert.deepEqual(request({ ...both, tab: 'agents' }, targets, 's'), { session: 's', agents: ['a'] });
});

test('what was chosen and has gone is not chosen', () => {
  assert.equal(chosen({ ...NOTHING, queue: 'x' }, targets).queue, undefined);
  assert.equal(fault({ ...NOTHING, tab: 'agents', agents: new Set(['x']) }, targets), 'none.agents');
});

test('every reason why it cannot be sent', () => {
  assert.equal(fault(NOTHING, targets), 'none.queue');
  assert.equal(fault(NOTHING, undefined), 'none.queue');
  assert.equal(fault({ ...NOTHING, queue: 'c' }, targets), 'closed');
  assert.equal(fault({ ...NOTHING, queue: 'f' }, targets), 'full');
  assert.equal(fault({ ...NOTHING, queue: 'p' }, targets), '');
  const crowd = targetsOf({ agents: Array.from({ length: 21 }, (_, i) => ({ id: `${i}`, name: `${i}` })) });
  const all = (n) => ({ ...NOTHING, tab: 'agents', agents: new Set(crowd.agents.slice(0, n).map((one) => one.id)) });
  assert.equal(fault(all(20), crowd), '');
  assert.equal(fault(all(21), crowd), 'many');
});

test('345 code points are sent and 346 are not, blanks around them not counted (W36)', () => {
  const with_ = (reason) => ({ ...NOTHING, queue: 'p', reason });
  assert.equal(fault(with_('😀'.repeat(345)), targets), '');
  assert.equal(fault(with_('😀'.repeat(346)), targets), 'long');
  assert.equal(fault(with_(`  ${'e\u0301'.repeat(172)}x \n`), targets), '');
  assert.equal(lengthOf(with_('e\u0301'.repeat(173))), 346);
  assert.equal(request(with_('  please \n'), targets, 's').reason, 'please');
  assert.equal('reason' in request(with_('  \n'), targets, 's'), false);
});

test('an agent is chosen and put back without changing the choice before', () => {
  const one = toggled(NOTHING, 'a');
  assert.deepEqual([...one.agents], ['a']);
  assert.equal(NOTHING.agents.size, 0);
  assert.equal(toggled(one, 'a').agents.size, 0);
});

test('names are found by parts of words, whatever the accents', () => {
  const all = [{ name: 'Léa Dupont' }, { name: 'Lea Meier' }, { name: 'Marc' }];
  assert.deepEqual(matching(all, 'lea').map((o) => o.name), ['Léa Dupont', 'Lea Meier']);
  assert.deepEqual(matching(all, ' dup  léa').map((o) => o.name), ['Léa Dupont']);
  assert.equal(matching(all, '').length, 3);
});
