import type { JsonSchema, JsonValue, NamedSchema, SchemaDialect } from '../../../model/inspection.ts';
import { hasPlainReferences, roleOf } from './dialect.ts';
import { acceptedTypes, allTypes, type InstanceType } from './instance-types.ts';
import { isList, isObject, referredName } from './json-schema.ts';

/** Keywords whose schemas look at the same instance, one, in lists and by name. */
const single = ['not', 'if', 'then', 'else'];
const lists = ['allOf', 'anyOf', 'oneOf'];

/** How far references are followed for what is only good to know. */
const farEnough = 32;

export interface References {
  readonly named: ReadonlyMap<string, NamedSchema>;
  /**
   * Schemas that refer to themselves, or to one that does, without going into the instance: whoever follows the
   * references never ends.
   */
  readonly endless: ReadonlySet<string>;
  /** Where a schema that is nothing but a `$ref` leads, any number of steps. */
  readonly resolve: (name: string) => string | undefined;
  readonly typesOf: (schema: JsonSchema, dialect: SchemaDialect) => ReadonlySet<InstanceType>;
  readonly isReadOnly: (schema: JsonSchema) => boolean;
}

export function referencesOf(schemas: readonly NamedSchema[]): References {
  const named = new Map(schemas.map((schema) => [schema.name, schema]));
  const endless = endlessSchemas(schemas);
  const resolve = (name: string): string | undefined => {
    for (let at = name, left = schemas.length; left >= 0; left -= 1) {
      const found = named.get(at);
      if (found === undefined) return undefined;
      const next = endless.has(at) ? undefined : onlyReference(found.schema, found.dialect);
      if (next === undefined) return at;
      at = next;
    }
    return undefined;
  };
  return {
    named,
    endless,
    resolve,
    typesOf: typesIn(named),
    isReadOnly: (schema) => isReadOnly(schema, named),
  };
}

/** The name that a schema refers to, when it says nothing else that counts. */
export function onlyReference(schema: JsonSchema, dialect: SchemaDialect): string | undefined {
  if (typeof schema === 'boolean' || schema['$ref'] === undefined) return undefined;
  const others = Object.keys(schema).filter((keyword) => keyword !== '$ref');
  const isAlone = others.every((keyword) => roleOf(keyword, dialect) !== 'assertion');
  return hasPlainReferences(dialect) || isAlone ? referredName(schema['$ref']) : undefined;
}

function typesIn(named: ReadonlyMap<string, NamedSchema>): References['typesOf'] {
  const known = new Map<string, ReadonlySet<InstanceType>>();
  const ofName = (name: string, left: number): ReadonlySet<InstanceType> => {
    const found = known.get(name);
    const schema = named.get(name);
    if (found !== undefined || schema === undefined || left === 0) return found ?? allTypes;
    known.set(name, allTypes);
    const types = acceptedTypes(schema.schema, schema.dialect, (next) => ofName(next, left - 1));
    known.set(name, types);
    return types;
  };
  return (schema, dialect) => acceptedTypes(schema, dialect, (name) => ofName(name, farEnough));
}

function isReadOnly(schema: JsonSchema, named: ReadonlyMap<string, NamedSchema>): boolean {
  let at: JsonSchema | undefined = schema;
  for (let left = farEnough; left > 0 && isObject(at); left -= 1) {
    if (at['readOnly'] === true) return true;
    const name = referredName(at['$ref']);
    at = name === undefined ? undefined : named.get(name)?.schema;
  }
  return false;
}

/** Takes away schemas that refer to none, then those that refer only to these, and so on; what stays never ends. */
function endlessSchemas(schemas: readonly NamedSchema[]): ReadonlySet<string> {
  const known = new Set(schemas.map(({ name }) => name));
  const open = new Map<string, number>();
  const usedBy = new Map<string, string[]>();
  for (const { name, schema, dialect } of schemas) {
    const targets = sameInstance(schema, dialect).filter((target) => known.has(target));
    open.set(name, targets.length);
    for (const target of targets) usedBy.set(target, [...(usedBy.get(target) ?? []), name]);
  }
  const ready = [...open].filter(([, count]) => count === 0).map(([name]) => name);
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    open.delete(name);
    for (const user of usedBy.get(name) ?? []) {
      const left = (open.get(user) ?? 0) - 1;
      open.set(user, left);
      if (left === 0) ready.push(user);
    }
  }
  return new Set(open.keys());
}

/** Names that a schema refers to without going into the instance, as often as it does. */
function sameInstance(schema: JsonValue | undefined, dialect: SchemaDialect): readonly string[] {
  if (!isObject(schema)) return [];
  const name = referredName(schema['$ref']);
  if (name !== undefined && hasPlainReferences(dialect)) return [name];
  const of = (keyword: string): JsonValue | undefined =>
    roleOf(keyword, dialect) === 'assertion' ? schema[keyword] : undefined;
  const dependent = of('dependentSchemas');
  const parts = [
    ...single.map(of),
    ...lists.flatMap((keyword) => {
      const members = of(keyword);
      return isList(members) ? members : [];
    }),
    ...(isObject(dependent) ? Object.values(dependent) : []),
  ];
  return [...(name === undefined ? [] : [name]), ...parts.flatMap((part) => sameInstance(part, dialect))];
}
