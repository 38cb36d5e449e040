import { type Diagnostic, type DiagnosticKind, diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Artifact } from '../../targets/target.ts';
import {
  editedByHand,
  folderNotOurs,
  inTheWay,
  manifestUnreadable,
  throughSymbolicLink,
} from './diagnostics.ts';
import type { Entry, FileSystem } from './file-system.ts';
import { type ManifestFile, readManifest, sha256 } from './manifest.ts';
import { foldersOf, manifestName } from './output-path.ts';

/** What an output folder holds before it is written. Paths are relative to it. */
export interface Inspection {
  readonly exists: boolean;
  /** Files that gwc wrote, or that it is told to replace, with the SHA-256 of what they hold now; the manifest included. */
  readonly files: ReadonlyMap<string, string>;
  /** Folders on the way to files, '' for the output folder itself, with their permissions. */
  readonly folders: ReadonlyMap<string, Entry>;
  /** Entries of others, each the topmost of its kind: they survive. */
  readonly foreign: readonly string[];
  /** Why the folder may not be written. */
  readonly problems: readonly Diagnostic[];
}

/** Looks at an output folder without changing anything. `force`: edited files and files in the way are replaced. */
export function inspectFolder(
  fs: FileSystem,
  folder: string,
  artifacts: readonly Artifact[],
  force: boolean,
): Inspection {
  const nothing = { files: new Map(), folders: new Map(), foreign: [] };
  const link = linkOnTheWay(fs, folder);
  if (link !== undefined)
    return { ...nothing, exists: true, problems: [at(folder, throughSymbolicLink, { path: link })] };
  const root = fs.entry(folder);
  if (root === undefined) return { ...nothing, exists: false, problems: [] };
  if (root.kind !== 'folder')
    return { ...nothing, exists: true, problems: [at(folder, inTheWay, { path: folder })] };
  if (fs.list(folder).length === 0)
    return { ...nothing, exists: true, folders: new Map([['', root]]), problems: [] };
  const listed = listedFiles(fs, folder);
  if ('problem' in listed) return { ...nothing, exists: true, problems: [listed.problem] };
  return walk(fs, folder, root, listed.files, artifacts, force);
}

/**
 * The first symbolic link on the way to the folder. A relative path is checked from where gwc runs, so that a link in a
 * checkout leads nowhere; of an absolute one, which the caller chose in full, the last component.
 */
function linkOnTheWay(fs: FileSystem, folder: string): string | undefined {
  const named = [...foldersOf(folder), folder].filter((path) => path !== '' && !path.endsWith('..'));
  const checked = folder.startsWith('/') ? [folder] : named;
  return checked.find((path) => fs.entry(path)?.kind === 'link');
}

function listedFiles(
  fs: FileSystem,
  folder: string,
): { readonly files: readonly ManifestFile[] } | { readonly problem: Diagnostic } {
  const path = `${folder}/${manifestName}`;
  const entry = fs.entry(path);
  if (entry === undefined) return { problem: at(folder, folderNotOurs, { folder }) };
  const listed = entry.kind === 'file' ? readManifest(fs.read(path)) : 'it is not a file';
  return typeof listed === 'string'
    ? { problem: at(folder, manifestUnreadable, { folder, reason: listed }) }
    : { files: listed };
}

function walk(
  fs: FileSystem,
  root: string,
  rootEntry: Entry,
  listed: readonly ManifestFile[],
  artifacts: readonly Artifact[],
  force: boolean,
): Inspection {
  const written = new Map(listed.map(({ path, sha256 }) => [path, sha256]));
  const planned = new Map(artifacts.map(({ path, contents }) => [path, contents]));
  const onTheWay = new Set([...written.keys(), ...planned.keys()].flatMap(foldersOf));
  const files = new Map<string, string>();
  const folders = new Map<string, Entry>([['', rootEntry]]);
  const foreign: string[] = [];
  const problems: Diagnostic[] = [];
  const visitFile = (path: string): void => {
    const hash = sha256(fs.read(`${root}/${path}`));
    const edited = written.has(path) && written.get(path) !== hash;
    const others = !written.has(path) && path !== manifestName;
    const same = hash === sha256(planned.get(path) ?? '') && planned.has(path);
    if (edited && !same && !force) problems.push(at(root, editedByHand, { path }));
    if (others && !same && !force) problems.push(at(root, inTheWay, { path }));
    files.set(path, hash);
  };
  const visit = (path: string): void => {
    const entry = fs.entry(`${root}/${path}`);
    if (entry === undefined) return;
    const isOurs = written.has(path) || planned.has(path) || path === manifestName;
    if (!isOurs && !onTheWay.has(path)) foreign.push(path);
    else if (entry.kind === 'link') problems.push(at(root, throughSymbolicLink, { path: `${root}/${path}` }));
    else if (isOurs && entry.kind === 'file') visitFile(path);
    else if (!isOurs && entry.kind === 'folder') {
      folders.set(path, entry);
      for (const name of fs.list(`${root}/${path}`)) visit(`${path}/${name}`);
    } else problems.push(at(root, inTheWay, { path }));
  };
  for (const name of fs.list(root)) visit(name);
  return { exists: true, files, folders, foreign, problems };
}

function at<Facts>(folder: string, kind: DiagnosticKind<Facts>, facts: Facts): Diagnostic {
  return diagnostic(kind, { file: folder }, facts);
}
