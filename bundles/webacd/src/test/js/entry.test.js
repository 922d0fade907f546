import { test } from 'node:test';
import assert from 'node:assert/strict';
import { answerFault, answersOf, entryPath, fieldOf, nameFault, safeUrl, systemOf } from '../../main/resources/static/entry/form.js';

const field = (type, more = {}) => ({ key: 'k', label: {}, type, options: [], required: false, max: 20, ...more });

test('the address names a queue, of this site or another', () => {
  assert.equal(entryPath('/q/printers'), 'printers');
  assert.equal(entryPath('/q/acme/printers/'), 'acme/printers');
  assert.equal(entryPath('/q/a%2Fb'), 'a%2Fb');
  assert.equal(entryPath('/q/'), '');
  assert.equal(entryPath('/q/a/b/c'), '');
  assert.equal(entryPath('/q/%E0%A4%A'), '');
});

test('a name is needed, and has at most 60 code points', () => {
  assert.equal(nameFault('  '), 'missing');
  assert.equal(nameFault('😀'.repeat(60)), '');
  assert.equal(nameFault('😀'.repeat(61)), 'long');
});

test('answers are judged as the server judges them', () => {
  assert.equal(answerFault(field('TEXT', { required: true }), ' '), 'missing');
  assert.equal(answerFault(field('TEXT'), ''), '');
  assert.equal(answerFault(field('TEXT'), 'x'.repeat(21)), 'long');
  assert.equal(answerFault(field('NUMBER'), '-12,5'), '');
  assert.equal(answerFault(field('NUMBER'), '12a'), 'number');
  assert.equal(answerFault(field('EMAIL'), 'a@b.ch'), '');
  assert.equal(answerFault(field('EMAIL'), 'a@b'), 'email');
  assert.equal(answerFault(field('CHOICE', { options: ['A'] }), 'A'), '');
  assert.equal(answerFault(field('CHOICE', { options: ['A'] }), 'B'), 'choice');
});

test('only what was answered is sent, without blanks, and nothing the form does not ask', () => {
  const fields = [field('TEXT', { key: 'a' }), field('TEXT', { key: 'b' })];
  assert.deepEqual(answersOf(fields, { a: ' x ', b: ' ', c: 'y' }), { a: 'x' });
});

test('a refusal leads to its question', () => {
  assert.equal(fieldOf('answers.product'), 'product');
  assert.equal(fieldOf('name'), 'name');
  assert.equal(fieldOf('language'), '');
  assert.equal(fieldOf(undefined), '');
});

test('a button leads to the web or nowhere', () => {
  assert.equal(safeUrl('https://example.org/hours'), 'https://example.org/hours');
  assert.equal(safeUrl('javascript:alert(1)'), '');
  assert.equal(safeUrl('/desktop'), '');
  assert.equal(safeUrl(null), '');
});

test('the system as rules call it', () => {
  assert.equal(systemOf('MacIntel'), 'macOS');
  assert.equal(systemOf('Win32'), 'Windows');
  assert.equal(systemOf('Linux x86_64'), 'Linux');
  assert.equal(systemOf('iPhone'), 'iOS');
  assert.equal(systemOf('Chrome OS'), 'ChromeOS');
  assert.equal(systemOf(''), '');
});
