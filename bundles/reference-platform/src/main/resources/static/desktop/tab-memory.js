/** What is open on each interaction, kept for a reload of this browser tab. */

const KEY = 'platform.tabs';

/** @typedef {{open: string[], active: string}} Tabs `active` is `customer` or the id of an open tab */

export class TabMemory {
  /** @type {Map<string, Tabs>} */
  #byInteraction;

  constructor() {
    this.#byInteraction = new Map(Object.entries(read()));
  }

  /**
   * @param {string} interaction
   * @returns {Tabs}
   */
  of(interaction) {
    return this.#byInteraction.get(interaction) ?? { open: [], active: 'customer' };
  }

  /**
   * @param {string} interaction
   * @param {string} tab
   */
  open(interaction, tab) {
    const now = this.of(interaction);
    this.#put(interaction, { open: now.open.includes(tab) ? now.open : [...now.open, tab], active: tab });
  }

  /**
   * @param {string} interaction
   * @param {string} tab
   */
  close(interaction, tab) {
    const now = this.of(interaction);
    this.#put(interaction, {
      open: now.open.filter((t) => t !== tab),
      active: now.active === tab ? 'customer' : now.active,
    });
  }

  /**
   * @param {string} interaction
   * @param {string} tab
   */
  select(interaction, tab) {
    this.#put(interaction, { ...this.of(interaction), active: tab });
  }

  /**
   * Forgets interactions that are not on the desktop any more.
   *
   * @param {string[]} interactions
   */
  keep(interactions) {
    const before = this.#byInteraction.size;
    this.#byInteraction.forEach((_, id) => interactions.includes(id) || this.#byInteraction.delete(id));
    if (this.#byInteraction.size !== before) {
      this.#write();
    }
  }

  /**
   * @param {string} interaction
   * @param {Tabs} tabs
   */
  #put(interaction, tabs) {
    this.#byInteraction.set(interaction, tabs);
    this.#write();
  }

  #write() {
    sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(this.#byInteraction)));
  }
}

/** @returns {Record<string, Tabs>} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
  } catch {
    return {};
  }
}
