import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync } from 'node:fs';

/** What a path is, links not followed. `size` in bytes. */
export interface FileStatus {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  readonly size: number;
}

/**
 * The little of a file system that reading needs, so that a git revision can stand in for the disk. Paths are those of
 * the platform. Every function may throw an error with a `code` (ENOENT, EACCES, …) as node:fs does.
 */
export interface FileSystem {
  /** The bytes of a regular file; must not block on anything else. */
  readonly readFile: (path: string) => Uint8Array;
  /** The absolute path without links. */
  readonly realpath: (path: string) => string;
  readonly lstat: (path: string) => FileStatus;
  /**
   * The bytes of a regular file that is no link and has at most `most` bytes, in fewer calls than it takes to ask and to
   * read; undefined for everything else, and when anything fails: the other functions tell why.
   */
  readonly readPlain?: (path: string, most: number) => Uint8Array | undefined;
}

/** Opening a pipe or a device neither waits nor takes it for a terminal. */
const CAUTIOUS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** The disk. A pipe or a device is refused before it is read, also when it takes the place of a file in between. */
export const diskFileSystem: FileSystem = {
  readFile: (path) => {
    const descriptor = openSync(path, CAUTIOUS);
    try {
      const status = fstatSync(descriptor);
      if (!status.isFile()) throw Object.assign(new Error('not a file'), { code: 'ENOTFILE' });
      return readAll(descriptor, status.size);
    } finally {
      closeSync(descriptor);
    }
  },
  realpath: (path) => realpathSync.native(path),
  lstat: (path) => {
    const found = lstatSync(path);
    const kind = found.isFile()
      ? 'file'
      : found.isDirectory()
        ? 'directory'
        : found.isSymbolicLink()
          ? 'link'
          : 'other';
    return { kind, size: found.size };
  },
  // Where the platform cannot refuse a link in the moment of opening, links are asked for first.
  ...(constants.O_NOFOLLOW === undefined ? {} : { readPlain }),
};

function readPlain(path: string, most: number): Uint8Array | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, CAUTIOUS | constants.O_NOFOLLOW);
    const status = fstatSync(descriptor);
    return status.isFile() && status.size <= most ? readAll(descriptor, status.size) : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readAll(descriptor: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const read = readSync(descriptor, bytes, length, size - length, null);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

/** Why a file system call failed, in words that are the same on every platform. */
export function describeFailure(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return (typeof code === 'string' ? reasons[code] : undefined) ?? 'the file system refuses it';
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EISDIR: 'it is a folder',
  ENOTFILE: 'it is not a regular file',
  ELOOP: 'its links do not end',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
};
