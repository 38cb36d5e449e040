import type { ApiDocument, OperationItem, PathItem } from '../../../openapi/document.ts';
import { fields } from '../../../openapi/node-at.ts';
import type { Documents } from '../../../source/documents.ts';
import type { Node } from '../../../source/node.ts';
import type { Findings } from './findings.ts';
import { preflightOf } from './read-cors.ts';
import { type Integration, readIntegration } from './read-integration.ts';
import type { IntegrationResponse } from './read-responses.ts';

/** An operation of the document with its extensions, or the catch-all of a path, which is no operation of OpenAPI. */
export interface ImportedOperation {
  readonly path: PathItem;
  /** Upper case; `ANY` for the catch-all. */
  readonly method: string;
  /** Undefined for the catch-all. */
  readonly operation: OperationItem | undefined;
  readonly node: Node;
  readonly integration: Integration | undefined;
  /** The answer to preflight requests, where the operation is nothing but that. */
  readonly preflight: IntegrationResponse | undefined;
}

/** A path with what API Gateway makes of it. */
export interface ImportedPath {
  readonly path: PathItem;
  /** The path item itself, its reference followed. */
  readonly item: Node;
  readonly operations: readonly ImportedOperation[];
  readonly any: ImportedOperation | undefined;
}

const INTEGRATION = 'x-amazon-apigateway-integration';
const ANY = 'x-amazon-apigateway-any-method';

/** Every path of a document, in its order, with the integrations of its operations. */
export function importPaths(
  api: ApiDocument,
  root: Node,
  documents: Documents,
  findings: Findings,
): readonly ImportedPath[] {
  const written = new Map(fields(root.child('paths')));
  const follow = (node: Node | undefined): Node | undefined =>
    node === undefined ? undefined : documents.follow(node, () => undefined);
  const integrationOf = (node: Node, method: string): Integration | undefined => {
    const found = follow(node.child(INTEGRATION));
    return found === undefined ? undefined : readIntegration(found, method, findings);
  };
  return api.paths.flatMap((path) => {
    const item = follow(written.get(path.template));
    if (item === undefined) return [];
    const operations = path.operations.flatMap((operation): readonly ImportedOperation[] => {
      const { method } = operation;
      const own = item.child(method.toLowerCase()) ?? item.child('additionalOperations')?.child(method);
      const node = follow(own);
      if (node === undefined) return [];
      const integration = integrationOf(node, method);
      const preflight = integration === undefined ? undefined : preflightOf(method, integration);
      return [{ path, method, operation, node, integration, preflight }];
    });
    const catchAll = follow(item.child(ANY));
    const any =
      catchAll === undefined
        ? undefined
        : {
            path,
            method: 'ANY',
            operation: undefined,
            node: catchAll,
            integration: integrationOf(catchAll, 'ANY'),
            preflight: undefined,
          };
    return [{ path, item, operations, any }];
  });
}
