import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Sourced } from '../../model/origin.ts';
import { documentOutside, noDocuments, tooManyEntries } from './diagnostics.ts';
import { expandPattern, MOST_ENTRIES } from './expand-pattern.ts';

/** Where the paths of a configuration begin and end. */
export interface Bounds {
  /** Name of the configuration's folder, as its file was named. */
  readonly folder: string;
  /** Nothing outside is read. */
  readonly root: string;
}

/** Bounds of a configuration: the folder given with `--root`, else the git work tree, else the configuration's folder. */
export function boundsOf(file: string, root: string | undefined): Bounds {
  const folder = posix.dirname(file);
  return { folder, root: root ?? workTree(realpathSync(folder)) };
}

/**
 * The files that patterns match, each once, named as the configuration was named. A pattern without a match, one that
 * leads out of the root folder and one that is too wide are reported at their places.
 */
export function locateFiles(
  patterns: readonly Sourced<string>[],
  { folder, root }: Bounds,
  report: Report,
): readonly string[] {
  const files = new Set<string>();
  for (const { value: pattern, at } of patterns) {
    const found = expandPattern(folder, pattern);
    if (found === undefined) report(diagnostic(tooManyEntries, at, { pattern, limit: MOST_ENTRIES }));
    else if (found.length === 0) report(diagnostic(noDocuments, at, { pattern }));
    else if (!found.every((path) => isInside(join(folder, path), root)))
      report(diagnostic(documentOutside, at, { pattern }));
    for (const path of found ?? []) files.add(posix.join(folder, path));
  }
  return [...files];
}

function isInside(path: string, root: string): boolean {
  try {
    const real = realpathSync(root);
    return realpathSync(path).startsWith(real.endsWith(sep) ? real : real + sep);
  } catch {
    return false;
  }
}

/** The nearest folder with a `.git`, or the folder itself. */
function workTree(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return folder;
  }
}
