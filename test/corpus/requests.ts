import type { Decided } from './bindings.ts';
import { nothing, type Presented, present } from './credentials.ts';
import { type FrontDoor, frontDoors } from './front-doors.ts';
import { backendBase } from './plain-overlay.ts';
import type { Json, Requirement, VendorOperation } from './vendor-document.ts';

/** What one request must lead to. */
type Outcome =
  | {
      readonly kind: 'forwarded';
      readonly target: string;
      /** The name of the operation in the log; undefined where the document gives none. */
      readonly route: string | undefined;
    }
  | {
      readonly kind: 'refused';
      readonly status: 401 | 403;
      /** Authentication schemes of `WWW-Authenticate`. */
      readonly challenges: readonly string[];
    }
  | { readonly kind: 'not allowed'; readonly allow: readonly string[] };

export interface Request {
  readonly name: string;
  readonly door: FrontDoor;
  readonly method: string;
  readonly target: string;
  readonly presented: Presented;
  readonly outcome: Outcome;
}

/** The methods of a route with the ids of their operations: of operations served as one, that of the first. */
type Methods = ReadonlyMap<string, string | undefined>;

interface Served {
  readonly operation: VendorOperation;
  readonly doors: readonly FrontDoor[];
  readonly door: FrontDoor;
  readonly alternatives: readonly Requirement[];
}

/**
 * The requests that show where each operation is served and who may call it, computed from the vendor's text alone.
 * `server` is what `--server` says, `now` is in seconds.
 */
export function requestsFor(
  operations: readonly VendorOperation[],
  document: Decided,
  server: string | undefined,
  now: number,
): readonly Request[] {
  const served = operations.flatMap((operation) => {
    const doors = frontDoors(operation, server);
    const alternatives = document.security(operation.security);
    return doors.slice(0, 1).map((door): Served => ({ operation, doors, door, alternatives }));
  });
  const routes = new Map<string, Methods>();
  for (const one of served) {
    const { method, id } = one.operation;
    const known = routes.get(placeOf(one)) ?? new Map<string, string | undefined>();
    routes.set(placeOf(one), new Map([[method, id], ...known]));
  }
  return served.flatMap((one) => {
    const declared = routes.get(placeOf(one)) ?? new Map();
    return [
      ...allowed(one, document, declared, now),
      ...refused(one, document, now),
      undeclared(one, declared),
    ];
  });
}

const placeOf = ({ operation, door }: Served): string =>
  `${door.host}${door.base}${pathOf(operation.template).replace(/\{[^{}]*\}/g, '{}')}`;

