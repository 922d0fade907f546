import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { load } from './setup.mjs';

const { activityTitle, changeOf, chatOpen, transferReason } = await load('tab/control.js');
const { assistantsOf } = await load('parts/views.js');
const { digitsOf } = await load('kit/numbers.js');
const { readPath, rememberSession, rememberedSession, signInAddress } = await load('assist/place.js');
const { AgentSession } = await load('tab/agent-session.js');
const { OwnSessions } = await load('tab/own-sessions.js');
const kit = await import('./kit-stub.mjs');

const people = [
  { id: 'a', role: 'AGENT', name: 'Anna', state: 'JOINED' },
  { id: 'b', role: 'AGENT', name: 'Ben', state: 'JOINED' },
  { id: 'c', role: 'CUSTOMER', name: 'Marie', state: 'JOINED' },
  { id: 'd', role: 'CUSTOMER', name: 'Paul', state: 'JOINED' },
];

/** A view of session s in its first epoch: Anna controls, Ben assists, Marie is helped. */
const view = (me, changes = {}) => ({
  id: 's',
  state: 'ACTIVE',
  version: 3,
  startedAt: '2026-11-21T12:00:00Z',
  me,
  controller: 'a',
  epoch: 1,
  assisted: 'c',
  participants: people,
  activities: [],
  graceUntil: null,
  ...changes,
});
const running = (name, scope) => ({ name, by: 'c', since: '2026-11-21T12:00:00Z', scope });
const passed = (me, changes = {}) => view(me, { version: 4, controller: 'b', epoch: 2, ...changes });

beforeEach(() => {
  kit.calls.length = 0;
  kit.topics.clear();
});

test('who gets control is told by whom, who loses it to whom, others both', () => {
  assert.deepEqual(changeOf(view('b'), passed('b')), { kind: 'came', name: 'Anna', ended: ['chat'] });
  assert.deepEqual(changeOf(view('a'), passed('a')), { kind: 'went', name: 'Ben', ended: ['chat'] });
  assert.deepEqual(changeOf(view('z'), passed('z')), { kind: 'moved', name: 'Ben', ended: ['chat'] });
});

test('with control everything ends but the call; the chat only if it was open', () => {
  const activities = [running('screen', 'CUSTOMER'), running('recording', 'CONTROL'), running('call', 'SESSION')];
  const kept = [running('call', 'SESSION')];
  const before = view('a', { activities });
  assert.deepEqual(changeOf(before, passed('a', { activities: kept })).ended, ['screen', 'recording', 'chat']);
  const second = passed('a', { activities: [running('screen', 'CUSTOMER')] });
  assert.deepEqual(changeOf(second, view('a', { epoch: 3, version: 5 })).ended, ['screen'], 'no chat was started after the first transfer');
});

test('another customer: only what was for the one before ends', () => {
  const activities = [running('screen', 'CUSTOMER'), running('recording', 'CONTROL')];
  const after = view('a', { version: 4, assisted: 'd', activities: [activities[1]] });
  assert.deepEqual(changeOf(view('a', { activities }), after), { kind: 'helped', name: 'Paul', ended: ['screen'] });
});

test('the first customer, an end and another session are no change', () => {
  assert.equal(changeOf(view('a', { assisted: null }), view('a', { version: 4 })), undefined);
  assert.equal(changeOf(view('a'), passed('a', { state: 'ENDED' })), undefined);
  assert.equal(changeOf(view('a', { id: 't' }), passed('a')), undefined);
  assert.equal(changeOf(undefined, view('a')), undefined);
  assert.equal(changeOf(view('a'), view('a', { version: 9 })), undefined);
});

test('the chat is open from the start, and after a transfer once it was started', () => {
  assert.equal(chatOpen(view('a')), true);
  assert.equal(chatOpen(passed('a')), false);
  assert.equal(chatOpen(passed('a', { activities: [running('chat', 'CONTROL')] })), true);
});

test('whoever takes a handed-over session finds the chat open, and hears of nothing that has ended', () => {
  const waiting = view('b', { version: 4, state: 'TRANSFERRING', controller: null, activities: [] });
  assert.equal(chatOpen({ ...waiting, epoch: 3 }), true);
  assert.equal(chatOpen(view('b', { epoch: 3, firstEpoch: 3 })), true);
  assert.equal(chatOpen(view('b', { epoch: 4, firstEpoch: 3 })), false);
  const taken = view('b', { version: 5, controller: 'b', epoch: 2, firstEpoch: 2 });
  assert.deepEqual(changeOf(waiting, taken), { kind: 'came', name: '', ended: [] });
});

test('an assistant hears who has handed the session over and what has ended', () => {
  const before = view('b', { activities: [running('screen', 'CUSTOMER'), running('call', 'SESSION'), running('chat', 'CONTROL')] });
  const waiting = view('b', { version: 4, state: 'TRANSFERRING', controller: null, activities: [] });
  assert.deepEqual(changeOf(before, waiting), { kind: 'sent', name: 'Anna', ended: ['screen', 'call'] });
  assert.equal(changeOf(waiting, { ...waiting, version: 5 }), undefined);
});

test('a session is handed over only with a customer in it', () => {
  const t = (key) => key;
  assert.equal(transferReason(view('a'), t), '');
  assert.equal(transferReason(view('a', { participants: people.filter((p) => p.role === 'AGENT') }), t), 'transfer.nobody');
});

