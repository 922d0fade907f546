/** Where somebody who has just signed in came from. */

/**
 * @param {string} search of this page's address: `?back=/assist/123456`
 * @param {string} origin of this page
 * @returns {string} a path of this origin; empty for anything else, since a link must not lead a signed-in agent elsewhere
 */
export function backPath(search, origin) {
  const back = new URLSearchParams(search).get('back') ?? '';
  // A browser reads // and /\ as another host, and drops tabs and line ends before it looks.
  if (!/^\/(?![\\/])[^\\\s\p{Cc}]*$/u.test(back)) {
    return '';
  }
  const url = URL.canParse(back, origin) ? new URL(back, origin) : undefined;
  return url?.origin === origin ? url.pathname + url.search + url.hash : '';
}
