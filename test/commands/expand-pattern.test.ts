import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { expandPattern } from '../../src/commands/configuration/expand-pattern.ts';

const folder = mkdtempSync(join(tmpdir(), 'gwc-pattern-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const names = [
  'a/openapi.yaml',
  'a/v2/openapi.yaml',
  'b/openapi.yml',
  'b/[x].yaml',
  '.hidden/openapi.yaml',
  'node_modules/p/openapi.yaml',
  'top.yaml',
];
for (const name of names) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), '');
}
symlinkSync('..', join(folder, 'a/loop'));

describe('a pattern', () => {
  test.each<[string, readonly string[]]>([
    ['top.yaml', ['top.yaml']],
    ['none.yaml', []],
    ['a', []],
    ['top.yaml/x', []],
    ['*', ['top.yaml']],
    ['*/openapi.yaml', ['a/openapi.yaml']],
    ['?/openapi.y*ml', ['a/openapi.yaml', 'b/openapi.yml']],
    ['**/openapi.yaml', ['a/openapi.yaml', 'a/v2/openapi.yaml']],
    ['a/**', ['a/openapi.yaml', 'a/v2/openapi.yaml']],
    ['**/**/top.yaml', ['top.yaml']],
    ['b/*x*.yaml', ['b/[x].yaml']],
    ['.hidden/openapi.yaml', ['.hidden/openapi.yaml']],
    ['.hidden/*', ['.hidden/openapi.yaml']],
  ])('%s matches %j', (pattern, files) => {
    expect(expandPattern(folder, pattern)).toEqual(files);
  });

  test('gives up where there is too much to look at', () => {
    writeFileSync(join(folder, 'b', 'a'.repeat(200)), '');
    expect(expandPattern(folder, `b/${'a*'.repeat(100)}b`)).toEqual([]);
    expect(expandPattern(folder, '**/*', 3)).toBeUndefined();
  });
});
