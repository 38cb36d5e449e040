import type { Side } from '../diagnostics/diagnostic.ts';
import { closeKind, closeOffset, type Events, matchEvents } from './outline.ts';
import { parsePointer } from './pointer.ts';

/** Offsets of a key or a value in a text; `end` is exclusive. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** One entry of a collection: indices of opening events. */
interface Entry {
  readonly key: number | undefined;
  readonly value: number | undefined;
}

/** Finds the place of a pointer; where nothing is written there, the place of its nearest ancestor. */
export type PositionIndex = (pointer: string, side: Side) => Span;

/**
 * Turns an outline into places. Work is done only for the collections on the way to what is asked, and remembered.
 * `decodeKey` gives the key that a piece of text stands for.
 */
export function indexPositions(
  text: string,
  events: Events,
  decodeKey: (written: string) => string | undefined,
): PositionIndex {
  const closing = matchEvents(events);
  const known = new Map<number, ReadonlyMap<string, Entry>>();

  const kindOf = (opening: number) => closeKind(events[closing[opening] ?? 0] ?? -1);
  const spanOf = (opening: number): Span => {
    const end = closeOffset(events[closing[opening] ?? 0] ?? -1);
    const start = skipSeparation(text, events[opening] ?? 0, end, true);
    return { start, end: Math.max(start, trimEnd(text, start, end)) };
  };
  const entriesOf = (opening: number): ReadonlyMap<string, Entry> => {
    const found = known.get(opening);
    if (found !== undefined) return found;
    const entries = readEntries(opening);
    known.set(opening, entries);
    return entries;
  };
  const childrenOf = (opening: number): readonly number[] => {
    const children: number[] = [];
    const end = closing[opening] ?? 0;
    for (let index = opening + 1; index < end; index = (closing[index] ?? index) + 1) children.push(index);
    return children;
  };
  const readEntries = (opening: number): ReadonlyMap<string, Entry> => {
    const entries = new Map<string, Entry>();
    const kind = kindOf(opening);
    if (kind !== 'mapping' && kind !== 'sequence') return entries;
    const children = childrenOf(opening);
    const [only] = children;
    // A flow collection in a block is read once as a possible key: the same text, one level deeper.
    if (only !== undefined && children.length === 1 && isSame(opening, only)) return entriesOf(only);
    if (kind === 'sequence') {
      for (const [index, value] of children.entries()) entries.set(String(index), { key: undefined, value });
      return entries;
    }
    for (let index = 0; index < children.length; index++) {
      const key = children[index] ?? 0;
      const span = spanOf(key);
      const name = decodeKey(text.slice(span.start, span.end));
      const hasValue = text[skipSeparation(text, span.end, text.length, false)] === ':';
      if (hasValue) index += 1;
      if (name !== undefined && !entries.has(name)) {
        entries.set(name, { key, value: hasValue ? children[index] : undefined });
      }
    }
    return entries;
  };
  const isSame = (outer: number, inner: number): boolean =>
    spanOf(outer).start === spanOf(inner).start &&
    kindOf(outer) === kindOf(inner) &&
    '[{*'.includes(text[spanOf(outer).start] ?? ' ');

  return (pointer, side) => {
    let at: Entry = { key: undefined, value: 0 };
    let missing = false;
    for (const token of parsePointer(pointer) ?? []) {
      const next: Entry | undefined = at.value === undefined ? undefined : entriesOf(at.value).get(token);
      if (next === undefined) {
        missing = true;
        break;
      }
      at = next;
    }
    if (events.length === 0) return { start: 0, end: 0 };
    const key = at.key === undefined ? undefined : spanOf(at.key);
    const value = at.value === undefined ? undefined : spanOf(at.value);
    if (key !== undefined && (side === 'key' || missing || value === undefined)) return key;
    if (value === undefined) return { start: 0, end: 0 };
    if (key === undefined) return value;
    // Nothing is written, or a block begins below its key: the key is the line that a reader looks for.
    const isBlock = kindOf(at.value ?? 0) !== 'scalar' && isBlockBelow(text, key, value);
    return value.end === value.start || isBlock ? key : value;
  };
}

function isBlockBelow(text: string, key: Span, value: Span): boolean {
  const first = text[value.start] ?? '';
  return !'[{*'.includes(first) && /[\r\n]/.test(text.slice(key.end, value.start));
}

/** Skips blanks and comments and, before a value, its tag and its anchor. */
function skipSeparation(text: string, from: number, end: number, properties: boolean): number {
  let at = from;
  while (at < end) {
    const character = text[at];
    if (character === ' ' || character === '\t' || character === '\n' || character === '\r') at += 1;
    else if (character === '#') while (at < end && text[at] !== '\n' && text[at] !== '\r') at += 1;
    else if (properties && (character === '!' || character === '&')) {
      while (at < end && !/[\s,[\]{}]/.test(text[at] ?? ' ')) at += 1;
    } else break;
  }
  return Math.min(at, end);
}

function trimEnd(text: string, start: number, from: number): number {
  let end = from;
  // Only what YAML and JSON call white space: a no-break space is text.
  while (end > start && ' \t\r\n'.includes(text[end - 1] ?? 'x')) end -= 1;
  return end;
}
