import { describe, expect, test } from 'vitest';
import type { HttpBackend } from '../../src/model/backend.ts';
import type { AwsSettings, Gateway, GatewayFeatures, OperationFeatures } from '../../src/model/gateway.ts';
import { aws } from '../../src/targets/aws/index.ts';
import { known } from '../../src/targets/compile.ts';
import { targets } from '../../src/targets/index.ts';
import {
  at,
  authenticator,
  gateway,
  limit,
  operation,
  publicBackend,
  range,
  required,
  route,
  site,
  sourced,
  verificationKey,
} from '../support/model.ts';
import { signingKey } from '../support/tokens.ts';

const user = authenticator('user', {
  keys: sourced([verificationKey(signingKey('ES256', 'k'))]),
  login: sourced({ url: 'https://login.test/', returnParam: 'to' }),
});

/** One further wish for each feature of an operation that needs a token. */
const wishes: { readonly [F in keyof OperationFeatures]: OperationFeatures[F] } = {
  authentication: sourced(required('user', ['read'])),
  authorization: [sourced({ kind: 'role', role: 'admin' })],
  clientCertificate: sourced('require'),
  ipAccess: sourced({ allow: [[range('10.0.0.0/8')]], deny: [] }),
  limits: [sourced(limit())],
  validation: sourced({
    params: 'enforce',
    body: 'off',
    response: 'off',
    parameters: [
      {
        name: 'page',
        in: 'query',
        required: true,
        schema: { type: 'string' },
        format: { style: 'form', explode: true },
        at,
      },
    ],
    content: undefined,
    dialect: 'openapi-3.0',
  }),
  waf: sourced('block'),
  bodySize: sourced(1000),
  backend: sourced({ backend: 'other', target: { kind: 'below' } }),
  canary: sourced([
    { backend: 'main', weight: 9 },
    { backend: 'other', weight: 1 },
  ]),
  timeout: sourced(1000),
  retry: sourced({ attempts: 2, on: ['connect'] }),
  cache: sourced({ ttlSeconds: 60, key: [], per: 'subject' }),
  cors: sourced({
    origins: ['https://pages.test'],
    methods: ['GET'],
    headers: [],
    expose: [],
    credentials: false,
    maxAgeSeconds: undefined,
  }),
  login: sourced('browser'),
  requestHeaders: sourced({ set: [{ name: 'X-A', value: 'b' }], add: [], remove: [] }),
  requestQuery: sourced({ set: [], remove: ['debug'] }),
  responseHeaders: sourced({ set: [], add: [], remove: ['X-A'] }),
  mock: sourced({ status: 204, body: undefined }),
  lifecycle: sourced({
    deprecated: false,
    sunset: '2031-01-31',
    headers: [{ name: 'Sunset', value: 'Fri, 31 Jan 2031 00:00:00 GMT' }],
  }),
  websocket: sourced(true),
  pathCharacters: sourced({ characters: [';'], reason: 'a test' }),
  exposure: sourced('internal'),
  relaxed: [sourced({ guard: 'authorize', reason: 'a test' })],
};

const base = gateway();
const gatewayWishes: { readonly [F in keyof GatewayFeatures]: GatewayFeatures[F] } = {
  tls: { ...base.tls, hstsSeconds: sourced(1) },
  trustedProxies: [sourced(range('10.0.0.0/8'))],
  geo: sourced({ allow: [], deny: ['KP'] }),
  waf: sourced({ mode: 'block', rules: ['owasp-crs'], paranoia: 1, exclude: [] }),
  plans: [{ name: 'gold', limits: [sourced(limit())], quota: undefined, at: sourced(0).at }],
  audit: sourced({ events: ['admin'], sink: undefined }),
  tracing: sourced({ propagate: 'w3c', export: undefined, sample: undefined }),
  metrics: sourced({ export: 'prometheus' }),
  accessLog: { ...base.accessLog, fields: sourced(['time', 'status']) },
  backends: [
    publicBackend('main', {
      credentials: sourced({ kind: 'header', header: 'X-Key', prefix: undefined, secret: 'key' }),
    }),
    publicBackend('other'),
  ],
};

