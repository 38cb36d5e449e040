import { basename, dirname, join, relative, sep } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import type { Budgets } from './budgets.ts';
import { overBudget, unreadableFile } from './diagnostics.ts';
import { describeFailure, type FileStatus, type FileSystem } from './file-system.ts';
import { type ParseResult, parseDocument } from './parse-document.ts';
import { hasReadableExtension } from './reference.ts';
import { decodeText, type SourceText } from './source-text.ts';

/** Where references of a file may lead, and how files near it are called. */
interface Bounds {
  /** Real path of the folder that no reference leaves. */
  readonly root: string;
  /** Real path of the folder of the root document, and its name as given. */
  readonly folder: string;
  readonly folderName: string;
}

/** A file that was asked for. */
export interface StoredFile {
  readonly name: string;
  readonly real: string;
  /** Real path of its folder. */
  readonly folder: string;
  readonly bounds: Bounds;
  /** Undefined when the bytes could not be read or are not text. */
  readonly source: SourceText | undefined;
  readonly parsed: ParseResult;
}

/** A file, or why there is none. */
type Found =
  | { readonly kind: 'file'; readonly file: StoredFile }
  | { readonly kind: 'refused' | 'dangling'; readonly reason: string };

/** What a path leads to, where references may not leave `root`. */
interface Resolved {
  readonly root: string;
  readonly found: Found;
}

/** Every file that is read, each once, however it is spelt. */
export interface FileStore {
  /** A document named by the user; `name` is its name as given. */
  readonly open: (name: string, root: string | undefined) => StoredFile;
  /** A relative path that stands in a file, under the policy for references. */
  readonly resolve: (path: string, from: StoredFile) => Found;
  readonly byName: (name: string) => StoredFile | undefined;
  readonly all: () => readonly StoredFile[];
}

export function createFileStore(fileSystem: FileSystem, budgets: Budgets): FileStore {
  const files = new Map<string, StoredFile>();
  const names = new Map<string, StoredFile>();
  const resolved = new Map<string, Resolved>();
  /** The same by the folder and the relative path as it is written, which spares joining them. */
  const written = new Map<string, Map<string, Resolved>>();
  const folders = new Map<string, string>();
  let bytes = 0;

  const add = (file: StoredFile): StoredFile => {
    files.set(file.real, file);
    if (!names.has(file.name)) names.set(file.name, file);
    return file;
  };
  const fail = (name: string, real: string, bounds: Bounds, found: Diagnostic): StoredFile =>
    add({ name, real, folder: dirname(real), bounds, source: undefined, parsed: failedWith(found) });

  const read = (name: string, real: string, bounds: Bounds, status: FileStatus): StoredFile => {
    const known = files.get(real);
    if (known !== undefined) return known;
    const unreadable = (reason: string) =>
      fail(name, real, bounds, diagnostic(unreadableFile, { file: name }, { file: name, reason }));
    const over = (what: string, limit: number) =>
      fail(name, real, bounds, diagnostic(overBudget, { file: name }, { what, limit }));
    if (files.size >= budgets.files) return over('files', budgets.files);
    try {
      if (status.kind !== 'file')
        return unreadable(status.kind === 'directory' ? 'it is a folder' : 'it is not a regular file');
      if (status.size > budgets.documentBytes) return over('bytes in one file', budgets.documentBytes);
      if (bytes + status.size > budgets.totalBytes) return over('bytes in all files', budgets.totalBytes);
      const content = fileSystem.readFile(real);
      if (content.length > budgets.documentBytes) return over('bytes in one file', budgets.documentBytes);
      return keep(name, real, bounds, content);
    } catch (error) {
      return unreadable(describeFailure(error));
    }
  };

  const keep = (name: string, real: string, bounds: Bounds, content: Uint8Array): StoredFile => {
    bytes += content.length;
    const source = decodeText(name, content);
    if ('code' in source) return fail(name, real, bounds, source);
    const parsed = parseDocument(source, budgets);
    return add({ name, real, folder: dirname(real), bounds, source, parsed });
  };

  /** What is at a path in a real folder when it is a readable file and no link; undefined when there is more to say. */
  const readNear = (near: string, { bounds }: StoredFile): StoredFile | undefined => {
    if (!isInside(near, bounds.root) || !hasReadableExtension(near)) return undefined;
    const known = files.get(near);
    if (known !== undefined) return known.source === undefined ? undefined : known;
    if (files.size >= budgets.files) return undefined;
    const most = Math.min(budgets.documentBytes, budgets.totalBytes - bytes);
    const content = fileSystem.readPlain?.(near, most);
    return content === undefined ? undefined : keep(nameOf(near, bounds), near, bounds, content);
  };

  const find = (target: string, from: StoredFile): Found => {
    if (!isInside(target, from.bounds.root)) return { kind: 'refused', reason: 'it leaves the root folder' };
    try {
      const near = inRealFolder(target);
      const plain = readNear(near, from);
      if (plain !== undefined) return { kind: 'file', file: plain };
      const { real, status } = follow(near);
      if (!isInside(real, from.bounds.root))
        return { kind: 'refused', reason: 'a link leads out of the root folder' };
      if (!hasReadableExtension(real))
        return { kind: 'refused', reason: 'a link leads to a file of another kind' };
      if (status.kind !== 'file') return { kind: 'refused', reason: 'it is not a regular file' };
      return { kind: 'file', file: read(nameOf(real, from.bounds), real, from.bounds, status) };
    } catch (error) {
      return { kind: 'dangling', reason: describeFailure(error) };
    }
  };

  /** The path with the links of its folder followed, with one call for every folder. */
  const inRealFolder = (target: string): string => {
    const folder = dirname(target);
    let realFolder = folders.get(folder);
    if (realFolder === undefined) {
      realFolder = fileSystem.realpath(folder);
      folders.set(folder, realFolder);
    }
    if (realFolder === folder) return target;
    const name = basename(target);
    return sep === '/' ? `${realFolder === '/' ? '' : realFolder}/${name}` : join(realFolder, name);
  };

  const follow = (near: string): { readonly real: string; readonly status: FileStatus } => {
    const status = fileSystem.lstat(near);
    if (status.kind !== 'link') return { real: near, status };
    const real = fileSystem.realpath(near);
    return { real, status: fileSystem.lstat(real) };
  };

  const resolve = (target: string, from: StoredFile): Resolved => {
    const { root } = from.bounds;
    const known = resolved.get(target);
    if (known?.root === root) return known;
    const found = { root, found: find(target, from) };
    resolved.set(target, found);
    return found;
  };

  return {
    open: (name, root) => openDocument(name, root, fileSystem, read, fail),
    resolve: (path, from) => {
      const inFolder = written.get(from.folder) ?? new Map<string, Resolved>();
      const known = inFolder.get(path);
      if (known?.root === from.bounds.root) return known.found;
      const found = resolve(joinPath(from.folder, path), from);
      inFolder.set(path, found);
      written.set(from.folder, inFolder);
      return found.found;
    },
    byName: (name) => names.get(name),
    all: () => [...files.values()],
  };
}

