/** What the reader makes of an OpenAPI document; knows no page. */

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const DEEPEST = 6;

/**
 * @typedef {object} Operation
 * @property {string} id
 * @property {string} method upper case
 * @property {string} path below the server's URL
 * @property {string} summary
 * @property {string} description
 * @property {any[]} parameters resolved
 * @property {any} body schema of the JSON body, or null
 * @property {{status: string, description: string, schema: any, codes: string[]}[]} answers
 * @property {string[]} schemes names of the security schemes, of which one is enough; none: anybody
 */

/** @typedef {{name: string, description: string, operations: Operation[]}} Group */

/**
 * Follows a reference within the document.
 *
 * @param {any} document
 * @param {any} node
 * @returns {any}
 */
export function resolve(document, node) {
  let found = node;
  for (let hops = 0; found?.$ref && hops < DEEPEST; hops++) {
    found = String(found.$ref)
      .split('/')
      .slice(1)
      .reduce((at, part) => at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], document);
  }
  return found ?? {};
}

/** @param {any} content */
function json(content) {
  const type = Object.keys(content ?? {}).find((name) => name.includes('json'));
  return type ? (content[type].schema ?? null) : null;
}

/**
 * The operations by tag, in the order of the document.
 *
 * @param {any} document
 * @returns {Group[]}
 */
export function groups(document) {
  /** @type {Map<string, Group>} */
  const byName = new Map();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const raw = /** @type {any} */ (item)[method];
      if (!raw) {
        continue;
      }
      const name = raw.tags?.[0] ?? '';
      const described = (document.tags ?? []).find((/** @type {any} */ tag) => tag.name === name);
      /** @type {Group} */
      const group = byName.get(name) ?? { name, description: described?.description ?? '', operations: [] };
      byName.set(name, group);
      group.operations.push(operation(document, path, method, raw));
    }
  }
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * @param {any} document
 * @param {string} path
 * @param {string} method
 * @param {any} raw
 * @returns {Operation}
 */
function operation(document, path, method, raw) {
  return {
    id: raw.operationId ?? `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    summary: raw.summary ?? '',
    description: raw.description ?? '',
    parameters: (raw.parameters ?? []).map((/** @type {any} */ one) => resolve(document, one)),
    body: raw.requestBody ? json(resolve(document, raw.requestBody).content) : null,
    answers: Object.entries(raw.responses ?? {}).map(([status, one]) => {
      const answer = resolve(document, one);
      return {
        status,
        description: answer.description ?? '',
        schema: status < '400' ? json(answer.content) : null,
        codes: answer['x-problem-codes'] ?? [],
      };
    }),
    schemes: (raw.security ?? document.security ?? []).flatMap((/** @type {any} */ one) => Object.keys(one)),
  };
}

/**
 * @param {Operation} operation
 * @param {string} words
 */
export function matches(operation, words) {
  const text = [operation.method, operation.path, operation.summary, operation.description, operation.id]
    .concat(operation.answers.flatMap((answer) => answer.codes))
    .join(' ')
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/**
 * A schema's kind in a few letters: `string (uuid)`, `list of chat.MessageView`.
 *
 * @param {any} schema
 * @returns {string}
 */
export function kind(schema) {
  const all = schema?.allOf?.length === 1 ? schema.allOf[0] : schema;
  if (all?.$ref) {
    return String(all.$ref).split('/').pop() ?? '';
  }
  if (all?.oneOf) {
    return all.oneOf.map(kind).join(' | ');
  }
  if (all?.type === 'array') {
    return `[${kind(all.items)}]`;
  }
  if (all?.additionalProperties && typeof all.additionalProperties === 'object') {
    return `{string: ${kind(all.additionalProperties)}}`;
  }
  return [all?.type ?? 'any', all?.format ? `(${all.format})` : ''].join(' ').trim();
}

/**
 * The schema that has the properties to show: through references, lists and wrappers.
 *
 * @param {any} document
 * @param {any} schema
 * @returns {any}
 */
export function shape(document, schema) {
  let found = resolve(document, schema);
  for (let hops = 0; hops < DEEPEST; hops++) {
    if (found.allOf?.length === 1) {
      found = resolve(document, found.allOf[0]);
    } else if (found.type === 'array' && found.items) {
      found = resolve(document, found.items);
    } else {
      break;
    }
  }
  return found;
}

/**
 * A value that the schema allows, to begin with.
 *
 * @param {any} document
 * @param {any} schema
 * @param {number} [depth]
 * @returns {any}
 */
export function example(document, schema, depth = 0) {
  const found = resolve(document, schema);
  if (found.example !== undefined) {
    return found.example;
  }
  const inner = found.allOf?.[0] ?? found.oneOf?.[0];
  if (inner) {
    return depth < DEEPEST ? example(document, inner, depth + 1) : null;
  }
  if (found.enum) {
    return found.enum[0];
  }
  switch (found.type) {
    case 'object': {
      /** @type {Record<string, any>} */
      const made = {};
      for (const [name, one] of Object.entries(depth < DEEPEST ? (found.properties ?? {}) : {})) {
        made[name] = example(document, one, depth + 1);
      }
      return made;
    }
    case 'array':
      return depth < DEEPEST && found.items ? [example(document, found.items, depth + 1)] : [];
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'string':
      return { uuid: '0198c5a0-7d1e-7c3a-9f10-2b6f4e8a1c01', 'date-time': '2026-11-21T09:00:00Z' }[found.format] ?? '…';
    default:
      return null;
  }
}

/** @param {string} text for a shell, within single quotes */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * The path with its values; what is missing keeps its name.
 *
 * @param {Operation} operation
 * @param {Record<string, string>} [values] of parameters by name
 */
export function address(operation, values = {}) {
  const path = operation.path.replace(/\{(\w+)\}/g, (whole, name) =>
    values[name] ? encodeURIComponent(values[name]) : whole,
  );
  const query = operation.parameters
    .filter((one) => one.in === 'query' && values[one.name])
    .map((one) => `${encodeURIComponent(one.name)}=${encodeURIComponent(values[one.name])}`);
  return query.length ? `${path}?${query.join('&')}` : path;
}

/**
 * A command for a shell.
 *
 * @param {any} document
 * @param {Operation} operation
 * @param {Record<string, string>} [values]
 */
export function curl(document, operation, values = {}) {
  const server = document.servers?.[0]?.url ?? '/api';
  const schemes = operation.schemes.map((name) => document.components?.securitySchemes?.[name] ?? {});
  const parts = ['curl'];
  if (schemes.some((one) => one.scheme === 'basic')) {
    parts.push('-u USER:PASSWORD');
  } else if (schemes.some((one) => one.scheme === 'bearer')) {
    parts.push("-H 'Authorization: Bearer TOKEN'");
  }
  if (operation.method !== 'GET') {
    parts.push(`-X ${operation.method}`);
    if (operation.parameters.some((one) => one.name === 'Idempotency-Key')) {
      parts.push('-H "Idempotency-Key: $(uuidgen)"');
    }
  }
  if (operation.body) {
    parts.push("-H 'Content-Type: application/json'");
    parts.push(`-d ${quoted(JSON.stringify(example(document, operation.body)))}`);
  }
  parts.push(quoted(server + address(operation, values)));
  return parts.join(' \\\n  ');
}
