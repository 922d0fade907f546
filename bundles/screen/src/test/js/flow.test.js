import { test } from 'node:test';
import assert from 'node:assert/strict';
import { BitRate, Effort, Refinement, SendWindow, SequenceGate, WINDOW } from '../../main/resources/static/flow.js';

/** Numbers that look random and are the same in each run. */
function dice(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

test('at most three frames are on their way', () => {
  const window = new SendWindow();
  for (let i = 0; i < WINDOW; i++) {
    assert.ok(window.free());
    assert.equal(window.sent(100, i), i);
  }
  assert.ok(!window.free());
  assert.deepEqual(window.acknowledged(1), { bytes: 200, sent: { bytes: 100, before: 100, at: 1 } });
  assert.ok(window.free());
  assert.deepEqual(window.acknowledged(1), { bytes: 0, sent: null });
  assert.equal(window.acknowledged(9).bytes, 100);
  assert.ok(window.free(0));
});

test('behind a large frame the next one waits, however few are on their way', () => {
  const window = new SendWindow();
  assert.ok(window.free(1_000), 'the first goes whatever its size');
  window.sent(300_000, 0);
  assert.ok(!window.free(100_000));
  window.acknowledged(0);
  window.sent(20_000, 0);
  assert.ok(window.free(100_000));
});

test('a new line forgets what was on its way, and the sequence goes on', () => {
  const window = new SendWindow();
  window.sent(1, 0);
  window.sent(1, 0);
  window.sent(1, 0);
  window.reset();
  assert.ok(window.free(1));
  assert.equal(window.sent(1, 0), 3);
});

test('whatever is sent, acknowledged and lost, in whatever order, the window counts right', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const roll = dice(seed);
    const window = new SendWindow();
    /** The plain way to do it. */
    let open = [];
    let next = 0;
    for (let step = 0; step < 200; step++) {
      const what = roll(10);
      if (what < 5 && window.free(50_000)) {
        const bytes = roll(60_000);
        assert.equal(window.sent(bytes, step), next);
        open.push({ sequence: next++, bytes });
      } else if (what < 9) {
        const upTo = next - roll(5);
        const bytes = open.filter((f) => f.sequence <= upTo).reduce((sum, f) => sum + f.bytes, 0);
        assert.equal(window.acknowledged(upTo).bytes, bytes, `seed ${seed}`);
        open = open.filter((f) => f.sequence > upTo);
      } else if (roll(10) === 0) {
        window.reset();
        open = [];
      }
      assert.ok(open.length <= WINDOW);
      const onTheirWay = open.reduce((sum, f) => sum + f.bytes, 0);
      assert.equal(window.free(50_000), open.length === 0 || (open.length < WINDOW && onTheirWay < 50_000), `seed ${seed}`);
      assert.equal(window.free(0), open.length === 0);
    }
  }
});

/**
 * A sender of 30 pictures a second on a line of so many bits a second and so many milliseconds for the trip, for some seconds.
 * Frames have the size that the rate asks for, some more or less; `size` decides otherwise.
 */
function share({ capacity, trip, seconds, from = 0, rate = new BitRate(from), seed = 7, size = null, jitter = 2 }) {
  const roll = dice(seed);
  const window = new SendWindow();
  /** @type {{sequence: number, at: number}[]} */
  let acks = [];
  let busyUntil = from;
  let sent = 0;
  let longest = 0;
  for (let tick = 0; tick < seconds * 30; tick++) {
    const now = from + (tick * 1000) / 30;
    for (const ack of acks.filter((a) => a.at <= now)) {
      rate.acknowledged(window.acknowledged(ack.sequence), ack.at);
    }
    acks = acks.filter((a) => a.at > now);
    if (!window.free(rate.room)) {
      rate.full(now);
      continue;
    }
    rate.adapt(now);
    const bytes = size?.(tick) ?? Math.round((rate.current / 8 / 30) * (0.7 + roll(60) / 100));
    busyUntil = Math.max(busyUntil, now) + (bytes * 8_000) / capacity;
    const at = busyUntil + trip + roll(jitter + 1);
    longest = Math.max(longest, at - now);
    acks.push({ sequence: window.sent(bytes, now), at });
    sent++;
  }
  return { rate, sent, longest, end: from + seconds * 1000 };
}

