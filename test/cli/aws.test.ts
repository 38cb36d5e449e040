import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gwc, workFolder, write } from './program.ts';

const work = workFolder();

const document = (targets: string): string => `
openapi: 3.0.3
info: {title: Orders, version: '1'}
servers: [{url: 'https://api.example.com/v1'}]
security: []
x-gateway:
  backends: {orders: {url: 'https://orders.example.net'}}
  defaults: {backend: orders, public: {reason: a test of targets}}
  ${targets}
paths:
  /health: {get: {operationId: health, responses: {'200': {description: ok}}}}
`;

describe('a document that names its targets', () => {
  const cwd = write(join(work, 'named'), { 'openapi.yaml': document('targets: {aws: {}}') });

  test('is built for these, and is up to date then', async () => {
    const { code, stderr } = await gwc(['build', 'openapi.yaml'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('wrote dist/aws\n');
    expect(readdirSync(join(cwd, 'dist'))).toEqual(['aws']);
    expect((await gwc(['build', 'openapi.yaml', '--check'], { cwd })).code).toBe(0);
  });

  test('is told that --verify has no program to ask', async () => {
    const { code, stderr } = await gwc(['build', 'openapi.yaml', '--verify'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('VFY004 [aws]');
  });
});

test('one that names none is built for every target', async () => {
  const cwd = write(join(work, 'unnamed'), { 'openapi.yaml': document('') });
  expect((await gwc(['build', 'openapi.yaml'], { cwd })).code).toBe(0);
  expect(readdirSync(join(cwd, 'dist')).sort()).toEqual(['aws', 'nginx']);
});
