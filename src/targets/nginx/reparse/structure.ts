import type { Directive } from './parse.ts';

/** Blocks whose entries are data: an entry's first word is a key, not the name of a directive. */
const DATA_BLOCKS: ReadonlySet<string> = new Set(['map', 'geo', 'types', 'split_clients']);

/**
 * The shape of a configuration without its values: one line for each directive, `<blocks>/<name> <arity>` with `{` for
 * a block, in file order. Entries of maps are `*`. Equal inputs that differ only in text of a document have equal
 * structures; a string that became syntax changes it.
 */
export function structure(directives: readonly Directive[]): readonly string[] {
  const lines: string[] = [];
  collect(directives, '', false, lines);
  return lines;
}

function collect(directives: readonly Directive[], path: string, data: boolean, lines: string[]): void {
  for (const one of directives) {
    const name = `${path}/${data ? '*' : one.name}`;
    lines.push(`${name} ${one.args.length}${one.block === undefined ? '' : ' {'}`);
    if (one.block !== undefined) collect(one.block, name, DATA_BLOCKS.has(one.name), lines);
  }
}

/**
 * Visits every directive with the name of the block around it (undefined at the top), outermost first; entries of data
 * blocks are left out.
 */
export function walkDirectives(
  directives: readonly Directive[],
  visit: (directive: Directive, within: string | undefined) => void,
  within?: string,
): void {
  for (const directive of directives) {
    visit(directive, within);
    if (directive.block !== undefined && !DATA_BLOCKS.has(directive.name)) {
      walkDirectives(directive.block, visit, directive.name);
    }
  }
}
