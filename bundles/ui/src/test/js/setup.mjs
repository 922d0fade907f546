/** The little of a browser that the modules touch, and the hooks. */

import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);

class Storage {
  #map = new Map();
  getItem(key) {
    return this.#map.get(key) ?? null;
  }
  setItem(key, value) {
    this.#map.set(key, String(value));
  }
  removeItem(key) {
    this.#map.delete(key);
  }
}

const define = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
define('sessionStorage', new Storage());
define('localStorage', new Storage());
define('navigator', { languages: ['fr-CA', 'en'], language: 'fr-CA', onLine: true });
define('location', { href: 'http://tandem.test/join', pathname: '/join', protocol: 'http:' });
define('document', { documentElement: { lang: 'en', dataset: {} }, addEventListener() {} });
define('window', new EventTarget());

export const root = new URL('../../main/resources/static/', import.meta.url);
export const load = (file) => import(new URL(file, root).href);
