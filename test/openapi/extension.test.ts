import { describe, expect, test } from 'vitest';
import { readFiles, readText } from './read-text.ts';

const responses = { 200: { description: 'ok' } };
const block = { 'x-gateway': { public: { reason: 'x' } } };
const base = { openapi: '3.1.0', info: { title: 'T', version: '1' } };

describe('x-gateway', () => {
  test('is read at the root, in a path item and in an operation', async () => {
    const { api, diagnostics } = await readText({
      ...base,
      'x-gateway': { version: 1 },
      paths: { '/a': { 'x-gateway': { timeout: '1s' }, get: { 'x-gateway': { timeout: '2s' }, responses } } },
    });
    expect(diagnostics).toEqual([]);
    expect(api?.gateway?.value).toEqual({ version: 1 });
    expect(api?.paths[0]?.gateway?.value).toEqual({ timeout: '1s' });
    expect(api?.paths[0]?.operations[0]?.gateway?.at.pointer).toBe('/paths/~1a/get/x-gateway');
  });

  test.each<[string, object]>([
    ['info', { info: { title: 'T', version: '1', ...block } }],
    ['servers', { servers: [{ url: '/', ...block }] }],
    ['paths', { paths: { '/a': { get: { responses } }, ...block } }],
    ['components', { components: { ...block } }],
    ['a schema', { components: { schemas: { A: { type: 'object', properties: { a: { ...block } } } } } }],
    ['a security scheme', { components: { securitySchemes: { A: { type: 'mutualTLS', ...block } } } }],
    ['a response', { paths: { '/a': { get: { responses: { 200: { description: 'ok', ...block } } } } } }],
    ['the responses', { paths: { '/a': { get: { responses: { ...responses, ...block } } } } }],
    [
      'the default response',
      { paths: { '/a': { get: { responses: { default: { description: 'x', ...block } } } } } },
    ],
    [
      'a parameter',
      {
        paths: {
          '/a': { get: { responses, parameters: [{ name: 'a', in: 'query', schema: {}, ...block }] } },
        },
      },
    ],
    ['a webhook', { webhooks: { a: { post: { responses, ...block } } } }],
    [
      'a callback',
      {
        paths: {
          '/a': { get: { responses, callbacks: { a: { '{$url}': { post: { responses, ...block } } } } } },
        },
      },
    ],
    ['a tag', { tags: [{ name: 'a', ...block }] }],
  ])('has no meaning in %s', async (_name, part) => {
    const { diagnostics } = await readText({ ...base, paths: { '/a': { get: { responses } } }, ...part });
    expect(
      diagnostics.map((one) => [one.severity, one.code, one.at && 'side' in one.at && one.at.side]),
    ).toEqual([['error', 'OAS060', 'key']]);
  });

  test.each<[string, object]>([
    [
      'an example',
      {
        components: { schemas: { A: { example: block, examples: [block], default: block, enum: [block] } } },
      },
    ],
    ['a named example', { components: { examples: { A: { value: block } } } }],
    ['a vendor extension', { 'x-vendor': block, info: { title: 'T', version: '1', 'x-vendor': block } }],
    [
      'a property of that name',
      { components: { schemas: { A: { properties: { 'x-gateway': { type: 'string' } } } } } },
    ],
    ['a schema of that name', { components: { schemas: { 'x-gateway': { type: 'string' } } } }],
    ['a link', { components: { links: { A: { operationId: 'a', requestBody: block } } } }],
  ])('is data in %s', async (_name, part) => {
    const { diagnostics } = await readText({ ...base, paths: { '/a': { get: { responses } } }, ...part });
    expect(diagnostics).toEqual([]);
  });

  test.each(['x-gatway', 'x-gateways', 'X-Gateway', 'x_gateway', 'x-gate-way', 'x-gatewya'])(
    '%s is taken for a mistake',
    async (name) => {
      const at = { [name]: {} };
      const { diagnostics } = await readText({
        ...base,
        ...at,
        paths: { '/a': { ...at, get: { ...at, responses } } },
      });
      expect(diagnostics.filter(({ code }) => code === 'OAS061')).toHaveLength(3);
    },
  );

  test.each(['x-google-backend', 'x-kong-name', 'x-amazon-apigateway-integration', 'x-getaway-plan'])(
    '%s is another vendor’s',
    async (name) => {
      const { diagnostics } = await readText({
        ...base,
        [name]: {},
        paths: { '/a': { get: { responses } } },
      });
      expect(diagnostics).toEqual([]);
    },
  );
});

describe('x-gateway in a file of its own', () => {
  const document = (extension: string) => `openapi: 3.1.0
info: {title: T, version: '1'}
x-gateway: ${extension}
paths: {/a: {get: {responses: {'200': {description: ok}}}}}
`;

  test('is the root block', async () => {
    const { api, diagnostics } = await readFiles({
      'openapi.yaml': document('{$ref: ./gateway.yaml}'),
      'gateway.yaml': 'version: 1\n',
    });
    expect(diagnostics).toEqual([]);
    expect(api?.gateway).toMatchObject({ value: { version: 1 }, at: { file: 'gateway.yaml', pointer: '' } });
  });

  test('must be there', async () => {
    const { api, places } = await readFiles({ 'openapi.yaml': document('{$ref: ./gateway.yaml}') });
    expect(places).toEqual(['error SRC021 3:19']);
    expect(api?.gateway).toBeUndefined();
  });

  test('takes nothing beside the reference', async () => {
    const { places } = await readFiles({
      'openapi.yaml': document('{$ref: ./gateway.yaml, version: 2}'),
      'gateway.yaml': 'version: 1\n',
    });
    expect(places).toEqual(['error OAS062 3:35']);
  });

  test('is not followed in a path item or operation', async () => {
    const { api, diagnostics } = await readText({
      ...base,
      paths: { '/a': { get: { 'x-gateway': { $ref: '#/info' }, responses } } },
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['OAS062']);
    expect(api?.paths[0]?.operations[0]?.gateway).toBeUndefined();
  });
});
