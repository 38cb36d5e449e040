import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { Algorithm, KeySource } from '../../src/model/authentication.ts';
import type { Secret } from '../../src/model/gateway.ts';
import { at, verificationKey } from '../support/model.ts';
import { answers } from '../support/ports.ts';
import { testedNginx } from '../support/tested-nginx.ts';
import { keySet, mintHmac, signingKey } from '../support/tokens.ts';
import {
  artifactsOf,
  claimsOf,
  type GatewayOptions,
  type RunningGateway,
  startGateway,
  tokenOf,
} from './fixture.ts';

const issuer = 'https://id.test/';
const first = signingKey('RS256', 'first');
const second = signingKey('ES256', 'second');

const running: { readonly stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const secret: Secret = { name: 'keys', sources: [{ kind: 'vault', value: 'kv/keys' }], at };
const place = 'secrets/keys';

/** A gateway whose secret `keys` holds these bytes, or is not there. */
const start = async (
  keys: KeySource,
  contents: string | Uint8Array | undefined,
  options: Partial<GatewayOptions> = {},
): Promise<RunningGateway> => {
  const gateway = await startGateway({ issuers: [{ issuer, keys }], secrets: [secret], ...options });
  running.push(gateway);
  if (contents !== undefined) write(gateway, contents);
  return gateway;
};
const write = ({ folder }: RunningGateway, contents: string | Uint8Array): void => {
  writeFileSync(join(folder, place), contents);
  chmodSync(join(folder, place), 0o644);
};
const errors = ({ folder }: RunningGateway): string => readFileSync(join(folder, 'logs/error.log'), 'utf8');

describe('a shared secret (J7, J21, J27)', () => {
  const shared = { kind: 'shared', secret: 'keys' } as const;
  const long = 'Ä'.repeat(40);
  const hmac = (alg: string, key: string | Uint8Array, changes: object = {}, header: object = {}): string => {
    const bits = (['384', '512'] as const).find((one) => alg.endsWith(one)) ?? '256';
    return mintHmac(claimsOf(issuer, { ...changes }), key, { alg, typ: 'JWT', ...header }, bits);
  };
  const every: readonly Algorithm[] = ['HS256', 'HS384', 'HS512'];

  test.each(every)('verifies %s, and only with that secret', async (algorithm) => {
    const gateway = await start(shared, `${long}\n`, { algorithms: [algorithm] });
    expect((await gateway.call(hmac(algorithm, long))).status).toBe(200);
    const refused = [
      hmac(algorithm, `${long}\n`),
      hmac(algorithm, ''),
      hmac(algorithm, 'x'.repeat(80)),
      hmac(algorithm, long, { exp: 1 }),
      hmac(algorithm, long, {}, { kid: 'a' }),
      hmac(algorithm, long).replace(/.$/, (one) => (one === 'A' ? 'Q' : 'A')),
      hmac(algorithm, long).replace(/\.[^.]*$/, '.'),
      hmac(algorithm, long).slice(0, -4),
      ...every.filter((one) => one !== algorithm).map((one) => hmac(one, long)),
      hmac('none', long),
    ];
    for (const token of refused) expect([token, (await gateway.call(token)).status]).toEqual([token, 401]);
  });

  test('loses one final line feed, and no other byte', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0, 255, 13, 10, 0x80]),
      Buffer.alloc(40, 7),
      Buffer.from('\r\n'),
    ]);
    const gateway = await start(shared, Buffer.concat([bytes, Buffer.from('\n')]), { algorithms: ['HS256'] });
    expect((await gateway.call(hmac('HS256', bytes))).status).toBe(200);
  });

  test('is as long as the hash, or nobody can tell: 503', async () => {
    const gateway = await start(shared, 'x'.repeat(31), { algorithms: ['HS256', 'HS384'] });
    expect((await gateway.call(hmac('HS256', 'x'.repeat(31)))).status).toBe(503);
    expect(errors(gateway)).toContain('too short');
    write(gateway, 'x'.repeat(32));
    expect((await gateway.call(hmac('HS256', 'x'.repeat(32)))).status).toBe(200);
    expect((await gateway.call(hmac('HS384', 'x'.repeat(32)))).status).toBe(401);
    expect(errors(gateway)).not.toContain('xxxx');
  });

  test('that is missing is 503, a new one counts at once', async () => {
    const gateway = await start(shared, undefined, { algorithms: ['HS256'] });
    const answer = await gateway.call(hmac('HS256', long));
    expect([answer.status, answer.header('retry-after') !== undefined]).toEqual([503, true]);
    write(gateway, long);
    expect((await gateway.call(hmac('HS256', long, { n: 1 }))).status).toBe(200);
    write(gateway, `new ${long}`);
    expect((await gateway.call(hmac('HS256', long, { n: 2 }))).status).toBe(401);
    expect((await gateway.call(hmac('HS256', `new ${long}`))).status).toBe(200);
  });

  test('is never a public key of anybody', async () => {
    const pem = first.publicKey.export({ type: 'spki', format: 'pem' });
    const der = first.publicKey.export({ type: 'spki', format: 'der' });
    const jwk = JSON.stringify(first.publicJwk);
    const keys = { kind: 'pinned', keys: [verificationKey(first)] } as const;
    const gateway = await start(keys, undefined, { algorithms: ['RS256', 'ES256'] });
    expect((await gateway.call(tokenOf(issuer, first))).status).toBe(200);
    for (const key of [pem, String(pem).trimEnd(), `${String(pem)}\n`, der, jwk]) {
      for (const header of [{}, { kid: 'first' }])
        expect((await gateway.call(hmac('HS256', key, {}, header))).status).toBe(401);
    }
  });
});

