import type { Origin } from '../../model/origin.ts';
import { mappingNode } from '../../source/compose-node.ts';
import type { Node } from '../../source/node.ts';
import type { DocumentNodes } from '../documents/document-blocks.ts';

/** Root maps that all documents fill together. */
const maps: ReadonlySet<string> = new Set(['backends', 'authenticators', 'policies', 'consumers', 'secrets']);

/**
 * What the root blocks of all documents say together, as one block: entries may move from one document to another.
 * The first holds where several state the same, which must agree. `defaults` and environments belong to one document.
 */
export function unitedRoot(documents: readonly DocumentNodes[], at: Origin): Node {
  const entries = new Map<string, Node>();
  const roots = documents.flatMap(({ root }) => root ?? []);
  for (const [key, node] of roots.flatMap((root) => root.entries())) {
    if (key === 'defaults' || key === 'environments') continue;
    const known = entries.get(key);
    if (known === undefined) entries.set(key, node);
    else if (maps.has(key)) {
      entries.set(key, mappingNode(new Map([...node.entries(), ...known.entries()]), known.at));
    }
  }
  return mappingNode(entries, roots[0]?.at ?? at);
}
