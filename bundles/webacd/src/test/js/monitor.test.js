import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Feed } from '../../main/resources/static/monitor/feed.js';
import { allowed, intervals, query } from '../../main/resources/static/monitor/periods.js';
import { bars, labelled, line, scale, x, y, PLACE } from '../../main/resources/static/monitor/plot.js';
import { orderText, percent, reasonText, REASONS, standing } from '../../main/resources/static/monitor/told.js';

test('a scale has round steps, at most five of them, and holds the largest number', () => {
  assert.deepEqual(scale([0.4, null, 0.9]).ticks, [0, 0.25, 0.5, 0.75, 1]);
  assert.deepEqual(scale([3], 4).ticks, [0, 1, 2, 3, 4]);
  assert.deepEqual(scale([7, 3], 4).ticks, [0, 2, 4, 6, 8]);
  assert.deepEqual(scale([70], 20, true).ticks, [0, 30, 60, 90]);
  assert.deepEqual(scale([], 20, true).ticks, [0, 5, 10, 15, 20]);
  for (const largest of [1, 9, 11, 99, 101, 12_345, 7e7]) {
    for (const time of [false, true]) {
      const { max, ticks } = scale([largest], 1, time);
      assert.ok(max >= largest && ticks.length <= 5, `${largest} ${time} ${ticks}`);
    }
  }
});

test('what is above or below the scale stays in the plot', () => {
  const of = scale([1]);
  assert.equal(y(0, of), PLACE.bottom);
  assert.equal(y(1, of), PLACE.top);
  assert.equal(y(2, of), PLACE.top);
  assert.equal(y(-1, of), PLACE.bottom);
});

test('a line has gaps where there is nothing, and what stands alone can be seen', () => {
  const of = scale([1]);
  const path = line([0, 1, null, 0.5, undefined], of);
  assert.equal(path.match(/M/g)?.length, 2);
  assert.equal(path.match(/L/g)?.length, 1);
  assert.match(path, /M[\d.]+ [\d.]+H[\d.]+$/);
  assert.equal(line([null, null], of), '');
});

test('bars stand on each other and leave out what is nothing', () => {
  const of = scale([4], 4);
  const made = bars([[3, 0], [1, 2]], of);
  assert.equal(made.length, 3);
  const [below, above, other] = made;
  assert.equal(above.y + above.height, below.y);
  assert.equal(above.y, PLACE.top);
  assert.equal(other.index, 1);
  assert.ok(other.x > below.x);
});

test('at most eight times are written, the first among them', () => {
  assert.deepEqual(labelled(3), [0, 1, 2]);
  for (const count of [9, 24, 96, 168, 365, 1488]) {
    const all = labelled(count);
    assert.ok(all.length <= 8 && all[0] === 0 && all.every((i) => i < count), `${count}: ${all}`);
  }
  assert.ok(x(23, 24) < PLACE.right);
});

test('only intervals that the server takes can be chosen', () => {
  assert.deepEqual(intervals(1), ['15m', 'hour']);
  assert.deepEqual(intervals(7), ['15m', 'hour', 'day']);
  assert.deepEqual(intervals(30), ['hour', 'day']);
  assert.deepEqual(intervals(365), ['day']);
  assert.equal(allowed(365, '15m'), 'day');
  assert.equal(allowed(7, 'hour'), 'hour');
  assert.equal(allowed(1, 'day'), '15m');
  const asked = new URLSearchParams(query({ days: 1, interval: 'hour', queue: 'a&b' }, Date.parse('2026-03-02T10:00:00Z')));
  assert.equal(asked.get('from'), '2026-03-01T10:00:00.000Z');
  assert.equal(asked.get('to'), '2026-03-02T10:00:00.000Z');
  assert.equal(asked.get('queue'), 'a&b');
  assert.equal(new URLSearchParams(query({ days: 1, interval: 'hour', queue: '' }, 0)).has('queue'), false);
});

/** @type {(key: string, args?: Record<string, string | number>) => string} */
const t = (key, args) => `${key} ${JSON.stringify(args ?? {})}`;

test('a part is told in percent, and nothing as a dash', () => {
  assert.equal(percent(0.824, 'en'), '82%');
  assert.equal(percent(null, 'en'), '–');
  assert.equal(percent(undefined, 'en'), '–');
  assert.equal(percent(0, 'en'), '0%');
});