test('control can pass to agents who are there, and to nobody else', () => {
  const lost = people.map((p) => (p.id === 'b' ? { ...p, state: 'DISCONNECTED' } : p));
  assert.deepEqual(assistantsOf(view('a')).map((p) => p.id), ['b']);
  assert.deepEqual(assistantsOf(view('a', { participants: lost })), []);
});

test('a slice that the page does not know is called like its panel', () => {
  const panels = [{ id: 'acme', titles: { en: 'Notes', fr: 'Notes de bord' } }];
  const t = (key) => key;
  assert.equal(activityTitle(t, 'files', [], 'it'), 'activity.files', 'by the name that the server gives it');
  assert.equal(activityTitle(t, 'screen', [], 'fr'), 'activity.screen');
  assert.equal(activityTitle(t, 'acme', panels, 'fr'), 'Notes de bord');
  assert.equal(activityTitle(t, 'acme', panels, 'nl'), 'Notes');
  assert.equal(activityTitle(t, 'other', panels, 'nl'), 'other');
});

test('an assistant’s page shows the session by its id, says so when it goes, and starts none', async () => {
  kit.answering((_method, path) => (path === '/sessions/s' ? view('b') : assert.fail(path)));
  const session = new AgentSession('', 's');
  await session.open(false);
  assert.equal(session.phase, 'open');
  assert.equal(session.controls, false);
  kit.calls.length = 0;
  session.closing();
  assert.deepEqual(kit.calls, [['POST', '/sessions/s/closing', { page: kit.pageId() }]]);
});

test('control passes with the epoch that the page knows, and the change is told until it was read', async () => {
  kit.answering((method) => (method === 'POST' ? passed('a') : view('a')));
  const session = new AgentSession('', 's');
  await session.open(false);
  await session.pass('b');
  assert.deepEqual(kit.calls.at(-1), ['POST', '/sessions/s/control', { to: 'b', epoch: 1 }]);
  assert.equal(session.controls, false);
  assert.equal(session.change.kind, 'went');
  session.seen();
  assert.equal(session.change, undefined);
});

test('whoever is taken out is told so, and offered no way back', async () => {
  kit.answering(() => view('b'));
  const session = new AgentSession('', 's');
  await session.open(false);
  const out = people.map((p) => (p.id === 'b' ? { ...p, state: 'REMOVED' } : p));
  kit.topics.get('session/s').message({ body: view('b', { version: 4, participants: out }) });
  assert.equal(session.phase, 'removed');
  assert.equal(kit.topics.size, 0);
});

test('a session that is no longer there is gone, not failed', async () => {
  kit.answering(() => Promise.reject(new kit.ProblemError({ status: 404, code: 'unknown' })));
  const session = new AgentSession('', 's');
  await session.open(false);
  assert.equal(session.phase, 'gone');
});

/** Until the question that several reasons became one of was asked and answered. */
const asked = (own) => new Promise((resolve) => own.addEventListener('change', resolve, { once: true }));

test('the strip follows all living sessions of the agent, and forgets those that end', async () => {
  const second = view('a', { id: 't', startedAt: '2026-11-21T11:00:00Z' });
  const over = view('a', { id: 'u', state: 'ENDED' });
  kit.answering(() => ({ sessions: [view('a'), second, over] }));
  const own = new OwnSessions();
  const answer = asked(own);
  const stop = own.watch(() => {});
  own.refresh();
  await answer;
  assert.equal(kit.calls.length, 1, 'several reasons, one question');
  assert.deepEqual(own.list.map((v) => v.id), ['t', 's'], 'in the order in which they began');
  kit.topics.get('session/s').message({ body: view('a', { version: 9, state: 'ENDED' }) });
  assert.deepEqual(own.list.map((v) => v.id), ['t']);
  assert.deepEqual([...kit.topics.keys()], ['session/t']);
  stop();
  assert.equal(kit.topics.size, 0);
});

test('a page that goes says so for all sessions of its agent, once each', async () => {
  kit.answering(() => ({ sessions: [view('a'), view('a', { id: 't' }), view('a', { id: 'u', controller: 'b' })] }));
  const own = new OwnSessions();
  const answer = asked(own);
  own.watch(() => {});
  await answer;
  kit.calls.length = 0;
  own.closing(new Set(['s']));
  assert.deepEqual(
    kit.calls,
    ['t', 'u'].map((id) => ['POST', `/sessions/${id}/closing`, { page: kit.pageId() }]),
  );
});

test('the address of the assistants’ page brings a number or a token along, and nothing else', () => {
  assert.deepEqual(readPath('/assist'), { number: '', invitation: '' });
  assert.deepEqual(readPath('/assist/4829135'), { number: '4829135', invitation: '' });
  assert.deepEqual(readPath('/assist/AbCdEfGhIjKlMnOpQrStUv'), { number: '', invitation: 'AbCdEfGhIjKlMnOpQrStUv' });
  assert.deepEqual(readPath('/assist/%2e%2e'), { number: '', invitation: '' });
  assert.equal(signInAddress('/assist/4829135'), '/desktop?back=%2Fassist%2F4829135');
});

test('a number is its digits, however it was typed', () => {
  assert.equal(digitsOf(' 482 9135\n'), '4829135');
  assert.equal(digitsOf('４８２-9135'), '4829135');
});

test('a reload of the assistants’ page comes back into the session', () => {
  rememberSession('s');
  assert.equal(rememberedSession(), 's');
  rememberSession('');
  assert.equal(rememberedSession(), '');
});