function openDocument(
  given: string,
  root: string | undefined,
  fileSystem: FileSystem,
  read: (name: string, real: string, bounds: Bounds, status: FileStatus) => StoredFile,
  fail: (name: string, real: string, bounds: Bounds, found: Diagnostic) => StoredFile,
): StoredFile {
  const name = tidyName(given);
  let real = given;
  let failed = '';
  try {
    real = fileSystem.realpath(given);
    const folder = dirname(real);
    if (root !== undefined) failed = `the root folder "${root}" cannot be used, because `;
    const bounds = {
      root: root === undefined ? findRoot(folder, fileSystem) : fileSystem.realpath(root),
      folder,
      folderName: isNamedPlainly(name, real) ? dirname(name) : folder,
    };
    failed = '';
    return read(name, real, bounds, fileSystem.lstat(real));
  } catch (error) {
    const reason = failed + describeFailure(error);
    const folder = dirname(given);
    return fail(
      name,
      real,
      { root: folder, folder, folderName: folder },
      diagnostic(unreadableFile, { file: name }, { file: name, reason }),
    );
  }
}

function failedWith(found: Diagnostic): ParseResult {
  return { document: undefined, diagnostics: [found], positions: undefined };
}

/** The nearest folder with a `.git`, or the document's own. */
function findRoot(folder: string, fileSystem: FileSystem): string {
  for (let at = folder; ; at = dirname(at)) {
    try {
      fileSystem.lstat(join(at, '.git'));
      return at;
    } catch {
      if (dirname(at) === at) return folder;
    }
  }
}

function isInside(path: string, root: string): boolean {
  return path.startsWith(root) && (root.endsWith(sep) || path.startsWith(sep, root.length));
}

/** `join` for the usual case of a folder without a last separator and a tidy relative path. */
function joinPath(folder: string, path: string): string {
  if (sep !== '/') return join(folder, path);
  let base = folder;
  let rest = path.startsWith('./') ? path.slice(2) : path;
  while (rest.startsWith('../') && base.length > 1) {
    base = base.slice(0, base.lastIndexOf('/'));
    rest = rest.slice(3);
  }
  const isTidy = base.length > 1 && !rest.startsWith('.') && !rest.includes('/.') && !rest.includes('//');
  return isTidy && !rest.endsWith('/') ? `${base}/${rest}` : join(folder, path);
}

/** Is the name, apart from leading dots, a part of the real path? Then no link stands in it, and names can be joined. */
function isNamedPlainly(name: string, real: string): boolean {
  const rest = name.replace(/^(?:\.\.?\/)+/, '');
  return tidyName(real).endsWith(rest.startsWith('/') ? rest : `/${rest}`) || tidyName(real) === rest;
}

/** The name of a file for people: joined to the name that the user gave to the root document. */
function nameOf(real: string, bounds: Bounds): string {
  const { folder, folderName } = bounds;
  if (sep === '/' && folder !== '/' && isInside(real, folder)) {
    const rest = real.slice(folder.length + 1);
    return folderName === '.' ? rest : folderName === '/' ? `/${rest}` : `${folderName}/${rest}`;
  }
  return tidyName(join(folderName, relative(folder, real)));
}

function tidyName(path: string): string {
  const joined = join(path);
  return sep === '/' ? joined : joined.replaceAll(sep, '/');
}
