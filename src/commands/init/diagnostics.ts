import { diagnosticKind } from '../../diagnostics/diagnostic.ts';

export const blockPresent = diagnosticKind({
  code: 'INI001',
  severity: 'error',
  title: 'A document that gwc init is for has a block already',
  message: () => 'The document has "x-gateway" already.',
  consequence: 'What is there could be lost or doubled, so nothing is written.',
  fix: 'Edit what is there, or write a new root block with --force, which replaces the old one.',
});

export const draftPresent = diagnosticKind<{ file: string }>({
  code: 'INI002',
  severity: 'error',
  title: 'The file that gwc init would write exists',
  message: ({ file }) => `The file "${file}" exists.`,
  consequence: 'It may hold blanks that are filled in already, so it is left as it is.',
  fix: 'Name another file with --output, or overwrite it with --force.',
});

export const cannotInsert = diagnosticKind<{ reason: string }>({
  code: 'INI003',
  severity: 'error',
  title: 'A block cannot be inserted without touching the rest of a document',
  message: ({ reason }) => `No block can be inserted into this document: ${reason}.`,
  consequence: 'The document is left as it is.',
  fix: 'Leave --in-place out: an overlay changes no byte of the document.',
});

export const notWritten = diagnosticKind<{ file: string; failure: string }>({
  code: 'INI004',
  severity: 'error',
  title: 'A file cannot be written',
  message: ({ file, failure }) => `The file "${file}" cannot be written: ${failure}.`,
  consequence: 'It is as it was.',
  fix: 'Name a place where files may be written, or print the draft with --stdout.',
});

export const extensionUnreadable = diagnosticKind<{ found: string; expected: string }>({
  code: 'INI005',
  severity: 'error',
  title: 'An extension of Amazon API Gateway is not of the form that it has there',
  message: ({ found, expected }) => `What stands here is ${found}, not ${expected}.`,
  consequence: 'Nothing is derived from it; the draft says nothing in its place.',
  fix: 'Correct it in the document and import again, or write into the draft what was meant.',
});

export const guardNotCarried = diagnosticKind<{ what: string }>({
  code: 'INI006',
  severity: 'warning',
  title: 'A guard of Amazon API Gateway that an import does not carry over',
  message: ({ what }) => `${what}.`,
  consequence: 'The draft does not hold it. A note at its end repeats this.',
  fix: 'Read the note, and say in the draft what shall hold instead.',
});

export const nothingToImport = diagnosticKind({
  code: 'INI007',
  severity: 'warning',
  title: 'An import from a document without extensions of Amazon API Gateway',
  message: () => 'The document has no extension "x-amazon-apigateway-…".',
  consequence: 'The draft is what gwc init writes without --from.',
  fix: 'Export the API with its extensions (get-export --parameters extensions=apigateway), or leave --from out.',
});
