import { CORE_SCHEMA, load } from 'js-yaml';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import type { Budgets } from './budgets.ts';
import {
  emptyDocument,
  endlessAlias,
  forbiddenKey,
  isUnreadable,
  malformedString,
  mergeKey,
  overBudget,
} from './diagnostics.ts';
import { type Examination, type Examined, examine, type Problem, type WrittenReference } from './examine.ts';
import type { Events } from './outline.ts';
import { countJsonKeys, findDuplicateKeys, outlineJson, parseJson } from './parse-json.ts';
import { parsePlainYaml, parseYaml } from './parse-yaml.ts';
import { indexPositions, type PositionIndex } from './position-index.ts';
import type { SourceText } from './source-text.ts';

/** What one file says. */
interface ParsedDocument {
  readonly value: unknown;
  /** Values, with every alias written out. */
  readonly nodes: number;
  /** Texts of the references, each once. */
  readonly references: ReadonlySet<string>;
  /** Every reference with its place, in document order. */
  readonly written: () => readonly WrittenReference[];
}

/** The result of reading one text: `document` is absent when a diagnostic makes the text unreadable. */
export interface ParseResult {
  readonly document: ParsedDocument | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Places of keys and values; undefined when the text has no structure. */
  readonly positions: (() => PositionIndex) | undefined;
}

/**
 * Reads a text as JSON when it begins with `{` or `[`, otherwise as YAML. A file called `.json` is JSON or an error; any
 * other file that begins with a bracket and is no JSON is read as YAML, of which JSON is a part.
 */
export function parseDocument(source: SourceText, budgets: Budgets): ParseResult {
  const isNamedJson = /\.json$/i.test(source.file);
  const first = firstCharacter(source.text);
  if (first === '') return failed([diagnostic(emptyDocument, { file: source.file }, {})]);
  if (!isNamedJson && first !== '{' && first !== '[') return readYaml(source, budgets);
  const json = parseJson(source);
  if (!('code' in json)) return readJson(source, json.value, budgets);
  if (isNamedJson) return failed([json]);
  const yaml = readYaml(source, budgets);
  const isNamedYaml = /\.ya?ml$/i.test(source.file);
  return yaml.document === undefined && !isNamedYaml ? failed([json]) : yaml;
}

/** The first character that is no white space of JSON; empty when there is none. */
function firstCharacter(text: string): string {
  let at = 0;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return text.charAt(at);
}

function failed(diagnostics: readonly Diagnostic[]): ParseResult {
  return { document: undefined, diagnostics, positions: undefined };
}

function readJson(source: SourceText, value: unknown, budgets: Budgets): ParseResult {
  const look = examiner(value, {
    shared: false,
    mergeKeys: false,
    escapes: /\\u(?:[dD][89a-fA-F]|0000)/.test(source.text),
    depth: budgets.depth,
  });
  const examined = look(false);
  const duplicates =
    examined.depth <= budgets.depth && countJsonKeys(source.text) !== examined.keys
      ? findDuplicateKeys(source)
      : [];
  const positions = remember(() => indexPositions(source.text, outlineJson(source.text), decodeJsonKey));
  return conclude(source.file, value, look, examined, duplicates, positions, budgets);
}

/** Texts of so few UTF-16 units are read again to find a place, instead of keeping all places of thousands of files. */
const SMALL = 65_536;

function outlineYaml(source: SourceText, budgets: Budgets): Events {
  const parsed = parseYaml(source, budgets);
  return 'code' in parsed ? [] : (parsed.outline ?? []);
}

function readYaml(source: SourceText, budgets: Budgets): ParseResult {
  const isSmall = source.text.length <= SMALL;
  const parsed = isSmall ? parsePlainYaml(source, budgets) : parseYaml(source, budgets);
  if ('code' in parsed) return failed([parsed]);
  const look = examiner(parsed.value, {
    shared: parsed.aliases > 0,
    mergeKeys: true,
    escapes: source.text.includes('\\') && /\\(?:u[dD]|U|0|x00|u0000)/.test(source.text),
    depth: budgets.depth,
  });
  const kept = isSmall ? undefined : parsed.outline;
  const positions = remember(() =>
    indexPositions(source.text, kept ?? outlineYaml(source, budgets), decodeYamlKey),
  );
  return conclude(source.file, parsed.value, look, look(false), [], positions, budgets);
}

/** Looks at a value, with or without the places of what it finds. */
type Look = (places: boolean) => Examined;

function examiner(value: unknown, how: Omit<Examination, 'places'>): Look {
  return (places) => examine(value, places ? { ...how, places } : how);
}

function conclude(
  file: string,
  value: unknown,
  look: Look,
  examined: Examined,
  found: readonly Diagnostic[],
  positions: () => PositionIndex,
  budgets: Budgets,
): ParseResult {
  const { nodes, references } = examined;
  const document = { value, nodes, references, written: () => look(true).written };
  const isWithin = examined.depth <= budgets.depth && nodes <= budgets.nodes;
  if (isWithin && found.length === 0 && examined.problems.length === 0) {
    return { document, diagnostics: [], positions };
  }
  const limits = [
    ['nested levels', examined.depth, budgets.depth],
    ['values in one file', nodes, budgets.nodes],
  ] as const;
  const diagnostics = [
    ...found,
    ...(examined.problems.length > 0 ? look(true).problems : []).map((problem) =>
      describeProblem(file, problem),
    ),
    ...limits
      .filter(([, count, limit]) => count > limit)
      .map(([what, , limit]) => diagnostic(overBudget, { file }, { what, limit })),
  ];
  return { document: diagnostics.some(isUnreadable) ? undefined : document, diagnostics, positions };
}

function describeProblem(file: string, { kind, key, pointer }: Problem): Diagnostic {
  const at = { file, pointer };
  if (kind === 'forbidden key') return diagnostic(forbiddenKey, at, { key }, { side: 'key' });
  if (kind === 'merge key') return diagnostic(mergeKey, at, {}, { side: 'key' });
  if (kind === 'endless alias') return diagnostic(endlessAlias, at, {});
  return diagnostic(malformedString, at, {
    found: kind === 'nul' ? 'a NUL character' : 'half of a surrogate pair',
  });
}

function decodeJsonKey(written: string): string | undefined {
  return String(JSON.parse(written));
}

/** A plain word is its own text; everything else is read as the YAML it is. */
function decodeYamlKey(written: string): string | undefined {
  if (/^[A-Za-z$/_][A-Za-z0-9$/_{}.-]*$/.test(written) && !/^(?:true|false|null)$/i.test(written))
    return written;
  try {
    return String(load(written, { schema: CORE_SCHEMA }) ?? null);
  } catch {
    return undefined;
  }
}

function remember<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
