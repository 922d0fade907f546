/**
 * Makes a slice's element and keeps watch over it. Knows of every way in which a panel can fail that a page can notice. One it
 * cannot: a panel that never returns (an endless loop) stops the whole page, as anything would that runs in it.
 */

/** @typedef {import('./panels.js').PanelInfo} PanelInfo */
/** @typedef {{get(name: string): CustomElementConstructor | undefined}} Registry */

/** How long a panel may take before people are told. A module that comes later is shown all the same. */
export const SLOW = 10_000;

/**
 * Loads the module and makes the element.
 *
 * @param {PanelInfo} panel
 * @param {{load?: (url: string) => Promise<unknown>, registry?: Registry, slow?: () => void, after?: number, attempt?: number}} [how] `slow`
 *   is called once if nothing has come `after` so many milliseconds; `attempt` counts from 0
 * @returns {Promise<HTMLElement>} rejected with what the module, or the element's constructor, has thrown
 */
export async function panelElement(panel, { load = (url) => import(url), registry = customElements, slow = () => {}, after = SLOW, attempt = 0 } = {}) {
  const timer = setTimeout(slow, after);
  try {
    if (!registry.get(panel.element)) {
      await load(attempt > 0 ? otherwise(panel.module, attempt) : panel.module);
    }
    const type = registry.get(panel.element);
    if (!type) {
      throw new Error(`${panel.module} does not define ${panel.element}`);
    }
    // Not createElement, which would only report what the constructor throws, and hand out an empty element.
    return new type();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A module that failed to load is remembered by the browser under its URL; one more parameter makes it another.
 *
 * @param {string} module
 * @param {number} attempt
 */
function otherwise(module, attempt) {
  return `${module}${module.includes('?') ? '&' : '?'}again=${attempt}`;
}

/**
 * Tells of every rendering that throws, the first and the hundredth, for elements made with Lit.
 *
 * @param {any} element
 * @param {(error: unknown) => void} failed
 */
export function guardUpdates(element, failed) {
  const update = element.performUpdate;
  if (typeof update !== 'function') {
    return;
  }
  element.performUpdate = () => {
    try {
      update.call(element);
    } catch (error) {
      failed(error);
    }
  };
}

/**
 * Puts the element into its place, and tells if it throws at that: browsers only report it to the window.
 *
 * @param {Element} holder
 * @param {Element} element
 * @param {(error: unknown) => void} failed
 */
export function attach(holder, element, failed) {
  /** @type {unknown} */
  let thrown;
  const heard = (/** @type {ErrorEvent} */ event) => {
    thrown ??= event.error ?? event.message;
    event.preventDefault();
  };
  window.addEventListener('error', heard);
  try {
    holder.replaceChildren(element);
  } finally {
    window.removeEventListener('error', heard);
  }
  if (thrown !== undefined) {
    failed(thrown);
  }
}
