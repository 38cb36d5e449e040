import type { JsonSchema, JsonValue, SchemaDialect } from '../../../model/inspection.ts';
import { arrayFacets } from './array-facets.ts';
import { allHold, combinators, oneOfTypes } from './combinators.ts';
import { hasPlainReferences, roleOf } from './dialect.ts';
import { allTypes, declaredTypes, type InstanceType, typeOf } from './instance-types.ts';
import { anything, canonical, isList, type JsonObject, nothing, referredName, step } from './json-schema.ts';
import { objectFacets } from './object-facets.ts';
import { type LoweredSchema, noPart, type Part, type Site, together } from './part.ts';
import { remarkOn } from './remarks.ts';
import { numberFacets, stringFacets } from './scalar-facets.ts';

type Report = (keyword: string, pointer: string, reason: string, instead: string | undefined) => void;

/** What lowering one root schema needs to know of the others. */
export interface World {
  readonly dialect: SchemaDialect;
  /** The model that a `$ref` becomes; `undefined` for a schema that does not exist or does not end. */
  readonly refer: (name: string, isSameInstance: boolean) => LoweredSchema | undefined;
  readonly typesOf: (schema: JsonSchema) => ReadonlySet<InstanceType>;
  readonly isReadOnly: (schema: JsonSchema) => boolean;
  readonly weaken: Report;
  readonly annotate: Report;
  readonly refuse: Report;
}

/**
 * A schema as JSON Schema draft 4 in the form of OpenAPI 3.0.1: one type a schema, no lists of schemas for items, no
 * boolean schemas. Every keyword for one type stands beside that `type`, because readers of OpenAPI tend to conclude
 * the type from the keyword.
 */
export function lowerSchema(schema: JsonSchema, world: World, at = '', isSameInstance = true): LoweredSchema {
  if (typeof schema === 'boolean') return { schema: schema ? anything : nothing, isExact: true };
  remarkOn(schema, world, at);
  const site = siteOf(schema, world, at, isSameInstance);
  if (site.schema['$ref'] === undefined) return assemble(site, noPart);
  const reference = refer(site.schema['$ref'], world, site, isSameInstance);
  return hasPlainReferences(world.dialect)
    ? assemble({ ...site, schema: {} }, reference)
    : assemble(site, reference);
}

function siteOf(written: JsonObject, world: World, at: string, isSameInstance: boolean): Site {
  const { dialect } = world;
  const below: Site['below'] = (schema, ...names) => lowerSchema(schema, world, step(at, ...names), false);
  const beside: Site['beside'] = (schema, ...names) =>
    lowerSchema(schema, world, step(at, ...names), isSameInstance);
  return {
    schema: Object.fromEntries(
      Object.entries(written).filter(([name]) => roleOf(name, dialect) === 'assertion'),
    ),
    dialect,
    at,
    below,
    beside,
    exactly: (schema, ...names) => {
      const lowered = beside(schema, ...names);
      return lowered.isExact ? lowered.schema : undefined;
    },
    weaken: (keyword, reason, instead) => {
      world.weaken(keyword, step(at, keyword), reason, instead);
      return { ...noPart, isExact: false };
    },
    typesOf: world.typesOf,
    isReadOnly: world.isReadOnly,
  };
}

function refer(reference: JsonValue, world: World, site: Site, isSameInstance: boolean): Part {
  const name = referredName(reference);
  const target = name === undefined ? undefined : world.refer(name, isSameInstance);
  if (target === undefined) {
    world.refuse('$ref', step(site.at, '$ref'), 'it leads to no schema, or to itself without end', undefined);
    return { ...noPart, isExact: false };
  }
  return { ...noPart, conjuncts: [target.schema], isExact: target.isExact };
}

