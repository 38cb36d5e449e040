import type { Route, Site } from '../../../model/gateway.ts';
import type { Plan, Table } from '../plan.ts';
import { routeMapsView, routeVariable } from '../routing/route-maps.ts';
import { shapedRoutes } from '../routing/shape.ts';
import { interpolated, mapKey, text, variableName } from '../token.ts';
import { allowVariable } from './operations-view.ts';
import { templateDepth } from './paths-view.ts';

export type RoutesView = ReturnType<typeof routesView>;

/** The maps of one site: which route, which of its methods, and what its other methods are. */
export function routesView(plan: Plan, site: Site, index: number) {
  return {
    ...routeMapsView(index, shapedRoutes(site.routes, plan.mixed), templateDepth(plan)),
    method: variableName(methodVariable(index)),
    head: variableName(`gw_head_${index}`),
    heads: site.routes.filter(declaresHead).map(({ id }) => ({ route: mapKey(id) })),
    allows: plan.tables.filter((table) => table.site === index).map(allowView),
  };
}

/** The method that a request is served as: HEAD is GET wherever the route does not declare HEAD itself. */
export function methodVariable(site: number): string {
  return `gw_method_${site}`;
}

/** `Allow` of each route: sorted, HEAD beside GET unless the route declares it (RFC 9110 §10.2.1). */
function allowView(table: Table) {
  const methods = new Map<Route, Set<string>>();
  for (const { route, operation } of table.operations) {
    const known = methods.get(route) ?? new Set<string>();
    methods.set(route, known.add(operation.method));
  }
  return {
    route: variableName(routeVariable(table.site)),
    variable: variableName(allowVariable(table)),
    routes: [...methods].map(([route, served]) => ({
      route: mapKey(route.id),
      methods: interpolated(text([...withHead(route, served)].sort().join(', '))),
    })),
  };
}

function withHead(route: Route, served: ReadonlySet<string>): ReadonlySet<string> {
  return served.has('GET') && !declaresHead(route) ? new Set([...served, 'HEAD']) : served;
}

function declaresHead(route: Route): boolean {
  return route.operations.some(({ method }) => method === 'HEAD');
}
