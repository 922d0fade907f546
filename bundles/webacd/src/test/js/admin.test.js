import { test } from 'node:test';
import assert from 'node:assert/strict';
import { agentDraft, agentFaults, membershipChanges, saidOf, withMember } from '../../main/resources/static/admin/agent-draft.js';
import { fileName, newIn, readConfiguration, sortedChanges } from '../../main/resources/static/admin/configuration-text.js';
import { copied, dayNames, hoursOpen, minuteOf, nextSpan, office, always, openIn, timeOf, wrongEnd } from '../../main/resources/static/admin/hours.js';
import { moved } from '../../main/resources/static/admin/order.js';
import { draftOf, faultsOf, formOf } from '../../main/resources/static/admin/queue-draft.js';
import { differences, exampleOf, offsetOf, pairsOf, partsOf, placeOf } from '../../main/resources/static/admin/rules-text.js';
import { at, isSlug, isWebAddress, matches, numberFault, put, slugOf } from '../../main/resources/static/admin/values.js';

const queue = (more = {}) => ({
  slug: 'printers',
  name: 'Printers',
  description: '',
  strategy: 'LONGEST_IDLE',
  priorityStepSeconds: 60,
  offerSeconds: 20,
  wrapUpSeconds: 0,
  largestLength: null,
  largestWaitSeconds: null,
  overflow: null,
  hours: { zone: 'UTC', week: always(), holidays: [{ date: '2026-12-25', name: 'Christmas', from: null, to: null }] },
  skills: { mode: 'ALL', required: [{ skill: 'french', level: 5 }], relax: [{ afterSeconds: 30, skill: 'french', level: null }] },
  preferredSeconds: 0,
  pick: false,
  entry: {
    enabled: true,
    fields: [{ key: 'product', label: { en: 'Product', de: 'Produkt' }, type: 'CHOICE', options: ['Laser', 'Ink'], required: true, max: 200 }],
    openText: { en: 'Get help' },
    closedText: {},
    closedUrl: null,
  },
  start: { screen: 'VIEW', url: null, voice: false, systemInformation: true, scripts: false, reboot: true },
  showPosition: true,
  showWait: false,
  members: [{ agent: 'anna', rank: 2 }],
  ...more,
});

test('a queue that is edited and left as it was is sent as it came, other languages too', () => {
  assert.deepEqual(formOf(draftOf(queue())), queue());
  const known = { key: 'mail', label: { en: 'E-mail' }, type: 'EMAIL', options: [], required: true, max: 200, recognises: true };
  const form = queue();
  form.entry.fields.push(/** @type {any} */ (known));
  assert.deepEqual(formOf(draftOf(form)), form);
  const draft = draftOf(form);
  draft.entry.fields[1].type = 'NUMBER';
  assert.equal(formOf(draft).entry.fields[1].recognises, undefined);
  const full = queue({ largestLength: 10, largestWaitSeconds: 600, overflow: { queue: 'all', afterSeconds: 90 }, hours: { zone: 'Europe/Zurich', week: office(), holidays: [{ date: '2026-12-24', name: '', from: '08:00', to: '12:00' }] } });
  assert.deepEqual(formOf(draftOf(full)), full);
  assert.deepEqual(faultsOf(draftOf(full)), {});
});

test('the draft does not share anything with what it was made of', () => {
  const form = queue();
  const draft = draftOf(form);
  put(draft, 'hours.week[0][0].from', '09:00');
  put(draft, 'entry.fields[0].label.en', 'Device');
  assert.equal(form.hours.week[0][0].from, '00:00');
  assert.equal(form.entry.fields[0].label.en, 'Product');
});

