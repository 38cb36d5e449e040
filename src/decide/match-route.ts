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
 * Matches one segment: each parameter takes as few characters as possible, at least one, from left to right, so that
 * the rest still matches. Knows beforehand from where the rest can match: hostile text costs pieces × length.
 */
function matchPieces(pieces: readonly Piece[], text: string): PathParameters | undefined {
  const restMatches = matchingStarts(pieces, text);
  if (restMatches[0]?.[0] !== true) return undefined;
  const found = new Map<string, string>();
  let start = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'literal') {
      start += piece.text.length;
      continue;
    }
    const end = restMatches[index + 1]?.indexOf(true, start + 1) ?? -1;
    found.set(piece.name, text.slice(start, end));
    start = end;
  }
  return found;
}

/** For each piece, and for the end behind the last one: whether it and all behind it match the text from a start on. */
function matchingStarts(pieces: readonly Piece[], text: string): readonly (readonly boolean[])[] {
  const starts: (readonly boolean[])[] = [
    Array.from({ length: text.length + 1 }, (_, start) => start === text.length),
  ];
  for (const piece of [...pieces].reverse()) {
    const [behind = []] = starts;
    const last = behind.lastIndexOf(true);
    starts.unshift(
      behind.map((_, start) =>
        piece.kind === 'parameter'
          ? start < last
          : text.startsWith(piece.text, start) && behind[start + piece.text.length] === true,
      ),
    );
  }
  return starts;
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
