import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gwc, workFolder, write } from './program.ts';

const work = workFolder();
let count = 0;
const project = (files: Readonly<Record<string, string>>): string =>
  write(join(work, `project-${count++}`), files);

const openapi = (name: string, more = ''): string => `
openapi: 3.1.0
info: { title: ${name}, version: '1' }
servers: [{ url: /${name}/v1 }]
security: []
${more}
paths:
  /items:
    x-gateway: { backend: ${name} }
    get: { operationId: list-${name}, responses: { '200': { description: ok } } }
`;
const shared = `
backends: { orders: { url: 'http://orders.internal' }, users: { url: 'http://users.internal' } }
defaults: { public: { reason: a test of configurations }, bodySize: 1kb }
environments:
  dev: { server: 'http://localhost:8080' }
  prod: { server: 'https://api.example.com' }
`;
const config = `
gateways:
  shop: { documents: ['services/*/openapi.yaml'], gateway: { $ref: ./gateway.yaml } }
`;
const files = {
  'gwc.config.yaml': config,
  'gateway.yaml': shared,
  'services/orders/openapi.yaml': openapi('orders'),
  'services/users/openapi.yaml': openapi('users'),
};
const wrote = (stderr: string): readonly string[] =>
  [...stderr.matchAll(/^wrote (.*)$/gm)].map(([, folder]) => folder ?? '');

