import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.ts';
import { failureOf, nodeFileSystem } from '../output/file-system.ts';
import { notWritten } from './diagnostics.ts';

/** Writes a new file, or with `replace` over an old one; `exists` when there is one and it must stay. */
export function createFile(file: string, text: string, replace: boolean): Diagnostic | 'exists' | undefined {
  try {
    const present = nodeFileSystem.entry(file);
    if (present === undefined) nodeFileSystem.writeFile(file, text, 0o644);
    else if (!replace) return 'exists';
    else replaceFile(file, text);
    return undefined;
  } catch (error) {
    return diagnostic(notWritten, { file }, { file, failure: failureOf(error) });
  }
}

/**
 * Writes over a file, whole or not at all: a new one beside it takes its place, with its mode and, where that may be,
 * its owner. A link stays a link. Throws errors of Node; the old file is then as it was.
 */
export function replaceFile(file: string, text: string): void {
  const real = realpathSync(file);
  const before = nodeFileSystem.entry(real);
  if (before?.kind !== 'file') throw new Error('it is not a regular file');
  const staging = join(dirname(real), `.${real.slice(dirname(real).length + 1)}.gwc`);
  nodeFileSystem.writeFile(staging, text, before.mode);
  try {
    takeOwner(staging, before);
    nodeFileSystem.rename(staging, real);
  } catch (error) {
    nodeFileSystem.removeFile(staging);
    throw error;
  }
}

/** Only a privileged user can give files away; everybody else owns what is replaced. */
function takeOwner(file: string, before: { readonly owner: number; readonly group: number }): void {
  const now = nodeFileSystem.entry(file);
  if (now === undefined || (now.owner === before.owner && now.group === before.group)) return;
  nodeFileSystem.setOwner(file, before.owner, before.group);
}
