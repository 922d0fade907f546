import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokens } from '../../main/resources/static/links.js';

/** @param {string} text */
const hrefs = (text) => tokens(text).flatMap((token) => token.href ?? []);
/** @param {string} text */
const shown = (text) => tokens(text).flatMap((token) => (token.href ? token.text : []));

test('a text without an address is one piece, an empty one none', () => {
  assert.deepEqual(tokens('hello'), [{ text: 'hello' }]);
  assert.deepEqual(tokens(''), []);
});

test('an address within a sentence', () => {
  assert.deepEqual(tokens('See https://example.org/a?b=c#d for more'), [
    { text: 'See ' },
    { text: 'https://example.org/a?b=c#d', href: 'https://example.org/a?b=c#d' },
    { text: ' for more' },
  ]);
});

test('punctuation around an address does not belong to it', () => {
  for (const [text, link] of [
    ['Is it https://example.org/a?', 'https://example.org/a'],
    ['(https://example.org/a)', 'https://example.org/a'],
    ['https://en.wikipedia.org/wiki/Karaf_(software)', 'https://en.wikipedia.org/wiki/Karaf_(software)'],
    ['(see https://en.wikipedia.org/wiki/Karaf_(software))!', 'https://en.wikipedia.org/wiki/Karaf_(software)'],
    ['“https://example.org/a”, he said', 'https://example.org/a'],
    ['<https://example.org/a>', 'https://example.org/a'],
    ['**https://example.org/a**', 'https://example.org/a'],
    ['https://example.org/a...', 'https://example.org/a'],
  ]) {
    assert.deepEqual(shown(text), [link], text);
  }
});

test('several addresses, also without a blank between lines', () => {
  assert.deepEqual(hrefs('http://a.example\nHTTPS://B.example/X https://c.example'), [
    'http://a.example/',
    'https://b.example/X',
    'https://c.example/',
  ]);
});

test('nothing but http and https becomes a link', () => {
  for (const text of [
    'javascript:alert(1)',
    'JAVASCRIPT://example.org/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'ftp://example.org/a',
    'file:///etc/passwd',
    'mailto:a@example.org',
    'www.example.org',
    'xhttps://example.org',
    'https://',
    'https:///',
    'http://?',
    '<script>alert("https")</script>',
  ]) {
    assert.deepEqual(hrefs(text), [], text);
  }
});

test('an address that deceives stays text', () => {
  assert.deepEqual(hrefs('https://bank.example@evil.example/'), []);
  assert.deepEqual(hrefs('https://user:word@example.org/'), []);
});

test('a hidden change of direction ends an address', () => {
  assert.deepEqual(shown('https://example.org/\u202egpj.exe'), ['https://example.org/']);
  assert.deepEqual(shown('https://example.org/\u200bx'), ['https://example.org/']);
});

test('markup within an address ends it', () => {
  assert.deepEqual(shown('https://example.org/"onmouseover="alert(1)'), ['https://example.org/']);
});

test('addresses beside right-to-left text and emoji', () => {
  assert.deepEqual(shown('انظر https://example.org/صفحة 👍'), ['https://example.org/صفحة']);
  assert.deepEqual(shown('👍https://example.org/a'), ['https://example.org/a']);
});

test('an endless address stays text', () => {
  assert.deepEqual(hrefs(`https://example.org/${'a'.repeat(3000)}`), []);
});

test('whatever is typed, the pieces together are the text, and every link is http or https', () => {
  const parts = ['https://', 'http://', 'a', 'example.org', '/', '(', ')', '.', ' ', '\n', '@', '<b>', '"', '\u202e', '😀', 'é', '[', ':'];
  let seed = 7;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  for (let round = 0; round < 20_000; round++) {
    const text = Array.from({ length: Math.floor(random() * 14) }, () => parts[Math.floor(random() * parts.length)]).join('');
    const pieces = tokens(text);
    assert.equal(pieces.map((piece) => piece.text).join(''), text);
    assert.ok(pieces.every((piece) => piece.text && (!piece.href || /^https?:\/\/[^/@]+/.test(piece.href))), text);
  }
});

test('a long text takes no long time', () => {
  const started = performance.now();
  tokens('https://'.repeat(500));
  tokens('https://example.org/' + ')'.repeat(2000));
  tokens('h'.repeat(4000));
  assert.ok(performance.now() - started < 500);
});
