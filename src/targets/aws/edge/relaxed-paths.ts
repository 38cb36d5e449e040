import type { Route, Site } from '../../../model/gateway.ts';
import type { Piece, Segment } from '../../../model/path.ts';
import { methodsOf } from './answers.ts';

/** A template as a regular expression, with the characters (`allowInPath`) of each method that allows some. */
export type RelaxedPath = readonly [expression: string, allowed: Readonly<Record<string, readonly string[]>>];

/**
 * The templates of a site that decide about a path with characters that are refused elsewhere, in order of precedence:
 * those with operations that allow some, and those in front of them that may match the same path.
 */
export function relaxedPaths({ routes }: Site): readonly RelaxedPath[] {
  const relaxed = routes.map(allowedOf);
  return routes.flatMap((route, index) => {
    const allowed = relaxed[index] ?? {};
    const decides =
      Object.keys(allowed).length > 0 ||
      routes.some(
        (later, place) =>
          place > index && Object.keys(relaxed[place] ?? {}).length > 0 && mayShareAPath(route, later),
      );
    return decides ? [[expressionOf(route.segments), allowed] as const] : [];
  });
}

function allowedOf(route: Route): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    route.operations.flatMap((operation) => {
      const characters = operation.features.pathCharacters?.value.characters ?? [];
      return characters.length === 0
        ? []
        : methodsOf(route, operation).map((method) => [method, characters] as const);
    }),
  );
}

/** False only where no path matches both. */
function mayShareAPath(one: Route, other: Route): boolean {
  const shorter = Math.min(one.segments.length, other.segments.length);
  for (let index = 0; index < shorter; index++) {
    const [a, b] = [one.segments[index], other.segments[index]];
    if (a?.kind === 'greedy' || b?.kind === 'greedy') return true;
    const texts = [a, b].map((segment) => segment && literalOf(segment));
    if (texts[0] !== undefined && texts[1] !== undefined && texts[0] !== texts[1]) return false;
  }
  return one.segments.length === other.segments.length;
}

function literalOf(segment: Segment): string | undefined {
  if (segment.kind === 'greedy') return undefined;
  const texts = segment.pieces.map((piece) => (piece.kind === 'literal' ? piece.text : undefined));
  return texts.includes(undefined) ? undefined : texts.join('');
}

function expressionOf(segments: readonly Segment[]): string {
  const texts = segments.map((segment) =>
    segment.kind === 'greedy' ? '/.+' : `/${segment.pieces.map(pieceExpression).join('')}`,
  );
  return `^${texts.join('')}$`;
}

function pieceExpression(piece: Piece): string {
  return piece.kind === 'parameter' ? '[^/]+' : piece.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
