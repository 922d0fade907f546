import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { load } from './setup.mjs';

const { AgentSession } = await load('tab/agent-session.js');
const { CustomerSession } = await load('customer/customer-session.js');
const { rememberedSeat, rememberSeat } = await load('customer/place.js');
const kit = await import('./kit-stub.mjs');

const refused = (status, code, more = {}) => Promise.reject(new kit.ProblemError({ status, code, ...more }));

/** A view of session s1 with one agent and one customer. */
function view(me, changes = {}) {
  return {
    id: 's1',
    state: 'ACTIVE',
    version: 3,
    me,
    controller: 'a',
    participants: [
      { id: 'a', role: 'AGENT', name: 'Anna', state: 'JOINED' },
      { id: 'c', role: 'CUSTOMER', name: 'Marie', state: 'JOINED' },
    ],
    activities: [],
    graceUntil: null,
    ...changes,
  };
}

const withState = (id, state) => view('a').participants.map((p) => (p.id === id ? { ...p, state } : p));

beforeEach(() => {
  kit.calls.length = 0;
  kit.topics.clear();
  kit.api.token = '';
  rememberSeat(undefined);
});

test('an agent sees the living session of the interaction, and starts none', async () => {
  kit.answering((method) => (method === 'GET' ? { sessions: [view('a')] } : assert.fail('no start')));
  const session = new AgentSession('i1');
  await session.open(true);
  assert.equal(session.phase, 'open');
  assert.deepEqual([...kit.topics.keys()], ['session/s1']);
});

test('an agent who pressed Remote support where none lives is asked how to start one, and gets it', async () => {
  kit.answering((method) => (method === 'GET' ? { sessions: [] } : view('a', { state: 'WAITING' })));
  const idle = new AgentSession('i1');
  await idle.open(false);
  assert.equal(idle.phase, 'none');
  assert.equal(idle.wished, false);
  const started = new AgentSession('i2');
  await started.open(true);
  assert.equal(started.wished, true);
  assert.equal(kit.calls.filter(([method]) => method === 'POST').length, 0);
  await started.start();
  assert.equal(started.phase, 'open');
  assert.equal(started.wished, false);
  assert.deepEqual(kit.calls.at(-1), ['POST', '/sessions', { interaction: 'i2' }]);
});

test('where another session stands in the way the agent is asked again, and nothing else is lost', async () => {
  kit.answering((method) =>
    method === 'GET' ? { sessions: [] } : refused(409, 'single-session', { more: { session: 's9' } }),
  );
  const session = new AgentSession('i1');
  await session.open(true);
  await session.start();
  assert.equal(session.wished, true);
  assert.equal(session.phase, 'none');
  assert.equal(session.problem.more.session, 's9');
  session.unwish();
  assert.equal(session.wished, false);
});

test('what else keeps a session from starting is told instead of the question', async () => {
  kit.answering((method) => (method === 'GET' ? { sessions: [] } : refused(409, 'interaction-ended')));
  const session = new AgentSession('i1');
  await session.open(true);
  await session.start();
  assert.equal(session.wished, false);
  assert.equal(session.phase, 'failed');
});

test('when a session ended is told only if the page was there to see it', async () => {
  kit.answering(() => ({ sessions: [view('a')] }));
  const end = { version: 9, state: 'ENDED', endReason: 'BY_AGENT' };
  const seen = new AgentSession('i1');
  await seen.open(false);
  const before = Date.now();
  kit.topics.get('session/s1').message({ body: view('a', end) });
  assert.ok(seen.endedAt >= before && seen.endedAt <= Date.now());

  const missed = new AgentSession('i2');
  await missed.open(false);
  kit.live.turn('offline');
  kit.live.turn('connected');
  kit.topics.get('session/s1').message({ body: view('a', end) });
  assert.equal(missed.endedAt, null);

  const lost = new AgentSession('i3');
  await lost.open(false);
  kit.topics.get('session/s1').message({ body: view('a', { version: 4, state: 'INTERRUPTED', graceUntil: '2026-01-01T10:00:30Z' }) });
  kit.live.turn('offline');
  kit.live.turn('connected');
  kit.topics.get('session/s1').message({ body: view('a', { ...end, endReason: 'GRACE_EXPIRED' }) });
  assert.equal(lost.endedAt, Date.parse('2026-01-01T10:00:30Z'));
});

test('older views do not overwrite newer ones', async () => {
  kit.answering(() => ({ sessions: [view('a')] }));
  const session = new AgentSession('i1');
  await session.open(false);
  const topic = kit.topics.get('session/s1');
  topic.message({ body: view('a', { version: 5, state: 'INTERRUPTED' }) });
  topic.message({ body: view('a', { version: 4 }) });
  assert.equal(session.view.state, 'INTERRUPTED');
});

