import { mappingNode, sequenceNode } from './compose-node.ts';
import type { Node } from './node.ts';

/** Places in a tree, as a tree. */
interface PlaceTree {
  readonly below: Map<string, PlaceTree>;
  selected: boolean;
}

/**
 * Changes a tree at several places at once, the inner ones first; `change` returns undefined to remove. Everything that
 * is not on the way to a place is shared with the old tree.
 */
export function changeTree(
  root: Node,
  places: readonly (readonly string[])[],
  change: (node: Node) => Node | undefined,
): Node | undefined {
  const tree: PlaceTree = { below: new Map(), selected: false };
  for (const place of places) {
    let at = tree;
    for (const key of place) {
      let next = at.below.get(key);
      if (next === undefined) {
        next = { below: new Map(), selected: false };
        at.below.set(key, next);
      }
      at = next;
    }
    at.selected = true;
  }
  return changeNode(root, tree, change);
}

function changeNode(node: Node, tree: PlaceTree, change: (node: Node) => Node | undefined): Node | undefined {
  const changed = tree.below.size === 0 ? node : changeChildren(node, tree, change);
  return tree.selected ? change(changed) : changed;
}

function changeChildren(node: Node, tree: PlaceTree, change: (node: Node) => Node | undefined): Node {
  const kept: (readonly [string, Node])[] = [];
  for (const [key, child] of node.entries()) {
    const below = tree.below.get(key);
    const changed = below === undefined ? child : changeNode(child, below, change);
    if (changed !== undefined) kept.push([key, changed]);
  }
  return Array.isArray(node.value)
    ? sequenceNode(
        kept.map(([, item]) => item),
        node.at,
      )
    : mappingNode(new Map(kept), node.at);
}
