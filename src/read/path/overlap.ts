import type { Segment } from '../../model/path.ts';

/** Whether some path may match both templates; true also where that cannot be ruled out by a look at the pieces. */
export function mayOverlap(one: readonly Segment[], other: readonly Segment[]): boolean {
  for (const [index, segment] of one.entries()) {
    const opposite = other[index];
    if (opposite === undefined) return false;
    if (segment.kind === 'greedy' || opposite.kind === 'greedy') return true;
    if (!segmentsMayOverlap(segment, opposite)) return false;
  }
  return one.length === other.length;
}

type Plain = Extract<Segment, { kind: 'plain' }>;

function segmentsMayOverlap(one: Plain, other: Plain): boolean {
  const [a, b] = [edgesOf(one), edgesOf(other)];
  if (a.whole && b.whole) return a.start === b.start;
  if (a.whole) return matches(a.start, b);
  if (b.whole) return matches(b.start, a);
  return (
    (a.start.startsWith(b.start) || b.start.startsWith(a.start)) &&
    (a.end.endsWith(b.end) || b.end.endsWith(a.end))
  );
}

interface Edges {
  readonly start: string;
  readonly end: string;
  /** There is no parameter: `start` is all of it. */
  readonly whole: boolean;
}

function edgesOf({ pieces }: Plain): Edges {
  const first = pieces[0];
  const last = pieces.at(-1);
  return {
    start: first?.kind === 'literal' ? first.text : '',
    end: last?.kind === 'literal' ? last.text : '',
    whole: pieces.every(({ kind }) => kind === 'literal'),
  };
}

/** A parameter takes at least one character. */
function matches(text: string, { start, end }: Edges): boolean {
  return text.length > start.length + end.length && text.startsWith(start) && text.endsWith(end);
}
