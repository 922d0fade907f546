import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { load } from './setup.mjs';

const { CustomerSession } = await load('customer/customer-session.js');
const { rememberedSeat, rememberSeat } = await load('customer/place.js');
const { ViewSession, tokenIn, rememberedToken } = await load('view/view-session.js');
const { allowed, asked, capabilityWords, takesTurns } = await load('parts/capabilities.js');
const { dropDraft, keepDraft, keptDraft } = await load('tab/notes-draft.js');
const kit = await import('./kit-stub.mjs');

const TOKEN = 'Zm9vYmFyYmF6cXV4MTIzNA';
const refused = (status, code) => Promise.reject(new kit.ProblemError({ status, code }));
const person = (id, role, state = 'JOINED') => ({ id, role, name: id, state });

function view(me, changes = {}) {
  return {
    id: 's1',
    state: 'ACTIVE',
    version: 3,
    me,
    controller: 'a',
    participants: [person('a', 'AGENT'), person('c', 'CUSTOMER'), person('v', 'VIEWER')],
    activities: [],
    consents: [],
    graceUntil: null,
    ...changes,
  };
}

const entered = (me, changes) => ({ token: 't', session: 's1', participant: me, view: view(me, changes) });

beforeEach(() => {
  kit.calls.length = 0;
  kit.topics.clear();
  kit.api.token = '';
  rememberSeat(undefined);
});

test('an invitation leads straight to the name, and a reload comes back into its seat', async () => {
  kit.answering(() => entered('c'));
  const session = new CustomerSession('', '', TOKEN);
  await session.begin();
  assert.equal(session.step, 'name');
  assert.deepEqual(kit.calls, [['POST', '/join', { invitation: TOKEN }]]);
  assert.equal(rememberedSeat().invitation, TOKEN);
  assert.equal(session.seat, undefined, 'there is no PIN to pass on');

  kit.answering(() => view('c'));
  const again = new CustomerSession('', '', '');
  await again.begin();
  assert.equal(again.step, 'name');
  assert.equal(again.invitation, TOKEN);
});

test('an invitation that admits nobody any more says so, and a PIN can be typed instead', async () => {
  kit.answering(() => refused(403, 'pin-refused'));
  const session = new CustomerSession('', '', TOKEN);
  await session.begin();
  assert.deepEqual([session.step, session.reason], ['over', 'refused']);
  session.restart();
  assert.deepEqual([session.step, session.invitation], ['pin', '']);
});

test('too many customers: told, and the same PIN or invitation is tried again', async () => {
  kit.answering(() => refused(409, 'too-many-customers'));
  for (const [session, body] of [
    [new CustomerSession('482913507', 'acme'), { pin: '482913507', site: 'acme' }],
    [new CustomerSession('', '', TOKEN), { invitation: TOKEN }],
  ]) {
    await session.begin();
    assert.deepEqual([session.step, session.reason], ['over', 'full']);
    await session.rejoin();
    assert.deepEqual(kit.calls.at(-1), ['POST', '/join', body]);
  }
});

test('a customer answers and revokes', async () => {
  kit.answering(() => entered('c'));
  const session = new CustomerSession('482913507', '');
  await session.begin();
  await session.answer('k1', true, 15);
  assert.deepEqual(kit.calls.at(-1), ['POST', '/sessions/s1/consents/k1', { allow: true, minutes: 15 }]);
  await session.answer('k1', false);
  assert.deepEqual(kit.calls.at(-1), ['POST', '/sessions/s1/consents/k1', { allow: false, minutes: null }]);
  await session.revoke();
  assert.deepEqual(kit.calls.at(-1).slice(0, 2), ['DELETE', '/sessions/s1/consents']);
  await session.revoke('k1');
  assert.deepEqual(kit.calls.at(-1).slice(0, 2), ['DELETE', '/sessions/s1/consents/k1']);
});

test('whoever the agent has removed reads that', async () => {
  kit.answering(() => entered('c'));
  const session = new CustomerSession('482913507', '');
  await session.begin();
  const gone = view('c', { version: 4, participants: [person('a', 'AGENT'), person('c', 'CUSTOMER', 'REMOVED')] });
  kit.topics.get('session/s1').message({ type: 'session.state', body: gone });
  assert.deepEqual([session.step, session.reason], ['over', 'removed']);
});

const consent = (id, of, state, more = {}) => ({ id, capability: id, of, state, at: '2026-11-21T12:00:00Z', until: null, ...more });