test('faults stand at the paths of the server, with bounds', () => {
  const draft = draftOf(queue());
  const wrong = (path, value) => {
    const changed = structuredClone(draft);
    put(changed, path, value);
    return Object.entries(faultsOf(changed)).map(([field, { fault }]) => `${field} ${fault}`);
  };
  assert.deepEqual(wrong('offerSeconds', '4'), ['offerSeconds range']);
  assert.deepEqual(wrong('offerSeconds', '601'), ['offerSeconds range']);
  assert.deepEqual(wrong('offerSeconds', '600'), []);
  assert.deepEqual(wrong('offerSeconds', '5.5'), ['offerSeconds number']);
  assert.deepEqual(wrong('wrapUpSeconds', ''), ['wrapUpSeconds missing']);
  assert.deepEqual(wrong('largestLength', ''), []);
  assert.deepEqual(wrong('largestWaitSeconds', '9'), ['largestWaitSeconds range']);
  assert.deepEqual(wrong('name', ' '), ['name missing']);
  assert.deepEqual(wrong('name', '😀'.repeat(61)), ['name long']);
  assert.deepEqual(wrong('slug', '-x'), ['slug slug']);
  assert.deepEqual(wrong('hours.week[0][0].to', '25:00'), ['hours.week[0][0].to time']);
  assert.deepEqual(wrong('hours.holidays[0].date', ''), ['hours.holidays[0].date date']);
  assert.deepEqual(wrong('entry.fields[0].key', 'Product'), ['entry.fields[0].key key']);
  assert.deepEqual(wrong('entry.fields[0].label', {}), ['entry.fields[0].label label']);
  assert.deepEqual(wrong('entry.fields[0].options', ' \n'), ['entry.fields[0].options options']);
  assert.deepEqual(wrong('entry.fields[0].options', 'A\nA'), ['entry.fields[0].options twice']);
  assert.deepEqual(wrong('entry.closedUrl', 'javascript:alert(1)'), ['entry.closedUrl address']);
  assert.deepEqual(wrong('start.url', '/desktop'), ['start.url address']);
  assert.deepEqual(wrong('members[0].rank', '0'), ['members[0].rank range']);
  assert.deepEqual(wrong('skills.required[0].level', '11'), ['skills.required[0].level range']);
  assert.deepEqual(wrong('skills.relax[0].skill', 'dutch'), ['skills.relax[0].skill relax']);
  assert.deepEqual(wrong('skills.relax', [{ afterSeconds: '60', skill: '', level: '' }, { afterSeconds: '30', skill: '', level: '' }]), [
    'skills.relax[1].afterSeconds order',
  ]);
});

test('an overflow that leads nowhere needs no time', () => {
  const draft = draftOf(queue());
  put(draft, 'overflow.afterSeconds', '');
  assert.deepEqual(faultsOf(draft), {});
  put(draft, 'overflow.queue', 'all');
  assert.equal(faultsOf(draft)['overflow.afterSeconds'].fault, 'missing');
});

test('paths, short names and addresses', () => {
  assert.equal(at({ a: [{ b: 1 }] }, 'a[0].b'), 1);
  assert.equal(at({ a: null }, 'a.b'), undefined);
  assert.equal(slugOf('  Élan vital & Co. '), 'elan-vital-co');
  assert.equal(slugOf('x'.repeat(39) + ' y'), 'x'.repeat(39));
  assert.equal(slugOf('日本'), '');
  assert.equal(isSlug('a'.repeat(41)), false);
  assert.equal(isSlug('a-'), false);
  assert.equal(isWebAddress('https://example.org/a'), true);
  assert.equal(isWebAddress('https://me:secret@example.org/'), false);
  assert.equal(isWebAddress('ftp://example.org/'), false);
  assert.equal(numberFault('1e3', { least: 0, most: 10_000 }), 'number');
  assert.equal(matches('zuri agent', ['Agent', 'Zürich']), true);
});

test('times as people type them', () => {
  assert.deepEqual(['8', '830', '8.30', '8h30', '17:00', '24', '2430', 'noon'].map(timeOf), ['08:00', '08:30', '08:30', '08:30', '17:00', '24:00', '2430', 'noon']);
  assert.equal(minuteOf('24:00'), 1440);
  assert.equal(minuteOf('24:01'), NaN);
  assert.equal(wrongEnd({ from: '24:00', to: '08:00' }), 'from');
  assert.equal(wrongEnd({ from: '08:00', to: '08:00' }), 'to');
  assert.equal(wrongEnd({ from: '22:00', to: '06:00' }), '');
  assert.equal(wrongEnd({ from: '08:00', to: '00:00' }), '');
});

test('what goes over midnight is open on the next day, and each hour counts once', () => {
  const week = Array.from({ length: 7 }, () => []);
  week[6] = [{ from: '22:00', to: '06:00' }];
  assert.deepEqual(openIn(week, 6), [{ from: 1320, to: 1440 }]);
  assert.deepEqual(openIn(week, 0), [{ from: 0, to: 360 }]);
  assert.equal(hoursOpen(week), 8);
  week[0] = [{ from: '05:00', to: '07:00' }];
  assert.equal(hoursOpen(week), 9);
  assert.equal(hoursOpen(always()), 168);
  assert.equal(hoursOpen(office()), 45);
});

test('a day is copied to others, without sharing its hours', () => {
  const week = copied(office(), 0, [5, 6]);
  assert.deepEqual(week[6], [{ from: '08:00', to: '17:00' }]);
  week[6][0].from = '10:00';
  assert.equal(week[0][0].from, '08:00');
  assert.deepEqual(nextSpan([]), { from: '08:00', to: '17:00' });
  assert.deepEqual(nextSpan([{ from: '08:00', to: '12:00' }]), { from: '13:00', to: '17:00' });
  assert.equal(wrongEnd(nextSpan([{ from: '08:00', to: '24:00' }])), '');
  assert.equal(dayNames('en')[0], 'Monday');
});

