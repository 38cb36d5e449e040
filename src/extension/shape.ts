import type { Report } from '../diagnostics/diagnostic.ts';
import type { Node } from '../source/node.ts';
import type { Kind } from './kind.ts';

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
  /** The kinds of values that can be meant for this shape; a union chooses its branch by them. */
  readonly kinds: readonly Kind[];
  readonly form: Form;
}

export type Read<S> = S extends Shape<infer T> ? T : never;

/** What a shape consists of, for the reference and for the check of an environment's patch. */
export type Form =
  | {
      readonly kind: 'scalar';
      /** How the value is written, for the reference; undefined where the label says it all. */
      readonly written?: { readonly allows: string; readonly example: string };
    }
  | {
      readonly kind: 'record';
      /** What the object is, in messages: `back end`. */
      readonly label: string;
      readonly fields: { readonly [name: string]: FieldForm };
      readonly later: readonly string[];
      /** What to write in place of a field of `later`. */
      readonly instead: { readonly [field: string]: string };
    }
  | { readonly kind: 'list'; readonly item: Shape<unknown> }
  | { readonly kind: 'map'; readonly key: string; readonly value: Shape<unknown> };

export interface FieldForm {
  readonly shape: Shape<unknown>;
  readonly required: boolean;
  readonly description: string;
  /** What holds when the field is absent, for people; undefined where the feature is absent then. */
  readonly byDefault: string | undefined;
}

export const scalar: Form = { kind: 'scalar' };
