/** Opens a draft in the agent's own mail program. */

/** Browsers ask whether to leave the page though a mail program is no page: not while a draft opens. */
export const drafting = { now: false };

const LONG_ENOUGH = 1500;

/** @param {string} mailto */
export function openDraft(mailto) {
  if (!mailto.startsWith('mailto:')) {
    return;
  }
  drafting.now = true;
  location.assign(mailto);
  setTimeout(() => (drafting.now = false), LONG_ENOUGH);
}
