import type { Place } from '../diagnostics/diagnostic.ts';
import type { TextPosition } from './documents.ts';
import type { StoredFile } from './file-store.ts';
import { lineColumn, lineText } from './source-text.ts';

/**
 * Line and column of a place in a file. The value of a key whose block stands below it is shown at the key; so is a
 * value that is not written, and a pointer that leads to nothing is shown at its nearest ancestor.
 */
export function locate(place: Place, file: StoredFile | undefined): TextPosition | undefined {
  const source = file?.source;
  if (source === undefined) return undefined;
  if ('line' in place) {
    const text = lineText(source, place.line);
    const endColumn = Math.max(place.column, Math.min(place.column + 1, text.length + 1));
    return { line: place.line, column: place.column, endColumn, lineText: text };
  }
  if (!('pointer' in place) || file?.parsed.positions === undefined) return undefined;
  const span = file.parsed.positions()(place.pointer, place.side);
  const { line, column } = lineColumn(source, span.start);
  const text = lineText(source, line);
  const written = Math.min(column + (span.end - span.start), trimmedLength(text) + 1);
  return { line, column, endColumn: Math.max(written, column), lineText: text };
}

function trimmedLength(text: string): number {
  let length = text.length;
  while (text[length - 1] === ' ' || text[length - 1] === '\t') length -= 1;
  return length;
}
