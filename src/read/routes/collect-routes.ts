import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { Operation, Route } from '../../model/gateway.ts';
import { byName } from '../by-name.ts';
import { baseCollision, collision, servedAsOne } from '../diagnostics.ts';
import { comparePrecedence, precedenceKey } from '../path/precedence.ts';
import type { PlacedOperation } from './draft-operation.ts';
import { policyDifference } from './effective-policy.ts';
import { renameParameters, renamingOf } from './rename-parameters.ts';
import { routeId } from './route-id.ts';

/**
 * The routes of one site in precedence order. Operations whose paths have one shape share a route and the parameter
 * names of the first; those that share the method as well must have equal policies and are served as one
 * (BEHAVIOUR.md N6). `idOf` names an operation on this site.
 */
export function collectRoutes(
  placed: readonly PlacedOperation[],
  authority: string,
  idOf: (operation: PlacedOperation) => string,
  report: Report,
): readonly Route[] {
  const byKey = new Map<string, PlacedOperation[]>();
  for (const one of placed) {
    const key = precedenceKey([...one.door.baseSegments, ...one.draft.path.segments]);
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [one]);
    else same.push(one);
  }
  const routes = [...byKey].map(([key, same]) => ({ key, route: makeRoute(same, authority, idOf, report) }));
  return routes.sort((a, b) => comparePrecedence(a.key, b.key)).flatMap(({ route }) => route ?? []);
}

function makeRoute(
  same: readonly PlacedOperation[],
  authority: string,
  idOf: (operation: PlacedOperation) => string,
  report: Report,
): Route | undefined {
  const [first] = same;
  if (first === undefined) return undefined;
  const byMethod = new Map<string, { readonly placed: PlacedOperation; readonly operation: Operation }>();
  for (const placed of same) {
    reportOtherBase(first, placed, report);
    const operation = toOperation(placed, first, idOf(placed));
    const earlier = byMethod.get(operation.method);
    if (earlier === undefined) byMethod.set(operation.method, { placed, operation });
    else reportSameRequests(earlier, { placed, operation }, report);
  }
  const segments = [...first.door.baseSegments, ...first.draft.path.segments];
  return {
    id: routeId(authority, segments),
    template: first.draft.template,
    segments,
    baseSegments: first.door.baseSegments.length,
    operations: byName(byMethod).map(([, { operation }]) => operation),
    at: first.draft.templateAt,
  };
}

function toOperation(placed: PlacedOperation, first: PlacedOperation, id: string): Operation {
  const { method, at, features, path, waivers } = placed.draft;
  const renaming = renamingOf(path.parameters, first.draft.path.parameters);
  return { id, method, at, features: renameParameters(features, renaming), waivers };
}

function reportOtherBase(first: PlacedOperation, other: PlacedOperation, report: Report): void {
  if (first.door.basePath === other.door.basePath) return;
  const facts = {
    one: first.door.basePath + first.draft.template,
    other: other.door.basePath + other.draft.template,
  };
  const options = {
    side: 'key',
    related: [related('The other path.', first.draft.templateAt, 'key')],
  } as const;
  report(diagnostic(baseCollision, other.draft.templateAt, facts, options));
}

interface Made {
  readonly placed: PlacedOperation;
  readonly operation: Operation;
}

function reportSameRequests(earlier: Made, later: Made, report: Report): void {
  const difference = policyDifference(earlier.operation.features, later.operation.features);
  const facts = {
    method: later.operation.method,
    one: earlier.placed.draft.template,
    other: later.placed.draft.template,
  };
  const options = {
    side: 'key',
    related: [related('The other operation.', earlier.operation.at, 'key')],
  } as const;
  report(
    difference === undefined
      ? diagnostic(servedAsOne, later.operation.at, facts, options)
      : diagnostic(collision, later.operation.at, { ...facts, difference }, options),
  );
}
