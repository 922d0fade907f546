/** Which panels there are just now; the server tells every change. */

import { live } from 'tandem/kit';

/**
 * @typedef {object} PanelInfo
 * @property {string} id permanent name: `chat`
 * @property {string} element
 * @property {string} module absolute path of the ES module
 * @property {string} place
 * @property {number} rank
 * @property {Record<string, string>} titles by language
 * @property {{name: string, ask: Record<string, string>, on: Record<string, string>} | null} [capability] what it needs consent for, and in which words
 */

class PanelList extends EventTarget {
  /** @type {readonly PanelInfo[]} */
  panels = [];
  /** Whether the server has told for the first time. */
  known = false;
  /** A newer kit has been installed since this page was loaded. */
  outdated = false;
  #kit = '';
  /** @type {(() => void) | undefined} */
  #stop;
  #watchers = 0;

  /**
   * @param {() => void} changed
   * @returns {() => void} ends it
   */
  watch(changed) {
    this.addEventListener('change', changed);
    this.#watchers++;
    this.#stop ??= live.subscribe('ui/panels', { message: (message) => this.#take(message.body) });
    return () => {
      this.removeEventListener('change', changed);
      if (--this.#watchers === 0) {
        this.#stop?.();
        this.#stop = undefined;
      }
    };
  }

  /** @param {{kit?: string, panels?: PanelInfo[]}} body */
  #take(body) {
    this.#kit ||= body.kit ?? '';
    this.outdated = (body.kit ?? '') !== this.#kit;
    this.panels = [...(body.panels ?? [])].sort((a, b) => a.rank - b.rank || a.id.localeCompare(b.id));
    this.known = true;
    this.dispatchEvent(new Event('change'));
  }

  /**
   * @param {string} place
   * @returns {PanelInfo[]} in order
   */
  at(place) {
    return this.panels.filter((panel) => panel.place === place);
  }
}

/** The page's list. */
export const panelList = new PanelList();

/**
 * @param {PanelInfo} panel
 * @param {string} language
 * @returns {string}
 */
export function panelTitle(panel, language) {
  return panel.titles[language] ?? panel.titles.en ?? panel.id;
}
