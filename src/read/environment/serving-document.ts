import type { Node } from '../../source/node.ts';
import type { DocumentNodes } from '../documents/document-blocks.ts';
import type { Exposure } from '../guards/weakened-facets.ts';
import type { PlacedItem } from './operation-pairs.ts';

/** What a gateway is declared in, without or with what one environment says. */
export interface Declared {
  readonly documents: readonly DocumentNodes[];
  /** The first of them is a block that belongs to all. */
  readonly isShared: boolean;
}

/** A document, and who may call its operations. */
export interface ServingDocument {
  readonly nodes: DocumentNodes;
  /** Who may call what states nothing itself below the defaults of the document, or below one of its paths. */
  readonly inherited: (item?: PlacedItem['item']) => Exposure;
  /** Who may call it where not even its defaults say so. */
  readonly outer: Exposure;
  readonly isServed: (placed: PlacedItem) => boolean;
}

/** One of the documents that a gateway is declared in. */
export function servingDocument(nodes: DocumentNodes, { documents, isShared }: Declared): ServingDocument {
  const shared = isShared ? documents[0]?.root?.child('defaults') : undefined;
  const outer = [nodes.root?.child('defaults'), shared];
  const ofPath = (item?: PlacedItem['item']) => (item === undefined ? undefined : nodes.ofPath(item));
  return {
    nodes,
    inherited: (item) => nearestExposure([ofPath(item), ...outer]),
    outer: nearestExposure([shared]),
    isServed: ({ item, operation }) =>
      nearestExposure([nodes.ofOperation(operation), ofPath(item), ...outer]) !== 'none',
  };
}

/** What is misspelt opens nothing; it is reported where it stands. */
function nearestExposure(blocks: readonly (Node | undefined)[]): Exposure {
  const stated = blocks.flatMap((block) => block?.child('expose')?.value ?? [])[0];
  if (stated === undefined) return 'public';
  return stated === 'public' || stated === 'internal' ? stated : 'none';
}
