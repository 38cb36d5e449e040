import SwaggerParser from '@apidevtools/swagger-parser';
import { describe, expect, test } from 'vitest';
import { loadDocuments } from '../../src/source/index.ts';
import { corpus, errors, hasCorpus, read, readText } from './read-text.ts';

/** What swagger-parser says; it changes the document that it is given. */
async function accepts(document: object): Promise<boolean> {
  try {
    await SwaggerParser.validate(structuredClone(document) as never);
    return true;
  } catch {
    return false;
  }
}

const responses = { 200: { description: 'ok' } };
const probe = (version: string, part: object = {}, operation: object = {}) => ({
  [version === '2.0' ? 'swagger' : 'openapi']: version,
  info: { title: 'T', version: '1' },
  paths: { '/a': { get: { responses, ...operation } } },
  ...part,
});
const query = { name: 'q', in: 'query' };
const VERSIONS = ['2.0', '3.0.3', '3.1.0'];

/** Mistakes, and documents without one, on which both must agree. */
const probes = (version: string): Record<string, object> => {
  const two = version === '2.0';
  const typed = two ? { type: 'string' } : { schema: { type: 'string' } };
  const components = (part: object) => (two ? part : { components: part });
  return {
    'nothing wrong': probe(version),
    'an extension': probe(version, { 'x-a': 1 }, { 'x-b': {} }),
    'no info': { ...probe(version), info: undefined },
    'an unknown root field': probe(version, { foo: 1 }),
    'an unknown field of an operation': probe(version, {}, { secruity: [] }),
    'an unknown method': { ...probe(version), paths: { '/a': { fetch: { responses } } } },
    'a path without a slash': { ...probe(version), paths: { a: { get: { responses } } } },
    'a query parameter': probe(version, {}, { parameters: [{ ...query, ...typed }] }),
    'a parameter without a name': probe(version, {}, { parameters: [{ in: 'query', ...typed }] }),
    'a parameter without a place': probe(version, {}, { parameters: [{ name: 'q', ...typed }] }),
    'a parameter in an unknown place': probe(
      version,
      {},
      { parameters: [{ name: 'q', in: 'body2', ...typed }] },
    ),
    'a parameter without a type': probe(version, {}, { parameters: [query] }),
    'parameters that are no list': probe(version, {}, { parameters: {} }),
    'tags that are numbers': probe(version, {}, { tags: [1] }),
    'security that is no list': probe(version, {}, { security: {} }),
    'scopes that are no list': probe(version, {}, { security: [{ a: 'b' }] }),
    'an API key': probe(
      version,
      components({
        [two ? 'securityDefinitions' : 'securitySchemes']: { a: { type: 'apiKey', in: 'header', name: 'X' } },
      }),
    ),
    'an API key without a name': probe(
      version,
      components({
        [two ? 'securityDefinitions' : 'securitySchemes']: { a: { type: 'apiKey', in: 'header' } },
      }),
    ),
    'an API key in the body': probe(
      version,
      components({
        [two ? 'securityDefinitions' : 'securitySchemes']: { a: { type: 'apiKey', in: 'body', name: 'X' } },
      }),
    ),
    'a scheme of an unknown type': probe(
      version,
      components({ [two ? 'securityDefinitions' : 'securitySchemes']: { a: { type: 'magic' } } }),
    ),
    'an OAuth flow without its URL': probe(
      version,
      components(
        two
          ? { securityDefinitions: { a: { type: 'oauth2', flow: 'implicit', scopes: {} } } }
          : { securitySchemes: { a: { type: 'oauth2', flows: { implicit: { scopes: {} } } } } },
      ),
    ),
    'a status code of four digits': probe(version, {}, { responses: { 2000: { description: 'x' } } }),
    'a response without a description': probe(version, {}, { responses: { 200: {} } }),
    'no responses at all': probe(version, {}, { responses: {} }),
    'a tag without a name': probe(version, { tags: [{ description: 'x' }] }),
    'external documentation without a URL': probe(version, { externalDocs: {} }),
    'a contact that is a text': { ...probe(version), info: { title: 'T', version: '1', contact: 'me' } },
    'deprecated: "yes"': probe(version, {}, { deprecated: 'yes' }),
    ...(two
      ? {
          'a scheme of transport that does not exist': probe(version, { schemes: ['ftp'] }),
          'a host with a scheme': probe(version, { host: 'https://a.example' }),
          'a base path without a slash': probe(version, { basePath: 'v1' }),
          'a schema of an unknown type': probe(version, { definitions: { A: { type: 'strin' } } }),
        }
      : {
          'a server without a URL': probe(version, { servers: [{ description: 'x' }] }),
          'a server variable without a default': probe(version, {
            servers: [{ url: '/', variables: { a: {} } }],
          }),
          'an HTTP scheme without its name': probe(
            version,
            components({ securitySchemes: { a: { type: 'http' } } }),
          ),
          'schema and content': probe(
            version,
            {},
            { parameters: [{ ...query, ...typed, content: { 'a/b': {} } }] },
          ),
          'a request body without content': probe(version, {}, { requestBody: {} }),
          'a link to two operations': probe(
            version,
            components({ links: { A: { operationId: 'a', operationRef: 'b' } } }),
          ),
          'two kinds of example': probe(
            version,
            {},
            { parameters: [{ ...query, ...typed, example: 1, examples: {} }] },
          ),
          'a path style in the query': probe(
            version,
            {},
            { parameters: [{ ...query, ...typed, style: 'matrix' }] },
          ),
        }),
  };
};

