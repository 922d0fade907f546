/** Message catalogues in four languages. */

import { moduleRoot } from './define.js';

/** @typedef {'en' | 'fr' | 'it' | 'nl'} Language */
/** @typedef {Record<string, string | number>} MessageArguments */

/** @type {readonly {tag: Language, name: string}[]} The languages, each by its own name. */
export const LANGUAGES = Object.freeze([
  { tag: 'en', name: 'English' },
  { tag: 'fr', name: 'Français' },
  { tag: 'it', name: 'Italiano' },
  { tag: 'nl', name: 'Nederlands' },
]);

const KEY = 'tandem.language';

/**
 * @param {string | null | undefined} tag
 * @returns {Language | undefined}
 */
function known(tag) {
  const short = (tag ?? '').toLowerCase().split('-')[0];
  return LANGUAGES.find((l) => l.tag === short)?.tag;
}

/**
 * @param {string | null} chosen what the user has chosen before
 * @param {readonly string[]} preferred what the browser asks for, best first
 * @returns {Language}
 */
export function chooseLanguage(chosen, preferred) {
  return known(chosen) ?? preferred.map(known).find((tag) => tag !== undefined) ?? 'en';
}

/** @returns {string | null} */
function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

let current = chooseLanguage(stored(), navigator.languages ?? [navigator.language]);

/** @returns {Language} the language of the page */
export function language() {
  return current;
}

/** @returns {string} the page's language as spoken where the browser says it is, for times and dates: a Briton's clock has 24 hours */
export function locale() {
  return navigator.languages?.find((tag) => tag.split('-')[0] === current) ?? current;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

/**
 * Fills placeholders like `{name}`. A name that runs from right to left is isolated, so that it does not turn the sentence round.
 *
 * @param {string} text
 * @param {MessageArguments} [args]
 */
export function fill(text, args) {
  return args ? text.replace(/\{(\w+)\}/g, (whole, name) => (name in args ? isolated(String(args[name])) : whole)) : text;
}

/** @param {string} text */
function isolated(text) {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

/**
 * Looks a text up. A key with the argument `count` may stand there twice, as `key.one` and `key.other`.
 *
 * @param {Record<string, string>} texts
 * @param {string} tag
 * @param {string} key
 * @param {MessageArguments} [args]
 * @returns {string} the key itself if there is no text
 */
export function lookUp(texts, tag, key, args) {
  let text = texts[key];
  if (args && typeof args.count === 'number' && `${key}.other` in texts) {
    const form = new Intl.PluralRules(tag).select(args.count);
    text = texts[`${key}.${form}`] ?? texts[`${key}.other`];
  }
  return text === undefined ? key : fill(text, args);
}

/** The texts of one bundle. */
export class Catalogue {
  /** @type {Map<string, Record<string, string>>} */
  #byLanguage = new Map();
  #root;
  /** @type {Promise<void>} Resolved as soon as texts of the page's language are there, or never will be. */
  ready;

  /** @param {string} root URL of the bundle's root */
  constructor(root) {
    this.#root = root;
    this.ready = this.load(current);
  }

  /**
   * @param {Language} tag
   * @returns {Promise<void>}
   */
  async load(tag) {
    if (this.#byLanguage.has(tag)) {
      return;
    }
    try {
      const answer = await fetch(new URL(`messages/${tag}.json`, this.#root), { credentials: 'same-origin' });
      if (answer.ok) {
        this.#byLanguage.set(tag, await answer.json());
      }
    } catch (error) {
      console.warn('tandem: no texts', this.#root, tag, error);
    }
  }

  /**
   * @param {string} key
   * @param {MessageArguments} [args]
   * @returns {string}
   */
  t(key, args) {
    const texts = this.#byLanguage.get(current) ?? this.#byLanguage.values().next().value ?? {};
    return lookUp(texts, current, key, args);
  }
}

/** @type {Map<string, Catalogue>} */
const catalogues = new Map();

/**
 * The catalogue of the bundle that a module belongs to.
 *
 * @param {string} moduleUrl `import.meta.url` of the caller
 * @returns {Catalogue}
 */
export function messages(moduleUrl) {
  const { root } = moduleRoot(moduleUrl);
  let catalogue = catalogues.get(root);
  if (!catalogue) {
    catalogue = new Catalogue(root);
    catalogues.set(root, catalogue);
  }
  return catalogue;
}

/**
 * Changes the language of the whole page, and of this browser's other pages. The event `tandem-language` on window comes
 * when the texts are there.
 *
 * @param {string} tag
 */
export async function setLanguage(tag) {
  const wanted = known(tag);
  if (!wanted) {
    return;
  }
  try {
    localStorage.setItem(KEY, wanted);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  await change(wanted);
}

/** @param {Language} wanted */
async function change(wanted) {
  if (wanted === current) {
    return;
  }
  await Promise.all([...catalogues.values()].map((catalogue) => catalogue.load(wanted)));
  current = wanted;
  document.documentElement.lang = wanted;
  window.dispatchEvent(new CustomEvent('tandem-language', { detail: { language: wanted } }));
}

document.documentElement.lang = current;
window.addEventListener('storage', (event) => {
  const wanted = event.key === KEY ? known(event.newValue) : undefined;
  if (wanted) {
    change(wanted);
  }
});