describe('a key set in a secret', () => {
  const stored = { kind: 'stored', secret: 'keys' } as const;
  const set = (keys: readonly unknown[]): string => `${JSON.stringify({ keys })}\n`;

  test('verifies, and a new one counts at once', async () => {
    const gateway = await start(stored, JSON.stringify(keySet([first])));
    expect((await gateway.call(tokenOf(issuer, first))).status).toBe(200);
    expect((await gateway.call(tokenOf(issuer, second))).status).toBe(401);
    write(gateway, JSON.stringify(keySet([first, second])));
    expect((await gateway.call(tokenOf(issuer, second, { n: 1 }))).status).toBe(200);
    write(gateway, JSON.stringify(keySet([second])));
    expect((await gateway.call(tokenOf(issuer, first, { n: 2 }))).status).toBe(401);
  });

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['no JSON', '<html>'],
    ['without keys', set([])],
    ['of keys for other purposes', set([{ ...first.publicJwk, use: 'enc' }])],
    ['of private keys', set([first.privateKey.export({ format: 'jwk' })])],
    ['of shared secrets', set([{ kty: 'oct', k: 'AAAA', kid: 'first' }])],
  ])('that is %s is 503', async (_, contents) => {
    const gateway = await start(stored, contents);
    expect((await gateway.call(tokenOf(issuer, first))).status).toBe(503);
    expect(errors(gateway)).toContain(place);
  });
});

test('the token says whose key must have signed it', async () => {
  const other = 'https://other.test/';
  const gateway = await startGateway({
    secrets: [secret],
    issuers: [
      { issuer, keys: { kind: 'pinned', keys: [verificationKey(first)] } },
      { issuer: other, keys: { kind: 'pinned', keys: [verificationKey(second)] } },
      { issuer: 'https://down.test/', keys: { kind: 'remote', url: 'http://127.0.0.1:9/keys' } },
      { issuer: 'https://none.test/', keys: { kind: 'stored', secret: 'keys' } },
    ],
  });
  running.push(gateway);
  const cases = [
    [issuer, first, 200],
    [other, second, 200],
    [issuer, second, 401],
    [other, first, 401],
    ['https://id.test', first, 401],
    ['https://ID.test/', first, 401],
    ['https://down.test/', first, 503],
    ['https://none.test/', first, 503],
  ] as const;
  for (const [iss, key, status] of cases)
    expect([iss, (await gateway.call(tokenOf(iss, key))).status]).toEqual([iss, status]);
});

test('a decision that rests on a secret does not outlive a reload', () => {
  const guards = (keys: KeySource) =>
    artifactsOf({ issuers: [{ issuer, keys }], secrets: [secret], algorithms: ['HS256'] })
      .filter(({ path }) => path === 'conf/guards.conf')
      .map(({ contents }) => contents)
      .join('');
  expect(guards({ kind: 'shared', secret: 'keys' })).toMatch(/proxy_cache_key "[^"]*\$\{gw_instance\}/);
  expect(guards({ kind: 'stored', secret: 'keys' })).toMatch(/proxy_cache_key "[^"]*\$\{gw_instance\}/);
  expect(guards({ kind: 'remote', url: 'https://id.test/keys' })).not.toContain('{gw_instance}');
});

describe('the start script', () => {
  const fromEnvironment: Secret = { ...secret, sources: [{ kind: 'env', value: 'GATEWAY_KEYS' }] };

  test('hands secrets to the workers, and to nobody else', async () => {
    const key = 'k'.repeat(32);
    const gateway = await startGateway({
      issuers: [{ issuer, keys: { kind: 'shared', secret: 'keys' } }],
      algorithms: ['HS256'],
      secrets: [fromEnvironment],
    });
    running.push(gateway);
    const { folder } = gateway;
    const port = gateway.port;
    await gateway.nginx.stop();
    const programs = join(folder, 'programs');
    mkdirSync(programs);
    const binary = execFileSync('sh', ['-c', `command -v ${testedNginx.binary}`], {
      encoding: 'utf8',
    }).trim();
    symlinkSync(binary, join(programs, 'nginx'));
    const nginx = spawn('sh', [join(folder, 'start.sh'), '-g', 'daemon off;'], {
      env: { PATH: `${programs}:${process.env['PATH'] ?? ''}`, GATEWAY_KEYS: key },
      stdio: 'ignore',
    });
    const ended = once(nginx, 'exit');
    try {
      for (let tries = 0; tries < 200 && !(await answers(port)); tries += 1) await sleep(50);
      const token = mintHmac(claimsOf(issuer), key, { alg: 'HS256' });
      expect((await gateway.call(token)).status).toBe(200);
      expect(statSync(join(folder, place)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(folder, place), 'utf8')).toBe(`${key}\n`);
    } finally {
      nginx.kill('SIGTERM');
      await ended;
    }
  });

  test('is told who reads what', () => {
    const artifacts = artifactsOf({
      issuers: [{ issuer, keys: { kind: 'stored', secret: 'keys' } }],
      secrets: [fromEnvironment],
    });
    const list = artifacts.find(({ path }) => path === 'secrets.list');
    expect(list?.contents).toBe('keys GATEWAY_KEYS workers\n');
  });
});
