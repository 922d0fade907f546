import { afterEach, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { GrabbedPictures } from '../../main/resources/static/grabber.js';

let worker;
let video;
let open;
let track;
let source;

class FakeFrame {
  constructor() {
    open++;
  }

  close() {
    open--;
  }
}

beforeEach(() => {
  open = 0;
  globalThis.Worker = class extends EventTarget {
    constructor() {
      super();
      Object.assign(this, { told: [], transfers: true, ended: false });
      worker = this;
    }

    postMessage(message, transfer) {
      if (message.op === 'track' && !this.transfers) {
        throw new DOMException('no', 'DataCloneError');
      }
      this.told.push({ ...message, transfer });
    }

    terminate() {
      this.ended = true;
    }

    says(data) {
      this.dispatchEvent(Object.assign(new Event('message'), { data }));
    }
  };
  globalThis.VideoFrame = FakeFrame;
  globalThis.HTMLMediaElement = { HAVE_CURRENT_DATA: 2 };
  globalThis.MediaStream = class {};
  globalThis.document = {
    createElement: () => (video = {
      readyState: 4,
      videoWidth: 640,
      play: async () => {},
      requestVideoFrameCallback: (callback) => (video.callback = callback),
      cancelVideoFrameCallback: () => {},
    }),
  };
  track = Object.assign(new EventTarget(), { clone: () => ({ twin: true, stop: () => {} }) });
  source = new GrabbedPictures(track);
});

afterEach(() => {
  source.close();
  assert.equal(open, 0, 'every picture is closed');
  assert.ok(worker.ended);
});

const grabbed = () => worker.told.filter((m) => m.op === 'picture').map((m) => m.picture);
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('pictures are taken at the callbacks of the element, for somebody who waits, one at a time', async () => {
  worker.says({ op: 'ready', processor: false });
  video.callback();
  assert.equal(grabbed().length, 0, 'nobody waits');
  const read = source.read();
  video.callback();
  video.callback();
  assert.equal(grabbed().length, 1);
  worker.says({ op: 'picture', picture: grabbed()[0] });
  (await read).close();
});

test('in a hidden page, where the element calls no more, the worker beats', async (t) => {
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  worker.says({ op: 'ready', processor: false });
  assert.ok(worker.told.some((m) => m.op === 'beat'));
  const read = source.read();
  video.callback();
  worker.says({ op: 'same' });
  grabbed()[0].close();
  now += 30;
  worker.says({ op: 'beat' });
  assert.equal(grabbed().length, 1, 'the element has just called');
  now += 31;
  worker.says({ op: 'beat' });
  assert.equal(grabbed().length, 2);
  worker.says({ op: 'picture', picture: grabbed()[1] });
  (await read).close();
});

test('a picture that is like the one before is asked for again', async () => {
  worker.says({ op: 'ready', processor: false });
  let had = false;
  const read = source.read().then((picture) => {
    had = true;
    return picture;
  });
  video.callback();
  grabbed()[0].close();
  worker.says({ op: 'same' });
  await settled();
  assert.equal(had, false);
  video.callback();
  worker.says({ op: 'picture', picture: grabbed()[1] });
  (await read).close();
});

test('where workers read tracks, the twin of the track is handed over and the newest picture kept', async () => {
  video = null;
  worker.says({ op: 'ready', processor: true });
  assert.equal(worker.told[0].op, 'track');
  assert.equal(worker.told[0].transfer[0].twin, true);
  assert.equal(video, null);
  const old = new FakeFrame();
  const fresh = new FakeFrame();
  worker.says({ op: 'picture', picture: old });
  worker.says({ op: 'picture', picture: fresh });
  assert.equal(open, 1);
  assert.equal(await source.read(), fresh);
  fresh.close();
});

test('a track that cannot be handed over is played', () => {
  worker.transfers = false;
  worker.says({ op: 'ready', processor: true });
  assert.ok(video.muted);
});

test('the end of the track ends the pictures', async () => {
  worker.says({ op: 'ready', processor: false });
  const read = source.read();
  track.dispatchEvent(new Event('ended'));
  assert.equal(await read, null);
  assert.equal(await source.read(), null);
});

test('a capture that has failed says so', async () => {
  const read = source.read();
  worker.says({ op: 'failed', message: 'no picture' });
  await assert.rejects(read, /no picture/);
  await assert.rejects(source.read(), /no picture/);
});

test('a picture that comes after the end is closed', () => {
  source.close();
  worker.says({ op: 'picture', picture: new FakeFrame() });
  assert.equal(open, 0);
});
