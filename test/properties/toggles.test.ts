import { describe, expect, test } from 'vitest';
import type { Gateway, GatewayFeatures, OperationFeatures } from '../../src/model/gateway.ts';
import { compile as emit } from '../../src/targets/compile.ts';
import { nginx } from '../../src/targets/nginx/index.ts';
import {
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
    parameters: [],
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
  audit: sourced({ events: ['waf-block'], sink: undefined }),
  tracing: sourced({ propagate: 'w3c', export: undefined, sample: undefined }),
  metrics: sourced({ export: 'prometheus' }),
  accessLog: { ...base.accessLog, fields: sourced(['time', 'status']) },
  backends: [
    backend('main', {
      credentials: sourced({ kind: 'header', header: 'X-Key', prefix: undefined, secret: 'key' }),
    }),
    backend('other'),
  ],
};

function built(features: Partial<OperationFeatures>, changes: Partial<Gateway> = {}) {
  const { artifacts, diagnostics } = emit(
    gateway({
      sites: [
        site([
          route('/a/{x}', [operation('GET', { authentication: sourced(required('user')), ...features })]),
        ]),
      ],
      authenticators: [user],
      backends: [backend('main'), backend('other')],
      ...changes,
    }),
    nginx,
  );
  return { artifacts, diagnostics };
}

describe('what a document asks for is emitted or refused, never dropped', () => {
  const plain = built({});

  test('the plain gateway is emitted', () => {
    expect(plain.diagnostics).toEqual([]);
    expect(plain.artifacts.length).toBeGreaterThan(0);
  });

  // Relaxations tell people why a guard is weaker; the guards that are left are features themselves.
  const features = (Object.keys(wishes) as (keyof OperationFeatures)[]).filter((name) => name !== 'relaxed');
  test.each(features)('%s of an operation', (name) => {
    expect(built({ [name]: wishes[name] })).not.toEqual(plain);
  });

  test.each(Object.keys(gatewayWishes) as (keyof GatewayFeatures)[])('%s of the gateway', (name) => {
    expect(built({}, { [name]: gatewayWishes[name] })).not.toEqual(plain);
  });
});