const pathOf = (template: string): string => template.replace(/[?#].*$/, '');

/** Each alternative alone, on every door; awkward values and HEAD with the first. */
function allowed(one: Served, document: Decided, declared: Methods, now: number): readonly Request[] {
  const { alternatives, doors, operation } = one;
  const carried =
    alternatives.length === 0 ? [nothing] : alternatives.map((each) => present(each, document.bindings, now));
  const forwarded = (
    name: string,
    presented: Presented,
    values: Values,
    door = one.door,
    method = operation.method,
  ) =>
    request(one, { name, presented, values, door, method }, (target) => ({
      kind: 'forwarded',
      target,
      route: declared.get(operation.method),
    }));
  const [first = nothing] = carried;
  const headServed = operation.method === 'GET' && !declared.has('HEAD');
  return [
    ...carried.map((presented, index) => forwarded(`alternative ${index}`, presented, plain)),
    forwarded('escapes', first, escapes),
    ...(operation.template.includes('+}') ? [forwarded('slashes', first, slashes)] : []),
    ...doors.slice(1).map((door) => forwarded('another host', first, plain, door)),
    ...(headServed ? [forwarded('HEAD', first, plain, one.door, 'HEAD')] : []),
  ];
}

/** No credential, a forged one, and each alternative with one scope or one scheme missing. */
function refused(one: Served, document: Decided, now: number): readonly Request[] {
  const { alternatives } = one;
  if (alternatives.length === 0) return [];
  const optional = alternatives.some((each) => Object.keys(each).length === 0);
  const challenges = challengesOf(alternatives, document);
  const status = (answer: 401 | 403): Outcome => ({
    kind: 'refused',
    status: answer,
    challenges: answer === 401 ? challenges : ['Bearer'],
  });
  const [first = {}] = alternatives.filter((each) => Object.keys(each).length > 0);
  const forged = present(first, document.bindings, now, 'forged');
  const partial = alternatives.flatMap((each) => lessThan(each).map((held) => ({ each, held })));
  return [
    ...(optional ? [] : [request(one, { name: 'no credential', presented: nothing }, () => status(401))]),
    ...(forged.certificate
      ? []
      : [request(one, { name: 'forged credential', presented: forged }, () => status(401))]),
    ...partial
      .filter(
        ({ held }) => !alternatives.some((other) => Object.keys(other).length > 0 && holds(other, held)),
      )
      .map(({ each, held }) => {
        const answer = Object.keys(each).every((scheme) => scheme in held) ? 403 : 401;
        const presented = present(held, document.bindings, now);
        return request(one, { name: `only ${JSON.stringify(held)}`, presented }, () => status(answer));
      }),
  ];
}

/** What can be presented, in the order in which the alternatives name it. */
function challengesOf(alternatives: readonly Requirement[], { bindings }: Decided): readonly string[] {
  const names = { token: 'Bearer', password: 'Basic', key: 'ApiKey', certificate: 'Certificate' } as const;
  const kinds = alternatives.flatMap(Object.keys).flatMap((scheme) => bindings.get(scheme)?.kind ?? []);
  return [...new Set(kinds.map((kind) => names[kind]))];
}

/** What is held is one scope or one scheme short of an alternative. */
function lessThan(alternative: Requirement): readonly Requirement[] {
  const entries = Object.entries(alternative);
  const withoutScope = entries.flatMap(([scheme, scopes]) =>
    scopes.length === 0 ? [] : [{ ...alternative, [scheme]: scopes.slice(0, -1) }],
  );
  const withoutScheme =
    entries.length < 2
      ? []
      : entries.map(([left]) => Object.fromEntries(entries.filter(([name]) => name !== left)));
  return [...withoutScope, ...withoutScheme];
}

const holds = (alternative: Requirement, held: Requirement): boolean =>
  Object.entries(alternative).every(
    ([scheme, scopes]) => scopes.every((scope) => held[scheme]?.includes(scope)) && scheme in held,
  );

/** A method that no operation of the path declares: 405 with what is declared, HEAD wherever GET is. */
function undeclared(one: Served, methods: Methods): Request {
  const declared = new Set(methods.keys());
  if (declared.has('GET')) declared.add('HEAD');
  const method = ['PATCH', 'DELETE', 'POST', 'PUT', 'OPTIONS'].find((each) => !declared.has(each)) ?? 'TRACE';
  const name = `${method} is not declared`;
  return request(one, { name, presented: nothing, method }, () => ({
    kind: 'not allowed',
    allow: [...declared].sort(),
  }));
}

interface Asked {
  readonly name: string;
  readonly presented: Presented;
  readonly values?: Values;
  readonly door?: FrontDoor;
  readonly method?: string;
}

function request(
  { operation, door: usual }: Served,
  { name, presented, values = plain, door = usual, method = operation.method }: Asked,
  outcome: (target: string) => Outcome,
): Request {
  const path = pathOf(operation.template).replace(/\{([^{}]*)\}/g, (_, parameter: string) =>
    values.of(operation.parameters.get(parameter) ?? {}, parameter),
  );
  const ask = (pairs: readonly string[]): string => (pairs.length === 0 ? '' : `?${pairs.join('&')}`);
  return {
    name: `${operation.method} ${operation.template}: ${name}`,
    door,
    method,
    target: `${door.base}${path}${ask([...values.query, ...presented.query])}`,
    presented,
    outcome: outcome(`${backendBase}${path}${ask(values.query)}`),
  };
}

/** Raw values of path parameters and pairs of the query. */
interface Values {
  readonly of: (schema: Json, name: string) => string;
  readonly query: readonly string[];
}

const plain: Values = { of: validValue, query: [] };
const escapes: Values = {
  of: (schema, name) => `%E2%82%AC%20${validValue(schema, name)}%3F`,
  query: ['a=%2Fb', 'a=../c', 'd'],
};
const slashes: Values = { of: (schema, name) => `a/b/${validValue(schema, name)}:1`, query: [] };

function validValue(schema: Json, name: string): string {
  const [first] = Array.isArray(schema['enum']) ? schema['enum'] : [];
  if (first !== undefined && first !== '') return encodeURIComponent(String(first));
  if (schema['type'] === 'integer' || schema['type'] === 'number') return '4711';
  if (schema['format'] === 'uuid') return '3fa85f64-5717-4562-b3fc-2c963f66afa6';
  if (schema['format'] === 'date') return '2026-02-28';
  return `a-${name.toLowerCase().replace(/[^a-z]/g, '')}`;
}
