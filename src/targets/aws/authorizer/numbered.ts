/** A list without repetition, in the order of first use. */
export interface Numbered<T> {
  /** The place of an item, which is added when no equal one is there. */
  readonly placeOf: (item: T) => number;
  readonly all: () => readonly T[];
}

/** Items are equal when they are the same JSON. */
export function numbered<T>(): Numbered<T> {
  const places = new Map<string, number>();
  const items: T[] = [];
  return {
    placeOf: (item) => {
      const key = JSON.stringify(item);
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, items.length);
      return items.push(item) - 1;
    },
    all: () => items,
  };
}
