/**
 * @template T
 * @param {T[]} all
 * @param {number} from
 * @param {number} to
 * @returns {T[]} with one of them elsewhere
 */
export function moved(all, from, to) {
  const next = [...all];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
