import type { Json, Template } from '../template/cloudformation.ts';

/** Templates of two regions as one, which Terraform can apply at once. */
export interface Joined {
  readonly template: Template;
  /** Logical ids of what lives in us-east-1. */
  readonly global: ReadonlySet<string>;
}

/**
 * The regional template with what it wants from us-east-1: a parameter that is an output there becomes a reference to the
 * resource itself. A parameter that is referred to in another way than by `Ref` is then unknown, which is an error.
 */
export function oneConfiguration(regional: Template, global: Template | undefined): Joined {
  if (global === undefined) return { template: regional, global: new Set() };
  const idOf = (id: string): string => `Global${id}`;
  const outputs = new Map(
    Object.entries(global.Outputs ?? {}).map(([name, { Value }]) => [name, withIds(Value, idOf, global)]),
  );
  const resources = Object.entries(global.Resources).map(([id, one]) => [
    idOf(id),
    { ...one, Properties: withIds(one.Properties, idOf, global) },
  ]);
  return {
    template: {
      ...regional,
      Parameters: Object.fromEntries(
        Object.entries({ ...regional.Parameters, ...global.Parameters }).filter(
          ([name]) => !outputs.has(name),
        ),
      ),
      Conditions: { ...regional.Conditions, ...global.Conditions },
      Resources: {
        ...replaced(regional.Resources, outputs),
        ...Object.fromEntries(resources),
      },
      Outputs: replaced(regional.Outputs ?? {}, outputs),
    },
    global: new Set(Object.keys(global.Resources).map(idOf)),
  };
}

/** References to resources of the template by their new ids. */
function withIds<T>(value: T, idOf: (id: string) => string, { Resources }: Template): T {
  const ids = Object.keys(Resources).map((id): [string, Json] => [id, { Ref: idOf(id) }]);
  return replaced(value, new Map(ids));
}

/** The same tree with other values for some references. */
function replaced<T>(value: T, references: ReadonlyMap<string, Json>): T {
  return replacedTree(value as Tree, references) as T;
}

type Tree =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Tree[]
  | { readonly [name: string]: Tree };

function replacedTree(value: Tree, references: ReadonlyMap<string, Json>): Tree {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((one) => replacedTree(one, references));
  const { Ref } = value;
  const found = typeof Ref === 'string' ? references.get(Ref) : undefined;
  if (found !== undefined) return found;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, replacedTree(one, references)]),
  );
}

function isList(value: Tree): value is readonly Tree[] {
  return Array.isArray(value);
}
