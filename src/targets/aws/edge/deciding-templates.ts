import type { Operation, Route, Site } from '../../../model/gateway.ts';
import type { Piece, Segment } from '../../../model/path.ts';
import { methodsOf } from '../methods-of.ts';

/** A template as a regular expression, with what is special about some of its methods. */
export type DecidingTemplate<Special> = readonly [
  expression: string,
  special: Readonly<Record<string, Special>>,
];

/**
 * The templates of a site that functions must know, because something is special about an operation, in order of
 * precedence: its own, and those in front of it that may match the same path. The first that matches decides.
 */
export function decidingTemplates<Special>(
  { routes }: Site,
  specialOf: (operation: Operation) => Special | undefined,
): readonly DecidingTemplate<Special>[] {
  const found = routes.map((route) => specialMethods(route, specialOf));
  const special = found.flatMap((methods, index) => (Object.keys(methods).length > 0 ? [index] : []));
  const last = special.at(-1) ?? -1;
  return routes.slice(0, last + 1).flatMap((route, index) => {
    const decides = special.some((place) => {
      const later = routes[place];
      return place === index || (place > index && later !== undefined && mayShareAPath(route, later));
    });
    return decides ? [[expressionOf(route.segments), found[index] ?? {}] as const] : [];
  });
}

/** The templates of a site that match paths with a slash at their end, as regular expressions. */
export function slashTemplates({ routes }: Site): readonly string[] {
  const last = ({ segments }: Route): boolean => {
    const segment = segments.at(-1);
    return segment?.kind === 'greedy' || segment?.pieces.length === 0;
  };
  return routes.filter(last).map(({ segments }) => expressionOf(segments));
}

function specialMethods<Special>(
  route: Route,
  specialOf: (operation: Operation) => Special | undefined,
): Readonly<Record<string, Special>> {
  return Object.fromEntries(
    route.operations.flatMap((operation) => {
      const special = specialOf(operation);
      return special === undefined
        ? []
        : methodsOf(operation, route).map((method) => [method, special] as const);
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
