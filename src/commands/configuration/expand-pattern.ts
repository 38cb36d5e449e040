import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Most files and folders that one pattern may look at. */
export const MOST_ENTRIES = 50_000;

/**
 * The files below a folder that a pattern matches, relative to the folder with forward slashes and sorted by code unit;
 * undefined when it would look at too many. `*` and `?` match within one name, `**` any number of folders. Wildcards
 * match no name with a leading dot and no `node_modules`; `**` follows no link, so that a loop cannot be entered.
 */
export function expandPattern(
  folder: string,
  pattern: string,
  most: number = MOST_ENTRIES,
): readonly string[] | undefined {
  const budget = { left: most };
  const found = new Set<string>();
  const segments = pattern.split('/');
  visit(folder, '', segments.at(-1) === '**' ? [...segments, '*'] : segments, budget, found);
  return budget.left < 0 ? undefined : [...found].sort();
}

function visit(
  folder: string,
  path: string,
  [segment, ...rest]: readonly string[],
  budget: { left: number },
  found: Set<string>,
): void {
  if (segment === undefined || budget.left < 0) return;
  const below = (name: string): string => (path === '' ? name : `${path}/${name}`);
  if (!/[*?]/.test(segment)) {
    enter(folder, below(segment), rest, budget, found);
    return;
  }
  if (segment === '**') visit(folder, path, rest, budget, found);
  for (const name of namesIn(join(folder, path))) {
    budget.left -= 1;
    if (budget.left < 0) return;
    if (name.startsWith('.') || name === 'node_modules' || !matches(segment, name)) continue;
    if (segment !== '**') enter(folder, below(name), rest, budget, found);
    else if (isFolder(join(folder, below(name))))
      visit(folder, below(name), [segment, ...rest], budget, found);
  }
}

function enter(
  folder: string,
  path: string,
  rest: readonly string[],
  budget: { left: number },
  found: Set<string>,
): void {
  if (rest.length > 0) visit(folder, path, rest, budget, found);
  else if (isFile(join(folder, path))) found.add(path);
}

/** In linear time for each name, whatever the pattern: the last `*` alone is ever tried again. */
function matches(pattern: string, name: string): boolean {
  let [at, star, from] = [0, -1, 0];
  for (let i = 0; i < name.length; ) {
    if (pattern[at] === '*') {
      star = at++;
      from = i;
    } else if (pattern[at] === '?' || pattern[at] === name[i]) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++from;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** What cannot be looked at (a file where a folder was meant, a loop of links, no permission) is neither. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}
