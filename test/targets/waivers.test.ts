import { describe, expect, test } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import { compile as emit } from '../../src/targets/compile.ts';
import { nginx } from '../../src/targets/nginx/index.ts';
import { readModel } from '../support/read-text.ts';

/** Waivers of the root, of the path and of the first of two operations, all of which have a limit per hour. */
interface Accepted {
  readonly root?: string;
  readonly path?: string;
  readonly operation?: string;
}

function model({ root = '', path = '', operation = '' }: Accepted): Promise<Gateway> {
  const targets = (accept: string): string => `targets: { nginx: { accept: { ${accept} } } }`;
  return readModel({
    'openapi.yaml': `
openapi: 3.0.3
info: { title: Waived, version: '1' }
servers: [{ url: 'https://api.example.com' }]
x-gateway:
  backends: { main: { url: 'http://main.internal' } }
  defaults: { backend: main, public: { reason: a test of waivers }, limits: [{ rate: 5/h, per: ip }] }
  ${targets(root)}
security: []
paths:
  /things:
    x-gateway: { ${targets(path)} }
    get: { operationId: one, x-gateway: { ${targets(operation)} }, responses: { '200': { description: ok } } }
    head: { operationId: two, responses: { '200': { description: ok } } }
`,
  });
}

const codes = (gateway: Gateway): readonly string[] =>
  emit(gateway, nginx)
    .diagnostics.map(({ code }) => code)
    .sort();

describe('a waiver', () => {
  test.each<[string, Accepted, string[]]>([
    ['nowhere', {}, ['TGT001', 'TGT001']],
    ['at the root holds for everything', { root: 'limits: counted behind' }, ['TGT003', 'TGT003']],
    ['on a path holds for its operations', { path: 'limits: counted behind' }, ['TGT003', 'TGT003']],
    ['on an operation holds for it alone', { operation: 'limits: counted behind' }, ['TGT001', 'TGT003']],
    [
      'for what works is told',
      { operation: 'limits: counted, timeout: why' },
      ['TGT001', 'TGT003', 'TGT006'],
    ],
    [
      'for a guard is an error',
      { path: 'limits: counted, ipAccess: all may' },
      ['TGT003', 'TGT003', 'TGT004'],
    ],
    [
      'for a private back end is an error',
      { root: 'limits: counted, backends: all may' },
      ['TGT003', 'TGT003', 'TGT004'],
    ],
    ['for nothing that exists is an error', { operation: 'limts: counted' }, ['TGT001', 'TGT001', 'TGT004']],
  ])('%s', async (_, accepted, expected) => {
    expect(codes(await model(accepted))).toEqual(expected);
  });

  test('of the nearest level gives the reason, and the others then have none', async () => {
    const gateway = await model({ root: 'limits: root reason', path: 'limits: path reason' });
    const { diagnostics } = emit(gateway, nginx);
    expect(diagnostics.filter(({ code }) => code === 'TGT003').map(({ message }) => message)).toEqual([
      expect.stringContaining('path reason'),
      expect.stringContaining('path reason'),
    ]);
    expect(diagnostics.find(({ code }) => code === 'TGT006')?.at).toMatchObject({
      pointer: '/x-gateway/targets/nginx/accept/limits',
    });
  });
});
