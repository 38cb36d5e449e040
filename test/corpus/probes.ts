import type { Placement, RealDocument, VendorOperation } from './real-documents.ts';
import { vendorOperations } from './real-documents.ts';

export type Credential = 'none' | 'valid' | 'without scopes';

/** What one request must lead to. */
type Outcome =
  | { readonly kind: 'forwarded'; readonly backend: string; readonly target: string }
  | { readonly kind: 'refused'; readonly status: 401 | 403 }
  | { readonly kind: 'not allowed'; readonly allow: readonly string[] };

export interface Probe {
  readonly name: string;
  readonly method: string;
  readonly host: string;
  readonly target: string;
  readonly credential: Credential;
  readonly outcome: Outcome;
}

export interface OperationProbes {
  readonly title: string;
  /** Operations of the same method and shape: the gateway serves them as one, under the id of the first. */
  readonly id: string;
  readonly probes: readonly Probe[];
}

/** The requests that show where each operation of a document is served, computed from the vendor's text alone. */
export function probesOf(document: RealDocument): readonly OperationProbes[] {
  const operations = vendorOperations(document);
  const placed = operations.map((operation) => ({ operation, placement: placementOf(operation, document) }));
  const key = ({ operation, placement }: Placed): string =>
    `${placement.host}${placement.base}${shapeOf(operation.template)}`;
  const byPath = new Map<string, Placed[]>();
  for (const one of placed) byPath.set(key(one), [...(byPath.get(key(one)) ?? []), one]);
  return placed.map((one) => {
    const { operation } = one;
    const same = byPath.get(key(one)) ?? [];
    const first = same.find((other) => other.operation.method === operation.method) ?? one;
    const { host, base } = one.placement;
    const probes = [
      ...valuesFor(operation, document).flatMap((values) => forwarded(one, document, values)),
      refusedMethod(one, same),
    ];
    return {
      title: `${operation.method} ${host}${base}${operation.template}`,
      id: first.operation.id,
      probes,
    };
  });
}

interface Placed {
  readonly operation: VendorOperation;
  readonly placement: Placement;
}

function placementOf(operation: VendorOperation, document: RealDocument): Placement {
  const placement = document.placements.find(({ server }) => server === operation.server);
  if (placement === undefined) throw new Error(`no placement for the server ${operation.server}`);
  return placement;
}

const pathOf = (template: string): string => template.replace(/[?#].*$/, '');
const shapeOf = (template: string): string => pathOf(template).replace(/\{[^{}]*\}/g, '{}');

interface Values {
  readonly name: string;
  readonly of: (parameter: string) => string;
  readonly query: string;
}

/** Sets of raw values: what the schema asks for, one with escapes, and slashes where the overlay lets them in. */
function valuesFor(operation: VendorOperation, document: RealDocument): readonly Values[] {
  const valid = (name: string): string => validValue(operation.parameters.get(name) ?? {}, name);
  return [
    { name: 'valid values', of: valid, query: '' },
    { name: 'escapes', of: (name) => `%E2%82%AC%20${valid(name)}%3F`, query: '?a=%2Fb&a=../c&d' },
    ...((document.encodedSlash ?? []).includes(operation.template)
      ? [{ name: 'encoded slashes', of: (name: string) => `library%2F${valid(name)}`, query: '' }]
      : []),
    ...((document.greedy ?? []).includes(operation.template)
      ? [{ name: 'slashes', of: (name: string) => `registry/library/${valid(name)}:1`, query: '' }]
      : []),
  ];
}

function validValue(schema: { readonly [key: string]: unknown }, name: string): string {
  const [first] = Array.isArray(schema['enum']) ? schema['enum'] : [];
  if (first !== undefined) return encodeURIComponent(String(first));
  if (schema['type'] === 'integer' || schema['type'] === 'number') return '4711';
  if (schema['format'] === 'uuid') return '3fa85f64-5717-4562-b3fc-2c963f66afa6';
  if (schema['format'] === 'date') return '2026-02-28';
  return `a-${name.toLowerCase().replace(/[^a-z]/g, '')}`;
}

function forwarded(
  { operation, placement }: Placed,
  document: RealDocument,
  values: Values,
): readonly Probe[] {
  const { host, base, upstream } = placement;
  const { method, scopes } = operation;
  const path = pathOf(operation.template).replace(/\{([^{}]*)\}/g, (_, name: string) => values.of(name));
  const target = `${base}${path}${values.query}`;
  const outcome: Outcome = {
    kind: 'forwarded',
    backend: placement.backend,
    target: `${upstream}${path}${values.query}`,
  };
  const probe = { method, host, target };
  const name = (credential: string): string => `${values.name}, ${credential}`;
  if (scopes === undefined || (document.open ?? []).includes(operation.id)) {
    return [{ name: name('no token'), ...probe, credential: 'none', outcome }];
  }
  const withoutScopes: Probe = {
    ...probe,
    name: name('no scope'),
    credential: 'without scopes',
    outcome: { kind: 'refused', status: 403 },
  };
  return [
    { name: name('valid token'), ...probe, credential: 'valid', outcome },
    { name: name('no token'), ...probe, credential: 'none', outcome: { kind: 'refused', status: 401 } },
    ...(scopes.length > 0 ? [withoutScopes] : []),
  ];
}

/** A method that no operation of the path declares: 405 with what is declared, HEAD wherever GET is. */
function refusedMethod({ operation, placement }: Placed, same: readonly Placed[]): Probe {
  const declared = new Set(same.map((one) => one.operation.method));
  if (declared.has('GET')) declared.add('HEAD');
  const method = ['PATCH', 'DELETE', 'POST', 'PUT', 'OPTIONS'].find((one) => !declared.has(one)) ?? 'TRACE';
  const path = pathOf(operation.template).replace(/\{([^{}]*)\}/g, 'a-value');
  return {
    name: `${method} is not declared`,
    method,
    host: placement.host,
    target: `${placement.base}${path}`,
    credential: 'none',
    outcome: { kind: 'not allowed', allow: [...declared].sort() },
  };
}
