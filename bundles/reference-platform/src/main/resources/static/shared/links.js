/** Finds the links in a text. */

const LINK = /\bhttps?:\/\/[^\s<>"'`]+/giu;

/**
 * @param {string} text
 * @returns {{text: string, link: boolean}[]} the text in pieces
 */
export function pieces(text) {
  const all = [];
  let done = 0;
  for (const found of text.matchAll(LINK)) {
    // A full stop or bracket after a link ends the sentence, not the link.
    const url = found[0].replace(/[.,;:!?)\]}]+$/u, '');
    if (!URL.canParse(url)) {
      continue;
    }
    const at = /** @type {number} */ (found.index);
    if (at > done) {
      all.push({ text: text.slice(done, at), link: false });
    }
    all.push({ text: url, link: true });
    done = at + url.length;
  }
  if (done < text.length) {
    all.push({ text: text.slice(done), link: false });
  }
  return all;
}
