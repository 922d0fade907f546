import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pieces } from '../../main/resources/static/shared/links.js';

const links = (text) => pieces(text).filter((p) => p.link).map((p) => p.text);

test('a text is kept whole, whatever is in it', () => {
  for (const text of ['', 'Hello', '<script>alert(1)</script>', 'a https://example.com/j/1. b', 'https://a https://b', 'שלום 🙂']) {
    assert.equal(pieces(text).map((p) => p.text).join(''), text);
  }
});

test('http and https are links', () => {
  assert.deepEqual(links('see http://example.com and HTTPS://example.com/J'), ['http://example.com', 'HTTPS://example.com/J']);
});

test('what ends the sentence is not part of the link', () => {
  assert.deepEqual(links('(https://example.com/j/482913507).'), ['https://example.com/j/482913507']);
  assert.deepEqual(links('https://example.com/a?b=1&c=2!'), ['https://example.com/a?b=1&c=2']);
});

test('nothing else is a link', () => {
  assert.deepEqual(links('javascript:alert(1) data:text/html,x file:///etc/passwd ftp://x //example.com xhttps://y'), []);
});

test('what is no URL stays text', () => {
  assert.deepEqual(links('https://%%% https://['), []);
});
