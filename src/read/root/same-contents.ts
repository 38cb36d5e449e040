/** Whether two blocks say the same, wherever they were written. Maps are compared without regard to order. */
export function sameContents(one: unknown, other: unknown): boolean {
  return contents(one) === contents(other);
}

/** JSON text without places: `at` is a place in every block, and no block has another field of that name. */
function contents(block: unknown): string {
  return JSON.stringify(block, (key, value: unknown) => {
    if (key === 'at') return undefined;
    if (!(value instanceof Map)) return value;
    return [...(value as ReadonlyMap<string, unknown>)].sort(([a], [b]) => (a < b ? -1 : 1));
  });
}
