import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freePlace } from '../../main/resources/static/kit/placing.js';

const span = (top, bottom) => ({ top, bottom });

test('a message lies at the lower edge, and above what is to be pressed there', () => {
  assert.deepEqual(freePlace([40], 640, []), { shown: 1, end: 16 });
  assert.deepEqual(freePlace([40], 640, [span(100, 150)]), { shown: 1, end: 16 });
  assert.deepEqual(freePlace([40], 640, [span(580, 624)]), { shown: 1, end: 640 - 572 });
  assert.deepEqual(freePlace([40], 640, [span(700, 744)]), { shown: 1, end: 16 }, 'below what can be seen');
});

test('between two that stand apart, and above both that do not', () => {
  assert.deepEqual(freePlace([40], 640, [span(580, 624), span(450, 500)]), { shown: 1, end: 640 - 572 });
  assert.deepEqual(freePlace([40], 640, [span(580, 624), span(500, 550)]), { shown: 1, end: 640 - 492 });
});

test('of several the latest are shown that fit in between', () => {
  const keep = [span(150, 194), span(300, 344), span(450, 494)];
  assert.deepEqual(freePlace([60, 60, 60], 560, keep), { shown: 2, end: 560 - 142 });
  assert.deepEqual(freePlace([60, 60, 60], 560, keep.slice(1)), { shown: 3, end: 560 - 292 });
});

test('where nothing is free they stay where they are', () => {
  assert.deepEqual(freePlace([400], 640, [span(300, 344), span(580, 624)]), { shown: 1, end: 16 });
});
