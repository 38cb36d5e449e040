import type { Segment } from '../../model/path.ts';
import { segmentShape } from './path-shape.ts';

/** Lower than every character of a segment, so that a path that ends first comes first. */
const separator = '\0';
const longest = 99_999_999;

/**
 * A text whose order by code units is the precedence of paths, and which is equal exactly for paths of one shape.
 * Segment by segment from the left: literal, then literal with parameters (more literal characters first, then by
 * text), then parameter, then greedy; the leftmost difference decides (BEHAVIOUR.md N1-N5).
 */
export function precedenceKey(segments: readonly Segment[]): string {
  return segments.map(segmentKey).join(separator);
}

/** Compares by UTF-16 code units: the same everywhere, unlike a locale's order. */
export function comparePrecedence(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 0 literal (an empty last segment included), 1 literal and parameters or several parameters, 2 parameter, 3 greedy. */
function segmentKey(segment: Segment): string {
  // Most segments are one piece.
  if (segment.kind === 'plain' && segment.pieces.length === 1) {
    const [piece] = segment.pieces;
    return piece?.kind === 'literal' ? `0${piece.text}` : '2{}';
  }
  const shape = segmentShape(segment);
  if (segment.kind === 'greedy') return `3${shape}`;
  if (segment.pieces.every((piece) => piece.kind === 'literal')) return `0${shape}`;
  const literals = segment.pieces.reduce(
    (sum, piece) => sum + (piece.kind === 'literal' ? piece.text.length : 0),
    0,
  );
  return `1${String(longest - literals).padStart(8, '0')}${shape}`;
}