test('on a wide line the rate stays the highest', () => {
  const { rate, sent } = share({ capacity: 200_000_000, trip: 2, seconds: 20 });
  assert.equal(rate.current, BitRate.MOST);
  assert.ok(sent > 595, `${sent}`);
});

test('a busy computer, whose acknowledgements come when they come, is no thin line', () => {
  const { rate } = share({ capacity: 400_000_000, trip: 3, seconds: 20, jitter: 15 });
  assert.equal(rate.current, BitRate.MOST);
});

for (const [capacity, trip, fps] of [[8_000_000, 60, 25], [3_000_000, 40, 25], [1_000_000, 20, 22], [20_000_000, 80, 22]]) {
  test(`on ${capacity / 1e6} Mbit/s and ${trip} ms it settles at what the line carries, at ${fps} pictures a second`, () => {
    const start = share({ capacity, trip, seconds: 5 });
    const { rate, sent, longest } = share({ capacity, trip, seconds: 10, from: start.end, rate: start.rate });
    assert.ok(rate.current < capacity * 1.15, `${rate.current}`);
    assert.ok(rate.current >= Math.min(BitRate.MOST, capacity * 0.5), `not starved: ${rate.current}`);
    assert.ok(sent / 10 >= fps, `${sent / 10}`);
    assert.ok(longest < trip + 200, `no long queue: ${longest}`);
  });
}

test('a long way without any queue costs no bit rate', () => {
  const { rate } = share({ capacity: 100_000_000, trip: 250, seconds: 20 });
  assert.equal(rate.current, BitRate.MOST);
});

test('the rate climbs again when the line carries more', () => {
  const thin = share({ capacity: 1_500_000, trip: 30, seconds: 10 });
  assert.ok(thin.rate.current < 1_500_000 * 1.15, `${thin.rate.current}`);
  share({ capacity: 50_000_000, trip: 30, seconds: 20, from: thin.end, rate: thin.rate });
  assert.equal(thin.rate.current, BitRate.MOST);
});

test('one large key frame is no bad line, but measures it', () => {
  const { rate } = share({ capacity: 30_000_000, trip: 20, seconds: 10, size: (tick) => (tick === 100 ? 400_000 : 30_000) });
  assert.equal(rate.current, BitRate.MOST);
  const first = share({ capacity: 8_000_000, trip: 60, seconds: 1, size: (tick) => (tick === 0 ? 300_000 : 15_000) });
  assert.ok(first.rate.line > 6_000_000 && first.rate.line < 10_000_000, `${first.rate.line}`);
});

test('while somebody further down is slow, what is acknowledged is what is sent', () => {
  const rate = new BitRate(0);
  const window = new SendWindow();
  let now = 0;
  // A quick trip, and then acknowledgements that are held back: 2 Mbit/s come through.
  for (let i = 0; i < 80; i++) {
    window.sent(25_000, now);
    rate.full(now + 1);
    now += i < 2 ? 5 : 100;
    rate.acknowledged(window.acknowledged(i), now);
    rate.adapt(now);
  }
  assert.ok(rate.current < 2_000_000, `${rate.current}`);
  assert.ok(rate.current >= 500_000, `${rate.current}`);
});

