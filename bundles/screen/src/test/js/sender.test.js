import { afterEach, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFrame } from '../../main/resources/static/wire.js';
import { ScreenSender } from '../../main/resources/static/sender.js';

/** The browser's parts, as far as the sender uses them. Frames count how many of them are open. */
let open;
let encoder;
let capture;
let line;
let events;
let sender;

class FakeFrame {
  constructor(from, { timestamp } = { timestamp: 0 }) {
    this.displayWidth = from.displayWidth;
    this.displayHeight = from.displayHeight;
    this.timestamp = timestamp;
    open++;
  }

  close() {
    assert.ok(!this.closed, 'closed twice');
    this.closed = true;
    open--;
  }
}

class FakeEncoder {
  constructor({ output, error }) {
    Object.assign(this, { output, error, state: 'unconfigured', configurations: [], jobs: [] });
    encoder = this;
  }

  configure(configuration) {
    this.state = 'configured';
    this.configurations.push(configuration);
  }

  encode(frame, { keyFrame }) {
    assert.ok(!frame.closed);
    this.jobs.push({ timestamp: frame.timestamp, keyFrame });
  }

  /** Finishes the oldest job with so many bytes; 0 for a frame that the encoder leaves out. */
  finish(bytes = 100) {
    const job = this.jobs.shift();
    if (bytes > 0) {
      this.output({
        type: job.keyFrame ? 'key' : 'delta',
        timestamp: job.timestamp,
        byteLength: bytes,
        copyTo: (target) => target.fill(7),
      });
    }
    return job;
  }

  close() {
    this.state = 'closed';
  }
}

class FakeProcessor {
  constructor() {
    this.readable = { getReader: () => ({ read: () => new Promise((resolve) => (capture.next = resolve)), cancel: async () => {} }) };
  }
}

class FakeLine {
  frames = [];
  texts = [];
  closed = false;

  constructor(handlers) {
    this.handlers = handlers;
    line = this;
  }

  send(what) {
    (what instanceof ArrayBuffer ? this.frames : this.texts).push(what instanceof ArrayBuffer ? readFrame(what) : what);
    return true;
  }

  close() {
    this.closed = true;
  }

