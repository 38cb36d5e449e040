import { posix } from 'node:path';
import type { Artifact } from '../../targets/target.ts';
import { type FileSystem, failureOf } from './file-system.ts';
import type { Inspection } from './inspect-folder.ts';
import { compare } from './manifest.ts';
import { foldersOf } from './output-path.ts';

/**
 * `done`; `leftBehind`: written, but the temporary folder remains; `undone`: failed, and everything is as it was;
 * `notUndone`: failed, and putting things back failed too (no file is ever deleted before the new folder is in place).
 */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'leftBehind' | 'undone' | 'notUndone'; readonly failure: string };

/** Takes back one step. Steps are taken back in reverse order. */
type Undo = () => void;

/**
 * Fills `<staging>/new` (nobody else can enter staging: 0700), moves the entries of others there, and swaps it with the
 * folder by two renames. Between these two the folder does not exist; POSIX has no exchange of folders.
 */
export function replaceFolder(
  fs: FileSystem,
  folder: string,
  staging: string,
  files: readonly Artifact[],
  before: Inspection,
): Outcome {
  const undo: Undo[] = [];
  try {
    makeParents(fs, posix.dirname(folder), undo);
    makeFolder(fs, staging, 0o700, undo);
    fillNew(fs, `${staging}/new`, files, before, undo);
    for (const path of before.foreign) {
      rename(fs, `${folder}/${path}`, `${staging}/new/${path}`, undo);
    }
    if (before.exists) rename(fs, folder, `${staging}/old`, undo);
    rename(fs, `${staging}/new`, folder, undo);
    fs.syncFolder(posix.dirname(folder));
  } catch (error) {
    return takeBack(undo, failureOf(error));
  }
  try {
    removeOld(fs, staging, before);
    return { kind: 'done' };
  } catch (error) {
    return removeAgain(fs, staging, before, failureOf(error));
  }
}

function fillNew(
  fs: FileSystem,
  root: string,
  files: readonly Artifact[],
  before: Inspection,
  undo: Undo[],
): void {
  const folders = new Set(['', ...[...files.map(({ path }) => path), ...before.foreign].flatMap(foldersOf)]);
  const ordered = [...folders].sort(compare);
  for (const path of ordered) makeFolder(fs, within(root, path), 0o700, undo);
  for (const { path, contents, executable } of [...files].sort((a, b) => compare(a.path, b.path))) {
    const target = `${root}/${path}`;
    undo.push(() => {
      if (fs.entry(target) !== undefined) fs.removeFile(target);
    });
    fs.writeFile(target, contents, executable === true ? 0o755 : 0o644);
  }
  for (const path of [...ordered].reverse()) {
    setPermissions(fs, within(root, path), before.folders.get(path));
    fs.syncFolder(within(root, path));
  }
}

/** As the folder had them, so that one that an operator closed stays closed; 0755 where it is new. */
function setPermissions(fs: FileSystem, path: string, had: ReturnType<FileSystem['entry']>): void {
  const now = fs.entry(path);
  if (had !== undefined && (now?.owner !== had.owner || now.group !== had.group)) {
    fs.setOwner(path, had.owner, had.group);
  }
  fs.setMode(path, had?.mode ?? 0o755);
}

function makeParents(fs: FileSystem, folder: string, undo: Undo[]): void {
  for (const path of [...foldersOf(folder), folder]) {
    if (path === '' || fs.entry(path) !== undefined) continue;
    makeFolder(fs, path, 0o755, undo);
    fs.setMode(path, 0o755);
  }
}

function makeFolder(fs: FileSystem, path: string, mode: number, undo: Undo[]): void {
  fs.makeFolder(path, mode);
  undo.push(() => fs.removeFolder(path));
}

function rename(fs: FileSystem, from: string, to: string, undo: Undo[]): void {
  fs.rename(from, to);
  undo.push(() => fs.rename(to, from));
}

function takeBack(undo: readonly Undo[], failure: string): Outcome {
  let kind: 'undone' | 'notUndone' = 'undone';
  for (const step of [...undo].reverse()) {
    try {
      step();
    } catch {
      // Once more, for a failure that passes; later steps still run: each puts back or removes only its own.
      kind = again(step) ? kind : 'notUndone';
    }
  }
  return { kind, failure };
}

function again(step: Undo): boolean {
  try {
    step();
    return true;
  } catch {
    return false;
  }
}

/** Removes what gwc wrote before; a folder that is not empty then holds something new of others and stays. */
function removeOld(fs: FileSystem, staging: string, before: Inspection): void {
  const old = `${staging}/old`;
  if (before.exists) {
    for (const path of before.files.keys()) {
      if (fs.entry(`${old}/${path}`) !== undefined) fs.removeFile(`${old}/${path}`);
    }
    for (const path of [...before.folders.keys()].sort(compare).reverse()) {
      if (fs.entry(within(old, path)) !== undefined) fs.removeFolder(within(old, path));
    }
  }
  fs.removeFolder(staging);
}

function removeAgain(fs: FileSystem, staging: string, before: Inspection, failure: string): Outcome {
  try {
    removeOld(fs, staging, before);
    return { kind: 'done' };
  } catch {
    return { kind: 'leftBehind', failure };
  }
}

function within(root: string, path: string): string {
  return path === '' ? root : `${root}/${path}`;
}
