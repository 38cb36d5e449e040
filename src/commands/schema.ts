import { configurationSchema, facetsSchema, rootSchema } from '../extension/index.ts';
import { exitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

const schemas = { root: rootSchema, facets: facetsSchema, config: configurationSchema };

/** Prints the JSON Schema (2020-12) of the root block, of the block on path items and operations, or of gwc.config.yaml. */
export function schema(of: keyof typeof schemas, terminal: Terminal): number {
  terminal.out(`${JSON.stringify(schemas[of](), undefined, 2)}\n`);
  return exitCode.fine;
}
