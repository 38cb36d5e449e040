import type { ApiKeyAuthenticator } from '../../src/model/authentication.ts';
import type { Gateway } from '../../src/model/gateway.ts';
import {
  at,
  authenticator,
  backend,
  gateway,
  host,
  limit,
  operation,
  publicBackend,
  range,
  required,
  route,
  site,
  sourced,
} from '../support/model.ts';

const keyed: ApiKeyAuthenticator = {
  kind: 'api-key',
  name: 'partner',
  keys: sourced('aws-usage-plan'),
  from: sourced([{ kind: 'header', name: 'x-api-key' }]),
  forward: [],
  stripToken: true,
  login: undefined,
  at,
};

const { targets, tls } = gateway();

const withAws = (changes: Partial<Gateway['targets']['aws']>): Gateway['targets'] => ({
  ...targets,
  aws: { ...targets.aws, ...changes },
});

const observed: Partial<Gateway> = {
  tracing: sourced({ propagate: 'w3c', export: { kind: 'xray' }, sample: 0.1 }),
  metrics: sourced({ export: 'cloudwatch' }),
};

const shown = {
  verify: sourced(true),
  ca: undefined,
  serverName: sourced('main.example.com'),
  clientCertificate: sourced('managed' as const),
};

const cached = operation('GET', {
  id: 'pet',
  authentication: sourced(required()),
  waf: sourced('detect'),
  cache: sourced({ ttlSeconds: 60, key: [], per: 'subject' }),
  ipAccess: sourced({ allow: [[range('192.0.2.0/24')]], deny: [range('2001:db8::/32')] }),
  limits: [sourced(limit({ count: 5 }))],
});

const changed = operation('POST', {
  id: 'change',
  waf: sourced('block'),
  backend: sourced({ backend: 'hidden', target: { kind: 'below' } }),
  limits: [
    sourced(limit({ count: 5, burst: 9, per: { kind: 'operation' }, bucket: 'own' })),
    sourced(limit({ count: 5, per: { kind: 'header', name: 'x-tenant' }, bucket: 'tenant' })),
  ],
});

/** Between them these gateways have every kind of resource that the target can emit, in each of its shapes. */
export const models: { readonly [name: string]: Gateway } = {
  'a public operation': gateway({ backends: [publicBackend('main')] }),
  'everything in front of a regional API': gateway({
    ...observed,
    targets: withAws({ hostedZone: sourced('Z0123456789ABCDEFGHIJ') }),
    backends: [publicBackend('main'), backend('hidden', { private: sourced(true) })],
    authenticators: [authenticator(), keyed],
    consumers: [
      { name: 'acme', keys: [], groups: [], plan: sourced('gold'), at },
      { name: 'other', keys: [], groups: [], plan: undefined, at },
    ],
    plans: [
      {
        name: 'gold',
        limits: [sourced(limit({ count: 200, burst: 400, per: { kind: 'consumer' } }))],
        quota: sourced({ count: 9, period: 'd' }),
        at,
      },
    ],
    waf: sourced({
      mode: 'block',
      rules: ['owasp-crs', 'known-bad-inputs', 'bots'],
      paranoia: 1,
      exclude: [],
    }),
    geo: sourced({ allow: ['DE'], deny: ['KP'] }),
    accessLog: { ...gateway().accessLog, redact: ['header.X-Secret', 'query.token'] },
    sites: [
      site(
        [route('/pets/{id}', [cached, changed]), route('/', [operation('GET', { id: 'partners' })])],
        [host('api.example.com'), host('api-2.example.com')],
      ),
    ],
  }),
  'two REST APIs in a network of the document': gateway({
    ...observed,
    targets: withAws({
      vpc: sourced({
        subnets: ['subnet-0123456789abcdef0'],
        securityGroups: ['sg-0123456789abcdef0'],
        loadBalancer:
          'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/internal/0123456789abcdef',
      }),
    }),
    backends: [backend('main', { private: sourced(true) })],
    sites: [
      site([route('/a', [operation('GET', { id: 'a' })])], [host('a.example.com')]),
      site([route('/b', [operation('GET', { id: 'b' })])], [host('b.example.com')]),
    ],
  }),
  'a distribution': gateway({
    targets: withAws({ edge: sourced('cloudfront') }),
    backends: [publicBackend('main')],
    authenticators: [authenticator()],
    sites: [
      site(
        [route('/pets', [operation('GET', { id: 'pets', authentication: sourced(required()) })])],
        [host('api.example.com')],
      ),
    ],
  }),
  'client certificates in front and towards back ends': gateway({
    tls: {
      ...tls,
      certificate: sourced({
        files: undefined,
        acm: 'arn:aws:acm:eu-west-1:123456789012:certificate/1',
        acme: undefined,
      }),
      clientCertificate: sourced({ mode: 'require', ca: sourced('clients'), forward: [] }),
    },
    backends: [
      backend('main', {
        scheme: 'https',
        nodes: [sourced({ host: 'main.example.com', port: 443, weight: 1 })],
        tls: shown,
      }),
    ],
  }),
  'a function and a credential as back ends': gateway({
    tls: { ...tls, minVersion: sourced('1.3') },
    secrets: [
      {
        name: 'upstream',
        sources: [{ kind: 'secretsManager', value: 'shop/upstream#token' }],
        at,
      },
    ],
    backends: [
      backend('main', {
        scheme: 'https',
        nodes: [sourced({ host: 'main.example.com', port: 443, weight: 1 })],
        credentials: sourced({
          kind: 'header',
          header: 'Authorization',
          prefix: 'Bearer',
          secret: 'upstream',
        }),
      }),
      { kind: 'lambda', name: 'worker', function: sourced('work'), private: sourced(false), at },
    ],
    sites: [
      site([
        route('/a', [operation('GET', { id: 'a' })]),
        route('/b', [
          operation('GET', { id: 'b', backend: sourced({ backend: 'worker', target: { kind: 'below' } }) }),
        ]),
      ]),
    ],
  }),
  'one list of addresses for all': gateway({
    name: 'Name that no stack takes ✓',
    documents: [
      {
        file: at.file,
        title: 'Prices in $${x} and %{y} "quoted" \\ ${data.aws_region.current.region}',
        version: '${v}',
      },
    ],
    backends: [publicBackend('main')],
    sites: [
      site([
        route('/a', [
          operation('GET', {
            id: 'a',
            ipAccess: sourced({ allow: [[range('192.0.2.0/24')]], deny: [] }),
            requestHeaders: sourced({
              set: [{ name: 'X-Tag', value: '${x} %{if} $${y} "\\"' }],
              add: [],
              remove: [],
            }),
          }),
        ]),
      ]),
    ],
  }),
};

/** The same gateway for Terraform. */
export const forTerraform = (model: Gateway): Gateway => ({
  ...model,
  targets: { ...model.targets, aws: { ...model.targets.aws, format: sourced('terraform') } },
});