test('leaving keeps the way back open, until the time is over', async () => {
  kit.answering((method, path) => {
    if (path.endsWith('/leave')) {
      return view('a', { version: 4, participants: withState('a', 'LEFT'), graceUntil: '2026-11-21T12:00:30Z' });
    }
    return path.endsWith('/return') ? view('a', { version: 5 }) : { sessions: [view('a')] };
  });
  const session = new AgentSession('i1');
  await session.open(false);
  await session.leave();
  assert.equal(session.phase, 'left');
  assert.equal(session.returnUntil, '2026-11-21T12:00:30Z');
  assert.equal(kit.topics.size, 0, 'a page of somebody who left does not count as there');
  await session.comeBack();
  assert.equal(session.phase, 'open');
  assert.equal(kit.topics.size, 1);
});

test('a start after leaving really is a new one, not the one that waits', async () => {
  kit.answering((method, path) => {
    if (path.endsWith('/leave')) {
      return view('a', { version: 4, participants: withState('a', 'LEFT') });
    }
    return path.endsWith('/renew') ? view('a', { id: 's2', version: 1, state: 'WAITING' }) : { sessions: [view('a')] };
  });
  const session = new AgentSession('i1');
  await session.open(false);
  await session.leave();
  await session.renew();
  assert.deepEqual(kit.calls.slice(-2).map((c) => c[1]), ['/sessions/s1/return', '/sessions/s1/renew']);
  assert.equal(session.view.id, 's2');
  assert.deepEqual([...kit.topics.keys()], ['session/s2']);
});

test('what another tab of the agent did is seen here: left, or ended', async () => {
  kit.answering(() => ({ sessions: [view('a')] }));
  const left = new AgentSession('i1');
  await left.open(false);
  kit.topics.get('session/s1').gone(new kit.ProblemError({ status: 404, code: 'unknown' }));
  assert.equal(left.phase, 'left');
  const ended = new AgentSession('i1');
  await ended.open(false);
  kit.topics.get('session/s1').message({ body: view('a', { version: 9, state: 'ENDED', endReason: 'BY_AGENT' }) });
  assert.equal(ended.phase, 'ended');
});

test('the page of an agent says so when it goes, of an assistant too', async () => {
  kit.answering(() => ({ sessions: [view('a', { controller: 'b' })] }));
  const assistant = new AgentSession('i1');
  await assistant.open(false);
  kit.calls.length = 0;
  assistant.closing();
  assert.deepEqual(kit.calls, [['POST', '/sessions/s1/closing', { page: kit.pageId() }]]);
  kit.answering(() => ({ sessions: [view('a')] }));
  const controller = new AgentSession('i1');
  await controller.open(false);
  kit.calls.length = 0;
  controller.closing();
  assert.deepEqual(kit.calls, [['POST', '/sessions/s1/closing', { page: kit.pageId() }]]);
});

test('a customer with a link joins, gives a name, and is in', async () => {
  kit.answering((method, path) => (path === '/join' ? { token: 't', session: 's1', view: view('c') } : view('c', { version: 4 })));
  const session = new CustomerSession('482913507', 'acme');
  await session.begin();
  assert.equal(session.step, 'name');
  assert.deepEqual(kit.calls[0], ['POST', '/join', { pin: '482913507', site: 'acme' }]);
  assert.equal(kit.api.token, 't');
  await session.giveName('Marie');
  assert.equal(session.step, 'in');
  assert.equal(rememberedSeat().named, true);
});

test('a reload comes back into the seat without PIN or name', async () => {
  rememberSeat({ token: 't', session: 's1', pin: '482913507', site: '', named: true });
  kit.answering((method, path) => (path === '/sessions/s1' ? view('c') : assert.fail(path)));
  const session = new CustomerSession('', '');
  await session.begin();
  assert.equal(session.step, 'in');
});

test('a seat that is gone is not tried for ever: the reason is told', async () => {
  rememberSeat({ token: 't', session: 's1', pin: '482913507', site: '', named: true });
  kit.answering(() => refused(409, 'seat-taken-over'));
  const session = new CustomerSession('', '');
  await session.begin();
  assert.equal(session.step, 'over');
  assert.equal(session.reason, 'taken');
  assert.equal(rememberedSeat(), undefined);
  assert.equal(kit.api.token, '');
});

