import type { Segment } from '../../model/path.ts';
import { segmentShape } from './path-shape.ts';

/**
 * Which of two paths is tried first: negative when `a` is. Segment by segment from the left: literal, then literal
 * with parameters (more literal characters first, then by text), then parameter, then greedy; the leftmost difference
 * decides, and a path that ends first comes first (BEHAVIOUR.md N1-N5). Zero only for paths of one shape.
 */
export function comparePrecedence(a: readonly Segment[], b: readonly Segment[]): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const [left, right] = [a[index], b[index]];
    if (left === undefined || right === undefined) break;
    const order = compareSegments(left, right);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareSegments(a: Segment, b: Segment): number {
  const classes = segmentClass(a) - segmentClass(b);
  if (classes !== 0) return classes;
  const literals = literalLength(b) - literalLength(a);
  if (literals !== 0 && segmentClass(a) === 1) return literals;
  return compareText(segmentShape(a), segmentShape(b));
}

/** 0 literal (an empty last segment included), 1 literal and parameters or several parameters, 2 parameter, 3 greedy. */
function segmentClass(segment: Segment): number {
  if (segment.kind === 'greedy') return 3;
  if (segment.pieces.every((piece) => piece.kind === 'literal')) return 0;
  return segment.pieces.length > 1 ? 1 : 2;
}

function literalLength(segment: Segment): number {
  if (segment.kind === 'greedy') return 0;
  return segment.pieces.reduce((sum, piece) => sum + (piece.kind === 'literal' ? piece.text.length : 0), 0);
}

/** By UTF-16 code units: the same everywhere, unlike a locale's order. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