function assemble(site: Site, reference: Part): LoweredSchema {
  const declared = declaredTypes(site.schema, site.dialect);
  const isUnknown = site.schema['type'] !== undefined && declared === undefined;
  const typeless = isUnknown ? site.weaken('type', 'it names no type of JSON Schema draft 4') : noPart;
  const values = valuesOf(site);
  const types = values === undefined ? (declared ?? site.typesOf(site.schema)) : typesWith(values, declared);
  const facets = facetsByType(site, types);
  const general = together([typeless, reference, combinators(site)]);
  const all = together([general, ...facets.map(({ part }) => part)]);
  const isLimited = declared !== undefined || values !== undefined;
  const limiting = facets.filter(({ part }) => Object.keys(part.facets).length > 0);
  if (isLimited || (types.size < allTypes.size && limiting.length > 0)) {
    const branches = branchesOf(types, values, facets, site.dialect);
    return { schema: allHold(oneOfTypes(branches), all.conjuncts), isExact: all.isExact };
  }
  // The facets of one type, or another type.
  const guarded = limiting.map(({ of, part }): JsonObject => {
    const type = of === 'integer' ? 'number' : of;
    return { anyOf: [{ type, ...part.facets }, { not: { type } }] };
  });
  return { schema: allHold({}, [...guarded, ...all.conjuncts]), isExact: all.isExact };
}

interface Facets {
  /** `integer` stands for all numbers. */
  readonly of: InstanceType;
  readonly part: Part;
}

/** Of the types that an instance may have; keywords for others have no effect. */
function facetsByType(site: Site, types: ReadonlySet<InstanceType>): readonly Facets[] {
  const readers: readonly (readonly [InstanceType, () => Part])[] = [
    ['object', () => objectFacets(site)],
    ['array', () => arrayFacets(site)],
    ['string', () => stringFacets(site)],
    ['integer', () => numberFacets(site, !types.has('fraction'))],
  ];
  return readers.filter(([of]) => types.has(of)).map(([of, read]) => ({ of, part: read() }));
}

/** The types that are allowed and have values; numbers are integers and fractions together. */
function typesWith(
  values: readonly JsonValue[],
  declared: ReadonlySet<InstanceType> = allTypes,
): ReadonlySet<InstanceType> {
  const found = new Set(values.map(typeOf));
  const hasNumbers = found.has('integer') || found.has('fraction');
  const isNumber = (type: InstanceType): boolean => type === 'integer' || type === 'fraction';
  return new Set([...declared].filter((type) => (isNumber(type) ? hasNumbers : found.has(type))));
}

/** One schema for each type, which exclude each other. */
function branchesOf(
  types: ReadonlySet<InstanceType>,
  values: readonly JsonValue[] | undefined,
  facets: readonly Facets[],
  dialect: SchemaDialect,
): readonly JsonObject[] {
  const hasFractions = types.has('fraction');
  const facetsOf = (type: InstanceType): JsonObject =>
    facets.find(({ of }) => of === (type === 'fraction' ? 'integer' : type))?.part.facets ?? {};
  return [...allTypes].flatMap((type): readonly JsonObject[] => {
    if (!types.has(type) || (type === 'fraction' && types.has('integer'))) return [];
    const isNumber = type === 'integer' || type === 'fraction';
    const listed = values?.filter((value) => {
      const of = typeOf(value);
      return of === type || (isNumber && hasFractions && of === 'fraction');
    });
    if (listed?.length === 0) return [];
    const kept = listed === undefined || type === 'null' ? {} : { enum: listed };
    // 1.0 is an integer since draft 6, and a number like any other in draft 4.
    const isWhole = type === 'integer' && !hasFractions && dialect === 'json-schema-2020-12';
    const name = nameOf(type, hasFractions || isWhole);
    const branch: JsonObject = { type: name, ...kept, ...facetsOf(type) };
    const { multipleOf } = branch;
    if (!isWhole || listed !== undefined || Number.isInteger(multipleOf)) return [branch];
    if (multipleOf === undefined) return [{ ...branch, multipleOf: 1 }];
    return [{ ...branch, allOf: [{ type: name, multipleOf: 1 }] }];
  });
}

function nameOf(type: InstanceType, hasFractions: boolean): string {
  if (type !== 'integer' && type !== 'fraction') return type;
  return hasFractions ? 'number' : 'integer';
}

/** What `enum` and `const` leave, each value once; `undefined` where neither is said. */
function valuesOf(site: Site): readonly JsonValue[] | undefined {
  const { enum: listed, const: only } = site.schema;
  const lists: JsonValue[][] = [];
  if (isList(listed)) lists.push([...listed]);
  else if (listed !== undefined) site.weaken('enum', 'it is no list of values');
  if (only !== undefined) lists.push([only]);
  const [first, second] = lists.map((list) => new Map(list.map((value) => [canonical(value), value])));
  if (first === undefined) return undefined;
  return [...first].filter(([text]) => second === undefined || second.has(text)).map(([, value]) => value);
}
