import { diagnostic } from '../diagnostics/diagnostic.ts';
import { notInThisVersion } from './diagnostics.ts';
import { type Kind, kindOf } from './kind.ts';
import type { JsonSchema, Read, Shape } from './shape.ts';
import { subjectOf } from './subject.ts';
import { reportWrongKind } from './wrong-kind.ts';

/**
 * One of several shapes whose kinds differ. The branch is chosen by the kind of the value alone, so a mistake inside
 * is reported as a mistake of the branch that was meant.
 */
export function union<const S extends readonly Shape<unknown>[]>(...branches: S): Shape<Read<S[number]>> {
  const label = branches.map((branch) => branch.label).join(' or ');
  const kinds = branches.flatMap((branch) => branch.kinds);
  const container = branches.find((branch) => branch.form.kind !== 'scalar');
  return {
    label,
    kinds,
    form: container?.form ?? { kind: 'scalar' },
    schema: { anyOf: branches.map((branch) => branch.schema) },
    read: (node, report) => {
      const meant = branches.find((branch) => branch.kinds.includes(kindOf(node.value)));
      if (meant === undefined) {
        return reportWrongKind(node, label, report);
      }
      return meant.read(node, report) as Read<S[number]> | undefined;
    },
  };
}

/** The same text with another value. */
export function mapped<T, U>(shape: Shape<T>, convert: (value: T) => U): Shape<U> {
  return {
    ...shape,
    read: (node, report) => {
      const value = shape.read(node, report);
      return value === undefined ? undefined : convert(value);
    },
  };
}

/**
 * The shape, and a kind of value that the language has for it and this version does not: written `what`, answered with
 * the advice `fix`.
 */
export function withLater<T>(shape: Shape<T>, kind: Kind, what: string, fix: string): Shape<T> {
  return {
    ...shape,
    read: (node, report) => {
      if (kindOf(node.value) !== kind) return shape.read(node, report);
      report(diagnostic(notInThisVersion, node.at, { what, where: subjectOf(node.at), fix }));
      return undefined;
    },
  };
}

export function labelled<T>(label: string, shape: Shape<T>): Shape<T> {
  return { ...shape, label };
}

export interface Definition {
  readonly name: string;
  readonly schema: JsonSchema;
}

/** A shape whose JSON Schema stands once under `$defs`, so that the printed schema stays readable. */
export function named<T>(name: string, shape: Shape<T>): Shape<T> & { readonly definition: Definition } {
  return { ...shape, schema: { $ref: `#/$defs/${name}` }, definition: { name, schema: shape.schema } };
}
