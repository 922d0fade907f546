import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './setup.mjs';

const { chooseLanguage, fill, lookUp } = await load('kit/messages.js');
const { grouped, initials, numbered, secondsTo, spoken } = await load('parts/names.js');
const { digits, publicPath, readPath } = await load('customer/place.js');

test('the language is what was chosen, else what the browser likes best, else English', () => {
  assert.equal(chooseLanguage('nl', ['fr']), 'nl');
  assert.equal(chooseLanguage(null, ['de-DE', 'it-CH', 'fr']), 'it');
  assert.equal(chooseLanguage('xx', ['ja']), 'en');
});

test('one and other follow the language: nothing is singular in French', () => {
  const texts = { 'files.one': '{count} file', 'files.other': '{count} files' };
  assert.equal(lookUp(texts, 'en', 'files', { count: 1 }), '1 file');
  assert.equal(lookUp(texts, 'en', 'files', { count: 0 }), '0 files');
  assert.equal(lookUp(texts, 'fr', 'files', { count: 0 }), '0 file');
  assert.equal(lookUp(texts, 'it', 'files', { count: 1_000_000 }), '1000000 files');
});

test('a placeholder is filled once, as text, and an unknown one stays', () => {
  assert.equal(fill('{name} and {other}', { name: '{other}' }), '{other} and {other}');
  assert.equal(lookUp({}, 'en', 'no.such.key'), 'no.such.key');
});

test('a name from right to left does not turn the sentence round', () => {
  assert.equal(fill('{name} has left', { name: 'Zoë' }), 'Zoë has left');
  assert.equal(fill('{name} has left', { name: 'مريم' }), '\u2068مريم\u2069 has left');
});

test('digits are read in groups, also while they are typed', () => {
  assert.equal(grouped('482913507'), '482 913 507');
  assert.equal(grouped('4829'), '482 9');
  assert.equal(numbered('482913'), '482 913');
  assert.equal(numbered('4829135'), '482 9135');
  assert.equal(spoken('https://help.example/j/482913507'), 'help.example/j/482913507');
});

test('a PIN is taken as people paste it', () => {
  assert.equal(digits('482 913 507'), '482913507');
  assert.equal(digits(' 482-913-507. '), '482913507');
  assert.equal(digits('http://127.0.0.1:8181/j/482913507'), '482913507');
  assert.equal(digits('48291'), '48291');
  assert.equal(digits('no'), '');
});

test('the address tells site and PIN, and is left without the PIN', () => {
  assert.deepEqual(readPath('/j/482913507'), { site: '', pin: '482913507', invitation: '' });
  assert.deepEqual(readPath('/j/acme/482913507'), { site: 'acme', pin: '482913507', invitation: '' });
  assert.deepEqual(readPath('/join/acme'), { site: 'acme', pin: '', invitation: '' });
  assert.deepEqual(readPath('/join'), { site: '', pin: '', invitation: '' });
  assert.deepEqual(readPath('/j/%E0%A4%A'), { site: '', pin: '', invitation: '' });
  assert.deepEqual(readPath('/i/Zm9vYmFyYmF6cXV4MTIzNA'), { site: '', pin: '', invitation: 'Zm9vYmFyYmF6cXV4MTIzNA' });
  assert.deepEqual(readPath('/i/no token'), { site: '', pin: '', invitation: '' });
  assert.equal(publicPath('acme'), '/join/acme');
});

test('initials are those of first and last name, in any script', () => {
  assert.equal(initials('Anna Maria Bell'), 'AB');
  assert.equal(initials('zoë'), 'Z');
  assert.equal(initials(' '), '?');
});

test('a count-down never goes below nothing', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  assert.equal(secondsTo('2026-11-21T12:00:29.200Z', now), 30);
  assert.equal(secondsTo('2026-11-21T11:59:00Z', now), 0);
  assert.equal(secondsTo(null, now), 0);
});
