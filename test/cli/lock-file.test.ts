import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pinnedKeySets, printLock, readLock } from '../../src/commands/resolve/lock-file.ts';
import { loadDocuments } from '../../src/source/index.ts';
import { gwc, workFolder, write } from './program.ts';

const document = `openapi: 3.0.3
info: {title: Orders, version: 1.0.0}
servers: [{url: 'https://api.example.com/v1'}]
security: [{user: []}]
x-gateway:
  backends: {orders: {url: 'http://orders.internal:8080'}}
  authenticators: {user: {issuer: 'https://id.example.com/', audiences: [orders]}}
  defaults: {backend: orders}
paths:
  /orders:
    get: {operationId: listOrders, responses: {'200': {description: ok}}}
components:
  securitySchemes:
    user: {type: http, scheme: bearer}
`;

function read(
  text: string,
): ReturnType<typeof readLock> & { readonly line: (index: number) => number | undefined } {
  const folder = write(workFolder(), { 'openapi.yaml': document, 'gwc.lock.yaml': text });
  const { documents } = loadDocuments([join(folder, 'openapi.yaml')]);
  const result = readLock(documents);
  const line = (index: number) => {
    const at = result.diagnostics[index]?.at;
    return at === undefined ? undefined : documents.locate(at)?.line;
  };
  return { ...result, line };
}

describe('the lock file', () => {
  test('is read as it was written', () => {
    const host = fc.stringMatching(/^[a-z]{1,8}\.example$/);
    const pins = fc.dictionary(
      host.map((name) => `https://${name}/`),
      host.map((name) => `https://${name}/keys?a=b`),
      { maxKeys: 4 },
    );
    fc.assert(
      fc.property(pins, (written) => {
        const { lock, diagnostics } = read(printLock(new Map(Object.entries(written))));
        expect(diagnostics).toEqual([]);
        expect(Object.fromEntries(pinnedKeySets(lock))).toEqual({ ...written });
      }),
      { numRuns: 20 },
    );
  });

  test('lists issuers in the order of their code units, whatever the order of the answers', () => {
    const pins = ['https://b.example', 'https://B.example', 'https://a.example/z', 'https://a.example'];
    const entries = pins.map((issuer) => [issuer, 'https://k.example'] as const);
    expect(printLock(new Map(entries))).toBe(printLock(new Map([...entries].reverse())));
    expect(printLock(new Map())).toMatch(/^# .*\n# .*\nversion: 1\nissuers: \{\}\n$/);
  });

  const entry = (jwks: string): string =>
    `version: 1\nissuers:\n  "https://id.example.com/":\n    jwks: ${jwks}\n`;
  test.each([
    ['a list', '- 1\n', 'it is not a mapping', 1],
    ['no version', 'issuers: {}\n', 'its "version" is not 1', 1],
    ['another version', 'version: 2\nissuers: {}\n', 'its "version" is not 1', 1],
    ['no issuers', 'version: 1\n', 'its "issuers" are no mapping', 1],
    ['an unknown field', 'version: 1\nissuers: {}\nkeys: {}\n', 'unknown field "keys"', 3],
    ['an issuer over http', 'version: 1\nissuers:\n  http://id.example.com: {}\n', 'is no https URL', 3],
    ['keys over http', entry('http://id.example.com/keys'), 'a "jwks" is no https URL', 4],
    ['keys at a metadata service', entry('https://169.254.169.254/'), 'a "jwks" is no https URL', 4],
    ['no keys', entry(''), 'a "jwks" is no https URL', 4],
    ['keys and more', `${entry('https://id.example.com/keys')}    kid: a\n`, 'unknown field "kid"', 5],
    ['no YAML', 'version: [\n', 'YAML is malformed', 2],
    ['an issuer twice', entry('https://a.example').replace(/( {2}".*\n.*\n)/, '$1$1'), 'stands twice', 5],
  ])(
    'that is not valid is an error with its line, and pins nothing wrong: %s',
    (_, text, reason, expected) => {
      const { lock, diagnostics, line } = read(text);
      expect(diagnostics[0]?.message).toContain(reason);
      expect([diagnostics[0]?.severity, line(0)]).toEqual(['error', expected]);
      expect(pinnedKeySets(lock).get('http://id.example.com')).toBeUndefined();
    },
  );

  test('that is not valid stops a build', async () => {
    const cwd = write(workFolder(), {
      'openapi.yaml': document,
      'gwc.lock.yaml': 'version: 2\nissuers: {}\n',
    });
    const { code, stderr } = await gwc(['build', 'openapi.yaml'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/LCK001[^\n]*\n {2}at gwc\.lock\.yaml:1:1/);
  });
});

describe('gwc build --check fails for a lock file', () => {
  const pinned = printLock(new Map([['https://id.example.com/', 'https://id.example.com/keys']]));
  const built = async (lock: string) => {
    const cwd = write(workFolder(), { 'openapi.yaml': document, 'gwc.lock.yaml': pinned });
    const first = await gwc(['build', 'openapi.yaml', '-t', 'nginx'], { cwd });
    expect(first.stderr).toBe('wrote dist/nginx\n');
    write(cwd, { 'gwc.lock.yaml': lock });
    return gwc(['build', 'openapi.yaml', '-t', 'nginx', '--check'], { cwd });
  };

  test('not when it is up to date', async () => {
    expect((await built(pinned)).code).toBe(0);
  });

  test('that lists an issuer which nothing trusts', async () => {
    const more = `${pinned}  "https://old.example.com":\n    jwks: "https://old.example.com/keys"\n`;
    const { code, stderr } = await built(more);
    expect(stderr).toMatch(/LCK003.*nothing trusts "https:\/\/old\.example\.com" any more/);
    expect(code).toBe(1);
  });

  test('that lacks an issuer', async () => {
    const { code, stderr } = await built('version: 1\nissuers: {}\n');
    expect(stderr).toMatch(/LCK003.*it does not have "https:\/\/id\.example\.com\/"/);
    expect(code).toBe(1);
  });
});
