import { afterEach, beforeEach, mock, test } from 'node:test';
import assert from 'node:assert/strict';
import { Refinement } from '../../main/resources/static/flow.js';
import { readFrame } from '../../main/resources/static/wire.js';
import { ScreenSender } from '../../main/resources/static/sender.js';
import { encodedSize } from '../../main/resources/static/shape.js';

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
    this.content = from.content;
    this.format = 'I420';
    this.visibleRect = { x: 0, y: 0, width: from.displayWidth, height: from.displayHeight };
    open++;
  }

  allocationSize() {
    return 4;
  }

  async copyTo(target) {
    assert.ok(!this.closed, 'read after it was closed');
    new DataView(target.buffer).setUint32(0, this.content);
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

  static isConfigSupported = async ({ codec }) => ({ supported: codec === 'vp8' || codec.startsWith('avc1') });

  /** Finishes the oldest job with so many bytes; 0 for a frame that the encoder leaves out. */
  finish(bytes = 100) {
    const job = this.jobs.shift();
    if (bytes > 0 && this.state === 'configured') {
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

let contents = 0;

/** A picture comes; each shows something else if nothing else is said. */
async function picture(displayWidth = 640, displayHeight = 480, content = ++contents) {
  capture.next({ done: false, value: new FakeFrame({ displayWidth, displayHeight, content }) });
  await settled();
}

const sequences = () => line.frames.map((f) => f.header.sequence);

/** Lets time pass for timers and for performance.now alike. Nothing else does. */
let pass;

beforeEach(() => {
  let now = Math.ceil(performance.now()); // whole, so that no rounding moves a timer
  mock.timers.enable({ apis: ['setTimeout'] });
  mock.method(performance, 'now', () => now);
  pass = (millis) => {
    now += millis;
    mock.timers.tick(millis);
  };
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
  mock.timers.reset();
  mock.restoreAll();
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

test('an encoder that leaves a picture out does not block the next one', async () => {
  line.hear({ op: 'viewers', count: 1 });
  await picture();
  await picture();
  encoder.finish();
  encoder.finish(0);
  assert.equal(encoder.jobs.length, 0);
  pass(400);
  assert.equal(encoder.jobs.length, 1, 'the newest picture once more, for it was shown to nobody');
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

/** When a timer for Refinement.CALM has surely gone off. */
const CALM = Refinement.CALM + 1;

test('a still screen is refined step by step with more and more bits, and then there is silence', async () => {
  line.hear({ op: 'viewers', count: 1 });
  await picture();
  encoder.finish(30_000);
  pass(CALM);
  assert.equal(encoder.jobs.length, 0, 'not before the change has arrived');
  line.hear({ op: 'ack', sequence: 0 });
  assert.equal(encoder.jobs.length, 1);
  assert.ok(encoder.configurations.at(-1).bitrate > encoder.configurations[0].bitrate * 5);
  assert.equal(encoder.finish(40_000).keyFrame, false);
  line.hear({ op: 'ack', sequence: 1 });
  encoder.finish(30_000);
  line.hear({ op: 'ack', sequence: 2 });
  encoder.finish(2_000);
  line.hear({ op: 'ack', sequence: 3 });
  encoder.finish(1_000);
  line.hear({ op: 'ack', sequence: 4 });
  for (let i = 0; i < 20; i++) {
    pass(1_000);
    assert.equal(encoder.jobs.length, 0);
  }
  assert.equal(line.frames.length, 5);
  assert.equal(encoder.configurations.at(-1).bitrate, encoder.configurations[0].bitrate, 'ready for the next change');
});

test('a change does not wait for the refinement', async () => {
  line.hear({ op: 'viewers', count: 1 });
  await picture();
  encoder.finish(30_000);
  line.hear({ op: 'ack', sequence: 0 });
  pass(CALM);
  encoder.finish(40_000);
  await picture();
  assert.equal(encoder.jobs.length, 1, 'although a step is on its way');
  assert.equal(encoder.configurations.at(-1).bitrate, encoder.configurations[0].bitrate);
  encoder.finish(10_000);
  line.hear({ op: 'ack', sequence: 2 });
  assert.equal(encoder.jobs.length, 0, 'calm begins anew');
  pass(CALM);
  assert.equal(encoder.jobs.length, 1);
});

test('a change that the encoder has left out is shown all the same', async () => {
  line.hear({ op: 'viewers', count: 1 });
  await picture();
  encoder.finish(30_000);
  line.hear({ op: 'ack', sequence: 0 });
  await picture();
  encoder.finish(0);
  pass(400);
  assert.equal(encoder.jobs.length, 1);
  assert.ok(encoder.configurations.at(-1).bitrate <= 8_000_000, 'as a change');
});

test('while nobody looks nothing is encoded, and then a key frame comes at once', async () => {
  line.hear({ op: 'viewers', count: 1, looking: 1, codecs: ['vp8'] });
  await picture();
  encoder.finish();
  line.hear({ op: 'ack', sequence: 0 });
  line.hear({ op: 'viewers', count: 1, looking: 0, codecs: ['vp8'] });
  assert.equal(sender.viewers, 1);
  assert.equal(sender.looking, 0);
  await picture();
  pass(10_000);
  await picture();
  assert.equal(encoder.jobs.length, 0);
  line.hear({ op: 'viewers', count: 1, looking: 1, codecs: ['vp8'] });
  assert.equal(encoder.finish().keyFrame, true);
});

test('a beat tells how the last second was', async () => {
  line.hear({ op: 'viewers', count: 1 });
  await picture();
  await picture();
  await picture();
  encoder.finish();
  line.hear({ op: 'beat', now: 5 });
  const { encode, skipped } = line.texts.find((text) => text.op === 'beat');
  assert.ok(encode >= 0 && encode < 1_000);
  assert.equal(skipped, 1, 'the third took the place of the second');
});

/** Fifty pictures that take so long in the encoder. */
async function slowly(millis) {
  for (let i = 0; i < 50; i++) {
    await picture(1280, 720);
    pass(millis);
    encoder.finish();
    line.hear({ op: 'ack', sequence: 1_000_000 });
  }
}

test('another codec has an encoder of its own and begins with its config and a key frame; when it fails VP8 is back', async () => {
  line.hear({ op: 'viewers', count: 1, looking: 1, codecs: ['vp8', 'h264'] });
  await picture(1280, 720);
  pass(1);
  await settled();
  encoder.finish();
  const vp8 = encoder;
  await slowly(39);
  const h264 = encoder;
  assert.notEqual(h264, vp8);
  assert.equal(vp8.state, 'closed');
  const configs = line.texts.filter((text) => text.op === 'config').map((text) => text.codec);
  assert.deepEqual(configs, ['vp8', 'avc1.42E01F']);
  const first = line.frames.findIndex((frame, i) => i > 0 && frame.header.key);
  assert.ok(first > 0);
  h264.error(new Error('no'));
  pass(200);
  assert.equal(encoder.configurations[0].codec, 'vp8');
  assert.equal(encoder.finish().keyFrame, true);
  assert.equal(line.texts.filter((text) => text.op === 'config').at(-1).codec, 'vp8');
  assert.deepEqual(sequences(), [...sequences().keys()], 'no gap');
});

test('a viewer who does not know the codec gets VP8 at once', async () => {
  line.hear({ op: 'viewers', count: 1, looking: 1, codecs: ['vp8', 'h264'] });
  await picture(1280, 720);
  pass(1);
  await settled();
  encoder.finish();
  await slowly(39);
  assert.ok(encoder.configurations[0].codec.startsWith('avc1'));
  line.hear({ op: 'viewers', count: 2, looking: 2, codecs: ['vp8'] });
  await picture(1280, 720);
  assert.equal(encoder.configurations[0].codec, 'vp8');
  assert.equal(encoder.finish().keyFrame, true);
});

test('every picture has a size that its encoder takes, whatever the window', () => {
  const of = (displayWidth, displayHeight, family) => Object.values(encodedSize({ displayWidth, displayHeight }, family));
  assert.deepEqual(of(801, 601, 'vp8'), [801, 601]);
  assert.deepEqual(of(801, 601, 'h264'), [800, 600]);
  assert.deepEqual(of(1, 1, 'av1'), [1, 1]);
  assert.deepEqual(of(5120, 1440, 'vp8'), [2560, 720]);
  assert.deepEqual(of(1000, 4000, 'h264'), [400, 1600]);
  for (let width = 1; width < 6_000; width += 97) {
    for (let height = 1; height < 6_000; height += 89) {
      const [w, h] = of(width, height, 'vp8');
      assert.ok(w >= 1 && h >= 1 && w <= 2560 && h <= 1600, `${width}x${height}`);
    }
  }
});

test('whatever happens, the frames that go out are what the relay lets pass', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    let state = seed;
    const roll = (below) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return Math.floor((state / 0x80000000) * below);
    };
    const out = [];
    line.send = (what) => {
      out.push(what instanceof ArrayBuffer ? readFrame(what).header : what);
      return true;
    };
    const order = [];
    for (let step = 0; step < 150; step++) {
      const what = roll(20);
      if (what < 9) {
        await picture(...[[640, 480], [640, 480], [640, 480], [801, 601], [3, 2]][roll(5)]);
      } else if (what < 15) {
        encoder?.jobs.length && encoder.finish(roll(8) * 4_000);
      } else if (what < 17) {
        const sent = out.filter((m) => 'sequence' in m).at(-1);
        sent && line.hear({ op: 'ack', sequence: sent.sequence });
      } else if (what < 18) {
        line.hear({ op: 'key' });
      } else if (what < 19) {
        line.hear({ op: 'viewers', count: 1, looking: roll(3) ? 1 : 0, codecs: roll(2) ? ['vp8'] : ['vp8', 'h264'] });
      } else {
        order.push(out.length);
        line.handlers.status({ state: 'closed', code: 1006, retry: true });
        line.handlers.status({ state: 'open' });
        line.hear({ op: 'viewers', count: 1 });
      }
    }
    let config = null;
    let last = -1;
    let keyOnly = true;
    out.forEach((message, i) => {
      if (order.includes(i)) {
        config = null;
        keyOnly = true;
      }
      if (message.op === 'config') {
        keyOnly ||= config?.codec !== message.codec;
        config = message;
      } else if ('sequence' in message) {
        assert.ok(config, `seed ${seed}: a frame without config`);
        assert.ok(message.key || !keyOnly, `seed ${seed}: a delta frame where only a key frame helps`);
        assert.ok(message.key || message.sequence === last + 1, `seed ${seed}: a gap`);
        assert.ok(message.sequence > last, `seed ${seed}`);
        assert.deepEqual([message.width, message.height], [config.width, config.height], `seed ${seed}`);
        last = message.sequence;
        keyOnly = false;
      }
    });
  }
});

test('the shared screen is told as soon as it is measured, although nothing changes, and measured again if that fails', async () => {
  let measured = 0;
  sender.track.getSettings = () => ({ displaySurface: 'window' });
  sender.track.clone = () => {
    if (measured++ === 0) {
      throw new Error('busy');
    }
    return Object.assign(new EventTarget(), { applyConstraints: async () => {}, stop: () => {}, getSettings: () => ({}) });
  };
  const processor = globalThis.MediaStreamTrackProcessor;
  line.hear({ op: 'viewers', count: 1 });
  await picture(2560, 1440);
  encoder.finish();
  globalThis.MediaStreamTrackProcessor = /** @type {any} */ (class {
    readable = {
      getReader: () => ({
        read: async () => ({ done: false, value: new FakeFrame({ displayWidth: 5120, displayHeight: 2880 }) }),
        cancel: async () => {},
      }),
    };
  });
  pass(0);
  await settled();
  assert.equal(measured, 1);
  assert.ok(!('surface' in line.texts.at(-1)));
  pass(2_000);
  await settled();
  globalThis.MediaStreamTrackProcessor = processor;
  assert.equal(measured, 2);
  assert.deepEqual(line.texts.at(-1), {
    op: 'config', codec: 'vp8', width: 2560, height: 1440, surface: 'window', sourceWidth: 5120, sourceHeight: 2880,
  });
});

test('a picture that shows nothing new is not encoded, and what changes after it is', async () => {
  line.hear({ op: 'viewers', count: 1 });
  for (let i = 0; i < 10; i++) {
    await picture(640, 480, 7);
    encoder.jobs.length && encoder.finish(100);
    line.hear({ op: 'ack', sequence: line.frames.length - 1 });
  }
  const before = line.frames.length;
  assert.ok(before <= 2, `${before}`);
  pass(1_000);
  while (encoder.jobs.length) {
    encoder.finish(100);
    line.hear({ op: 'ack', sequence: line.frames.length - 1 });
  }
  const refined = line.frames.length;
  await picture(640, 480, 7);
  pass(10_000);
  assert.equal(encoder.jobs.length, 0, 'silence');
  await picture(640, 480, 8);
  assert.equal(encoder.jobs.length, 1);
  assert.ok(refined > before);
});
