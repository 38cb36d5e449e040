import { describe, expect, test } from 'vitest';
import { compile as emit } from '../../src/targets/compile.ts';
import { nginx } from '../../src/targets/nginx/index.ts';
import { readText } from '../support/read-text.ts';

/** Findings of reading and building a document with these back ends and facets of its only operation. */
async function findings(backends: string, facets = '', secrets = 'key: { env: KEY }') {
  const { gateway, diagnostics, text } = await readText({
    'openapi.yaml': `
openapi: 3.0.3
info: { title: Private, version: '1' }
servers: [{ url: 'https://api.example.com' }]
x-gateway:
  backends: { main: { ${backends} } }
  secrets: { ${secrets} }
  defaults: { backend: main, public: { reason: a test of private back ends } }
security: []
paths:
  /things:
    get: { operationId: things, x-gateway: { ${facets} }, responses: { '200': { description: ok } } }
    head: { operationId: more, responses: { '200': { description: ok } } }
`,
  });
  const all = gateway === undefined ? diagnostics : [...diagnostics, ...emit(gateway, nginx).diagnostics];
  return { all, codes: all.map(({ code }) => code), text };
}

const header = 'credentials: { header: X-Key, value: { secret: key } }';
const certificate = 'tls: { clientCertificate: { cert: { secret: key }, key: { secret: key } } }';

describe('a private back end', () => {
  test('without anything that keeps others out is one error that says what would do', async () => {
    const { all } = await findings("url: 'https://m.internal', private: true", '', '');
    expect(all.map(({ code, at }) => [code, at])).toEqual([
      ['SEC010', expect.objectContaining({ pointer: '/x-gateway/backends/main/private' })],
    ]);
    expect(all[0]?.message).toContain('nothing keeps others out of the private back end "main"');
    expect(all[0]?.fix).toMatch(/tls\.clientCertificate.*credentials/);
  });

  test.each([
    ['a client certificate', `url: 'https://m.internal', private: true, ${certificate}`],
    ['a credential', `url: 'http://m.internal', private: true, ${header}`],
    ['both', `url: 'https://m.internal', private: true, ${header}, ${certificate}`],
  ])('may be kept by %s', async (_, backend) => {
    expect((await findings(backend)).codes).toEqual([]);
  });

  test('has its credential without being private as well', async () => {
    expect((await findings(`url: 'http://m.internal', ${header}`)).codes).toEqual([]);
    expect((await findings("url: 'http://m.internal', private: false", '', '')).codes).toEqual([]);
  });
});

describe('the header of a credential', () => {
  test.each<[string, string, string, string]>([
    [
      'is changed by an operation',
      `url: 'http://m.internal', ${header}`,
      'request: { setHeaders: { x-key: a } }',
      'HDR001',
    ],
    [
      'is removed by an operation',
      `url: 'http://m.internal', ${header}`,
      'request: { removeHeaders: [X-KEY] }',
      'HDR001',
    ],
    [
      'belongs to the connection',
      "url: 'http://m.internal', credentials: { header: Connection, value: { secret: key } }",
      '',
      'XGW004',
    ],
    [
      'belongs to the gateway',
      "url: 'http://m.internal', credentials: { header: X-Forwarded-For, value: { secret: key } }",
      '',
      'XGW004',
    ],
    [
      'has a value in clear',
      "url: 'http://m.internal', credentials: { header: X-Key, value: hunter2 }",
      '',
      'XGW003',
    ],
    [
      'has a prefix that is no word',
      "url: 'http://m.internal', credentials: { header: X-Key, prefix: 'a b', value: { secret: key } }",
      '',
      'XGW004',
    ],
    [
      'names an unknown secret',
      "url: 'http://m.internal', credentials: { header: X-Key, value: { secret: kay } }",
      '',
      'REF001',
    ],
    ['has no value', "url: 'http://m.internal', credentials: { header: X-Key }", '', 'XGW006'],
  ])('is refused when it %s', async (_, backend, facets, code) => {
    const { codes, text } = await findings(backend, facets);
    expect(codes, text).toContain(code);
    expect(text).not.toContain('hunter2');
  });

  test.each(['Authorization', 'X-Api-Key', 'X-Gateway'])('may be %s', async (name) => {
    const backend = `url: 'http://m.internal', credentials: { header: ${name}, value: { secret: key } }`;
    expect((await findings(backend)).codes).toEqual([]);
  });
});
