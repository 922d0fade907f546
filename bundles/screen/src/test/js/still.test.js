import { beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { Stillness } from '../../main/resources/static/still.js';

let copies;
let time;

/** A picture of that content; 5 bytes, so that its length is no multiple of four. */
function picture(content, width = 5) {
  return /** @type {any} */ ({
    format: 'I420',
    visibleRect: { width, height: 1 },
    allocationSize: () => width,
    copyTo: async (target) => {
      copies++;
      target.fill(0);
      target[width - 1] = content;
    },
  });
}

beforeEach((t) => {
  copies = 0;
  time = 1_000;
  /** @type {any} */ (t).mock.method(performance, 'now', () => time);
});

/** What is said of pictures that come every 33 ms. */
async function tell(stillness, ...pictures) {
  const said = [];
  for (const one of pictures) {
    time += 33;
    said.push(await stillness.changed(one));
  }
  return said;
}

test('the same picture again is nothing new, another one is, in its last byte too', async () => {
  const stillness = new Stillness();
  assert.deepEqual(await tell(stillness, picture(1), picture(1), picture(1), picture(2)), [true, false, false, true]);
});

test('a picture of another size is new although its bytes are the same', async () => {
  const stillness = new Stillness();
  assert.deepEqual(await tell(stillness, picture(0, 5), picture(0, 6), picture(0, 6)), [true, true, true]);
});

test('while pictures change few are looked at', async () => {
  const stillness = new Stillness();
  const said = await tell(stillness, ...Array.from({ length: 60 }, (_, i) => picture(i)));
  assert.ok(said.every((changed) => changed));
  assert.ok(copies <= 30, `${copies}`);
});

test('after changes it is calm again soon', async () => {
  const stillness = new Stillness();
  await tell(stillness, picture(1), picture(2), picture(3));
  const said = await tell(stillness, ...Array.from({ length: 8 }, () => picture(3)));
  assert.deepEqual(said.slice(-3), [false, false, false]);
});

test('whatever comes, what is called the same is the same as the picture before', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    let state = seed;
    const roll = (below) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return Math.floor((state / 0x80000000) * below);
    };
    const stillness = new Stillness();
    let shown = -1;
    for (let step = 0; step < 120; step++) {
      const content = roll(3) ? Math.max(0, shown) : roll(4);
      if (roll(20) === 0) {
        stillness.forget();
        shown = content;
      } else {
        time += roll(80);
        const changed = await stillness.changed(picture(content));
        assert.ok(changed || content === shown, `seed ${seed}: a change was missed`);
        shown = content;
      }
    }
  }
});

test('a browser that cannot show the bytes, or only slowly, is not asked again', async () => {
  const stillness = new Stillness();
  const opaque = { ...picture(1), allocationSize: () => { throw new TypeError('no bytes'); } };
  assert.deepEqual(await tell(stillness, opaque, picture(1), picture(1)), [true, true, true]);
  assert.equal(copies, 0);
  const slow = new Stillness();
  const late = { ...picture(1), copyTo: async () => { time += 90; copies++; } };
  await tell(slow, ...Array.from({ length: 100 }, () => late));
  assert.equal(copies, Stillness.ENOUGH);
  assert.deepEqual(await tell(slow, late, late), [true, true]);
});
