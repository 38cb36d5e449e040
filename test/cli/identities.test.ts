import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gwc, workFolder, write } from './program.ts';

const page = readFileSync(new URL('../../docs/identities.md', import.meta.url), 'utf8');
const [, document = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];

test('the document with every identity builds as the page shows it, and nginx takes it without any name resolved', async () => {
  const cwd = workFolder();
  write(cwd, { 'openapi.yaml': document });
  expect(await gwc(['build', '-t', 'nginx', 'openapi.yaml', '--verify'], { cwd })).toEqual({
    code: 0,
    stdout: '',
    stderr: 'wrote dist/nginx\n',
  });
});

test('the file of an authenticator is one on every system, whatever its scheme is called', async () => {
  const names = ['ApiKeyAuth', 'apikeyauth', 'con', 'Ünïcode scheme'.replace(/[^A-Za-z]/g, '_'), 'a.b'];
  const cwd = workFolder();
  const bound = names.map((name) => `    ${name}: {keys: consumers}`);
  const schemes = names.map((name) => `    ${name}: {type: apiKey, in: header, name: X-Key}`);
  write(cwd, {
    'openapi.yaml': [
      'openapi: 3.0.3',
      'info: {title: Names, version: 1.0.0}',
      'servers: [{url: "http://localhost:8080"}]',
      `security: [${names.map((name) => `{${name}: []}`).join(', ')}]`,
      'x-gateway:',
      '  backends: {main: {url: "http://127.0.0.1:8081"}}',
      '  defaults: {backend: main}',
      `  consumers: {acme: {keys: [{sha256: ${'ab'.repeat(32)}}]}}`,
      '  authenticators:',
      ...bound,
      'paths: {/a: {get: {responses: {"200": {description: ok}}}}}',
      'components:',
      '  securitySchemes:',
      ...schemes,
      '',
    ].join('\n'),
  });
  const { code, stderr } = await gwc(['build', '-t', 'nginx', 'openapi.yaml', '--verify'], { cwd });
  expect([code, stderr]).toEqual([0, 'wrote dist/nginx\n']);
});
