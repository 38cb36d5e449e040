import type { Artifact } from '../../target.ts';
import { disallowedDirectives } from '../reparse/allowed-directives.ts';
import { type Directive, parseNginx } from '../reparse/parse.ts';
import { structure, walkDirectives } from '../reparse/structure.ts';

/** The emitted configuration as nginx reads it, file by file. */
export type Configuration = ReadonlyMap<string, readonly Directive[]>;

export interface ReadBack {
  readonly files: Configuration;
  readonly differences: readonly string[];
}

/**
 * Parses every file, refuses directives that are never emitted there or that the layout alone does not have, and
 * follows every include.
 */
export function readBack(artifacts: readonly Artifact[]): ReadBack {
  const files = new Map<string, readonly Directive[]>();
  const differences: string[] = [];
  for (const { path, contents, layout } of artifacts.filter((one) => one.path.endsWith('.conf'))) {
    const parsed = parseNginx(contents);
    if (!parsed.ok) {
      differences.push(`${path}, line ${parsed.error.line}: ${parsed.error.message}.`);
      continue;
    }
    files.set(path, parsed.directives);
    differences.push(...structureDifferences(path, parsed.directives, layout));
    differences.push(
      ...disallowedDirectives(parsed.directives, contextOf(path)).map((one) => `${path}, ${one}`),
    );
  }
  return { files, differences: [...differences, ...missingIncludes(files)] };
}

/** A value that was read as more than one word, or as syntax, changes the structure of its file. */
function structureDifferences(
  path: string,
  directives: readonly Directive[],
  layout: string | undefined,
): readonly string[] {
  const meant = parseNginx(layout ?? '');
  if (layout === undefined || !meant.ok) return [`${path}: there is no layout to compare it with.`];
  const [read, wanted] = [structure(directives), structure(meant.directives)];
  const first = wanted.findIndex((line, index) => read[index] !== line);
  if (first < 0 && read.length === wanted.length) return [];
  return [
    `${path}: "${read[first < 0 ? wanted.length : first]}" stands where "${wanted[first] ?? 'the end'}" was meant.`,
  ];
}

/** Where a file is included. */
function contextOf(path: string): 'main' | 'http' | 'server' {
  if (path === 'nginx.conf') return 'main';
  return /^conf\/(?:operations-|problems|no-operations|guards|key-sets|questions)/.test(path)
    ? 'server'
    : 'http';
}

function missingIncludes(files: Configuration): readonly string[] {
  const found: string[] = [];
  for (const [path, directives] of files) {
    walkDirectives(directives, ({ name, args: [included], line }) => {
      if (name !== 'include' || included === undefined || files.has(included)) return;
      found.push(`${path}, line ${line}: the included file "${included}" is not emitted.`);
    });
  }
  return found;
}

/** Directives of one name directly in a block. */
export function named(directives: readonly Directive[] | undefined, name: string): readonly Directive[] {
  return (directives ?? []).filter((one) => one.name === name);
}

/** Every argument of the only directive of a name; undefined when there is none or more than one. */
export function argumentsOf(
  directives: readonly Directive[] | undefined,
  name: string,
): readonly string[] | undefined {
  const [only, ...others] = named(directives, name);
  return others.length === 0 ? only?.args : undefined;
}
