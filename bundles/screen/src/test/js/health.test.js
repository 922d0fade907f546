import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Health, Recent, REMEMBERED, median } from '../../main/resources/static/health.js';

const FINE = {
  heard: true,
  sender: true,
  fps: 30,
  kbits: 4000,
  delay: 45,
  decode: 6,
  missed: 0,
  rtt: 10,
  senderRtt: 12,
  encode: 9,
  skipped: 0,
};
const STILL = { ...FINE, fps: 0, kbits: 0, delay: null, decode: null };

/** What is said after so many seconds that look alike. */
function after(health, sample, seconds) {
  let verdict = health.verdict;
  for (let i = 0; i < seconds; i++) {
    verdict = health.add({ ...FINE, ...sample });
  }
  return `${verdict.grade} ${verdict.reason}`.trim();
}

test('a good line is good and says no more', () => {
  assert.equal(after(new Health(), {}, 60), 'good');
});

test('a screen on which nothing moves is good, and the mark says why there are no pictures', () => {
  const health = new Health();
  assert.equal(after(health, STILL, 2), 'good');
  assert.equal(after(health, STILL, 1), 'good still');
  assert.equal(after(health, { fps: 4 }, 1), 'good');
});

test('each cause is named', () => {
  const cases = [
    [{ rtt: 300, delay: 220 }, 'fair own-line'],
    [{ rtt: 900, delay: 700 }, 'poor own-line'],
    [{ missed: 1 }, 'poor own-line'],
    [{ senderRtt: 300 }, 'fair customer-line'],
    [{ senderRtt: 800, delay: 900 }, 'poor customer-line'],
    [{ skipped: 20, fps: 8 }, 'fair customer-line'],
    [{ skipped: 28, fps: 2, encode: 10 }, 'poor customer-line'],
    [{ encode: 100, delay: 160 }, 'fair customer-computer'],
    [{ encode: 260, delay: 700, skipped: 27, fps: 3 }, 'poor customer-computer'],
    [{ decode: 120, delay: 200 }, 'fair own-computer'],
    [{ decode: 400, delay: 500 }, 'poor own-computer'],
    [{ rtt: 550, senderRtt: 250 }, 'poor own-line'],
    [{ rtt: 300, senderRtt: 450 }, 'fair customer-line'],
  ];
  for (const [sample, said] of cases) {
    assert.equal(after(new Health(), sample, 6), said, JSON.stringify(sample));
  }
});

test('pictures left out on the way to a fluent picture are no fault', () => {
  assert.equal(after(new Health(), { fps: 20, skipped: 10, encode: 20 }, 10), 'good');
});

test('a delay that nobody explains is blamed on what holds it up most', () => {
  assert.equal(after(new Health(), { delay: 400, rtt: 180, senderRtt: 20, decode: 3, encode: 5 }, 6), 'fair own-line');
  assert.equal(after(new Health(), { delay: 700, rtt: 10, senderRtt: null, encode: null, decode: 3 }, 6), 'poor customer-line');
});

test('what nobody has measured is no fault', () => {
  const unknown = { delay: null, decode: null, rtt: null, senderRtt: null, encode: null, skipped: null };
  assert.equal(after(new Health(), unknown, 10), 'good');
});

test('a lost line is said at once, and whose', () => {
  const health = new Health();
  assert.equal(after(health, {}, 10), 'good');
  assert.equal(after(health, { heard: false, sender: false }, 1), 'poor own-line-lost');
  assert.equal(after(health, { sender: false }, 1), 'poor customer-line-lost');
  assert.equal(after(health, {}, 4), 'good', 'and forgotten when it has been good for a while');
});

test('one bad second is not worth a word, two are; it takes longer to be good again', () => {
  const health = new Health();
  after(health, {}, 5);
  assert.equal(after(health, { delay: 900, senderRtt: 900 }, 1), 'good');
  assert.equal(after(health, {}, 1), 'good');
  assert.equal(after(health, { delay: 900, senderRtt: 900 }, 2), 'poor customer-line');
  assert.equal(after(health, {}, 3), 'poor customer-line');
  assert.equal(after(health, {}, 1), 'good');
});

test('a value that swings about a limit does not make the mark flicker', () => {
  const health = new Health();
  const said = new Set();
  for (let i = 0; i < 120; i++) {
    said.add(after(health, { rtt: i % 2 ? 215 : 185, delay: 120 }, 1));
  }
  assert.ok(said.size <= 2, [...said].join());
  const settled = new Set();
  after(health, { rtt: 230, delay: 120 }, 2);
  for (let i = 0; i < 60; i++) {
    settled.add(after(health, { rtt: 200 + (i % 3) * 20, delay: 120 }, 1));
  }
  assert.equal(settled.size, 1, [...settled].join());
});

test('gaps count for some seconds', () => {
  const health = new Health();
  after(health, { missed: 1 }, 2);
  assert.equal(health.verdict.grade, 'fair');
  assert.equal(after(health, {}, 3), 'fair own-line');
  assert.equal(after(health, {}, 8), 'good');
});

test('the last minute is kept', () => {
  const health = new Health();
  for (let i = 0; i < REMEMBERED + 15; i++) {
    health.add({ ...FINE, delay: i });
  }
  assert.equal(health.history.length, REMEMBERED);
  assert.equal(health.history[0].delay, 15);
  assert.equal(health.history.at(-1).grade, 'good');
});

test('the pictures of the last two seconds', () => {
  const recent = new Recent();
  assert.deepEqual(recent.read(0), { fps: 0, kbits: 0, delay: null, decode: null });
  for (let i = 0; i < 60; i++) {
    recent.shown(i * 33, 1000, i % 3 === 0 ? null : 40 + (i % 2), 5);
  }
  const seen = recent.read(59 * 33);
  assert.equal(seen.fps, 30);
  assert.equal(seen.kbits, 240);
  assert.ok(seen.delay === 40 || seen.delay === 41);
  assert.equal(seen.decode, 5);
  assert.deepEqual(recent.read(10_000), { fps: 0, kbits: 0, delay: null, decode: null });
  recent.shown(10_000, 1, -3, 5);
  assert.equal(recent.read(10_000).delay, 0, 'clocks that differ a little make no negative delay');
});

test('the median', () => {
  assert.equal(median([]), null);
  assert.equal(median([9, 1, 5]), 5);
});
