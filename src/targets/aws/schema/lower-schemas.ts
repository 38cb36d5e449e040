import type { JsonSchema, NamedSchema, SchemaDialect } from '../../../model/inspection.ts';
import type { SchemaFinding } from './finding.ts';
import type { JsonObject } from './json-schema.ts';
import { lowerReachable, type Root, reachable, reaching } from './lower-reachable.ts';
import { modelNames } from './model-names.ts';
import { jsonBytes, modelBytes } from './model-size.ts';
import { onlyReference, referencesOf } from './references.ts';

/** A schema of a request or response that needs a model. */
export interface UsedSchema {
  /** What its model is called where no named schema lends its name; unique among those that are used. */
  readonly name: string;
  readonly schema: JsonSchema;
  readonly dialect: SchemaDialect;
}

export interface LoweredSchemas {
  /** For `components.schemas` of an OpenAPI 3.0.1 document, in the order of names. */
  readonly models: { readonly [name: string]: JsonObject };
  /** As many as are used, in their order. */
  readonly used: readonly UsedModel[];
}

interface UsedModel {
  /** `undefined` where nothing could be made of the schema; the findings say why. */
  readonly model: string | undefined;
  /** Of the schema and of all that it refers to, in the order in which they are reached. */
  readonly findings: readonly SchemaFinding[];
}

/**
 * Schemas of documents as models of API Gateway, which are JSON Schema draft 4 (API Gateway Developer Guide, "Data models
 * for REST APIs") imported from OpenAPI 3.0.1. References between models, also circular ones and inside `oneOf`, were
 * recorded to work in request validation where each is a model of its own. A schema without `weakened` and `refused`
 * findings accepts exactly what it did; with them it accepts more, never less.
 */
export function lowerSchemas(used: readonly UsedSchema[], schemas: readonly NamedSchema[]): LoweredSchemas {
  const references = referencesOf(schemas);
  const roots = new Map<string, Root>(
    schemas.map(({ name, schema, dialect }) => [name, { key: name, schema, dialect, name }]),
  );
  const entries = used.map(({ name, schema, dialect }): string => {
    const only = onlyReference(schema, dialect);
    const target = only === undefined ? undefined : references.resolve(only);
    if (target !== undefined) return target;
    const key = bodyKey(name);
    roots.set(key, { key, schema, dialect, name: undefined });
    return key;
  });
  const names = modelNames([...roots.keys()]);
  const lowered = lowerReachable(entries, roots, references, (key) => names.get(key) ?? key);
  const tooLarge = [...lowered.values()].filter(({ schema }) => jsonBytes(schema) > modelBytes);
  const missing = reaching(new Set(tooLarge.map(({ key }) => key)), lowered);
  const models = [...lowered.values()]
    .filter(({ key }) => !missing.has(key))
    .map(({ key, schema }): [string, JsonObject] => [names.get(key) ?? key, schema]);
  return {
    models: Object.fromEntries(models.sort(([a], [b]) => (a < b ? -1 : 1))),
    used: entries.map((key) => ({
      model: missing.has(key) ? undefined : names.get(key),
      findings: reachable([key], lowered).flatMap((root) => [
        ...root.findings,
        ...(tooLarge.includes(root) ? [sizeFinding(root.name)] : []),
      ]),
    })),
  };
}

/** Differs from the names of all named schemas, which have no such character, and reads the same without it. */
const bodyKey = (name: string): string => `${name}\0`;

function sizeFinding(schema: string | undefined): SchemaFinding {
  return {
    kind: 'refused',
    schema,
    keyword: '',
    pointer: '',
    reason: `a model of API Gateway has at most ${modelBytes / 1000} KB`,
    instead: 'Divide the schema into several that have names.',
  };
}
