import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gwc, shopFiles, workFolder, write } from './program.ts';

const cwd = write(workFolder(), shopFiles);
const packaged = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

describe('wrong use ends with 2, says what is wrong and writes nothing to stdout', () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /Usage: gwc/],
    [['bild', 'openapi.yaml'], /unknown command 'bild'\n\(Did you mean build\?\)/],
    [['--versoin'], /unknown option '--versoin'\n\(Did you mean --version\?\)/],
    [['build'], /name documents, or write gwc\.config\.yaml/],
    [
      ['build', 'openapi.yaml', '--gateway', 'shop'],
      /name documents or a gateway of a configuration, not both/,
    ],
    [['build', 'openapi.yaml', '--env', 'a', '--all-envs'], /choose --env or --all-envs, not both/],
    [['build', 'openapi.yaml', '--env', 'a,'], /--env names no environment/],
    [['schema', '--facets', '--config'], /cannot be used with option '--config'/],
    [['build', 'openapi.yaml', '--formt', 'json'], /unknown option '--formt'\n\(Did you mean --format\?\)/],
    [['build', 'openapi.yaml', '--chek'], /unknown option '--chek'\n\(Did you mean --check\?\)/],
    [
      ['build', 'openapi.yaml', '--format', 'xml'],
      /argument 'xml' is invalid. Allowed choices are pretty, json/,
    ],
    [['build', 'openapi.yaml', '--env'], /option '--env <name>' argument missing/],
    [
      ['build', 'openapi.yaml', '-t', 'ngnx'],
      /unknown target "ngnx"\. Did you mean "nginx"\? This version builds nginx/,
    ],
    [['build', 'openapi.yaml', '-t', 'nginx,'], /unknown target ""/],
    [['build', 'openapi.yaml', '-o', ''], /--output names no folder/],
    [['init'], /missing required argument 'document'/],
    [['key', 'my-secret'], /too many arguments/],
    [['explain'], /missing required argument 'subject'/],
    [['explain', 'GET', '/api/health'], /name documents, or write gwc\.config\.yaml/],
    [['explain', 'NOP999'], /"NOP999" is neither the code of a finding nor a field of x-gateway/],
    [['explain', 'backend.url'], /Did you mean "backends"\?/],
    [['explain', '__proto__'], /neither/],
    [['explain', 'constructor'], /neither/],
    [['schema', 'openapi.yaml'], /too many arguments/],
    [['targets', '--format', 'yaml'], /Allowed choices are pretty, json/],
    [['completion'], /missing required argument 'shell'/],
    [['completion', 'tcsh'], /no completion for "tcsh"; choose bash, zsh or fish/],
    [['completion', 'constructor'], /no completion for "constructor"/],
  ];
  test.each(cases)('gwc %j', async (args, message) => {
    const { code, stdout, stderr } = await gwc(args, { cwd });
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(code).toBe(2);
  });
});

describe('help and version are data', () => {
  test.each([[['--version']], [['-V']]])('gwc %j', async (args) => {
    expect(await gwc(args, { cwd })).toEqual({ code: 0, stdout: `${packaged.version}\n`, stderr: '' });
  });

  const commands = ['build', 'explain', 'init', 'key', 'targets', 'schema', 'completion'];
  test.each([[['--help']], [['-h']], [['help']]])('gwc %j lists every command', async (args) => {
    const { code, stdout, stderr } = await gwc(args, { cwd });
    expect([code, stderr]).toEqual([0, '']);
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  });

  test.each(commands)('gwc %s --help and gwc help %s are the same', async (command) => {
    const one = await gwc([command, '--help'], { cwd });
    expect(one.stdout).toMatch(new RegExp(`^Usage: gwc ${command} `));
    expect(await gwc(['help', command], { cwd })).toEqual(one);
    expect([one.code, one.stderr]).toEqual([0, '']);
  });

  test('the README names every option of build', async () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const { stdout } = await gwc(['build', '--help'], { cwd });
    for (const option of [
      '--env',
      '--overlay',
      '--server',
      '--resolve',
      '--check',
      '--verify',
      '--force',
      '--format',
    ]) {
      expect(readme).toContain(option);
      expect(stdout).toContain(option);
    }
  });
});
