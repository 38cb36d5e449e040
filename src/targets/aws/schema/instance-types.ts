import type { JsonSchema, JsonValue, SchemaDialect } from '../../../model/inspection.ts';
import { hasPlainReferences } from './dialect.ts';
import { isList, isObject, type JsonObject, referredName } from './json-schema.ts';

/** Kinds of JSON values; a `number` is an integer or a fraction. */
export type InstanceType = 'null' | 'boolean' | 'object' | 'array' | 'string' | 'integer' | 'fraction';

export const allTypes: ReadonlySet<InstanceType> = new Set<InstanceType>([
  ...(['object', 'array', 'string', 'integer', 'fraction', 'boolean', 'null'] as const),
]);

const byName: { readonly [name: string]: readonly InstanceType[] | undefined } = {
  null: ['null'],
  boolean: ['boolean'],
  object: ['object'],
  array: ['array'],
  string: ['string'],
  integer: ['integer'],
  number: ['integer', 'fraction'],
};

export function typeOf(value: JsonValue): InstanceType {
  if (value === null) return 'null';
  if (isList(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'fraction';
  return typeof value as 'boolean' | 'string' | 'object';
}

/** What `type` (and `nullable`, which modifies it) allows; `undefined` where it says nothing, or nothing that is known. */
export function declaredTypes(
  schema: JsonObject,
  dialect: SchemaDialect,
): ReadonlySet<InstanceType> | undefined {
  const type = schema['type'];
  if (type === undefined) return undefined;
  const names = isList(type) ? type : [type];
  const types = names.map((name) => (typeof name === 'string' ? own(byName, name) : undefined));
  if (types.includes(undefined) || types.length === 0) return undefined;
  const isNullable = dialect === 'openapi-3.0' && schema['nullable'] === true;
  return new Set([...types.flatMap((one) => one ?? []), ...(isNullable ? (['null'] as const) : [])]);
}

/**
 * A bound from above for the types of the instances that a schema accepts, found where it is cheap: `type`, `allOf`,
 * `anyOf`, `oneOf` and what `$ref` names (`named` knows those).
 */
export function acceptedTypes(
  schema: JsonSchema,
  dialect: SchemaDialect,
  named: (name: string) => ReadonlySet<InstanceType>,
): ReadonlySet<InstanceType> {
  if (typeof schema === 'boolean') return schema ? allTypes : new Set();
  const name = referredName(schema['$ref']);
  if (name !== undefined && hasPlainReferences(dialect)) return named(name);
  const of = (value: JsonValue): ReadonlySet<InstanceType> =>
    typeof value === 'boolean' || isObject(value) ? acceptedTypes(value, dialect, named) : allTypes;
  const list = (keyword: string): readonly JsonValue[] => {
    const value = schema[keyword];
    return isList(value) ? value : [];
  };
  const alternatives = ['anyOf', 'oneOf'].filter((keyword) => list(keyword).length > 0);
  const bounds = [
    declaredTypes(schema, dialect) ?? allTypes,
    ...(name === undefined ? [] : [named(name)]),
    ...list('allOf').map(of),
    ...alternatives.map((keyword) => new Set(list(keyword).flatMap((member) => [...of(member)]))),
  ];
  return new Set([...allTypes].filter((type) => bounds.every((types) => types.has(type))));
}

function own<T>(record: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
