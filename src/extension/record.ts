import { diagnostic, type Report, related } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Sourced } from '../model/origin.ts';
import type { Node } from '../source/node.ts';
import { exclusiveFields, missingField, notInThisVersion, unknownField } from './diagnostics.ts';
import { kindOf, quote, withArticle } from './kind.ts';
import type { FieldForm, JsonSchema, Shape } from './shape.ts';
import { subjectOf } from './subject.ts';
import { reportWrongKind } from './wrong-kind.ts';

/** One field of a record: its shape, whether it must be there, and what a person reads about it. */
export interface Field<T, Required extends boolean> extends FieldForm {
  readonly shape: Shape<T>;
  readonly required: Required;
}

/** Advice by the name of a field. */
type Instead = { readonly [field: string]: string };

type Fields = { readonly [name: string]: Field<unknown, boolean> };

export type RecordOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T, infer R>
    ? R extends true
      ? Sourced<T>
      : Sourced<T> | undefined
    : never;
};

export function required<T>(shape: Shape<T>, description: string): Field<T, true> {
  return { shape, required: true, description, byDefault: undefined };
}

/** `byDefault` is text for the reference; the value itself is filled in by whoever reads the block. */
export function optional<T>(shape: Shape<T>, description: string, byDefault?: string): Field<T, false> {
  return { shape, required: false, description, byDefault };
}

export interface RecordRules<F extends Fields> {
  /** Exactly one of these fields must be there. */
  readonly exactlyOne?: readonly (keyof F & string)[];
  /** Of these fields at most one may be there. */
  readonly atMostOne?: readonly (keyof F & string)[];
  /** At least one field must be there. */
  readonly notEmpty?: true;
  /** Fields of the language that this version does not have yet. */
  readonly later?: readonly string[];
  /** What to write in place of a field of `later`, where something serves as well. */
  readonly instead?: Instead;
  /** What `check` demands, as far as a JSON Schema can say it. */
  readonly schema?: JsonSchema;
  /** Rules between fields; called when every field is well-formed. True when the record holds. */
  readonly check?: (record: RecordOf<F>, node: Node, report: Report) => boolean;
}

/** A closed object. `label` names it in messages: `back end`. */
export function record<const F extends Fields>(
  label: string,
  fields: F,
  rules: RecordRules<F> = {},
): Shape<RecordOf<F>> {
  const known = new Map(Object.entries<Field<unknown, boolean>>(fields));
  return {
    label: 'object',
    kinds: ['object'],
    form: { kind: 'record', label, fields, later: rules.later ?? [], instead: rules.instead ?? {} },
    schema: recordSchema(label, known, rules),
    read: (node, report) => {
      if (kindOf(node.value) !== 'object') {
        return reportWrongKind(node, `${withArticle(label)} (an object)`, report, {
          fix: `Write an object; its fields are ${[...known.keys()].join(', ')}.`,
        });
      }
      // With a field of a later version the object is of a kind that does not exist yet: what it lacks says nothing.
      const isLater = (rules.later ?? []).some((name) => node.child(name) !== undefined);
      let whole = reportUnknownFields(node, label, known, rules.later ?? [], report, rules.instead);
      if (rules.exactlyOne !== undefined && !hasExactlyOne(node, label, rules.exactlyOne, whole, report))
        whole = false;
      if (rules.atMostOne !== undefined && !hasAtMostOne(node, rules.atMostOne, report)) whole = false;
      if (rules.notEmpty === true && node.entries().length === 0) {
        whole = reportMissing(node, label, alternatives([...known.keys()]), '', report);
      }
      const read: Record<string, Sourced<unknown> | undefined> = {};
      for (const [name, field] of known) {
        const child = node.child(name);
        if (child === undefined && field.required && !isLater) {
          whole = reportMissing(node, label, quote(name), field.description, report);
        }
        const value = child === undefined ? undefined : field.shape.read(child, report);
        if (child !== undefined && value === undefined) whole = false;
        read[name] = child === undefined || value === undefined ? undefined : { value, at: child.at };
      }
      if (!whole) return undefined;
      const result = read as RecordOf<F>;
      return rules.check === undefined || rules.check(result, node, report) ? result : undefined;
    },
  };
}

