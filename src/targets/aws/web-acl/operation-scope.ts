import type { Operation, Route, Site } from '../../../model/gateway.ts';
import type { AwsPlan } from '../plan.ts';
import { alternatives } from './regex.ts';
import { overlaps, pathPattern } from './route-pattern.ts';
import { all, any, hostIs, methodIs, not, pathMatches, type Statement } from './statement.ts';

/** The requests of some operations, as a rule can tell them; `everything` needs no condition. */
export type OperationScope = 'everything' | Statement;

/** `undefined` where no operation is meant. */
export function operationScope(
  { gateway, stageName }: AwsPlan,
  isMeant: (operation: Operation) => boolean,
): OperationScope | undefined {
  const operations = gateway.sites.flatMap((site) => site.routes.flatMap((route) => route.operations));
  if (!operations.some(isMeant)) return undefined;
  if (operations.every(isMeant)) return 'everything';
  const parts = gateway.sites.flatMap((site) => {
    const paths = pathsOf(site, stageName, isMeant);
    if (paths.length === 0) return [];
    const others = gateway.sites.filter((other) => other !== site).flatMap(({ hosts }) => hosts);
    return [all([any(paths), ...others.map(({ name }) => not(hostIs(name)))])];
  });
  return any(parts);
}

/** Paths of some routes with one condition: paths that routes before them take, and methods; empty is no condition. */
interface Paths {
  readonly patterns: string[];
  readonly taken: readonly string[];
  readonly methods: readonly string[];
}

function pathsOf(
  site: Site,
  stageName: string,
  isMeant: (operation: Operation) => boolean,
): readonly Statement[] {
  const groups = new Map<string, Paths>();
  for (const [index, route] of site.routes.entries()) {
    const meant = route.operations.filter(isMeant);
    if (meant.length === 0) continue;
    const taken = site.routes
      .slice(0, index)
      .filter((earlier) => overlaps(earlier, route) && !earlier.operations.every(isMeant))
      .map((earlier) => pathPattern(earlier, stageName));
    const methods = meant.length === route.operations.length ? [] : methodsOf(meant, route);
    const key = JSON.stringify([taken, methods]);
    const group = groups.get(key) ?? { patterns: [], taken, methods };
    group.patterns.push(pathPattern(route, stageName));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ patterns, taken, methods }) =>
    all([
      any(alternatives(patterns).map(pathMatches)),
      ...alternatives(taken).map((pattern) => not(pathMatches(pattern))),
      ...(methods.length === 0 ? [] : [any(methods.map(methodIs))]),
    ]),
  );
}

/** GET serves HEAD where nothing else does. */
function methodsOf(meant: readonly Operation[], route: Route): readonly string[] {
  const declared = route.operations.map(({ method }) => method);
  return meant.flatMap(({ method }) =>
    method === 'GET' && !declared.includes('HEAD') ? ['GET', 'HEAD'] : [method],
  );
}
