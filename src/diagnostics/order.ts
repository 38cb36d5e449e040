import type { Diagnostic, Place } from './diagnostic.ts';

/** A place with line and column, as a person reads it. */
export interface Position {
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

export type Locate = (
  place: Place,
) =>
  | { readonly line: number; readonly column: number; readonly endColumn: number; readonly lineText: string }
  | undefined;

export function positionOf(place: Place | undefined, locate: Locate): Position {
  if (place === undefined) return { file: '', line: undefined, column: undefined };
  const found = locate(place);
  if (found !== undefined) return { file: place.file, line: found.line, column: found.column };
  if ('line' in place) return { file: place.file, line: place.line, column: place.column };
  return { file: place.file, line: undefined, column: undefined };
}

/**
 * Sorts by file, line, column, code and message, and drops exact repetitions (one flaw reached by two ways), so that
 * the order never depends on the order of the checks.
 */
export function orderDiagnostics(found: readonly Diagnostic[], locate: Locate): readonly Diagnostic[] {
  const keyed = found.map((one) => ({ one, position: positionOf(one.at, locate) }));
  keyed.sort(
    (a, b) =>
      comparePositions(a.position, b.position) ||
      compareText(a.one.code, b.one.code) ||
      compareText(a.one.message, b.one.message),
  );
  const result: Diagnostic[] = [];
  let last = '';
  for (const { one, position } of keyed) {
    const key = JSON.stringify([position, one.code, one.message, one.target]);
    if (key !== last) result.push(one);
    last = key;
  }
  return result;
}

function comparePositions(a: Position, b: Position): number {
  return compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
