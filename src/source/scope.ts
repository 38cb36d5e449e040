import { fileOf, type Node } from './node.ts';

/** Nodes that stand in another document than the file that they were written in. */
const scopes = new WeakMap<Node, string>();

/** Puts a tree into a document, so that its `#/…` references mean that document. */
export function withScope(node: Node, file: string): Node {
  const scoped: Node = {
    get value() {
      return node.value;
    },
    at: node.at,
    child: (key) => {
      const child = node.child(key);
      return child === undefined ? undefined : withScope(child, file);
    },
    entries: () => node.entries().map(([key, item]) => [key, withScope(item, file)] as const),
  };
  scopes.set(scoped, file);
  return scoped;
}

/** The document that `#` means in a node. */
export function scopeOf(node: Node): string {
  return scopes.get(node) ?? fileOf(node);
}
