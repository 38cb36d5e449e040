import type { Route } from '../../../model/gateway.ts';
import type { Segment } from '../../../model/path.ts';
import { escapeRegex } from './regex.ts';

/**
 * The paths of a route as a part of a regular expression. Whether AWS WAF sees a path below the name of the stage, and with or
 * without the base path that leads to the API, is documented nowhere: every form matches. The forms that no client can
 * use lead to no route, so a guard that covers them too is none the weaker.
 */
export function pathPattern(route: Route, stageName: string): string {
  const base = route.segments.slice(0, route.baseSegments).map(segmentPattern).join('');
  const rest = route.segments.slice(route.baseSegments).map(segmentPattern).join('');
  return `(?:/${escapeRegex(stageName)})?${base === '' ? '' : `(?:${base})?`}${rest}`;
}

function segmentPattern(segment: Segment): string {
  if (segment.kind === 'greedy') return '/.+';
  const pieces = segment.pieces.map((piece) =>
    piece.kind === 'literal' ? escapeRegex(piece.text) : '[^/]+',
  );
  return `/${pieces.join('')}`;
}

/** Whether some path could belong to both. Says yes too often where a segment mixes text and parameters. */
export function overlaps(one: Route, other: Route): boolean {
  const length = Math.max(one.segments.length, other.segments.length);
  for (let index = 0; index < length; index++) {
    const [a, b] = [one.segments[index], other.segments[index]];
    if (a?.kind === 'greedy' || b?.kind === 'greedy') return true;
    if (a === undefined || b === undefined) return false;
    const [left, right] = [literalOf(a), literalOf(b)];
    if (left !== undefined && right !== undefined && left !== right) return false;
  }
  return true;
}

function literalOf(segment: Segment): string | undefined {
  if (segment.kind === 'greedy') return undefined;
  const [piece] = segment.pieces;
  if (piece === undefined) return '';
  return segment.pieces.length === 1 && piece.kind === 'literal' ? piece.text : undefined;
}
