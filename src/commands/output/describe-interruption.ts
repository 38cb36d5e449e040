import type { Artifact } from '../../targets/target.ts';
import type { FileSystem } from './file-system.ts';
import { foldersOf, manifestName } from './output-path.ts';

/**
 * The shell commands that finish or undo what an interrupted build left in `<staging>`, without losing a file of
 * others: they are carried over last before the swap, and what gwc itself wrote can be written again.
 */
export function recoveryOf(
  fs: FileSystem,
  folder: string,
  staging: string,
  artifacts: readonly Artifact[],
): string {
  const remove = `rm -r ${quoted(staging)}`;
  const move = (from: string, to: string): string => `mv ${quoted(from)} ${quoted(to)}`;
  const isThere = (path: string): boolean => fs.entry(path) !== undefined;
  const [before, after] = [`${staging}/old`, `${staging}/new`];
  if (!isThere(folder)) {
    // Stopped between the two renames, or before there was anything to keep.
    const whole = isThere(after) ? after : before;
    return isThere(before) ? `${move(whole, folder)} && ${remove}` : remove;
  }
  if (!isThere(after)) return remove;
  const carried = foreignIn(fs, after, artifacts);
  return [...carried.map((path) => move(`${after}/${path}`, `${folder}/${path}`)), remove].join(' && ');
}

/** The topmost entries that gwc does not write. */
function foreignIn(fs: FileSystem, root: string, artifacts: readonly Artifact[]): readonly string[] {
  const files = new Set([manifestName, ...artifacts.map(({ path }) => path)]);
  const folders = new Set([...files].flatMap(foldersOf));
  const visit = (path: string): readonly string[] => {
    if (files.has(path)) return [];
    if (!folders.has(path) || fs.entry(`${root}/${path}`)?.kind !== 'folder') return [path];
    return fs.list(`${root}/${path}`).flatMap((name) => visit(`${path}/${name}`));
  };
  return fs.list(root).flatMap(visit);
}

/** One word of a shell. */
function quoted(path: string): string {
  return /^[A-Za-z0-9._/-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
