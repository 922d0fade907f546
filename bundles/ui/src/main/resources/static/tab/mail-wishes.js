/** Sessions whose invitation by mail is to open by itself: the agent has ticked E-mail in the Start dialog. */

/** @type {Set<string>} ids; the Invite panel takes its session's out */
export const mailWishes = new Set();

const KEY = 'tandem.start.mail';

/** @returns {boolean} whether it was ticked the last time */
export function rememberedMail() {
  try {
    return localStorage.getItem(KEY) === '1';
  } catch {
    return false;
  }
}

/** @param {boolean} ticked */
export function rememberMail(ticked) {
  try {
    localStorage.setItem(KEY, ticked ? '1' : '0');
  } catch {
    // Then it is asked anew in the next page.
  }
}