test('the rate stays within its bounds and never falls by more than half at once, whatever happens', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const roll = dice(seed);
    const rate = new BitRate(0);
    const window = new SendWindow();
    let now = 0;
    let sequence = 0;
    for (let step = 0; step < 400; step++) {
      now += roll(300);
      const before = rate.current;
      if (roll(2)) {
        sequence = window.sent(roll(400_000), now);
      } else if (roll(2)) {
        rate.full(now);
      } else {
        rate.acknowledged(window.acknowledged(sequence), now);
      }
      const changed = rate.adapt(now);
      assert.ok(rate.current >= BitRate.LEAST && rate.current <= BitRate.MOST, `seed ${seed}: ${rate.current}`);
      assert.ok(rate.current >= before / 2 - 1, `seed ${seed}`);
      assert.equal(changed, rate.current !== before, `seed ${seed}`);
      assert.ok(rate.room >= 32_000);
    }
  }
});

test('a still screen does not move the rate', () => {
  const rate = new BitRate(0);
  assert.ok(!rate.adapt(60_000));
  assert.equal(rate.current, BitRate.MOST);
});

test('refinement begins when it is calm, goes on step by step, and ends in silence', () => {
  const refinement = new Refinement();
  assert.equal(refinement.at, Infinity, 'nothing to refine yet');
  refinement.changed(1_000);
  assert.equal(refinement.at, 1_000 + Refinement.CALM);
  assert.ok(!refinement.under);
  refinement.began();
  refinement.encoded(320_000, 1_200);
  assert.equal(refinement.at, 1_200, 'at once, when there is room');
  assert.ok(refinement.under);
  refinement.began();
  refinement.encoded(34_000, 1_300);
  assert.equal(refinement.at, 1_300, 'little was added, which chance may do once');
  refinement.began();
  refinement.encoded(30_000, 1_400);
  assert.equal(refinement.at, Infinity);
});

test('a change ends the refinement, and the next calm begins it anew', () => {
  const refinement = new Refinement();
  refinement.changed(0);
  refinement.began();
  refinement.encoded(50_000, 200);
  refinement.changed(210);
  assert.equal(refinement.at, 210 + Refinement.CALM);
  assert.ok(!refinement.under);
});

test('whatever the encoder gives, refinement ends, and is never due before it is calm', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const roll = dice(seed);
    const refinement = new Refinement();
    let now = 0;
    let changedAt = 0;
    refinement.changed(0);
    for (let step = 0; step < 100; step++) {
      now += roll(80);
      if (roll(12) === 0) {
        refinement.changed(now);
        changedAt = now;
      } else if (now >= refinement.at) {
        assert.ok(now >= changedAt + Refinement.CALM, `seed ${seed}`);
        refinement.began();
        refinement.encoded(roll(2) * roll(200_000), now);
      }
    }
    let more = 0;
    while (refinement.at !== Infinity) {
      refinement.began();
      refinement.encoded(100_000, ++now);
      more++;
    }
    assert.ok(more <= Refinement.MOST_STEPS, `seed ${seed}`);
  }
});

test('a step takes no more of the line than a change may wait for, and more the longer it is calm', () => {
  const refinement = new Refinement();
  refinement.changed(0);
  assert.equal(refinement.bitrate(Infinity, 30), Refinement.MOST);
  const millis = () => ((refinement.bitrate(8_000_000, 30) / 30) * 1_000) / 8_000_000;
  assert.equal(millis(), Refinement.STEP);
  const waits = [];
  for (let i = 0; i < 10; i++) {
    refinement.began();
    refinement.encoded(50_000, 200);
    waits.push(millis());
  }
  assert.deepEqual(waits, [...waits].sort((a, b) => a - b));
  assert.ok(waits.at(-1) <= 400);
  refinement.changed(1_000);
  assert.equal(millis(), Refinement.STEP);
});

test('with a beat goes what the last second was like', () => {
  const effort = new Effort();
  assert.deepEqual(effort.read(0), { skipped: 0 });
  [9, 30, 12].forEach((took, i) => effort.encoded(took, 100 + i));
  effort.skipped(150);
  effort.skipped(160);
  assert.deepEqual(effort.read(200), { encode: 12, skipped: 2 });
  assert.deepEqual(effort.read(1_155), { skipped: 1 });
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
