import { test } from 'node:test';
import assert from 'node:assert/strict';
import { changesOf, newChange, scenarioOf, KINDS, possible } from '../../main/resources/static/admin/simulator-changes.js';
import { cell, csvOf, csvName } from '../../main/resources/static/admin/simulator-csv.js';
import { decimal, draftFaults, draftOfRequest, freshDraft, localText, proposed, requestOf, span, withKind } from '../../main/resources/static/admin/simulator-draft.js';
import {
  MEASURES,
  amountText,
  barLengths,
  best,
  biasText,
  difference,
  progressOf,
  secondsText,
  timeForm,
  valueText,
} from '../../main/resources/static/admin/simulator-measures.js';
import { coarser, factorOf, together } from '../../main/resources/static/admin/simulator-intervals.js';
import { always } from '../../main/resources/static/admin/hours.js';

const NOW = Date.parse('2026-03-04T10:20:30Z');
const HOURS = { zone: 'Europe/Zurich', week: always(), holidays: [{ date: '2026-12-25', name: 'Christmas', from: null, to: null }] };
const SITE = {
  queues: [
    { id: 'q1', slug: 'printers', name: 'Printers', form: { strategy: 'LONGEST_IDLE', offerSeconds: 20, overflow: null, hours: HOURS, members: [{ agent: 'a' }] } },
    { id: 'q2', slug: 'all', name: 'All', form: { strategy: 'BROADCAST', offerSeconds: 10, overflow: { queue: 'printers', afterSeconds: 60 }, hours: HOURS, members: [] } },
  ],
  agents: [
    { id: 'a', name: 'Anna' },
    { id: 'b', name: 'Ben' },
  ],
  strategies: ['LONGEST_IDLE', 'BROADCAST'],
  draft: true,
};
const draft = (more = {}) => ({ ...proposed(freshDraft(NOW, 'As it is'), SITE.queues, undefined), ...more });
const faults = (one) => Object.fromEntries(Object.entries(draftFaults(one, SITE, NOW)).map(([path, { fault }]) => [path, fault]));

test('the first thing one sees can be simulated as it stands, with either kind of traffic', () => {
  assert.deepEqual(faults(draft()), {});
  assert.deepEqual(faults(withKind(draft(), 'GENERATED')), {});
});

test('recorded traffic goes up to now, by whole minutes, or from one time to another', () => {
  const { from, to } = span(draft(), NOW);
  assert.equal(new Date(to).toISOString(), '2026-03-04T10:20:00.000Z');
  assert.equal(to - from, 7 * 86_400_000);
  const own = draft({ period: 'own', from: localText(NOW - 3_600_000), to: localText(NOW) });
  assert.equal(span(own, NOW).to - span(own, NOW).from, 3_600_000);
  assert.equal(requestOf(own, SITE, NOW).traffic.kind, 'RECORDED');
  assert.equal('queues' in requestOf(own, SITE, NOW).traffic, false);
});

test('times that cannot be read or stand the wrong way round are told at their field', () => {
  assert.deepEqual(faults(draft({ period: 'own', from: '', to: localText(NOW) })), { from: 'date' });
  assert.deepEqual(faults(draft({ period: 'own', from: localText(NOW), to: localText(NOW) })), { to: 'order-times' });
  const made = withKind(draft(), 'GENERATED');
  made.generated.to = made.generated.from;
  assert.deepEqual(faults(made), { 'generated.to': 'order-times' });
  made.generated.to = localText(Date.parse(made.generated.from) + 63 * 86_400_000);
  assert.deepEqual(faults(made), { 'generated.to': 'too-long' });
});

test('made-up traffic begins on a day on which people work', () => {
  for (const day of ['2026-03-06T09:00', '2026-03-07T09:00', '2026-03-08T09:00']) {
    const { generated } = freshDraft(Date.parse(day), 'x');
    assert.notEqual(new Date(generated.from).getDay() % 6, 0, day);
    assert.ok(generated.from.endsWith('T08:00') && generated.to.endsWith('T18:00'));
  }
});

test('made-up traffic is proposed like what was recorded; a queue without any gets none, unless nothing was recorded at all', () => {
  const recorded = { items: 100, queues: [{ queue: 'q1', name: 'Printers', items: 100, perHour: 4.23, handlingSeconds: 301.7, patienceSeconds: null }] };
  const { q1, q2 } = proposed(freshDraft(NOW, 'x'), SITE.queues, recorded).generated.queues;
  assert.deepEqual(q1, { perHour: '4.2', handlingSeconds: '302', patienceSeconds: '180' });
  assert.equal(q2.perHour, '0');
  assert.equal(draft().generated.queues.q2.perHour, '20');
  const typed = draft();
  typed.generated.queues.q1.perHour = '7';
  assert.equal(proposed(typed, SITE.queues, recorded).generated.queues.q1.perHour, '7', 'what was typed stays');
  assert.equal(proposed(typed, SITE.queues, recorded, true).generated.queues.q1.perHour, '4.2', 'unless it is asked for');
});

