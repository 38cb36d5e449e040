import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KeySource } from '../../src/model/authentication.ts';
import { type Backend, type BackendAnswer, startBackend } from '../support/backend.ts';
import { createAuthority, issueCertificate } from '../support/certificates.ts';
import { authenticator, gateway, operation, required, route, site, sourced } from '../support/model.ts';
import { keySet, mint, type SigningKey, signingKey } from '../support/tokens.ts';
import { goodClaims } from '../verifier/fixture.ts';
import { outcomeOf } from './outcome.ts';
import { restEvent } from './rest-event.ts';
import { startAuthorizer } from './running-authorizer.ts';

const issuer = 'https://id.test/';
const first = signingKey('ES256', 'first');
const second = signingKey('ES256', 'second');
const stranger = signingKey('ES256', 'stranger');
const hour = 3600;

let now = 0;
let provider: Backend;
beforeEach(async () => {
  now = 1_800_000_000;
  provider = await startBackend();
  publish(first);
});
afterEach(async () => provider.stop());

function publish(...keys: readonly SigningKey[]): void {
  provider.answerWith(() => ({ status: 200, body: JSON.stringify(keySet(keys)) }));
}

/** A new process of the function; what it answers to a token, and how often it has asked the issuer. */
function start(source?: KeySource, iss = issuer) {
  const keys = source ?? { kind: 'remote', url: `http://127.0.0.1:${provider.port}/keys?tenant=a` };
  const user = authenticator('user', {
    issuers: sourced([{ issuer: sourced(iss), audiences: sourced(['api']), keys: sourced(keys) }]),
  });
  const guarded = operation('GET', { authentication: sourced(required('user')) });
  const { handler } = startAuthorizer(
    gateway({ authenticators: [user], sites: [site([route('/guarded', [guarded])])] }),
    { now: () => now * 1000 },
  );
  return async (key: SigningKey, claims: object = {}, header: object = {}): Promise<string> => {
    const token = mint(goodClaims(now, { iss, ...claims }), { key, header: { ...header } });
    const event = restEvent({ resourcePath: '/guarded', headers: [`Authorization: Bearer ${token}`] });
    return (await outcomeOf(handler, event)).kind;
  };
}

const targets = (): readonly string[] => provider.requests.map(({ target }) => target);

describe('keys of an issuer are fetched when a token needs them (J23)', () => {
  test('once for many callers at a time, and again when they are ten minutes old', async () => {
    const call = start();
    const kinds = await Promise.all(Array.from({ length: 40 }, () => call(first)));
    expect(new Set(kinds)).toEqual(new Set(['allow']));
    expect(targets()).toEqual(['/keys?tenant=a']);
    now += 599;
    expect(await call(first)).toBe('allow');
    expect(targets().length).toBe(1);
    now += 2;
    expect(await call(first)).toBe('allow');
    expect(targets().length).toBe(2);
  });

  test('nobody asks for a token that cannot hold', async () => {
    const call = start();
    expect(await call(first, { iss: 'https://other.test/' })).toBe('unauthorized');
    expect(await call(first, { exp: 1 })).toBe('unauthorized');
    expect(await call(first, { aud: 'other' })).toBe('unauthorized');
    expect(await call(first, {}, { alg: 'none' })).toBe('unauthorized');
    expect(await call(first, {}, { alg: 'HS256' })).toBe('unauthorized');
    expect(targets()).toEqual([]);
  });

  test('a new key works with its first token, the old one until it is removed', async () => {
    const call = start();
    expect(await call(first)).toBe('allow');
    publish(first, second);
    now += 30;
    expect(await call(second)).toBe('allow');
    expect(await call(first)).toBe('allow');
    publish(second);
    now += 601;
    expect(await call(first)).toBe('unauthorized');
    expect(await call(second)).toBe('allow');
  });

  test('a flood of unknown keys makes the issuer be asked once in thirty seconds (J9)', async () => {
    const call = start();
    expect(await call(first)).toBe('allow');
    for (let second = 0; second < 90; second += 3) {
      now += 3;
      const kinds = await Promise.all(
        Array.from({ length: 5 }, (_, n) => call(stranger, {}, { kid: `unknown-${second}-${n}` })),
      );
      expect(new Set(kinds)).toEqual(new Set(['unauthorized']));
    }
    expect(targets().length).toBe(1 + 3);
  });

  test.each([undefined, ['first'], '', 'first '])('the kid %s is nobody', async (kid) => {
    publish(first, second);
    expect(await start()(first, {}, { kid })).toBe('unauthorized');
  });
});

