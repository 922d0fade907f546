/** What has become of offers between two views of an agent's work. Knows no DOM. */

/** @typedef {import('../words/my-work.js').MyView} MyView */
/** @typedef {import('../words/my-work.js').Offer} Offer */

/**
 * came: it is asked now. gone: it was taken back, by a colleague who was faster or a customer who has left. missed: its time has
 * passed, and the agent gets nothing until they say so.
 *
 * @typedef {{kind: 'came' | 'gone' | 'missed', offer: Offer}} Change
 */

/**
 * @param {MyView | undefined} before
 * @param {MyView | undefined} after
 * @param {ReadonlySet<string>} answered offers that this page has accepted or declined
 * @returns {Change[]}
 */
export function changes(before, after, answered) {
  const then = before?.offers ?? [];
  const now = after?.offers ?? [];
  const has = (/** @type {Offer[]} */ all, /** @type {Offer} */ one) => all.some((other) => other.id === one.id);
  const missed = after?.absent === 'no-answer' && before?.absent !== 'no-answer';
  return [
    ...now.filter((one) => !has(then, one)).map((offer) => /** @type {Change} */ ({ kind: 'came', offer })),
    ...then
      .filter((one) => !has(now, one) && !answered.has(one.id) && !mine(after, one))
      .map((offer) => /** @type {Change} */ ({ kind: missed ? 'missed' : 'gone', offer })),
  ];
}

/**
 * @param {MyView | undefined} view
 * @param {Offer} offer
 * @returns {boolean} whether the agent has it, by another page of theirs
 */
function mine(view, offer) {
  return (view?.work ?? []).some((one) => one.item === offer.item);
}

/**
 * @param {readonly Offer[]} offers
 * @returns {Offer | undefined} the one that ends first, which the shortcut takes
 */
export function mostUrgent(offers) {
  return [...offers].sort((a, b) => Date.parse(a.until) - Date.parse(b.until))[0];
}

/**
 * @param {{altKey: boolean, ctrlKey: boolean, metaKey: boolean, shiftKey: boolean, code: string, repeat: boolean}} event
 * @returns {boolean} whether it is Alt+W, pressed once
 */
export function isAccept(event) {
  return event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.code === 'KeyW' && !event.repeat;
}

/** Remembers how long each offer stood when it was first seen, since the server says only when it ends. */
export class Lengths {
  /** @type {Map<string, number>} */
  #seen = new Map();

  /**
   * @param {readonly Offer[]} offers
   * @param {number} now milliseconds
   */
  note(offers, now) {
    for (const one of offers) {
      if (!this.#seen.has(one.id)) {
        this.#seen.set(one.id, Math.max(1000, Date.parse(one.until) - now));
      }
    }
    for (const id of this.#seen.keys()) {
      if (!offers.some((one) => one.id === id)) {
        this.#seen.delete(id);
      }
    }
  }

  /**
   * @param {Offer} offer
   * @param {number} now milliseconds
   * @returns {number} what is left of it, 1 to 0
   */
  left(offer, now) {
    const length = this.#seen.get(offer.id) ?? 1;
    return Math.min(1, Math.max(0, (Date.parse(offer.until) - now) / length));
  }
}

/**
 * @param {MyView | undefined} view
 * @returns {boolean} whether there is anything to show at all
 */
export function somethingToSay(view) {
  return (
    view !== undefined &&
    view.webacd &&
    (view.offers.length > 0 ||
      view.absent === 'no-answer' ||
      view.work.some((one) => one.state === 'WRAP_UP') ||
      view.queues.some((queue) => queue.pick && queue.waiting > 0))
  );
}
