import type { Report } from '../../diagnostics/diagnostic.ts';
import { type FacetsBlock, readFacets, readRoot } from '../../extension/index.ts';
import type { Node } from '../../source/node.ts';
import type { DocumentBlocks, DocumentNodes } from './document-blocks.ts';

/** Reads every block of a document, so that all mistakes are reported; undefined when one could not be read. */
export function readBlocks(nodes: DocumentNodes, report: Report): DocumentBlocks | undefined {
  let whole = true;
  const facets = (node: Node | undefined, level: 'path' | 'operation'): FacetsBlock | undefined => {
    if (node === undefined) return undefined;
    const block = readFacets(node, level, report);
    if (block === undefined) whole = false;
    return block;
  };
  const root = nodes.root === undefined ? undefined : readRoot(nodes.root, report);
  if (nodes.root !== undefined && root === undefined) whole = false;
  const paths = nodes.api.paths.map((item) => ({
    item,
    block: facets(nodes.ofPath(item), 'path'),
    operations: item.operations.map((operation) => ({
      operation,
      block: facets(nodes.ofOperation(operation), 'operation'),
    })),
  }));
  return whole ? { api: nodes.api, root, paths } : undefined;
}