const html: BackendAnswer = { status: 200, body: '<html>sign in</html>' };
const good = (more: object = {}): string => JSON.stringify({ ...keySet([first]), ...more });
const failures: readonly (readonly [string, BackendAnswer])[] = [
  ['an error', { status: 500, body: good() }],
  ['no such page', { status: 404, body: good() }],
  ['a page', html],
  ['no keys', { status: 200, body: '{"keys":[]}' }],
  ['keys twice', { status: 200, body: good().replace('{', '{"keys":[],') }],
  ['another document', { status: 200, body: '{}' }],
  ['a megabyte and more', { status: 200, body: good({ padding: 'x'.repeat(1024 * 1024) }) }],
  ['half an answer', { raw: `HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n${good()}`, close: true }],
  ['a connection that is closed', 'reset'],
];

describe('an issuer that gives no keys opens nothing, and nobody is told that a token is bad (J24)', () => {
  test.each(failures)('on a cold start: %s', async (_name, answer) => {
    provider.answerWith(() => answer);
    const call = start();
    expect(await call(first)).toBe('failure');
    publish(first);
    now += 29;
    expect(await call(first)).toBe('failure');
    now += 1;
    expect(await call(first)).toBe('allow');
  });

  test.each(failures)('keys of today stay in use for a day: %s', async (_name, answer) => {
    const call = start();
    expect(await call(first)).toBe('allow');
    provider.answerWith(() => answer);
    now += 23 * hour;
    const isKeySet = _name === 'no keys';
    expect(await call(first)).toBe(isKeySet ? 'failure' : 'allow');
    expect(await call(stranger)).toBe(isKeySet ? 'failure' : 'unauthorized');
    now += hour;
    expect(await call(first)).toBe(isKeySet ? 'failure' : 'allow');
    now += 1;
    expect(await call(first)).toBe('failure');
  });

  test('redirects are not followed', async () => {
    const other = await startBackend({ answer: () => ({ status: 200, body: good() }) });
    const to = `http://127.0.0.1:${other.port}/keys`;
    provider.answerWith(() => ({ status: 302, headers: [['Location', to]], body: good() }));
    expect(await start()(first)).toBe('failure');
    expect(other.requests).toEqual([]);
    await other.stop();
  });

  test('an answer that does not end is not waited for', { timeout: 15_000 }, async () => {
    provider.answerWith(() => 'hang');
    const started = performance.now();
    expect(await start()(first)).toBe('failure');
    expect(performance.now() - started).toBeLessThan(9000);
  });

  test('a certificate that nobody vouches for is none', async () => {
    const certificate = issueCertificate(createAuthority('Nobody'), { names: ['IP:127.0.0.1'] });
    const secure = await startBackend({ tls: certificate, answer: () => ({ status: 200, body: good() }) });
    expect(await start({ kind: 'remote', url: `https://127.0.0.1:${secure.port}/keys` })(first)).toBe(
      'failure',
    );
    expect(secure.requests).toEqual([]);
    await secure.stop();
  });
});

describe('an OpenID Provider says where its keys are (OpenID Connect Discovery 1.0)', () => {
  const origin = (): string => `http://127.0.0.1:${provider.port}`;
  const startDiscovery = (configuration: object) => {
    provider.answerWith(({ target }) => ({
      status: 200,
      body: target === '/.well-known/openid-configuration' ? JSON.stringify(configuration) : good(),
    }));
    return start({ kind: 'discovery', url: `${origin()}/.well-known/openid-configuration` }, origin());
  };

  test('with its own origin', async () => {
    expect(await startDiscovery({ issuer: origin(), jwks_uri: `${origin()}/a/keys?b=c` })(first)).toBe(
      'allow',
    );
    expect(targets()).toEqual(['/.well-known/openid-configuration', '/a/keys?b=c']);
  });

  test.each([
    ['another issuer', () => ({ issuer: 'https://other.test', jwks_uri: `${origin()}/keys` })],
    ['no issuer', () => ({ jwks_uri: `${origin()}/keys` })],
    ['another port', () => ({ issuer: origin(), jwks_uri: 'http://127.0.0.1:1/keys' })],
    ['another host', () => ({ issuer: origin(), jwks_uri: `http://localhost:${provider.port}/keys` })],
    [
      'a user in front of the host',
      () => ({ issuer: origin(), jwks_uri: `http://${'a@'}127.0.0.1:${provider.port}/keys` }),
    ],
    ['a backslash', () => ({ issuer: origin(), jwks_uri: `${origin()}\\@other.test/keys` })],
    ['a dot segment', () => ({ issuer: origin(), jwks_uri: `${origin()}/a/../keys` })],
    ['a line feed', () => ({ issuer: origin(), jwks_uri: `${origin()}/keys\n` })],
    ['no place', () => ({ issuer: origin() })],
    ['a list', () => ({ issuer: origin(), jwks_uri: [`${origin()}/keys`] })],
    ['a file', () => ({ issuer: origin(), jwks_uri: 'file:///etc/keys' })],
  ])('not with %s', async (_name, configuration) => {
    expect(await startDiscovery(configuration())(first)).toBe('failure');
    expect(targets()).toEqual(['/.well-known/openid-configuration']);
  });
});