test('the longest open question of the reader comes first; others’ are not shown', () => {
  const shown = view('c', {
    consents: [
      consent('late', 'c', 'ASKED', { at: '2026-11-21T12:00:05Z' }),
      consent('first', 'c', 'ASKED'),
      consent('other', 'd', 'ASKED', { at: '2026-11-21T11:00:00Z' }),
      consent('done', 'c', 'DENIED', { at: '2026-11-21T11:00:00Z' }),
    ],
  });
  assert.equal(asked(shown).id, 'first');
  assert.equal(asked(view('c')), undefined);
  assert.equal(asked(undefined), undefined);
});

test('what is allowed ends with its time, even before the server says so', () => {
  const now = Date.parse('2026-11-21T12:10:00Z');
  const shown = view('c', {
    consents: [
      consent('session', 'c', 'GRANTED'),
      consent('timed', 'c', 'GRANTED', { until: '2026-11-21T12:15:00Z' }),
      consent('over', 'c', 'GRANTED', { until: '2026-11-21T12:10:00Z' }),
      consent('other', 'd', 'GRANTED'),
      consent('revoked', 'c', 'REVOKED'),
    ],
  });
  assert.deepEqual(allowed(shown, now).map((one) => one.id), ['session', 'timed']);
});

test('a panel lends its words to what is asked; without one its title must do', () => {
  const words = { name: 'recording', ask: { en: 'May {names} record?', fr: 'Enregistrer ?' }, on: { en: 'Recording' } };
  const panels = [
    { id: 'recording-bar', titles: { en: 'Recording mark', fr: 'Marque' }, capability: words },
    { id: 'chat', titles: { en: 'Chat' }, capability: null },
  ];
  assert.deepEqual(capabilityWords(panels, 'recording', 'fr'), { title: 'Marque', ask: 'Enregistrer ?', on: 'Recording' });
  assert.deepEqual(capabilityWords(panels, 'chat', 'fr'), { title: 'Chat', ask: '', on: '' });
  assert.deepEqual(capabilityWords(panels, 'nobody', 'en'), { title: '', ask: '', on: '' });
});

test('turns are spoken of where several customers are there', () => {
  const two = [person('a', 'AGENT'), person('c', 'CUSTOMER'), person('d', 'CUSTOMER', 'DISCONNECTED')];
  assert.equal(takesTurns(view('c', { assisted: 'c' })), false);
  assert.equal(takesTurns(view('c', { assisted: 'd', participants: two })), true);
  assert.equal(takesTurns(view('c', { assisted: null, participants: two })), false);
});

test('a viewer’s link opens the session, and its end or revocation closes the page', async () => {
  assert.equal(tokenIn(`/v/${TOKEN}`), TOKEN);
  assert.equal(tokenIn('/v'), '');
  for (const [end, step] of [
    [(topic) => topic.message({ type: 'session.state', body: view('v', { version: 4, state: 'ENDED' }) }), 'ended'],
    [(topic) => topic.gone(new kit.ProblemError({ status: 404, code: 'unknown' })), 'revoked'],
    [(topic) => topic.gone(new kit.ProblemError({ status: 409, code: 'session-ended' })), 'ended'],
  ]) {
    kit.answering(() => entered('v'));
    const session = new ViewSession(TOKEN);
    await session.open();
    assert.equal(session.step, 'in');
    assert.deepEqual(kit.calls.at(-1), ['POST', '/view', { token: TOKEN }]);
    assert.equal(kit.api.token, 't');
    assert.equal(rememberedToken(), TOKEN);
    end(kit.topics.get('session/s1'));
    assert.equal(session.step, step);
    assert.equal(kit.api.token, '');
    assert.equal(rememberedToken(), '');
  }
});

test('a viewer’s link that is refused is closed; one that cannot be judged is tried again', async () => {
  kit.answering(() => refused(403, 'link-refused'));
  const closed = new ViewSession(TOKEN);
  await closed.open();
  assert.equal(closed.step, 'revoked');
  const without = new ViewSession('');
  await without.open();
  assert.equal(without.step, 'revoked');

  kit.server.ready = false;
  const patient = new ViewSession(TOKEN);
  const later = globalThis.setTimeout;
  let again;
  globalThis.setTimeout = (run) => (again = run);
  try {
    await patient.open();
    assert.equal(patient.step, 'opening');
    kit.server.ready = true;
    kit.answering(() => entered('v'));
    await again();
  } finally {
    globalThis.setTimeout = later;
    kit.server.ready = true;
  }
});

test('notes that are not saved outlive the page', () => {
  assert.equal(keptDraft('s1'), undefined);
  keepDraft('s1', { outcome: 'RESOLVED', text: 'New toner.' });
  assert.deepEqual(keptDraft('s1'), { outcome: 'RESOLVED', text: 'New toner.' });
  assert.equal(keptDraft('s2'), undefined);
  dropDraft('s1');
  assert.equal(keptDraft('s1'), undefined);
});
