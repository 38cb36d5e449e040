import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadGateway } from '../../../src/commands/load.ts';
import { aws } from '../../../src/targets/aws/index.ts';
import { compile } from '../../../src/targets/compile.ts';
import { writeFiles } from '../../support/running-gateway.ts';
import { keySet, signingKey } from '../../support/tokens.ts';

/** Signs tokens that the document trusts. */
export const key = signingKey('ES256', 'same');

const documentOf = (edge: 'none' | 'cloudfront') => ({
  openapi: '3.0.3',
  info: { title: 'Pages', version: '1' },
  servers: [{ url: 'https://pages.example.com/v1' }],
  components: { securitySchemes: { user: { type: 'http', scheme: 'bearer' } } },
  security: [{ user: [] }],
  'x-gateway': {
    backends: { main: { url: 'https://main.example.com' } },
    authenticators: {
      user: {
        ...{ issuer: 'https://id.example.com/', audiences: ['pages'], jwks: { file: 'user.jwks.json' } },
        login: { when: 'browser', url: 'https://login.example.com/start' },
      },
    },
    defaults: { backend: 'main' },
    targets: { aws: { edge } },
  },
  paths: {
    '/pages/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: { operationId: 'page', responses: { '200': { description: 'ok' } } },
    },
    '/status': {
      get: {
        operationId: 'status',
        responses: { '200': { description: 'ok' } },
        'x-gateway': { login: 'never' },
      },
    },
  },
});

/** What a document with a page and a status becomes: codes of errors, and files by path. */
export async function build(edge: 'none' | 'cloudfront') {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
  try {
    const keys = JSON.stringify(keySet([key]));
    writeFiles(folder, [
      { path: 'openapi.json', contents: JSON.stringify(documentOf(edge)) },
      { path: 'user.jwks.json', contents: keys },
    ]);
    const { gateway, diagnostics } = await loadGateway([join(folder, 'openapi.json')], {
      root: folder,
      format: 'pretty',
    });
    if (gateway === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
    const made = compile(gateway, aws);
    const files = new Map(made.artifacts.map(({ path, contents }) => [path, contents]));
    return {
      codes: made.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
      files,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