/** Where its 3.1 schema is older than the specification that it stands for. */
const overlookedIn31 = ['a parameter without a name', 'no responses at all', 'two kinds of example'];

describe.each(VERSIONS)('%s: structure is judged as swagger-parser judges it', (version) => {
  test.each(Object.entries(probes(version)))('%s', async (name, document) => {
    const text = JSON.parse(JSON.stringify(document));
    const { diagnostics } = await readText(text);
    const overlooked = version === '3.1.0' && overlookedIn31.includes(name);
    expect(await accepts(text)).toBe(overlooked || diagnostics.length === 0);
    if (overlooked) expect(diagnostics).toHaveLength(1);
  });
});

/** What it accepts and is wrong: these are the checks of our own (version, document, our code). */
describe('what swagger-parser overlooks', () => {
  const param = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
  const login = { type: 'oauth2', flows: { implicit: { authorizationUrl: 'https://a', scopes: { a: '' } } } };
  const paths = (map: object) => ({ ...probe('3.0.3'), paths: map });

  test.each<[string, object, string]>([
    [
      'an operationId twice',
      paths({
        '/a': { get: { operationId: 'x', responses } },
        '/b': { get: { operationId: 'x', responses } },
      }),
      'OAS040',
    ],
    ['an undeclared path parameter', paths({ '/a/{b}': { get: { responses } } }), 'OAS030'],
    ['an unused path parameter', paths({ '/a': { get: { responses, parameters: [param('b')] } } }), 'OAS031'],
    ['an unknown scheme', probe('3.0.3', {}, { security: [{ a: [] }] }), 'OAS050'],
    [
      'an undeclared scope',
      probe('3.0.3', { components: { securitySchemes: { login } } }, { security: [{ login: ['b'] }] }),
      'OAS051',
    ],
    [
      'unbalanced braces',
      paths({ '/{a}}/chat': { get: { responses, parameters: [param('a')] } } }),
      'OAS021',
    ],
    [
      'a parameter twice in a path',
      paths({ '/{a}/{a}': { get: { responses, parameters: [param('a')] } } }),
      'OAS023',
    ],
    ['a path that is not ASCII', paths({ '/ä': { get: { responses } } }), 'OAS024'],
    [
      'an undeclared server variable',
      probe('3.0.3', { servers: [{ url: 'https://{a}.example' }] }),
      'OAS080',
    ],
    [
      'a misplaced x-gateway',
      probe('3.0.3', { components: { schemas: { A: { 'x-gateway': {} } } } }),
      'OAS060',
    ],
  ])('%s', async (_name, document, code) => {
    expect(await accepts(document)).toBe(true);
    expect(errors((await readText(document)).diagnostics)).toEqual([code]);
  });

  test.each<[string, unknown]>([
    ['an unknown type', { type: 'strin' }],
    ['"required: true"', { required: true }],
    ['a nested mistake', { properties: { a: { items: { type: 7 } } } }],
  ])('3.1: a schema with %s', async (_name, schema) => {
    const document = probe('3.1.0', { components: { schemas: { A: schema } } });
    expect(await accepts(document)).toBe(true);
    expect((await readText(document)).diagnostics).toHaveLength(1);
  });
});

describe('what swagger-parser refuses and is valid', () => {
  test.each<[string, object]>([
    ['3.2', probe('3.2.0')],
    ['a patch of 3.1 that it does not know', probe('3.1.3')],
    ['a patch of 3.0 that it does not know', probe('3.0.5')],
    [
      'a description of a server variable',
      probe('3.1.0', { servers: [{ url: '/{a}', variables: { a: { default: 'b', description: 'c' } } }] }),
    ],
  ])('%s', async (_name, document) => {
    expect(await accepts(document)).toBe(false);
    expect((await readText(document)).diagnostics).toEqual([]);
  });
});

/** Real documents that it refuses: what it says is wrong, or outside of what a gateway reads. */
const refused = [
  'aws/sam-swagger1.json',
  'aws/proxy-plus-pulumi.json',
  'redocly-cafe/cafe.yaml',
  'typespec/library.swagger.json',
  'xero/xero_accounting.yaml',
];

test.skipIf(!hasCorpus)(
  'real documents: agreement but for the known few (skipped without the shared corpus)',
  async () => {
    const files = [
      ...refused,
      'museum/openapi.yaml',
      'oai-examples/non-oauth-scopes.yaml',
      'oai-examples/webhook-example.json',
      'readme/security-3.1.yaml',
      'readme/security-multiple.json',
      'readme/server-variables.json',
      'kong/learnservice_oas.yaml',
      'google/bookstore_swagger_template.json',
      'kusk/petshop-openapi-short-with-kusk.yaml',
      'apisguru/azure.com_batch-BatchService.json',
      'autorest/xml-service.json',
    ];
    const found: string[] = [];
    for (const file of files) {
      const accepted = await SwaggerParser.validate(corpus + file).then(
        () => true,
        () => false,
      );
      if (!accepted) found.push(file);
      const { diagnostics } = await read(loadDocuments([corpus + file]));
      if (accepted) expect(errors(diagnostics)).toEqual([]);
    }
    expect(found).toEqual(refused);
  },
);
