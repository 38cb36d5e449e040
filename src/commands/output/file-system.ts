import {
  chmodSync,
  chownSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';

/** What stands at a path; a symbolic link is never followed. */
export interface Entry {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Permission bits. */
  readonly mode: number;
  readonly owner: number;
  readonly group: number;
}

/** The calls that writing output makes, so that a test can let each of them fail. All throw errors of Node. */
export interface FileSystem {
  /** Undefined when nothing is there. */
  readonly entry: (path: string) => Entry | undefined;
  /** Names in a folder, sorted by code unit. */
  readonly list: (path: string) => readonly string[];
  readonly read: (path: string) => Uint8Array;
  readonly makeFolder: (path: string, mode: number) => void;
  /** Creates a file that must not exist, and returns when its bytes are on the disk. */
  readonly writeFile: (path: string, contents: string, mode: number) => void;
  readonly setMode: (path: string, mode: number) => void;
  readonly setOwner: (path: string, owner: number, group: number) => void;
  readonly rename: (from: string, to: string) => void;
  readonly removeFile: (path: string) => void;
  /** Removes an empty folder. */
  readonly removeFolder: (path: string) => void;
  /** Returns when the names in a folder are on the disk. */
  readonly syncFolder: (path: string) => void;
}

export const nodeFileSystem: FileSystem = {
  entry(path) {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    const kind = found.isSymbolicLink()
      ? 'link'
      : found.isDirectory()
        ? 'folder'
        : found.isFile()
          ? 'file'
          : 'other';
    return { kind, mode: found.mode & 0o7777, owner: found.uid, group: found.gid };
  },
  list: (path) => readdirSync(path).sort(),
  read: (path) => readFileSync(path),
  makeFolder: (path, mode) => void mkdirSync(path, { mode }),
  writeFile(path, contents, mode) {
    const file = openSync(path, 'wx', mode);
    try {
      writeFileSync(file, contents);
      // The umask does not decide what the folder looks like.
      fchmodSync(file, mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  },
  setMode: chmodSync,
  setOwner: chownSync,
  rename: renameSync,
  removeFile: unlinkSync,
  removeFolder: rmdirSync,
  syncFolder(path) {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } catch (error) {
      // Some file systems cannot sync a folder and say so.
      if (!(error instanceof Error && 'code' in error && error.code === 'EINVAL')) throw error;
    } finally {
      closeSync(folder);
    }
  },
};

/** The code of a file system error (`EACCES`), or its message. */
export function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
