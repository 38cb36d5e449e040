import type { JsonValue } from '../../../model/inspection.ts';
import { isList, isObject, isSchema, type JsonObject, nothing } from './json-schema.ts';
import { without } from './object-facets.ts';
import { noPart, type Part, type Site, together } from './part.ts';

/** Keywords that apply schemas to the same instance. */
export function combinators(site: Site): Part {
  return together([
    allOf(site),
    anyOf(site),
    oneOf(site),
    not(site),
    conditional(site),
    dependentSchemas(site),
    dynamicReference(site),
  ]);
}

interface Members {
  readonly schemas: readonly JsonObject[];
  readonly isExact: boolean;
}

/** `undefined` where the keyword is absent; what is no list of schemas accepts everything. */
function members(site: Site, keyword: string): Members | Part | undefined {
  const value = site.schema[keyword];
  if (value === undefined) return undefined;
  if (!isList(value) || value.length === 0 || !value.every(isSchema)) {
    return site.weaken(keyword, 'it is no list of schemas');
  }
  const lowered = value.map((member, index) => site.beside(member, keyword, index));
  return {
    schemas: lowered.map(({ schema }) => schema),
    isExact: lowered.every(({ isExact }) => isExact),
  };
}

function allOf(site: Site): Part {
  const found = members(site, 'allOf');
  if (found === undefined || 'facets' in found) return found ?? noPart;
  return { ...noPart, conjuncts: [{ allOf: found.schemas }], isExact: found.isExact };
}

function anyOf(site: Site): Part {
  const found = members(site, 'anyOf');
  if (found === undefined || 'facets' in found) return found ?? noPart;
  return { ...noPart, conjuncts: [{ anyOf: found.schemas }], isExact: found.isExact };
}

/** Members that accept too much may accept the same instance: what is certain of them is that one accepts it. */
function oneOf(site: Site): Part {
  const found = members(site, 'oneOf');
  if (found === undefined || 'facets' in found) return found ?? noPart;
  if (found.isExact || found.schemas.length === 1) {
    return { ...noPart, conjuncts: [{ oneOf: found.schemas }], isExact: found.isExact };
  }
  site.weaken('oneOf', 'one of its schemas cannot be checked exactly, so that only anyOf is left of it');
  return { ...noPart, conjuncts: [{ anyOf: found.schemas }], isExact: false };
}

const inside = 'what it refers to cannot be checked exactly, and weaker there is stronger here';

function not(site: Site): Part {
  const { not } = site.schema;
  if (not === undefined) return noPart;
  if (!isSchema(not)) return site.weaken('not', 'it is no schema');
  const schema = site.exactly(not, 'not');
  return schema === undefined ? site.weaken('not', inside) : { ...noPart, conjuncts: [{ not: schema }] };
}

/** `if` implies `then`, and its negation `else`. */
function conditional(site: Site): Part {
  const { if: condition, then: consequence, else: alternative } = site.schema;
  if (condition === undefined || (consequence === undefined && alternative === undefined)) return noPart;
  if (!isSchema(condition)) return site.weaken('if', 'it is no schema');
  const tested = site.exactly(condition, 'if');
  if (tested === undefined) return site.weaken('if', inside);
  const branch = (keyword: 'then' | 'else', unless: JsonObject): Part => {
    const value = site.schema[keyword];
    if (value === undefined) return noPart;
    if (!isSchema(value)) return site.weaken(keyword, 'it is no schema');
    const { schema, isExact } = site.beside(value, keyword);
    return { ...noPart, conjuncts: [{ anyOf: [unless, schema] }], isExact };
  };
  return together([branch('then', { not: tested }), branch('else', tested)]);
}

function dependentSchemas(site: Site): Part {
  const { dependentSchemas } = site.schema;
  if (dependentSchemas === undefined) return noPart;
  if (!isObject(dependentSchemas)) return site.weaken('dependentSchemas', 'it is no map of schemas');
  return together(
    Object.keys(dependentSchemas)
      .sort()
      .map((name): Part => {
        const value = dependentSchemas[name];
        if (!isSchema(value)) return site.weaken('dependentSchemas', 'it is no map of schemas');
        const { schema, isExact } = site.beside(value, 'dependentSchemas', name);
        return { ...noPart, conjuncts: [{ anyOf: [without(name), schema] }], isExact };
      }),
  );
}

function dynamicReference(site: Site): Part {
  if (site.schema['$dynamicRef'] === undefined) return noPart;
  return site.weaken('$dynamicRef', 'references of JSON Schema draft 4 are static', 'Use $ref.');
}

/** Everything holds: conjuncts beside each other where their keywords differ, in `allOf` where they do not. */
export function allHold(base: JsonObject, conjuncts: readonly JsonObject[]): JsonObject {
  const { allOf, ...plain } = base;
  const result: Record<string, JsonValue> = plain;
  const rest: JsonObject[] = isList(allOf) ? allOf.filter(isObject) : [];
  for (const conjunct of conjuncts) {
    const { allOf, ...others } = conjunct;
    if (isList(allOf) && Object.keys(others).length === 0) rest.push(...allOf.filter(isObject));
    else if (Object.keys(conjunct).some((keyword) => keyword === '$ref' || result[keyword] !== undefined)) {
      rest.push(conjunct);
    } else Object.assign(result, conjunct);
  }
  const [only] = rest;
  if (only !== undefined && rest.length === 1 && Object.keys(result).length === 0) return only;
  return rest.length === 0 ? result : { ...result, allOf: rest };
}

/** Members that exclude each other by their types. */
export function oneOfTypes(members: readonly JsonObject[]): JsonObject {
  const [first = nothing] = members;
  return members.length > 1 ? { oneOf: members } : first;
}
