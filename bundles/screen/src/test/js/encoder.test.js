import { beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { PictureEncoder } from '../../main/resources/static/encoder.js';

/** Real encoders take as long as they like, and leave out what they like. */
let encoder;
let made;
let events;
let pictures;

class FakeEncoder {
  state = 'unconfigured';
  configurations = [];
  jobs = [];

  constructor({ output, error }) {
    Object.assign(this, { output, error });
    encoder = this;
    made++;
  }

  configure(configuration) {
    if (configuration.width === 13) {
      throw new TypeError('no such size');
    }
    this.state = 'configured';
    this.configurations.push(configuration);
  }

  encode({ timestamp }, { keyFrame }) {
    this.jobs.push({ timestamp, keyFrame });
  }

  finish() {
    const { timestamp, keyFrame } = this.jobs.shift();
    this.output({ timestamp, type: keyFrame ? 'key' : 'delta', byteLength: 1 });
  }

  close() {
    this.state = 'closed';
  }
}

const VP8 = { family: 'vp8', screen: false };
const job = (more = {}) => ({ choice: VP8, width: 640, height: 480, bitrate: 1_000_000, key: false, refine: false, ...more });

beforeEach(() => {
  made = 0;
  events = [];
  let timestamp = 0;
  globalThis.VideoEncoder = /** @type {any} */ (FakeEncoder);
  globalThis.VideoFrame = /** @type {any} */ (class {
    constructor(_picture, told) {
      Object.assign(this, told);
    }

    close() {}
  });
  const own = new PictureEncoder({
    encoded: ({ chunk, captured }) => events.push(`encoded ${captured} ${chunk.type}`),
    left: () => events.push('left'),
    failed: (choice, error) => events.push(`failed ${choice.family} ${error.message}`),
  });
  pictures = { own, encode: (more) => own.encode(/** @type {any} */ ({ timestamp: ++timestamp }), /** @type {any} */ (job(more))) };
});

test('a new size or codec is a key frame, another bit rate is not', () => {
  pictures.encode();
  encoder.finish();
  pictures.encode({ bitrate: 2_000_000 });
  encoder.finish();
  pictures.encode({ width: 320 });
  encoder.finish();
  pictures.encode({ width: 320, choice: { family: 'h264', screen: false } });
  encoder.finish();
  assert.deepEqual(events, ['encoded 1 key', 'encoded 2 delta', 'encoded 3 key', 'encoded 4 key']);
  assert.equal(made, 2);
  assert.equal(encoder.configurations[0].codec, 'avc1.42E01F');
});

test('encoders are told of even times, so that no picture gets the bits of those that were left out', () => {
  const times = [];
  for (let picture = 0; picture < 3; picture++) {
    pictures.encode();
    times.push(encoder.jobs[0].timestamp);
    encoder.finish();
  }
  assert.equal(times[2] - times[1], times[1] - times[0]);
  assert.deepEqual(events, ['encoded 1 key', 'encoded 2 delta', 'encoded 3 delta'], 'and the pictures keep their own');
});

test('H.264 with and without the tools for screens are two encoders', () => {
  pictures.encode({ choice: { family: 'h264', screen: false } });
  encoder.finish();
  pictures.encode({ choice: { family: 'h264', screen: true } });
  assert.equal(made, 2);
  assert.equal(encoder.jobs[0].keyFrame, true);
});

test('an encoder that is late again and again is given more and more time, so that nothing piles up', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let most = 0;
  let began = 0;
  let passed = 0;
  t.mock.method(performance, 'now', () => passed);
  pictures.encode({ key: true });
  encoder.finish();
  for (let time = 0; time < 60_000; time += 100) {
    if (!pictures.own.busy) {
      pictures.encode();
    }
    passed += 100;
    t.mock.timers.tick(100);
    // Each takes two seconds, one after the other.
    if (encoder.jobs.length > 0 && time - began >= 2_000) {
      encoder.finish();
      began = time;
    }
    most = Math.max(most, encoder.jobs.length);
  }
  assert.ok(most <= 4, `${most} at once`);
  assert.ok(events.filter((e) => e.startsWith('encoded')).length > 20);
});

test('what was left out is said once, and what comes late is not lost', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  pictures.encode();
  encoder.finish();
  pictures.encode();
  t.mock.timers.tick(400);
  assert.ok(!pictures.own.busy);
  t.mock.timers.tick(60_000);
  assert.deepEqual(events, ['encoded 1 key', 'left']);
  pictures.encode();
  encoder.finish();
  assert.ok(pictures.own.busy, 'that was the late one');
  encoder.finish();
  assert.ok(!pictures.own.busy);
  assert.deepEqual(events.slice(2), ['encoded 2 delta', 'encoded 3 delta']);
});

test('a failure is told with its codec, and the next picture gets a new encoder', () => {
  pictures.encode({ choice: { family: 'av1', screen: true } });
  encoder.error(new Error('broken'));
  assert.deepEqual(events, ['failed av1 broken']);
  assert.ok(!pictures.own.busy);
  pictures.encode();
  assert.equal(made, 2);
  encoder.finish();
  pictures.encode({ width: 13 });
  assert.equal(events.at(-1), 'failed vp8 no such size');
});

test('a closed encoder says nothing more', () => {
  pictures.encode();
  const old = encoder;
  pictures.own.close();
  assert.equal(old.state, 'closed');
  old.finish();
  assert.deepEqual(events, []);
});
