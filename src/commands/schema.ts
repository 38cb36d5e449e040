import { facetsSchema, rootSchema } from '../extension/index.ts';
import { exitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** Prints the JSON Schema (2020-12) of the root block, or of the block on path items and operations. */
export function schema(facets: boolean, terminal: Terminal): number {
  terminal.out(`${JSON.stringify(facets ? facetsSchema() : rootSchema(), undefined, 2)}\n`);
  return exitCode.fine;
}
