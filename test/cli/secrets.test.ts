import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contents, gwc, type Run, shop, shopFiles, workFolder, write } from './program.ts';

const canaries = {
  env: 'canary-of-the-environment-5d1f',
  file: 'canary-of-the-file-9b3e',
  inline: 'canary-inline-7c2a',
};
const environment = { BACKEND_KEY: canaries.env, BACKEND_CERT: canaries.env, HOME: `/home/${canaries.env}` };

const cwd = workFolder();
const secretFile = join(cwd, 'secrets/ca.pem');

const secured = shop
  .replace(
    'orders: { url: http://127.0.0.1:8081 }',
    `orders:
      url: https://orders.internal
      tls: { ca: { secret: ca }, clientCertificate: { cert: { secret: cert }, key: { secret: key } } }`,
  )
  .replace(
    '  defaults:\n',
    `  secrets: { ca: { file: ${secretFile} }, cert: { env: BACKEND_CERT }, key: { env: BACKEND_KEY } }\n  defaults:\n`,
  );
write(cwd, { ...shopFiles, 'openapi.yaml': secured, 'secrets/ca.pem': canaries.file });

const told = ({ stdout, stderr }: Run): string => stdout + stderr;
const run = (...args: string[]): Promise<Run> => gwc(args, { cwd, environment });

describe('values of secrets', () => {
  test('are in no output, and the document that mentions them builds', async () => {
    const built = await run('build', '-t', 'nginx', 'openapi.yaml', '--verify');
    expect(built.stderr).toBe('wrote dist/nginx\n');
    const output = contents(join(cwd, 'dist'));
    expect([...output.values()].join('\n')).toContain(secretFile);
    for (const [file, text] of output) {
      for (const canary of Object.values(canaries)) expect(file + text).not.toContain(canary);
    }
  });

  test('are in no explanation', async () => {
    const explained = await run('explain', 'GET', '/api/users/1/orders', 'openapi.yaml');
    expect(explained.code).toBe(0);
    for (const canary of Object.values(canaries)) expect(told(explained)).not.toContain(canary);
  });

  test('that stand in the document where a reference belongs are refused and not repeated', async () => {
    const inline = secured.replace('key: { secret: key }', `key: '${canaries.inline}'`);
    expect(inline).not.toBe(secured);
    for (const [name, text] of [
      ['literal.yaml', inline],
      ['pem.yaml', secured.replace('key: { env: BACKEND_KEY }', `key: { value: '${canaries.inline}' }`)],
    ] as const) {
      write(cwd, { [name]: text });
      for (const format of ['pretty', 'json']) {
        const refused = await run('build', '-t', 'nginx', name, '-o', 'none', '--format', format);
        expect(refused.code).toBe(1);
        expect(told(refused), name).not.toContain(canaries.inline);
        expect(told(refused), name).toMatch(/XGW00[13]/);
      }
    }
  });

  test('are not read: a document whose secrets do not exist builds to the same bytes', async () => {
    await run('build', '-t', 'nginx', 'openapi.yaml', '-o', 'with');
    const without = await gwc(['build', '-t', 'nginx', 'openapi.yaml', '-o', 'without'], { cwd });
    expect(without.code).toBe(0);
    expect(contents(join(cwd, 'without'))).toEqual(contents(join(cwd, 'with')));
    expect(readFileSync(secretFile, 'utf8')).toBe(canaries.file);
  });
});
