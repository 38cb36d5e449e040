import { CORE_SCHEMA, load, type State, YAMLException } from 'js-yaml';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import type { Budgets } from './budgets.ts';
import {
  complexKey,
  duplicateKey,
  emptyDocument,
  malformedSyntax,
  overBudget,
  unknownTag,
} from './diagnostics.ts';
import { findComplexKey } from './find-complex-key.ts';
import { findImpossibleEscape } from './find-impossible-escape.ts';
import { closeKind, type Events, recordOutline } from './outline.ts';
import { quoteFound } from './quote-found.ts';
import { lineColumn, type SourceText } from './source-text.ts';

export interface ParsedYaml {
  readonly value: unknown;
  /** Aliases in the text. */
  readonly aliases: number;
  /** Events of the outline: where every key and value stands. Undefined when they were not recorded. */
  readonly outline: Events | undefined;
}

/** Text that aliases may repeat inside keys, in UTF-16 units: js-yaml joins the items of a sequence that is a key. */
const REPEATED_TEXT = 16 * 1024 * 1024;

/**
 * Where something can be a key and a collection at once, wherever it stands in a text: before a `:` that follows a
 * bracket or begins a line, as an entry of a flow mapping, anchored or not.
 */
const keyLike = new RegExp(
  ['[\\]}][ \\t]*:', '(?:^|[\\r\\n])[ \\t]*:(?:[ \\t\\r\\n]|$)', '[{,]\\s*[[{#!&]'].join('|'),
);
/** The same after a `?`. */
const explicitKey = /(?:^|[\s[{,])\?(?:[ \t\r\n]|$)/;

/** Where a node is named, and where one is repeated. No letter, digit or `=` ends where a node begins. */
const anchor = /(?:^|[^A-Za-z0-9=])&[^\s,[\]{}]/;
const alias = /(?:^|[^A-Za-z0-9=])\*[^\s,[\]{}]/;

/**
 * What needs a look at the outline: a possible key, an escape by code point, or an anchor and an alias (one without the
 * other is an error or changes nothing). What most texts do not hold at all is looked for by its character first.
 */
function needsOutline(text: string): boolean {
  return (
    keyLike.test(text) ||
    (text.includes('?') && explicitKey.test(text)) ||
    text.includes('\\U') ||
    (text.includes('&') && text.includes('*') && anchor.test(text) && alias.test(text))
  );
}

/** As `parseYaml` and faster, for a text whose outline is not asked for. */
export function parsePlainYaml(source: SourceText, budgets: Budgets): ParsedYaml | Diagnostic {
  if (needsOutline(source.text)) return parseYaml(source, budgets);
  try {
    const value = load(source.text, optionsOf(budgets));
    if (value !== undefined && value !== null) return { value, aliases: 0, outline: undefined };
  } catch {
    // What is wrong is said by the parse that knows all places.
  }
  return parseYaml(source, budgets);
}

function optionsOf(budgets: Budgets): LoadOptions {
  // A scalar and the attempt to read it as a key take levels of their own; the exact depth is measured later.
  return { schema: CORE_SCHEMA, maxDepth: budgets.depth + 4 };
}

/** Reads one YAML 1.2 document with the core schema: no dates, no merge keys, no tags beyond the schema's. */
export function parseYaml(source: SourceText, budgets: Budgets): ParsedYaml | Diagnostic {
  const outline = recordOutline();
  const aliases = countAliases(budgets.aliases);
  const documents: number[] = [];
  let level = 0;
  try {
    const value = load(source.text, {
      ...optionsOf(budgets),
      listener: (event, state) => {
        if (event === 'open') {
          if (level++ === 0) documents.push(state.position);
          outline.open(state.position);
          return;
        }
        level -= 1;
        outline.close(state.position, kindOf(state));
        if (state.kind === null && state.result !== null) aliases.count(state);
      },
    } as LoadOptions);
    const events = outline.events();
    return checkYaml(source, value, events) ?? { value, aliases: aliases.total(), outline: events };
  } catch (error) {
    return describeError(error, source, documents, budgets);
  }
}

/** What js-yaml accepts and turns into something else. */
function checkYaml(source: SourceText, value: unknown, events: Events): Diagnostic | undefined {
  const isNothing = value === null && closeKind(events.at(-1) ?? 0) === 'none';
  if (value === undefined || isNothing) return diagnostic(emptyDocument, { file: source.file }, {});
  const complex = findComplexKey(source.text, events);
  if (complex !== undefined) return diagnostic(complexKey, placeAt(source, complex), {});
  const impossible = findImpossibleEscape(source.text, events);
  if (impossible === undefined) return undefined;
  const found = 'an escape names a code point beyond U+10FFFF';
  return diagnostic(malformedSyntax, placeAt(source, impossible), { syntax: 'YAML', found });
}

/** The options that js-yaml 4.3 has and its types lack. */
type LoadOptions = NonNullable<Parameters<typeof load>[1]> & { readonly maxDepth: number };

function kindOf(state: State): 0 | 1 | 2 | 3 {
  if (state.kind === 'scalar') return 3;
  if (typeof state.result !== 'object' || state.result === null) return 0;
  return Array.isArray(state.result) ? 2 : 1;
}

const TOO_MANY = 'too many aliases';
const TOO_LONG = 'aliases repeat too much text';

/** Counts aliases and what they repeat; throws when a limit is passed, which ends the parse. */
function countAliases(limit: number): { count: (state: State) => void; total: () => number } {
  const sizes = new Map<unknown, number>();
  let last = -1;
  let total = 0;
  let repeated = 0;
  return {
    total: () => total,
    count: (state) => {
      if (state.position === last) return;
      last = state.position;
      total += 1;
      if (total > limit) throw new Error(TOO_MANY);
      const size = sizes.get(state.result) ?? textSize(state.result);
      if (typeof state.result === 'object') sizes.set(state.result, size);
      repeated += size;
      if (repeated > REPEATED_TEXT) throw new Error(TOO_LONG);
    },
  };
}

function textSize(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (!Array.isArray(value)) return 0;
  let size = value.length;
  for (const item of value) if (typeof item === 'string') size += item.length;
  return size;
}

function placeAt(source: SourceText, offset: number) {
  return { file: source.file, ...lineColumn(source, Math.min(Math.max(offset, 0), source.text.length)) };
}

function describeError(
  error: unknown,
  source: SourceText,
  documents: readonly number[],
  budgets: Budgets,
): Diagnostic {
  if (!(error instanceof YAMLException)) {
    const reason = error instanceof Error ? error.message : '';
    if (reason === TOO_MANY) {
      return diagnostic(
        overBudget,
        { file: source.file },
        { what: 'YAML aliases in one file', limit: budgets.aliases },
      );
    }
    return diagnostic(
      overBudget,
      { file: source.file },
      { what: 'characters repeated by YAML aliases', limit: REPEATED_TEXT },
    );
  }
  // The types say that there always is a mark, but a second document is reported without one.
  const mark: { readonly position: number } | undefined = error.mark;
  const offset = mark?.position ?? documents[1] ?? 0;
  const at = placeAt(source, offset);
  const reason = error.reason;
  if (reason === 'duplicated mapping key') {
    return diagnostic(duplicateKey, at, { key: keyAt(source.text, offset) });
  }
  if (reason.startsWith('nesting exceeded')) {
    return diagnostic(overBudget, at, { what: 'nested levels', limit: budgets.depth });
  }
  const tag = /^unknown tag !<(.*)>$/s.exec(reason)?.[1];
  if (tag !== undefined) {
    // js-yaml is behind the tagged value by then.
    const start = source.text.lastIndexOf(tag.replace(/^tag:yaml\.org,2002:/, '!!'), offset);
    return diagnostic(unknownTag, start < 0 ? at : placeAt(source, start), { tag: tag.slice(0, 80) });
  }
  if (/nested arrays are not supported inside keys/.test(reason)) return diagnostic(complexKey, at, {});
  return diagnostic(malformedSyntax, at, {
    syntax: 'YAML',
    found: `${reword(reason)}, near ${quoteFound(source.text, offset)}`,
  });
}

/** The text of a key, without quotes. */
function keyAt(text: string, offset: number): string {
  const line = /^[^\r\n]{0,200}/.exec(text.slice(offset, offset + 200))?.[0] ?? '';
  const quoted = /^"((?:[^"\\]|\\.)*)"|^'((?:[^']|'')*)'/.exec(line);
  return quoted?.[1] ?? quoted?.[2] ?? line.replace(/\s*:(?:\s.*)?$/, '');
}

/** One clause of js-yaml's reason: its first line only, with the odd ones said better. */
function reword(reason: string): string {
  return reasons[reason] ?? (reason.split('\n')[0] ?? '').slice(0, 120);
}

const reasons: Readonly<Record<string, string>> = {
  'bad indentation of a mapping entry': 'the indentation of a mapping entry is wrong',
  'bad indentation of a sequence entry': 'the indentation of a sequence entry is wrong',
  'tab characters must not be used in indentation': 'a tab is used as indentation',
  'can not read an implicit mapping pair; a colon is missed': 'a ":" is missing after a key',
  'can not read a block mapping entry; a multiline key may not be an implicit key':
    'a key spreads over several lines, or a ":" is missing',
  'end of the stream or a document separator is expected': 'text follows the end of the document',
  'expected a single document in the stream, but found more': 'a second document begins',
  'missed comma between flow collection entries': 'a comma is missing between two entries',
  'the stream contains non-printable characters': 'it contains a control character',
  'expected valid JSON character': 'a quoted string contains a control character',
};
