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
