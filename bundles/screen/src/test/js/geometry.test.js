import { test } from 'node:test';
import assert from 'node:assert/strict';
import {
  LARGEST_ZOOM,
  WHOLE,
  actualScale,
  crisp,
  pannable,
  panBy,
  parseView,
  place,
  snapped,
  stepAt,
  toggleAt,
  zoomAt,
  zoomOf,
} from '../../main/resources/static/geometry.js';

/** Numbers that look random and are the same at every run. */
function numbers(seed) {
  let state = seed;
  return (least, most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return least + (state / 2 ** 32) * (most - least);
  };
}

function scenes(seed, times, each) {
  const some = numbers(seed);
  for (let i = 0; i < times; i++) {
    const ratio = [0.8, 1, 1.25, 1.5, 2, 2.625, 3][Math.floor(some(0, 7))];
    const room = { width: some(80, 3000), height: some(80, 2000) };
    const picture = { width: Math.round(some(40, 5120)), height: Math.round(some(40, 2880)) };
    each({ room, picture, ratio }, some);
  }
}

/** Which part of the picture is under a point. */
function under(view, scene, point) {
  const placed = place(view, scene);
  return { x: (point.x - placed.x) / placed.width, y: (point.y - placed.y) / placed.height };
}

function somewhere(view, scene, some) {
  const placed = place(view, scene);
  const clip = (at, length, room) => Math.max(0, at) + some(0, 1) * (Math.min(room, at + length) - Math.max(0, at));
  return { x: clip(placed.x, placed.width, scene.room.width), y: clip(placed.y, placed.height, scene.room.height) };
}

test('fit shows all of the picture, touching two edges, in the middle', () => {
  scenes(1, 500, (scene) => {
    const p = place(WHOLE, scene);
    assert.ok(p.x >= -1e-6 && p.y >= -1e-6);
    assert.ok(Math.abs(p.x * 2 + p.width - scene.room.width) < 1e-6);
    assert.ok(Math.abs(p.y * 2 + p.height - scene.room.height) < 1e-6);
    assert.ok(p.x < 1e-6 || p.y < 1e-6, 'as large as it can be');
    assert.ok(!pannable(p, scene.room));
  });
});

test('1:1 is a whole number of device pixels and no larger than a CSS pixel', () => {
  for (let ratio = 1; ratio < 4; ratio += 0.05) {
    const scale = actualScale(ratio);
    assert.ok(crisp(scale, ratio), `${ratio}`);
    assert.ok(scale <= 1 + 1e-9);
    assert.ok(scale > 0.5);
  }
  assert.equal(actualScale(1), 1);
  assert.equal(actualScale(2), 1);
  assert.equal(actualScale(1.5) * 1.5, 1);
  assert.equal(actualScale(0.5) * 0.5, 1, 'a page made smaller still shows every pixel');
});

test('what is under the pointer stays there when zooming in and out, wherever no edge is in the way', () => {
  let seen = 0;
  scenes(2, 4000, (scene, some) => {
    let view = WHOLE;
    for (let i = 0; i < 6; i++) {
      const point = somewhere(view, scene, some);
      const before = under(view, scene, point);
      const covered = place(view, scene);
      const next = zoomAt(view, scene, point, some(0.6, 1.8));
      const after = under(next, scene, point);
      const p = place(next, scene);
      for (const [axis, length] of [['x', 'width'], ['y', 'height']]) {
        const free = p[axis] < -1e-6 && p[axis] + p[length] > scene.room[length] + 1e-6;
        const grew = p[length] >= covered[length] && covered[axis] <= 1e-6;
        if ((free || grew) && next.mode !== 'fit') {
          seen++;
          assert.ok(Math.abs(after[axis] - before[axis]) * p[length] < 1, `${axis} moved by ${(after[axis] - before[axis]) * p[length]} px`);
        }
      }
      view = next;
    }
  });
  assert.ok(seen > 5000, `only ${seen} cases were seen`);
});

test('a picture larger than the room leaves none of it empty, whatever is done', () => {
  scenes(3, 1500, (scene, some) => {
    let view = WHOLE;
    for (let i = 0; i < 8; i++) {
      const point = { x: some(0, scene.room.width), y: some(0, scene.room.height) };
      const deeds = [
        () => zoomAt(view, scene, point, some(0.2, 4)),
        () => stepAt(view, scene, point, some(0, 1) < 0.5 ? 1 : -1),
        () => toggleAt(view, scene, point),
        () => panBy(view, scene, some(-4000, 4000), some(-4000, 4000)),
      ];
      view = deeds[Math.floor(some(0, 4))]();
      const p = place(view, scene);
      for (const [axis, length] of [['x', 'width'], ['y', 'height']]) {
        const room = scene.room[length];
        if (p[length] >= room) {
          assert.ok(p[axis] <= 1e-6 && p[axis] + p[length] >= room - 1e-6, `${axis} ${p[axis]} ${p[length]} in ${room}`);
        } else {
          assert.ok(Math.abs(p[axis] * 2 + p[length] - room) < 1e-6, 'in the middle');
        }
      }
      const fit = zoomOf(WHOLE, scene);
      assert.ok(zoomOf(view, scene) <= Math.max(LARGEST_ZOOM, fit) + 1e-9);
      assert.ok(zoomOf(view, scene) >= Math.min(0.1, fit) - 1e-9);
    }
  });
});

