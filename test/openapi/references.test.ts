import { describe, expect, test } from 'vitest';
import { readFiles } from './read-text.ts';

const root = (paths: string, rest = '') => `openapi: 3.0.3
info: {title: T, version: '1'}
paths:
${paths}
${rest}`;

const item = `get:
  operationId: getA
  parameters: [{$ref: 'parts.yaml#/id'}]
  responses: {'200': {description: ok}}
`;
const parts = `id: {name: id, in: path, required: true, schema: {type: string}}
key: {type: apiKey, in: header, name: X-Key}
operation: {responses: {'200': {description: ok}}}
`;

describe('what a gateway reads may stand in other files', () => {
  test('path items, operations, parameters and security schemes', async () => {
    const { api, diagnostics, places } = await readFiles({
      'openapi.yaml': root(
        `  /a/{id}: {$ref: item.yaml}\n  /b: {get: {$ref: 'parts.yaml#/operation'}}`,
        `components: {securitySchemes: {key: {$ref: 'parts.yaml#/key'}}}\nsecurity: [{key: []}]`,
      ),
      'item.yaml': item,
      'parts.yaml': parts,
    });
    expect(places).toEqual(['warning OAS070 5:8']);
    expect(diagnostics[0]?.message).toMatch(/^One operation is a "\$ref"/);
    expect(api?.paths.map(({ operations }) => operations.map(({ at }) => `${at.file}${at.pointer}`))).toEqual(
      [['item.yaml/get'], ['parts.yaml/operation']],
    );
    expect(api?.paths[0]?.operations[0]?.pathParameters).toEqual([
      { value: 'id', at: { file: 'item.yaml', pointer: '/get/parameters/0' } },
    ]);
    expect(api?.schemes.get('key')).toMatchObject({
      place: { in: 'header', name: 'X-Key' },
      at: { file: 'parts.yaml' },
    });
  });

  test('a mistake there is found there, once, however many paths use it', async () => {
    const { places } = await readFiles({
      'openapi.yaml': root('  /a/{id}: {$ref: item.yaml}\n  /b/{id}: {$ref: item.yaml}'),
      'item.yaml': item.replace('operationId: getA', 'secruity: []'),
      'parts.yaml': parts.replace('required: true, ', ''),
    });
    expect(places.sort()).toEqual(['error OAS010 2:3', 'error OAS011 1:1']);
  });

  test('a reference to something else is one mistake of the reference', async () => {
    const { places, diagnostics } = await readFiles({
      'openapi.yaml': root(`  /a: {$ref: 'parts.yaml#/key'}`),
      'parts.yaml': parts,
    });
    expect(places).toEqual(['error OAS073 4:14']);
    expect(diagnostics[0]?.related[0]?.at).toMatchObject({ file: 'parts.yaml', pointer: '/key' });
  });

  test('fields beside the reference would be lost', async () => {
    const { places } = await readFiles({
      'openapi.yaml': root(`  /a/{id}: {$ref: item.yaml, x-gateway: {timeout: 1s}, summary: fine}`),
      'item.yaml': item,
      'parts.yaml': parts,
    });
    expect(places).toEqual(['error OAS071 4:30']);
  });
});

describe('a reference that leads nowhere', () => {
  test('is an error where a gateway follows it', async () => {
    const { places, api } = await readFiles({
      'openapi.yaml': root(
        `  /a: {$ref: missing.yaml}
  /b: {get: {parameters: [{$ref: '#/components/parameters/x'}], responses: {'200': {description: ok}}}}`,
        `components: {securitySchemes: {key: {$ref: '#/nowhere'}}}\nsecurity: [{key: []}]`,
      ),
    });
    expect(places.sort()).toEqual(['error SRC021 4:14', 'error SRC021 5:34', 'error SRC021 6:44']);
    expect(api?.paths.map(({ template }) => template)).toEqual(['/b']);
  });

  test('is a warning elsewhere, each at its place', async () => {
    const { places } = await readFiles({
      'openapi.yaml': root(
        `  /a: {get: {responses: {'200': {$ref: '#/components/responses/none'}}}}`,
        `components:
  schemas:
    A: {properties: {a: {$ref: '#/components/schemas/B'}, b: {$ref: other.yaml}}}
    C: {allOf: [{$ref: '#/components/schemas/A/properties/toString'}], example: {$ref: '#/not-a-reference'}}
`,
      ),
      'other.yaml': 'properties: {x: {$ref: "#/gone"}}\n',
    });
    expect(places.sort()).toEqual([
      'warning SRC021 1:24',
      'warning SRC021 4:40',
      'warning SRC021 7:32',
      'warning SRC021 8:24',
    ]);
  });

  test('does not end: a chain that leads back to itself', async () => {
    const { places } = await readFiles({
      'openapi.yaml': root(`  /a: {$ref: '#/paths/~1b'}\n  /b: {$ref: '#/paths/~1a'}`),
    });
    expect(places.every((place) => place.startsWith('error SRC022'))).toBe(true);
    expect(places.length).toBeGreaterThan(0);
  });
});

test('x-gateway in a part that a reference leads to is found too', async () => {
  const { places } = await readFiles({
    'openapi.yaml': root(
      `  /a/{id}: {$ref: item.yaml}`,
      `components: {schemas: {A: {$ref: 'parts.yaml#/schema'}}}`,
    ),
    'item.yaml': `x-gateway: {timeout: 1s}\n${item}  x-gateway: {timeout: 2s}\n`,
    'parts.yaml': `${parts}schema: {type: object, x-gateway: {}}\n`,
  });
  expect(places).toEqual(['error OAS060 4:24']);
});
