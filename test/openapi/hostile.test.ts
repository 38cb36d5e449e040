import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { ApiDocument } from '../../src/openapi/document.ts';
import { corpus, errors, hasCorpus, readText } from './read-text.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Values that stand in for a part of a document: wrong types, keys of prototypes, references, other parts. */
const values: fc.Arbitrary<Json> = fc.oneof(
  { maxDepth: 3 },
  fc.constantFrom<Json>(
    null,
    true,
    0,
    '',
    'path',
    'x',
    [],
    {},
    [[]],
    [null],
    [{}],
    { $ref: 7 },
    { $ref: [] },
  ),
  fc.constantFrom<Json>(
    { $ref: '#' },
    { $ref: '#/paths' },
    { $ref: '#/components/schemas/%zz' },
    { $ref: '#/__proto__/toString' },
    { $ref: 'https://example.com/x.yaml' },
    { $ref: '../../etc/passwd' },
    { 'x-gateway': { $ref: '#' } },
    { constructor: { prototype: [] }, toString: 1, hasOwnProperty: null },
  ),
  fc.dictionary(
    fc.constantFrom(
      'in',
      'name',
      'type',
      'get',
      'parameters',
      'security',
      'schema',
      'x-gateway',
      '/{a}',
      '\ud800',
      '$ref',
    ),
    fc.jsonValue() as fc.Arbitrary<Json>,
    { maxKeys: 4 },
  ),
);

function placesOf(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const children = Object.entries(value).flatMap(([key, child]) =>
    placesOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [path, ...children];
}

function replaceAt(value: Json, [key, ...rest]: (string | number)[], by: Json): Json {
  if (key === undefined || typeof value !== 'object' || value === null) return by;
  const copy: Json = Array.isArray(value) ? [...value] : { ...value };
  const target = copy as Record<string | number, Json>;
  target[key] = replaceAt(target[key] ?? null, rest, by);
  return copy;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Nothing that is declared is lost in silence: either it is read, or there is an error. */
function expectComplete(
  document: Json,
  api: ApiDocument | undefined,
  diagnostics: readonly Diagnostic[],
): void {
  if (errors(diagnostics).length > 0) return;
  const root = document as Record<string, Record<string, Record<string, Json>>>;
  const templates = Object.keys(root['paths'] ?? {}).filter((key) => !key.startsWith('x-'));
  expect(api?.paths.map(({ template }) => template).sort()).toEqual(templates.sort());
  for (const path of api?.paths ?? []) {
    const item = root['paths']?.[path.template] ?? {};
    if ('$ref' in item) continue;
    const methods = METHODS.filter((method) => method in item).map((method) => method.toUpperCase());
    expect(path.operations.map(({ method }) => method).sort()).toEqual(methods.sort());
    for (const { method, security } of path.operations) {
      const operation = item[method.toLowerCase()] as Record<string, Json>;
      if (!('$ref' in operation)) expect(security !== undefined).toBe('security' in operation);
    }
  }
  expect(api?.security !== undefined).toBe('security' in root);
}

const petstore: Json = {
  swagger: '2.0',
  info: { title: 'Petstore', version: '1.0.0' },
  host: 'petstore.example',
  basePath: '/v1',
  schemes: ['https', 'http'],
  security: [{ key: [] }, { login: ['read'] }],
  securityDefinitions: {
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    login: {
      type: 'oauth2',
      flow: 'implicit',
      authorizationUrl: 'https://id.example',
      scopes: { read: 'Read' },
    },
  },
  parameters: { id: { name: 'id', in: 'path', required: true, type: 'string' } },
  paths: {
    '/pets/{id}': {
      parameters: [{ $ref: '#/parameters/id' }],
      get: {
        operationId: 'getPet',
        security: [],
        responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/Pet' } } },
      },
      put: {
        operationId: 'putPet',
        'x-gateway': { timeout: '1s' },
        parameters: [{ name: 'pet', in: 'body', schema: { $ref: '#/definitions/Pet' } }],
        responses: { default: { description: 'ok' } },
      },
    },
  },
  definitions: { Pet: { type: 'object', properties: { parent: { $ref: '#/definitions/Pet' } } } },
};

async function holds(document: Json, runs: number): Promise<void> {
  const places = placesOf(document);
  const mutation = fc.record({ place: fc.constantFrom(...places), by: values });
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
      const mutated = mutations.reduce((whole, { place, by }) => replaceAt(whole, place, by), document);
      const { api, diagnostics, documents } = await readText(JSON.stringify(mutated));
      for (const { at, message, fix } of diagnostics) {
        expect(at && documents.locate(at)).toBeDefined();
        expect(`${message} ${fix}`).not.toMatch(/undefined|\[object|must (?:NOT|match|have required)/);
      }
      if (api !== undefined) expectComplete(mutated, api, diagnostics);
      else expect(errors(diagnostics)).not.toEqual([]);
    }),
    { numRuns: runs },
  );
}

describe('whatever is put into a document, it is read or refused with a place', () => {
  test('Swagger 2.0', () => holds(petstore, 400));

  test.skipIf(!hasCorpus)('OpenAPI 3.1: museum (skipped without the shared corpus)', async () => {
    await holds(load(readFileSync(`${corpus}museum/openapi.yaml`, 'utf8')) as Json, 250);
  });

  test.each(['3.0.0', '3.1.0', '3.2.0'])('OpenAPI %s', async (openapi) => {
    const {
      swagger: _swagger,
      host: _host,
      basePath: _basePath,
      schemes: _schemes,
      ...rest
    } = petstore as Record<string, Json>;
    const {
      securityDefinitions: _security,
      parameters: _parameters,
      definitions: _definitions,
      ...common
    } = rest;
    const components: Json = {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        login: { type: 'oauth2', flows: { implicit: { authorizationUrl: '/a', scopes: { read: '' } } } },
      },
      parameters: { id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } } },
    };
    const get: Json = {
      parameters: [{ $ref: '#/components/parameters/id' }],
      responses: { 200: { description: 'ok' } },
    };
    await holds(
      { ...common, openapi, servers: [{ url: '/v1' }], components, paths: { '/pets/{id}': { get } } },
      250,
    );
  });
});

test('deeply nested and self-containing references end', async () => {
  const schema = { $ref: '#/components/schemas/A', allOf: [{ $ref: '#/components/schemas/A' }] };
  const { diagnostics } = await readText({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {},
    components: { schemas: { A: schema, B: { $ref: '#/components/schemas/B' } } },
  });
  expect(errors(diagnostics)).toEqual([]);
});
