import type { Gateway, Operation } from '../../../model/gateway.ts';
import type { Artifact } from '../../target.ts';
import { methodsOf } from '../methods-of.ts';
import { placementOf } from '../routing/placement.ts';
import { emittedApi } from './emitted-api.ts';
import { member, type Value } from './member.ts';

/**
 * Reads the emitted files back and looks for every operation of the model: its methods exist, whoever is not public has
 * a scheme that names an authorizer, and every other method of a resource is the mock. It knows nothing of how trees are
 * built.
 */
export function reparse(gateway: Gateway, artifacts: readonly Artifact[]): readonly string[] {
  const files = new Map<string, Value>();
  const found: string[] = [];
  for (const { path, contents } of artifacts) {
    if (!path.endsWith('.json')) continue;
    const value = parsed(contents);
    if (value === undefined) found.push(`${path} is not JSON.`);
    else files.set(path, value);
  }
  return [
    ...found,
    ...checkReferences(gateway, artifacts),
    ...placementOf(gateway).parts.flatMap((part) => checkApi(part, gateway, files)),
  ];
}

/** Nothing is read from secret stores but credentials of back ends and the secret between a distribution and its origin. */
function checkReferences({ secrets }: Gateway, artifacts: readonly Artifact[]): readonly string[] {
  const named = new Set(
    secrets.flatMap(({ sources }) => sources.map(({ value }) => value.split('#')[0] ?? '')),
  );
  const references = artifacts
    .filter(({ path }) => path.endsWith('.json'))
    .flatMap(({ contents }) => [...contents.matchAll(/\{\{\s*resolve(?:\$\{[^}]*\}|[^}])*\}?\}?/gi)])
    .map(([whole]) => whole);
  return [...new Set(references)].flatMap((whole) => {
    const [, id = ''] = /^\{\{resolve:secretsmanager:(.+):SecretString(?::[^:]+)?\}\}$/.exec(whole) ?? [];
    return named.has(id) || /^\$\{EdgeOriginSecret[AB]\}$/.test(id)
      ? []
      : [`${whole} is read, and nobody named it.`];
  });
}

type Part = ReturnType<typeof placementOf>['parts'][number];

function checkApi(
  { suffix, routes, tree }: Part,
  gateway: Gateway,
  files: ReadonlyMap<string, Value>,
): readonly string[] {
  const { body, closed } = emittedApi(files, suffix);
  if (body === undefined) return [`The REST API RestApi${suffix} has no body.`];
  const differences = closed ? [] : [`The REST API RestApi${suffix} can be reached past its domain names.`];
  const expected = new Map<string, Set<string>>();
  for (const route of routes) {
    const placed = tree.placed.get(route);
    if (placed === undefined) continue;
    const methods = expected.get(placed.resourcePath) ?? new Set<string>();
    expected.set(placed.resourcePath, methods);
    for (const operation of route.operations) {
      for (const method of methodsOf(operation, route)) {
        methods.add(method.toLowerCase());
        differences.push(...checkMethod(placed.resourcePath, method, operation, body));
      }
    }
  }
  return [...differences, ...checkPaths(expected, body, gateway)];
}

function checkMethod(path: string, method: string, operation: Operation, body: Value): readonly string[] {
  const name = `${method} ${path}`;
  const found = member(member(member(body, 'paths'), path), method.toLowerCase());
  if (found === undefined) return [`${name} is missing.`];
  if (member(found, 'x-amazon-apigateway-integration') === undefined) return [`${name} has no integration.`];
  const security = member(found, 'security');
  if (!Array.isArray(security)) return [`${name} says nothing about who may call it.`];
  if (operation.features.authentication.value.kind === 'public') return [];
  const [only, ...more] = security as readonly Value[];
  const schemes = Object.keys(typeof only === 'object' && only !== null ? only : {});
  const scheme = member(member(member(body, 'components'), 'securitySchemes'), schemes[0] ?? '');
  const decided =
    member(scheme, 'x-amazon-apigateway-authorizer') !== undefined ||
    member(member(found, 'x-amazon-apigateway-auth'), 'type') === 'AWS_IAM';
  return schemes.length > 0 && more.length === 0 && decided ? [] : [`Nobody decides who may call ${name}.`];
}

const anyMethod = 'x-amazon-apigateway-any-method';

/** Nothing is served that the model does not have. */
function checkPaths(
  expected: ReadonlyMap<string, ReadonlySet<string>>,
  body: Value,
  gateway: Gateway,
): readonly string[] {
  const shares = gateway.sites.some(({ routes }) =>
    routes.some(({ operations }) => operations.some(({ features }) => features.cors !== undefined)),
  );
  const paths = member(body, 'paths');
  return Object.entries(typeof paths === 'object' && paths !== null ? paths : {}).flatMap(([path, item]) => {
    const methods = expected.get(path);
    if (methods === undefined) return [`${path} is served and not in the document.`];
    const type = member(member(member(item, anyMethod), 'x-amazon-apigateway-integration'), 'type');
    return [
      ...(type === 'mock' ? [] : [`${path} has no answer for other methods.`]),
      ...Object.keys(item as object)
        .filter((one) => one !== anyMethod && !methods.has(one) && !(shares && one === 'options'))
        .map((one) => `${one.toUpperCase()} ${path} is served and not in the document.`),
    ];
  });
}

function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}