test('made-up traffic is asked for without the queues to which nobody comes', () => {
  const made = withKind(draft(), 'GENERATED');
  made.generated.queues.q1 = { perHour: '12,5', handlingSeconds: '200', patienceSeconds: '60' };
  made.generated.queues.q2 = { perHour: '0', handlingSeconds: 'x', patienceSeconds: '' };
  assert.deepEqual(faults(made), {}, 'nobody looks at the rest of a queue without anybody');
  assert.deepEqual(requestOf(made, SITE, NOW).traffic.queues, [{ queue: 'q1', perHour: 12.5, handlingSeconds: 200, patienceSeconds: 60 }]);
  made.generated.queues.q1.perHour = '0';
  assert.deepEqual(faults(made), { 'generated.queues.q1.perHour': 'nobody' });
  made.generated.queues.q1.perHour = 'many';
  assert.equal(faults(made)['generated.queues.q1.perHour'], 'number');
  assert.equal(decimal('1.5'), 1.5);
  assert.ok(Number.isNaN(decimal('-1')) && Number.isNaN(decimal('')) && Number.isNaN(decimal('1e9')));
});

test('made-up traffic has no recorded shifts: the page turns to opening hours, and back', () => {
  assert.equal(withKind(draft(), 'GENERATED').shifts, 'HOURS');
  assert.equal(withKind(withKind(draft(), 'GENERATED'), 'RECORDED').shifts, 'RECORDED');
  assert.equal(withKind(draft({ shifts: 'ALWAYS' }), 'GENERATED').shifts, 'ALWAYS');
  const made = withKind(draft(), 'GENERATED');
  made.scenarios[0].changes = [{ kind: 'shifts', value: 'RECORDED' }];
  assert.deepEqual(faults(made), { 'scenarios[0].changes[0].value': 'shifts' });
});

test('each change that is offered can be simulated as it begins, and does something', () => {
  for (const kind of KINDS) {
    assert.ok(possible(kind, SITE), kind);
    const one = draft();
    one.scenarios.push({ name: 'Other', changes: [newChange(kind, SITE, 'q2')] });
    assert.deepEqual(faults(one), {}, kind);
    assert.notDeepEqual({ ...scenarioOf(one.scenarios[1], SITE, 'RECORDED'), name: 'As it is' }, scenarioOf(one.scenarios[0], SITE, 'RECORDED'), kind);
  }
  assert.equal(possible('rules', { ...SITE, draft: false }), false);
  assert.equal(possible('absent', { ...SITE, agents: [] }), false);
});

test('a scenario is sent in the shape of the server', () => {
  const changes = [
    { kind: 'more', queue: 'q1', agents: '2', capacity: '1' },
    { kind: 'capacity', agent: 'a', capacity: '5' },
    { kind: 'capacity', agent: '*', capacity: '2' },
    { kind: 'absent', agent: 'b' },
    { kind: 'strategy', queue: 'q1', value: 'BROADCAST' },
    { kind: 'offer', queue: 'q1', seconds: '15' },
    { kind: 'overflow', queue: 'q1', to: 'all', seconds: '30' },
    { kind: 'overflow', queue: 'q2', to: '', seconds: '30' },
    { kind: 'hours', queue: 'q2', days: 'weekdays', from: '08:00', to: '12:00' },
    { kind: 'rules', value: 'DRAFT' },
    { kind: 'shifts', value: 'ALWAYS' },
  ];
  const made = scenarioOf({ name: ' Better ', changes }, SITE, 'RECORDED');
  assert.deepEqual(made, {
    name: 'Better',
    shifts: 'ALWAYS',
    rules: 'DRAFT',
    more: [{ queue: 'q1', agents: 2, capacity: 1 }],
    agents: { a: { capacity: 5 }, b: { capacity: 2, inbound: false } },
    queues: {
      q1: { strategy: 'BROADCAST', offerSeconds: 15, overflow: { queue: 'all', afterSeconds: 30 } },
      q2: { overflow: null, hours: { ...HOURS, week: Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: '08:00', to: '12:00' }] : [])) } },
    },
  });
  assert.deepEqual(scenarioOf({ name: 'x', changes: changesOf(made, SITE, 'RECORDED') }, SITE, 'RECORDED'), { ...made, name: 'x' });
});

