import { test } from 'node:test';
import assert from 'node:assert/strict';
import { BitRate, Quality, SendWindow, SequenceGate, WINDOW } from '../../main/resources/static/flow.js';

test('at most three frames are on their way', () => {
  const window = new SendWindow();
  for (let i = 0; i < WINDOW; i++) {
    assert.ok(window.free());
    assert.equal(window.sent(100, i), i);
  }
  assert.ok(!window.free());
  assert.equal(window.acknowledged(1), 200);
  assert.ok(window.free());
  assert.equal(window.acknowledged(1), 0);
  assert.equal(window.acknowledged(9), 100);
});

test('a new line forgets what was on its way, and the sequence goes on', () => {
  const window = new SendWindow();
  window.sent(1, 0);
  window.sent(1, 0);
  window.sent(1, 0);
  window.reset();
  assert.ok(window.free());
  assert.equal(window.sent(1, 0), 3);
});

/** A line that carries so many bits a second, for some seconds; returns the rate that was settled on. */
function settle(rate, capacity, seconds, from) {
  let now = from;
  let line = from;
  for (let i = 0; i < seconds * 30; i++) {
    now += 1000 / 30;
    const bits = rate.current / 30;
    if (line > now + 100) {
      rate.full(now);
      continue;
    }
    line = Math.max(line, now) + (bits * 1000) / capacity;
    // Whether the frame has arrived by the next one decides whether the window has room.
    if (line > now + 100) {
      rate.full(now);
    }
    rate.acknowledged(bits / 8, Math.max(now, line - 100));
    rate.adapt(now);
  }
  return now;
}

test('the rate goes down to what the line carries, and up again when it carries more', () => {
  const rate = new BitRate(0);
  assert.equal(rate.current, BitRate.MOST);
  let now = settle(rate, 1_500_000, 20, 0);
  assert.ok(rate.current < 2_000_000, `slow line: ${rate.current}`);
  assert.ok(rate.current > 600_000, `not starved: ${rate.current}`);
  now = settle(rate, 50_000_000, 30, now);
  assert.equal(rate.current, BitRate.MOST);
});

test('one slow frame halves the rate at most, and nothing goes below the least', () => {
  const rate = new BitRate(0);
  rate.full(0);
  assert.ok(!rate.adapt(500), 'not before a period has passed');
  assert.ok(rate.adapt(1000));
  assert.equal(rate.current, BitRate.MOST / 2);
  for (let i = 2; i < 30; i++) {
    rate.full(i * 1000 - 999);
    rate.adapt(i * 1000);
  }
  assert.equal(rate.current, BitRate.LEAST);
});

test('a still screen does not move the rate', () => {
  const rate = new BitRate(0);
  assert.ok(!rate.adapt(60_000));
  assert.equal(rate.current, BitRate.MOST);
});

const key = (sequence) => ({ key: true, sequence });
const delta = (sequence) => ({ key: false, sequence });

test('a viewer decodes from the first key frame on', () => {
  const gate = new SequenceGate();
  assert.equal(gate.judge(delta(4)), 'skip');
  assert.equal(gate.judge(key(5)), 'decode');
  assert.equal(gate.judge(delta(6)), 'decode');
});

test('a gap is noticed once, and a key frame ends it', () => {
  const gate = new SequenceGate();
  gate.judge(key(0));
  assert.equal(gate.judge(delta(2)), 'lost');
  assert.equal(gate.judge(delta(3)), 'skip');
  assert.equal(gate.judge(key(9)), 'decode');
  assert.equal(gate.judge(delta(10)), 'decode');
});

test('a sender that starts again may count from the start', () => {
  const gate = new SequenceGate();
  gate.judge(key(70));
  assert.equal(gate.judge(key(0)), 'decode');
  assert.equal(gate.judge(delta(1)), 'decode');
  gate.reset();
  assert.equal(gate.judge(delta(2)), 'skip');
});

test('the quality is that of the last two seconds', () => {
  const quality = new Quality();
  assert.deepEqual(quality.read(0), { fps: 0, kbits: 0, delay: null });
  for (let i = 0; i < 60; i++) {
    quality.shown(i * 33, 1000, i % 3 === 0 ? null : 40 + (i % 2));
  }
  const seen = quality.read(59 * 33);
  assert.equal(seen.fps, 30);
  assert.equal(seen.kbits, 240);
  assert.ok(seen.delay === 40 || seen.delay === 41);
  assert.deepEqual(quality.read(10_000), { fps: 0, kbits: 0, delay: null });
});
