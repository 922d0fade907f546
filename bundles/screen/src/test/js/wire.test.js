import { test } from 'node:test';
import assert from 'node:assert/strict';
import { HEADER_LENGTH, LARGEST_FRAME, beat, readFrame, writeFrame } from '../../main/resources/static/wire.js';

const hex = (buffer) => Buffer.from(buffer).toString('hex');

test('the bytes are those of FrameHeaderTest', () => {
  const header = { key: true, width: 1920, height: 1080, captured: 1_795_255_200_123_456, sequence: 4_294_967_295 };
  assert.equal(hex(writeFrame(header, 0).buffer), '0101078004380000000660c66c7c0a40ffffffff');
});

test('what is written is read', () => {
  let seed = 20261121;
  const random = (most) => (seed = (seed * 48271) % 2147483647) % (most + 1);
  for (let i = 0; i < 2000; i++) {
    const header = {
      key: random(1) === 1,
      width: 1 + random(65534),
      height: 1 + random(65534),
      captured: random(2 ** 31 - 2) * 2 ** 20 + random(2 ** 20),
      sequence: random(2 ** 31 - 2) * 2 + random(1),
    };
    const length = 1 + random(50);
    const { buffer, chunk } = writeFrame(header, length);
    chunk.fill(i);
    const read = readFrame(buffer);
    assert.deepEqual(read.header, header);
    assert.equal(read.chunk.length, length);
    assert.ok(read.chunk.every((byte) => byte === i % 256));
  }
});

test('anything else is refused', () => {
  const good = { key: false, width: 1, height: 1, captured: 1, sequence: 1 };
  const broken = (index, value) => {
    const { buffer } = writeFrame(good, 4);
    new Uint8Array(buffer)[index] = value;
    return buffer;
  };
  assert.doesNotThrow(() => readFrame(writeFrame(good, 1).buffer));
  assert.throws(() => readFrame(writeFrame(good, 0).buffer), RangeError);
  assert.throws(() => readFrame(new ArrayBuffer(3)), RangeError);
  assert.throws(() => readFrame(writeFrame(good, LARGEST_FRAME - HEADER_LENGTH + 1).buffer), RangeError);
  assert.throws(() => readFrame(broken(0, 2)), RangeError);
  assert.throws(() => readFrame(broken(1, 2)), RangeError);
  assert.throws(() => readFrame(broken(3, 0)), RangeError);
  assert.throws(() => readFrame(broken(7, 1)), RangeError);
});

test('a beat is answered with both clocks', () => {
  assert.deepEqual(beat({ op: 'beat', now: 17, silent: 3 }, 20), { op: 'beat', now: 17, at: 20 });
});
