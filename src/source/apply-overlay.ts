import { type Diagnostic, diagnostic, related } from '../diagnostics/diagnostic.ts';
import type { Budgets } from './budgets.ts';
import { changeTree } from './change-tree.ts';
import { isMapping, mappingNode, sequenceNode } from './compose-node.ts';
import { incompatibleUpdate, overBudget, unselective } from './diagnostics.ts';
import type { Node } from './node.ts';
import type { Overlay, OverlayAction, WrittenPath } from './read-overlay.ts';
import { withScope } from './scope.ts';
import { type Allowance, selectJsonPath } from './select-json-path.ts';

/** A document while overlays are applied to it. */
export interface Overlaid {
  readonly file: string;
  root: Node;
  /** Upper bound of the number of values. */
  nodes: number;
}

/**
 * Applies an overlay to every document that it is meant for. An action that selects nothing in any of them is an error
 * unless it says `x-allow-empty: true`. Values keep the overlay as their place of origin; a `#/…` reference in them
 * means the document that they are put into, a relative path starts from the overlay file.
 */
export function applyOverlay(
  overlay: Overlay,
  documents: readonly Overlaid[],
  budgets: Budgets,
  allowance: Allowance,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const action of overlay.actions) {
    let selected = 0;
    for (const document of documents) selected += applyAction(action, document, budgets, allowance, found);
    if (found.some((one) => one.code === overBudget.code)) return found;
    if (selected === 0 && !action.allowEmpty) {
      const path = String(action.target.node.value);
      found.push(diagnostic(unselective, action.target.node.at, { path, selected: 0 }));
    }
  }
  return found;
}

/** Returns the number of places that the action selects. */
function applyAction(
  action: OverlayAction,
  document: Overlaid,
  budgets: Budgets,
  allowance: Allowance,
  found: Diagnostic[],
): number {
  const places = selectJsonPath(action.target.path, document.root.value, allowance);
  if (places === undefined) return exhaust(action.target, found);
  if (places.length === 0) return 0;
  if (action.change.kind === 'remove') {
    document.root = changeTree(document.root, places, () => undefined) ?? document.root;
    return places.length;
  }
  const addition = additionOf(action, document, allowance, found);
  if (addition === undefined) return places.length;
  const size = measure(addition.value);
  const deepest = places.reduce((most, place) => Math.max(most, place.length), 0);
  document.nodes += size.nodes * places.length;
  for (const [what, count, limit] of [
    ['nested levels', deepest + size.depth, budgets.depth],
    ['values in one file', document.nodes, budgets.nodes],
  ] as const) {
    if (count <= limit) continue;
    found.push(diagnostic(overBudget, { file: document.file }, { what, limit }));
    return places.length;
  }
  const complain = (base: Node, update: Node): Node => {
    const facts = { base: describe(base.value), update: describe(update.value) };
    const here = [related('This is the value that it meets.', base.at)];
    found.push(diagnostic(incompatibleUpdate, update.at, facts, { related: here }));
    return base;
  };
  document.root =
    changeTree(document.root, places, (node) => merge(node, addition, complain)) ?? document.root;
  return places.length;
}

function additionOf(
  action: OverlayAction,
  document: Overlaid,
  allowance: Allowance,
  found: Diagnostic[],
): Node | undefined {
  if (action.change.kind === 'update') return withScope(action.change.update, document.file);
  if (action.change.kind === 'remove') return undefined;
  const { from } = action.change;
  const places = selectJsonPath(from.path, document.root.value, allowance);
  if (places === undefined) {
    exhaust(from, found);
    return undefined;
  }
  const [place] = places;
  if (place === undefined || places.length > 1) {
    found.push(
      diagnostic(unselective, from.node.at, { path: String(from.node.value), selected: places.length }),
    );
    return undefined;
  }
  let node: Node | undefined = document.root;
  for (const key of place) node = node?.child(key);
  return node;
}

function exhaust(path: WrittenPath, found: Diagnostic[]): number {
  const what = 'values looked at by overlays';
  found.push(diagnostic(overBudget, path.node.at, { what, limit: allowedVisits }));
  return 1;
}

/** Values that the queries of all overlays may look at. */
export const allowedVisits = 200_000_000;

/** The merge of Overlay 1.1, "Action Object"; a list met by a single value grows by that value. */
function merge(base: Node, update: Node, complain: (base: Node, update: Node) => Node): Node {
  if (Array.isArray(base.value)) {
    const more = Array.isArray(update.value) ? update.entries().map(([, item]) => item) : [update];
    return sequenceNode([...base.entries().map(([, item]) => item), ...more], base.at);
  }
  if (isMapping(base.value) && isMapping(update.value)) {
    const entries = new Map(base.entries());
    for (const [key, item] of update.entries()) {
      const known = entries.get(key);
      entries.set(key, known === undefined ? item : mergeEntry(known, item, complain));
    }
    return mappingNode(entries, base.at);
  }
  return isCollection(base.value) || isCollection(update.value) ? complain(base, update) : update;
}

/** Inside a mapping a list takes a list only. */
function mergeEntry(base: Node, update: Node, complain: (base: Node, update: Node) => Node): Node {
  if (Array.isArray(base.value) && !Array.isArray(update.value)) return complain(base, update);
  return merge(base, update, complain);
}

function isCollection(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function describe(value: unknown): string {
  return Array.isArray(value)
    ? 'a list'
    : isMapping(value)
      ? 'a mapping'
      : JSON.stringify(value)?.slice(0, 80);
}

function measure(value: unknown): { readonly nodes: number; readonly depth: number } {
  if (typeof value !== 'object' || value === null) return { nodes: 1, depth: 0 };
  let nodes = 1;
  let depth = 0;
  for (const item of Object.values(value)) {
    const inner = measure(item);
    nodes += inner.nodes;
    depth = Math.max(depth, inner.depth);
  }
  return { nodes, depth: depth + 1 };
}
