import type {
  Authentication,
  JwtAuthenticator,
  Requirement,
  VerificationKey,
} from '../../src/model/authentication.ts';
import type { HttpBackend } from '../../src/model/backend.ts';
import type { Gateway, Host, Operation, OperationFeatures, Route, Site } from '../../src/model/gateway.ts';
import type { Origin, Sourced } from '../../src/model/origin.ts';
import type { Piece, Segment } from '../../src/model/path.ts';
import type { IpRange } from '../../src/model/policy.ts';
import type { RateLimit } from '../../src/model/traffic.ts';
import type { SigningKey } from './tokens.ts';

/** Small models by hand. Every builder has defaults; what a test is about is what it overrides. */
export const at: Origin = { file: 'openapi.yaml', pointer: '' };

export const sourced = <T>(value: T, pointer = ''): Sourced<T> => ({ value, at: { file: at.file, pointer } });

export const publicAccess: Authentication = { kind: 'public', reason: 'for everybody' };

/** `required('user', ['orders:read'])`: one scheme, all scopes. */
export const required = (authenticator = 'user', scopes: readonly string[] = []): Authentication =>
  anyOf([[{ authenticator, scopes }]]);

export const anyOf = (
  alternatives: readonly (readonly Requirement[])[],
  kind: 'required' | 'optional' = 'required',
): Authentication => ({ kind, anyOf: alternatives, reason: undefined });

/** The features that every operation has, public and served by the back end `main`; `undefined` is not asked for. */
const features = (changes: Partial<OperationFeatures> = {}): OperationFeatures => ({
  authentication: sourced(publicAccess),
  authorization: undefined,
  ipAccess: undefined,
  clientCertificate: undefined,
  limits: undefined,
  validation: undefined,
  waf: undefined,
  bodySize: sourced(1024 * 1024),
  backend: sourced({ backend: 'main', target: { kind: 'below' } }),
  canary: undefined,
  timeout: sourced(29_000),
  retry: undefined,
  cache: undefined,
  cors: undefined,
  login: undefined,
  requestHeaders: undefined,
  requestQuery: undefined,
  responseHeaders: undefined,
  mock: undefined,
  lifecycle: undefined,
  websocket: undefined,
  pathCharacters: undefined,
  exposure: sourced('public'),
  relaxed: undefined,
  ...changes,
});

export const operation = (
  method = 'GET',
  changes: Partial<OperationFeatures> & { readonly id?: string } = {},
): Operation => {
  const { id = `${method.toLowerCase()}-operation`, ...rest } = changes;
  return {
    id,
    method,
    at: { file: at.file, pointer: `/paths/~1/${method.toLowerCase()}` },
    features: features(rest),
    waivers: [],
  };
};

/**
 * A route of a template such as `/a/{x}.json/{rest+}`. Operations keep their ids: give them where a test looks at them.
 */
export const route = (
  template: string,
  operations: readonly Operation[] = [operation()],
  changes: Partial<Route> = {},
): Route => ({
  id:
    template
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'root',
  template,
  segments: segments(template),
  baseSegments: 0,
  operations,
  at: { file: at.file, pointer: `/paths/${template.replaceAll('~', '~0').replaceAll('/', '~1')}` },
  ...changes,
});

/** Segments of a template, as the model has them: a trailing slash is a last segment without pieces. */
export const segments = (template: string): readonly Segment[] => template.slice(1).split('/').map(segment);

const segment = (text: string): Segment => {
  const greedy = /^\{([^{}]+)\+\}$/.exec(text)?.[1];
  return greedy === undefined ? { kind: 'plain', pieces: pieces(text) } : { kind: 'greedy', name: greedy };
};

const pieces = (text: string): readonly Piece[] =>
  [...text.matchAll(/\{([^{}]+)\}|[^{}]+/g)].map(([whole, name]) =>
    name === undefined ? { kind: 'literal', text: whole } : { kind: 'parameter', name },
  );

/** `https://a.test`, port of the scheme unless given. */
export const host = (name = 'a.test', scheme: 'http' | 'https' = 'https', port?: number): Host => ({
  name,
  port: port ?? (scheme === 'https' ? 443 : 80),
  scheme,
  at,
});

export const site = (routes: readonly Route[] = [route('/')], hosts: readonly Host[] = [host()]): Site => ({
  hosts,
  routes,
});

export const backend = (name = 'main', changes: Partial<HttpBackend> = {}): HttpBackend => ({
  kind: 'http',
  name,
  nodes: [sourced({ host: 'main.internal', port: 8080, weight: 1 })],
  scheme: 'http',
  basePath: '',
  balance: 'round-robin',
  host: 'backend',
  tls: undefined,
  private: sourced(false),
  credentials: undefined,
  connectTimeout: 5000,
  health: undefined,
  circuitBreaker: undefined,
  at,
  ...changes,
});

