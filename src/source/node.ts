import type { Origin } from '../model/origin.ts';

/**
 * A value of a document together with the place where it was written. Children are own properties only, so neither
 * `__proto__` nor `constructor` can be reached by a pointer. Nodes of a merged tree (an environment's patch over a
 * block, an overlay) may have children from different files.
 */
export interface Node {
  readonly value: unknown;
  readonly at: Origin;
  /** The own property or array item, or undefined. */
  readonly child: (key: string | number) => Node | undefined;
  /**
   * Mapping entries or array items (keys '0', '1', …) in document order, except that integer-like mapping keys come
   * first, in ascending order; empty for scalars.
   */
  readonly entries: () => readonly (readonly [string, Node])[];
}

/** Escapes one RFC 6901 reference token. */
export function escapePointer(token: string): string {
  return token.includes('~') || token.includes('/')
    ? token.replaceAll('~', '~0').replaceAll('/', '~1')
    : token;
}

/** The place of a child. */
export function childOrigin(at: Origin, key: string | number): Origin {
  return { file: at.file, pointer: `${at.pointer}/${escapePointer(String(key))}` };
}

/** The plain tree under `value`, with places derived from the tree itself. */
export function nodeOf(value: unknown, at: Origin): Node {
  return {
    value,
    at,
    child: (key) => {
      if (typeof value !== 'object' || value === null || !isChildKey(value, key)) return undefined;
      return nodeOf((value as Record<string | number, unknown>)[key], childOrigin(at, key));
    },
    entries: () => {
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).map(([key, item]) => [key, nodeOf(item, childOrigin(at, key))] as const);
    },
  };
}

/** Does a mapping have the property, or a sequence the item? `length` is neither. */
function isChildKey(value: object, key: string | number): boolean {
  if (Array.isArray(value) && typeof key === 'string' && !/^(?:0|[1-9][0-9]*)$/.test(key)) return false;
  return Object.hasOwn(value, key);
}
