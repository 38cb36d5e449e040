import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { loadGateway } from '../../src/commands/load.ts';
import { createAuthority, issueCertificate } from '../support/certificates.ts';
import { configuration, json, startIssuer } from './issuer.ts';
import { gwc, workFolder, write } from './program.ts';
import { resolveDocument } from './resolving.ts';

const limits = { timeout: 1_000, bytes: 4_096 };
const options = { format: 'pretty' } as const;

/** A document that trusts some issuers. */
function trusting(issuers: readonly string[], environments: Readonly<Record<string, string>> = {}): string {
  const patches = Object.entries(environments).map(
    ([name, issuer]) => `    ${name}: {authenticators: {user: {issuers: [{issuer: '${issuer}'}]}}}\n`,
  );
  return `openapi: 3.0.3
info: {title: Orders, version: 1.0.0}
servers: [{url: 'https://api.example.com/v1'}]
security: [{user: []}]
x-gateway:
  backends: {orders: {url: 'http://orders.internal:8080'}}
  authenticators:
    user:
      audiences: [orders]
      issuers:
${issuers.map((issuer) => `        - issuer: '${issuer}'\n`).join('')}
  defaults: {backend: orders}
${patches.length === 0 ? '' : `  environments:\n${patches.join('')}`}
paths:
  /orders:
    get: {operationId: listOrders, responses: {'200': {description: ok}}}
components:
  securitySchemes:
    user: {type: http, scheme: bearer}
`;
}

const project = (text: string, files: Readonly<Record<string, string>> = {}): string =>
  write(workFolder(), { 'openapi.yaml': text, ...files });
const lockOf = (folder: string): string | undefined => {
  const file = join(folder, 'gwc.lock.yaml');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};
const resolve = (folder: string, more: object = {}) =>
  resolveDocument(join(folder, 'openapi.yaml'), { ...options, ...more }, limits);
type Result = Awaited<ReturnType<typeof resolve>>;
const codes = ({ diagnostics }: Result) =>
  diagnostics.map(({ code }) => code).filter((code) => code.startsWith('LCK'));
const messages = ({ diagnostics }: Result) => diagnostics.map(({ message }) => message).join('\n');
const sources = ({ gateway }: Result) =>
  gateway?.authenticators.flatMap((one) =>
    one.kind === 'jwt' ? one.issuers.value.map(({ keys }) => keys.value) : [],
  );