/** `"a", "b" or "c"` */
function alternatives(names: readonly string[]): string {
  return `${names.slice(0, -1).map(quote).join(', ')} or ${quote(names.at(-1) ?? '')}`;
}

function reportMissing(node: Node, label: string, name: string, means: string, report: Report): false {
  report(
    diagnostic(missingField, node.at, {
      subject: subjectOf(node.at),
      owner: withArticle(label),
      name,
      means,
    }),
  );
  return false;
}

/** True when every key is a field. */
export function reportUnknownFields(
  node: Node,
  label: string,
  known: { readonly has: (name: string) => boolean; readonly keys: () => Iterable<string> },
  later: readonly string[],
  report: Report,
  instead: Instead = {},
): boolean {
  let whole = true;
  for (const [key, child] of node.entries()) {
    if (known.has(key)) continue;
    whole = false;
    if (later.includes(key)) {
      const facts = {
        what: quote(key),
        where: subjectOf(node.at),
        fix: instead[key] ?? `Remove ${quote(key)}, or use a version of gwc that has it.`,
      };
      report(diagnostic(notInThisVersion, child.at, facts, { side: 'key' }));
      continue;
    }
    const facts = { name: quote(key), owner: withArticle(label), fix: fixUnknown(key, [...known.keys()]) };
    report(diagnostic(unknownField, child.at, facts, { side: 'key' }));
  }
  return whole;
}

function fixUnknown(key: string, known: readonly string[]): string {
  if (key === '<<') return 'Write the fields out: gwc does not apply YAML merge keys.';
  if (key === '$ref') return 'Write the fields out: only a whole x-gateway block can be a reference.';
  if (key.startsWith('x-')) return 'Remove it: x-gateway is closed, extensions of it do not exist.';
  const near = suggest(key, known);
  const all = `The fields are ${known.join(', ')}.`;
  return near === undefined ? all : `Did you mean ${quote(near)}? ${all}`;
}

function hasExactlyOne(
  node: Node,
  label: string,
  names: readonly string[],
  isKnown: boolean,
  report: Report,
): boolean {
  const found = names.filter((name) => node.child(name) !== undefined);
  if (found.length === 1) return true;
  const choice = alternatives(names);
  // An unknown field may be the one that is missing.
  if (found.length === 0 && !isKnown) return false;
  if (found.length === 0) return reportMissing(node, label, choice, '', report);
  return reportExclusive(node, found, report);
}

function hasAtMostOne(node: Node, names: readonly string[], report: Report): boolean {
  const found = names.filter((name) => node.child(name) !== undefined);
  return found.length < 2 || reportExclusive(node, found, report);
}

function reportExclusive(node: Node, found: readonly string[], report: Report): false {
  const facts = {
    subject: subjectOf(node.at),
    names: found.map(quote).join(' and '),
    fix: 'Keep one of them.',
  };
  const places = found.flatMap((name) => {
    const field = node.child(name);
    return field === undefined ? [] : [related(`${quote(name)} is here.`, field.at, 'key')];
  });
  report(diagnostic(exclusiveFields, node.at, facts, { related: places }));
  return false;
}

function recordSchema<F extends Fields>(
  label: string,
  fields: ReadonlyMap<string, FieldForm>,
  rules: RecordRules<F>,
): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, field] of fields) properties[name] = describe(field);
  const mandatory = [...fields].filter(([, field]) => field.required).map(([name]) => name);
  return {
    type: 'object',
    title: label,
    additionalProperties: false,
    properties,
    ...(mandatory.length === 0 ? {} : { required: mandatory }),
    ...(rules.notEmpty === true ? { minProperties: 1 } : {}),
    ...(rules.exactlyOne === undefined ? {} : { oneOf: rules.exactlyOne.map(only) }),
    ...(rules.atMostOne === undefined
      ? {}
      : { oneOf: [...rules.atMostOne.map(only), none(rules.atMostOne)] }),
    ...rules.schema,
  };
}

function only(name: string): JsonSchema {
  return { required: [name] };
}

function none(names: readonly string[]): JsonSchema {
  return { not: { anyOf: names.map(only) } };
}

function describe(field: FieldForm): JsonSchema {
  const absent = field.byDefault === undefined ? '' : ` Default: ${field.byDefault}.`;
  return { ...field.shape.schema, description: `${field.description}${absent}` };
}
