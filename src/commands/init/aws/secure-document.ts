import type {
  ApiDocument,
  OperationItem,
  SecurityRequirement,
  SecurityScheme,
} from '../../../openapi/document.ts';
import { fields, items } from '../../../openapi/node-at.ts';
import type { Node } from '../../../source/node.ts';
import type { Findings } from './findings.ts';
import type { ImportedOperation, ImportedPath } from './imported-operation.ts';
import type { ExtendedScheme } from './scheme-kind.ts';
import {
  type Alternatives,
  alternativesOf,
  anyOfScopes,
  joinedAlternatives,
  type SecurityChange,
  type SecurityReading,
  statedAuth,
} from './security-change.ts';

/** A document with the security that API Gateway enforces in it. */
export interface SecuredDocument {
  /** Without preflight mocks, and with the changed security of its operations. */
  readonly api: ApiDocument;
  readonly root: SecurityChange | undefined;
  readonly changeOf: (operation: ImportedOperation) => SecurityChange | undefined;
  /** What is asked of callers then; undefined where nobody decided. */
  readonly effectiveOf: (operation: ImportedOperation) => Alternatives | undefined;
  /** A scheme for signatures of AWS that the document has to declare. */
  readonly declared: SecurityScheme | undefined;
}

export function secureDocument(
  api: ApiDocument,
  node: Node,
  paths: readonly ImportedPath[],
  schemes: ReadonlyMap<string, ExtendedScheme>,
  findings: Findings,
): SecuredDocument {
  const iam = [...schemes].find(([, { kind }]) => kind === 'iam')?.[0] ?? freeName(api);
  const reading = { schemes, iam, findings };
  const stated = api.security === undefined ? undefined : alternativesOf(api.security.value);
  const root =
    stated === undefined ? undefined : joinedAlternatives(stated, node.child('security') ?? node, reading);
  const inherited = root?.alternatives ?? stated;
  if (inherited !== undefined && anyOfScopes(inherited, reading) !== undefined) {
    findings.lose(
      node.child('security') ?? node,
      'The security of the document lists several scopes, of which API Gateway asks for one; gwc asks for all',
    );
  }
  const changes = new Map<ImportedOperation, SecurityChange>();
  for (const operation of paths.flatMap((path) => [
    ...path.operations,
    ...(path.any === undefined ? [] : [path.any]),
  ])) {
    const change =
      operation.preflight === undefined ? changeOf(operation, inherited ?? [], reading) : undefined;
    if (change !== undefined) changes.set(operation, change);
  }
  const isIamUsed = [...changes.values()].some(({ alternatives }) =>
    alternatives.some((one) => Object.hasOwn(one, iam)),
  );
  const declared = isIamUsed && !schemes.has(iam) ? iamScheme(iam, api) : undefined;
  return {
    api: adjusted(api, paths, root, changes, declared),
    root,
    changeOf: (operation) => changes.get(operation),
    effectiveOf: (operation) =>
      changes.get(operation)?.alternatives ?? ownAlternatives(operation) ?? inherited,
    declared,
  };
}

function changeOf(
  operation: ImportedOperation,
  inherited: Alternatives,
  reading: SecurityReading,
): SecurityChange | undefined {
  const own = ownAlternatives(operation);
  const auth = statedAuth(operation.node.child('x-amazon-apigateway-auth'), own ?? inherited, reading);
  if (auth !== undefined || own === undefined) return auth;
  const joined = joinedAlternatives(own, operation.node.child('security') ?? operation.node, reading);
  const any = anyOfScopes(joined?.alternatives ?? own, reading);
  if (any === undefined) return joined;
  return { ...any, why: [...(joined?.why ?? []), ...any.why] };
}

/** The `security` of the operation itself. */
function ownAlternatives({ operation, node }: ImportedOperation): Alternatives | undefined {
  if (operation !== undefined) {
    return operation.security === undefined ? undefined : alternativesOf(operation.security.value);
  }
  const list = node.child('security');
  if (list === undefined) return undefined;
  return items(list).map((requirement) =>
    Object.fromEntries(
      fields(requirement).map(([name, scopes]) => [
        name,
        items(scopes).flatMap(({ value }) => (typeof value === 'string' ? [value] : [])),
      ]),
    ),
  );
}

function adjusted(
  api: ApiDocument,
  paths: readonly ImportedPath[],
  root: SecurityChange | undefined,
  changes: ReadonlyMap<ImportedOperation, SecurityChange>,
  declared: SecurityScheme | undefined,
): ApiDocument {
  const imported = new Map(
    paths.flatMap(({ operations }) => operations.map((one) => [one.operation, one] as const)),
  );
  return {
    ...api,
    security: root === undefined ? api.security : { value: requirementsOf(root, api), at: api.at },
    schemes: declared === undefined ? api.schemes : new Map([...api.schemes, [declared.name, declared]]),
    paths: api.paths.map((path) => ({
      ...path,
      operations: path.operations.flatMap((operation): readonly OperationItem[] => {
        const one = imported.get(operation);
        if (one?.preflight !== undefined) return [];
        const change = one === undefined ? undefined : changes.get(one);
        if (change === undefined) return [operation];
        return [{ ...operation, security: { value: requirementsOf(change, operation), at: operation.at } }];
      }),
    })),
  };
}

function requirementsOf(
  { alternatives }: SecurityChange,
  { at }: Pick<OperationItem, 'at'>,
): readonly SecurityRequirement[] {
  return alternatives.map((one) => ({
    schemes: Object.entries(one).map(([name, scopes]) => ({ name, scopes, at })),
    at,
  }));
}

/** What API Gateway exports for operations that AWS IAM decides about. */
function iamScheme(name: string, { at }: ApiDocument): SecurityScheme {
  const nothing = {
    scheme: undefined,
    authorizationUrl: undefined,
    openIdConnectUrl: undefined,
    scopes: undefined,
  };
  return { name, type: 'apiKey', place: { in: 'header', name: 'Authorization' }, at, ...nothing };
}

function freeName({ schemes }: ApiDocument): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? 'sigv4' : `sigv4-${count}`;
    if (!schemes.has(name)) return name;
  }
}