test('a simulation that is changed and run again asks for the same as before, what the page cannot show included', () => {
  const request = {
    traffic: { kind: 'GENERATED', from: '2026-03-02T08:00:00.000Z', to: '2026-03-02T18:00:00.000Z', seed: 7, queues: [{ queue: 'q2', perHour: 3, handlingSeconds: 100, patienceSeconds: 50 }] },
    serviceLevelSeconds: 30,
    answerSeconds: 4,
    declines: 0.07,
    noAnswers: 0,
    scenarios: [
      { name: 'One', shifts: 'HOURS' },
      {
        name: 'Two',
        shifts: 'ALWAYS',
        queues: { q1: { largestLength: 5, hours: { ...HOURS, week: [[{ from: '08:00', to: '12:00' }, { from: '13:00', to: '17:00' }], [], [], [], [], [], []] } } },
        agents: { a: { capacity: 3 }, b: { capacity: 3 } },
      },
    ],
  };
  const back = draftOfRequest(request, SITE, freshDraft(NOW, 'x'));
  assert.deepEqual(back.scenarios[1].changes.map((one) => one.kind), ['capacity', 'shifts', 'other']);
  assert.equal(back.scenarios[1].changes[0].agent, '*');
  assert.deepEqual(requestOf(back, SITE, NOW), request);
  const recorded = { ...request, traffic: { kind: 'RECORDED', from: '2026-03-02T08:00:00.000Z', to: '2026-03-02T18:00:00.000Z' } };
  assert.deepEqual(requestOf(draftOfRequest(recorded, SITE, freshDraft(NOW, 'x')), SITE, NOW), recorded);
});

test('what the page has no fields for is asked for again, too', () => {
  const request = {
    traffic: { kind: 'GENERATED', from: '2026-03-02T08:00:00.000Z', to: '2026-03-02T18:00:00.000Z', seed: 7, queues: [{ queue: 'q2', perHour: 3, handlingSeconds: 100, patienceSeconds: 50 }], always: true },
    serviceLevelSeconds: 30,
    answerSeconds: 4,
    declines: 0.07,
    noAnswers: 0,
    returnSeconds: 90,
    scenarios: [
      { name: 'One', shifts: 'HOURS', rulesText: 'always -> queue printers' },
      { name: 'Two', shifts: 'HOURS', rules: 'LIVE', agents: { a: { capacity: 3, skills: { french: 5 } }, b: { skills: {} } } },
    ],
  };
  const back = draftOfRequest(request, SITE, freshDraft(NOW, 'x'));
  assert.deepEqual(requestOf(back, SITE, NOW), request);
  // Somebody who chooses the draft means the draft.
  back.scenarios[0].changes = [{ kind: 'rules', value: 'DRAFT' }];
  assert.deepEqual(requestOf(back, SITE, NOW).scenarios[0], { name: 'One', shifts: 'HOURS', rules: 'DRAFT' });
  // Recorded traffic comes when it came.
  assert.equal('always' in requestOf({ ...back, kind: 'RECORDED' }, SITE, NOW).traffic, false);
});

test('scenarios that contradict themselves or each other are told', () => {
  const one = draft();
  one.scenarios = [
    { name: 'Same', changes: [] },
    {
      name: 'Same',
      changes: [
        { kind: 'strategy', queue: 'q1', value: 'BROADCAST' },
        { kind: 'strategy', queue: 'q1', value: 'LONGEST_IDLE' },
        { kind: 'offer', queue: 'gone', seconds: '4' },
        { kind: 'overflow', queue: 'q1', to: 'printers', seconds: '30' },
        { kind: 'hours', queue: 'q1', days: 'all', from: '8', to: '12:00' },
        { kind: 'absent', agent: 'nobody' },
        { kind: 'more', queue: 'q1', agents: '0', capacity: '21' },
      ],
    },
    { name: ' ', changes: [] },
    { name: '😀'.repeat(61), changes: [] },
  ];
  assert.deepEqual(faults(one), {
    'scenarios[1].name': 'twice',
    'scenarios[1].changes[1].queue': 'twice',
    'scenarios[1].changes[2].queue': 'gone',
    'scenarios[1].changes[2].seconds': 'range',
    'scenarios[1].changes[3].to': 'self',
    'scenarios[1].changes[4].to': 'time',
    'scenarios[1].changes[5].agent': 'gone',
    'scenarios[1].changes[6].agents': 'range',
    'scenarios[1].changes[6].capacity': 'range',
    'scenarios[2].name': 'missing',
    'scenarios[3].name': 'long',
  });
  assert.deepEqual(faults(draft({ declines: '60', noAnswers: '60' })), { noAnswers: 'range' });
});

