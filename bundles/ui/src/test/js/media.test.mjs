import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './setup.mjs';

const { openMedia } = await load('kit/media.js');
const { ProblemError } = await load('kit/api.js');

/** A world whose tickets, sockets and timers are driven by the test. */
function world() {
  const w = {
    tickets: [],
    sockets: [],
    timers: new Map(),
    next: 1,
    time: 0,
    refuse: undefined,
    node: 'a',
    statuses: [],
    heard: [],
    network: new EventTarget(),
    async ticket(wanted, within) {
      w.tickets.push({ ...wanted, within });
      if (w.refuse) {
        throw w.refuse;
      }
      return { ticket: `t${w.tickets.length}`, url: `/media/${w.node}` };
    },
    ready: async () => true,
    open(url) {
      const socket = {
        url,
        sent: [],
        closed: undefined,
        readyState: 0,
        bufferedAmount: 0,
        send: (m) => socket.sent.push(typeof m === 'string' ? JSON.parse(m) : m),
        close: (c) => (socket.closed = c ?? 0),
      };
      w.sockets.push(socket);
      return socket;
    },
    later(run, ms) {
      w.timers.set(w.next, { run, at: w.time + ms, ms });
      return w.next++;
    },
    cancel: (handle) => w.timers.delete(handle),
    now: () => w.time,
    random: () => 0.4,
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    /** Lets time pass, with all that is due in it. */
    async pass(ms) {
      const end = w.time + ms;
      for (;;) {
        const due = [...w.timers].filter(([, t]) => t.at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
        if (!due) {
          break;
        }
        w.timers.delete(due[0]);
        w.time = Math.max(w.time, due[1].at);
        due[1].run();
        await w.settle();
      }
      w.time = end;
    },
    get socket() {
      return w.sockets.at(-1);
    },
    async opened() {
      await w.settle();
      w.socket.readyState = 1;
      w.socket.onopen();
    },
    say: (message) => w.socket.onmessage({ data: JSON.stringify(message) }),
    start: (more = {}) =>
      openMedia(
        { session: 's', channel: 'screen', role: 'viewer', status: (s) => w.statuses.push(s), text: (m) => w.heard.push(m), ...more },
        w,
      ),
  };
  return w;
}

test('goes to the node that the ticket names and says hello', async () => {
  const w = world();
  const media = w.start();
  assert.equal(media.send({ op: 'x' }), false);
  await w.opened();
  assert.equal(w.socket.url, '/media/a');
  assert.deepEqual(w.socket.sent, [{ op: 'hello', ticket: 't1', role: 'viewer' }]);
  assert.equal(media.send({ op: 'x' }), true);
  assert.equal(media.send(new ArrayBuffer(3)), true);
  w.say({ op: 'beat' });
  assert.deepEqual(w.heard, [{ op: 'beat' }]);
  assert.deepEqual(w.statuses.map((s) => s.state), ['connecting', 'open']);
});

for (const code of [1001, 4421]) {
  test(`closed with ${code}: back at once with a new ticket, which may name another node`, async () => {
    const w = world();
    w.start();
    await w.opened();
    w.say({ op: 'beat' });
    await w.pass(60_000);
    w.node = 'b';
    w.socket.onclose({ code });
    assert.deepEqual(w.statuses.at(-1), { state: 'closed', code, retry: true, failures: 0 });
    await w.pass(150);
    await w.opened();
    assert.equal(w.socket.url, '/media/b');
    assert.deepEqual(w.socket.sent, [{ op: 'hello', ticket: 't2', role: 'viewer' }]);
  });
}

test('while the dead node still counts as the one that relays it asks again each second, until another has taken over', async () => {
  const w = world();
  w.start();
  await w.opened();
  w.say({ op: 'beat' });
  await w.pass(60_000);
  const lost = w.time;
  w.socket.onclose({ code: 1006 });
  while (w.time - lost < 10_000) {
    await w.pass(100);
    if (w.socket.closed === undefined && w.socket.readyState === 0) {
      w.node = w.time - lost > 5000 ? 'b' : 'a';
      if (w.socket.url === '/media/b') {
        break;
      }
      w.socket.onclose({ code: 1006 }); // the proxy: 502
      w.socket.closed = 1006;
    }
  }
  assert.equal(w.socket.url, '/media/b');
  assert.ok(w.time - lost < 7500, `after ${w.time - lost} ms`);
  assert.ok(w.statuses.at(-2).failures > 3);
});

test('who speaks each second and is silent is given up; who need not speak is not', async () => {
  const w = world();
  w.start({ silence: 3000 });
  await w.opened();
  for (let i = 0; i < 20; i++) {
    w.say({ op: 'beat' });
    await w.pass(1000);
  }
  assert.equal(w.sockets.length, 1);
  const dead = w.socket;
  const before = w.heard.length;
  await w.pass(5100);
  assert.notEqual(dead.closed, undefined);
  dead.onmessage({ data: '{"op":"late"}' });
  assert.equal(w.heard.length, before, 'what it says now is not heard any more');
  assert.ok(w.statuses.some((s) => s.state === 'closed' && s.code === 1006 && s.retry));
  await w.pass(200);
  assert.equal(w.sockets.length, 2);

  const patient = world();
  patient.start();
  await patient.opened();
  await patient.pass(600_000);
  assert.equal(patient.sockets.length, 1);
});

test('a page that was busy itself reads first what has come meanwhile', async () => {
  const w = world();
  w.start({ silence: 3000 });
  await w.opened();
  w.say({ op: 'beat' });
  w.time += 30_000; // nothing ran
  await w.pass(0);
  w.say({ op: 'beat' });
  await w.pass(2500);
  assert.equal(w.sockets.length, 1);
});

test('a node that takes the connection and stays silent is left for the next ticket', async () => {
  const w = world();
  w.start();
  await w.settle();
  const hanging = w.socket;
  await w.pass(4000);
  assert.notEqual(hanging.closed, undefined);
  w.node = 'b';
  await w.pass(200);
  assert.equal(w.socket.url, '/media/b');
  assert.equal(w.tickets[0].within, 4000);
});

test('a refusal is final, at the socket and for the ticket; a slice that is gone too', async () => {
  for (const code of [4403, 4410]) {
    const w = world();
    w.start();
    await w.opened();
    w.socket.onclose({ code });
    await w.pass(60_000);
    assert.equal(w.sockets.length, 1);
    assert.equal(w.statuses.at(-1).retry, false);
  }
  const w = world();
  w.refuse = new ProblemError({ status: 404, code: 'unknown', detail: '' });
  w.start();
  await w.settle();
  await w.pass(60_000);
  assert.equal(w.tickets.length, 1);
  assert.equal(w.statuses.at(-1).problem.code, 'unknown');
});

test('a ticket that cannot be had just now is asked for again, as late as the server wishes', async () => {
  const w = world();
  w.refuse = new ProblemError({ status: 503, code: 'media-away', detail: '', retryAfterSeconds: 1 });
  w.start();
  await w.settle();
  await w.pass(900);
  assert.equal(w.tickets.length, 1);
  w.refuse = undefined;
  await w.pass(200);
  await w.opened();
  assert.equal(w.statuses.at(-1).state, 'open');
});

test('who closes it hears nothing more, and no socket opens', async () => {
  const w = world();
  const media = w.start();
  media.close();
  await w.pass(60_000);
  assert.equal(w.sockets.length, 0);
  const open = world();
  const other = open.start({ silence: 3000 });
  await open.opened();
  other.close();
  assert.equal(open.socket.closed, 1000);
  const told = open.statuses.length;
  open.network.dispatchEvent(new Event('online'));
  await open.pass(60_000);
  assert.equal(open.sockets.length, 1);
  assert.equal(open.statuses.length, told);
});

test('when the network is back it does not wait', async () => {
  const w = world();
  w.start();
  await w.opened();
  w.socket.onclose({ code: 1006 });
  w.network.dispatchEvent(new Event('online'));
  await w.settle();
  assert.equal(w.sockets.length, 2);
});
