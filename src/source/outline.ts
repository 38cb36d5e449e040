/** What a written value is. `none`: nothing is written, or an alias of a scalar. */
export type OutlineKind = 'none' | 'mapping' | 'sequence' | 'scalar';

const kinds: readonly OutlineKind[] = ['none', 'mapping', 'sequence', 'scalar'];

/**
 * Where the values of a text open and close, in the order of the text, keys included: one small number an event, so that
 * recording costs next to nothing and everything else is computed only for what is asked. An opening is its offset; a
 * closing is `-1 - (offset * 4 + kind)`.
 */
export interface Outline {
  readonly open: (offset: number) => void;
  /** `kind` is an index of none, mapping, sequence, scalar. */
  readonly close: (offset: number, kind: 0 | 1 | 2 | 3) => void;
  readonly events: () => Int32Array;
}

export function recordOutline(): Outline {
  let events = new Int32Array(1024);
  let length = 0;
  const push = (event: number): void => {
    if (length === events.length) {
      const larger = new Int32Array(length * 2);
      larger.set(events);
      events = larger;
    }
    events[length++] = event;
  };
  return {
    open: push,
    close: (offset, kind) => push(-1 - (offset * 4 + kind)),
    events: () => events.subarray(0, length),
  };
}

export function closeOffset(event: number): number {
  return (-1 - event) >> 2;
}

export function closeKind(event: number): OutlineKind {
  return kinds[(-1 - event) & 3] ?? 'none';
}

/** For every opening the index of its closing; the other way round is not needed. */
export function matchEvents(events: Int32Array): Int32Array {
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
