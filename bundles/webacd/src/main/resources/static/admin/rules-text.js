/** A text of rules with what is wrong in it, line by line. Knows no DOM. */

/** @typedef {{code: string, detail: string, line: number, column: number, length: number, rule: number}} RuleProblem lines and columns from 1, in UTF-16 units */
/** @typedef {{text: string, wrong: boolean}} Part */

/** @param {string} text */
export const linesOf = (text) => text.split('\n');

/**
 * @param {string} text
 * @param {number} line from 1
 * @param {number} column from 1
 * @returns {number} where that is in the text; its end if it has no such place
 */
export function offsetOf(text, line, column) {
  const lines = linesOf(text);
  if (line > lines.length) {
    return text.length;
  }
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return before + Math.min(column - 1, lines[line - 1].length);
}

/**
 * @param {string} text
 * @param {number} offset
 * @returns {{line: number, column: number}}
 */
export function placeOf(text, offset) {
  const before = linesOf(text.slice(0, offset));
  return { line: before.length, column: before[before.length - 1].length + 1 };
}

/**
 * The text cut where something is wrong and where that ends. What stands at the end of a line marks the last character before it.
 *
 * @param {string} text
 * @param {RuleProblem[]} problems
 * @returns {Part[]} which together are the text
 */
export function partsOf(text, problems) {
  const ranges = problems
    .map(({ line, column, length }) => {
      const from = offsetOf(text, line, column);
      const end = from < text.length && text[from] !== '\n' ? Math.min(from + Math.max(1, length), text.length) : from;
      return end > from ? { from, to: end } : { from: Math.max(0, from - 1), to: from };
    })
    .sort((a, b) => a.from - b.from);
  /** @type {Part[]} */
  const parts = [];
  let at = 0;
  for (const { from, to } of ranges) {
    if (from > at) {
      parts.push({ text: text.slice(at, from), wrong: false });
    }
    if (to > Math.max(at, from)) {
      parts.push({ text: text.slice(Math.max(at, from), to), wrong: true });
    }
    at = Math.max(at, to);
  }
  if (at < text.length) {
    parts.push({ text: text.slice(at), wrong: false });
  }
  return parts;
}

/**
 * @param {string} before
 * @param {string} after
 * @returns {{kind: 'same' | 'out' | 'in', text: string}[]} the lines of both, in the order of reading
 */
export function differences(before, after) {
  const a = before === '' ? [] : linesOf(before);
  const b = after === '' ? [] : linesOf(after);
  // The longest common lines behind each place of both.
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  /** @type {{kind: 'same' | 'out' | 'in', text: string}[]} */
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i++] });
      j++;
    } else if (i < a.length && (j === b.length || common[i + 1][j] >= common[i][j + 1])) {
      lines.push({ kind: 'out', text: a[i++] });
    } else {
      lines.push({ kind: 'in', text: b[j++] });
    }
  }
  return lines;
}

/**
 * @param {string} lines `key = text` in each
 * @returns {Record<string, string>}
 */
export function pairsOf(lines) {
  return Object.fromEntries(
    linesOf(lines)
      .map((line) => /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/u.exec(line))
      .filter((found) => found !== null)
      .map((found) => [found[1], found[2]]),
  );
}

/**
 * An example as the server takes it; what is empty is left out.
 *
 * @param {{text?: string, entry: string, source: string, company: string, language: string, os: string, at: string, form: Record<string, string>, attributes: string}} typed `at` as the browser has local times
 * @returns {Record<string, unknown>}
 */
export function exampleOf(typed) {
  const attributes = { ...(typed.os.trim() ? { os: typed.os.trim() } : {}), ...pairsOf(typed.attributes) };
  const form = Object.fromEntries(Object.entries(typed.form).filter(([, answer]) => answer.trim()));
  const at = typed.at ? new Date(typed.at) : undefined;
  return Object.fromEntries(
    Object.entries({
      text: typed.text,
      entry: typed.entry,
      source: typed.source.trim(),
      company: typed.company.trim(),
      language: typed.language.trim(),
      form,
      attributes,
      at: at && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined,
    }).filter(([key, value]) => value !== undefined && (value !== '' || key === 'text')),
  );
}
