import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readText } from '../support/read-text.ts';
import { document, keySet, ok, read } from './sample.ts';

const names = [
  'backends',
  'authenticators',
  'policies',
  'secrets',
  'defaults',
  'tls',
  'edge',
  'logging',
  'environments',
  'targets',
  'operations',
  'user',
  'main',
  'prod',
  'getA',
  'all',
  'authorize',
  'relax',
  'greedy',
  'rewrite',
  '__proto__',
  'constructor',
  'toString',
  'url',
  'nodes',
  'jwks',
  'file',
];
const { value: block } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      '',
      'main',
      'p',
      'claims.sub == path.id',
      'https://x.test',
      'keys.json',
      '10/s',
      '10.0.0.0/8',
    ),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe('hostile documents', () => {
  it('end in diagnostics or a model, whatever stands in x-gateway', async () => {
    await fc.assert(
      fc.asyncProperty(block, block, block, async (root, path, operation) => {
        const text = JSON.stringify({
          ...JSON.parse(document()),
          'x-gateway': root,
          paths: { '/a': { 'x-gateway': path, get: { operationId: 'getA', ...ok, 'x-gateway': operation } } },
        });
        for (const options of [{}, { environment: 'prod' }]) {
          const { gateway, errors } = await readText({ 'api.json': text, 'keys.json': keySet }, options);
          expect(gateway === undefined).toBe(errors.length > 0);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('end in diagnostics or a model, whatever the keys of paths and the URLs of servers are', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '/{a}',
        '/{a}{b}',
        '/%2e',
        '//',
        '{x}',
        '/{a+}',
        '__proto__',
        '/__proto__',
        'https://{h}/',
        '/#a',
        '/?',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { maxLength: 3 }),
        fc.array(text, { maxLength: 2 }),
        async (keys, urls) => {
          const paths = Object.fromEntries(keys.map((key) => [key, { get: ok }]));
          const { gateway, errors } = await read({ paths, servers: urls.map((url) => ({ url })) });
          expect(gateway === undefined).toBe(errors.length > 0);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('do not reach the prototypes of objects by their names', async () => {
    const text = document().replace('"getA"', '"__proto__"').replaceAll('"user"', '"constructor"');
    const { gateway, text: found } = await readText({ 'api.json': text, 'keys.json': keySet });
    expect(
      gateway?.authenticators.map(({ name }) => name),
      found,
    ).toEqual(['constructor']);
  });
});
