import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { buildVerifierData } from '../../src/targets/nginx/verifier/build-verifier-data.ts';
import type { Guard, VerifierData } from '../../src/targets/nginx/verifier/guard.ts';
import { exchange, requestBytes } from '../support/raw-http.ts';
import type { Engine } from './engine/engine.ts';
import { type NginxEngine, nginxEngine } from './engine/nginx-engine.ts';
import { loadGateway, nodeEngine } from './engine/node-engine.ts';
import { keys, operations, sessionToken, shop, userToken } from './fixture.ts';

const data = buildVerifierData(shop);
const guardOf = (operation: { readonly id: string }): Guard => {
  const guard = data.guardOf(operation);
  if (guard === undefined) throw new Error('the operation is public');
  return guard;
};
const plain = guardOf(operations.plain);
const now = (): number => Math.floor(Date.now() / 1000);
const good = { authorization: `Bearer ${userToken(now())}` };

const running: Engine[] = [];
afterEach(async () => {
  for (const engine of running.splice(0)) await engine.stop();
});
const started = async <T extends Engine>(engine: Promise<T>): Promise<T> => {
  const found = await engine;
  running.push(found);
  return found;
};
const inNginx = (of: VerifierData = data): Promise<NginxEngine> => started(nginxEngine(of));

/** The same data with one file changed or, where `change` gives nothing, left out. */
const changed = (pattern: RegExp, change: (text: string) => string | undefined): VerifierData => ({
  guardOf: data.guardOf,
  services: data.services,
  artifacts: data.artifacts.flatMap(({ path, contents }) => {
    if (!pattern.test(path)) return [{ path, contents }];
    const text = change(contents);
    return text === undefined ? [] : [{ path, contents: text }];
  }),
});
const userFile = /authenticators\/user\.json$/;
const plainFile = new RegExp(`${plain.id}\\.json$`);

describe('whatever goes wrong is 500, never a pass (R7)', () => {
  const edited =
    (change: (value: Record<string, unknown>) => void) =>
    (text: string): string => {
      const value = JSON.parse(text) as Record<string, unknown>;
      change(value);
      return JSON.stringify(value);
    };
  test.each([
    ['no guard file', plainFile, () => undefined],
    ['an empty guard file', plainFile, () => ''],
    ['a guard that is no object', plainFile, () => 'null'],
    ['a guard cut off', plainFile, (text: string) => text.slice(0, 100)],
    ['a guard without members', plainFile, () => '{}'],
    ['a guard of an unknown authenticator', plainFile, (text: string) => text.replace('"user"', '"nobody"')],
    [
      'an unknown policy step',
      plainFile,
      edited((guard) => Object.assign(guard, { policies: [[{ kind: 'maybe' }]] })),
    ],
    ['a policy without a value', plainFile, edited((guard) => Object.assign(guard, { policies: [[]] }))],
    [
      'a policy that takes too much',
      plainFile,
      edited((guard) => Object.assign(guard, { policies: [[{ kind: 'not' }]] })),
    ],
    ['no authenticator file', userFile, () => undefined],
    ['an authenticator without members', userFile, () => '{}'],
    ['a key that is none', userFile, (text: string) => text.replaceAll(/"spki": "[^"]*"/g, '"spki": "AAAA"')],
    ['an algorithm that the engine lacks', userFile, (text: string) => text.replaceAll('P-256', 'P-999')],
  ] as const)('%s', async (_, pattern, change) => {
    const broken = changed(pattern, change);
    for (const engine of [await started(nodeEngine(broken)), await inNginx(broken)]) {
      const { status, headers } = await engine.ask(plain, good);
      expect({ engine: engine.name, status, headers }).toEqual({
        engine: engine.name,
        status: 500,
        headers: {},
      });
    }
  });

  test.each([
    '/',
    '/guards',
    `/${plain.id}0`,
    `/${plain.id}%0a`,
    `/${plain.id}/`,
    `/../guards/${plain.id}`,
    `/${plain.id.toUpperCase()}`,
    '/%00',
  ])('the path %s names no guard', async (path) => {
    const engine = await inNginx();
    const response = await exchange(
      { port: engine.port },
      requestBytes(`GET ${path} HTTP/1.1`, [
        ['Host', 'v'],
        ['Gwc-Input-0', good.authorization],
      ]),
    );
    expect([400, 500]).toContain(response.status);
    expect(response.header('gwc-reason')).toBe(undefined);
  });

  test('nothing of a token is in the error log', async () => {
    const engine = await inNginx(changed(userFile, () => undefined));
    await engine.ask(plain, good);
    await expect.poll(() => engine.errors(), { timeout: 8000 }).toContain('the verifier failed');
    for (const part of good.authorization.split(/[ .]/)) {
      if (part.length > 10) expect(engine.errors()).not.toContain(part);
    }
  });
});

describe('the verifier in nginx', () => {
  test('reads changed data without a restart', async () => {
    const engine = await inNginx();
    expect((await engine.ask(plain, good)).status).toBe(204);
    const file = join(engine.folder, 'data', 'authenticators', 'user.json');
    const other = data.artifacts.find(({ path }) => path.endsWith('/every.json'));
    writeFileSync(file, other?.contents ?? '');
    expect((await engine.ask(plain, good)).status).toBe(401);
    rmSync(file);
    expect((await engine.ask(plain, good)).status).toBe(500);
  });

  test('many requests at once do not mix', async () => {
    const engine = await inNginx();
    const session = guardOf(operations.session);
    const sends = Array.from({ length: 300 }, async (_, index) => {
      const isUser = index % 3 !== 0;
      const key = index % 2 === 0 ? keys.rs : keys.es;
      const sub = `user-${index}`;
      const token = isUser ? `Bearer ${userToken(now(), { sub }, {}, key)}` : sessionToken(now(), { sub });
      const place = (isUser ? plain : session).inputs.findIndex(({ kind }) => kind !== 'cookie');
      const response = await exchange(
        { port: engine.port },
        requestBytes(`GET /${(isUser ? plain : session).id} HTTP/1.1`, [
          ['Host', 'v'],
          [`Gwc-Input-${place}`, token],
        ]),
      );
      return [response.status, response.header('gwc-subject')];
    });
    expect(await Promise.all(sends)).toEqual(sends.map((_, index) => [204, `user-${index}`]));
    expect(engine.errors()).toBe('');
  });

  test('encodes a request target as a component of another address (R3)', async () => {
    const { encodedTarget } = await loadGateway();
    const engine = await inNginx();
    for (const target of ['/target', "/target/a%20b?x=1&y=a/b;c='!()*~+#".replace('#', '')]) {
      const response = await exchange(
        { port: engine.port },
        requestBytes(`GET ${target} HTTP/1.1`, [['Host', 'v']]),
      );
      expect(response.text).toBe(encodeURIComponent(target));
      expect(encodedTarget({ variables: { request_uri: target } })).toBe(response.text);
    }
  });
});
