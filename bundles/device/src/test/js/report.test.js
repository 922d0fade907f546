import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { GROUPS, asText, fileName, grouped, label, shown } from '../../main/resources/static/report.js';

const words = JSON.parse(readFileSync(new URL('../../main/resources/static/messages/en.json', import.meta.url), 'utf8'));
/** @type {(key: string) => string} */
const t = (key) => words[key];

test('every known item and group has words', () => {
  for (const key of Object.values(GROUPS).flat()) {
    assert.ok(label({ key, value: '' }, t), key);
  }
  assert.match(asText({ of: 'x', at: '2026-11-21T10:00:00Z', items: [{ key: 'os', value: 'Linux' }] }, 'Marie', t), /^Marie\r\n\r\nSystem\r\nOperating system: Linux\r\n$/);
});

test('items stand in order, unknown ones last', () => {
  const groups = grouped([
    { key: 'future.thing', value: '1' },
    { key: 'memory', value: '8 GB' },
    { key: 'os.version', value: '15' },
    { key: 'os', value: 'Windows' },
  ]);
  assert.deepEqual(
    groups.map((g) => [g.group, g.items.map((i) => i.key)]),
    [
      ['system', ['os', 'os.version']],
      ['hardware', ['memory']],
      ['other', ['future.thing']],
    ],
  );
  assert.equal(label({ key: 'future.thing', value: '1' }, t), 'future.thing');
  assert.equal(shown({ key: 'touch', value: 'no' }, t), 'No');
});

test('file names are harmless', () => {
  assert.equal(fileName('Marie Dupont', '2026-11-21T10:00:00Z'), 'system-information-Marie-Dupont-2026-11-21.txt');
  assert.equal(fileName('../../..\\evil\u202e', '2026-11-21T10:00:00Z'), 'system-information-evil-2026-11-21.txt');
  assert.equal(fileName('', '2026-11-21T10:00:00Z'), 'system-information-2026-11-21.txt');
});
