import { isMapping, mappingNode } from './compose-node.ts';
import { type Node, nodeOf } from './node.ts';

/**
 * Applies a JSON Merge Patch (RFC 7396): mappings are merged, null removes, everything else replaces. Every value keeps
 * the place where it was written; a merged mapping keeps the place of the base.
 */
export function mergePatch(base: Node, patch: Node): Node {
  if (!isMapping(patch.value)) return patch;
  const isMerged = isMapping(base.value);
  const entries = new Map(isMerged ? base.entries() : []);
  for (const [key, item] of patch.entries()) {
    if (item.value === null) entries.delete(key);
    else entries.set(key, mergePatch(entries.get(key) ?? nodeOf(undefined, item.at), item));
  }
  return mappingNode(entries, isMerged ? base.at : patch.at);
}
