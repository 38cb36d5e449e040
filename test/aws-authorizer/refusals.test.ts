import { describe, expect, test } from 'vitest';
import type {
  BasicAuthenticator,
  ExternalAuthenticator,
  IntrospectionAuthenticator,
  KeySource,
} from '../../src/model/authentication.ts';
import type { Secret } from '../../src/model/gateway.ts';
import type { ExternalCall } from '../../src/model/policy.ts';
import { refusalOfAuthenticator, refusalOfPolicy } from '../../src/targets/aws/authorizer/refusals.ts';
import { at, authenticator, backend, gateway, sourced } from '../support/model.ts';

const common = {
  name: 'user',
  from: sourced([{ kind: 'header', name: 'Authorization' }] as const),
  forward: [],
  stripToken: false,
  login: undefined,
  at,
} as const;
const claims = { scopeClaims: [['scope']], roleClaim: ['roles'] } as const;
const jwt = (keys: KeySource) =>
  authenticator('user', {
    issuers: sourced([
      { issuer: sourced('https://id.test/'), audiences: sourced(['api']), keys: sourced(keys) },
    ]),
  });
const basic: BasicAuthenticator = { ...common, kind: 'basic', users: sourced('key') };
const opaque = (endpoint: string): IntrospectionAuthenticator => ({
  ...common,
  ...claims,
  kind: 'introspection',
  endpoint: sourced(endpoint),
  clientId: 'gateway',
  clientSecret: sourced('key'),
  audiences: undefined,
  cacheSeconds: 0,
});
const external: ExternalAuthenticator = {
  ...common,
  ...claims,
  kind: 'external',
  backend: sourced('judge'),
  path: '/check',
  timeoutMs: 500,
  cacheSeconds: 0,
};
const secret = (...kinds: readonly Secret['sources'][number]['kind'][]): Secret => ({
  name: 'key',
  sources: kinds.map((kind) => ({ kind, value: 'prod/key' })),
  at,
});
const judge = (changes = {}) =>
  backend('judge', { nodes: [sourced({ host: 'judge.test', port: 443, weight: 1 })], ...changes });
const of = (secrets: readonly Secret[], backends = [judge()]) => gateway({ secrets, backends });
const stored = of([secret('env', 'ssm')]);

describe('what the authorizer on AWS cannot check is refused with its reason', () => {
  test.each([
    ['keys in the document', jwt({ kind: 'pinned', keys: [] }), stored],
    ['keys at their issuer', jwt({ kind: 'remote', url: 'https://id.test/keys' }), stored],
    ['keys in Systems Manager', jwt({ kind: 'stored', secret: 'key' }), stored],
    ['a secret in Secrets Manager', jwt({ kind: 'shared', secret: 'key' }), of([secret('secretsManager')])],
    ['passwords', basic, stored],
    ['opaque tokens', opaque('https://id.test/introspect'), stored],
    ['a service', external, stored],
  ])('%s: it can', (_name, one, api) => {
    expect(refusalOfAuthenticator(one, api)).toBe(undefined);
  });

  const noSecret = /the secret "key" is neither in Systems Manager \(ssm\) nor in Secrets Manager/;
  test.each([
    ['keys in a file', jwt({ kind: 'stored', secret: 'key' }), of([secret('file', 'env')]), noSecret],
    ['a secret in a variable', jwt({ kind: 'shared', secret: 'key' }), of([secret('env')]), noSecret],
    ['a secret that nobody declares', basic, of([]), /there is no secret "key"/],
    ['passwords in a file', basic, of([secret('file')]), noSecret],
    [
      'keys in a private network',
      jwt({ kind: 'remote', url: 'https://10.1.2.3/keys' }),
      stored,
      /10\.1\.2\.3 is private/,
    ],
    ['a server in a private network', opaque('https://[fd00::1]/'), stored, /fd00::1.* is private/],
    ['a service in a private network', external, of([], [judge({ private: sourced(true) })]), /is private/],
    ['a service that is not there', external, of([], []), /there is no back end "judge"/],
    [
      'a service of several nodes',
      external,
      of(
        [],
        [judge({ nodes: ['a', 'b'].map((name) => sourced({ host: `${name}.test`, port: 443, weight: 1 })) })],
      ),
      /several nodes/,
    ],
    [
      'a service with a credential from a file',
      external,
      of(
        [secret('file')],
        [
          judge({
            credentials: sourced({ kind: 'header', header: 'X-Key', prefix: undefined, secret: 'key' }),
          }),
        ],
      ),
      noSecret,
    ],
  ])('%s', (_name, one, api, reason) => {
    expect(refusalOfAuthenticator(one, api)).toMatch(reason);
  });
});

describe('what the authorizer on AWS cannot ask is refused with its reason', () => {
  const asks = (send: ExternalCall['send']): ExternalCall => ({
    kind: 'external',
    backend: 'judge',
    path: '/rule',
    timeoutMs: 500,
    send,
    cacheSeconds: 0,
    at,
  });
  test.each([
    ['rest', ['method', 'path', 'claims', 'consumer', 'ip'], undefined],
    ['http', ['method', 'query', 'claims', 'consumer', 'ip'], undefined],
    ['rest', ['query'], /does not tell an authorizer the raw query/],
    ['http', ['path'], /does not tell an authorizer the raw path/],
  ] as const)('of a %s API: %s', (api, send, reason) => {
    const policy = {
      kind: 'not',
      of: { kind: 'all', of: [{ kind: 'policy', name: 'opa', is: asks(send) }] },
    } as const;
    const found = refusalOfPolicy(policy, stored, api);
    if (reason === undefined) expect(found).toBe(undefined);
    else expect(found).toMatch(reason);
  });

  test('a service that is private', () => {
    const api = of([], [judge({ private: sourced(true) })]);
    expect(refusalOfPolicy(asks([]), api, 'rest')).toMatch(/is private/);
    expect(refusalOfPolicy({ kind: 'scope', scope: 'a' }, api, 'rest')).toBe(undefined);
  });
});
