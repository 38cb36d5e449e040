import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Backend, type BackendAnswer, startBackend } from '../support/backend.ts';
import { keySet, signingKey } from '../support/tokens.ts';
import { type RunningGateway, startGateway, tokenOf } from './fixture.ts';

/* What OpenID Connect Discovery 1.0 §4 lets a provider say, and what the gateway believes. */

const key = signingKey('ES256', 'first');
const good = JSON.stringify(keySet([key]));

const running: { readonly stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const answers =
  (bodies: (target: string) => object | string | undefined) => (request: { readonly target: string }) => {
    const body = bodies(request.target);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return (body === undefined ? { status: 404 } : { status: 200, body: text }) satisfies BackendAnswer;
  };

interface Provider {
  readonly backend: Backend;
  readonly issuer: string;
  readonly gateway: RunningGateway;
  readonly call: () => Promise<number>;
}

/** A provider whose configuration is made from its issuer. */
const start = async (configuration: (issuer: string) => object | string): Promise<Provider> => {
  const backend = await startBackend();
  running.push(backend);
  const issuer = `http://127.0.0.1:${backend.port}/tenant`;
  backend.answerWith(
    answers((target) =>
      target === '/tenant/.well-known/openid-configuration'
        ? configuration(issuer)
        : target.startsWith('/keys')
          ? good
          : undefined,
    ),
  );
  const url = `${issuer}/.well-known/openid-configuration`;
  const gateway = await startGateway({ issuers: [{ issuer, keys: { kind: 'discovery', url } }] });
  running.push(gateway);
  return { backend, issuer, gateway, call: async () => (await gateway.call(tokenOf(issuer, key))).status };
};
const origin = (issuer: string): string => issuer.replace('/tenant', '');

test.each([
  ['a path', '/keys', '/keys'],
  ['a path with a query', '/keys/v2.0?p=b2c_1%20x&a=/b', '/keys/v2.0?p=b2c_1%20x&a=/b'],
  ['characters of a path', "/keys/~a.b_c-d!$&'()*+,=:@%C3%A9", "/keys/~a.b_c-d!$&'()*+,=:@%C3%A9"],
])('keys are where the configuration says: %s', async (_, path, target) => {
  const { backend, call } = await start((issuer) => ({ issuer, jwks_uri: `${origin(issuer)}${path}` }));
  expect(await call()).toBe(200);
  expect(backend.requests.map((one) => one.target)).toEqual([
    '/tenant/.well-known/openid-configuration',
    target,
  ]);
});

test('another spelling of the origin is the same one', async () => {
  const { call } = await start((issuer) => ({
    issuer,
    jwks_uri: `${origin(issuer).replace('http', 'HTTP')}/keys`,
  }));
  expect(await call()).toBe(200);
});

test.each([
  [
    'another issuer',
    (issuer: string) => ({ issuer: `${issuer}/`, jwks_uri: `${origin(issuer)}/keys` }),
    'another issuer',
  ],
  ['no issuer', (issuer: string) => ({ jwks_uri: `${origin(issuer)}/keys` }), 'another issuer'],
  ['no keys', (issuer: string) => ({ issuer }), 'no "jwks_uri"'],
  ['a list of keys', (issuer: string) => ({ issuer, jwks_uri: [`${origin(issuer)}/keys`] }), 'no "jwks_uri"'],
  ['another host', (issuer: string) => ({ issuer, jwks_uri: 'https://evil.test/keys' }), 'another origin'],
  ['another port', (issuer: string) => ({ issuer, jwks_uri: 'http://127.0.0.1:1/keys' }), 'another origin'],
  [
    'another scheme',
    (issuer: string) => ({ issuer, jwks_uri: `${origin(issuer).replace('http', 'https')}/keys` }),
    'another origin',
  ],
  [
    'a user name',
    (issuer: string) => ({ issuer, jwks_uri: `${origin(issuer).replace('//', '//a@')}/keys` }),
    'no plain URL',
  ],
  [
    'a host behind a user name',
    (issuer: string) => ({ issuer, jwks_uri: `${origin(issuer)}@evil.test/keys` }),
    'no plain URL',
  ],
  [
    'a host behind the port',
    (issuer: string) => ({ issuer, jwks_uri: `${origin(issuer)}.evil.test/keys` }),
    'another origin',
  ],
  [
    'a backslash',
    (issuer: string) => ({ issuer, jwks_uri: `${origin(issuer)}\\@evil.test/keys` }),
    'no plain URL',
  ],
  ['a line feed', (issuer: string) => ({ issuer, jwks_uri: `${origin(issuer)}/keys\n` }), 'no plain URL'],
  ['a blank', (issuer: string) => ({ issuer, jwks_uri: `${origin(issuer)}/keys HTTP/1.1` }), 'no plain URL'],
  ['a fragment', (issuer: string) => ({ issuer, jwks_uri: `${origin(issuer)}/keys#a` }), 'no plain URL'],
  [
    'dot segments',
    (issuer: string) => ({ issuer, jwks_uri: `${origin(issuer)}/a/../keys` }),
    'a dot segment',
  ],
  ['no path', (issuer: string) => ({ issuer, jwks_uri: origin(issuer) }), 'no plain URL'],
  [
    'a long URL',
    (issuer: string) => ({ issuer, jwks_uri: `${origin(issuer)}/keys${'x'.repeat(3000)}` }),
    'no "jwks_uri"',
  ],
  ['no object', () => '[]', 'no JSON object'],
  ['HTML', () => '<html>', 'no JSON object'],
  [
    'a member twice',
    (issuer: string) => `{"issuer":"${issuer}","issuer":"${issuer}","jwks_uri":"${origin(issuer)}/keys"}`,
    'no JSON object',
  ],
])('a configuration with %s is a failure that the error log names once', async (_, configuration, reason) => {
  const { backend, gateway, call } = await start(configuration);
  expect([await call(), await call()]).toEqual([503, 503]);
  expect(backend.requests.length).toBe(1);
  const log = readFileSync(join(gateway.folder, 'logs/error.log'), 'utf8');
  const lines = log.split('\n').filter((line) => line.includes('cannot be fetched'));
  expect(lines.length).toBe(1);
  expect(lines[0]).toContain(reason);
});
