import { type Diagnostic, diagnosticKind } from '../diagnostics/diagnostic.ts';

const notRead = 'The document is not read, so no gateway is built from it.';
const notLoaded = 'The reference is not followed, so no gateway is built.';

export const unreadableFile = diagnosticKind<{ readonly file: string; readonly reason: string }>({
  code: 'SRC001',
  severity: 'error',
  title: 'A file cannot be read',
  message: ({ file, reason }) => `The file "${file}" cannot be read: ${reason}.`,
  consequence: notRead,
  fix: 'Name a regular file that exists and that may be read.',
});

export const malformedText = diagnosticKind<{ readonly found: string }>({
  code: 'SRC002',
  severity: 'error',
  title: 'A file is not UTF-8 text',
  message: ({ found }) => `The file is not UTF-8 text: it holds ${found}.`,
  consequence: notRead,
  fix: 'Save the file as UTF-8.',
});

export const malformedSyntax = diagnosticKind<{ readonly syntax: 'YAML' | 'JSON'; readonly found: string }>({
  code: 'SRC003',
  severity: 'error',
  title: 'A document is not well-formed YAML or JSON',
  message: ({ syntax, found }) => `The ${syntax} is malformed: ${found}.`,
  consequence: notRead,
  fix: ({ syntax }) => `Correct the ${syntax} at this place.`,
});

export const duplicateKey = diagnosticKind<{ readonly key: string }>({
  code: 'SRC004',
  severity: 'error',
  title: 'A mapping has the same key twice',
  message: ({ key }) => `The key "${key}" stands twice in one mapping.`,
  consequence: 'One of the two values would be lost in silence, so the document is not read.',
  fix: 'Keep one of the two.',
});

export const unknownTag = diagnosticKind<{ readonly tag: string }>({
  code: 'SRC005',
  severity: 'error',
  title: 'A YAML tag is unknown',
  message: ({ tag }) => `The YAML tag "${tag}" is unknown.`,
  consequence: notRead,
  fix: 'Write the plain value; only the tags of the YAML 1.2 core schema are read.',
});

export const overBudget = diagnosticKind<{ readonly what: string; readonly limit: number }>({
  code: 'SRC006',
  severity: 'error',
  title: 'A document is larger than what is read',
  message: ({ what, limit }) => `The input has more than ${limit} ${what}.`,
  consequence: notRead,
  fix: 'Make the document smaller, or split it into several.',
});

export const forbiddenKey = diagnosticKind<{ readonly key: string }>({
  code: 'SRC007',
  severity: 'error',
  title: 'A key is not allowed in any document',
  message: ({ key }) => `The key "${key}" is not allowed.`,
  consequence: notRead,
  fix: 'Rename the key.',
});

export const mergeKey = diagnosticKind({
  code: 'SRC008',
  severity: 'error',
  title: 'A YAML merge key',
  message: () => 'The merge key "<<" is not part of YAML 1.2.',
  consequence: 'Parsers disagree about it, so nothing is merged and no gateway is built.',
  fix: 'Write the merged entries out, or use a "$ref".',
});

export const complexKey = diagnosticKind({
  code: 'SRC009',
  severity: 'error',
  title: 'A mapping key is a mapping or a sequence',
  message: () => 'A mapping key is itself a mapping or a sequence.',
  consequence: notRead,
  fix: 'Write a key that is a string.',
});

export const malformedString = diagnosticKind<{ readonly found: string }>({
  code: 'SRC010',
  severity: 'error',
  title: 'A string holds what no text can hold',
  message: ({ found }) => `The string holds ${found}.`,
  consequence: notRead,
  fix: 'Remove it, or write the backslash twice where an escape is meant for somebody else.',
});

export const emptyDocument = diagnosticKind({
  code: 'SRC011',
  severity: 'error',
  title: 'A document is empty',
  message: () => 'The document is empty.',
  consequence: notRead,
  fix: 'Write an OpenAPI document.',
});

export const endlessAlias = diagnosticKind({
  code: 'SRC012',
  severity: 'error',
  title: 'A YAML alias stands inside its own anchor',
  message: () => 'A YAML alias stands inside the value that it repeats.',
  consequence: notRead,
  fix: 'Use a "$ref" for a structure that contains itself.',
});

