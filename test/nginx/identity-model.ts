import { createHash } from 'node:crypto';
import type {
  ApiKeyAuthenticator,
  Authenticator,
  BasicAuthenticator,
  CertificateAuthenticator,
  CredentialPlace,
  ExternalAuthenticator,
  IntrospectionAuthenticator,
} from '../../src/model/authentication.ts';
import type { Gateway, OperationFeatures } from '../../src/model/gateway.ts';
import {
  anyOf,
  authenticator,
  backend,
  gateway,
  host,
  operation,
  route,
  site,
  sourced,
  verificationKey,
} from '../support/model.ts';
import { forTestedNginx } from '../support/tested-nginx.ts';
import { mint, signingKey } from '../support/tokens.ts';
import { settings } from './start-model.ts';

/** A gateway with an authenticator of every kind, and operations that ask for them alone and together. */
const key = signingKey('ES256', 'k1');
export const apiKeys = { acme: 'gw_canary-key-of-acme', spare: 'gw_canary-spare' } as const;
export const clientSecret = 'canary: client secret?';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const common = {
  forward: [],
  stripToken: false,
  login: undefined,
  at: sourced(0).at,
} as const;
const header = (name: string): CredentialPlace => ({ kind: 'header', name });
const subjectIn = (name: string) => [{ header: name, fact: { kind: 'subject' } }] as const;

const apiKey: ApiKeyAuthenticator = {
  ...common,
  kind: 'api-key',
  name: 'key',
  from: sourced([header('X-Api-Key'), { kind: 'query', name: 'api key' }, { kind: 'cookie', name: 'key' }]),
  forward: subjectIn('X-Consumer'),
  stripToken: true,
  keys: sourced('consumers'),
};
const basic: BasicAuthenticator = {
  ...common,
  kind: 'basic',
  name: 'staff',
  from: sourced([header('Authorization')]),
  forward: subjectIn('X-Staff'),
  users: sourced('users'),
};
const certificate: CertificateAuthenticator = {
  ...common,
  kind: 'certificate',
  name: 'machine',
  from: sourced([]),
  forward: subjectIn('X-Machine'),
  ca: sourced('ca'),
  subjects: sourced(['CN=partner.test']),
};
const claims = { scopeClaims: [['scope'], ['scp']], roleClaim: ['roles'] } as const;
const introspection = (port: number): IntrospectionAuthenticator => ({
  ...common,
  ...claims,
  kind: 'introspection',
  name: 'opaque',
  from: sourced([header('Authorization')]),
  forward: [...subjectIn('X-Opaque'), { header: 'X-Tenant', fact: { kind: 'claim', claim: ['tenant'] } }],
  endpoint: sourced(`http://127.0.0.1:${port}/oauth/introspect?realm=a%2Fb`),
  clientId: 'gate way:1',
  clientSecret: sourced('client-secret'),
  audiences: sourced(['api']),
  cacheSeconds: 1,
});
const external: ExternalAuthenticator = {
  ...common,
  ...claims,
  kind: 'external',
  name: 'legacy',
  from: sourced([header('X-Legacy')]),
  forward: subjectIn('X-Legacy-User'),
  backend: sourced('oracle'),
  path: '/check',
  timeoutMs: 700,
  cacheSeconds: 0,
};
const token = authenticator('token', {
  keys: sourced([verificationKey(key)]),
  forward: [{ header: 'X-User', fact: { kind: 'claim', claim: ['sub'] } }],
});

const alternatives = (...names: readonly (readonly string[])[]): OperationFeatures['authentication'] =>
  sourced(anyOf(names.map((all) => all.map((one) => ({ authenticator: one, scopes: [] })))));

const asks = (id: string, method: string, ...names: readonly (readonly string[])[]) =>
  route(`/${id}`, [operation(method, { id, authentication: alternatives(...names) })]);

