/** Light and dark, and the style sheet that every page needs. */

/** @typedef {'system' | 'light' | 'dark'} Theme */

const KEY = 'tandem.theme';

/** @type {readonly Theme[]} */
export const THEMES = Object.freeze(['system', 'light', 'dark']);

/** @returns {Theme} */
function stored() {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

/** @param {Theme} value */
function apply(value) {
  if (value === 'system') {
    document.documentElement.removeAttribute('data-theme');
  } else {
    document.documentElement.dataset.theme = value;
  }
}

/** The choice of the user, kept in this browser; event `tandem-theme` on window tells changes. */
export const theme = {
  /** @returns {Theme} */
  get() {
    return stored();
  },
  /** @param {Theme} value */
  set(value) {
    try {
      localStorage.setItem(KEY, value);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    apply(value);
    window.dispatchEvent(new CustomEvent('tandem-theme', { detail: { theme: value } }));
  },
};

apply(stored());
window.addEventListener('storage', (event) => {
  if (event.key === KEY) {
    apply(stored());
  }
});

/**
 * Resolved when the tokens are there. A page may name `kit/kit.css` among its styles; any other page, such as a platform's
 * desktop, gets it from here.
 *
 * @type {Promise<void>}
 */
export const stylesReady = new Promise((resolve) => {
  const href = new URL('kit.css', import.meta.url).href;
  const present = [...document.querySelectorAll('link[rel~=stylesheet]')].find(
    (link) => /** @type {HTMLLinkElement} */ (link).href === href,
  );
  const link = /** @type {HTMLLinkElement} */ (present ?? document.createElement('link'));
  if (link.sheet) {
    resolve();
    return;
  }
  link.addEventListener('load', () => resolve(), { once: true });
  link.addEventListener('error', () => resolve(), { once: true });
  if (!present) {
    link.rel = 'stylesheet';
    link.href = href;
    document.head.prepend(link);
  }
});
