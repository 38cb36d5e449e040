import fc from 'fast-check';
import type { JsonSchema, JsonValue, SchemaDialect } from '../../../src/model/inspection.ts';

const names = fc.constantFrom('a', 'b', 'c');
const numbers = fc.constantFrom(-1, 0, 1, 2, 3, 0.5, 1.5);
const counts = fc.constantFrom(0, 1, 2);
const texts = fc.constantFrom('', 'a', 'ab', 'b', 'b\n', 'a b', 'ä', '1', '\u2028', '\u00a0');

/** Instances small enough that schemas of the same few names and values say yes and no about equally often. */
export const instances: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.oneof(fc.constant(null), fc.boolean(), numbers, texts),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const patterns = fc.constantFrom(
  ...[
    '^a',
    'b$',
    '^.$',
    '\\s',
    '^\\S+$',
    '[^a]',
    '^(a|b)?$',
    '[\\s\\d]',
    '^[a-b]{1,2}$',
    '(?=a).b',
    '^(?!a)',
  ],
);
const unportable = fc.constantFrom('(a)\\1', '\\bab', '(?<=a)b');
const types = fc.constantFrom('null', 'boolean', 'object', 'array', 'string', 'number', 'integer');
const lists = fc.uniqueArray(names, { minLength: 1, maxLength: 2 });

/** Objects with the usual prototype, which is what parsers make. */
const plain = { noNullPrototype: true } as const;

type Keywords = { readonly [keyword: string]: JsonValue };
type Choice = fc.WeightedArbitrary<Keywords>;
type Inner = fc.Arbitrary<JsonValue>;

const one = (keyword: string, value: fc.Arbitrary<JsonValue>): fc.Arbitrary<Keywords> =>
  value.map((it) => ({ [keyword]: it }));
const some = (inner: Inner): fc.Arbitrary<JsonValue> => fc.array(inner, { minLength: 1, maxLength: 3 });
const byName = (inner: Inner): fc.Arbitrary<JsonValue> =>
  fc.dictionary(names, inner, { minKeys: 1, maxKeys: 2, noNullPrototype: true });

function common(inner: Inner): readonly Choice[] {
  const record = (keywords: Record<string, fc.Arbitrary<JsonValue>>): fc.Arbitrary<Keywords> =>
    fc.record(keywords, plain);
  return [
    { weight: 6, arbitrary: one('type', types) },
    {
      weight: 2,
      arbitrary: one(
        'enum',
        fc.uniqueArray(instances, { minLength: 1, maxLength: 4, selector: (it) => JSON.stringify(it) }),
      ),
    },
    { weight: 3, arbitrary: one('minimum', numbers) },
    { weight: 2, arbitrary: one('maximum', numbers) },
    { weight: 1, arbitrary: one('multipleOf', fc.constantFrom(1, 2, 0.5, 1.5)) },
    { weight: 2, arbitrary: one('minLength', counts) },
    { weight: 2, arbitrary: one('maxLength', counts) },
    { weight: 3, arbitrary: one('pattern', patterns) },
    { weight: 1, arbitrary: one('pattern', unportable) },
    { weight: 3, arbitrary: one('items', inner) },
    { weight: 2, arbitrary: one('minItems', counts) },
    { weight: 1, arbitrary: one('maxItems', counts) },
    { weight: 1, arbitrary: one('uniqueItems', fc.boolean()) },
    { weight: 5, arbitrary: one('properties', byName(inner)) },
    { weight: 3, arbitrary: one('required', lists) },
    { weight: 2, arbitrary: one('additionalProperties', fc.oneof(fc.boolean(), inner)) },
    { weight: 2, arbitrary: one('minProperties', counts) },
    { weight: 1, arbitrary: one('maxProperties', counts) },
    { weight: 3, arbitrary: one('allOf', some(inner)) },
    { weight: 2, arbitrary: one('$ref', fc.constantFrom('#/schemas/A', '#/schemas/B')) },
    {
      weight: 1,
      arbitrary: record({ type: fc.constant('object'), properties: byName(inner), required: lists }),
    },
  ];
}

