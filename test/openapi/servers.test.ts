import { describe, expect, test } from 'vitest';
import { readText } from './read-text.ts';

const info = { title: 'T', version: '1' };
const responses = { 200: { description: 'ok' } };

async function urls(document: object): Promise<string[]> {
  return (await readText(document)).api?.servers.map(({ url }) => url) ?? [];
}

describe('Swagger 2.0 host, base path and schemes are servers', () => {
  test.each([
    [
      { host: 'a.example', basePath: '/v1', schemes: ['http', 'https'] },
      ['https://a.example/v1', 'http://a.example/v1'],
    ],
    [{ host: 'a.example:8443' }, ['https://a.example:8443']],
    [{ basePath: '/v1' }, ['/v1']],
    [{}, []],
    [{ host: 'a.example', schemes: [] }, ['https://a.example']],
  ])('%j', async (front, expected) => {
    expect(await urls({ swagger: '2.0', info, paths: { '/a': { get: { responses } } }, ...front })).toEqual(
      expected,
    );
  });

  test('an operation may narrow the schemes', async () => {
    const { api } = await readText({
      swagger: '2.0',
      info,
      host: 'a.example',
      schemes: ['http', 'https'],
      paths: { '/a': { get: { schemes: ['https'], responses } } },
    });
    expect(api?.paths[0]?.operations[0]?.servers?.map(({ url }) => url)).toEqual(['https://a.example']);
  });

  test.each(['https://a.example', 'a.example/v1'])('a host is a host: %s', async (host) => {
    const { diagnostics } = await readText({
      swagger: '2.0',
      info,
      host,
      paths: { '/a': { get: { responses } } },
    });
    expect(diagnostics.map((one) => [one.severity, one.message])).toEqual([
      [
        'error',
        `"host" is "${host}" where a host name with an optional port, without scheme or path is expected.`,
      ],
    ]);
  });
});

describe('servers of 3.x', () => {
  const document = (servers: unknown) => ({
    openapi: '3.1.0',
    info,
    servers,
    paths: { '/a': { get: { responses } } },
  });

  test('are kept in order with their variables', async () => {
    const variables = { region: { default: 'eu', enum: ['eu', 'us'], description: 'Where' } };
    const { api, diagnostics } = await readText(
      document([{ url: 'https://{region}.example', variables }, { url: '/v1' }]),
    );
    expect(diagnostics).toEqual([]);
    expect(api?.servers.map(({ url }) => url)).toEqual(['https://{region}.example', '/v1']);
    expect(api?.servers[0]?.variables).toEqual(new Map([['region', 'eu']]));
  });

  test('a variable must be declared, with a default from its list', async () => {
    const variables = { tier: { default: 'x', enum: ['a'] } };
    const { diagnostics } = await readText(document([{ url: 'https://{region}.{tier}.example', variables }]));
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'The server "https://{region}.{tier}.example" uses the variable "region", which is not declared.',
      'The server "https://{region}.{tier}.example" has "x" as the default of "tier", which its "enum" does not list.',
    ]);
  });

  test('path items and operations have their own', async () => {
    const { api } = await readText({
      openapi: '3.0.3',
      info,
      paths: { '/a': { servers: [{ url: '/p' }], get: { servers: [], responses }, post: { responses } } },
    });
    const path = api?.paths[0];
    expect(path?.servers?.map(({ url }) => url)).toEqual(['/p']);
    expect(path?.operations.map(({ servers }) => servers)).toEqual([[], undefined]);
  });
});
