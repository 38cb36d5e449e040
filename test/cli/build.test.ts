import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { contents, gwc, type Run, shop, shopFiles, workFolder, write } from './program.ts';

const cwd = workFolder();
const at = (path: string): string => join(cwd, path);
const build = (...args: string[]): Promise<Run> =>
  gwc(['build', '-t', 'nginx', 'openapi.yaml', ...args], { cwd });

beforeEach(() => {
  for (const folder of ['dist', 'out']) rmSync(at(folder), { recursive: true, force: true });
  write(cwd, shopFiles);
});

describe('a document without errors', () => {
  test('writes dist/nginx with a manifest, says so on stderr and ends with 0', async () => {
    expect(await build()).toEqual({ code: 0, stdout: '', stderr: 'wrote dist/nginx\n' });
    const files = contents(at('dist/nginx'));
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['.gwc-manifest.json', 'README.md', 'nginx.conf', 'njs/gateway.js']),
    );
    const manifest = JSON.parse(files.get('.gwc-manifest.json') ?? '');
    expect(manifest.sources.map(({ file }: { file: string }) => file)).toEqual([
      'issuer.jwks.json',
      'openapi.yaml',
    ]);
    const listed = manifest.files.map(({ path }: { path: string }) => path);
    expect([...files.keys()].filter((name) => name !== '.gwc-manifest.json')).toEqual(listed.sort());
  });

  test('-t and -o choose target and folder', async () => {
    expect((await build('-t', 'nginx', '-o', 'out')).stderr).toBe('wrote out/nginx\n');
    expect(existsSync(at('out/nginx/nginx.conf'))).toBe(true);
    expect(existsSync(at('dist'))).toBe(false);
  });

  test('--format json prints findings, none here, as data', async () => {
    const { code, stdout, stderr } = await build('--format', 'json');
    expect([code, JSON.parse(stdout), stderr]).toEqual([
      0,
      { format: 1, diagnostics: [] },
      'wrote dist/nginx\n',
    ]);
  });

  test('--env writes beside the other environments, and only for a declared one', async () => {
    const environments =
      '  environments: { staging: { backends: { orders: { url: "http://127.0.0.2:9" } } } }\n';
    write(cwd, { 'openapi.yaml': shop.replace('  defaults:\n', `${environments}  defaults:\n`) });
    expect((await build('--env', 'staging')).stderr).toBe('wrote dist/staging/nginx\n');
    expect((await build()).stderr).toBe('wrote dist/nginx\n');
    const text = (folder: string): string => [...contents(at(folder)).values()].join('\n');
    expect(text('dist/staging/nginx')).toContain('127.0.0.2:9');
    expect(text('dist/nginx')).not.toContain('127.0.0.2:9');
    const wrong = await build('--env', '../out');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('"../out" is not declared');
    expect(existsSync(at('out'))).toBe(false);
  });

  test('several documents make one gateway', async () => {
    const second = `openapi: 3.0.3
info: { title: Status, version: 1.0.0 }
servers: [{ url: http://127.0.0.1:8080/status }]
paths:
  /ping: { get: { operationId: ping, security: [], x-gateway: { backend: orders }, responses: { '200': { description: ok } } } }
`;
    write(cwd, { 'status.yaml': second });
    const both = await gwc(['build', '-t', 'nginx', 'openapi.yaml', 'status.yaml'], { cwd });
    expect([both.code, both.stderr]).toEqual([0, 'wrote dist/nginx\n']);
    const routes = readFileSync(at('dist/nginx/routes.json'), 'utf8');
    expect(routes).toContain('ping');
    expect(routes).toContain('listOrders');
    const explained = await gwc(['explain', 'GET', '/status/ping', 'openapi.yaml', 'status.yaml'], { cwd });
    expect(explained.stdout).toMatch(/operation +ping +status\.yaml:\d+:\d+/);
  });

  test('an overlay and a server are applied', async () => {
    const overlay = `overlay: 1.0.0
info: { title: Elsewhere, version: 1.0.0 }
actions: [{ target: '$.servers[0]', update: { url: /relative } }]
`;
    write(cwd, { 'overlay.yaml': overlay });
    const relative = await build('--overlay', 'overlay.yaml');
    expect(relative.code).toBe(1);
    expect(relative.stderr).toContain('SRV001');
    const absolute = await build('--overlay', 'overlay.yaml', '--server', 'http://localhost:8085');
    expect([absolute.code, absolute.stderr]).toEqual([0, 'wrote dist/nginx\n']);
  });

  test('--verify lets the real nginx test the result', async () => {
    expect(await build('--verify')).toEqual({ code: 0, stdout: '', stderr: 'wrote dist/nginx\n' });
    rmSync(at('dist'), { recursive: true });
    const missing = await gwc(['build', '-t', 'nginx', 'openapi.yaml', '--verify'], {
      cwd,
      environment: { NGINX_BIN: '/nonexistent/nginx' },
    });
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('VFY001');
    expect(existsSync(at('dist'))).toBe(false);
  });
});