type Compile = (typeof targets)[number]['compile'];

function built(compile: Compile, features: Partial<OperationFeatures>, changes: Partial<Gateway> = {}) {
  return compile(
    gateway({
      sites: [
        site([
          route('/a/{x}', [operation('GET', { authentication: sourced(required('user')), ...features })]),
        ]),
      ],
      authenticators: [user],
      backends: [publicBackend(), publicBackend('other')],
      ...changes,
    }),
  );
}

/** One change of every setting of AWS but waivers, which have tests of their own. */
const awsWishes: { readonly [S in Exclude<keyof AwsSettings, 'accept'>]: AwsSettings[S] } = {
  api: sourced('http'),
  endpoint: sourced('private'),
  edge: sourced('cloudfront'),
  stage: sourced('other'),
  authorizer: sourced('native'),
  format: sourced('terraform'),
  vpc: sourced({ subnets: ['subnet-2'], securityGroups: ['sg-1'], loadBalancer: 'arn' }),
  hostedZone: sourced('Z1'),
  logRetentionDays: sourced(30),
  cacheSize: sourced('1.6'),
  sdk: sourced(true),
  split: sourced('first-segment'),
};

/** What a back end may ask for beyond an address. */
const backendWishes: { readonly [name: string]: Partial<HttpBackend> } = {
  basePath: { basePath: '/base' },
  host: { host: 'client' },
  private: { private: sourced(true) },
  connectTimeout: { connectTimeout: 1000 },
  health: { health: sourced({ path: '/up', interval: 1000, healthy: 2, unhealthy: 3 }) },
  circuitBreaker: { circuitBreaker: sourced({ failures: 5, window: 1000, open: 1000 }) },
};

describe.each(targets)(
  'what a document asks for is emitted or refused, never dropped: $name',
  ({ compile }) => {
    const plain = built(compile, {});

    test('the plain gateway is emitted', () => {
      expect(plain.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(plain.artifacts.length).toBeGreaterThan(0);
    });

    // Relaxations tell people why a guard is weaker; the guards that are left are features themselves.
    const features = (Object.keys(wishes) as (keyof OperationFeatures)[]).filter(
      (name) => name !== 'relaxed',
    );
    test.each(features)('%s of an operation', (name) => {
      expect(built(compile, { [name]: wishes[name] })).not.toEqual(plain);
    });

    test.each(Object.keys(gatewayWishes) as (keyof GatewayFeatures)[])('%s of the gateway', (name) => {
      expect(built(compile, {}, { [name]: gatewayWishes[name] })).not.toEqual(plain);
    });

    test.each(Object.keys(backendWishes))('%s of a back end', (name) => {
      const backends = [publicBackend('main', { ...backendWishes[name] }), publicBackend('other')];
      expect(built(compile, {}, { backends })).not.toEqual(plain);
    });
  },
);

describe('settings of AWS are emitted or refused, never dropped', () => {
  const { compile } = known(aws);

  test.each(Object.keys(awsWishes) as (keyof typeof awsWishes)[])('targets.aws.%s', (name) => {
    // Where a private back end and a cache are there for the settings that concern them.
    const cached = { cache: sourced({ ttlSeconds: 60, key: [], per: 'subject' as const }) };
    const backends = [publicBackend('main', { private: sourced(true) }), publicBackend('other')];
    const emitted = (aws: AwsSettings) =>
      built(compile, cached, { backends, targets: { ...base.targets, aws } });
    const network = { subnets: ['subnet-1'], securityGroups: ['sg-1'], loadBalancer: 'arn' };
    const usual = { ...base.targets.aws, vpc: sourced(network) };
    expect(emitted(usual).artifacts).not.toEqual([]);
    expect(emitted({ ...usual, [name]: awsWishes[name] })).not.toEqual(emitted(usual));
  });
});
