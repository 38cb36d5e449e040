import { describe, expect, test } from 'vitest';
import type { Authentication, JwtAuthenticator } from '../../../src/model/authentication.ts';
import type { Gateway, OperationFeatures } from '../../../src/model/gateway.ts';
import type { Cors } from '../../../src/model/traffic.ts';
import { httpApiObstacles } from '../../../src/targets/aws/http-api/suitability.ts';
import {
  anyOf,
  at,
  authenticator,
  backend,
  gateway,
  limit,
  operation,
  range,
  required,
  route,
  site,
  sourced,
} from '../../support/model.ts';

/** Bodies as large as an HTTP API takes them; anything smaller is an obstacle. */
const bodySize = sourced(10 * 1024 * 1024);

const gatewayOf = (changes: Partial<OperationFeatures>, rest: Partial<Gateway> = {}): Gateway =>
  gateway({ sites: [site([route('/', [operation('GET', { id: 'read', bodySize, ...changes })])])], ...rest });

const featuresOf = (one: Gateway): readonly string[] => httpApiObstacles(one).map(({ feature }) => feature);

/** A token that the JWT authorizer verifies as the document says. */
const native = (changes: Partial<JwtAuthenticator> = {}): JwtAuthenticator => ({
  ...authenticator('user'),
  algorithms: sourced(['RS256']),
  issuers: sourced([
    {
      issuer: sourced('https://id.test/'),
      audiences: sourced(['api']),
      keys: sourced({ kind: 'discovery', url: 'https://id.test/.well-known/openid-configuration' }),
    },
  ]),
  ...changes,
});
const guarded = (authentication: Authentication, user = native()): Gateway =>
  gatewayOf({ authentication: sourced(authentication) }, { authenticators: [user] });

test('a gateway that needs nothing more can be an HTTP API', () => {
  expect(httpApiObstacles(gatewayOf({}))).toEqual([]);
  expect(httpApiObstacles(guarded(required('user', ['read'])))).toEqual([]);
});

describe('what an operation asks for and an HTTP API lacks', () => {
  test.each<[string, Partial<OperationFeatures>]>([
    ['waf', { waf: sourced('block') }],
    ['ipAccess', { ipAccess: sourced({ allow: [[range('10.0.0.0/8')]], deny: [] }) }],
    ['cache', { cache: sourced({ ttlSeconds: 60, key: [], per: 'shared' }) }],
    ['mock', { mock: sourced({ status: 200, body: undefined }) }],
    ['canary', { canary: sourced([{ backend: 'main', weight: 1 }]) }],
    ['login', { login: sourced('always') }],
    ['timeout', { timeout: sourced(30_001) }],
    ['bodySize', { bodySize: sourced(1024) }],
    ['limits', { limits: [sourced(limit({ per: { kind: 'ip' } }))] }],
    [
      'authorization',
      { authorization: [sourced({ kind: 'constant', value: true, at })].map((one) => one as never) },
    ],
    [
      'validation',
      {
        validation: sourced({
          ...{ params: 'off', body: 'enforce', response: 'off', parameters: [], content: undefined },
          dialect: 'openapi-3.0',
        }),
      },
    ],
  ])('%s', (feature, changes) => {
    const obstacles = httpApiObstacles(gatewayOf(changes));
    expect(obstacles).toMatchObject([{ feature, operation: 'read' }]);
    expect(obstacles[0]?.reason).toMatch(/^[a-z]/);
  });

  test('not a limit of the operation as a whole, nor redirects at the edge, nor validation that only logs', () => {
    const limits = [sourced(limit({ per: { kind: 'operation' } }))];
    expect(featuresOf(gatewayOf({ limits, login: sourced('browser') }))).toEqual([]);
  });
});

describe('what the gateway asks for and an HTTP API lacks', () => {
  const { aws, nginx } = gateway().targets;
  test.each<[string, Partial<Gateway>]>([
    ['endpoint', { targets: { nginx, aws: { ...aws, endpoint: sourced('private') } } }],
    ['sdk', { targets: { nginx, aws: { ...aws, sdk: sourced(true) } } }],
    ['geo', { geo: sourced({ allow: ['CH'], deny: [] }) }],
    ['waf', { waf: sourced({ mode: 'block', rules: [], paranoia: 1, exclude: [] }) }],
    ['plans', { plans: [{ name: 'free', limits: [], quota: undefined, at }] }],
    ['tracing', { tracing: sourced({ propagate: 'w3c', export: { kind: 'xray' }, sample: undefined }) }],
    [
      'accessLog',
      {
        accessLog: {
          ...gateway().accessLog,
          sink: sourced({ kind: 'firehose', arn: 'arn:aws:firehose:::a' }),
        },
      },
    ],
    [
      'backends',
      {
        backends: [
          backend('main', {
            tls: {
              verify: sourced(true),
              ca: undefined,
              serverName: sourced('main.internal'),
              clientCertificate: sourced('managed'),
            },
          }),
        ],
      },
    ],
  ])('%s', (feature, changes) => {
    expect(httpApiObstacles(gatewayOf({}, changes))).toMatchObject([{ feature, operation: undefined }]);
  });
});

describe('credentials that the JWT authorizer does not verify as the document says', () => {
  test.each<[string, Gateway]>([
    ['elliptic curves', guarded(required(), native({ algorithms: sourced(['RS256', 'ES256']) }))],
    ['a cookie', guarded(required(), native({ from: sourced([{ kind: 'cookie', name: 'token' }]) }))],
    ['keys at another address', guarded(required(), native({ issuers: authenticator().issuers }))],
    ['two scopes', guarded(required('user', ['read', 'write']))],
    ['callers without a credential', guarded(anyOf([[{ authenticator: 'user', scopes: [] }]], 'optional'))],
    [
      'alternatives',
      guarded(anyOf([[{ authenticator: 'user', scopes: [] }], [{ authenticator: 'key', scopes: [] }]])),
    ],
  ])('%s', (_, one) => {
    expect(featuresOf(one)).toEqual(['authentication']);
  });

  test('an issuer that is no address is an obstacle, not a crash', () => {
    const [trusted] = native().issuers.value;
    if (trusted === undefined) throw new Error('no issuer');
    const issuers = sourced([{ ...trusted, issuer: sourced('accounts') }]);
    expect(featuresOf(guarded(required(), native({ issuers })))).toEqual(['authentication']);
  });
});

test('CORS that differs between operations', () => {
  const cors = (origin: string): Cors => ({
    ...{
      origins: [origin],
      methods: [],
      headers: [],
      expose: [],
      credentials: false,
      maxAgeSeconds: undefined,
    },
  });
  const operations = [
    operation('GET', { id: 'read', bodySize, cors: sourced(cors('https://a.test')) }),
    operation('PUT', { id: 'write', bodySize, cors: sourced(cors('https://b.test')) }),
    operation('DELETE', { id: 'delete', bodySize }),
  ];
  const obstacles = httpApiObstacles(gateway({ sites: [site([route('/', operations)])] }));
  expect(obstacles.map(({ feature, operation: id }) => [feature, id])).toEqual([
    ['cors', 'write'],
    ['cors', 'delete'],
  ]);
});
