/**
 * Entries of a map whose order means nothing, by name (UTF-16 code units), so that moving lines of a document changes
 * neither the model nor what is emitted.
 */
export function byName<T>(entries: Iterable<readonly [string, T]>): readonly (readonly [string, T])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
