import { hash } from 'node:crypto';
import type { Segment } from '../../model/path.ts';
import { pathShape } from '../path/path-shape.ts';

/**
 * Name of a route for files, logs and configuration: readable words of the path and a hash of host and shape. It
 * depends on nothing but the route itself, so that adding or removing others leaves it alone.
 */
export function routeId(authority: string, segments: readonly Segment[]): string {
  return readableId(segments.map(segmentWords).join('-'), `${authority}\n${pathShape(segments)}`);
}

/** `[a-z0-9-]`: at most 40 characters of `words`, then 10 hex digits (40 bits) of SHA-256 over `identity`. */
export function readableId(words: string, identity: string): string {
  const slug = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  const digest = hash('sha256', identity).slice(0, 10);
  return slug === '' ? `root-${digest}` : `${slug}-${digest}`;
}

function segmentWords(segment: Segment): string {
  if (segment.kind === 'greedy') return segment.name;
  return segment.pieces.map((piece) => (piece.kind === 'literal' ? piece.text : piece.name)).join('-');
}
