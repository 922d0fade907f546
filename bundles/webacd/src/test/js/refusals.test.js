/** Whatever WebACD refuses, a page has words of its own for it: no agent, customer or administrator reads the server's English. */

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';

const MAIN = new URL('../../main/', import.meta.url);
const KIT = new URL('../../../../ui/src/main/resources/static/kit/problem.js', import.meta.url);

/** The end of a family of codes, each of which stands in the pages. */
const FAMILIES = ['rule-unknown-'];

/** Mistakes of programs that no page can make: it makes a key up for each request. The journal refuses by the same code. */
const PROGRAMS = ['command-id-reused'];

/**
 * @param {URL} folder
 * @param {string} end
 * @returns {string} all files together
 */
function read(folder, end) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && one.name.endsWith(end))
    .map((one) => readFileSync(`${one.parentPath ?? one.path}/${one.name}`, 'utf8'))
    .join('\n');
}

const java = read(new URL('java/', MAIN), '.java');
const pages = read(new URL('resources/static/', MAIN), '.js') + readFileSync(KIT, 'utf8');

/** @returns {Set<string>} the codes of problems, of refusals and of mistakes in rules */
function codes() {
  const told = [
    /new Problem\(\s*\d{3},\s*"([a-z0-9-]+)"/gu,
    /\bReason\.[A-Z]+,\s*"([a-z0-9-]+)"/gu,
    /RoutingFault\s*\.conflict\(\s*"([a-z0-9-]+)"/gu,
    /RoutingFault\s*\.invalid\(\s*[^;]*?,\s*"([a-z]+-[a-z-]+)",\s/gu,
    /new RuleSyntax\([^;]*?"(rules?-[a-z-]+)"/gu,
    /"(pick-[a-z-]+)"/gu,
    /"(rules?-[a-z-]+)"/gu,
  ];
  return new Set(told.flatMap((form) => [...java.matchAll(form)].map(([, code]) => code)));
}

test('each code of a refusal stands in a page', () => {
  const all = [...codes()].filter((code) => ![...FAMILIES, ...PROGRAMS].includes(code));
  assert.ok(all.includes('offer-gone') && all.includes('queue-not-empty') && all.includes('rule-deep'), all.join(' '));
  const wordless = all.filter((code) => !new RegExp(`['" ]${code}['"]|\\b${code}:`, 'u').test(pages));
  assert.deepEqual(wordless, []);
});
