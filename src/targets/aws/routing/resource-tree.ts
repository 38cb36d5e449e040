import type { Route, Site } from '../../../model/gateway.ts';
import { type PathPart, pathPart } from './path-part.ts';

/** Where a route of the model is in the tree of resources of its REST API. */
export interface Placed {
  readonly route: Route;
  /** The path of the resource: `/v1/users/{id}`, `/files/{rest+}`. */
  readonly resourcePath: string;
  /** Of each segment: its variable, without braces and plus; undefined where it is literal. */
  readonly variables: readonly (string | undefined)[];
  /** Parameter of the document → variable. Parameters of segments that hold more than one parameter are not in it. */
  readonly variableOf: ReadonlyMap<string, string>;
  /** Some segment's value must be compared with the template before the back end is asked. */
  readonly checked: boolean;
}

/** Two routes that would be one resource, or a path that no resource can have. */
interface Misplaced {
  readonly route: Route;
  readonly reason: string;
}

export interface ResourceTree {
  readonly placed: ReadonlyMap<Route, Placed>;
  readonly misplaced: ReadonlyMap<Route, Misplaced>;
  /** Every node of the tree, also those without methods; the root counts. */
  readonly size: number;
}

interface Node {
  readonly literals: Map<string, Node>;
  /** A node has one variable below it, whatever the document calls it (import fails on siblings). */
  variable: { readonly name: string; readonly node: Node } | undefined;
  greedy: { readonly name: string } | undefined;
  readonly names: ReadonlySet<string>;
  route: Route | undefined;
}

/**
 * The tree of resources of one REST API. Sibling variables are one, under the name that comes first in the order of
 * routes. `strip`: leading segments that the domain mapping takes away.
 */
export function resourceTree(site: Site, routes: readonly Route[], strip: number): ResourceTree {
  const root = node(new Set());
  const placed = new Map<Route, Placed>();
  const misplaced = new Map<Route, Misplaced>();
  let size = 1;
  for (const route of [...routes].sort(byTemplate)) {
    const parts = route.segments.slice(strip).map(pathPart);
    const reason = refusalOfParts(parts, site, strip);
    if (reason !== undefined) {
      misplaced.set(route, { route, reason });
      continue;
    }
    const outcome = place(root, parts as readonly PathPart[], route);
    size += outcome.added;
    if ('taken' in outcome) misplaced.set(route, { route, reason: outcome.taken });
    else placed.set(route, { ...outcome, route });
  }
  return { placed, misplaced, size };
}

function refusalOfParts(
  parts: readonly (PathPart | undefined)[],
  site: Site,
  strip: number,
): string | undefined {
  const isRoot = parts.length === 1 && parts[0] === undefined;
  if (!isRoot && parts.includes(undefined))
    return 'API Gateway does not tell a path with a slash at its end from one without';
  const [first] = parts;
  const reserved = first?.kind === 'literal' && parts.length === 1 && /^s?ping$/.test(first.text);
  return reserved && strip === 0 && site.hosts.length > 0
    ? `the path /${first.text} of a custom domain is reserved for health checks of the service`
    : undefined;
}

/** API Gateway refuses to import "a sibling … already has a variable path part -- only one is allowed". */
const siblings = 'beside it stands another variable, and API Gateway has one at each place of the tree';

type Outcome =
  | (Omit<Placed, 'route'> & { readonly added: number })
  | { readonly taken: string; readonly added: number };

function place(root: Node, parts: readonly PathPart[], route: Route): Outcome {
  const path: string[] = [];
  const variables: (string | undefined)[] = [];
  const variableOf = new Map<string, string>();
  let added = 0;
  let current = root;
  const isRoot = parts.length === 1 && parts[0] === undefined;
  for (const part of isRoot ? [] : parts) {
    if (part.kind === 'literal') {
      const next = current.literals.get(part.text) ?? node(current.names);
      if (!current.literals.has(part.text)) added++;
      current.literals.set(part.text, next);
      path.push(part.text);
      variables.push(undefined);
      current = next;
      continue;
    }
    if (part.greedy) {
      if (current.greedy !== undefined || current.variable !== undefined) return { taken: siblings, added };
      const name = freeName(part.parameter, current.names);
      current.greedy = { name };
      added++;
      if (part.parameter !== undefined) variableOf.set(part.parameter, name);
      path.push(`{${name}+}`);
      variables.push(name);
      current = node(current.names);
      continue;
    }
    if (current.greedy !== undefined) return { taken: siblings, added };
    if (current.variable === undefined) {
      const name = freeName(part.parameter, current.names);
      current.variable = { name, node: node(new Set([...current.names, name])) };
      added++;
    }
    const { name, node: next } = current.variable;
    if (part.parameter !== undefined) variableOf.set(part.parameter, name);
    path.push(`{${name}}`);
    variables.push(name);
    current = next;
  }
  if (current.route !== undefined) {
    const other = current.route.template;
    return { taken: `"${other}" and "${route.template}" are one resource of API Gateway`, added };
  }
  current.route = route;
  const checked = parts.some((part) => part?.kind === 'variable' && part.checked);
  return { resourcePath: `/${path.join('/')}`, variables, variableOf, checked, added };
}

function node(names: ReadonlySet<string>): Node {
  return { literals: new Map(), variable: undefined, greedy: undefined, names, route: undefined };
}

/** Letters and digits only, so that every mapping expression can name it; unique on the way from the root. */
function freeName(parameter: string | undefined, taken: ReadonlySet<string>): string {
  const plain = (parameter ?? 'segment').replace(/[^A-Za-z0-9]/g, '') || 'segment';
  if (!taken.has(plain)) return plain;
  let count = 2;
  while (taken.has(`${plain}${count}`)) count++;
  return `${plain}${count}`;
}

/** The order in which routes give names to variables does not depend on the order in the document. */
function byTemplate(a: Route, b: Route): number {
  return a.template < b.template ? -1 : a.template > b.template ? 1 : 0;
}