describe('gwc.config.yaml', () => {
  test('makes one gateway of many documents, in each environment that is asked for', async () => {
    const cwd = project(files);
    const all = await gwc(['build', '-t', 'nginx', '--all-envs'], { cwd });
    expect(all.code, all.stderr).toBe(0);
    expect(wrote(all.stderr)).toEqual(['dist/dev/nginx', 'dist/prod/nginx']);
    const routes = JSON.parse(readFileSync(join(cwd, 'dist/prod/nginx/routes.json'), 'utf8'));
    expect(routes.map((one: { file: string }) => one.file)).toEqual([
      'services/orders/openapi.yaml',
      'services/users/openapi.yaml',
    ]);
    const again = await gwc(['build', '-t', 'nginx', '--env', 'dev,prod'], { cwd });
    expect(again.stderr).toBe('dist/dev/nginx is up to date\ndist/prod/nginx is up to date\n');
    expect((await gwc(['build', '-t', 'nginx', '--all-envs', '--check'], { cwd })).code).toBe(0);
    const readme = readFileSync(join(cwd, 'dist/prod/nginx/README.md'), 'utf8');
    expect(readme).toContain('# Gateway shop');
  });

  test('gives each of several gateways a folder, which one that is chosen keeps', async () => {
    const several = `${config}  team-users: { documents: [services/users/openapi.yaml], gateway: { $ref: gateway.yaml } }\n`;
    const cwd = project({ ...files, 'gwc.config.yaml': several });
    const { stderr } = await gwc(['build', '-t', 'nginx', '--env', 'dev'], { cwd });
    expect(wrote(stderr)).toEqual(['dist/shop/dev/nginx', 'dist/team-users/dev/nginx']);
    const one = await gwc(['build', '-t', 'nginx', '--env', 'prod', '--gateway', 'team-users'], { cwd });
    expect(wrote(one.stderr)).toEqual(['dist/team-users/prod/nginx']);
    const manifest = readFileSync(join(cwd, 'dist/team-users/prod/nginx/.gwc-manifest.json'), 'utf8');
    expect(manifest).toContain('"gateway.yaml"');
    expect(manifest).not.toContain('gwc.config.yaml');
    const asked = await gwc(['explain', 'GET', '/users/v1/items', '--env', 'dev'], { cwd });
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('shop, team-users') });
    const explained = await gwc(['explain', 'GET', '/users/v1/items', '--env', 'dev', '--gateway', 'shop'], {
      cwd,
    });
    expect(explained.stdout).toContain('services/users/openapi.yaml');
    expect(explained.stdout).toMatch(/at most 1024 bytes +gateway\.yaml:3/);
  });

  test('may hold the shared block itself, stand elsewhere and bring overlays for environments', async () => {
    const inline = `gateways:\n  shop:\n    documents: [../services/**/openapi.yaml]\n    gateway:\n${shared.replaceAll(/^(?=.)/gm, '      ')}    overlays: [all.yaml]\n    environments: { prod: { overlays: [prod.yaml] } }\n`;
    const overlay = (title: string): string =>
      `overlay: 1.0.0\ninfo: { title: o, version: '1' }\nactions: [{ target: $.info, update: { title: ${title} } }]\n`;
    const cwd = project({
      ...files,
      '.git/HEAD': '',
      'deploy/gateways.yaml': inline,
      'deploy/all.yaml': overlay('everywhere'),
      'deploy/prod.yaml': overlay('in production'),
    });
    const { code, stderr } = await gwc(
      ['build', '-t', 'nginx', '--config', 'deploy/gateways.yaml', '--all-envs'],
      { cwd },
    );
    expect(code, stderr).toBe(0);
    expect(readFileSync(join(cwd, 'dist/dev/nginx/README.md'), 'utf8')).toContain('everywhere 1');
    expect(readFileSync(join(cwd, 'dist/prod/nginx/README.md'), 'utf8')).toContain('in production 1');
  });

  test('lets no overlay of an environment open what the base guards', async () => {
    const guarded = `
openapi: 3.1.0
info: { title: shop, version: '1' }
servers: [{ url: 'https://api.example.com' }]
security: [{ key: [] }]
x-gateway:
  backends: { main: { url: 'https://shop.internal' } }
  defaults: { backend: main }
  authenticators: { key: { keys: consumers } }
  consumers: { alice: { keys: [{ sha256: ${'a'.repeat(64)} }] } }
  tls: { termination: upstream }
  edge: { trustedProxies: [10.0.0.0/8] }
  environments: { prod: { name: shop-prod }, dev: { name: shop-dev } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
paths:
  /items:
    get: { operationId: list, security: [{ key: [] }], responses: { '200': { description: ok } } }
`;
    const overlay = `
overlay: 1.0.0
info: { title: o, version: '1' }
actions:
  - { target: "$.paths['/items'].get.security", remove: true }
  - { target: "$.paths['/items'].get", update: { security: [] } }
`;
    const environments = 'environments: { prod: { overlays: [opening.yaml] } }';
    const cwd = project({
      'gwc.config.yaml': `gateways: { shop: { documents: [shop.yaml], ${environments} } }`,
      'shop.yaml': guarded,
      'opening.yaml': overlay,
    });
    const closed = await gwc(['build', '-t', 'nginx', '--all-envs'], { cwd });
    expect(closed.code, closed.stderr).toBe(1);
    expect(wrote(closed.stderr)).toEqual(['dist/dev/nginx']);
    expect(closed.stderr).toMatch(/ENV002[^\n]*"prod" weakens security of GET "\/items"/);
    expect(closed.stderr).toMatch(/opening\.yaml:6:[\s\S]*shop\.yaml:17:/);
    const asked = await gwc(['explain', 'GET', '/items', '--env', 'prod'], { cwd });
    expect(asked.stderr).toContain('ENV002');
    const allowed = await gwc(['build', '-t', 'nginx', '--env', 'prod', '--allow-relax-in', 'prod'], { cwd });
    expect(allowed.code, allowed.stderr).toBe(0);
    expect(wrote(allowed.stderr)).toEqual(['dist/prod/nginx']);
    const everywhere = await gwc(['build', '-t', 'nginx', '--env', 'dev', '--overlay', 'opening.yaml'], {
      cwd,
    });
    expect(everywhere.code, everywhere.stderr).toBe(0);
  });

  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    [
      'a misspelt field',
      { 'gwc.config.yaml': 'gateways: { a: { documnets: [x.yaml] } }' },
      /XGW001[\s\S]*Did you mean "documents"\?/,
    ],
    ['no gateways', { 'gwc.config.yaml': 'version: 1' }, /CFG001[\s\S]*gwc\.config\.yaml:1:1/],
    ['no documents', { 'gwc.config.yaml': 'gateways: { a: {} }' }, /XGW006/],
    [
      'a pattern without a match',
      { 'gwc.config.yaml': "gateways: { a: { documents: ['*/api.yml'] } }" },
      /CFG002 "\*\/api\.yml" matches no file\.[\s\S]*gwc\.config\.yaml:1:30/,
    ],
    [
      'a document outside',
      { 'gwc.config.yaml': 'gateways: { a: { documents: [../outside.yaml] } }' },
      /CFG003/,
    ],
    ['an absolute path', { 'gwc.config.yaml': 'gateways: { a: { documents: [/etc/passwd] } }' }, /XGW004/],
    [
      'dots between',
      { 'gwc.config.yaml': 'gateways: { a: { documents: [services/../../x.yaml] } }' },
      /XGW004/,
    ],
    [
      'a shared block that is not there',
      { 'gwc.config.yaml': config.replace('gateway.yaml', 'gatway.yaml') },
      /gatway\.yaml/,
    ],
    [
      'overlays for an unknown environment',
      { 'gwc.config.yaml': config.replace(/ }\n$/, ', environments: { prd: { overlays: [] } } }\n') },
      /CFG006[\s\S]*Did you mean "prod"\?/,
    ],
    [
      'a contradiction between document and shared block',
      {
        'services/users/openapi.yaml': openapi(
          'users',
          "x-gateway: { backends: { orders: { url: 'http://other.internal' } } }",
        ),
      },
      /MRG001[\s\S]*services\/users\/openapi\.yaml[\s\S]*gateway\.yaml/,
    ],
  ])('refuses %s and says where', async (_, changes, message) => {
    write(work, { 'outside.yaml': openapi('orders') });
    const cwd = project({ ...files, ...changes });
    const { code, stderr } = await gwc(['build', '-t', 'nginx', '--env', 'dev'], { cwd });
    expect([1, 2], stderr).toContain(code);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/\S+\.yaml:\d+:\d+/);
    expect(existsSync(join(cwd, 'dist'))).toBe(false);
  });

  test('follows no link out of its root folder', async () => {
    const cwd = project({
      ...files,
      'gwc.config.yaml': 'gateways: { a: { documents: [link/openapi.yaml] } }',
    });
    const outside = write(join(work, 'elsewhere'), { 'openapi.yaml': openapi('orders') });
    symlinkSync(outside, join(cwd, 'link'));
    expect((await gwc(['build', '-t', 'nginx'], { cwd })).stderr).toContain('CFG003');
  });

  test('ends with 3 when it cannot be read', async () => {
    expect(
      (await gwc(['build', '-t', 'nginx', '--config', 'none.yaml'], { cwd: project({ 'a.txt': '' }) })).code,
    ).toBe(3);
    expect((await gwc(['build', '-t', 'nginx'], { cwd: project({ 'gwc.config.yaml': 'a: [' }) })).code).toBe(
      3,
    );
  });

  test('has a published schema', async () => {
    const { stdout } = await gwc(['schema', '--config'], { cwd: work });
    expect(JSON.parse(stdout)).toMatchObject({ $id: 'gwc-config', properties: { gateways: {} } });
  });
});
