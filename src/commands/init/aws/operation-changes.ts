import type { Node } from '../../../source/node.ts';
import { type Entry, field, nested, unknown } from '../draft-entry.ts';
import type { Action } from '../imported.ts';
import type { Backends } from './collect-backends.ts';
import type { PathCors } from './cors-of-paths.ts';
import type { DocumentDraft } from './extension-table.ts';
import type { ImportedOperation, ImportedPath } from './imported-operation.ts';
import { integrationFacets } from './operation-facets.ts';
import { isAtLeast, namedValidation, UNCHECKED, type Validation, validateFacet } from './read-validators.ts';
import type { SecuredDocument } from './secure-document.ts';

interface Input {
  readonly root: Node;
  readonly paths: readonly ImportedPath[];
  readonly backends: Backends;
  readonly cors: PathCors;
  readonly secured: SecuredDocument;
  readonly draft: DocumentDraft;
}

/** What the operations of a document come to. */
export interface OperationChanges {
  /** Fields of `defaults` that all operations share. */
  readonly defaults: readonly Entry[];
  readonly actions: readonly Action[];
  /** Facets of an operation, also of a catch-all. */
  readonly facetsOf: (operation: ImportedOperation) => readonly Entry[];
}

const VALIDATOR = 'x-amazon-apigateway-request-validator';

export function operationChanges({ root, paths, backends, cors, secured, draft }: Input): OperationChanges {
  const { findings, validators } = draft;
  const all = paths.flatMap((path) =>
    [...path.operations, ...(path.any === undefined ? [] : [path.any])].map((operation) => ({
      path,
      operation,
    })),
  );
  const hasIntegrations = all.some(({ operation }) => operation.integration !== undefined);
  const shared = namedValidation(root.child(VALIDATOR), validators, findings) ?? UNCHECKED;
  const own = new Map<ImportedOperation, Validation>();
  for (const { operation } of all) {
    const named = namedValidation(operation.node.child(VALIDATOR), validators, findings);
    if (operation.preflight === undefined) own.set(operation, named ?? shared);
  }
  const isShared = [...own.values()].every((one) => isAtLeast(one, shared));
  const facets = new Map<ImportedOperation, readonly Entry[]>();
  for (const { path, operation } of all) {
    const { integration, preflight } = operation;
    if (preflight !== undefined) {
      facets.set(operation, [field('expose', 'none')]);
      continue;
    }
    const checked = own.get(operation) ?? UNCHECKED;
    const isInherited = isShared && isAtLeast(shared, checked);
    facets.set(operation, [
      ...(integration === undefined
        ? hasIntegrations
          ? [unknown('backend', 'the name of a back end; API Gateway has no integration for it')]
          : []
        : [
            ...backends.facetsOf({
              template: path.path.template,
              upstream: integration.upstream,
              request: integration.request,
            }),
            ...integrationFacets(integration, cors.has(path) || draft.hasCors, findings),
          ]),
      ...(isInherited ? [] : validateFacet(checked)),
      ...(secured.changeOf(operation)?.facets ?? []),
    ]);
  }
  const facetsOf = (operation: ImportedOperation): readonly Entry[] => facets.get(operation) ?? [];
  return {
    defaults: isShared
      ? validateFacet(shared, `From ${VALIDATOR}. gwc checks types as well as presence.`)
      : [],
    actions: paths.flatMap((path) => [
      ...pathAction(path, cors),
      ...path.operations.flatMap((operation) => operationAction(operation, facetsOf(operation), secured)),
    ]),
    facetsOf,
  };
}

function pathAction(path: ImportedPath, cors: PathCors): readonly Action[] {
  const facets = cors.facetsOf(path);
  if (facets.length === 0) return [];
  return [
    {
      at: path.item.at,
      title: path.path.template,
      why: [],
      removes: undefined,
      update: [nested('x-gateway', facets)],
    },
  ];
}

function operationAction(
  operation: ImportedOperation,
  facets: readonly Entry[],
  secured: SecuredDocument,
): readonly Action[] {
  const change = secured.changeOf(operation);
  if (facets.length === 0 && change === undefined) return [];
  const { method, node, path } = operation;
  return [
    {
      at: node.at,
      title: `${method} ${path.template}`,
      why: change?.why ?? [],
      removes: change === undefined ? undefined : node.child('security')?.at,
      update: [
        ...(change === undefined ? [] : [field('security', change.alternatives)]),
        ...(facets.length === 0 ? [] : [nested('x-gateway', facets)]),
      ],
    },
  ];
}