describe('gwc build --resolve', () => {
  test('pins where the keys of an issuer are, and a later build asks nobody', async () => {
    const issuer = await startIssuer(configuration);
    const folder = project(trusting([issuer.origin]));
    const resolved = await resolve(folder);
    const keys = [{ kind: 'remote', url: `${issuer.origin}/keys` }];
    expect([codes(resolved), sources(resolved)]).toEqual([[], keys]);
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration']);
    expect(load(lockOf(folder) ?? '', { schema: CORE_SCHEMA })).toEqual({
      version: 1,
      issuers: { [issuer.origin]: { jwks: `${issuer.origin}/keys` } },
    });
    const later = await loadGateway([join(folder, 'openapi.yaml')], options);
    expect(sources(later)).toEqual(keys);
    expect(later.documents.files.map(({ file }) => file)).toContain(join(folder, 'gwc.lock.yaml'));
    expect(issuer.asked).toHaveLength(1);
  });

  test('writes the same lock file for the same answers, and leaves it alone then', async () => {
    const [one, two] = [await startIssuer(configuration), await startIssuer(configuration)];
    const folder = project(trusting([one.origin, two.origin]));
    await resolve(folder);
    const first = lockOf(folder);
    const { ino } = statSync(join(folder, 'gwc.lock.yaml'));
    write(folder, { 'openapi.yaml': trusting([two.origin, one.origin]) });
    await resolve(folder);
    expect(lockOf(folder)).toBe(first);
    expect(statSync(join(folder, 'gwc.lock.yaml')).ino).toBe(ino);
  });

  test('drops issuers that nothing trusts any more, and keeps those of other environments', async () => {
    const [one, two, gone] = [
      await startIssuer(configuration),
      await startIssuer(configuration),
      await startIssuer(configuration),
    ];
    const folder = project(trusting([gone.origin, one.origin], { prod: two.origin }));
    await resolve(folder);
    expect(codes(await resolve(folder, { env: 'prod', allowRelaxIn: ['prod'] }))).toEqual([]);
    write(folder, { 'openapi.yaml': trusting([one.origin], { prod: two.origin }) });
    await resolve(folder);
    const locked = load(lockOf(folder) ?? '', { schema: CORE_SCHEMA }) as { issuers: object };
    expect(Object.keys(locked.issuers).sort()).toEqual([one.origin, two.origin].sort());
    expect(two.asked).toHaveLength(1);
  });

  test('warns of an answer that changed, with the old one and the new one', async () => {
    let place = '/old';
    const issuer = await startIssuer((origin) => json({ issuer: origin, jwks_uri: origin + place }));
    const folder = project(trusting([issuer.origin]));
    await resolve(folder);
    place = '/new';
    const changed = await resolve(folder);
    expect(codes(changed)).toEqual(['LCK002']);
    expect(messages(changed)).toContain(
      `has its keys at "${issuer.origin}/new", and the lock file says "${issuer.origin}/old"`,
    );
    expect(sources(changed)).toEqual([{ kind: 'remote', url: `${issuer.origin}/new` }]);
    expect(codes(await resolve(folder))).toEqual([]);
  });

  test('takes the issuer of an openIdConnect scheme with or without a last slash, as the answer has it', async () => {
    const issuer = await startIssuer((origin) => json({ issuer: `${origin}/`, jwks_uri: `${origin}/keys` }));
    const url = `${issuer.origin}/.well-known/openid-configuration`;
    const text = trusting([issuer.origin])
      .replace(/ {6}issuers:\n.*\n/, '')
      .replace('{type: http, scheme: bearer}', `{type: openIdConnect, openIdConnectUrl: '${url}'}`);
    const resolved = await resolve(project(text));
    expect([codes(resolved), sources(resolved)]).toEqual([
      [],
      [{ kind: 'remote', url: `${issuer.origin}/keys` }],
    ]);
  });

  test('asks nobody while the document has errors', async () => {
    const issuer = await startIssuer(configuration);
    const folder = project(trusting([issuer.origin]).replace('backend: orders', 'backend: other'));
    expect((await resolve(folder)).gateway).toBeUndefined();
    expect([issuer.asked, lockOf(folder)]).toEqual([[], undefined]);
  });
});

