import { describe, expect, test } from 'vitest';
import { compile as emit } from '../../src/targets/compile.ts';
import { nginx } from '../../src/targets/nginx/index.ts';
import { readModel } from '../support/read-text.ts';

/** The findings of one operation with the given facets and settings of the target. */
async function findings(facets: string, settings = ''): Promise<readonly string[]> {
  const { artifacts, diagnostics } = emit(
    await readModel({
      'openapi.yaml': `
openapi: 3.0.3
info: { title: Negotiated, version: '1' }
servers: [{ url: 'https://api.example.com' }]
x-gateway:
  backends: { main: { url: 'http://main.internal' } }
  defaults: { backend: main, public: { reason: a test of targets } }
  targets: { nginx: { ${settings} } }
security: []
paths:
  /things:
    get: { operationId: things, x-gateway: { ${facets} }, responses: { '200': { description: ok } } }
`,
    }),
    nginx,
  );
  const found = diagnostics.map((one) => `${one.severity} ${one.code}`);
  return artifacts.length === 0 ? ['nothing emitted', ...found] : found;
}

describe('what a target cannot do is said, never dropped', () => {
  test('what it can do exactly needs no finding', async () => {
    expect(await findings('limits: [{ rate: 5/m, per: ip }]')).toEqual([]);
  });

  test('a limit that it cannot count is an error and nothing is emitted', async () => {
    expect(await findings('limits: [{ rate: 5/h, per: ip }]')).toEqual(['nothing emitted', 'error TGT001']);
  });

  test('a waiver with a reason turns it into a warning that stays', async () => {
    expect(
      await findings(
        'limits: [{ rate: 5/h, per: ip }]',
        'accept: { limits: the back end counts by the hour itself }',
      ),
    ).toEqual(['warning TGT003']);
  });

  test('an approximation is a warning', async () => {
    expect(await findings('request: { addHeaders: { X-Via: gateway } }')).toEqual(['warning TGT002']);
  });

  test('a guard cannot be waived', async () => {
    expect(await findings('bodySize: 1kb', 'accept: { authentication: we trust everybody }')).toEqual([
      'nothing emitted',
      'error TGT004',
    ]);
  });

  test('an internal operation without an internal listener cannot be served', async () => {
    expect(await findings('expose: internal')).toEqual(['nothing emitted', 'error SEC010']);
  });

  test('what is larger than its syntax holds is a finding, not a crash', async () => {
    const name = (one: number): string =>
      `/${'a'.repeat(200)}`.replace(/a/g, (_, at: number) => (at <= 6 && (one >> (at - 1)) & 1 ? 'A' : 'a'));
    const paths = Array.from(
      { length: 60 },
      (_, one) => `  ${name(one)}: { get: { responses: { '200': { description: ok } } } }`,
    );
    const { diagnostics } = emit(
      await readModel({ 'openapi.yaml': `${HEAD}\npaths:\n${paths.join('\n')}\n` }),
      nginx,
    );
    expect(diagnostics.map((one) => one.code)).toEqual(['TGT005']);
  });
});

const HEAD = `openapi: 3.0.3
info: { title: Large, version: '1' }
servers: [{ url: 'https://api.example.com' }]
x-gateway:
  backends: { main: { url: 'http://main.internal' } }
  defaults: { backend: main, public: { reason: a test of sizes } }
security: []`;
