import { expect, test } from 'vitest';
import type { JsonSchema, NamedSchema } from '../../../src/model/inspection.ts';
import { lowerSchemas } from '../../../src/targets/aws/schema/lower-schemas.ts';
import { modelNames } from '../../../src/targets/aws/schema/model-names.ts';
import { modelJudge } from './judges.ts';

const dialect = 'json-schema-2020-12';
const named = (name: string, schema: JsonSchema): NamedSchema => ({ name, schema, dialect });

test('names are letters and digits, as near to those of the document as can be', () => {
  const names = modelNames([
    'Pet',
    'pet-shop',
    'Foo:write',
    'inline_response_200',
    '名前',
    '__proto__',
    'a b',
  ]);
  expect([...names.values()]).toEqual([
    ...['Pet', 'FooWrite', 'proto', 'aB', 'inlineResponse200', 'petShop', 'Model'],
  ]);
});

test('10,000 names that are the same without their signs stay different, in any order', () => {
  const names = Array.from(
    { length: 10_000 },
    (_, index) => `A${'-'.repeat((index % 100) + 1)}${'_'.repeat(Math.floor(index / 100))}`,
  );
  const models = modelNames(['A', ...names]);
  expect(new Set(models.values()).size).toBe(10_001);
  expect(models.get('A')).toBe('A');
  for (const model of models.values()) expect(model).toMatch(/^[A-Za-z0-9]+$/);
  const reversed = modelNames(['A', ...names].reverse());
  for (const [name, model] of models) expect(reversed.get(name)).toBe(model);
});

test('a new schema does not rename others', () => {
  const before = modelNames(['a-b', 'a_b', 'c-d']);
  const after = modelNames(['a-b', 'a_b', 'a.b', 'c-d', 'e']);
  for (const [name, model] of before) expect(after.get(name)).toBe(model);
});

test('names and properties that objects have by themselves are like any other', () => {
  const words = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  const properties = JSON.parse(`{${words.map((word) => `"${word}":{"$ref":"#/schemas/${word}"}`).join()}}`);
  const schemas = words.map((word) => named(word, { type: 'string', minLength: word.length }));
  const schema = { type: 'object', properties, required: words, additionalProperties: false };
  const lowered = lowerSchemas([{ name: 'body', schema, dialect }], schemas);
  expect(lowered.used[0]?.findings).toEqual([]);
  expect(Object.keys(lowered.models)).toEqual(['body', 'constructor', 'hasOwnProperty', 'proto', 'toString']);
  const printed = JSON.stringify(lowered.models['body']);
  expect(printed).toContain('"__proto__":{"$ref":"#/components/schemas/proto"}');
});

test('keywords with the names of what objects have by themselves are no keywords', () => {
  const schema = JSON.parse('{"__proto__":{"type":"string"},"constructor":1,"type":"integer","toString":{}}');
  const lowered = lowerSchemas([{ name: 'body', schema, dialect }], []);
  expect(lowered.models).toEqual({ body: { type: 'number', multipleOf: 1 } });
  expect(lowered.used[0]?.findings.map(({ kind }) => kind)).toEqual(Array(3).fill('dropped-annotation'));
});

test('values that no keyword may have are reported, and weaken', () => {
  const broken = {
    ...{
      type: [],
      enum: 1,
      multipleOf: 0,
      minimum: '1',
      minLength: -1,
      pattern: '(',
      items: [{}],
      minItems: 'a',
    },
    ...{
      required: true,
      properties: [],
      allOf: {},
      anyOf: [],
      oneOf: [1],
      not: 3,
      if: 1,
      else: 2,
      contains: 1,
    },
    ...{ dependentRequired: [], dependentSchemas: { a: 1 }, additionalProperties: 1, propertyNames: 1 },
  };
  const lowered = lowerSchemas([{ name: 'body', schema: broken, dialect }], []);
  expect(lowered.models).toEqual({ body: {} });
  const keywords = lowered.used[0]?.findings.map(({ keyword }) => keyword);
  expect(new Set(keywords)).toEqual(new Set(Object.keys(broken).filter((keyword) => keyword !== 'else')));
});

test('conditions in conditions do not fill the memory: the model is refused for its size', () => {
  let schema: JsonSchema = { type: 'string', minLength: 1 };
  for (let depth = 0; depth < 60; depth += 1) {
    schema = Object.fromEntries([
      ['if', schema],
      ['then', { maxLength: depth }],
      ['else', { type: 'object' }],
    ]);
  }
  const user = { type: 'object', properties: { deep: { $ref: '#/schemas/deep' } } };
  const lowered = lowerSchemas([{ name: 'body', schema: user, dialect }], [named('deep', schema)]);
  expect(lowered.models).toEqual({});
  expect(lowered.used[0]).toMatchObject({
    model: undefined,
    findings: [{ kind: 'refused', schema: 'deep' }],
  });
});

test('a chain of 10,000 schemas has an end', () => {
  const schemas = Array.from({ length: 10_000 }, (_, index) =>
    named(
      `s${index}`,
      index === 9_999 ? { type: 'string' } : { allOf: [{ $ref: `#/schemas/s${index + 1}` }, {}] },
    ),
  );
  const lowered = lowerSchemas([{ name: 'body', schema: { $ref: '#/schemas/s0' }, dialect }], schemas);
  expect(lowered.used[0]).toEqual({ model: 's0', findings: [] });
  expect(Object.keys(lowered.models)).toHaveLength(10_000);
});

test('a body that has the name of a schema gets a model of its own', () => {
  const body = { type: 'string' } as const;
  const other = { type: 'array', items: { $ref: '#/schemas/body' } };
  const lowered = lowerSchemas([{ name: 'body', schema: other, dialect }], [named('body', body)]);
  const { model = '' } = lowered.used[0] ?? {};
  expect(model).toMatch(/^body[0-9a-f]{8}$/);
  expect([['a'], 'a'].map(modelJudge(lowered, model))).toEqual([true, false]);
});
