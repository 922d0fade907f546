import { beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

let told = [];
let hear;
globalThis.postMessage = (message) => told.push(message);
globalThis.addEventListener = (_, listener) => (hear = (data) => listener({ data }));
await import('../../main/resources/static/grabber-worker.js');
const [first] = told;

class FakeFrame {
  constructor(bytes, { format = 'I420', codedWidth = 4, codedHeight = 2, timestamp = 0 } = {}) {
    Object.assign(this, { bytes, format, codedWidth, codedHeight, timestamp, closed: false });
  }

  allocationSize() {
    return this.bytes.length;
  }

  async copyTo(target) {
    if (this.unreadable) {
      throw new DOMException('no', 'NotSupportedError');
    }
    target.set(this.bytes);
  }

  close() {
    this.closed = true;
  }
}
globalThis.VideoFrame = FakeFrame;

const filled = (value, length = 12) => new Uint8Array(length).fill(value);

async function judged(bytes, settings) {
  const picture = new FakeFrame(bytes, settings);
  await hear({ op: 'picture', picture });
  return { picture, answer: told.at(-1) };
}

beforeEach(async () => {
  await judged(filled(0, 5));
  told = [];
});

test('it says at once that workers here do not read tracks', () => {
  assert.deepEqual(first, { op: 'ready', processor: false });
});

test('a picture like the one before is closed, another one comes back', async () => {
  assert.equal((await judged(filled(1))).answer.op, 'picture');
  const same = await judged(filled(1));
  assert.equal(same.answer.op, 'same');
  assert.ok(same.picture.closed);
  const other = filled(1);
  other[11] = 2;
  const changed = await judged(other);
  assert.equal(changed.answer.picture, changed.picture);
  assert.equal(changed.picture.closed, false);
});

test('after a change of size the old bytes do not count', async () => {
  await judged(filled(1, 12));
  await judged(filled(2, 12));
  assert.equal((await judged(filled(1, 7))).answer.op, 'picture');
  assert.equal((await judged(filled(1, 7))).answer.op, 'same');
  assert.equal((await judged(filled(1, 7), { codedWidth: 2 })).answer.op, 'picture', 'the same bytes in another shape');
});

test('what cannot be read is taken as new', async () => {
  const unreadable = Object.assign(new FakeFrame(filled(1)), { unreadable: true });
  await hear({ op: 'picture', picture: unreadable });
  await hear({ op: 'picture', picture: unreadable });
  assert.deepEqual(told.map((m) => m.op), ['picture', 'picture']);
});

test('the graphics card’s pictures are made anew of their bytes', async () => {
  const { picture, answer } = await judged(filled(9, 32), { format: 'RGBA', timestamp: 7 });
  assert.ok(picture.closed);
  assert.notEqual(answer.picture, picture);
  assert.equal(answer.picture.timestamp, 7);
  assert.deepEqual([...new Uint8Array(answer.picture.bytes.buffer)], [...filled(9, 32)]);
});
