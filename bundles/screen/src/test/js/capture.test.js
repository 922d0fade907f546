import { beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { canShare, describe, pictures } from '../../main/resources/static/capture.js';

/** A browser: what it says of itself, and how large what it captures is. */
function browser({ secure = true, share = true, encode = true, screens = undefined, ...navigator } = {}) {
  Object.assign(globalThis, { isSecureContext: secure, VideoEncoder: undefined });
  delete globalThis.VideoEncoder;
  if (encode) {
    globalThis.VideoEncoder = { isConfigSupported: async () => ({ supported: encode === true }) };
  }
  Object.defineProperty(globalThis, 'navigator', {
    configurable: true,
    value: {
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
      maxTouchPoints: 0,
      mediaDevices: share ? { getDisplayMedia: () => {} } : {},
      permissions: { query: async () => ({ state: screens ? 'granted' : 'prompt' }) },
      ...navigator,
    },
  });
  globalThis.getScreenDetails = async () => ({ screens });
}

class FakeFrame {
  constructor([displayWidth, displayHeight]) {
    Object.assign(this, { displayWidth, displayHeight, closed: false });
  }

  close() {
    this.closed = true;
  }
}

/** A captured track of so many device pixels; made smaller by its constraints, as browsers do. */
function fakeTrack({ label = 'screen:0:0', displaySurface = 'monitor', size = [1280, 800] } = {}) {
  const track = {
    label,
    size,
    most: Infinity,
    stopped: false,
    frames: [],
    getSettings: () => ({ displaySurface, width: 9999, height: 9999 }),
    applyConstraints: async ({ width }) => (track.most = width?.ideal ?? Infinity),
    stop: () => (track.stopped = true),
    clone: () => (track.twin = fakeTrack({ label, displaySurface, size })),
    next: () => {
      const factor = Math.min(1, track.most / track.size[0]);
      const frame = new FakeFrame(track.size.map((length) => Math.round(length * factor)));
      track.frames.push(frame);
      return frame;
    },
  };
  return track;
}

beforeEach(() => {
  browser();
  globalThis.screen = { width: 1280, height: 800, isExtended: false };
  globalThis.MediaStreamTrackProcessor = class {
    constructor({ track }) {
      let cancelled = false;
      this.readable = {
        getReader: () => ({
          read: async () => (cancelled ? { done: true } : { done: false, value: track.next() }),
          cancel: async () => (cancelled = true),
        }),
      };
    }
  };
});

const IPAD = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15';
const ANDROID = 'Mozilla/5.0 (Android 15; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0';

for (const [what, settings, expected] of [
  ['a computer', {}, 'yes'],
  ['a computer without an encoder', { encode: false }, 'no'],
  ['a computer whose encoder refuses', { encode: 'refuses' }, 'no'],
  ['a computer that cannot capture', { share: false }, 'no'],
  ['a computer over http', { secure: false, share: false }, 'insecure'],
  ['a phone', { share: false, userAgent: ANDROID, maxTouchPoints: 5 }, 'phone'],
  ['a phone over http', { secure: false, share: false, userAgent: ANDROID }, 'phone'],
  ['a phone that hides it', { share: false, userAgent: 'Mozilla/5.0 (X11; Linux x86_64)', userAgentData: { mobile: true } }, 'phone'],
  ['a tablet that says it is a Mac', { share: false, userAgent: IPAD, maxTouchPoints: 5 }, 'phone'],
  ['a Mac', { share: false, userAgent: IPAD }, 'no'],
  ['a phone that has learnt to share', { userAgent: ANDROID, maxTouchPoints: 5 }, 'yes'],
]) {
  test(`sharing from ${what}: ${expected}`, async () => {
    browser(settings);
    assert.equal(await canShare(), expected);
  });
}

test('the only screen is number 1 of 1, as large as its pictures and not as the settings say', async () => {
  const track = fakeTrack();
  assert.deepEqual(await describe(track), { surface: 'monitor', number: 1, of: 1, width: 1280, height: 800 });
  assert.ok(track.twin.stopped);
  assert.ok(track.twin.frames.every((f) => f.closed));
});

test('a screen is described in its own size while its pictures are made smaller', async () => {
  globalThis.screen = { width: 1920, height: 1080, isExtended: false };
  const track = fakeTrack({ size: [3840, 2160] });
  const source = pictures(track);
  const picture = await source.read();
  assert.deepEqual([picture.displayWidth, picture.displayHeight], [2560, 1440]);
  assert.deepEqual(track.frames.map((f) => f.closed), [true, false], 'what is too large is let go');
  assert.deepEqual(await describe(track), { surface: 'monitor', number: 1, of: 1, width: 3840, height: 2160 });
});

test('a browser that does not make pictures smaller is not waited for', async (t) => {
  const track = fakeTrack({ size: [3840, 2160] });
  track.applyConstraints = async () => {
    throw new Error('no');
  };
  let now = 1;
  t.mock.method(performance, 'now', () => (now += 600));
  t.mock.method(console, 'info', () => {});
  assert.equal((await pictures(track).read()).displayWidth, 3840);
});

test('a capture of another shape than the only screen known has no number', async () => {
  const { number, of } = await describe(fakeTrack({ size: [1440, 900] }));
  assert.deepEqual([number, of], [1, 1], 'the same shape, zoomed');
  const other = await describe(fakeTrack({ size: [1024, 768] }));
  assert.deepEqual([other.number, other.of], [null, null]);
});

test('a window and a tab have no number', async () => {
  assert.deepEqual(await describe(fakeTrack({ displaySurface: 'window', size: [640, 480] })),
    { surface: 'window', number: null, of: null, width: 640, height: 480 });
  assert.equal((await describe(fakeTrack({ displaySurface: 'browser' }))).surface, 'browser');
});

const left = { width: 1280, height: 800, devicePixelRatio: 1 };
const right = { width: 1440, height: 900, devicePixelRatio: 1 };

test('of several screens the one of that size is told, where pages may know them', async () => {
  globalThis.screen.isExtended = true;
  browser({ screens: [left, right] });
  assert.deepEqual(await describe(fakeTrack({ size: [1440, 900] })),
    { surface: 'monitor', number: 2, of: 2, width: 1440, height: 900 });
});

test('two screens of one size cannot be told apart, and nobody is asked', async () => {
  globalThis.screen.isExtended = true;
  browser({ screens: [right, right] });
  assert.equal((await describe(fakeTrack({ size: [1440, 900] }))).number, null);
  browser();
  globalThis.getScreenDetails = () => assert.fail('this would ask the customer');
  assert.equal((await describe(fakeTrack({ size: [1440, 900] }))).number, null);
});

test('Chromium on Windows counts its screens, elsewhere it names them by a number that means nothing', async () => {
  globalThis.screen.isExtended = true;
  browser({ userAgentData: { platform: 'Windows' } });
  assert.equal((await describe(fakeTrack({ label: 'screen:1:0' }))).number, 2);
  browser({ userAgentData: { platform: 'Linux' } });
  assert.equal((await describe(fakeTrack({ label: 'screen:1:0' }))).number, null);
});

for (const [label, surface, number, of] of [
  ['Primary Monitor', 'monitor', 1, 1],
  ['Screen 2', 'monitor', 2, null],
  ['\\\\.\\DISPLAY2', 'monitor', 2, null],
  ['HDMI-A-1', 'monitor', null, null],
  ['eDP-1', 'monitor', null, null],
  ['Invoices - Writer', 'window', null, null],
]) {
  test(`Firefox tells by the name “${label}”`, async () => {
    delete globalThis.screen.isExtended;
    const shared = await describe(fakeTrack({ label, displaySurface: null }));
    assert.deepEqual([shared.surface, shared.number, shared.of], [surface, number, of]);
  });
}

test('without a picture nothing is described', async (t) => {
  t.mock.method(console, 'info', () => {});
  const track = fakeTrack();
  track.clone = () => Object.assign(fakeTrack(), { next: () => assert.fail('no picture') });
  assert.equal(await describe(track), null);
});
