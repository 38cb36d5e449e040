import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { nodeFileSystem } from './output/file-system.ts';

/** Writes a file, whole or not at all; one that is there is replaced. Throws errors of Node. */
export function writeWhole(file: string, text: string): void {
  if (nodeFileSystem.entry(file) === undefined) nodeFileSystem.writeFile(file, text, 0o644);
  else replaceFile(file, text);
}

/**
 * Writes over a file: a new one beside it takes its place, with its mode and, where that may be, its owner. A link stays
 * a link. Throws errors of Node; the old file is then as it was.
 */
export function replaceFile(file: string, text: string): void {
  const real = realpathSync(file);
  const before = nodeFileSystem.entry(real);
  if (before?.kind !== 'file') throw new Error('it is not a regular file');
  const staging = join(dirname(real), `.${basename(real)}.gwc`);
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
