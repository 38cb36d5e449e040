import type { Segment } from '../../model/path.ts';

/**
 * The paths that segments match, as a key: equal exactly when two templates match the same paths by the same pieces.
 * Parameter names do not count. Literal text never holds a raw brace, so keys cannot be confused.
 */
export function pathShape(segments: readonly Segment[]): string {
  return segments.map((segment) => `/${segmentShape(segment)}`).join('');
}

/** As `pathShape`, for one segment and without its slash. */
export function segmentShape(segment: Segment): string {
  if (segment.kind === 'greedy') return '{+}';
  return segment.pieces.map((piece) => (piece.kind === 'literal' ? piece.text : '{}')).join('');
}