describe('--check', () => {
  test('ends with 0 after a build, with 1 before it and after a change, and never writes', async () => {
    const before = await build('--check');
    expect(before.code).toBe(1);
    expect(before.stderr).toContain('OUT011');
    expect(existsSync(at('dist'))).toBe(false);
    await build();
    expect(await build('--check')).toEqual({ code: 0, stdout: '', stderr: 'dist/nginx is up to date\n' });
    const built = contents(at('dist'));
    write(cwd, { 'openapi.yaml': shop.replace('bodySize: 64kb', 'bodySize: 65kb') });
    const stale = await build('--check', '--format', 'json');
    expect(stale.code).toBe(1);
    expect(JSON.parse(stale.stdout).diagnostics[0].code).toBe('OUT011');
    expect(contents(at('dist'))).toEqual(built);
  });
});

describe('the output folder', () => {
  test('is not touched when it is not ours, even with --force', async () => {
    write(cwd, { 'dist/nginx/mine.conf': 'mine' });
    for (const args of [[], ['--force']]) {
      const { code, stderr } = await build(...args);
      expect([code, stderr.includes('OUT001')]).toEqual([1, true]);
    }
    expect([...contents(at('dist')).keys()]).toEqual(['nginx/mine.conf']);
  });

  test('keeps hand edits until --force', async () => {
    await build();
    const file = at('dist/nginx/nginx.conf');
    const written = readFileSync(file, 'utf8');
    writeFileSync(file, '# by hand\n');
    write(cwd, { 'openapi.yaml': shop.replace('bodySize: 64kb', 'bodySize: 65kb') });
    const { code, stderr } = await build();
    expect([code, stderr.includes('OUT003')]).toEqual([1, true]);
    expect(readFileSync(file, 'utf8')).toBe('# by hand\n');
    expect((await build('--force')).code).toBe(0);
    expect(readFileSync(file, 'utf8').length).toBeGreaterThan(written.length / 2);
  });

  test('is not reached through a symbolic link', async () => {
    mkdirSync(at('out'));
    mkdirSync(at('dist'));
    symlinkSync(at('out'), at('dist/nginx'));
    const { code, stderr } = await build();
    expect([code, stderr.includes('OUT004')]).toEqual([1, true]);
    expect(contents(at('out')).size).toBe(0);
  });

  test('may be a file, or in a folder without rights: an error that says so', async () => {
    const file = await build('-o', 'openapi.yaml');
    expect([file.code, file.stderr.includes('OUT008')]).toEqual([1, true]);
    mkdirSync(at('out'), { mode: 0o755 });
    const user = process.getuid?.() === 0 ? 65_534 : undefined;
    if (user === undefined) return;
    const { code, stderr } = await gwc(['build', '-t', 'nginx', 'openapi.yaml', '-o', 'out'], { cwd, user });
    // Nobody may neither write there nor, when the temporary folder is private, read the document.
    expect([1, 3]).toContain(code);
    expect(stderr).toMatch(/^error (OUT008|SRC001) /);
    expect(contents(at('out')).size).toBe(0);
  });
});

describe('nothing is written when there is an error', () => {
  const flaws: Readonly<Record<string, readonly [from: string, to: string, code: string]>> = {
    'an unknown field': ['bodySize: 64kb', 'bodysize: 64kb', 'XGW001'],
    'an unknown policy': ['authorize: owner-or-admin', 'authorize: nobody', 'POL'],
    'a security that is missing': ['security:\n  - user: []', 'x-nothing:\n  - user: []', 'SEC001'],
    'malformed YAML': ['paths:', 'paths: [', 'SRC003'],
  };
  test.each(Object.entries(flaws))('%s', async (_, [from, to, code]) => {
    await build();
    const before = contents(at('dist'));
    const changed = statSync(at('dist/nginx')).mtimeMs;
    expect(shop).toContain(from);
    write(cwd, { 'openapi.yaml': shop.replace(from, to) });
    const { code: exit, stdout, stderr } = await build();
    expect(exit).toBe(code === 'SRC003' ? 3 : 1);
    expect(stderr).toContain(code);
    expect(stderr).toMatch(/\n {2}at openapi\.yaml:\d+:\d+\n/);
    expect(stdout).toBe('');
    expect(contents(at('dist'))).toEqual(before);
    expect(statSync(at('dist/nginx')).mtimeMs).toBe(changed);
  });
});
