import type { Operation, Route } from '../model/gateway.ts';
import type { Piece, Segment } from '../model/path.ts';

/** Raw text of each path parameter. */
export type PathParameters = ReadonlyMap<string, string>;

export interface RouteMatch {
  readonly route: Route;
  readonly parameters: PathParameters;
}

/** The first route, in the model's order of precedence, that matches a raw path (BEHAVIOUR.md N1-N7). */
export function matchRoute(routes: readonly Route[], path: string): RouteMatch | undefined {
  for (const route of routes) {
    const parameters = matchSegments(route.segments, path);
    if (parameters !== undefined) return { route, parameters };
  }
  return undefined;
}

/** Parameters of a raw path that begins with a slash, or undefined when the segments do not match all of it. */
export function matchSegments(segments: readonly Segment[], path: string): PathParameters | undefined {
  const texts = path.slice(1).split('/');
  const parameters = new Map<string, string>();
  for (const [index, segment] of segments.entries()) {
    if (segment.kind === 'greedy') {
      const rest = texts.slice(index).join('/');
      if (rest === '') return undefined;
      return parameters.set(segment.name, rest);
    }
    const text = texts[index];
    const found = text === undefined ? undefined : matchPieces(segment.pieces, text);
    if (found === undefined) return undefined;
    for (const [name, value] of found) parameters.set(name, value);
  }
  return texts.length === segments.length ? parameters : undefined;
}

/**
 * Matches one segment: each parameter takes as few characters as possible, at least one, from left to right with
 * backtracking. Remembers dead ends, so that hostile text costs at most pieces × length².
 */
function matchPieces(pieces: readonly Piece[], text: string): PathParameters | undefined {
  const dead = new Set<number>();
  const found = new Map<string, string>();
  const matchFrom = (index: number, start: number): boolean => {
    const piece = pieces[index];
    if (piece === undefined) return start === text.length;
    if (piece.kind === 'literal') {
      return text.startsWith(piece.text, start) && matchFrom(index + 1, start + piece.text.length);
    }
    const state = index * (text.length + 1) + start;
    if (dead.has(state)) return false;
    for (let end = start + 1; end <= text.length; end++) {
      if (matchFrom(index + 1, end)) {
        found.set(piece.name, text.slice(start, end));
        return true;
      }
    }
    dead.add(state);
    return false;
  };
  return matchFrom(0, 0) ? found : undefined;
}

/** Operations of a route that exist on a listener: internal ones on the internal listener only, and nothing else there. */
export function visibleOperations(
  route: Route,
  listener: 'http' | 'https' | 'internal',
): readonly Operation[] {
  const exposure = listener === 'internal' ? 'internal' : 'public';
  return route.operations.filter(({ features }) => features.exposure.value === exposure);
}

/** HEAD is served wherever GET is, under its guards, unless it is declared itself (LANGUAGE.md §4). */
export function operationFor(
  route: Route,
  visible: readonly Operation[],
  method: string,
): Operation | undefined {
  const declared = visible.find((operation) => operation.method === method);
  if (declared !== undefined || method !== 'HEAD' || declaresHead(route)) return declared;
  return visible.find((operation) => operation.method === 'GET');
}

/** Value of `Allow` (RFC 9110 §10.2.1): sorted, HEAD beside GET. */
export function allowedMethods(route: Route, visible: readonly Operation[]): string {
  const methods = new Set(visible.map(({ method }) => method));
  if (methods.has('GET') && !declaresHead(route)) methods.add('HEAD');
  return [...methods].sort().join(', ');
}

function declaresHead(route: Route): boolean {
  return route.operations.some(({ method }) => method === 'HEAD');
}
