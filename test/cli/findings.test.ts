import { mkdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gwc, shop, shopFiles, workFolder, write } from './program.ts';

const cwd = write(workFolder(), {
  ...shopFiles,
  'flawed.yaml': shop.replace('connect: 1s', 'connect: 1 second').replace('bodySize: 64kb', 'bodysize: 64kb'),
});
const flawed = (...args: string[]) => gwc(['build', 'flawed.yaml', ...args], { cwd });

const texts = ['code', 'severity', 'message', 'consequence', 'fix'];
const optional = ['target', 'file', 'line', 'column', 'pointer'];

describe('findings', () => {
  test('for people: code, place, frame, reason and fix, on stderr, with a count at the end', async () => {
    const { code, stdout, stderr } = await flawed();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^error XGW\d{3} .*bodysize.*\n {2}at flawed\.yaml:(\d+):(\d+)\n {2}\1 \| .*bodysize: 64kb\n +\| +\^+\n {2}why .+\n {2}fix .*bodySize/m,
    );
    expect(stderr).toMatch(/\n2 errors\n$/);
  });

  test('as JSON: every field that is documented, nothing else, on stdout', async () => {
    const { code, stdout, stderr } = await flawed('--format', 'json');
    expect([code, stderr]).toEqual([1, '']);
    const { format, diagnostics, ...rest } = JSON.parse(stdout);
    expect([format, rest]).toEqual([1, {}]);
    expect(diagnostics).toHaveLength(2);
    for (const one of diagnostics) {
      for (const name of texts) expect(one[name], name).toMatch(/\S/);
      expect(one.code).toMatch(/^[A-Z]{3}\d{3}$/);
      expect([one.severity, one.file]).toEqual(['error', 'flawed.yaml']);
      expect([one.line > 0, one.column > 0, one.pointer.startsWith('/')]).toEqual([true, true, true]);
      for (const name of Object.keys(one)) expect([...texts, ...optional, 'related']).toContain(name);
      for (const other of one.related) {
        for (const name of Object.keys(other)) expect(['message', ...optional.slice(1)]).toContain(name);
      }
    }
  });

  test('JSON has related places, too', async () => {
    const twice = shop.replace('operationId: getProduct', 'operationId: health');
    write(cwd, { 'twice.yaml': twice });
    const { stdout } = await gwc(['build', 'twice.yaml', '--format', 'json'], { cwd });
    const [one] = JSON.parse(stdout).diagnostics;
    expect(one.code).toBe('OAS040');
    expect(one.related).toEqual([
      expect.objectContaining({ file: 'twice.yaml', line: expect.any(Number), pointer: expect.any(String) }),
    ]);
  });

  const ansi = '\u001b[';
  test.each([
    ['no variable, no terminal', {}, false],
    ['FORCE_COLOR=1', { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=', { FORCE_COLOR: '' }, true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, false],
    ['NO_COLOR=1', { NO_COLOR: '1' }, false],
    ['NO_COLOR=1 over FORCE_COLOR=1', { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['an empty NO_COLOR says nothing', { NO_COLOR: '', FORCE_COLOR: '1' }, true],
  ])('colour: %s', async (_, environment, colored) => {
    const { stderr } = await gwc(['build', 'flawed.yaml'], { cwd, environment });
    expect(stderr.includes(ansi)).toBe(colored);
    const json = await gwc(['build', 'flawed.yaml', '--format', 'json'], { cwd, environment });
    expect(json.stdout).not.toContain(ansi);
  });
});

describe('what cannot be read ends with 3', () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['none.yaml'], /SRC001 The file "none\.yaml" cannot be read: there is no such file/],
    [['folder'], /SRC001 The file "folder" cannot be read: it is a folder/],
    [['openapi.yaml/x.yaml'], /SRC001 .*: a part of its path is not a folder/],
    [[''], /SRC001/],
    [['openapi.yaml', 'none.yaml'], /SRC001 The file "none\.yaml"/],
    [['openapi.yaml', '--overlay', 'none.yaml'], /SRC001 The file "none\.yaml"/],
    [
      ['openapi.yaml', '--root', 'nowhere'],
      /the root folder "nowhere" cannot be used, because there is no such file/,
    ],
    [['bytes.yaml'], /SRC00[23]/],
    [['empty.yaml'], /SRC011/],
    [['https://example.com/openapi.yaml'], /SRC001/],
    [['a\nb\u202e.yaml'], /SRC001 The file "a\\u\{a\}b\\u\{202e\}\.yaml"/],
    [['--', '-x.yaml'], /SRC001 The file "-x\.yaml"/],
  ];
  test.each(cases)('gwc build %j', async (args, message) => {
    mkdirSync(`${cwd}/folder`, { recursive: true });
    write(cwd, { 'bytes.yaml': 'openapi: \u0000', 'empty.yaml': '' });
    const { code, stdout, stderr } = await gwc(['build', ...args], { cwd });
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([3, '']);
  });

  const root = process.getuid?.() === 0;
  test.skipIf(!root)('a file without the right to read it (skipped unless run as root)', async () => {
    const { code, stderr } = await gwc(['build', 'openapi.yaml'], { cwd, user: 65_534 });
    expect(code).toBe(3);
    expect(stderr).toMatch(/SRC001 .*permission is denied/);
  });
});
