import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import {
  type EnvironmentPatch,
  readEnvironment,
  substituteEnvironment,
} from '../../extension/environment.ts';
import type { ApiDocument, OperationItem } from '../../openapi/document.ts';
import { mergePatch } from '../../source/merge-patch.ts';
import { type Node, nodeOf } from '../../source/node.ts';
import { operationUnknown } from '../diagnostics.ts';
import type { DocumentNodes } from '../documents/document-blocks.ts';
import { patchRoot } from './patch-root.ts';

/** Names of all environments that the documents declare, sorted. */
export function environmentNames(apis: readonly Pick<ApiDocument, 'gateway'>[]): readonly string[] {
  const names = apis.flatMap(
    ({ gateway }) =>
      gateway
        ?.child('environments')
        ?.entries()
        .map(([name]) => name) ?? [],
  );
  return [...new Set(names)].sort();
}

/** The blocks of all documents as they are written; `name` replaces `${env.name}` in them. */
export function baseNodes(apis: readonly ApiDocument[], name: string | undefined): readonly DocumentNodes[] {
  const substitute = (node: Node | undefined): Node | undefined =>
    node === undefined ? undefined : substituteEnvironment(node, name);
  return apis.map((api) => ({
    api,
    root: substitute(api.gateway),
    ofPath: (item) => substitute(item.gateway),
    ofOperation: (operation) => substitute(operation.gateway),
  }));
}

/**
 * The blocks of all documents with an environment's patches: each document's own on its root block, and those on
 * operations wherever the operation is declared. Undefined after a report.
 */
export function applyEnvironment(
  apis: readonly ApiDocument[],
  name: string,
  report: Report,
): readonly DocumentNodes[] | undefined {
  const patches = new Map<ApiDocument, EnvironmentPatch>();
  let whole = true;
  for (const api of declaring(apis, name)) {
    const patch = readEnvironment(api.gateway ?? nodeOf({}, api.at), name, report);
    if (patch === undefined) whole = false;
    else patches.set(api, patch);
  }
  const operations = [...patches.values()].flatMap((patch) => [...patch.operations]);
  reportUnknownOperations(apis, operations, name, report);
  if (!whole) return undefined;
  return baseNodes(apis, undefined).map((base) => {
    const patch = patches.get(base.api);
    const root = patch === undefined ? base.root : patchRoot(base.root ?? patch.root, patch.root);
    return {
      api: base.api,
      root: root === undefined ? undefined : substituteEnvironment(root, name),
      ofPath: (item) => (item.gateway === undefined ? undefined : substituteEnvironment(item.gateway, name)),
      ofOperation: (operation) => patchOperation(operation, operations, name),
    };
  });
}

/** Documents that declare the environment; the first one where none does, so that it is reported. */
function declaring(apis: readonly ApiDocument[], name: string): readonly ApiDocument[] {
  const found = apis.filter(({ gateway }) => gateway?.child('environments')?.child(name) !== undefined);
  return found.length > 0 ? found : apis.slice(0, 1);
}

function patchOperation(
  operation: OperationItem,
  patches: readonly (readonly [string, Node])[],
  name: string,
): Node | undefined {
  const id = operation.operationId?.value;
  let node = operation.gateway;
  for (const [patched, patch] of patches) {
    if (patched === id) node = mergePatch(node ?? nodeOf(undefined, patch.at), patch);
  }
  return node === undefined ? undefined : substituteEnvironment(node, name);
}

function reportUnknownOperations(
  apis: readonly ApiDocument[],
  patches: readonly (readonly [string, Node])[],
  environment: string,
  report: Report,
): void {
  if (patches.length === 0) return;
  const known = new Set(
    apis.flatMap(({ paths }) =>
      paths.flatMap(({ operations }) => operations.flatMap(({ operationId }) => operationId?.value ?? [])),
    ),
  );
  for (const [id, { at }] of patches) {
    if (known.has(id)) continue;
    const facts = { id, environment, suggestion: didYouMean(id, known) };
    report(diagnostic(operationUnknown, at, facts, { side: 'key' }));
  }
}
