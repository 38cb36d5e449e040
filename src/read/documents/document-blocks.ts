import type { FacetsBlock, RootBlock } from '../../extension/index.ts';
import type { ApiDocument, OperationItem, PathItem } from '../../openapi/document.ts';
import type { Node } from '../../source/node.ts';

/** The `x-gateway` blocks of a document as nodes, an environment's patches already applied. */
export interface DocumentNodes {
  readonly api: ApiDocument;
  readonly root: Node | undefined;
  readonly ofPath: (item: PathItem) => Node | undefined;
  readonly ofOperation: (operation: OperationItem) => Node | undefined;
}

/** The `x-gateway` blocks of a document as its author wrote them; undefined where there is none. */
export interface DocumentBlocks {
  readonly api: ApiDocument;
  readonly root: RootBlock | undefined;
  readonly paths: readonly PathBlocks[];
}
export interface PathBlocks {
  readonly item: PathItem;
  readonly block: FacetsBlock | undefined;
  readonly operations: readonly {
    readonly operation: OperationItem;
    readonly block: FacetsBlock | undefined;
  }[];
}
