/** What a written value is. `none`: nothing is written, or an alias of a scalar. */
export type OutlineKind = 'none' | 'mapping' | 'sequence' | 'scalar';

const kinds: readonly OutlineKind[] = ['none', 'mapping', 'sequence', 'scalar'];

/**
 * Where the values of a text open and close, in the order of the text, keys included: one small number an event, so that
 * recording costs next to nothing and everything else is computed only for what is asked. An opening is its offset; a
 * closing is `-1 - (offset * 4 + kind)`.
 */
/** Openings and closings in the order of the text. */
export type Events = readonly number[];

export interface Outline {
  readonly open: (offset: number) => void;
  /** `kind` is an index of none, mapping, sequence, scalar. */
  readonly close: (offset: number, kind: 0 | 1 | 2 | 3) => void;
  readonly events: () => Events;
}

export function recordOutline(): Outline {
  const events: number[] = [];
  return {
    open: (offset) => events.push(offset),
    close: (offset, kind) => events.push(-1 - (offset * 4 + kind)),
    events: () => events,
  };
}

export function closeOffset(event: number): number {
  return (-1 - event) >> 2;
}

export function closeKind(event: number): OutlineKind {
  return kinds[(-1 - event) & 3] ?? 'none';
}

/** For every opening the index of its closing; the other way round is not needed. */
export function matchEvents(events: Events): Int32Array {
  const closing = new Int32Array(events.length);
  const stack: number[] = [];
  for (let index = 0; index < events.length; index++) {
    if ((events[index] ?? 0) >= 0) {
      stack.push(index);
      continue;
    }
    const opening = stack.pop();
    if (opening !== undefined) closing[opening] = index;
  }
  return closing;
}
