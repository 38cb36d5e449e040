import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Backend, type BackendAnswer, startBackend } from '../support/backend.ts';
import { type Credential, createAuthority, issueCertificate } from '../support/certificates.ts';
import { freePort } from '../support/ports.ts';
import type { RawResponse } from '../support/raw-http.ts';
import { keySet, signingKey } from '../support/tokens.ts';
import { type GatewayOptions, type RunningGateway, startGateway, tokenOf } from './fixture.ts';
import { letPass, paced } from './kept-set.ts';

const issuer = 'https://id.test/';
const key = signingKey('RS256', 'first');
const good = JSON.stringify(keySet([key]));

const running: { readonly stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});
const kept = <T extends { readonly stop: () => Promise<void> }>(one: T): T => {
  running.push(one);
  return one;
};

const start = async (url: string, options: Partial<GatewayOptions> = {}): Promise<RunningGateway> =>
  kept(await startGateway({ issuers: [{ issuer, keys: { kind: 'remote', url } }], ...options }));

const expectUnavailable = (answer: RawResponse): void => {
  expect([answer.status, answer.header('retry-after') !== undefined]).toEqual([503, true]);
  expect(answer.header('www-authenticate')).toBe(undefined);
  expect(JSON.parse(answer.text)).toMatchObject({ type: 'urn:gwc:unavailable', status: 503 });
};
const errors = (gateway: RunningGateway): string =>
  readFileSync(join(gateway.folder, 'logs/error.log'), 'utf8');

/** Everything that an issuer can answer but a key set. */
const failures: readonly (readonly [string, BackendAnswer, string])[] = [
  ['hangs', 'hang', 'the answer has the status 504'],
  ['closes the connection', 'reset', 'the answer has the status 502'],
  ['answers 500', { status: 500, body: good }, 'the answer has the status 500'],
  ['answers 404', { status: 404, body: good }, 'the answer has the status 404'],
  ['answers 206', { status: 206, body: good }, 'the answer has the status 206'],
  ['answers HTML', { status: 200, body: '<html><title>Log in</title></html>' }, 'is no JSON Web Key Set'],
  ['answers a list', { status: 200, body: '[]' }, 'is no JSON Web Key Set'],
  ['answers another object', { status: 200, body: '{"keys":{}}' }, 'is no JSON Web Key Set'],
  ['answers nothing', { status: 200, body: '' }, 'is no JSON Web Key Set'],
  ['names a member twice', { status: 200, body: good.replace('{', '{"keys":[],') }, 'is no JSON Web Key Set'],
  ['answers 1 MB', { status: 200, body: good.replace('{', `{"x":"${'x'.repeat(1_000_000)}",`) }, 'too big'],
  [
    'answers far too many keys',
    { status: 200, body: JSON.stringify({ keys: Array(101).fill({}) }) },
    'no JSON Web',
  ],
  [
    'answers a part',
    { raw: `HTTP/1.1 200 OK\r\nContent-Length: ${good.length}\r\n\r\n${good.slice(0, -9)}`, close: true },
    'is no JSON Web Key Set',
  ],
  [
    'redirects',
    { status: 302, headers: [['Location', 'http://127.0.0.1:1/keys']], body: good },
    'the answer has the status 302',
  ],
  [
    'points nginx elsewhere',
    {
      status: 204,
      headers: [
        ['X-Accel-Redirect', '/keys'],
        ['X-Accel-Expires', '9'],
      ],
    },
    'the answer has the status 204',
  ],
];

describe.each(failures)('an issuer that %s (J24)', (_, answer, reason) => {
  test('is unavailable in a cold start: 503, never 401, and asked once', async () => {
    const provider = kept(await startBackend({ answer: () => answer }));
    const gateway = await start(`http://127.0.0.1:${provider.port}/keys`);
    for (const n of [1, 2]) expectUnavailable(await gateway.call(tokenOf(issuer, key, { n })));
    expect((await gateway.call(tokenOf(issuer, key, { exp: 1 }))).status).toBe(401);
    if (answer !== 'hang') expect(errors(gateway)).toContain(reason);
    expect(provider.requests.length).toBe(1);
    expect(gateway.backend.requests).toEqual([]);
  });

  test('is not missed while its keys are kept', async () => {
    const provider = kept(await startBackend({ answer: () => ({ status: 200, body: good }) }));
    const gateway = await start(`http://127.0.0.1:${provider.port}/keys`, { alter: paced({}) });
    expect((await gateway.call(tokenOf(issuer, key))).status).toBe(200);
    provider.answerWith(() => answer);
    letPass(gateway.folder, 3600);
    for (const n of [1, 2, 3]) expect((await gateway.call(tokenOf(issuer, key, { n }))).status).toBe(200);
    expect(provider.requests.length).toBe(2);
  });
});

