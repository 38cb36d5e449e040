/** The file that marks a folder as written by gwc. It lists every other file that gwc wrote there. */
export const manifestName = '.gwc-manifest.json';

/** What is wrong with a path of an output file, as the end of a sentence; undefined when nothing is. */
export function pathFlaw(path: string): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  const segments = path.split('/');
  if (segments.includes('..') || segments.includes('.')) return 'has a "." or ".." segment';
  if (segments.includes('')) return 'has an empty segment';
  if (!/^[A-Za-z0-9._/-]+$/.test(path)) return 'has other characters than letters, digits, ".", "_" and "-"';
  if (path.length > 200) return 'is longer than 200 characters';
  if (segments.some((segment) => /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|\.$/i.test(segment))) {
    return 'is no file name on every system';
  }
  return path.toLowerCase() === manifestName ? 'is the place of the manifest' : undefined;
}

/** Flaws of a set of paths: of each alone, and pairs that are one file, or a file and a folder, on some system. */
export function pathFlaws(
  paths: readonly string[],
): readonly { readonly path: string; readonly flaw: string }[] {
  const found: { readonly path: string; readonly flaw: string }[] = [];
  const files = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const path of paths) {
    const flaw = pathFlaw(path);
    if (flaw !== undefined) found.push({ path, flaw });
    const same = files.get(path.toLowerCase());
    if (same !== undefined) found.push({ path, flaw: `is the same as "${same}" where case does not count` });
    files.set(path.toLowerCase(), path);
    for (const folder of foldersOf(path)) {
      const other = folders.get(folder.toLowerCase());
      if (other !== undefined && other !== folder) {
        found.push({ path, flaw: `is in the folder "${other}" where case does not count` });
      }
      folders.set(folder.toLowerCase(), folder);
    }
  }
  for (const [folded, path] of files) {
    if (folders.has(folded)) found.push({ path, flaw: 'is a file and a folder' });
  }
  return found;
}

/** The folders of a path, outermost first: `a/b/c` → `a`, `a/b`. */
export function foldersOf(path: string): readonly string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_segment, index) => segments.slice(0, index + 1).join('/'));
}
