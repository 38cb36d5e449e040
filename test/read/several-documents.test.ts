import { describe, expect, it } from 'vitest';
import { nodeOf } from '../../src/source/node.ts';
import type { TextFiles } from '../support/read-text.ts';
import { type Change, document, issuer, keySet, model, ok, operation, parameter, read } from './sample.ts';

const both = { documents: ['api.json', 'other.json'] };
/** The changed sample as the first document, and another one beside it. */
const pair = (first: Change, second: Change, files: TextFiles = {}) =>
  read(first, both, { 'other.json': document(second), ...files });
const paths = (template: string, more: Change = {}, method = 'get'): Change => ({
  paths: { [template]: { [method]: { ...ok, ...more } } },
});
const item = (template: string, name: string, more: Change = {}): Change =>
  paths(template, { parameters: [parameter(name)], ...more });

describe('documents of one gateway', () => {
  it('have one order of routes', async () => {
    const gateway = await model(item('/a/{x}', 'x'), both, {
      'other.json': document(paths('/a/b', { operationId: 'ab' })),
    });
    expect(gateway.sites).toHaveLength(1);
    expect(gateway.sites[0]?.routes.map(({ template }) => template)).toEqual(['/a/b', '/a/{x}']);
  });

  it('serve one path with different methods together', async () => {
    const gateway = await model(item('/a/{x}', 'x'), both, {
      'other.json': document({
        paths: {
          '/a/{y}': {
            post: {
              operationId: 'post',
              parameters: [parameter('y')],
              ...ok,
              'x-gateway': { rewrite: '/z/{y}' },
            },
          },
        },
      }),
    });
    const [route] = gateway.sites[0]?.routes ?? [];
    expect(route?.operations.map(({ method }) => method)).toEqual(['GET', 'POST']);
    expect(operation(gateway, 'post').features.backend.value.target).toMatchObject({
      pieces: { value: [{ text: '/z/' }, { name: 'x' }] },
    });
  });

  const collisions: readonly (readonly [string, Change, Change, string])[] = [
    ['one route', paths('/b'), paths('/b', { security: [{ user: ['s'] }] }), 'security'],
    [
      'same shapes',
      item('/b/{x}', 'x'),
      item('/b/{y}', 'y', { 'x-gateway': { bodySize: '1kb' } }),
      'bodySize',
    ],
    [
      'keys that differ behind #',
      paths('/b#one'),
      paths('/b#two', { 'x-gateway': { timeout: '1s' } }),
      'timeout',
    ],
    [
      'keys that differ behind ?',
      paths('/b?c=d'),
      paths('/b', { 'x-gateway': { authorize: { role: 'r' } } }),
      'authorize',
    ],
    [
      'greedy parameters',
      item('/b/{r+}', 'r+'),
      item('/b/{s}', 's', { 'x-gateway': { greedy: ['s'], timeout: '1s' } }),
      'timeout',
    ],
    [
      'mixed segments',
      item('/b/{x}.json', 'x'),
      item('/b/{y}.json', 'y', { 'x-gateway': { timeout: '1s' } }),
      'timeout',
    ],
    [
      'characters of paths',
      item('/b/{x}', 'x'),
      item('/b/{x}', 'x', { 'x-gateway': { allowInPath: { characters: [';'], reason: 'old ids' } } }),
      'allowInPath',
    ],
  ];
  it.each(collisions)(
    'must not claim %s differently: both places are named',
    async (_, first, second, what) => {
      const { errors, text } = await pair(first, second);
      expect(errors, text).toEqual(['RTE004']);
      expect(text).toContain(`differ in ${what}`);
      expect(text).toMatch(/api\.json:\d/);
      expect(text).toMatch(/other\.json:\d/);
    },
  );

  it.each(collisions.map(([title, first]) => [title, first] as const))(
    'may claim %s alike',
    async (_, first) => {
      const { errors, diagnostics, text } = await pair(first, first);
      expect(errors, text).toEqual([]);
      expect(diagnostics.map(({ code }) => code)).toEqual(['RTE005']);
    },
  );

  it('must not claim the methods of OpenAPI 3.2 differently', async () => {
    const query = (more: Change): Change => ({
      openapi: '3.2.0',
      paths: { '/q': { query: { ...ok, ...more }, additionalOperations: { COPY: { ...ok } } } },
    });
    const { errors, text } = await pair(query({}), query({ 'x-gateway': { timeout: '1s' } }));
    expect(errors, text).toEqual(['RTE004']);
    expect(text).toContain('QUERY "/q"');
    const one = await model(query({}));
    expect(one.sites[0]?.routes[0]?.operations.map(({ method }) => method)).toEqual(['COPY', 'QUERY']);
  });

  it('must not use one operationId: both places are named', async () => {
    const { errors, text } = await pair(
      paths('/b', { operationId: 'same' }),
      paths('/c', { operationId: 'same' }),
    );
    expect(errors).toEqual(['RTE007']);
    expect(text).toMatch(/api\.json:\d[\s\S]*other\.json:\d|other\.json:\d[\s\S]*api\.json:\d/);
  });

  it.each<[string, Change, Change, string]>([
    [
      'a back end',
      { backends: { x: { url: 'http://a' } } },
      { backends: { x: { url: 'http://b' } } },
      'the back end "x"',
    ],
    ['a policy', { policies: { p: { role: 'a' } } }, { policies: { p: { role: 'b' } } }, 'the policy "p"'],
    ['a secret', { secrets: { s: { env: 'A' } } }, { secrets: { s: { env: 'B' } } }, 'the secret "s"'],
    [
      'a consumer',
      { consumers: { c: { groups: ['a'] } } },
      { consumers: { c: { groups: ['b'] } } },
      'the consumer "c"',
    ],
    ['tls', { tls: { minVersion: '1.3' } }, { tls: { minVersion: '1.2' } }, 'tls'],
    ['edge', { edge: { trustedProxies: ['10.0.0.1'] } }, { edge: { trustedProxies: ['10.0.0.2'] } }, 'edge'],
    [
      'logging',
      { logging: { access: { fields: ['time'] } } },
      { logging: { access: { fields: ['status'] } } },
      'logging',
    ],
    ['targets', { targets: { nginx: { workers: 1 } } }, { targets: { nginx: { workers: 2 } } }, 'targets'],
    ['the name', { name: 'a' }, { name: 'b' }, 'name'],
    [
      'an authenticator of two kinds',
      {},
      {
        authenticators: {
          user: { issuer: undefined, audiences: undefined, jwks: undefined, keys: 'consumers' },
        },
      },
      'the authenticator "user"',
    ],
  ])('must not declare %s differently: both places are named', async (_, first, second, what) => {
    const { errors, text } = await pair(
      { 'x-gateway': first, ...paths('/b') },
      { 'x-gateway': second, ...paths('/c') },
    );
    expect(errors, text).toContain('MRG001');
    expect(text).toContain(`declare ${what} with different contents`);
    expect(text).toMatch(/at \S*other\.json:\d+:\d+/);
    expect(text).toMatch(
      /api\.json:\d+:\d+[^\n]* The first declaration|The first declaration[\s\S]*api\.json:\d/,
    );
  });

  it('share what they declare alike', async () => {
    const gateway = await model(paths('/b'), both, { 'other.json': document(paths('/c')) });
    expect(gateway.backends).toHaveLength(1);
    expect(gateway.authenticators).toHaveLength(1);
  });
});

