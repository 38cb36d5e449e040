import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import { duplicateKey, malformedSyntax } from './diagnostics.ts';
import { type Events, type Outline, recordOutline } from './outline.ts';
import { type JsonEvents, scanJson } from './scan-json.ts';
import { lineColumn, type SourceText } from './source-text.ts';

/** JSON.parse with a fault that has a place and that is the same for every version of Node. */
export function parseJson(source: SourceText): { readonly value: unknown } | Diagnostic {
  try {
    return { value: JSON.parse(source.text) };
  } catch {
    const fault = scanJson(source.text, ignored) ?? { offset: 0, found: 'it is not JSON' };
    return diagnostic(
      malformedSyntax,
      { file: source.file, ...lineColumn(source, fault.offset) },
      { syntax: 'JSON', found: fault.found },
    );
  }
}

const nothing = (): void => undefined;
const ignored: JsonEvents = { begin: nothing, end: nothing, key: nothing, scalar: nothing };

/**
 * How many keys a well-formed JSON text writes down. JSON.parse silently keeps the last of two equal keys, so a text
 * that writes more keys than its value has is the cheap sign of a duplicate.
 */
export function countJsonKeys(text: string): number {
  let keys = 0;
  let start = text.indexOf('"');
  while (start >= 0) {
    let end = text.indexOf('"', start + 1);
    while (text.charCodeAt(end - 1) === 0x5c && isEscaped(text, end)) end = text.indexOf('"', end + 1);
    let next = end + 1;
    let unit = text.charCodeAt(next);
    while (unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09) unit = text.charCodeAt(++next);
    if (unit === 0x3a) keys += 1;
    start = text.indexOf('"', next);
  }
  return keys;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes += 1;
  return backslashes % 2 === 1;
}

/** Every key of a well-formed JSON text that stands in its mapping already. */
export function findDuplicateKeys(source: SourceText): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const open: Set<string>[] = [];
  scanJson(source.text, {
    begin: () => open.push(new Set()),
    end: () => open.pop(),
    scalar: nothing,
    key: (start, end) => {
      const key: string = JSON.parse(source.text.slice(start, end));
      const known = open.at(-1);
      if (known?.has(key)) {
        found.push(diagnostic(duplicateKey, { file: source.file, ...lineColumn(source, start) }, { key }));
      }
      known?.add(key);
    },
  });
  return found;
}

/** Where the keys and values of a well-formed JSON text stand. */
export function outlineJson(text: string): Events {
  const outline: Outline = recordOutline();
  const open: (1 | 2)[] = [];
  scanJson(text, {
    begin: (offset, kind) => {
      open.push(kind === 'mapping' ? 1 : 2);
      outline.open(offset);
    },
    end: (offset) => outline.close(offset, open.pop() ?? 1),
    key: (start, end) => {
      outline.open(start);
      outline.close(end, 3);
    },
    scalar: (start, end) => {
      outline.open(start);
      outline.close(end, 3);
    },
  });
  return outline.events();
}
