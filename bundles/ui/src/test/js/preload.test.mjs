import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from './setup.mjs';

/** What a module of ours imports at its top, libraries left out. */
function imports(file) {
  const text = readFileSync(new URL(file, root), 'utf8');
  return [...text.matchAll(/^(?:import|export)\b[^;]*?['"]([^'"]+)['"];/gm)]
    .map(([, name]) => (name === 'tandem/kit' ? 'kit/kit.js' : name.startsWith('.') ? new URL(name, new URL(file, root)).href.slice(root.href.length) : ''))
    .filter(Boolean);
}

function graph(entry) {
  const seen = new Set([entry]);
  for (const file of seen) {
    imports(file).forEach((one) => seen.add(one));
  }
  seen.delete(entry);
  return [...seen].sort();
}

test('a page names all its modules, so that the browser asks for them at once', () => {
  const description = JSON.parse(readFileSync(new URL('tandem.json', root), 'utf8'));
  for (const page of description.pages) {
    const own = page.preload.filter((file) => !file.startsWith('lib/')).sort();
    assert.deepEqual(own, graph(page.module), page.path);
  }
});
