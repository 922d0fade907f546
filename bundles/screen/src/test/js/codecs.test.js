import { afterEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { CODECS, choose, codecString, decodable, encodable, encoderConfig, nameOf } from '../../main/resources/static/codecs.js';
import { CodecChoice, Speeds } from '../../main/resources/static/choice.js';

const HD = { width: 1920, height: 1080 };
const ALL = [...CODECS];
/** As the relay judges them. */
const STRINGS = {
  vp8: /^vp8$/,
  vp9: /^vp09(\.[0-9]{2}){3,8}$/,
  h264: /^avc1\.[0-9A-Fa-f]{6}$/,
  av1: /^av01\.[0-2]\.[0-9]{2}[MH]\.(08|10|12)(\.[0-9]{1,3}){0,6}$/,
};

afterEach(() => {
  delete globalThis.VideoEncoder;
  delete globalThis.VideoDecoder;
});

test('the strings are those that the relay lets pass, at every size', () => {
  for (const family of ALL) {
    for (const [width, height] of [[64, 64], [1280, 720], [1920, 1080], [2560, 1600], [1600, 2560]]) {
      assert.match(codecString(family, width, height), STRINGS[family]);
    }
  }
  assert.equal(codecString('h264', 1920, 1080), 'avc1.42E028');
  assert.equal(codecString('h264', 2560, 1600), 'avc1.42E033', 'a level that holds it');
});

test('H.264 is asked for as Annex B, everything but the plain H.264 as a screen', () => {
  const h264 = /** @type {any} */ (encoderConfig('h264', 1920, 1080, 4_000_000.4, false));
  assert.deepEqual(h264.avc, { format: 'annexb' });
  assert.equal(h264.bitrate, 4_000_000);
  assert.ok(!('contentHint' in h264));
  assert.equal(/** @type {any} */ (encoderConfig('av1', 1920, 1080, 1)).contentHint, 'text');
  assert.equal(/** @type {any} */ (encoderConfig('vp8', 1920, 1080, 1)).contentHint, 'text');
});

test('what the browser can is what it says it can; words that it does not know are none', async () => {
  const says = async ({ codec }) => {
    if (codec.startsWith('av01')) {
      throw new TypeError('what is that?');
    }
    return { supported: !codec.startsWith('vp09') };
  };
  Object.assign(globalThis, { VideoEncoder: { isConfigSupported: says }, VideoDecoder: { isConfigSupported: says } });
  assert.deepEqual(await encodable(640, 480), ['vp8', 'h264']);
  assert.deepEqual(await decodable(), ['vp8', 'h264']);
});

test('a browser without WebCodecs can nothing', async () => {
  assert.deepEqual(await encodable(640, 480), []);
  assert.deepEqual(await decodable(), []);
});

const chosen = (conditions, mine = ALL, theirs = ALL) => nameOf(choose(mine, theirs, { ...HD, ...conditions }));

test('the tools for screens, if both ends have them', () => {
  assert.equal(chosen({}), 'av1-screen');
  assert.equal(chosen({}, ALL, ['vp8', 'h264']), 'h264-screen');
  assert.equal(chosen({}, ['vp8', 'h264'], ['vp8', 'av1']), 'vp8');
  assert.equal(chosen({}, ALL, ['vp8', 'vp9']), 'vp8', 'VP9 is never better');
});

test('an encoder that is slow here or has failed is left', () => {
  assert.equal(chosen({ speeds: { 'av1-screen': 30 } }), 'av1-screen');
  assert.equal(chosen({ speeds: { 'av1-screen': 60 } }), 'h264-screen');
  assert.equal(chosen({ speeds: { 'av1-screen': 60, 'h264-screen': 45 } }), 'vp8');
  assert.equal(chosen({ failed: ['av1', 'h264'] }), 'vp8');
});

test('tiny pictures are for VP8', () => {
  assert.equal(chosen({ width: 40, height: 800 }), 'vp8');
});

/** Numbers that look random and are the same in each run. */
function dice(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

test('whatever is the case, what is chosen is VP8 or what both ends can and is neither broken nor slow', () => {
  for (let seed = 1; seed <= 3_000; seed++) {
    const roll = dice(seed);
    const some = () => ALL.filter(() => roll(2));
    const [mine, theirs, failed] = [some(), some(), some()];
    const speeds = Object.fromEntries(['vp8', 'h264', 'h264-screen', 'av1-screen'].filter(() => roll(2)).map((n) => [n, roll(90)]));
    const conditions = { width: 1 + roll(2_560), height: 1 + roll(1_600), failed, speeds };
    const choice = choose(mine, theirs, conditions);
    if (choice.family !== 'vp8') {
      assert.ok(mine.includes(choice.family) && theirs.includes(choice.family) && !failed.includes(choice.family), `seed ${seed}`);
      assert.ok((speeds[nameOf(choice)] ?? 0) <= 40, `seed ${seed}`);
    }
    const again = choose(mine, theirs, conditions);
    assert.equal(nameOf(again), nameOf(choice), `seed ${seed}: it does not swing`);
  }
});

test('speeds are told when enough is known, and the latest count', () => {
  const speeds = new Speeds();
  const choice = choose([], []);
  for (let i = 1; i < Speeds.ENOUGH; i++) {
    speeds.add(choice, 10);
  }
  assert.deepEqual(speeds.read(), {});
  speeds.add(choice, 10);
  assert.deepEqual(speeds.read(), { vp8: 10 });
  for (let i = 0; i < Speeds.ENOUGH; i++) {
    speeds.add(choice, 30);
  }
  assert.deepEqual(speeds.read(), { vp8: 30 });
  speeds.clear();
  assert.deepEqual(speeds.read(), {});
});

const picture = { displayWidth: 1920, displayHeight: 1080 };

test('another codec for an encoder that is slow only after a while, but at once when a viewer cannot decode it or it has failed', () => {
  const choice = new CodecChoice();
  choice.mine(ALL);
  choice.theirs(ALL);
  choice.again(picture, 0);
  assert.equal(nameOf(choice.now), 'av1-screen');
  for (let i = 0; i < Speeds.ENOUGH; i++) {
    choice.encoded(choice.now, 90);
  }
  choice.again(picture, 1_000);
  assert.equal(nameOf(choice.now), 'av1-screen', 'it has just begun');
  choice.again(picture, 5_000);
  assert.equal(nameOf(choice.now), 'h264-screen');
  choice.theirs(['vp8', 'av1']);
  choice.again(picture, 5_001);
  assert.equal(nameOf(choice.now), 'vp8');
  choice.theirs(ALL);
  choice.again(picture, 10_000);
  assert.equal(nameOf(choice.now), 'h264-screen');
  choice.failed(choice.now);
  choice.again(picture, 10_001);
  assert.equal(nameOf(choice.now), 'vp8');
});
