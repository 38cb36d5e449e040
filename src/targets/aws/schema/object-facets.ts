import type { JsonValue } from '../../../model/inspection.ts';
import { counted, hasApplicators } from './array-facets.ts';
import { hasPlainReferences } from './dialect.ts';
import { isList, isObject, isSchema, type JsonObject } from './json-schema.ts';
import { noPart, type Part, type Site, together } from './part.ts';

/**
 * The importer of OpenAPI documents leaves them out of models (aws/serverless-application-model, discussion 2708:
 * "Behavior arising from API Gateway").
 */
const notImported = 'API Gateway leaves it out of models that it imports';

export function objectFacets(site: Site): Part {
  return together([
    properties(site),
    required(site),
    otherProperties(site),
    minProperties(site),
    counted(site, 'maxProperties', notImported),
    propertyNames(site),
    dependentRequired(site),
  ]);
}

function properties(site: Site): Part {
  const { properties } = site.schema;
  if (properties === undefined) return noPart;
  if (!isObject(properties)) return site.weaken('properties', 'it is no map of schemas');
  let isExact = true;
  const lowered = Object.keys(properties)
    .sort()
    .map((name): [string, JsonObject] => {
      const property = properties[name];
      const below = isSchema(property) ? site.below(property, 'properties', name) : undefined;
      if (below === undefined) site.weaken('properties', `"${name}" is no schema`);
      isExact &&= below?.isExact ?? false;
      return [name, below?.schema ?? {}];
    });
  return { ...noPart, facets: { properties: Object.fromEntries(lowered) }, isExact };
}

const isNames = (value: JsonValue | undefined): value is readonly string[] =>
  isList(value) && value.every((name) => typeof name === 'string');

/** In OpenAPI 2.0 and 3.0, a property that is `readOnly` is required of responses only. */
function required(site: Site): Part {
  const { required, properties } = site.schema;
  if (required === undefined) return noPart;
  if (!isNames(required)) return site.weaken('required', 'it is no list of names');
  const isOfResponses = (name: string): boolean => {
    const property = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
    return hasPlainReferences(site.dialect) && isSchema(property) && site.isReadOnly(property);
  };
  const names = [...new Set(required)].filter((name) => !isOfResponses(name));
  return names.length === 0 ? noPart : { ...noPart, facets: { required: names.sort() } };
}

function otherProperties(site: Site): Part {
  const { additionalProperties, patternProperties, unevaluatedProperties } = site.schema;
  const hasPatterns = isObject(patternProperties) && Object.keys(patternProperties).length > 0;
  if (hasPatterns || (patternProperties !== undefined && !isObject(patternProperties))) {
    return site.weaken(
      'patternProperties',
      'schemas of OpenAPI 3.0, which API Gateway imports, do not have it',
      'List the names in properties, or say additionalProperties.',
    );
  }
  if (additionalProperties !== undefined) return others(site, 'additionalProperties', additionalProperties);
  if (unevaluatedProperties === undefined || unevaluatedProperties === true) return noPart;
  if (!hasApplicators(site)) return others(site, 'unevaluatedProperties', unevaluatedProperties);
  return site.weaken(
    'unevaluatedProperties',
    'JSON Schema draft 4 does not know what other schemas evaluated',
    'List all properties in one schema with additionalProperties.',
  );
}

function others(site: Site, keyword: string, value: JsonValue): Part {
  if (!isSchema(value)) return site.weaken(keyword, 'it is neither a schema nor true or false');
  if (typeof value === 'boolean') {
    return value ? noPart : { ...noPart, facets: { additionalProperties: false } };
  }
  const { schema, isExact } = site.below(value, keyword);
  return { ...noPart, facets: { additionalProperties: schema }, isExact };
}

/** One property at least: not the empty object. */
function minProperties(site: Site): Part {
  if (site.schema['minProperties'] !== 1) return counted(site, 'minProperties', notImported);
  return {
    facets: { minProperties: 1 },
    conjuncts: [{ not: { type: 'object', additionalProperties: false } }],
    isExact: true,
  };
}

/** Names out of a list are `properties` and nothing else. */
function propertyNames(site: Site): Part {
  const { propertyNames } = site.schema;
  if (propertyNames === undefined || propertyNames === true) return noPart;
  const names = isObject(propertyNames) ? propertyNames['enum'] : undefined;
  const isListOnly =
    isObject(propertyNames) && Object.keys(propertyNames).every((key) => key === 'enum' || key === 'type');
  if (!isNames(names) || !isListOnly || !['string', undefined].includes(typeOfNames(propertyNames))) {
    return site.weaken(
      'propertyNames',
      'JSON Schema draft 4 checks values of properties, not their names',
      'List the names in properties with additionalProperties: false, or in enum.',
    );
  }
  const object = {
    type: 'object',
    properties: Object.fromEntries([...new Set(names)].sort().map((name) => [name, {}])),
    additionalProperties: false,
  };
  return { ...noPart, conjuncts: [{ anyOf: [object, { not: { type: 'object' } }] }] };
}

function typeOfNames(schema: JsonValue): string | undefined {
  const type = isObject(schema) ? schema['type'] : undefined;
  return type === undefined ? undefined : String(type);
}

/** `a` demands `b`: there is no `a`, or there is `b`. */
function dependentRequired(site: Site): Part {
  const { dependentRequired } = site.schema;
  if (dependentRequired === undefined) return noPart;
  if (!isObject(dependentRequired)) return site.weaken('dependentRequired', 'it is no map of lists');
  return together(
    Object.keys(dependentRequired)
      .sort()
      .map((name): Part => {
        const names = dependentRequired[name];
        if (!isNames(names)) return site.weaken('dependentRequired', 'it is no map of lists');
        if (names.length === 0) return noPart;
        const needed = { type: 'object', required: [...new Set(names)].sort() };
        return { ...noPart, conjuncts: [{ anyOf: [without(name), needed] }] };
      }),
  );
}

/** Everything but objects that have the property. */
export function without(name: string): JsonObject {
  return { not: { type: 'object', required: [name] } };
}
