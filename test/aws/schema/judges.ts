import type { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import AjvDraft04 from 'ajv-draft-04';
import type { JsonSchema, JsonValue, NamedSchema, SchemaDialect } from '../../../src/model/inspection.ts';
import type { JsonObject } from '../../../src/targets/aws/schema/json-schema.ts';
import type { LoweredSchemas } from '../../../src/targets/aws/schema/lower-schemas.ts';

export type Judge = (instance: unknown) => boolean;

const options = { strict: false, validateFormats: false, logger: false, addUsedSchema: false } as const;
const draft04: Ajv = new AjvDraft04.default(options);
/** Written inline, what a `$ref` names would see which items the schema around it evaluated. */
const draft2020 = new Ajv2020({ ...options, inlineRefs: false });

/** What a document means, by an implementation that shares nothing with gwc. */
export function documentJudge(
  schema: JsonSchema,
  schemas: readonly NamedSchema[],
  dialect: SchemaDialect,
): Judge {
  const isNew = dialect === 'json-schema-2020-12';
  const ajv = isNew ? draft2020 : draft04;
  const read = (one: JsonSchema): JsonValue => (isNew ? one : withoutSiblings(one));
  const named = Object.fromEntries(schemas.map((one) => [one.name, read(one.schema)]));
  const validate = ajv.compile({ schemas: named, allOf: [read(schema)] });
  return (instance) => validate(instance) === true;
}

/** A `$ref` as OpenAPI 2.0 and 3.0 read it: ajv looks at a `type` beside it all the same. */
function withoutSiblings(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutSiblings);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as JsonObject);
  const reference = entries.find(([name, inner]) => name === '$ref' && typeof inner === 'string');
  return Object.fromEntries(
    (reference === undefined ? entries : [reference]).map(([name, inner]) => [name, withoutSiblings(inner)]),
  );
}

/** What JSON Schema draft 4 makes of the model; throws where a model is no draft 4 schema. */
export function modelJudge({ models }: Pick<LoweredSchemas, 'models'>, model: string): Judge {
  for (const [name, schema] of Object.entries(models)) {
    if (!draft04.validateSchema(schema)) throw new Error(`${name}: ${draft04.errorsText()}`);
  }
  const validate = draft04.compile({
    components: { schemas: models },
    $ref: `#/components/schemas/${model}`,
  });
  return (instance) => validate(instance) === true;
}

/** Keywords that API Gateway is documented or known to leave out of validation. */
const uncounted = [
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'exclusiveMinimum',
  'exclusiveMaximum',
];

/** The models of an importer that leaves out all that it may leave out. */
export function withoutUncounted({ models }: LoweredSchemas): Pick<LoweredSchemas, 'models'> {
  const strip = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(([name]) => !uncounted.includes(name));
    return Object.fromEntries(kept.map(([name, inner]) => [name, name === 'enum' ? inner : strip(inner)]));
  };
  return { models: strip(models as JsonValue) as LoweredSchemas['models'] };
}
