import type { Origin } from '../../../model/origin.ts';
import type { Documents } from '../../../source/documents.ts';
import { commentText } from '../yaml-text.ts';
import type { Note } from './findings.ts';

/** Places of one note that are listed. */
const SHOWN = 12;

/** Lines about what has no equivalent: each note once, with its places in the order in which they were found. */
export function noteLines(notes: readonly Note[], file: string, documents: Documents): readonly string[] {
  const places = new Map<string, Set<string>>();
  for (const { text, at } of notes) {
    const known = places.get(text) ?? new Set<string>();
    places.set(text, known);
    if (known.size <= SHOWN) known.add(placeText(at, file, documents));
    else known.add(`${at.file}#${at.pointer}`);
  }
  return [...places].flatMap(([text, found]) => {
    const shown = [...found].slice(0, SHOWN);
    const rest = found.size - shown.length;
    return [text, ...shown.map((place) => `  ${place}`), ...(rest > 0 ? [`  … and ${rest} more`] : [])];
  });
}

const OPERATION = /^\/paths\/([^/]+)\/([A-Za-z]+|x-amazon-apigateway-any-method)(?:\/|$)/;

/** `GET /orders (line 12)`: the operation, or the keys that lead to the place. */
function placeText(at: Origin, file: string, documents: Documents): string {
  const [, template = '', method] = OPERATION.exec(at.pointer) ?? [];
  const plain = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');
  const name =
    method === undefined
      ? at.pointer.split('/').slice(1).map(plain).join(' ')
      : `${method.startsWith('x-') ? 'ANY' : method.toUpperCase()} ${plain(template)}`;
  const line = documents.locate({ ...at, side: 'value' })?.line;
  const where = [
    ...(at.file === file ? [] : [commentText(at.file)]),
    ...(line === undefined ? [] : [`line ${line}`]),
  ];
  return `${commentText(name === '' ? 'the document' : name)}${where.length === 0 ? '' : ` (${where.join(', ')})`}`;
}