test('every reason of the engine has words, and one of a newer server is told as it is (WX explain)', () => {
  const of = (/** @type {string} */ reason, /** @type {Record<string, string>} */ values) => reasonText({ agent: 'a', name: 'A', reason, values }, (id) => `name of ${id}`, t);
  for (const reason of REASONS) {
    assert.ok(of(reason, {}).startsWith(`monitor.reason.${reason} `));
  }
  assert.match(of('FULL', { active: '2', capacity: '2' }), /"active":"2","capacity":"2"/);
  assert.match(of('SKILL_MISSING', { detail: 'french 3 < 5' }), /french 3 < 5/);
  assert.match(of('PREFERRED_OTHER', { detail: 'ben' }), /name of ben/);
  assert.match(of('MOON', {}), /^monitor\.reason\.other .*MOON/);
  assert.equal(orderText({ strategy: 'LONGEST_IDLE', considered: [] }, t), 'monitor.order.LONGEST_IDLE {}');
  assert.match(orderText({ strategy: 'acme', considered: [] }, t), /other.*acme/);
  assert.match(orderText({ strategy: '', considered: [] }, t), /names/);
});

test('whoever does not answer or has no page is not shown as available', () => {
  const of = (/** @type {any} */ more) => standing({ presence: 'AVAILABLE', reason: '', absent: null, inbound: true, ...more });
  assert.equal(of({}).kind, 'good');
  assert.equal(of({ absent: 'no-answer' }).key, 'monitor.presence.no-answer');
  assert.equal(of({ presence: 'AWAY', reason: 'no-answer' }).key, 'monitor.presence.no-answer');
  assert.equal(of({ absent: 'gone' }).key, 'monitor.presence.gone');
  assert.equal(of({ inbound: false }).kind, 'warn');
  assert.equal(of({ presence: 'AWAY', reason: 'lunch' }).key, 'monitor.presence.AWAY');
  assert.equal(of({ presence: 'OFFLINE', absent: 'gone' }).kind, 'off');
});

/** A world in the hand of a test. */
function world() {
  /** @type {any} */
  const made = { listener: undefined, later: [], asked: 0, answer: undefined, ended: 0 };
  made.feed = new Feed(
    {
      ask: () => {
        made.asked++;
        return new Promise((resolve, reject) => (made.answer = { resolve, reject }));
      },
      subscribe: (_, listener) => {
        made.listener = listener;
        return () => made.ended++;
      },
      later: (run) => made.later.push(run),
      cancel: () => (made.later.length = 0),
    },
    () => (made.changes = (made.changes ?? 0) + 1),
  );
  return made;
}
const view = (/** @type {string} */ at) => ({ at, zone: 'UTC', inTimeSeconds: 20, queues: [], agents: [], offers: [] });
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('an answer that was under way does not undo what the channel has told since', async () => {
  const one = world();
  one.feed.begin();
  one.listener.message({ type: 'webacd.monitor', body: view('2026-03-02T10:00:05Z') });
  one.answer.resolve(view('2026-03-02T10:00:00Z'));
  await settled();
  assert.equal(one.feed.view.at, '2026-03-02T10:00:05Z');
  assert.equal(one.later.length, 1, 'it asks again anyway');
  one.later.shift()();
  assert.equal(one.asked, 2);
});

test('without an answer it says why and asks again; once ended it is silent', async () => {
  const one = world();
  one.feed.begin();
  one.answer.reject(new Error('off'));
  await settled();
  assert.equal(one.feed.problem.message, 'off');
  one.later.shift()();
  one.answer.resolve(view('2026-03-02T10:00:00Z'));
  await settled();
  assert.equal(one.feed.problem, undefined);
  const { changes } = one;
  one.feed.end();
  one.listener.message({ type: 'webacd.monitor', body: view('2026-03-02T11:00:00Z') });
  assert.equal(one.changes, changes);
  assert.equal(one.ended, 1);
});

test('a topic that has gone is listened to again', () => {
  const one = world();
  one.feed.begin();
  const first = one.listener;
  first.gone();
  one.later.shift()();
  assert.notEqual(one.listener, undefined);
  one.listener.message({ type: 'webacd.monitor', body: view('2026-03-02T10:00:00Z') });
  assert.equal(one.feed.view.at, '2026-03-02T10:00:00Z');
});
