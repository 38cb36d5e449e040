import type { SchemaDialect } from '../../../model/inspection.ts';

const everywhere = [
  ...['$ref', 'type', 'enum', 'allOf', 'multipleOf', 'minimum', 'maximum'],
  ...['exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength', 'pattern'],
  ...['items', 'minItems', 'maxItems', 'uniqueItems'],
  ...['properties', 'additionalProperties', 'required', 'minProperties', 'maxProperties'],
];
const alternatives = ['anyOf', 'oneOf', 'not'];

/** Keywords that decide whether an instance is valid, by dialect (OpenAPI 2.0, 3.0.4 "Schema Object"; JSON Schema 2020-12). */
const assertions: { readonly [D in SchemaDialect]: ReadonlySet<string> } = {
  'openapi-2.0': new Set(everywhere),
  'openapi-3.0': new Set([...everywhere, ...alternatives, 'nullable']),
  'json-schema-2020-12': new Set([
    ...[...everywhere, ...alternatives, 'const', 'if', 'then', 'else', '$dynamicRef'],
    ...['dependentRequired', 'dependentSchemas', 'propertyNames', 'patternProperties'],
    ...['prefixItems', 'contains', 'minContains', 'maxContains'],
    ...['unevaluatedProperties', 'unevaluatedItems'],
  ]),
};

/** Keywords of some dialect or draft: where they have no effect, their author believes in one. */
const assertionsOfOthers = new Set([
  ...Object.values(assertions).flatMap((keywords) => [...keywords]),
  ...['additionalItems', 'dependencies', '$recursiveRef'],
]);

/** For people and tools; nobody expects a gateway to act on them. */
const documentation = new Set([
  ...['title', 'description', 'default', 'example', 'examples', 'deprecated', 'externalDocs', 'xml'],
  ...['writeOnly', '$comment', '$id', '$schema', '$anchor', '$dynamicAnchor', '$vocabulary'],
  ...['$defs', 'definitions', '$recursiveAnchor', 'id'],
]);

/** What a keyword is in a dialect; `foreign` is one that only other dialects check. */
export type Role = 'assertion' | 'foreign' | 'documentation' | 'annotation';

export function roleOf(keyword: string, dialect: SchemaDialect): Role {
  if (assertions[dialect].has(keyword)) return 'assertion';
  // Without it the schema is stricter, not weaker.
  if (keyword === 'nullable') return 'annotation';
  if (assertionsOfOthers.has(keyword)) return 'foreign';
  return documentation.has(keyword) || keyword.startsWith('x-') ? 'documentation' : 'annotation';
}

/** In OpenAPI 2.0 and 3.0 a `$ref` stands for what it names, whatever is beside it. */
export function hasPlainReferences(dialect: SchemaDialect): boolean {
  return dialect !== 'json-schema-2020-12';
}
