import { test } from 'node:test';
import assert from 'node:assert/strict';
import { counted, quality, worst } from '../../main/resources/static/quality.js';

const NOTHING = { received: 0, lost: 0, jitter: 0, delay: 0 };

test('counts sound that comes in and the way there and back', () => {
  assert.deepEqual(
    counted([
      { type: 'inbound-rtp', kind: 'audio', packetsReceived: 100, packetsLost: 3, jitter: 0.01 },
      { type: 'inbound-rtp', kind: 'audio', packetsReceived: 10, packetsLost: -1, jitter: 0.02 },
      { type: 'inbound-rtp', kind: 'video', packetsReceived: 5000, packetsLost: 900, jitter: 1 },
      { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.2 },
      { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
      { type: 'candidate-pair', nominated: true },
    ]),
    { received: 110, lost: 3, jitter: 0.02, delay: 0.2 },
  );
  assert.deepEqual(counted([]), NOTHING);
});

test('marks by what was lost since the last look, the delay and the jitter', () => {
  const after = (change) => quality({ ...NOTHING, received: 1000, lost: 500 }, { ...NOTHING, received: 1100, lost: 500, ...change });
  assert.equal(after({}), 'good');
  assert.equal(after({ lost: 502 }), 'good');
  assert.equal(after({ lost: 505 }), 'fair');
  assert.equal(after({ lost: 520 }), 'poor');
  assert.equal(after({ delay: 0.4 }), 'fair');
  assert.equal(after({ delay: 0.7 }), 'poor');
  assert.equal(after({ jitter: 0.05 }), 'fair');
  assert.equal(after({ jitter: 0.09 }), 'poor');
  assert.equal(quality(NOTHING, NOTHING), 'good');
});

test('a connection made anew counts from nothing and is not blamed for it', () => {
  assert.equal(quality({ ...NOTHING, received: 900, lost: 90 }, NOTHING), 'good');
});

test('the worst of all is shown', () => {
  assert.equal(worst(['good', 'poor', 'fair']), 'poor');
  assert.equal(worst(['good', 'fair']), 'fair');
  assert.equal(worst(['good']), 'good');
  assert.equal(worst([]), '');
});