const result = (more = {}) => ({
  arrived: 100,
  answered: 90,
  inTime: 80,
  abandoned: 8,
  expired: 2,
  left: 0,
  declined: 3,
  noAnswer: 1,
  overflowed: 0,
  serviceLevel: 0.8,
  answerSeconds: 12,
  longestSeconds: 300,
  abandonRate: 0.08,
  occupancy: 0.7,
  estimate: { items: 50, biasSeconds: -4, meanErrorSeconds: 9, p90ErrorSeconds: 20 },
  ...more,
});
const of = (key) => MEASURES.find((one) => one.key === key);

test('better and worse depend on the measure; occupancy is neither', () => {
  const first = result();
  const verdict = (key, more) => difference(of(key), result(more), first).verdict;
  assert.equal(verdict('serviceLevel', { serviceLevel: 0.9 }), 'better');
  assert.equal(verdict('serviceLevel', { serviceLevel: 0.7 }), 'worse');
  assert.equal(verdict('serviceLevel', { serviceLevel: 0.803 }), 'same');
  assert.equal(verdict('serviceLevel', { serviceLevel: null }), 'none');
  assert.equal(verdict('answerSeconds', { answerSeconds: 5 }), 'better');
  assert.equal(verdict('longestSeconds', { longestSeconds: 500 }), 'worse');
  assert.equal(verdict('longestSeconds', { longestSeconds: 302 }), 'same');
  assert.equal(verdict('abandonRate', { abandonRate: 0.2 }), 'worse');
  assert.equal(verdict('occupancy', { occupancy: 0.9 }), 'more');
  assert.equal(verdict('occupancy', { occupancy: 0.5 }), 'less');
  assert.equal(verdict('estimate', { estimate: null }), 'none');
  assert.equal(Math.round(difference(of('serviceLevel'), result({ serviceLevel: 0.9 }), first).by * 100), 10);
});

test('bars of rates go to a hundred percent, those of times to the longest', () => {
  assert.deepEqual(barLengths(of('serviceLevel'), [result(), result({ serviceLevel: null })]), [80, undefined]);
  assert.deepEqual(barLengths(of('answerSeconds'), [result(), result({ answerSeconds: 24 })]), [50, 100]);
  assert.deepEqual(barLengths(of('answerSeconds'), [result({ answerSeconds: 0 })]), [0]);
});

test('the best is the one that answers most in time, if any is better than the first', () => {
  const scenario = (serviceLevel) => ({ name: 'x', totals: result({ serviceLevel }), queues: [], intervals: [] });
  assert.equal(best([scenario(0.8), scenario(0.9), scenario(0.95)])?.index, 2);
  assert.equal(best([scenario(0.8), scenario(0.7), scenario(0.801)]), undefined);
  assert.equal(best([scenario(null), scenario(0.7)]), undefined);
});

test('numbers are told as people read them', () => {
  assert.equal(secondsText(3.24, 'en'), '3.2 sec');
  assert.equal(secondsText(42, 'fr').replace(/\s/gu, ' '), '42 s');
  assert.equal(secondsText(0, 'en'), '0 sec');
  assert.equal(secondsText(59.7, 'en'), '1:00');
  assert.equal(secondsText(3725, 'en'), '1:02:05');
  assert.equal(valueText('part', 0.824, 'en'), '82%');
  assert.equal(valueText('part', 0.0123, 'en'), '1.2%');
  assert.equal(valueText('part', 0.999, 'en'), '99.9%');
  assert.equal(valueText('part', null, 'en'), '–');
  assert.equal(valueText('count', 12_345, 'en'), '12,345');
  const t = (key, args) => `${key} ${JSON.stringify(args ?? {})}`;
  assert.equal(amountText('part', 0.1234, 'en', t), 'simulator.points {"points":"12"}');
  assert.equal(amountText('part', 0.0123, 'en', t), 'simulator.points {"points":"1.2"}');
  assert.match(biasText(result(), 'en', t), /bias\.short .*4 sec/u);
  assert.match(biasText(result({ estimate: { items: 1, biasSeconds: 0.1 } }), 'en', t), /bias\.none/u);
  assert.equal(biasText(result({ estimate: null }), 'en', t), '');
});