test('problems of rules are marked where they stand', () => {
  const text = 'company = "A"\n  -> queue x';
  const problem = (line, column, length) => ({ code: 'c', detail: '', rule: 1, line, column, length });
  assert.equal(offsetOf(text, 2, 6), 19);
  assert.deepEqual(placeOf(text, 19), { line: 2, column: 6 });
  assert.deepEqual(partsOf(text, [problem(2, 12, 1), problem(1, 1, 7)]), [
    { text: 'company', wrong: true },
    { text: ' = "A"\n  -> queue ', wrong: false },
    { text: 'x', wrong: true },
  ]);
  assert.equal(partsOf(text, [problem(1, 1, 9), problem(1, 5, 20), problem(9, 9, 9)]).map((part) => part.text).join(''), text);
  // At the end of a line its last character is marked.
  assert.deepEqual(partsOf('a\nb', [problem(1, 2, 1)])[0], { text: 'a', wrong: true });
  assert.deepEqual(partsOf('', [problem(1, 1, 1)]), []);
});

test('the difference of two texts, line by line', () => {
  assert.deepEqual(
    differences('a\nb\nc', 'a\nc\nd').map(({ kind, text }) => `${kind} ${text}`),
    ['same a', 'out b', 'same c', 'in d'],
  );
  assert.deepEqual(differences('', 'a'), [{ kind: 'in', text: 'a' }]);
});

test('an example is sent without what is empty', () => {
  assert.deepEqual(pairsOf(' tier = gold\nnothing\nos=Mac OS '), { tier: 'gold', os: 'Mac OS' });
  const typed = { text: '', entry: '', source: '', company: ' Acme ', language: 'fr', os: 'Windows', at: '', form: { a: ' ', b: '1' }, attributes: 'tier=gold' };
  assert.deepEqual(exampleOf(typed), { text: '', company: 'Acme', language: 'fr', form: { b: '1' }, attributes: { os: 'Windows', tier: 'gold' } });
  assert.equal(exampleOf({ ...typed, at: '2026-11-22T08:00' }).at, new Date('2026-11-22T08:00').toISOString());
});

const anna = { agent: 'anna', name: 'Anna', capacity: 2, inbound: true, skills: { french: 5 }, queues: [{ queue: 'q1', slug: 'a', rank: 1 }, { queue: 'q2', slug: 'b', rank: 2 }], webacd: true };

test('an agent as edited: what is said, and which queues change', () => {
  const draft = agentDraft(anna);
  assert.deepEqual(saidOf(draft), { capacity: 2, inbound: true, skills: { french: 5 } });
  assert.deepEqual(membershipChanges(anna, draft), []);
  draft.queues = { q1: '3', q3: '1' };
  assert.deepEqual(membershipChanges(anna, draft), [
    { queue: 'q1', rank: 3 },
    { queue: 'q3', rank: 1 },
    { queue: 'q2', rank: null },
  ]);
  draft.capacity = '21';
  draft.skills.push({ skill: 'french', level: '0' });
  draft.queues.q3 = '';
  assert.deepEqual(Object.keys(agentFaults(draft)).sort(), ['capacity', 'queues.q3', 'skills[1].level', 'skills[1].skill']);
  assert.deepEqual(withMember([{ agent: 'ben', rank: 1 }], 'anna', 2), [{ agent: 'ben', rank: 1 }, { agent: 'anna', rank: 2 }]);
  assert.deepEqual(withMember([{ agent: 'anna', rank: 1 }], 'anna', null), []);
});

test('a file to import is read, or refused before it is sent', () => {
  assert.equal(readConfiguration('{').fault, 'json');
  assert.equal(readConfiguration('[]').fault, 'shape');
  assert.equal(readConfiguration('null').fault, 'shape');
  const file = readConfiguration('{"format":1,"queues":[{"slug":"a"}],"skills":{"french":"","dutch":""},"rules":"x"}');
  assert.deepEqual(file.parts, [{ part: 'skills', count: 2 }, { part: 'queues', count: 1 }, { part: 'rules', count: 1 }]);
  assert.deepEqual(newIn(file.form, { queues: [{ slug: 'a' }], skills: { dutch: '' } }), [{ part: 'skills', names: ['french'] }]);
  assert.deepEqual(sortedChanges({ 'queue-removed': 1, 'skill-set': 2, 'agent-set': 0 }).map((one) => one.what), ['skill-set', 'queue-removed']);
  assert.equal(fileName('main', new Date('2026-11-22T01:00:00Z')), 'routing-main-2026-11-22.json');
});

test('something is moved within a list', () => {
  assert.deepEqual(moved(['a', 'b', 'c'], 2, 0), ['c', 'a', 'b']);
});
