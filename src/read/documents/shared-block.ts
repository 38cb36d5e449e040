import type { ApiDocument } from '../../openapi/document.ts';
import type { Node } from '../../source/node.ts';

/** What a gateway is declared in: its shared block first, as a document without operations, then its documents. */
export function declaringDocuments({
  shared,
  apis,
}: {
  readonly shared?: Node;
  readonly apis: readonly ApiDocument[];
}): readonly ApiDocument[] {
  return shared === undefined ? apis : [documentOf(shared), ...apis];
}

function documentOf(shared: Node): ApiDocument {
  return {
    file: shared.at.file,
    at: shared.at,
    openapi: '3.2',
    title: '',
    version: '',
    gateway: shared,
    servers: [],
    security: undefined,
    schemes: new Map(),
    paths: [],
  };
}
