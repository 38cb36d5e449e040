import type { Piece, Segment } from '../../../model/path.ts';
import type { PathPattern } from './guard-data.ts';

/**
 * A path template as a regular expression over the raw path that captures the parameters in `read`. Parameters match
 * lazily from the left, one or more characters and no slash; a greedy one matches all of the rest.
 */
export function pathPattern(segments: readonly Segment[], read: ReadonlySet<string>): PathPattern {
  const names: string[] = [];
  const group = (name: string, matches: string): string => {
    if (!read.has(name)) return `(?:${matches})`;
    names.push(name);
    return `(${matches})`;
  };
  const piece = (one: Piece): string =>
    one.kind === 'literal' ? literal(one.text) : group(one.name, '[^/]+?');
  const pattern = segments
    .map((segment) =>
      segment.kind === 'greedy' ? `/${group(segment.name, '.+')}` : `/${segment.pieces.map(piece).join('')}`,
    )
    .join('');
  return { pattern: `^${pattern}$`, names };
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