describe('an answer that cannot be trusted is an error, and the lock file stays', () => {
  const big = ' '.repeat(5_000);
  const cases: readonly (readonly [string, (origin: string) => ReturnType<typeof json>, string])[] = [
    ['another issuer', (o) => json({ issuer: `${o}/`, jwks_uri: `${o}/keys` }), 'its "issuer" is'],
    ['no issuer', (o) => json({ jwks_uri: `${o}/keys` }), 'it has no "issuer"'],
    ['an issuer that is no text', (o) => json({ issuer: [o], jwks_uri: `${o}/keys` }), 'it has no "issuer"'],
    ['no keys', (o) => json({ issuer: o }), 'it has no "jwks_uri"'],
    [
      'keys over http',
      (o) => json({ issuer: o, jwks_uri: 'http://keys.example.com/' }),
      'which is no https URL',
    ],
    [
      'keys at a metadata service',
      (o) => json({ issuer: o, jwks_uri: 'https://169.254.169.254/' }),
      'no https URL',
    ],
    ['keys in a file', (o) => json({ issuer: o, jwks_uri: 'file:///etc/passwd' }), 'no https URL'],
    ['text', () => json('hello'), 'no JSON object'],
    ['a list', () => json([]), 'no JSON object'],
    [
      'a name twice',
      (o) => json(`{"issuer":"${o}","issuer":"${o}","jwks_uri":"${o}/keys"}`),
      'no JSON object',
    ],
    ['another status', (o) => json({ issuer: o, jwks_uri: `${o}/keys` }, 404), 'the status is 404'],
    ['too much', (o) => json({ issuer: o, jwks_uri: `${o}/keys`, big }), 'longer than 4096 bytes'],
    ['a redirect to itself', (o) => json('', 302, { location: `${o}/again` }), 'redirects more than 3 times'],
    [
      'a redirect to another scheme',
      () => json('', 302, { location: 'https://id.example.com/' }),
      'another scheme',
    ],
    ['a redirect off loopback', () => json('', 302, { location: 'http://id.example.com/' }), 'is not https'],
    ['a redirect to a file', () => json('', 302, { location: 'file:///etc/passwd' }), 'another scheme'],
    [
      'a redirect to a metadata service',
      () => json('', 302, { location: 'http://169.254.169.254/' }),
      'metadata',
    ],
    ['silence', () => () => undefined, 'no answer within 1 s'],
    ['a body that never ends', () => (_, response) => void response.write('{'), 'no answer within 1 s'],
    ['a broken connection', () => (request) => void request.socket.destroy(), 'the connection breaks'],
  ];
  test.each(cases)('%s', async (_, answer, reason) => {
    const issuer = await startIssuer(answer);
    const folder = project(trusting([issuer.origin]));
    const resolved = await resolve(folder);
    expect(messages(resolved)).toContain(reason);
    expect([resolved.gateway, lockOf(folder)]).toEqual([undefined, undefined]);
    const [found] = resolved.diagnostics.filter(({ code }) => /^LCK00[56]$/.test(code));
    expect(found?.at).toMatchObject({ pointer: '/x-gateway/authenticators/user/issuers/0/issuer' });
  });

  test('one bad answer among good ones pins none of them', async () => {
    const [good, bad] = [await startIssuer(configuration), await startIssuer(() => json('', 500))];
    const folder = project(trusting([good.origin, bad.origin]));
    expect(codes(await resolve(folder))).toEqual(['LCK005']);
    expect(lockOf(folder)).toBeUndefined();
  });
});

describe('TLS of an issuer is verified', () => {
  const authority = createAuthority();

  test('a certificate of an unknown authority is refused; NODE_EXTRA_CA_CERTS makes it known', async () => {
    const issuer = await startIssuer(configuration, issueCertificate(authority, { names: ['IP:127.0.0.1'] }));
    const cwd = project(trusting([issuer.origin]), { 'ca.pem': authority.cert });
    const args = ['build', 'openapi.yaml', '--resolve', '-t', 'nginx'];
    const refused = await gwc(args, { cwd });
    expect(refused.stderr).toContain('its certificate is from no known authority');
    expect([refused.code, lockOf(cwd)]).toEqual([1, undefined]);
    await gwc(args, { cwd, environment: { NODE_EXTRA_CA_CERTS: join(cwd, 'ca.pem') } });
    expect(lockOf(cwd)).toContain(`jwks: "${issuer.origin}/keys"`);
  });

  test('a certificate for another host is refused', async () => {
    const issuer = await startIssuer(
      configuration,
      issueCertificate(authority, { names: ['DNS:other.test'] }),
    );
    const cwd = project(trusting([issuer.origin]), { 'ca.pem': authority.cert });
    const environment = { NODE_EXTRA_CA_CERTS: join(cwd, 'ca.pem') };
    const { stderr } = await gwc(['build', 'openapi.yaml', '--resolve'], { cwd, environment });
    expect(stderr).toContain('its certificate is for another host');
    expect(lockOf(cwd)).toBeUndefined();
  });
});
