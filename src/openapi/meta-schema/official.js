// The official OpenAPI meta-schemas, brought to one dialect (2020-12, no annotations) and one set of names.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

const MAPS = ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'];
const LISTS = ['allOf', 'anyOf', 'oneOf'];
const SINGLES = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'propertyNames', 'contains'];
const ANNOTATIONS = [
  'title',
  'description',
  'default',
  'format',
  'id',
  '$id',
  '$schema',
  '$comment',
  '$vocabulary',
  '$dynamicAnchor',
  'additionalItems',
];

/** A copy of a schema with `change` applied to every sub-schema, innermost first. */
export function mapSchema(schema, change) {
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (MAPS.includes(keyword)) {
      copy[keyword] = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mapSchema(v, change)]));
    } else if (LISTS.includes(keyword)) copy[keyword] = value.map((item) => mapSchema(item, change));
    else copy[keyword] = SINGLES.includes(keyword) ? mapSchema(value, change) : value;
  }
  return change(copy);
}

/** `PathItem`, `pathItem` and `path-item` are one name. */
function kebab(name) {
  return name
    .replace(/SubSchema$/, '')
    .replace(/OAuth/g, 'Oauth')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

function modernise(schema) {
  const copy = { ...schema };
  for (const keyword of ANNOTATIONS) delete copy[keyword];
  for (const [limit, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ]) {
    if (copy[exclusive] === true) {
      copy[exclusive] = copy[limit];
      delete copy[limit];
    } else if (copy[exclusive] === false) delete copy[exclusive];
  }
  // Comparing objects pairwise is quadratic on hostile lists; scalars are what has to be distinct.
  if (copy.uniqueItems === true) copy.distinct = true;
  delete copy.uniqueItems;
  return copy;
}

/** Sub-schemas that other parts of the official text point to by a long pointer. */
function at(root, pointer) {
  const tokens = pointer.split('/').slice(1);
  return tokens.reduce((schema, token) => schema[token.replaceAll('~1', '/').replaceAll('~0', '~')], root);
}

const DRAFT_04 = 'http://json-schema.org/draft-04/schema#';

function expandDraft04(schema) {
  if (typeof schema.$ref !== 'string' || !schema.$ref.startsWith(DRAFT_04)) return schema;
  const draft = require('ajv-draft-04/dist/refs/json-schema-draft-04.json');
  const local = (found) =>
    found.$ref === undefined ? modernise(found) : { ...mapSchema(at(draft, found.$ref.slice(1)), local) };
  return mapSchema(at(draft, schema.$ref.slice(DRAFT_04.length)), local);
}

function renameReference(schema) {
  if (typeof schema.$ref !== 'string') return schema;
  const [, , name, ...rest] = schema.$ref.split('/');
  if (rest.length === 0) return { ...schema, $ref: kebab(name) };
  return { ...schema, $ref: kebab(rest.at(-1)) };
}

/** Definitions inside definitions (`oauth-flows/$defs/implicit`) become definitions of their own. */
function flatten(definitions) {
  const flat = {};
  for (const [name, schema] of Object.entries(definitions)) {
    flat[kebab(name)] = mapSchema(schema, (found) => {
      const { $defs, ...rest } = found;
      for (const [inner, innerSchema] of Object.entries($defs ?? {})) flat[kebab(inner)] = innerSchema;
      return rest;
    });
  }
  return flat;
}

/** Definitions by name; the whole document is the definition `document`. */
export function officialDefinitions(version) {
  const official = require(`@seriousme/openapi-schema-validator/schemas/v${version}/schema.json`);
  const clean = mapSchema(official, (schema) => renameReference(modernise(expandDraft04(schema))));
  const { $defs, definitions, ...document } = clean;
  return flatten({ ...($defs ?? definitions), document });
}

/**
 * The Schema Object of OpenAPI 3.1 and 3.2: JSON Schema 2020-12 with the OAS base vocabulary, its dynamic references
 * made static (every sub-schema is a Schema Object).
 */
export function schemaObject2020() {
  const parts = [
    'core',
    'applicator',
    'unevaluated',
    'validation',
    'meta-data',
    'format-annotation',
    'content',
  ];
  const properties = {};
  for (const part of parts) {
    const meta = require(`ajv/dist/refs/json-schema-2020-12/meta/${part}.json`);
    const inline = (found) => {
      if (found.$dynamicRef !== undefined) return { $ref: 'schema' };
      if (found.$ref?.startsWith('#/')) return mapSchema(at(meta, found.$ref.slice(1)), inline);
      return modernise(found);
    };
    for (const [name, property] of Object.entries(meta.properties)) {
      properties[name] = mapSchema(property, inline);
    }
  }
  properties.definitions = properties.$defs;
  properties.example = true;
  properties.discriminator = { $ref: 'discriminator' };
  properties.externalDocs = { $ref: 'external-documentation' };
  properties.xml = { $ref: 'xml' };
  return { type: ['object', 'boolean'], properties };
}
