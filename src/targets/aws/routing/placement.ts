import type { Gateway, Host, Operation, Route, Site } from '../../../model/gateway.ts';
import { type Placed, type ResourceTree, resourceTree } from './resource-tree.ts';

/** Routes that become one REST API. */
export interface ApiPart {
  /** '' for the first, then '2', '3', …: stands behind the logical ids of everything that belongs to it. */
  readonly suffix: string;
  readonly site: Site;
  readonly hosts: readonly Host[];
  /** What the domain mapping takes away from the front of paths; undefined for the whole domain. */
  readonly mappingKey: string | undefined;
  readonly routes: readonly Route[];
  readonly tree: ResourceTree;
}

export interface Placement {
  readonly parts: readonly ApiPart[];
  readonly placedOf: ReadonlyMap<Route, Placed>;
  readonly routeOf: ReadonlyMap<Operation, Route>;
}

const known = new WeakMap<Gateway, Placement>();

/** How the routes of a gateway are divided into REST APIs and where each is; computed once for a gateway. */
export function placementOf(gateway: Gateway): Placement {
  const found = known.get(gateway) ?? place(gateway);
  known.set(gateway, found);
  return found;
}

function place(gateway: Gateway): Placement {
  const divided = gateway.sites.flatMap((site) => partsOf(site, gateway.targets.aws.split.value));
  const parts = divided.map(({ site, routes, strip, mappingKey }, index) => ({
    suffix: index === 0 ? '' : String(index + 1),
    site,
    hosts: site.hosts,
    mappingKey,
    routes,
    tree: resourceTree(site, routes, strip),
  }));
  const routes = gateway.sites.flatMap((site) => site.routes);
  return {
    parts,
    placedOf: new Map(parts.flatMap(({ tree }) => [...tree.placed])),
    routeOf: new Map(routes.flatMap((route) => route.operations.map((one) => [one, route] as const))),
  };
}

interface Division {
  readonly site: Site;
  readonly routes: readonly Route[];
  readonly strip: number;
  readonly mappingKey: string | undefined;
}

/**
 * One part for each first segment below the base path. A mapping wins by its length ("Working with API mappings for
 * custom domain names"), so what begins with a variable is the part of the base path itself.
 */
function partsOf(site: Site, split: 'none' | 'first-segment'): readonly Division[] {
  if (split === 'none') return [{ site, routes: site.routes, strip: 0, mappingKey: undefined }];
  const groups = new Map<string, Division & { readonly routes: Route[] }>();
  for (const route of site.routes) {
    const leading = route.segments.slice(0, route.baseSegments + 1).map(mappingPart);
    const key = leading.includes(undefined) ? undefined : leading.join('/');
    const strip = key === undefined ? 0 : leading.length;
    const group = groups.get(key ?? '') ?? { site, routes: [], strip, mappingKey: key };
    group.routes.push(route);
    groups.set(key ?? '', group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, division]) => division);
}

/** Letters that an API mapping key may have, of those that stand in paths unencoded. */
function mappingPart(segment: Route['segments'][number]): string | undefined {
  if (segment.kind === 'greedy') return undefined;
  const [first, ...more] = segment.pieces;
  if (first?.kind !== 'literal' || more.length > 0) return undefined;
  return /^[A-Za-z0-9_.-]+$/.test(first.text) ? first.text : undefined;
}
