import type { Route } from '../model/gateway.ts';
import type { Segment } from '../model/path.ts';

/** Why one of two routes that match the same path is tried first: a sentence about the leftmost difference (BEHAVIOUR.md §2.2b). */
export function explainPrecedence(winner: Route, loser: Route): string {
  const index = winner.segments.findIndex((segment, at) => written(segment) !== written(loser.segments[at]));
  const [won, lost] = [winner.segments[index], loser.segments[index]];
  if (won === undefined || lost === undefined) return 'it ends first.';
  return `segment ${index + 1}, "${written(won)}" (${kindOf(won)}), goes before "${written(lost)}" (${kindOf(lost)}).`;
}

/** A segment as in a template, parameter names left out where only the shape counts. */
function written(segment: Segment | undefined): string {
  if (segment === undefined) return '';
  if (segment.kind === 'greedy') return '{+}';
  return segment.pieces.map((piece) => (piece.kind === 'literal' ? piece.text : '{}')).join('');
}

function kindOf(segment: Segment): string {
  if (segment.kind === 'greedy') return 'the rest of the path';
  const parameters = segment.pieces.filter(({ kind }) => kind === 'parameter').length;
  if (parameters === 0) return 'literal';
  const literal = segment.pieces.reduce(
    (sum, piece) => sum + (piece.kind === 'literal' ? piece.text.length : 0),
    0,
  );
  if (segment.pieces.length === 1) return 'a parameter';
  return literal === 0 ? 'several parameters' : `a parameter with ${literal} literal characters`;
}
