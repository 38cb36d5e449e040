import type { Route } from '../../../model/gateway.ts';
import type { Piece, Segment } from '../../../model/path.ts';

/** A segment of literal text and parameters (`{id}.json`), by what it matches: names of parameters do not count. */
export interface MixedPattern {
  /** Literal text with `{}` for each parameter. */
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** Number among the patterns of the position, as it appears in keys. */
  readonly number: number;
}

/** Patterns of one position that no segment can match two of; what precedes in an overlap is in an earlier layer. */
export interface Layer {
  readonly position: number;
  readonly index: number;
  readonly patterns: readonly MixedPattern[];
}

/** Where a mixed segment was put. */
interface MixedPlace {
  readonly layer: number;
  readonly pattern: MixedPattern;
}

export interface MixedSegments {
  readonly layers: readonly Layer[];
  /** The place of a mixed segment at a position counted from 1. */
  readonly placeOf: (position: number, segment: Segment) => MixedPlace | undefined;
}

/** True for a segment that is neither literal nor one whole parameter. */
export function isMixed(segment: Segment): boolean {
  return (
    segment.kind === 'plain' &&
    segment.pieces.length > 1 &&
    segment.pieces.some((piece) => piece.kind === 'parameter')
  );
}

/** Arranges the mixed segments of every route in layers, so that one map finds the pattern of a segment. */
export function mixedSegments(routes: readonly Route[]): MixedSegments {
  const byPosition = new Map<number, Map<string, readonly Piece[]>>();
  for (const { segments } of routes) {
    for (const [index, segment] of segments.entries()) {
      if (segment.kind !== 'plain' || !isMixed(segment)) continue;
      const patterns = byPosition.get(index + 1) ?? new Map<string, readonly Piece[]>();
      byPosition.set(index + 1, patterns.set(patternText(segment.pieces), segment.pieces));
    }
  }
  const places = new Map<string, MixedPlace>();
  const layers = [...byPosition]
    .sort(([a], [b]) => a - b)
    .flatMap(([position, patterns]) => layersAt(position, patterns, places));
  return {
    layers,
    placeOf: (position, segment) =>
      segment.kind === 'plain' ? places.get(`${position} ${patternText(segment.pieces)}`) : undefined,
  };
}

function layersAt(
  position: number,
  patterns: ReadonlyMap<string, readonly Piece[]>,
  places: Map<string, MixedPlace>,
): readonly Layer[] {
  const ordered = [...patterns]
    .map(([text, pieces]) => ({ text, pieces }))
    .sort((a, b) => literalLength(b.pieces) - literalLength(a.pieces) || compareText(a.text, b.text))
    .map((pattern, number): MixedPattern => ({ ...pattern, number }));
  const placed: MixedPlace[] = [];
  for (const pattern of ordered) {
    const before = placed.filter((other) => mayOverlap(other.pattern.pieces, pattern.pieces));
    const place = { layer: Math.max(-1, ...before.map(({ layer }) => layer)) + 1, pattern };
    placed.push(place);
    places.set(`${position} ${pattern.text}`, place);
  }
  const count = Math.max(-1, ...placed.map(({ layer }) => layer)) + 1;
  return Array.from({ length: count }, (_, index) => ({
    position,
    index,
    patterns: placed.filter(({ layer }) => layer === index).map(({ pattern }) => pattern),
  }));
}

/** False only where literal text at the beginning or at the end keeps two patterns apart. */
function mayOverlap(a: readonly Piece[], b: readonly Piece[]): boolean {
  const [startA, startB] = [edgeText(a[0]), edgeText(b[0])];
  const [endA, endB] = [edgeText(a.at(-1)), edgeText(b.at(-1))];
  const startsFit = startA.startsWith(startB) || startB.startsWith(startA);
  return startsFit && (endA.endsWith(endB) || endB.endsWith(endA));
}

function edgeText(piece: Piece | undefined): string {
  return piece?.kind === 'literal' ? piece.text : '';
}

function literalLength(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + (piece.kind === 'literal' ? piece.text.length : 0), 0);
}

function patternText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.kind === 'literal' ? piece.text : '{}')).join('');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
