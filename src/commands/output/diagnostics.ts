import { diagnosticKind } from '../../diagnostics/diagnostic.ts';

const nothingChanged = 'Nothing is written; the folder is as it was.';

export const folderNotOurs = diagnosticKind<{ folder: string }>({
  code: 'OUT001',
  severity: 'error',
  title: 'The output folder holds files that gwc did not write',
  message: ({ folder }) => `The folder "${folder}" is not empty and has no .gwc-manifest.json.`,
  consequence: nothingChanged,
  fix: 'Name another folder with -o, or empty this one.',
});

export const manifestUnreadable = diagnosticKind<{ folder: string; reason: string }>({
  code: 'OUT002',
  severity: 'error',
  title: 'The manifest of the output folder cannot be used',
  message: ({ folder, reason }) => `The manifest of "${folder}" cannot be used: ${reason}.`,
  consequence: 'Which files gwc may replace is unknown. Nothing is written; the folder is as it was.',
  fix: 'Restore .gwc-manifest.json, or move your own files away and remove the folder.',
});

export const editedByHand = diagnosticKind<{ path: string }>({
  code: 'OUT003',
  severity: 'error',
  title: 'A written file was edited by hand',
  message: ({ path }) => `The file "${path}" differs from what gwc wrote.`,
  consequence: nothingChanged,
  fix: 'Move the change into the document and restore the file, or build with --force to lose the change.',
});

export const throughSymbolicLink = diagnosticKind<{ path: string }>({
  code: 'OUT004',
  severity: 'error',
  title: 'A symbolic link stands where output is written',
  message: ({ path }) => `"${path}" is a symbolic link.`,
  consequence:
    'Writing through it could change files elsewhere. Nothing is written; the folder is as it was.',
  fix: 'Replace the link by a folder or file, or name another folder with -o.',
});

export const pathRefused = diagnosticKind<{ path: string; flaw: string }>({
  code: 'OUT005',
  severity: 'error',
  title: 'A file of the output has a path that is refused',
  message: ({ path, flaw }) => `The output path "${path}" ${flaw}.`,
  consequence: nothingChanged,
  fix: 'This is a bug in gwc. Report it with the document.',
});

export const inTheWay = diagnosticKind<{ path: string }>({
  code: 'OUT006',
  severity: 'error',
  title: 'Something that gwc did not write stands where output goes',
  message: ({ path }) => `"${path}" was not written by gwc and stands where output goes.`,
  consequence: nothingChanged,
  fix: 'Move it away. A file (not a folder) is replaced by --force.',
});

export const interrupted = diagnosticKind<{ staging: string; recovery: string }>({
  code: 'OUT007',
  severity: 'error',
  title: 'An earlier build was interrupted, or another one runs',
  message: ({ staging }) => `The folder "${staging}" of another build exists.`,
  consequence: nothingChanged,
  fix: ({ recovery }) =>
    `Wait for the other build. If none runs, put things in order and build again: ${recovery}`,
});

export const writeFailed = diagnosticKind<{ folder: string; failure: string }>({
  code: 'OUT008',
  severity: 'error',
  title: 'The output cannot be written',
  message: ({ folder, failure }) => `The folder "${folder}" cannot be written: ${failure}.`,
  consequence: nothingChanged,
  fix: 'Make room, or give the right to write to the folder and the one that holds it.',
});

export const notUndone = diagnosticKind<{ folder: string; staging: string; failure: string }>({
  code: 'OUT009',
  severity: 'error',
  title: 'The output could neither be written nor be put back',
  message: ({ folder, failure }) =>
    `Writing "${folder}" stopped half-way (${failure}) and could not be undone.`,
  consequence: ({ staging }) => `Files of the folder are in "${staging}"; none is lost.`,
  fix: ({ staging, folder }) =>
    `Move what is missing from "${staging}" back to "${folder}", then remove "${staging}".`,
});

export const leftBehind = diagnosticKind<{ staging: string; failure: string }>({
  code: 'OUT010',
  severity: 'warning',
  title: 'A temporary folder could not be removed',
  message: ({ staging, failure }) => `The temporary folder "${staging}" cannot be removed: ${failure}.`,
  consequence: 'The output is complete. The next build refuses to start while that folder exists.',
  fix: 'Look whether it holds files of yours, then remove it.',
});

export const outOfDate = diagnosticKind<{
  folder: string;
  how: 'stale' | 'missing' | 'extra';
  paths: readonly string[];
}>({
  code: 'OUT011',
  severity: 'error',
  title: 'The output folder is not what the documents give now',
  message: ({ folder, how, paths }) => {
    const named = paths.slice(0, 10).map((path) => `"${path}"`);
    const more = paths.length > named.length ? ` and ${paths.length - named.length} more` : '';
    return `In "${folder}" ${paths.length === 1 ? 'a file is' : 'files are'} ${how}: ${named.join(', ')}${more}.`;
  },
  consequence: 'What is deployed from there is not what the documents say.',
  fix: 'Run gwc build and commit the result.',
});
