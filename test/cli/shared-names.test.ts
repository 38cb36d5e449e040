import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BuildOptions, build } from '../../src/commands/build.ts';
import { explain } from '../../src/commands/explain.ts';
import { keySet, signingKey } from '../support/tokens.ts';
import { recordedTerminal } from './in-process.ts';
import { workFolder, write } from './program.ts';

const work = workFolder();
let count = 0;

const openapi = (name: string, backend: string, more = ''): string => `
openapi: 3.1.0
info: { title: ${name}, version: '1' }
servers: [{ url: 'https://${name}.example.com' }]
security: []
${more}
paths: { /items: { get: { operationId: list-${name}, x-gateway: { backend: ${backend} }, responses: { '200': { description: ok } } } } }
`;
const shared = `
backends: { orders: { url: 'http://orders.internal' }, users: { url: 'http://users.internal' }, spare: { url: 'http://spare.internal' } }
secrets: { spare-key: { env: SPARE } }
defaults: { public: { reason: a test of shared blocks } }
`;
const files = {
  'gwc.config.yaml': `
gateways:
  shop: { documents: [orders.yaml], gateway: { $ref: ./gateway.yaml } }
  team: { documents: [users.yaml], gateway: { $ref: ./gateway.yaml } }
`,
  'gateway.yaml': shared,
  'orders.yaml': openapi('orders', 'orders'),
  'users.yaml': openapi('users', 'users'),
};
const project = (more: Readonly<Record<string, string>> = {}): string =>
  write(join(work, `project-${count++}`), { ...files, ...more });

async function run(folder: string, more: Partial<BuildOptions> = {}): Promise<{ code: number; err: string }> {
  const { terminal, err } = recordedTerminal();
  const config = join(folder, 'gwc.config.yaml');
  const places = { config, output: join(folder, 'dist') };
  const code = await build([], { ...places, format: 'pretty', target: 'nginx', ...more }, terminal);
  return { code, err: err() };
}
const unused = (err: string): readonly string[] =>
  [...err.matchAll(/REF002 The (.*) is declared/g)].map(([, name]) => name ?? '').sort();

describe('a block that several gateways share', () => {
  test('is warned of only for names that none of them uses, once for all gateways', async () => {
    const { code, err } = await run(project());
    expect([code, unused(err)]).toEqual([0, ['back end "spare"', 'secret "spare-key"']]);
  });

  test('is judged alike when one gateway is chosen', async () => {
    const folder = project();
    const { code, err } = await run(folder, { gateway: 'shop' });
    expect([code, unused(err)]).toEqual([0, ['back end "spare"', 'secret "spare-key"']]);
    const { terminal, err: said } = recordedTerminal();
    const options = { config: join(folder, 'gwc.config.yaml'), gateway: 'shop', format: 'pretty' } as const;
    expect(await explain(['GET', '/items'], options, terminal)).toBe(0);
    expect(unused(said())).toEqual(['back end "spare"', 'secret "spare-key"']);
  });

  test('may have names for one environment of another gateway', async () => {
    const document = openapi(
      'users',
      'users',
      'x-gateway: { environments: { prod: { operations: { list-users: { backend: spare } } } } }',
    );
    const { code, err } = await run(project({ 'users.yaml': document }), { gateway: 'shop' });
    expect([code, unused(err)]).toEqual([0, ['secret "spare-key"']]);
  });

  test('is not warned of while another gateway has errors; what belongs to one document still is', async () => {
    const own = "x-gateway: { backends: { own: { url: 'http://own.internal' } } }";
    const folder = project({
      'users.yaml': openapi('users', 'nobody'),
      'orders.yaml': openapi('orders', 'orders', own),
    });
    const { code, err } = await run(folder, { gateway: 'shop' });
    expect([code, unused(err)]).toEqual([0, ['back end "own"']]);
  });

  test('is warned of as ever when only one gateway is there', async () => {
    const config = files['gwc.config.yaml'].replace(/ {2}team.*\n/, '');
    const { err } = await run(project({ 'gwc.config.yaml': config }));
    expect(unused(err)).toEqual(['back end "spare"', 'back end "users"', 'secret "spare-key"']);
  });
});

describe('environments that are built together', () => {
  test('come out as each alone, with the key files of their own', async () => {
    const document = `
openapi: 3.1.0
info: { title: Orders, version: '1' }
servers: [{ url: 'https://orders.example.com' }]
security: [{ user: [] }]
x-gateway:
  backends: { orders: { url: 'http://orders.internal' } }
  authenticators: { user: { issuer: 'https://id.example.com/', audiences: [a], jwks: { file: dev.json } } }
  defaults: { backend: orders }
  environments:
    dev: {}
    prod: { authenticators: { user: { jwks: { file: prod.json } } } }
paths: { /items: { get: { operationId: list, responses: { '200': { description: ok } } } } }
components: { securitySchemes: { user: { type: http, scheme: bearer } } }
`;
    const folder = project({
      'openapi.yaml': document,
      'gwc.config.yaml': 'gateways: { shop: { documents: [openapi.yaml] } }',
      'dev.json': JSON.stringify(keySet([signingKey('ES256', 'dev')])),
      'prod.json': JSON.stringify(keySet([signingKey('ES256', 'prod')])),
    });
    const together = await run(folder, { allEnvs: true, allowRelaxIn: ['prod'] });
    expect(together.code, together.err).toBe(0);
    for (const [env, other] of [
      ['dev', 'prod'],
      ['prod', 'dev'],
    ] as const) {
      const { code, err } = await run(folder, { env, check: true, allowRelaxIn: ['prod'] });
      expect(code, err).toBe(0);
      const manifest = readFileSync(join(folder, 'dist', env, 'nginx/.gwc-manifest.json'), 'utf8');
      expect([manifest.includes(`${env}.json`), manifest.includes(`${other}.json`)]).toEqual([true, false]);
    }
  });
});
