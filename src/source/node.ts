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
  return new PlainNode(value, at.file, at, undefined, '');
}

/** The file that a node was written in, for which its pointer is not put together. */
export function fileOf(node: Node): string {
  return node instanceof PlainNode ? node.file : node.at.file;
}

/**
 * A value of a plain tree. Reading makes tens of thousands of them for a moment: they share their methods, and a place
 * is made when it is asked for.
 */
class PlainNode implements Node {
  readonly value: unknown;
  readonly file: string;
  private origin: Origin | undefined;
  private readonly parent: PlainNode | undefined;
  private readonly key: string | number;

  constructor(
    value: unknown,
    file: string,
    origin: Origin | undefined,
    parent: PlainNode | undefined,
    key: string | number,
  ) {
    this.value = value;
    this.file = file;
    this.origin = origin;
    this.parent = parent;
    this.key = key;
  }

  get at(): Origin {
    this.origin ??= childOrigin(this.parent?.at ?? { file: this.file, pointer: '' }, this.key);
    return this.origin;
  }

  child(key: string | number): Node | undefined {
    const { value, file } = this;
    if (typeof value !== 'object' || value === null || !isChildKey(value, key)) return undefined;
    return new PlainNode((value as Record<string | number, unknown>)[key], file, undefined, this, key);
  }

  entries(): readonly (readonly [string, Node])[] {
    const { value, file } = this;
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).map(([key, item]) => [key, new PlainNode(item, file, undefined, this, key)]);
  }
}

/** Does a mapping have the property, or a sequence the item? `length` is neither. */
function isChildKey(value: object, key: string | number): boolean {
  if (Array.isArray(value) && typeof key === 'string' && !/^(?:0|[1-9][0-9]*)$/.test(key)) return false;
  return Object.hasOwn(value, key);
}