/** A back end at a public address, which a service of a cloud can call. */
export const publicBackend = (name = 'main', changes: Partial<HttpBackend> = {}): HttpBackend =>
  backend(name, { nodes: [sourced({ host: `${name}.example.com`, port: 80, weight: 1 })], ...changes });

/** A JWT authenticator `user` of `https://id.test/` for the audience `api`, reading `Authorization`. */
export const authenticator = (
  name = 'user',
  { issuer = sourced('https://id.test/'), audiences = sourced(['api']), keys, ...changes }: JwtChanges = {},
): JwtAuthenticator => ({
  kind: 'jwt',
  name,
  issuers: sourced([{ issuer, audiences, keys: sourced({ kind: 'pinned', keys: keys?.value ?? [] }) }]),
  algorithms: sourced(['RS256', 'ES256', 'PS256']),
  clockSkewSeconds: sourced(30),
  scopeClaims: [['scope'], ['scp']],
  roleClaim: ['roles'],
  from: sourced([{ kind: 'header', name: 'Authorization' }]),
  forward: [],
  stripToken: false,
  login: undefined,
  at,
  ...changes,
});

type JwtChanges = Partial<JwtAuthenticator> & {
  readonly issuer?: Sourced<string>;
  readonly audiences?: Sourced<readonly string[]>;
  readonly keys?: Sourced<readonly VerificationKey[]>;
};

/** The model's form of a public key that signs with its own algorithm only. */
export const verificationKey = ({ kid, algorithm, publicJwk }: SigningKey): VerificationKey => {
  const { kty, n = '', e = '', crv, x = '', y = '' } = publicJwk;
  const curve = crv === 'P-384' || crv === 'P-521' ? crv : 'P-256';
  const ec = { kty: 'EC', crv: curve, x, y } as const;
  const jwk = kty === 'RSA' ? ({ kty, n, e } as const) : kty === 'OKP' ? okp(x) : ec;
  return { kid, algorithms: [algorithm], jwk };
};
const okp = (x: string) => ({ kty: 'OKP', crv: 'Ed25519', x }) as const;

export const range = (text: string): IpRange => ({ family: text.includes(':') ? 6 : 4, text });

export const limit = (changes: Partial<RateLimit> = {}): RateLimit => ({
  count: 1,
  period: 's',
  burst: 1,
  per: { kind: 'ip' },
  scope: 'node',
  bucket: 'root-0',
  ...changes,
});

/** One site `https://a.test` with one public route `/`, one back end `main`, no authenticator. */
export const gateway = (changes: Partial<Gateway> = {}): Gateway => ({
  name: 'shop',
  documents: [{ file: at.file, title: 'Shop', version: '1.0.0' }],
  environment: undefined,
  sites: [site()],
  backends: [backend()],
  authenticators: [],
  consumers: [],
  secrets: [],
  tls: {
    termination: sourced('here'),
    certificate: undefined,
    minVersion: sourced('1.2'),
    hstsSeconds: sourced(15_552_000),
    redirectHttp: sourced(true),
    clientCertificate: undefined,
  },
  trustedProxies: [],
  geo: undefined,
  waf: undefined,
  plans: [],
  schemas: [],
  audit: sourced({ events: ['authn-failure', 'authz-denial'], sink: undefined }),
  tracing: undefined,
  metrics: undefined,
  accessLog: {
    fields: sourced(['time', 'method', 'route', 'status', 'latency', 'subject', 'request_id']),
    redact: [],
    format: sourced('json'),
    sink: undefined,
    sample: sourced(1),
  },
  ownedHeaders: [
    ...new Set((changes.authenticators ?? []).flatMap(({ forward }) => forward.map(({ header }) => header))),
  ],
  targets: { nginx: nginxSettings, aws: awsSettings },
  namedTargets: [],
  ...changes,
});

const nginxSettings: Gateway['targets']['nginx'] = {
  version: sourced('1.22'),
  user: undefined,
  workers: sourced('auto'),
  paths: { modules: undefined, certificates: undefined, cache: undefined },
  resolver: undefined,
  listen: { http: undefined, https: undefined, internal: undefined, verifier: undefined },
  errorLog: undefined,
  accept: [],
};

const awsSettings: Gateway['targets']['aws'] = {
  api: sourced('rest'),
  endpoint: sourced('regional'),
  edge: sourced('none'),
  stage: undefined,
  authorizer: sourced('lambda'),
  format: sourced('cloudformation'),
  vpc: undefined,
  hostedZone: undefined,
  logRetentionDays: sourced(365),
  cacheSize: sourced('0.5'),
  sdk: sourced(false),
  split: sourced('none'),
  accept: [],
};
