import type { Report } from '../diagnostics/diagnostic.ts';
import type { Node } from '../source/node.ts';

/** A JSON Schema (2020-12) as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/**
 * One declaration of one kind of value in `x-gateway`: it reads and checks a node, reports every mistake at its place,
 * and describes itself as JSON Schema and as a row of the language reference.
 */
export interface Shape<T> {
  /** The value, or undefined after at least one error was reported. */
  readonly read: (node: Node, report: Report) => T | undefined;
  readonly schema: JsonSchema;
  /** How a person reads the type: `duration`, `list of CIDR`, `object`. */
  readonly label: string;
}

export type Read<S> = S extends Shape<infer T> ? T : never;
