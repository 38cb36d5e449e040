import type { Origin } from '../../model/origin.ts';
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
  /** The back end that an operation is sent to, where it is declared. */
  readonly backendOf: (placed: PlacedItem) => NamedBackend | undefined;
}

interface NamedBackend {
  readonly name: unknown;
  readonly at: Origin;
  readonly block: Node;
}

/** One of the documents that a gateway is declared in; `root` is what they say together. */
export function servingDocument(
  nodes: DocumentNodes,
  { documents, isShared }: Declared,
  root: Node,
): ServingDocument {
  const shared = isShared ? documents[0]?.root?.child('defaults') : undefined;
  const outer = [nodes.root?.child('defaults'), shared];
  const ofPath = (item?: PlacedItem['item']) => (item === undefined ? undefined : nodes.ofPath(item));
  const levels = ({ item, operation }: PlacedItem) => [nodes.ofOperation(operation), ofPath(item), ...outer];
  return {
    nodes,
    inherited: (item) => nearestExposure([ofPath(item), ...outer]),
    outer: nearestExposure([shared]),
    isServed: (placed) => nearestExposure(levels(placed)) !== 'none',
    backendOf: (placed) => {
      const chosen = levels(placed).flatMap((block) => block?.child('backend') ?? [])[0];
      const block = root.child('backends')?.child(String(chosen?.value));
      return chosen === undefined || block === undefined
        ? undefined
        : { name: chosen.value, at: chosen.at, block };
    },
  };
}

/** What is misspelt opens nothing; it is reported where it stands. */
function nearestExposure(blocks: readonly (Node | undefined)[]): Exposure {
  const stated = blocks.flatMap((block) => block?.child('expose')?.value ?? [])[0];
  if (stated === undefined) return 'public';
  return stated === 'public' || stated === 'internal' ? stated : 'none';
}