export const refusedReference = diagnosticKind<{ readonly reference: string; readonly reason: string }>({
  code: 'SRC020',
  severity: 'error',
  title: 'A reference leaves what may be read',
  message: ({ reference, reason }) => `The reference "${reference}" is refused: ${reason}.`,
  consequence: notLoaded,
  fix: 'Refer to "#/…" or to a relative .yaml, .yml or .json file inside the root folder; "--root" names that folder.',
});

export const danglingReference = diagnosticKind<{ readonly reference: string; readonly reason: string }>({
  code: 'SRC021',
  severity: 'error',
  title: 'A reference leads nowhere',
  message: ({ reference, reason }) => `The reference "${reference}" leads nowhere: ${reason}.`,
  consequence: notLoaded,
  fix: 'Correct the reference, or add what it names.',
});

export const endlessReference = diagnosticKind<{ readonly reference: string; readonly reason: string }>({
  code: 'SRC022',
  severity: 'error',
  title: 'A chain of references does not end',
  message: ({ reference, reason }) => `The reference "${reference}" does not end: ${reason}.`,
  consequence: notLoaded,
  fix: 'Refer to the value itself.',
});

export const unsupportedReference = diagnosticKind<{ readonly reference: string; readonly reason: string }>({
  code: 'SRC023',
  severity: 'error',
  title: 'A reference of a kind that is not followed',
  message: ({ reference, reason }) => `The reference "${reference}" is not followed: ${reason}.`,
  consequence: notLoaded,
  fix: 'Refer to a JSON pointer ("#/…") in a .yaml, .yml or .json file.',
});

const notApplied = 'The overlay is not applied, so no gateway is built.';

export const malformedOverlay = diagnosticKind<{ readonly reason: string }>({
  code: 'SRC030',
  severity: 'error',
  title: 'An overlay is not a valid overlay document',
  message: ({ reason }) => `The overlay is not valid: ${reason}.`,
  consequence: notApplied,
  fix: 'Write it as the OpenAPI Overlay Specification 1.0 or 1.1 asks.',
});

export const malformedTarget = diagnosticKind<{ readonly path: string; readonly fault: string }>({
  code: 'SRC031',
  severity: 'error',
  title: 'A JSONPath expression of an overlay cannot be used',
  message: ({ path, fault }) => `The JSONPath "${path}" cannot be used: ${fault}.`,
  consequence: notApplied,
  fix: 'Write an RFC 9535 query; the functions are length, count and value.',
});

export const unselective = diagnosticKind<{ readonly path: string; readonly selected: number }>({
  code: 'SRC032',
  severity: 'error',
  title: 'An action of an overlay selects nothing, or a copy more than one value',
  message: ({ path, selected }) =>
    selected === 0
      ? `The JSONPath "${path}" selects nothing.`
      : `The JSONPath "${path}" selects ${selected} values.`,
  consequence: 'The change that the overlay asks for does not happen, so no gateway is built.',
  fix: ({ selected }) =>
    selected === 0
      ? 'Correct the expression, or write "x-allow-empty: true" beside a target that may be absent.'
      : 'Select exactly one value to copy.',
});

export const incompatibleUpdate = diagnosticKind<{ readonly base: string; readonly update: string }>({
  code: 'SRC033',
  severity: 'error',
  title: 'An overlay merges values of different kinds',
  message: ({ base, update }) => `The overlay merges ${update} into ${base}.`,
  consequence: notApplied,
  fix: 'Remove the old value with an action of its own first.',
});

export const foreignOverlay = diagnosticKind<{ readonly target: string }>({
  code: 'SRC034',
  severity: 'error',
  title: 'An overlay extends another document',
  message: ({ target }) => `The overlay extends "${target}", which is none of the documents given.`,
  consequence: notApplied,
  fix: 'Write the relative path of the document, or leave "extends" out.',
});

const unreadable: ReadonlySet<string> = new Set(
  [
    unreadableFile,
    malformedText,
    malformedSyntax,
    duplicateKey,
    unknownTag,
    overBudget,
    forbiddenKey,
    complexKey,
    malformedString,
    emptyDocument,
    endlessAlias,
  ].map((kind) => kind.code),
);

/** True when the finding means that a file could not be read or parsed at all. */
export function isUnreadable(found: Diagnostic): boolean {
  return unreadable.has(found.code);
}