describe('a block that belongs to the gateway', () => {
  const shared = (value: Change) => ({ shared: nodeOf(value, { file: 'shared.json', pointer: '' }) });
  const plain = (template: string, block: unknown = undefined): string =>
    document({ 'x-gateway': block, ...paths(template) });
  const block = {
    backends: { main: { url: 'https://main.internal' } },
    defaults: { backend: 'main', bodySize: '2kb', limits: [{ rate: '5/s', per: 'all' }] },
    environments: { dev: { defaults: { timeout: '1s' } } },
  };
  const files = { 'keys.json': keySet };

  it('gives its defaults to every document, and one counter for all of them', async () => {
    const { gateway, text } = await read(
      { 'x-gateway': undefined, ...paths('/b') },
      { ...both, ...shared(block), name: 'shop' },
      {
        ...files,
        'other.json': plain('/c', { authenticators: { user: issuer }, defaults: { bodySize: '1kb' } }),
      },
    );
    expect(gateway, text).toBeDefined();
    const features = gateway?.sites[0]?.routes.map(({ operations }) => operations[0]?.features);
    expect(features?.map((one) => one?.bodySize.value)).toEqual([2048, 1024]);
    expect(new Set(features?.map((one) => one?.limits?.[0]?.value.bucket)).size).toBe(1);
    expect(gateway?.name).toBe('shop');
  });
});
