import type { Node } from '../source/node.ts';

/** The node at an RFC 6901 pointer below another, or the nearest one above it that exists. */
export function nodeAt(base: Node, pointer: string): Node {
  let node = base;
  for (const token of pointer.split('/').slice(1)) {
    const child = node.child(token.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (child === undefined) return node;
    node = child;
  }
  return node;
}

/** The `$ref` of a node that is a reference. */
export function referenceOf(node: Node): string | undefined {
  const found = isRecord(node.value) ? node.child('$ref')?.value : undefined;
  return typeof found === 'string' ? found : undefined;
}

export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a field, or undefined when it is absent or no string. */
export function text(node: Node, field: string): string | undefined {
  const value = node.child(field)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The items of a list, or nothing when the node is absent or no list. */
export function items(node: Node | undefined): readonly Node[] {
  return node !== undefined && Array.isArray(node.value) ? node.entries().map(([, item]) => item) : [];
}

/** The entries of a mapping, or nothing when the node is absent or no mapping. */
export function fields(node: Node | undefined): readonly (readonly [string, Node])[] {
  return node !== undefined && isRecord(node.value) ? node.entries() : [];
}

/** A value as it is quoted in a message: JSON, shortened. */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}
