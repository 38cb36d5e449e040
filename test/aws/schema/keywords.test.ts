import { describe, expect, test } from 'vitest';
import type { JsonSchema, NamedSchema, SchemaDialect } from '../../../src/model/inspection.ts';
import { lowerSchemas } from '../../../src/targets/aws/schema/lower-schemas.ts';
import { modelJudge } from './judges.ts';

const newest = 'json-schema-2020-12';

function lower(schema: JsonSchema, dialect: SchemaDialect = newest, named: Record<string, JsonSchema> = {}) {
  const schemas: NamedSchema[] = Object.entries(named).map(([name, one]) => ({ name, schema: one, dialect }));
  const lowered = lowerSchemas([{ name: 'body', schema, dialect }], schemas);
  const { model, findings = [] } = lowered.used[0] ?? {};
  return {
    lowered,
    model,
    schema: lowered.models[model ?? ''],
    findings: findings.map(({ kind, keyword, pointer }) => `${kind} ${keyword} ${pointer}`),
  };
}

describe('what draft 4 lacks is said in its own words', () => {
  test.each<[string, JsonSchema, SchemaDialect, object]>([
    [
      'nullable',
      { type: 'string', nullable: true, maxLength: 3 },
      'openapi-3.0',
      { oneOf: [{ type: 'string', maxLength: 3 }, { type: 'null' }] },
    ],
    [
      'a list of types',
      { type: ['object', 'null'] },
      newest,
      { oneOf: [{ type: 'object' }, { type: 'null' }] },
    ],
    ['const', { const: 'a' }, newest, { type: 'string', enum: ['a'] }],
    [
      'an excluded bound of integers',
      { type: 'integer', minimum: 0, exclusiveMinimum: true },
      'openapi-3.0',
      { type: 'integer', minimum: 1 },
    ],
    [
      'an excluded bound of numbers',
      { type: 'number', exclusiveMinimum: 0 },
      newest,
      { type: 'number', minimum: 0, not: { enum: [0] } },
    ],
    ['1.0 is an integer since draft 6', { type: 'integer' }, newest, { type: 'number', multipleOf: 1 }],
    ['false', false, newest, { not: {} }],
    ['true', { type: 'object', properties: { a: true } }, newest, { type: 'object', properties: { a: {} } }],
    [
      'contains',
      { type: 'array', contains: { type: 'string' } },
      newest,
      { type: 'array', not: { type: 'array', items: { not: { type: 'string' } } } },
    ],
    [
      'dependentRequired',
      { type: 'object', dependentRequired: { a: ['b'] } },
      newest,
      {
        type: 'object',
        anyOf: [{ not: { type: 'object', required: ['a'] } }, { type: 'object', required: ['b'] }],
      },
    ],
    [
      'a keyword for one type where the type is open',
      { properties: { a: { type: 'string' } } },
      'openapi-3.0',
      { anyOf: [{ type: 'object', properties: { a: { type: 'string' } } }, { not: { type: 'object' } }] },
    ],
    [
      'unevaluatedProperties without other schemas beside it',
      { type: 'object', properties: { a: true }, unevaluatedProperties: false },
      newest,
      { type: 'object', properties: { a: {} }, additionalProperties: false },
    ],
    [
      'unevaluatedItems without other schemas beside it',
      { type: 'array', unevaluatedItems: { type: 'string' } },
      newest,
      { type: 'array', items: { type: 'string' } },
    ],
  ])('%s', (_, schema, dialect, expected) => {
    const lowered = lower(schema, dialect);
    expect(lowered.schema).toEqual(expected);
    expect(lowered.findings).toEqual([]);
  });

  test('if, then and else', () => {
    const {
      lowered,
      model = '',
      findings,
    } = lower({
      if: { properties: { kind: { const: 'card' } }, required: ['kind'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword is called so
      then: { required: ['number'] },
      else: { required: ['iban'] },
    });
    const judge = modelJudge(lowered, model);
    expect(findings).toEqual([]);
    expect(
      [
        { kind: 'card', number: '1' },
        { kind: 'sepa', iban: '2' },
      ].map(judge),
    ).toEqual([true, true]);
    expect(
      [
        { kind: 'card', iban: '2' },
        { kind: 'sepa', number: '1' },
      ].map(judge),
    ).toEqual([false, false]);
  });
});

describe('what cannot be said is reported with its place', () => {
  test.each<[string, JsonSchema, SchemaDialect, string]>([
    ['maxItems', { type: 'array', maxItems: 3 }, newest, 'weakened maxItems /maxItems'],
    ['minItems above one', { type: 'array', minItems: 2 }, newest, 'weakened minItems /minItems'],
    ['maxProperties', { type: 'object', maxProperties: 3 }, newest, 'weakened maxProperties /maxProperties'],
    ['prefixItems', { type: 'array', prefixItems: [{}] }, newest, 'weakened prefixItems /prefixItems'],
    [
      'patternProperties',
      { type: 'object', patternProperties: { '^a': {} }, additionalProperties: false },
      newest,
      'weakened patternProperties /patternProperties',
    ],
    ['a back reference', { type: 'string', pattern: '(a)\\1' }, newest, 'weakened pattern /pattern'],
    ['const before OpenAPI 3.1', { type: 'string', const: 'a' }, 'openapi-3.0', 'weakened const /const'],
    ['oneOf in OpenAPI 2.0', { oneOf: [{ type: 'string' }] }, 'openapi-2.0', 'weakened oneOf /oneOf'],
    [
      'a number where a flag belongs',
      { type: 'number', exclusiveMinimum: 3 },
      'openapi-3.0',
      'weakened exclusiveMinimum /exclusiveMinimum',
    ],
    ['format', { type: 'string', format: 'uuid' }, newest, 'dropped-annotation format /format'],
    [
      'discriminator',
      { discriminator: { propertyName: 'a' } },
      newest,
      'dropped-annotation discriminator /discriminator',
    ],
    [
      'siblings of $ref',
      { $ref: '#/schemas/A', type: 'string' },
      'openapi-3.0',
      'dropped-annotation $ref /$ref',
    ],
    ['nullable without type', { nullable: true }, 'openapi-3.0', 'dropped-annotation nullable /nullable'],
    ['a misspelt keyword', { maxLenght: 3 }, newest, 'dropped-annotation maxLenght /maxLenght'],
    [
      'a property',
      { properties: { 'a/b': { maxItems: 3 } } },
      newest,
      'weakened maxItems /properties/a~1b/maxItems',
    ],
    ['a missing schema', { $ref: '#/schemas/None' }, newest, 'refused $ref /$ref'],
  ])('%s', (_, schema, dialect, finding) => {
    const lowered = lower({ allOf: [schema] }, dialect, { A: {} });
    expect(lowered.findings).toEqual([finding.replace(' /', ' /allOf/0/')]);
  });

  test('a keyword for a type that the instance cannot have is no loss', () => {
    expect(lower({ type: 'string', maxItems: 3 }).findings).toEqual([]);
  });

  test('documentation is no finding', () => {
    const words = {
      title: 'a',
      description: 'b',
      default: 1,
      example: 2,
      deprecated: true,
      'x-a': 3,
      xml: {},
    };
    const lowered = lower({ type: 'integer', ...words }, 'openapi-3.0');
    expect(lowered.schema).toEqual({ type: 'integer' });
    expect(lowered.findings).toEqual([]);
  });
});

describe('weaker inside is never stronger outside', () => {
  const loose: JsonSchema = { type: 'array', maxItems: 1 };

  test('not of something weaker is left out', () => {
    expect(lower({ not: loose }).schema).toEqual({});
    expect(lower({ not: loose }).findings).toContain('weakened not /not');
  });

  test('not of a named schema that refers to something weaker, too', () => {
    const named = { A: { type: 'object', properties: { b: { $ref: '#/schemas/B' } } }, B: loose };
    expect(lower({ not: { $ref: '#/schemas/A' } }, newest, named).schema).toEqual({});
  });

  test('oneOf with something weaker is anyOf', () => {
    expect(lower({ oneOf: [loose, { type: 'array', items: { type: 'string' } }] }).schema).toEqual({
      anyOf: [
        { type: 'array', maxItems: 1 },
        { type: 'array', items: { type: 'string' } },
      ],
    });
  });

  test('additionalProperties: false goes with the patterns that it looks at', () => {
    const schema = { type: 'object', patternProperties: { '^a': {} }, additionalProperties: false };
    expect(lower(schema).schema).toEqual({ type: 'object' });
  });
});

describe('references', () => {
  test('a tree of itself stays one', () => {
    const named = {
      Node: { type: 'object', properties: { next: { $ref: '#/schemas/Node' } }, additionalProperties: false },
    };
    const { lowered, model = '', findings } = lower({ $ref: '#/schemas/Node' }, newest, named);
    expect([model, findings]).toEqual(['Node', []]);
    const judge = modelJudge(lowered, model);
    expect([{ next: { next: {} } }, { next: { next: 1 } }, { next: { other: {} } }].map(judge)).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('what refers to itself without end is refused', () => {
    const named = { A: { allOf: [{ $ref: '#/schemas/B' }] }, B: { $ref: '#/schemas/A' } };
    expect(lower({ $ref: '#/schemas/A' }, newest, named).findings).toContain('refused $ref /allOf/0/$ref');
  });

  test('what stands beside $ref counts since OpenAPI 3.1', () => {
    const schema = { $ref: '#/schemas/A', maxLength: 3, type: 'string' };
    expect(lower(schema, newest, { A: {} }).schema).toEqual({
      type: 'string',
      maxLength: 3,
      allOf: [{ $ref: '#/components/schemas/A' }],
    });
  });

  test('another name of a schema leads to its model', () => {
    const named = { A: { $ref: '#/schemas/B', description: 'an alias' }, B: { type: 'string' } };
    const { lowered, model } = lower({ $ref: '#/schemas/A' }, newest, named);
    expect([model, lowered.models]).toEqual(['B', { B: { type: 'string' } }]);
  });

  test('a read-only property is required of responses only, before OpenAPI 3.1', () => {
    const schema = {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
    };
    expect(lower(schema, 'openapi-3.0').schema?.['required']).toEqual(['name']);
    expect(lower(schema, newest).schema?.['required']).toEqual(['id', 'name']);
  });
});
