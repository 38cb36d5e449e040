import type { Gateway, Route, Site } from '../model/gateway.ts';
import type { Origin } from '../model/origin.ts';
import { authorityOf, originOf } from './choose-site.ts';
import { explainOperation, type OperationExplanation } from './explain-operation.ts';
import { explainPrecedence } from './explain-precedence.ts';
import {
  allowedMethods,
  matchRoute,
  matchSegments,
  operationFor,
  type RouteMatch,
  visibleOperations,
} from './match-route.ts';
import { parseTarget, type Target } from './parse-target.ts';

/** What the model says about `METHOD PATH`, without a request: data for a printer. */
export interface Explanation {
  readonly method: string;
  /** Origin-form. */
  readonly target: string;
  readonly outcome: Outcome;
  /** `https://a.test` of every host of the site, empty where no site has the host. */
  readonly hosts: readonly string[];
}

type Outcome =
  | { readonly kind: 'served'; readonly route: RouteExplanation; readonly operation: OperationExplanation }
  | {
      readonly kind: 'method-not-allowed';
      readonly status: 405;
      readonly route: RouteExplanation;
      readonly allow: string;
      readonly declared: readonly Declared[];
    }
  | { readonly kind: 'not-found'; readonly status: 404; readonly nearest: readonly NearRoute[] }
  | { readonly kind: 'bad-target'; readonly status: 400; readonly reason: string }
  | { readonly kind: 'unknown-host'; readonly status: 421; readonly hosts: readonly string[] };

interface Declared {
  readonly method: string;
  readonly at: Origin;
}

interface RouteExplanation {
  /** As written in the document. */
  readonly template: string;
  /** What clients call: the base path and the template. */
  readonly path: string;
  readonly at: Origin;
  /** Raw text of each path parameter. */
  readonly parameters: readonly (readonly [string, string])[];
  /** Routes that match the path as well and lose, with the reason. */
  readonly beaten: readonly { readonly template: string; readonly at: Origin; readonly because: string }[];
}

interface NearRoute {
  /** What clients call: the base path and the template. */
  readonly path: string;
  readonly methods: readonly string[];
  readonly at: Origin;
}

/**
 * Explains which route serves a method and path and what applies there. `path` is a request target (`/a/b?c`) or an
 * absolute URL, which chooses the site by its host; without a host every site is tried in order. Internal operations
 * are explained too: their facts say where they are served.
 */
export function explain(gateway: Gateway, method: string, path: string): Explanation {
  const authority = /^https?:\/\/([^/?#]*)/i.exec(path)?.[1];
  const parsed = parseTarget(path, authority ?? '');
  const sites = gateway.sites.filter((site) => authority === undefined || hasAuthority(site, authority));
  if (!parsed.ok) {
    return {
      method,
      target: path,
      hosts: [],
      outcome: { kind: 'bad-target', status: 400, reason: parsed.reason },
    };
  }
  const { target } = parsed;
  const chosen = sites.find((site) => matchRoute(site.routes, target.path) !== undefined) ?? sites[0];
  if (chosen === undefined) {
    const hosts = gateway.sites.flatMap((site) => site.hosts.map(originOf));
    return { method, target: target.text, hosts: [], outcome: { kind: 'unknown-host', status: 421, hosts } };
  }
  const outcome = explainOnSite(gateway, chosen, method, target);
  return { method, target: target.text, hosts: chosen.hosts.map(originOf), outcome };
}

function hasAuthority({ hosts }: Site, authority: string): boolean {
  const wanted = authority.toLowerCase();
  return hosts.some((host) => authorityOf(host) === wanted || `${host.name}:${host.port}` === wanted);
}

function explainOnSite(gateway: Gateway, site: Site, method: string, target: Target): Outcome {
  const match = matchRoute(site.routes, target.path);
  if (match === undefined) return notFound(site, target);
  const { route: found } = match;
  const route = explainRoute(site, match, target.path);
  const visible = [...visibleOperations(found, 'https'), ...visibleOperations(found, 'internal')];
  const operation = operationFor(found, visible, method);
  if (operation === undefined) {
    const publicly = visibleOperations(found, 'https');
    if (publicly.length === 0) return notFound(site, target);
    const declared = found.operations.map(({ method: one, at }) => ({ method: one, at }));
    const allow = allowedMethods(found, publicly);
    return { kind: 'method-not-allowed', status: 405, route, allow, declared };
  }
  const allowed = operation.features.pathCharacters?.value.characters ?? [];
  const refused = target.characters.filter((character) => !allowed.includes(character));
  if (refused.length > 0) {
    return {
      kind: 'bad-target',
      status: 400,
      reason: `it holds ${refused.join(' ')}, which the operation does not allow`,
    };
  }
  return { kind: 'served', route, operation: explainOperation(gateway, site, match, operation, target) };
}

function notFound({ routes }: Site, { path }: Target): Outcome {
  return { kind: 'not-found', status: 404, nearest: nearestRoutes(routes, path) };
}

function explainRoute(site: Site, { route, parameters }: RouteMatch, path: string): RouteExplanation {
  const beaten = site.routes
    .filter((other) => other !== route && matchSegments(other.segments, path) !== undefined)
    .map((other) => ({ template: other.template, at: other.at, because: explainPrecedence(route, other) }));
  return {
    template: route.template,
    path: pathText(route),
    at: route.at,
    parameters: [...parameters],
    beaten,
  };
}

const maximumNear = 3;

/** Routes whose beginning matches longest, with or without the base path; a segment in other case counts less. */
function nearestRoutes(routes: readonly Route[], path: string): readonly NearRoute[] {
  const texts = path.slice(1).split('/');
  return routes
    .map((route, order) => {
      const below = route.segments.slice(route.baseSegments);
      return { route, order, score: Math.max(likeness(route.segments, texts), likeness(below, texts)) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, maximumNear)
    .map(({ route }) => ({
      path: pathText(route),
      methods: route.operations.map(({ method }) => method),
      at: route.at,
    }));
}

function likeness(segments: Route['segments'], texts: readonly string[]): number {
  let score = 0;
  for (const [index, segment] of segments.entries()) {
    const text = texts[index] ?? '';
    if (matchSegments([segment], `/${text}`) !== undefined) score += segment.kind === 'greedy' ? 0.5 : 1;
    else if (matchSegments([lowerCase(segment)], `/${text.toLowerCase()}`) !== undefined) score += 0.75;
    else break;
  }
  return score === 0 ? 0 : score - Math.abs(segments.length - texts.length) / 10;
}

function lowerCase(segment: Route['segments'][number]): Route['segments'][number] {
  if (segment.kind === 'greedy') return segment;
  const pieces = segment.pieces.map((piece) =>
    piece.kind === 'literal' ? { ...piece, text: piece.text.toLowerCase() } : piece,
  );
  return { kind: 'plain', pieces };
}

function pathText({ segments }: Route): string {
  const texts = segments.map((segment) => {
    if (segment.kind === 'greedy') return `{${segment.name}+}`;
    return segment.pieces
      .map((piece) => (piece.kind === 'literal' ? piece.text : `{${piece.name}}`))
      .join('');
  });
  return `/${texts.join('/')}`;
}