  hear(...messages) {
    messages.forEach((m) => this.handlers.text(m));
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function picture(displayWidth = 640, displayHeight = 480) {
  capture.next({ done: false, value: new FakeFrame({ displayWidth, displayHeight }) });
  await settled();
}

const sequences = () => line.frames.map((f) => f.header.sequence);

beforeEach(() => {
  open = 0;
  encoder = null;
  capture = { next: null };
  events = [];
  Object.assign(globalThis, { VideoFrame: FakeFrame, VideoEncoder: FakeEncoder, MediaStreamTrackProcessor: FakeProcessor });
  const track = Object.assign(new EventTarget(), { stop: () => events.push('track stopped') });
  sender = new ScreenSender(track, {
    open: (handlers) => new FakeLine(handlers),
    ended: (why) => events.push(why),
    changed: () => events.push('changed'),
  });
  sender.track = track;
  line.handlers.status({ state: 'open' });
});

afterEach(() => {
  sender.stop();
  assert.equal(open, 0, 'every frame is closed');
});

test('nothing is encoded while nobody watches, and the first frame is a key frame after its configuration', async () => {
  await picture();
  line.hear({ op: 'viewers', count: 0 });
  assert.equal(encoder, null);
  line.hear({ op: 'viewers', count: 1 });
  assert.equal(encoder.jobs.length, 1);
  encoder.finish();
  assert.deepEqual(line.texts, [{ op: 'config', codec: 'vp8', width: 640, height: 480 }]);
  assert.equal(line.frames[0].header.key, true);
  assert.deepEqual([...line.frames[0].chunk.slice(0, 2)], [7, 7]);
});

test('with three frames on their way the newest picture waits, and older ones are skipped', async () => {
  line.hear({ op: 'viewers', count: 1 });
  for (let i = 0; i < 3; i++) {
    await picture();
    encoder.finish();
  }
  await picture(800, 600);
  await picture(1024, 768);
  assert.equal(encoder.jobs.length, 0);
  assert.deepEqual(sequences(), [0, 1, 2]);
  line.hear({ op: 'ack', sequence: 0 });
  assert.equal(encoder.jobs.length, 1, 'one, and the newest');
  assert.equal(encoder.configurations.at(-1).width, 1024);
  assert.equal(encoder.finish().keyFrame, true, 'for its size is new');
  assert.deepEqual(line.texts.at(-1), { op: 'config', codec: 'vp8', width: 1024, height: 768 });
});

test('while the encoder works the newest picture waits', async () => {
  line.hear({ op: 'viewers', count: 1 });
  await picture();
  await picture();
  await picture();
  assert.equal(encoder.jobs.length, 1);
  encoder.finish();
  assert.equal(encoder.jobs.length, 1, 'now it is encoded');
});

test('an encoder that leaves a picture out does not block the next one', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const started = performance.now();
  t.mock.method(performance, 'now', () => started + 1000);
  line.hear({ op: 'viewers', count: 1 });
  await picture();
  await picture();
  encoder.finish(0);
  assert.equal(encoder.jobs.length, 0);
  performance.now.mock.mockImplementation(() => started + 1400);
  t.mock.timers.tick(400);
  assert.equal(encoder.jobs.length, 1);
});

test('a key frame is given from the last picture although the screen stands still', async () => {
  line.hear({ op: 'viewers', count: 1 });
  await picture();
  encoder.finish();
  line.hear({ op: 'ack', sequence: 0 });
  assert.equal(encoder.jobs.length, 0);
  line.hear({ op: 'key' });
  assert.equal(encoder.finish().keyFrame, true);
});

test('after a lost line it goes on with configuration and key frame, and never with a delta frame', async () => {
  line.hear({ op: 'viewers', count: 1 });
  await picture();
  encoder.finish();
  await picture();
  line.handlers.status({ state: 'closed', code: 1006, retry: true });
  assert.equal(sender.online, false);
  encoder.finish();
  line.handlers.status({ state: 'open' });
  line.hear({ op: 'viewers', count: 1 });
  encoder.finish();
  assert.deepEqual(line.frames.map((f) => f.header.key), [true, true]);
  assert.deepEqual(sequences(), [0, 1]);
  assert.equal(line.texts.filter((t) => t.op === 'config').length, 2);
  assert.ok(!events.includes('track stopped'), 'the browser need not be asked again');
});

test('what was on its way when the line was lost does not count on the new one', async () => {
  line.hear({ op: 'viewers', count: 1 });
  for (let i = 0; i < 3; i++) {
    await picture();
    encoder.finish();
  }
  line.handlers.status({ state: 'closed', code: 1006, retry: true });
  line.handlers.status({ state: 'open' });
  line.hear({ op: 'viewers', count: 1 });
  encoder.finish();
  assert.deepEqual(sequences(), [0, 1, 2, 3]);
});

test('a delta frame from before the loss that comes late is given up', async () => {
  line.hear({ op: 'viewers', count: 1 });
  await picture();
  encoder.finish();
  await picture();
  line.handlers.status({ state: 'closed', code: 1006, retry: true });
  line.handlers.status({ state: 'open' });
  line.hear({ op: 'viewers', count: 1 });
  encoder.finish();
  assert.equal(line.frames.length, 1);
  assert.equal(encoder.finish().keyFrame, true);
  assert.equal(line.frames.length, 2);
});

test('beats are answered', () => {
  line.hear({ op: 'beat', now: 5 });
  assert.equal(line.texts[0].op, 'beat');
  assert.equal(line.texts[0].now, 5);
  assert.ok(line.texts[0].at > 1e15);
});

test('whoever ends it, capture and line end too, once', async () => {
  await picture();
  line.hear({ op: 'stopped' });
  line.handlers.status({ state: 'closed', code: 4403, retry: false });
  assert.deepEqual(events, ['track stopped', 'stopped']);
  assert.ok(line.closed);
});

test('the end of the track, a refusal and a slice that is gone are told apart', () => {
  sender.track.dispatchEvent(new Event('ended'));
  assert.equal(events.at(-1), 'track');
});

test('a refused line', () => {
  line.handlers.status({ state: 'closed', code: 4403, retry: false });
  assert.equal(events.at(-1), 'refused');
});

test('a slice that is gone', () => {
  line.handlers.status({ state: 'closed', code: 4410, retry: false });
  assert.equal(events.at(-1), 'gone');
});

test('a failed encoder is replaced and begins with a key frame; one that fails again and again ends it', async () => {
  line.hear({ op: 'viewers', count: 1 });
  await picture();
  encoder.finish();
  for (let i = 0; i < 3; i++) {
    const old = encoder;
    old.error(new Error('no'));
    assert.equal(old.state, 'closed');
    await picture();
    assert.notEqual(encoder, old);
    assert.equal(encoder.jobs[0].keyFrame, true);
  }
  encoder.error(new Error('no'));
  assert.equal(events.at(-1), 'encoder');
});

test('a still screen is repeated a few times to get sharp, and then no more', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  line.hear({ op: 'viewers', count: 1 });
  capture.next({ done: false, value: new FakeFrame({ displayWidth: 640, displayHeight: 480 }) });
  await settled();
  let frames = 0;
  for (let i = 0; i < 10; i++) {
    if (encoder.jobs.length) {
      assert.equal(encoder.finish().keyFrame, frames === 0);
      line.hear({ op: 'ack', sequence: frames++ });
    }
    t.mock.timers.tick(1000);
  }
  assert.equal(frames, 4);
});
