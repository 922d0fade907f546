/**
 * Names of custom elements carry the version of the module that defines them, since an element cannot be defined twice in
 * a page, and a page may see an updated bundle without a reload.
 */

/**
 * Where a module stands: every bundle's files are served at `/m/NAME/HASH/...`.
 *
 * @param {string} moduleUrl `import.meta.url` of the caller
 * @returns {{root: string, hash: string}} the bundle's root with a slash at its end, and the hash (empty outside of `/m/`)
 */
export function moduleRoot(moduleUrl) {
  const found = /^(.*\/m\/[^/]+\/([^/]+)\/)/.exec(moduleUrl);
  return found ? { root: found[1], hash: found[2] } : { root: new URL('.', moduleUrl).href, hash: '' };
}

/**
 * @param {string} base the name without version: `tandem-chat`
 * @param {string} moduleUrl `import.meta.url` of the caller
 * @returns {string} the name with the first eight characters of the bundle's hash
 */
export function elementName(base, moduleUrl) {
  const { hash } = moduleRoot(moduleUrl);
  return hash ? `${base}-${hash.slice(0, 8)}` : base;
}

/**
 * Defines an element under its versioned name.
 *
 * @param {string} base the name without version
 * @param {CustomElementConstructor} type the class
 * @param {string} moduleUrl `import.meta.url` of the caller
 * @returns {string} the element's name
 */
export function define(base, type, moduleUrl) {
  const name = elementName(base, moduleUrl);
  if (!customElements.get(name)) {
    customElements.define(name, type);
  }
  return name;
}

/**
 * Defines an element of the kit itself, whose names have no version: a page has one kit, that of its import map.
 *
 * @param {string} name
 * @param {CustomElementConstructor} type
 */
export function defineKit(name, type) {
  if (!customElements.get(name)) {
    customElements.define(name, type);
  }
}