describe('keys are kept', () => {
  const withKeys = async (options: Partial<GatewayOptions> = {}) => {
    const provider = await startBackend({ answer: () => ({ status: 200, body: good }) });
    const gateway = await start(`http://127.0.0.1:${provider.port}/keys`, { alter: paced({}), ...options });
    expect((await gateway.call(tokenOf(issuer, key))).status).toBe(200);
    await provider.stop();
    return gateway;
  };

  test('for 24 hours while the issuer is down, and not longer', async () => {
    const gateway = await withKeys();
    letPass(gateway.folder, 86_300);
    expect((await gateway.call(tokenOf(issuer, key, { n: 1 }))).status).toBe(200);
    letPass(gateway.folder, 200);
    expectUnavailable(await gateway.call(tokenOf(issuer, key, { n: 2 })));
    expect((await gateway.call(tokenOf(issuer, key))).status).toBe(200);
  });

  test('over a restart', async () => {
    const gateway = await withKeys();
    await gateway.restart();
    expect((await gateway.call(tokenOf(issuer, key, { n: 1 }))).status).toBe(200);
  });

  test('and work again as soon as the issuer does', async () => {
    const port = await freePort();
    const gateway = await start(`http://127.0.0.1:${port}/keys`, { alter: paced({ retrySeconds: 0 }) });
    expectUnavailable(await gateway.call(tokenOf(issuer, key)));
    letPass(gateway.folder, 40);
    kept(await startBackend({ port, answer: () => ({ status: 200, body: good }) }));
    expect((await gateway.call(tokenOf(issuer, key, { n: 1 }))).status).toBe(200);
  });

  test('a set without a usable key is a set: what it no longer has does not count', async () => {
    const provider = kept(await startBackend({ answer: () => ({ status: 200, body: good }) }));
    const gateway = await start(`http://127.0.0.1:${provider.port}/keys`, { alter: paced({}) });
    expect((await gateway.call(tokenOf(issuer, key))).status).toBe(200);
    provider.answerWith(() => ({ status: 200, body: '{"keys":[]}' }));
    letPass(gateway.folder, 601);
    expectUnavailable(await gateway.call(tokenOf(issuer, key, { n: 1 })));
  });

  test('a missing or broken data file is 503', async () => {
    const gateway = await withKeys();
    const [file = ''] = gateway.artifacts.filter((path) => path.startsWith('data/key-sets/'));
    writeFileSync(join(gateway.folder, file), '{');
    expectUnavailable(await gateway.call(tokenOf(issuer, key, { n: 1 })));
    rmSync(join(gateway.folder, file));
    expectUnavailable(await gateway.call(tokenOf(issuer, key, { n: 2 })));
  });
});

describe('the issuer is who its certificate says', () => {
  let authority: Credential;
  let stranger: Credential;
  beforeAll(() => {
    authority = createAuthority();
    stranger = createAuthority('Stranger');
  });
  const over = async (tls: Credential, authorities: string): Promise<[RunningGateway, Backend]> => {
    const provider = kept(await startBackend({ tls, answer: () => ({ status: 200, body: good }) }));
    return [await start(`https://localhost:${provider.port}/keys`, { authorities }), provider];
  };

  test('its own name, by a known authority', async () => {
    const [gateway, provider] = await over(
      issueCertificate(authority, { names: ['DNS:localhost'] }),
      authority.cert,
    );
    expect((await gateway.call(tokenOf(issuer, key))).status).toBe(200);
    expect(provider.requests.map(({ serverName }) => serverName)).toEqual(['localhost']);
    expect(provider.requests[0]?.values('host')).toEqual([`localhost:${provider.port}`]);
  });

  test.each([
    ['another name', () => issueCertificate(authority, { names: ['DNS:other.test'] }), 'does not match'],
    ['an unknown authority', () => issueCertificate(stranger, { names: ['DNS:localhost'] }), 'verify error'],
    [
      'a certificate that has ended',
      () => issueCertificate(authority, { names: ['DNS:localhost'], days: -1 }),
      'expired',
    ],
    ['a certificate of its own', () => stranger, 'verify error'],
  ])('%s is nobody: 503, and nothing is asked', async (_, certificate, reason) => {
    const [gateway, provider] = await over(certificate(), authority.cert);
    expectUnavailable(await gateway.call(tokenOf(issuer, key)));
    expect(provider.requests).toEqual([]);
    expect(errors(gateway)).toContain(reason);
  });
});
