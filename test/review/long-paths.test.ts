import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile, load, writeFiles } from '../support/running-gateway.ts';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `p${index}`);

/** Compiles a gateway of one path; the artifacts, or the findings as an error. */
async function build(path: string, parameters: readonly string[], facets: object = {}) {
  const document = {
    openapi: '3.0.3',
    info: { title: 'Long', version: '1' },
    servers: [{ url: 'http://localhost:8080' }],
    security: [],
    'x-gateway': {
      backends: { main: { url: 'http://127.0.0.1:8081' } },
      defaults: { backend: 'main', public: { reason: 'a test' } },
    },
    paths: {
      [path]: {
        parameters: parameters.map((name) => ({
          name,
          in: 'path',
          required: true,
          schema: { type: 'string' },
        })),
        get: { responses: { 200: { description: 'ok' } }, 'x-gateway': facets },
      },
    },
  };
  const root = mkdtempSync(join(tmpdir(), 'gwc-long-'));
  try {
    writeFiles(root, [{ path: 'api.json', contents: JSON.stringify(document) }]);
    return compile(await load([join(root, 'api.json')], { root })).artifacts;
  } finally {
    rmSync(root, { recursive: true });
  }
}

const everyCharacter = {
  allowInPath: { characters: ['%2F', '%5C', ';', '%3B', '%25'], reason: 'a test' },
};
const template = (count: number, between: string): string =>
  `/${names(count)
    .map((name) => `{${name}}`)
    .join(between)}`;

test('the longest paths that NGINX can be given are built', async () => {
  await build(`/{p0}${'/a'.repeat(59)}`, ['p0'], everyCharacter);
  await build(template(60, '-'), names(60), { rewrite: template(60, '/'), ...everyCharacter });
  await build(`/{p0}${'-'.repeat(400)}`, ['p0'], { rewrite: '/{p0}' });
});

test.each<readonly [path: string, parameters: readonly string[], facets: object]>([
  ['/a'.repeat(61), [], {}],
  ['/a'.repeat(300), [], {}],
  [template(61, '-'), names(61), {}],
  [template(250, '-'), names(250), { rewrite: template(250, '/') }],
  [`/{p0}${'-'.repeat(1500)}`, ['p0'], {}],
])('longer ones are a finding: %.40s', async (path, parameters, facets) => {
  await expect(build(path, parameters, facets)).rejects.toThrow('SEC010');
});