test('a pan moves the picture by as much, and back again', () => {
  scenes(4, 1000, (scene) => {
    const middle = { x: scene.room.width / 2, y: scene.room.height / 2 };
    const view = zoomAt(WHOLE, scene, middle, 5);
    const before = place(view, scene);
    const moved = panBy(view, scene, 10, -7);
    const after = place(moved, scene);
    if (before.width > scene.room.width + 40 && before.height > scene.room.height + 40) {
      assert.ok(Math.abs(after.x - before.x - 10) < 1e-6);
      assert.ok(Math.abs(after.y - before.y + 7) < 1e-6);
      const back = place(panBy(moved, scene, -10, 7), scene);
      assert.ok(Math.abs(back.x - before.x) < 1e-6);
    }
    assert.equal(after.width, before.width);
    // At an edge a further pan is not saved up.
    const far = panBy(panBy(view, scene, 1e6, 1e6), scene, 1e6, 1e6);
    const near = panBy(far, scene, -1, -1);
    if (before.width > scene.room.width + 2) {
      assert.ok(Math.abs(place(near, scene).x + 1) < 1e-6);
    }
  });
});

test('a double click shows what is under the pointer at 1:1, and another one all of it', () => {
  const scene = { room: { width: 800, height: 600 }, picture: { width: 1920, height: 1080 }, ratio: 1 };
  const point = { x: 300, y: 250 };
  const before = under(WHOLE, scene, point);
  const actual = toggleAt(WHOLE, scene, point);
  assert.equal(actual.mode, 'actual');
  assert.equal(place(actual, scene).width, 1920);
  const after = under(actual, scene, point);
  assert.ok(Math.abs(after.x - before.x) * 1920 < 1);
  assert.ok(Math.abs(after.y - before.y) * 1080 < 1);
  assert.equal(toggleAt(actual, scene, point).mode, 'fit');
  assert.equal(toggleAt({ ...actual, mode: 'zoom', zoom: 3 }, scene, point).mode, 'fit');
});

test('steps are round, pass 1:1 and end at the whole', () => {
  const scene = { room: { width: 800, height: 600 }, picture: { width: 1920, height: 1080 }, ratio: 1 };
  const point = { x: 400, y: 300 };
  let view = WHOLE;
  const seen = [];
  for (let i = 0; i < 30 && zoomOf(view, scene) < LARGEST_ZOOM; i++) {
    view = stepAt(view, scene, point, 1);
    seen.push(view.mode === 'actual' ? '1:1' : Math.round(zoomOf(view, scene) * 100));
  }
  assert.deepEqual(seen.slice(0, 6), [50, 67, 75, 90, '1:1', 110]);
  assert.equal(seen.at(-1), 800);
  assert.deepEqual(stepAt(view, scene, point, 1), view, 'and no further');
  for (let i = 0; i < 30; i++) {
    view = stepAt(view, scene, point, -1);
  }
  assert.equal(view.mode, 'fit');
});

test('a small window of the customer can be larger than 800 % when it fills the room', () => {
  const scene = { room: { width: 3000, height: 2000 }, picture: { width: 100, height: 80 }, ratio: 1 };
  assert.equal(place(WHOLE, scene).width, 2500);
  const view = zoomAt(WHOLE, scene, { x: 0, y: 0 }, 1.1);
  assert.ok(zoomOf(view, scene) <= 25 + 1e-9);
});

test('another size of the picture keeps the way it is looked at, and the same middle', () => {
  const room = { width: 800, height: 600 };
  const large = { room, picture: { width: 2000, height: 1500 }, ratio: 1 };
  const view = panBy(zoomAt(WHOLE, large, { x: 400, y: 300 }, 4), large, -200, 100);
  const small = { ...large, picture: { width: 1600, height: 1200 } };
  const middle = { x: 400, y: 300 };
  const before = under(view, large, middle);
  const after = under(view, small, middle);
  assert.ok(Math.abs(before.x - after.x) < 1e-9);
  assert.equal(zoomOf(view, large), zoomOf(view, small));
  assert.equal(place({ ...WHOLE }, small).width, 800, 'what fitted, fits');
});

test('edges are put onto device pixels, at most half of one away', () => {
  const some = numbers(5);
  for (let i = 0; i < 1000; i++) {
    const ratio = [1, 1.25, 1.5, 2][i % 4];
    const at = some(-500, 500);
    const origin = some(0, 90);
    const to = snapped(at, origin, ratio);
    assert.ok(Math.abs(to - at) <= 0.5 / ratio + 1e-9);
    const device = (to + origin) * ratio;
    assert.ok(Math.abs(device - Math.round(device)) < 1e-6);
  }
});

test('sharp only where pixels are whole', () => {
  assert.ok(crisp(1, 1));
  assert.ok(crisp(2, 1));
  assert.ok(crisp(0.5, 2));
  assert.ok(!crisp(0.5, 1));
  assert.ok(!crisp(1.1, 1));
  assert.ok(crisp(1 / 1.5, 1.5));
});

test('what was kept is read again, and nonsense is not', () => {
  const view = { mode: 'zoom', zoom: 1.5, x: 0.2, y: 0.9 };
  assert.deepEqual(parseView(JSON.stringify(view)), view);
  for (const text of [null, '', '{}', 'null', '{"mode":"zoom","zoom":0,"x":0,"y":0}', '{"mode":"x","zoom":1,"x":0,"y":0}', '{"mode":"zoom","zoom":"1","x":0,"y":0}']) {
    assert.deepEqual(parseView(text), WHOLE, String(text));
  }
});