test('another link in the same tab joins anew', async () => {
  rememberSeat({ token: 'old', session: 's0', pin: '111111111', site: '', named: true });
  kit.answering((method, path) => (path === '/join' ? { token: 't', session: 's1', view: view('c') } : assert.fail(path)));
  const session = new CustomerSession('482913507', '');
  await session.begin();
  assert.equal(session.step, 'name');
});

test('a wrong PIN stays at the question; too many block it for the time that the server says', async () => {
  kit.answering(() => refused(403, 'pin-refused'));
  const session = new CustomerSession('', '');
  await session.begin();
  await session.join('111 222 333');
  assert.equal(session.step, 'pin');
  assert.equal(session.problem.code, 'pin-refused');
  assert.equal(session.blockedUntil, 0);
  kit.answering(() => refused(429, 'too-many-attempts', { retryAfterSeconds: 90 }));
  await session.join('111 222 333');
  assert.ok(session.blockedUntil - Date.now() > 85_000);
});

for (const [what, problem, reason] of [
  ['a second device', { status: 409, code: 'seat-taken-over' }, 'taken'],
  ['the end', { status: 409, code: 'session-ended' }, 'ended'],
  ['a dead token', { status: 401, code: 'sign-in-needed' }, 'expired'],
]) {
  test(`a customer hears of ${what}`, async () => {
    kit.answering((method, path) => (path === '/join' ? { token: 't', session: 's1', view: view('c') } : null));
    const session = new CustomerSession('482913507', '');
    await session.begin();
    kit.topics.get('session/s1').gone(new kit.ProblemError(problem));
    assert.equal(session.step, 'over');
    assert.equal(session.reason, reason);
    assert.equal(kit.api.token, '');
  });
}

test('the last view of an ended session keeps its reason', async () => {
  kit.answering((method, path) => (path === '/join' ? { token: 't', session: 's1', view: view('c') } : null));
  const session = new CustomerSession('482913507', '');
  await session.begin();
  kit.topics.get('session/s1').message({ type: 'session.state', body: view('c', { version: 9, state: 'ENDED', endReason: 'RENEWED' }) });
  assert.equal(session.reason, 'ended');
  assert.equal(session.view.endReason, 'RENEWED');
});

test('who hands the session over is told so, whichever says it first, and may start another one', async () => {
  for (const first of ['dialog', 'server']) {
    kit.topics.clear();
    kit.answering((method) => (method === 'GET' ? { sessions: [view('a')] } : view('a', { id: 's2', state: 'WAITING' })));
    const session = new AgentSession('i1');
    await session.open(false);
    const topic = kit.topics.get('session/s1');
    const gone = () => topic.gone(new kit.ProblemError({ status: 409, code: 'handed-over' }));
    if (first === 'dialog') {
      session.handedOver();
    } else {
      gone();
      session.handedOver();
    }
    assert.equal(session.phase, 'sent');
    assert.equal(session.guarded, false);
    await session.renew();
    assert.deepEqual(kit.calls.at(-1), ['POST', '/sessions', { interaction: 'i1' }]);
    assert.equal(session.view.id, 's2');
  }
});

test('a page that comes to a session after it was handed over says so', async () => {
  kit.answering(() => refused(409, 'handed-over'));
  const session = new AgentSession('', 's1');
  await session.open(false);
  assert.equal(session.phase, 'sent');
});

test('a customer who waits for another agent is told what has ended, and who came while nobody looked', async () => {
  const seat = { token: 't', session: 's1', pin: '482913507', site: '', named: true };
  rememberSeat(seat);
  const activities = [{ name: 'screen', by: 'c' }, { name: 'call', by: 'a' }, { name: 'chat', by: 'a' }];
  kit.answering(() => view('c', { activities }));
  const session = new CustomerSession('', '');
  await session.begin();
  assert.equal(session.step, 'in');
  const topic = kit.topics.get('session/s1');
  const waits = view('c', { version: 4, state: 'TRANSFERRING', controller: null, participants: withState('a', 'LEFT') });
  topic.message({ type: 'session.state', body: waits });
  assert.equal(session.step, 'in');
  assert.deepEqual(session.stopped, ['screen', 'call']);
  topic.message({ type: 'session.state', body: { ...waits, version: 5 } });
  assert.deepEqual(session.stopped, ['screen', 'call'], 'until somebody has come');

  document.visibilityState = 'hidden';
  const people = [...waits.participants, { id: 'b', role: 'AGENT', name: 'Ben', state: 'JOINED' }];
  topic.message({ type: 'session.state', body: view('c', { version: 6, controller: 'b', participants: people }) });
  assert.equal(session.came, 'Ben');
  assert.deepEqual(session.stopped, []);
  document.visibilityState = 'visible';
  session.seen();
  assert.equal(session.came, '');
});
