import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { type BuildOptions, build } from '../../src/commands/build.ts';
import { recordedTerminal } from './in-process.ts';
import { configuration, json, startIssuer } from './issuer.ts';
import { workFolder, write } from './program.ts';

const work = workFolder();
let count = 0;

const openapi = (name: string): string => `
openapi: 3.1.0
info: { title: ${name}, version: '1' }
servers: [{ url: 'https://${name}.example.com' }]
security: [{ user: [] }]
x-gateway:
  backends: { ${name}: { url: 'http://${name}.internal' } }
  defaults: { backend: ${name} }
paths: { /items: { get: { operationId: list-${name}, responses: { '200': { description: ok } } } } }
components: { securitySchemes: { user: { type: http, scheme: bearer } } }
`;
/** The shared block of a gateway that trusts one issuer, and others in environments. */
const block = (issuer: string, environments: Readonly<Record<string, string>> = {}): string => `
authenticators: { user: { audiences: [api], issuers: [{ issuer: '${issuer}' }] } }
environments: {${Object.entries(environments)
  .map(([env, one]) => `${env}: { authenticators: { user: { issuers: [{ issuer: '${one}' }] } } }`)
  .join(', ')}}
`;
const config = `
version: 1
gateways:
  a: { documents: [api/a/openapi.yaml], gateway: { $ref: ./a.yaml } }
  b: { documents: [api/b/openapi.yaml], gateway: { $ref: ./b.yaml } }
`;
const project = (a: string, b: string): string =>
  write(join(work, `project-${count++}`), {
    'gwc.config.yaml': config,
    'a.yaml': a,
    'b.yaml': b,
    'api/a/openapi.yaml': openapi('a'),
    'api/b/openapi.yaml': openapi('b'),
  });

async function run(folder: string, more: Partial<BuildOptions>): Promise<{ code: number; err: string }> {
  const { terminal, err } = recordedTerminal();
  const options: BuildOptions = {
    config: join(folder, 'gwc.config.yaml'),
    output: join(folder, 'dist'),
    format: 'pretty',
    target: 'nginx',
    allowRelaxIn: ['prod', 'dev'],
    ...more,
  };
  const code = await build([], options, terminal);
  return { code, err: err() };
}
const pinned = (folder: string): readonly string[] => {
  const text = readFileSync(join(folder, 'gwc.lock.yaml'), 'utf8');
  const { issuers } = load(text, { schema: CORE_SCHEMA }) as { issuers: object };
  return Object.keys(issuers).sort();
};
const origins = (...issuers: readonly { readonly origin: string }[]): readonly string[] =>
  issuers.map(({ origin }) => origin).sort();

describe('gwc build --resolve for the gateways of a configuration', () => {
  test('pins the issuers of all of them in one file beside the configuration, each asked once', async () => {
    const [one, two] = [await startIssuer(configuration), await startIssuer(configuration)];
    const folder = project(block(one.origin, { prod: two.origin }), block(one.origin));
    const resolved = await run(folder, { resolve: true, allEnvs: true });
    expect(resolved.code, resolved.err).toBe(0);
    expect(pinned(folder)).toEqual(origins(one, two));
    const folders = ['a/prod', 'b'].map((name) => existsSync(join(folder, 'dist', name, 'nginx/nginx.conf')));
    expect(folders).toEqual([true, true]);
    expect([one.asked.length, two.asked.length]).toEqual([1, 1]);
    expect(existsSync(join(folder, 'api/a/gwc.lock.yaml'))).toBe(false);
  });

  test('keeps the pins of gateways and environments that are not chosen, and drops those that nobody uses', async () => {
    const [one, two, three, gone] = [
      await startIssuer(configuration),
      await startIssuer(configuration),
      await startIssuer(configuration),
      await startIssuer(configuration),
    ];
    const folder = project(block(gone.origin), block(two.origin, { prod: three.origin }));
    await run(folder, { resolve: true });
    await run(folder, { resolve: true, gateway: 'b', env: 'prod' });
    expect(pinned(folder)).toEqual(origins(two, three, gone));
    write(folder, { 'a.yaml': block(one.origin) });
    const chosen = await run(folder, { resolve: true, gateway: 'a' });
    expect(chosen.code, chosen.err).toBe(0);
    expect(pinned(folder)).toEqual(origins(one, two, three));
    expect(two.asked).toHaveLength(1);
    // What was written for the other gateway is still what a build would write.
    const other = await run(folder, { gateway: 'b', check: true });
    expect(other.code, other.err).toBe(0);
  });

  test('keeps every pin while another gateway has errors', async () => {
    const [one, two] = [await startIssuer(configuration), await startIssuer(configuration)];
    const folder = project(block(one.origin), block(two.origin));
    await run(folder, { resolve: true });
    write(folder, { 'api/b/openapi.yaml': openapi('b').replace('backend: b', 'backend: c') });
    const chosen = await run(folder, { resolve: true, gateway: 'a' });
    expect([chosen.code, pinned(folder)]).toEqual([0, origins(one, two)]);
    write(folder, { 'gwc.config.yaml': config.replace('api/b/', 'api/x/') });
    const missing = await run(folder, { resolve: true, gateway: 'a' });
    expect([missing.code, pinned(folder)]).toEqual([0, origins(one, two)]);
  });

  test('writes nothing, for no gateway, where one answer is bad or one document has errors', async () => {
    const [good, bad] = [await startIssuer(configuration), await startIssuer(() => json('', 500))];
    const folder = project(block(good.origin), block(bad.origin));
    const refused = await run(folder, { resolve: true });
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('LCK005')]);
    write(folder, { 'api/b/openapi.yaml': 'openapi: 3.1.0' });
    const broken = await run(folder, { resolve: true });
    expect(broken.code).toBe(1);
    expect(good.asked).toHaveLength(1);
    for (const name of ['gwc.lock.yaml', 'dist']) expect(existsSync(join(folder, name))).toBe(false);
  });

  test('--check says once what the file lacks or has too much of, and writes nothing', async () => {
    const [one, two] = [await startIssuer(configuration), await startIssuer(configuration)];
    const folder = project(block(one.origin), block(two.origin));
    await run(folder, { resolve: true });
    for (const resolve of [{}, { resolve: true }] as const) {
      const { code, err } = await run(folder, { check: true, ...resolve });
      expect([code, err]).toEqual([0, expect.not.stringContaining('LCK')]);
    }
    const text = readFileSync(join(folder, 'gwc.lock.yaml'), 'utf8');
    const more = `${text}  "https://old.example.com":\n    jwks: "https://old.example.com/keys"\n`;
    const wrong = more.replace(two.origin, 'https://new.example.com');
    write(folder, { 'gwc.lock.yaml': wrong });
    for (const resolve of [{}, { resolve: true }] as const) {
      const { code, err } = await run(folder, { check: true, ...resolve });
      expect(code).toBe(1);
      expect(err.match(/nothing trusts "https:\/\/old\.example\.com"/g)).toHaveLength(1);
      expect(err.match(/LCK003[^\n]*it does not have "http:/g)).toHaveLength(1);
    }
    expect(readFileSync(join(folder, 'gwc.lock.yaml'), 'utf8')).toBe(wrong);
  });
});