const alternatives = (inner: Inner): readonly Choice[] => [
  { weight: 3, arbitrary: one('anyOf', some(inner)) },
  { weight: 4, arbitrary: one('oneOf', some(inner)) },
  { weight: 3, arbitrary: one('not', inner) },
];

const ofOpenApi30: readonly Choice[] = [
  { weight: 3, arbitrary: types.map((type) => ({ type, nullable: true })) },
  { weight: 3, arbitrary: fc.record({ minimum: numbers, exclusiveMinimum: fc.boolean() }, plain) },
  { weight: 2, arbitrary: fc.record({ maximum: numbers, exclusiveMaximum: fc.boolean() }, plain) },
];

const conditional = (inner: Inner): Record<string, Inner> =>
  Object.fromEntries(['if', 'then', 'else'].map((keyword) => [keyword, inner]));

const ofJsonSchema = (inner: Inner): readonly Choice[] => [
  { weight: 3, arbitrary: one('type', fc.uniqueArray(types, { minLength: 1, maxLength: 3 })) },
  { weight: 2, arbitrary: one('const', instances) },
  { weight: 3, arbitrary: one('exclusiveMinimum', numbers) },
  { weight: 2, arbitrary: one('exclusiveMaximum', numbers) },
  {
    weight: 3,
    arbitrary: fc.record(conditional(inner), { ...plain, requiredKeys: ['if'] }),
  },
  { weight: 3, arbitrary: one('dependentRequired', byName(lists)) },
  { weight: 2, arbitrary: one('dependentSchemas', byName(inner)) },
  { weight: 3, arbitrary: one('contains', inner) },
  {
    weight: 1,
    arbitrary: fc.record(
      { contains: inner, minContains: counts, maxContains: counts },
      { ...plain, requiredKeys: ['contains'] },
    ),
  },
  { weight: 1, arbitrary: one('propertyNames', fc.record({ enum: lists }, plain)) },
  { weight: 1, arbitrary: one('propertyNames', inner) },
  {
    weight: 1,
    arbitrary: one(
      'patternProperties',
      fc.dictionary(fc.constantFrom('^a', 'b'), inner, { noNullPrototype: true }),
    ),
  },
  { weight: 1, arbitrary: one('prefixItems', some(inner)) },
  { weight: 1, arbitrary: one('unevaluatedItems', fc.oneof(fc.boolean(), inner)) },
  { weight: 2, arbitrary: one('unevaluatedProperties', fc.oneof(fc.boolean(), inner)) },
];

/** ajv 8.20 accepts an empty array for `contains` beside `prefixItems`, which is a mistake. */
const withOpinion = ({ prefixItems, ...rest }: Keywords): Keywords =>
  prefixItems === undefined || rest['contains'] !== undefined ? rest : { ...rest, prefixItems };

/** Schemas of a dialect that refer to `A` and `B`. */
export function schemasOf(dialect: SchemaDialect): fc.Arbitrary<JsonSchema> {
  const isNew = dialect === 'json-schema-2020-12';
  return fc.letrec<{ schema: JsonValue; keywords: JsonValue }>((tie) => {
    const inner = tie('schema');
    const choices = [
      ...common(inner),
      ...(dialect === 'openapi-2.0' ? [] : alternatives(inner)),
      ...(dialect === 'openapi-3.0' ? ofOpenApi30 : []),
      ...(isNew ? ofJsonSchema(inner) : []),
    ];
    const keywords = fc
      .array(fc.oneof(...choices), { minLength: 1, maxLength: 4, size: 'max' })
      .map((parts): JsonValue => withOpinion(Object.assign({}, ...parts)));
    const leaf = fc.oneof(
      fc.constant({}),
      types.map((type): JsonValue => ({ type })),
    );
    return {
      keywords,
      schema: fc.oneof(
        { maxDepth: 2, depthSize: 'medium' },
        { weight: 1, arbitrary: isNew ? fc.oneof(leaf, fc.boolean()) : leaf },
        { weight: 3, arbitrary: keywords },
      ),
    };
  }).keywords as fc.Arbitrary<JsonSchema>;
}
