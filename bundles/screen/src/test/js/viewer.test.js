import { afterEach, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { writeFrame } from '../../main/resources/static/wire.js';
import { ScreenViewer, familyOf } from '../../main/resources/static/viewer.js';

let decoders;
let drawn;
let line;
let states;
let viewer;
let open;
let able;

class FakeDecoder {
  constructor({ output, error }) {
    Object.assign(this, { output, error, state: 'unconfigured', chunks: [] });
    decoders.push(this);
  }

  configure({ codec }) {
    this.codec = codec;
    this.state = 'configured';
  }

  decode(chunk) {
    if (this.broken) {
      throw new Error('no');
    }
    this.chunks.push(chunk);
  }

  /** Gives the oldest picture out. */
  finish(size = { displayWidth: 640, displayHeight: 480 }) {
    const chunk = this.chunks.shift();
    open++;
    this.output({ ...size, timestamp: chunk.timestamp, close: () => open-- });
  }

  close() {
    this.state = 'closed';
  }
}

class FakeLine {
  texts = [];
  closed = false;

  constructor(handlers) {
    this.handlers = handlers;
    line = this;
  }

  send(what) {
    this.texts.push(what);
    return true;
  }

  close() {
    this.closed = true;
  }

  frame(sequence, key = false) {
    this.handlers.binary(writeFrame({ key, width: 640, height: 480, captured: 1, sequence }, 5).buffer);
  }
}

const said = (op) => line.texts.filter((t) => t.op === op);

beforeEach(() => {
  decoders = [];
  drawn = 0;
  states = [];
  open = 0;
  able = Promise.resolve(['vp8', 'vp9']);
  Object.assign(globalThis, {
    VideoDecoder: FakeDecoder,
    EncodedVideoChunk: class {
      constructor(init) {
        Object.assign(this, init);
      }
    },
  });
  viewer = watch();
});

function watch() {
  const canvas = { width: 0, height: 0, getContext: () => ({ drawImage: () => drawn++ }) };
  const made = new ScreenViewer(/** @type {any} */ (canvas), {
    open: (handlers) => new FakeLine(handlers),
    changed: () => states.push(made.state),
    drawn: () => {},
    decodable: () => able,
  });
  line.handlers.status({ state: 'open' });
  line.handlers.text({ op: 'state', state: 'live' });
  line.handlers.text({ op: 'config', codec: 'vp8', width: 640, height: 480 });
  return made;
}

afterEach(() => {
  viewer.close();
  assert.equal(open, 0, 'every picture is closed');
});

test('shows what comes, and acknowledges what is shown', () => {
  line.frame(0, true);
  line.frame(1);
  assert.equal(decoders[0].codec, 'vp8');
  assert.equal(said('ack').length, 0);
  decoders[0].finish();
  assert.deepEqual(said('ack'), [{ op: 'ack', sequence: 0 }]);
  assert.equal(viewer.state, 'live');
  assert.equal(viewer.width, 640);
  assert.equal(drawn, 1);
});

test('gives up what it cannot decode and asks once for a key frame', () => {
  line.frame(0, true);
  decoders[0].finish();
  line.frame(2);
  line.frame(3);
  assert.equal(said('key').length, 1);
  assert.deepEqual(said('ack').map((a) => a.sequence), [0, 2, 3]);
  assert.equal(decoders[0].chunks.length, 0);
  line.frame(9, true);
  assert.equal(decoders[0].chunks.length, 1);
});

test('a failed decoder is replaced and a key frame asked for; what it held is acknowledged', () => {
  line.frame(0, true);
  line.frame(1);
  decoders[0].error(new Error('no'));
  assert.deepEqual(said('ack').at(-1), { op: 'ack', sequence: 1 });
  assert.equal(said('key').length, 1);
  line.frame(2);
  line.frame(3, true);
  assert.equal(decoders.length, 2);
  decoders[1].finish();
  assert.equal(viewer.state, 'live');
});

test('a decoder that fails again and again is an end', () => {
  for (let i = 0; i < 6; i++) {
    line.frame(i, true);
    decoders.at(-1).error(new Error('no'));
  }
  assert.equal(viewer.state, 'failed');
  assert.ok(line.closed);
});

test('a picture from before a failure is closed and not shown', () => {
  line.frame(0, true);
  line.frame(1);
  const old = decoders[0];
  old.error(new Error('no'));
  old.finish();
  assert.equal(drawn, 0);
});

test("the sender's lost line greys the picture, also when beats come on, until it is back", () => {
  line.frame(0, true);
  decoders[0].finish();
  line.handlers.text({ op: 'state', state: 'interrupted' });
  assert.equal(viewer.state, 'bad');
  line.handlers.text({ op: 'beat', now: 1, silent: 0, skew: null });
  assert.equal(viewer.state, 'bad');
  line.handlers.text({ op: 'state', state: 'live' });
  assert.equal(viewer.state, 'live');
});

test('a sender that is not heard greys the picture', () => {
  line.frame(0, true);
  decoders[0].finish();
  line.handlers.text({ op: 'beat', now: 1, silent: 4000, skew: 0 });
  assert.equal(viewer.state, 'bad');
  line.handlers.text({ op: 'beat', now: 2, silent: 100, skew: 0 });
  assert.equal(viewer.state, 'live');
  assert.deepEqual(said('beat').map((b) => b.now), [1, 2]);
});

test('the own lost line greys the picture until a new one shows', (t) => {
  viewer.close();
  t.mock.timers.enable({ apis: ['setInterval'] });
  viewer = watch();
  line.frame(0, true);
  decoders[0].finish();
  line.handlers.status({ state: 'closed', code: 1006, retry: true });
  t.mock.timers.tick(1000);
  assert.equal(viewer.state, 'bad');
  line.handlers.status({ state: 'open' });
  line.handlers.text({ op: 'state', state: 'live' });
  assert.equal(viewer.state, 'bad', 'the old picture is still there');
  line.frame(7, true);
  decoders.at(-1).finish();
  assert.equal(viewer.state, 'live');
});

test('the end is told by a text, or by the socket alone', () => {
  line.handlers.text({ op: 'stopped' });
  const end = ['connecting', 'closed'];
  assert.deepEqual(states, end);
  line.handlers.status({ state: 'closed', code: 4403, retry: false });
  assert.deepEqual(states, end);
});

test('says what it can decode, on every line, as soon as it knows', async () => {
  viewer.close();
  viewer = watch();
  assert.equal(said('can').length, 0);
  await able;
  await Promise.resolve();
  assert.deepEqual(said('can'), [{ op: 'can', codecs: ['vp8', 'vp9'] }]);
  line.handlers.status({ state: 'closed', code: 1006, retry: true });
  line.handlers.status({ state: 'open' });
  assert.equal(said('can').length, 2);
});

test('VP8 is always among what it can', async () => {
  viewer.close();
  able = Promise.resolve([]);
  viewer = watch();
  await able;
  await Promise.resolve();
  assert.deepEqual(said('can'), [{ op: 'can', codecs: ['vp8'] }]);
});

test('decodes what the config names, and begins anew when it names something else', () => {
  line.frame(0, true);
  decoders[0].finish();
  line.handlers.text({ op: 'config', codec: 'vp09.00.10.08', width: 640, height: 480, surface: 'monitor', number: 2 });
  assert.equal(viewer.config.number, 2);
  assert.equal(decoders[0].state, 'closed');
  line.frame(1);
  assert.equal(decoders.length, 1, 'a delta frame of before is of no use');
  line.frame(2, true);
  assert.equal(decoders[1].codec, 'vp09.00.10.08');
  line.handlers.text({ op: 'config', codec: 'vp09.00.10.08', width: 320, height: 240 });
  assert.equal(decoders[1].state, 'configured', 'another size alone is no reason');
});

test('a family that fails again and again is not promised any more, and the picture goes on with another', async () => {
  await able;
  await Promise.resolve();
  line.handlers.text({ op: 'config', codec: 'vp09.00.10.08', width: 640, height: 480 });
  for (let i = 0; i < 6; i++) {
    line.frame(i, true);
    decoders.at(-1).error(new Error('no'));
  }
  assert.notEqual(viewer.state, 'failed');
  assert.deepEqual(said('can').at(-1), { op: 'can', codecs: ['vp8'] });
  line.handlers.text({ op: 'config', codec: 'vp8', width: 640, height: 480 });
  line.frame(9, true);
  decoders.at(-1).finish();
  assert.equal(viewer.state, 'live');
});

test('decodes nothing while nobody looks, acknowledges what still comes, and needs a key frame afterwards', () => {
  line.frame(0, true);
  decoders[0].finish();
  viewer.looking = false;
  assert.deepEqual(said('look'), [{ op: 'look', looking: false }]);
  line.frame(1);
  line.frame(2, true);
  assert.equal(decoders.length, 1);
  assert.equal(decoders[0].state, 'closed');
  assert.deepEqual(said('ack').map((a) => a.sequence), [0, 1, 2]);
  assert.equal(said('key').length, 0);
  viewer.looking = true;
  viewer.looking = true;
  assert.equal(said('look').length, 2);
  line.frame(3);
  assert.equal(decoders.length, 1);
  line.frame(4, true);
  decoders[1].finish();
  assert.equal(drawn, 2);
});

test('a new line is told that nobody looks', () => {
  viewer.looking = false;
  line.handlers.status({ state: 'closed', code: 1006, retry: true });
  line.handlers.status({ state: 'open' });
  assert.equal(said('look').length, 2);
});

test('a line that comes back with the first attempt is no bad one; the second attempt makes it one', () => {
  line.frame(0, true);
  decoders[0].finish();
  assert.equal(viewer.state, 'live');
  line.handlers.status({ state: 'closed', code: 1001, retry: true, failures: 0 });
  assert.equal(viewer.state, 'live');
  assert.equal(viewer.sample().heard, true);
  line.handlers.status({ state: 'closed', code: 1006, retry: true, failures: 1 });
  assert.equal(viewer.state, 'bad');
  assert.equal(viewer.sample().heard, false);
});

test('a bad line is good again though nobody looks', () => {
  line.frame(0, true);
  decoders[0].finish();
  viewer.looking = false;
  line.handlers.text({ op: 'state', state: 'interrupted' });
  assert.equal(viewer.state, 'bad');
  line.handlers.text({ op: 'state', state: 'live' });
  assert.equal(viewer.state, 'live');
});

test('tells what a second looked like, also what only the server knows', () => {
  line.handlers.text({ op: 'beat', now: 1, silent: 0, skew: 0 });
  assert.equal(viewer.sample().rtt, null, 'an older server does not say');
  line.handlers.text({ op: 'beat', now: 1, silent: 0, skew: 0, rtt: 30, sender: { rtt: 40, encode: 9 } });
  line.frame(0, true);
  decoders[0].finish();
  line.frame(2);
  const sample = viewer.sample();
  assert.equal(sample.rtt, 30);
  assert.equal(sample.senderRtt, 40);
  assert.equal(sample.encode, 9);
  assert.equal(sample.skipped, null);
  assert.equal(sample.missed, 1);
  assert.ok(sample.heard && sample.sender);
  assert.ok(sample.kbits >= 0 && sample.decode >= 0);
  assert.equal(viewer.sample().missed, 0, 'gaps are counted once');
  line.handlers.text({ op: 'state', state: 'interrupted' });
  assert.equal(viewer.sample().sender, false);
  line.handlers.status({ state: 'closed', code: 1006, retry: true });
  assert.equal(viewer.sample().heard, false);
});

test('codecs and their families', () => {
  assert.deepEqual(['vp8', 'vp09.00.10.08', 'avc1.42E01F', 'av01.0.04M.08', 'hvc1.1'].map(familyOf), [
    'vp8', 'vp9', 'h264', 'av1', 'hvc1.1',
  ]);
});