const routes = [
  asks('key', 'GET', ['key']),
  asks('change', 'POST', ['key']),
  asks('staff', 'GET', ['staff']),
  asks('machine', 'GET', ['machine']),
  asks('opaque', 'GET', ['opaque']),
  asks('legacy', 'GET', ['legacy']),
  asks('both', 'GET', ['opaque', 'key']),
  asks('pair', 'GET', ['key', 'token']),
  asks('again', 'GET', ['key', 'token'], ['key', 'opaque'], ['key', 'legacy']),
  asks('any', 'GET', ['legacy'], ['opaque'], ['staff'], ['key'], ['machine']),
  asks('either', 'GET', ['legacy'], ['key']),
  route('/scoped', [
    operation('GET', {
      id: 'scoped',
      authentication: sourced(anyOf([[{ authenticator: 'opaque', scopes: ['orders:read'] }]])),
    }),
  ]),
  route('/members', [
    operation('GET', {
      id: 'members',
      authentication: alternatives(['key'], ['opaque']),
      authorization: [sourced({ kind: 'group', group: 'gold' })],
    }),
  ]),
  route('/optional', [
    operation('GET', {
      id: 'optional',
      authentication: sourced(
        anyOf(
          [[{ authenticator: 'legacy', scopes: [] }], [{ authenticator: 'key', scopes: [] }]],
          'optional',
        ),
      ),
    }),
  ]),
  route('/judged', [
    operation('GET', {
      id: 'judged',
      authentication: alternatives(['key']),
      authorization: [
        sourced({
          kind: 'external',
          backend: 'oracle',
          path: '/judge',
          timeoutMs: 700,
          send: ['method', 'path', 'consumer'],
          cacheSeconds: 0,
          at: sourced(0).at,
        }),
      ],
    }),
  ]),
];

export interface Ports {
  readonly front: number;
  readonly main: number;
  readonly issuer: number;
  readonly oracle: number;
  readonly verifier: number;
}

const authenticators = (issuer: number): readonly Authenticator[] => [
  ...[apiKey, basic, certificate],
  ...[introspection(issuer), external, token],
];

export const identityModel = (ports: Ports, errorLog: 'crit' | 'info' = 'crit'): Gateway => {
  const at = (port: number) => ({ nodes: [sourced({ host: '127.0.0.1', port, weight: 1 })] });
  const verifier = sourced(ports.verifier);
  const secret = (name: string) => ({
    name,
    sources: [{ kind: 'vault' as const, value: name }],
    at: sourced(0).at,
  });
  const model = gateway({
    authenticators: authenticators(ports.issuer),
    consumers: [
      {
        name: 'acme',
        keys: [sha256(apiKeys.acme), sha256('clé')],
        groups: ['gold'],
        plan: undefined,
        at: sourced(0).at,
      },
      { name: 'spare parts', keys: [sha256(apiKeys.spare)], groups: [], plan: undefined, at: sourced(0).at },
    ],
    backends: [
      backend('main', at(ports.main)),
      backend('oracle', {
        ...at(ports.oracle),
        basePath: '/v1',
        credentials: sourced({ kind: 'header', header: 'X-Gateway', prefix: 'Key', secret: 'oracle-secret' }),
      }),
    ],
    secrets: ['users', 'ca', 'client-secret', 'oracle-secret'].map(secret),
    tls: {
      ...gateway().tls,
      clientCertificate: sourced({ mode: 'optional', ca: sourced('ca'), forward: [] }),
    },
    sites: [site(routes, [host('localhost', 'https', ports.front)])],
    accessLog: {
      ...gateway().accessLog,
      fields: sourced(['route', 'status', 'subject', 'consumer', 'reason', 'path']),
    },
    targets: {
      ...gateway().targets,
      nginx: {
        ...settings({ errorLog: sourced(errorLog) }, { verifier }).nginx,
        accept: [{ target: 'nginx', feature: 'query-credential', reason: 'tested', at: sourced(0).at }],
      },
    },
  });
  return forTestedNginx(model);
};

export const jwt = (sub: string): string => {
  const now = Math.floor(Date.now() / 1000);
  return mint({ iss: 'https://id.test/', aud: 'api', sub, iat: now, exp: now + 600 }, { key });
};
