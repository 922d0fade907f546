import assert from 'node:assert/strict';
import { test } from 'node:test';
import { harmless, shown, steps } from '../../main/resources/static/names.js';
import { Meter, sizeText, timeText } from '../../main/resources/static/meter.js';
import { fromInput, pasted } from '../../main/resources/static/gather.js';

test('a name that hides its ending is seen through', () => {
  assert.equal(shown('photo\u202egpj.exe'), 'photo\u25a1gpj.exe');
  assert.equal(shown('a\u0000b\nc'), 'a\u25a1b\u25a1c');
  assert.equal(shown(null), '');
  assert.equal(shown('فاتورة.pdf'), 'فاتورة.pdf');
});

test('no path leads out of the folder', () => {
  assert.deepEqual(steps('../..\\etc/./passwd'), ['etc', 'passwd']);
  assert.deepEqual(steps('/C:\\x'), ['C_', 'x']);
  assert.deepEqual(steps('CON/com1.txt/a. /NUL.tar.gz'), ['_CON', '_com1.txt', 'a', '_NUL.tar.gz']);
});

test('a long name keeps its ending', () => {
  const name = harmless(`${'é'.repeat(300)}.pdf`);
  assert.ok(new TextEncoder().encode(name).length <= 255);
  assert.ok(name.endsWith('é.pdf'));
});

test('speed is an average of the last seconds, and unknown at first', () => {
  const meter = new Meter();
  meter.add(0, 0);
  assert.equal(meter.speed(0), undefined);
  for (let at = 250; at <= 10_000; at += 250) {
    meter.add(at, at * 100);
  }
  assert.equal(Math.round(meter.speed(10_000) ?? 0), 100_000);
  assert.equal(meter.left(10_000, 500_000), 5);
  assert.ok((meter.speed(16_000) ?? 0) < 60_000, 'it sinks while nothing comes');
  meter.rest();
  assert.equal(meter.speed(16_000), undefined);
});

test('sizes and times as people say them', () => {
  assert.equal(sizeText(1_073_741_824, 'en'), '1 GB');
  assert.equal(sizeText(104_857_600, 'en'), '100 MB');
  assert.equal(sizeText(1_536, 'en'), '1.5 kB');
  assert.equal(timeText(43, 'en'), '45 sec');
  assert.equal(timeText(601, 'en'), '11 min');
});

test('an input for folders gives one folder with its tree', () => {
  const file = (way) => ({ name: way.split('/').at(-1), webkitRelativePath: way });
  const [folder, loose] = fromInput([file('tree/a.txt'), file('tree/sub/b.txt'), { name: 'c', webkitRelativePath: '' }]);
  assert.deepEqual([folder.kind, folder.name, folder.files.map(({ path }) => path)], ['FOLDER', 'tree', ['a.txt', 'sub/b.txt']]);
  assert.deepEqual([loose.kind, loose.name], ['FILE', 'c']);
});

test('a pasted picture without a name of its own gets one', () => {
  const [picture, named] = pasted({ files: [new File(['x'], 'image.png', { type: 'image/png' }), new File(['x'], 'plan.png')] }, 'Pasted picture');
  assert.deepEqual([picture.name, named.name], ['Pasted picture.png', 'plan.png']);
});
