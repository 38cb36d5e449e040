import { chmodSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { blanksOf, fillBlanks } from './filled-draft.ts';
import { gwc, workFolder, write } from './program.ts';

const plain = `# Orders of our customers
openapi: 3.0.3
info: {title: Orders, version: 1.0.0}
servers: [{url: 'https://api.example.com/v1'}]   # the public address
security: [{user: [read]}]

# What there is
paths:
  /orders:
    get: {operationId: listOrders, responses: {'200': {description: ok}}}
    post:
      operationId: addOrder
      security: []
      responses: {'201': {description: ok}}
  /health:
    get: {operationId: health, security: [], responses: {'200': {description: ok}}}
components:
  securitySchemes:
    user: {type: openIdConnect, openIdConnectUrl: 'https://id.example.com/.well-known/openid-configuration'}
`;

type Tree = { readonly [key: string]: Tree };
const parse = (text: string): Tree => load(text, { schema: CORE_SCHEMA }) as Tree;
const fresh = (files: Readonly<Record<string, string>> = { 'openapi.yaml': plain }) =>
  write(workFolder(), files);
const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

describe('gwc init writes an overlay', () => {
  test('that derives what the document says and leaves the rest blank', async () => {
    const cwd = fresh();
    const { code, stdout, stderr } = await gwc(['init', 'openapi.yaml'], { cwd });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toBe(
      'wrote openapi.gateway.overlay.yaml: 2 blanks to fill in, 1 decision to take\n' +
        'next: gwc build openapi.yaml --overlay openapi.gateway.overlay.yaml\n',
    );
    const draft = read(cwd, 'openapi.gateway.overlay.yaml');
    expect(parse(draft)).toEqual({
      overlay: '1.0.0',
      extends: 'openapi.yaml',
      info: { title: 'Orders behind a gateway', version: '1.0.0' },
      actions: [
        {
          target: '$',
          update: {
            'x-gateway': {
              version: 1,
              backends: { api: { url: null } },
              authenticators: { user: { issuer: 'https://id.example.com', audiences: null } },
              defaults: { backend: 'api' },
            },
          },
        },
      ],
    });
    expect(read(cwd, 'openapi.yaml')).toBe(plain);
  });

  test('whose blanks are the errors of a build, each at its line', async () => {
    const cwd = fresh();
    await gwc(['init', 'openapi.yaml'], { cwd });
    const lines = read(cwd, 'openapi.gateway.overlay.yaml').split('\n');
    const args = [
      'build',
      '-t',
      'nginx',
      'openapi.yaml',
      '--overlay',
      'openapi.gateway.overlay.yaml',
      '--format',
      'json',
    ];
    const { code, stdout } = await gwc(args, { cwd });
    const found: readonly { severity: string; message: string; file: string; line: number }[] =
      JSON.parse(stdout).diagnostics;
    expect(code).toBe(1);
    const blanks = lines.flatMap((line, index) => (line.includes('# FILL IN') ? [index + 1] : []));
    const nothing = found.filter(({ message }) => message.includes(' is nothing'));
    expect(nothing.map(({ line }) => line).sort((a, b) => a - b)).toEqual(blanks);
    for (const { file } of nothing) expect(file).toBe('openapi.gateway.overlay.yaml');
  });

  test('that opens nothing: public operations are listed, and reasons are left to people', async () => {
    const { stdout } = await gwc(['init', 'openapi.yaml', '--stdout'], { cwd: fresh() });
    expect(stdout).toContain('#   POST /orders (addOrder)');
    expect(stdout).toContain('#   GET /health (health)');
    expect(stdout).toContain(`# - target: '$["paths"]["/orders"]["post"]'`);
    expect(stdout.replace(/#.*$/gm, '')).not.toMatch(/public|reason|security/);
  });

  test('that proposes nothing for an HTTP scheme that nothing verifies, and says what to declare', async () => {
    const digest = plain.replace(/user: \{type: openIdConnect.*/, 'user: {type: http, scheme: digest}');
    const cwd = fresh({ 'openapi.yaml': digest });
    const { stdout } = await gwc(['init', 'openapi.yaml', '--stdout'], { cwd });
    expect(blanksOf(stdout)).toEqual(['url']);
    expect(stdout).toContain('# The scheme user cannot be bound: it is http digest');
    const [, entry = ''] = /^ *# (user: \{external.*)$/m.exec(stdout) ?? [];
    const bearer = digest.replace('digest', 'bearer');
    const gateway = `x-gateway: {backends: {api: {url: 'http://a.internal'}}, authenticators: {${entry}}, defaults: {backend: api}}`;
    write(cwd, {
      'openapi.yaml': bearer.replace('# What', `${gateway}\n# What`).replace(/ {6}security.*\n/, ''),
    });
    expect(await gwc(['build', '-t', 'nginx', 'openapi.yaml'], { cwd })).toMatchObject({ code: 0 });
  });

  test('to the file that --output names, never over one that is there', async () => {
    const cwd = fresh();
    expect((await gwc(['init', 'openapi.yaml', '-o', 'first.yaml'], { cwd })).code).toBe(0);
    const again = await gwc(['init', 'openapi.yaml', '-o', 'first.yaml'], { cwd });
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('INI002');
    expect((await gwc(['init', 'openapi.yaml', '-o', 'first.yaml', '--force'], { cwd })).code).toBe(0);
  });

  test('only for a document without a block, unless it is to be replaced', async () => {
    const block = 'x-gateway: {backends: {old: {url: http://old.internal}}, defaults: {backend: old}}\n';
    const cwd = fresh({ 'openapi.yaml': plain.replace('# What', `${block}# What`) });
    const refused = await gwc(['init', 'openapi.yaml'], { cwd });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('INI001');
    expect((await gwc(['init', 'openapi.yaml', '--force'], { cwd })).code).toBe(0);
    const args = ['build', '-t', 'nginx', 'openapi.yaml', '--overlay', 'openapi.gateway.overlay.yaml'];
    const { stderr } = await gwc(args, { cwd });
    expect(stderr).toContain('backends.api.url is nothing');
    expect(stderr).not.toContain('backends.old');
  });

  test.each([
    [['--output', 'a.yaml', '--in-place'], /leave --output out/],
    [['--output', 'a.yaml', '--stdout'], /exclude each other/],
    [['--stdout', '--in-place'], /exclude each other/],
    [['--output', ''], /names no file/],
  ])('unless it is asked for two things at once: %j', async (args, message) => {
    const { code, stdout, stderr } = await gwc(['init', 'openapi.yaml', ...args], { cwd: fresh() });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  test.each([
    ['no.yaml', 'SRC001', 3],
    ['list.yaml', 'OAS001', 1],
  ])('not for %s', async (name, finding, expected) => {
    const cwd = fresh({ 'list.yaml': '[1, 2]\n' });
    const { code, stderr } = await gwc(['init', name], { cwd });
    expect([code, stderr.includes(finding)]).toEqual([expected, true]);
  });
});

describe('gwc init --in-place inserts a block', () => {
  const crlf = plain.replaceAll('\n', '\r\n');
  const folded = plain.replace('# What there is', 'x-text: |+\n  kept\n\n\n# What there is');
  test.each([
    ['as it is', plain],
    ['with the line ends of Windows', crlf],
    ['with a byte order mark', `\ufeff${plain}`],
    ['behind a marker', `%YAML 1.2\n---\n${plain}`],
    ['without a last line end', plain.trimEnd()],
    ['below a text that keeps its line feeds', folded],
    [
      'with paths first',
      plain.replace(/^paths:[\s\S]*?(?=components)/m, '').replace('openapi:', `paths: {}\nopenapi:`),
    ],
  ])('and keeps every other byte: %s', async (_, text) => {
    const cwd = fresh({ 'openapi.yaml': text });
    const { code, stderr } = await gwc(['init', 'openapi.yaml', '--in-place'], { cwd });
    expect([code, stderr.split('\n')[0]?.replace(/:.*/, '')]).toEqual([0, 'wrote openapi.yaml']);
    const after = read(cwd, 'openapi.yaml');
    const start = after.indexOf('x-gateway:');
    let length = after.length - text.length;
    expect(after.slice(0, start) + after.slice(start + length)).toBe(text);
    const block = after.slice(start, start + length);
    length = block.split('\n').length;
    expect(blanksOf(block.replaceAll('\r', ''))[0]).toBe('url');
    expect(block.split('\r\n').length).toBe(text === crlf ? length : 1);
    const { 'x-gateway': gateway, ...rest } = parse(after.replace('%YAML 1.2\n', ''));
    expect(rest).toEqual(parse(text.replace('%YAML 1.2\n', '')));
    expect(gateway?.['defaults']).toEqual({ backend: 'api' });
  });

  test('above the comment of the paths, once, with the rights of the file', async () => {
    const cwd = fresh();
    chmodSync(join(cwd, 'openapi.yaml'), 0o600);
    symlinkSync('openapi.yaml', join(cwd, 'link.yaml'));
    expect((await gwc(['init', 'link.yaml', '--in-place'], { cwd })).code).toBe(0);
    expect(lstatSync(join(cwd, 'link.yaml')).isSymbolicLink()).toBe(true);
    expect(lstatSync(join(cwd, 'openapi.yaml')).mode & 0o777).toBe(0o600);
    const once = read(cwd, 'openapi.yaml');
    expect(once).toMatch(/\n\n# What there is\npaths:/);
    expect((await gwc(['init', 'openapi.yaml', '--in-place'], { cwd })).stderr).toContain('INI001');
    expect((await gwc(['init', 'openapi.yaml', '--in-place', '--force'], { cwd })).code).toBe(0);
    expect(read(cwd, 'openapi.yaml')).toBe(once);
  });

  test.each([
    ['JSON', 'openapi.json', JSON.stringify(parse(plain)), 'it is JSON'],
    ['JSON in YAML', 'openapi.yaml', JSON.stringify(parse(plain)), 'it is JSON'],
    ['an indented root', 'openapi.yaml', plain.replace(/^(?!$)/gm, '  '), 'beginning of lines'],
    [
      'an explicit key',
      'openapi.yaml',
      plain.replace('openapi: 3.0.3', '? openapi\n: 3.0.3'),
      'beginning of lines',
    ],
  ])('or says why it cannot: %s', async (_, name, text, reason) => {
    const cwd = fresh({ [name]: text });
    const { code, stderr } = await gwc(['init', name, '--in-place'], { cwd });
    expect(stderr).toContain('INI003');
    expect(stderr).toContain(reason);
    expect([code, read(cwd, name)]).toEqual([1, text]);
  });

  test('that builds once its blanks are filled in', async () => {
    const safe = plain.replace(/ {4}post:[\s\S]*?(?= {2}\/health)/, '');
    const jwks = { keys: [{ kty: 'EC', crv: 'P-256', alg: 'ES256', kid: 'a', x: '', y: '' }] };
    const cwd = fresh({ 'openapi.yaml': safe, 'keys.json': JSON.stringify(jwks) });
    expect((await gwc(['init', 'openapi.yaml', '--in-place'], { cwd })).code).toBe(0);
    write(cwd, { 'openapi.yaml': fillBlanks(read(cwd, 'openapi.yaml')) });
    const { stderr } = await gwc(['build', '-t', 'nginx', 'openapi.yaml'], { cwd });
    expect(stderr).not.toMatch(/XGW003|backends/);
  });
});
