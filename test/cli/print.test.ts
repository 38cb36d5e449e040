import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { gwc, shop, shopFiles, workFolder, write } from './program.ts';

const cwd = write(workFolder(), shopFiles);

const has = (shell: string): boolean => spawnSync(shell, ['-c', ':']).error === undefined;

describe('completion scripts are valid in their shells', () => {
  const check = { bash: ['-n'], zsh: ['-n'], fish: ['--no-execute'] } as const;
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    test.skipIf(!has(shell))(`${shell} (skipped where it is not installed)`, async () => {
      const { code, stdout, stderr } = await gwc(['completion', shell], { cwd });
      expect([code, stderr]).toEqual([0, '']);
      const parsed = spawnSync(shell, check[shell], { input: stdout, encoding: 'utf8' });
      expect([parsed.status, parsed.stderr]).toEqual([0, '']);
    });
  }

  test('bash offers commands and the options of a command', async () => {
    const { stdout } = await gwc(['completion', 'bash'], { cwd });
    const complete = (words: string): string => {
      const line = `COMP_WORDS=(${words}); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 )); _gwc; echo "\${COMPREPLY[@]}"`;
      return spawnSync('bash', ['-c', `${stdout}\n${line}`], { encoding: 'utf8', cwd }).stdout.trim();
    };
    expect(complete("gwc ''").split(' ')).toEqual(
      expect.arrayContaining(['build', 'explain', 'targets', 'schema', 'completion']),
    );
    expect(complete('gwc bui')).toBe('build');
    expect(complete('gwc build --ver')).toBe('--verify');
    expect(complete('gwc build open')).toBe('openapi.yaml');
  });
});

describe('schema', () => {
  const ajv = () => new Ajv2020.default({ strict: true, strictRequired: false, strictTypes: false });

  test('the root block is a JSON Schema 2020-12 that accepts the shop and refuses a misspelling', async () => {
    const { code, stdout, stderr } = await gwc(['schema'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    const schema = JSON.parse(stdout);
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    const validate = ajv().compile(schema);
    const block = (load(shop, { schema: CORE_SCHEMA }) as Record<string, Record<string, unknown>>)[
      'x-gateway'
    ];
    expect(validate(block), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...block, backend: {} })).toBe(false);
  });

  test('facets have a schema of their own', async () => {
    const { code, stdout } = await gwc(['schema', '--facets'], { cwd });
    expect(code).toBe(0);
    const validate = ajv().compile(JSON.parse(stdout));
    expect(validate({ backend: 'orders', authorize: 'owner' })).toBe(true);
    expect(validate({ backends: {} })).toBe(false);
  });
});

describe('targets', () => {
  test('one line a feature for people', async () => {
    const { code, stdout, stderr } = await gwc(['targets'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^NGINX \(-t nginx\)\n( {2}\w+ +(yes|partly|no) +\S.*\n)+AWS API Gateway \(-t aws\)\n( {2}\w+ +(yes|partly|no) +\S.*\n)+$/,
    );
    for (const feature of ['authentication', 'authorization', 'limits', 'tls'])
      expect(stdout).toContain(feature);
  });

  test('the same as JSON', async () => {
    const { stdout } = await gwc(['targets', '--format', 'json'], { cwd });
    const { format, targets } = JSON.parse(stdout);
    expect(format).toBe(1);
    expect(targets.length).toBeGreaterThan(10);
    for (const row of targets) {
      expect(Object.keys(row)).toEqual(['target', 'feature', 'support', 'note']);
      expect(['full', 'partial', 'none']).toContain(row.support);
    }
  });
});

describe('explain', () => {
  test('a request: route, guards with their places, back end', async () => {
    const { code, stdout, stderr } = await gwc(['explain', 'get', '/api/users/1/orders', 'openapi.yaml'], {
      cwd,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^GET \/api\/users\/1\/orders on http:\/\/127\.0\.0\.1:8080\n/);
    expect(stdout).toMatch(/operation +listOrders +openapi\.yaml:\d+:\d+/);
    expect(stdout).toContain('owner-or-admin');
    expect(stdout).toContain('127.0.0.1:8081');
  });

  test('a request as JSON', async () => {
    const { code, stdout } = await gwc(
      ['explain', 'GET', '/api/health', 'openapi.yaml', '--format', 'json'],
      { cwd },
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 1,
      explanation: { method: 'GET', target: '/api/health', outcome: { kind: 'served' } },
    });
  });

  test('a document with an error: the findings, and 1', async () => {
    write(cwd, { 'broken.yaml': shop.replace('authorize: owner-or-admin', 'authorize: nobody') });
    const { code, stdout, stderr } = await gwc(['explain', 'GET', '/api/health', 'broken.yaml'], { cwd });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error [A-Z]{3}\d{3} .*nobody/);
  });

  test('a document that is not there: 3', async () => {
    expect((await gwc(['explain', 'GET', '/', 'none.yaml'], { cwd })).code).toBe(3);
  });

  test('the code of a finding, in any case', async () => {
    const { code, stdout } = await gwc(['explain', 'sec001'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^SEC001 \(error\): .+\n {2}why {2}.+\n {2}fix {2}.+\n$/);
    const json = await gwc(['explain', 'SEC001', '--format', 'json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({
      format: 1,
      finding: { code: 'SEC001', severity: 'error' },
    });
  });

  test('a field, with its map names written or not', async () => {
    const { code, stdout } = await gwc(['explain', 'x-gateway.backends.orders.tls.verify'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^backends\.<name>\.tls\.verify\n/);
    const json = await gwc(['explain', 'limits.rate', '--format', 'json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({
      format: 1,
      field: { path: 'limits[].rate', required: true },
    });
  });
});

test('a reader that closes the pipe early is no error', async () => {
  const program = fileURLToPath(new URL('../../bin/gwc.js', import.meta.url));
  const child = spawn(process.execPath, [program, 'schema'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let told = '';
  child.stderr.on('data', (chunk) => {
    told += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, told]).toEqual([0, '']);
});