test('how far it is, as far as that is known', () => {
  const one = { id: 'x', by: 'a', request: { scenarios: [{}, {}] } };
  assert.equal(progressOf({ ...one, state: 'RUNNING', done: 5, items: 20, scenario: 0 }), 0.125);
  assert.equal(progressOf({ ...one, state: 'RUNNING', done: 5, items: 20, scenario: 1 }), 0.625);
  assert.equal(progressOf({ ...one, state: 'RUNNING', done: 5 }), undefined);
  assert.equal(progressOf({ ...one, state: 'RUNNING', done: 25, items: 20, scenario: 1 }), 1);
  assert.equal(progressOf({ ...one, state: 'DONE', done: 0 }), 1);
});

test('times of intervals are as fine as they have to be', () => {
  assert.equal('day' in timeForm(['2026-03-02T10:00:00Z', '2026-03-02T10:15:00Z']), false);
  assert.equal('weekday' in timeForm(['2026-03-02T10:00:00Z', '2026-03-02T16:00:00Z', '2026-03-05T10:00:00Z']), true);
  assert.equal('hour' in timeForm(['2026-03-02T10:00:00Z', '2026-03-04T10:00:00Z']), false);
  assert.ok(timeForm([]));
});

test('the table for spreadsheets has a line for everything, and no formulas', () => {
  const queue = { queue: 'q1', name: '=HYPERLINK("x")', ...result() };
  const simulation = {
    id: 'x',
    state: 'DONE',
    by: 'anna',
    done: 100,
    request: {},
    scenarios: [{ name: 'As it is, "now"', totals: result({ serviceLevel: null }), queues: [queue], intervals: [{ at: '2026-03-02T10:00:00Z', totals: result(), queues: { q1: result(), q9: result() } }] }],
  };
  const lines = csvOf(simulation).trimEnd().split('\r\n');
  assert.equal(lines.length, 6);
  assert.ok(lines[1].startsWith('"As it is, ""now""",,,100,,90,80,'));
  assert.equal(lines[1].split(',').at(-9), '', 'what has no value is empty');
  assert.ok(lines[2].includes(`"'=HYPERLINK(""x"")"`));
  assert.ok(lines[3].includes(',2026-03-02T10:00:00Z,'));
  assert.ok(lines[5].includes(',q9,'));
  assert.equal(cell('plain'), 'plain');
  assert.equal(csvName(NOW), 'simulation-2026-03-04-10-20.csv');
});

test('intervals become so long that enough happens in each, but not fewer than eight', () => {
  const of = (count, arrived) => Array.from({ length: count }, (_, i) => ({ at: String(i), totals: result({ arrived }), queues: {} }));
  assert.equal(factorOf(of(120, 50)), 1);
  assert.equal(factorOf(of(120, 4)), 6);
  assert.equal(factorOf(of(120, 0)), 12);
  assert.equal(factorOf(of(10, 1)), 1);
  const made = coarser(of(10, 3), 4);
  assert.deepEqual(made.map((one) => [one.at, one.totals.arrived]), [['0', 12], ['4', 12], ['8', 6]]);
});

test('what is put together is what would have been counted together', () => {
  const some = [
    result({ answered: 10, inTime: 10, abandoned: 0, expired: 0, answerSeconds: 2, longestSeconds: 9, occupancy: 0.2, left: 4, estimate: { items: 10, biasSeconds: 2, meanErrorSeconds: 2 } }),
    result({ answered: 30, inTime: 0, abandoned: 10, expired: 0, answerSeconds: 42, longestSeconds: 99, occupancy: 0.8, left: 7, estimate: { items: 30, biasSeconds: -2, meanErrorSeconds: 6 } }),
    result({ arrived: 0, answered: 0, inTime: 0, abandoned: 0, expired: 0, serviceLevel: null, answerSeconds: null, longestSeconds: null, occupancy: null, left: 1, estimate: null }),
  ];
  const whole = together(some);
  assert.equal(whole.arrived, 200);
  assert.equal(whole.serviceLevel, 0.2);
  assert.equal(whole.abandonRate, 0.2);
  assert.equal(whole.answerSeconds, 32);
  assert.equal(whole.longestSeconds, 99);
  assert.equal(whole.occupancy, 0.5);
  assert.equal(whole.left, 1);
  assert.deepEqual(whole.estimate, { items: 40, biasSeconds: -1, meanErrorSeconds: 5 });
  const none = together([some[2]]);
  assert.deepEqual([none.serviceLevel, none.answerSeconds, none.longestSeconds, none.occupancy, none.estimate?.meanErrorSeconds], [null, null, null, null, null]);
  const queues = coarser([{ at: '0', totals: some[0], queues: { q1: some[0] } }, { at: '1', totals: some[1], queues: { q2: some[1] } }], 2)[0].queues;
  assert.equal(queues.q1.answered, 10);
  assert.equal(queues.q2.answered, 30);
});
