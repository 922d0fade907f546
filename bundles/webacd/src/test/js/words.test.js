import { test } from 'node:test';
import assert from 'node:assert/strict';
import { clock, codePoints, inLanguage, initials, roughly, secondsSince, secondsUntil } from '../../main/resources/static/words/words.js';

test('a message is counted in code points: emoji in their parts, combining marks by themselves (W36)', () => {
  assert.equal(codePoints('a'.repeat(345)), 345);
  assert.equal(codePoints('😀'.repeat(345)), 345);
  assert.equal(codePoints('e\u0301'), 2);
  assert.equal(codePoints('👩‍💻'), 3);
  assert.equal(codePoints('\ud83d'), 1);
});

test('times are read as a clock', () => {
  assert.equal(clock(0), '0:00');
  assert.equal(clock(42.9), '0:42');
  assert.equal(clock(725), '12:05');
  assert.equal(clock(3725), '1:02:05');
  assert.equal(clock(-3), '0:00');
});

test('a second that has begun is still left, and one that has not passed is not counted', () => {
  const at = Date.parse('2026-01-01T10:00:00Z');
  assert.equal(secondsUntil('2026-01-01T10:00:10Z', at + 100), 10);
  assert.equal(secondsUntil('2026-01-01T10:00:10Z', at + 11_000), 0);
  assert.equal(secondsSince('2026-01-01T10:00:00Z', at + 1900), 1);
  assert.equal(secondsSince('2026-01-01T10:00:00Z', at - 1900), 0);
  assert.equal(secondsSince(null, at), 0);
  assert.equal(secondsUntil('tomorrow', at), 0);
});

test('an estimate is told in growing steps and never as less', () => {
  assert.deepEqual(roughly(20), { unit: 'moment', count: 0 });
  assert.deepEqual(roughly(61), { unit: 'minutes', count: 2 });
  assert.deepEqual(roughly(600), { unit: 'minutes', count: 10 });
  assert.deepEqual(roughly(601), { unit: 'minutes', count: 15 });
  assert.deepEqual(roughly(3300), { unit: 'minutes', count: 55 });
  assert.deepEqual(roughly(3400), { unit: 'hours', count: 1 });
  assert.deepEqual(roughly(3601), { unit: 'hours', count: 2 });
});

test('a label falls back to English, to any, to the key', () => {
  assert.equal(inLanguage({ en: 'Product', fr: 'Produit' }, 'fr', 'product'), 'Produit');
  assert.equal(inLanguage({ en: 'Product' }, 'nl', 'product'), 'Product');
  assert.equal(inLanguage({ it: 'Prodotto' }, 'nl', 'product'), 'Prodotto');
  assert.equal(inLanguage(undefined, 'nl', 'product'), 'product');
});

test('a face has the first letters, whole characters', () => {
  assert.equal(initials('anna maria bianchi'), 'AB');
  assert.equal(initials('𝒳enia'), '𝒳');
  assert.equal(initials('  '), '');
});
