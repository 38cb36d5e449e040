import { describe, expect, it } from 'vitest';
import { type Change, document, issuer, model, ok, operation, read, withFacets } from './sample.ts';

const environment = (prod: Change, root: Change = {}): Change => ({
  'x-gateway': { ...root, environments: { prod } },
});
const prod = { environment: 'prod' };

describe('an environment', () => {
  it('patches the root block and single operations', async () => {
    const changes = environment({
      name: 'sample-prod',
      backends: { main: { url: 'https://prod.internal/base', timeouts: { read: '3s' } } },
      operations: { getA: { timeout: '1s', request: { setHeaders: { 'X-Env': '${env.name}' } } } },
    });
    const gateway = await model(changes, prod);
    expect(gateway.environment).toBe('prod');
    expect(gateway.name).toBe('sample-prod');
    expect(gateway.backends[0]).toMatchObject({
      basePath: '/base',
      nodes: [{ value: { host: 'prod.internal' } }],
    });
    const { features } = operation(gateway);
    expect(features.timeout.value).toBe(1000);
    expect(features.timeout.at.pointer).toBe('/x-gateway/environments/prod/operations/getA/timeout');
    expect(features.requestHeaders?.value.set).toEqual([{ name: 'X-Env', value: 'prod' }]);
  });

  it('leaves the base alone when it is not chosen', async () => {
    const gateway = await model(environment({ backends: { main: { url: 'https://prod.internal' } } }));
    expect(gateway.environment).toBeUndefined();
    expect(gateway.backends).toMatchObject([{ nodes: [{ value: { host: 'main.internal' } }] }]);
  });

  it('replaces secrets and certificates whole, and url by nodes', async () => {
    const secrets = (source: Change) => ({ secrets: { ca: source } });
    const files = (name: string) => ({
      tls: { certificate: { files: { cert: `${name}.crt`, key: `${name}.key` } } },
    });
    const base = {
      ...secrets({ env: 'CA' }),
      ...files('base'),
      backends: { main: { tls: { ca: { secret: 'ca' } } } },
    };
    const patch = {
      ...secrets({ file: '/ca.pem' }),
      ...files('prod'),
      backends: { main: { nodes: [{ url: 'https://n.test:1' }, { url: 'https://n.test:2' }] } },
    };
    const gateway = await model(environment(patch, base), prod);
    expect(gateway.secrets).toMatchObject([{ name: 'ca', sources: [{ kind: 'file', value: '/ca.pem' }] }]);
    expect(gateway.tls.certificate?.value.files).toEqual({ cert: 'prod.crt', key: 'prod.key' });
    expect(gateway.backends).toMatchObject([{ nodes: [{}, {}] }]);
  });

  it('completes a base that is incomplete', async () => {
    const base = { backends: { main: { url: undefined } }, authenticators: { user: { issuer: undefined } } };
    const patch = {
      backends: { main: { url: 'https://p.internal' } },
      authenticators: { user: { issuer: 'https://p.test/' } },
    };
    const gateway = await model(environment(patch, base), prod);
    const [user] = gateway.authenticators;
    expect(user?.kind === 'jwt' && user.issuers.value[0]?.issuer.value).toBe('https://p.test/');
    expect((await read(environment(patch, base))).errors).toEqual(['XGW006']);
  });

  it.each<[string, Change, string[]]>([
    ['an operation that nobody declares', { operations: { getB: { timeout: '1s' } } }, ['ENV001']],
    ['environments of its own', { environments: {} }, ['XGW001']],
    ['a field that does not exist', { backend: {} }, ['XGW001']],
    ['a facet that is wrong', { operations: { getA: { timeout: 'soon' } } }, ['XGW004']],
  ])('must not have %s, chosen or not', async (_, patch, codes) => {
    expect((await read(environment(patch), prod)).errors).toEqual(codes);
    expect((await read(environment(patch))).errors).toEqual(codes);
  });

  it('must be declared', async () => {
    expect((await read(environment({}), { environment: 'prd' })).errors).toEqual(['XGW012']);
    expect((await read({}, prod)).errors).toEqual(['XGW012']);
  });

  it('of several documents patches operations of any of them', async () => {
    const files = { 'other.json': document({ paths: { '/o': { get: { operationId: 'getO', ...ok } } } }) };
    const options = { ...prod, documents: ['api.json', 'other.json'] };
    const gateway = await model(environment({ operations: { getO: { timeout: '7s' } } }), options, files);
    expect(operation(gateway, 'getO').features.timeout.value).toBe(7000);
  });
});

describe('an environment that weakens a guard', () => {
  const facets = {
    authorize: { all: [{ role: 'a' }, { role: 'b' }] },
    ip: { allow: ['10.0.0.0/8'], deny: ['10.1.0.0/16'] },
    limits: [{ rate: '10/s' }],
    bodySize: '2kb',
    expose: 'internal',
  };
  const policies = { policies: { p: { role: 'a' } } };
  const algorithms = {
    authenticators: { user: { algorithms: ['ES256'], forward: { 'X-User': 'claims.sub' } } },
  };
  const privateBackend = {
    backends: { main: { url: 'https://m.internal', tls: { ca: { secret: 'ca' } } } },
    secrets: { ca: { file: '/etc/ca.pem' } },
  };
  const guardedBackend = {
    backends: { main: { private: true, credentials: { header: 'X-Key', value: { secret: 'key' } } } },
    secrets: { key: { env: 'KEY' } },
  };
  const weaker: readonly (readonly [string, Change])[] = [
    ['authorize', { authorize: { all: null, role: 'a' } }],
    ['authorize', { authorize: null }],
    ['authorize', { authorize: { all: null, any: [{ role: 'a' }, { role: 'b' }] } }],
    ['ip', { ip: null }],
    ['ip', { ip: { allow: ['0.0.0.0/0'] } }],
    ['ip', { ip: { deny: null } }],
    ['ip', { ip: { deny: ['10.1.0.0/24'] } }],
    ['limits', { limits: [] }],
    ['limits', { limits: [{ rate: '11/s', burst: 10 }] }],
    ['limits', { limits: [{ rate: '10/s', burst: 11 }] }],
    ['limits', { limits: [{ rate: '10/s', per: 'all' }] }],
    ['bodySize', { bodySize: '3kb' }],
    ['bodySize', { bodySize: null }],
    ['expose', { expose: 'public' }],
    ['expose', { expose: null }],
    ['public', { public: { reason: 'demo' } }],
    ['relax', { relax: { bodySize: 'demo' }, bodySize: '1kb' }],
    ['allowInPath', { allowInPath: { characters: [';'], reason: 'demo' } }],
  ];

  it.each(weaker)('is refused: %s %j on an operation', async (guard, patch) => {
    const changes = { ...environment({ operations: { getA: patch } }), paths: withFacets(facets) };
    const { diagnostics } = await read(changes, prod);
    const found = diagnostics.filter(({ code }) => code === 'ENV002').map(({ message }) => message);
    expect(found).toEqual([expect.stringContaining(`weakens ${guard}:`)]);
    const allowed = await read(changes, { ...prod, allowRelaxIn: ['prod'] });
    expect(allowed.errors).not.toContain('ENV002');
  });

  it.each<[string, Change, Change]>([
    ['defaults', { defaults: { bodySize: null } }, { defaults: { bodySize: '1kb' } }],
    ['all defaults', { defaults: null }, { defaults: { bodySize: '1kb' } }],
    [
      'a policy',
      { policies: { p: { any: [{ role: 'a' }, { role: 'b' }], role: null } } },
      { ...policies, defaults: { authorize: 'p' } },
    ],
    ['audiences', { authenticators: { user: { audiences: ['api', 'more'] } } }, {}],
    ['algorithms', { authenticators: { user: { algorithms: ['ES256', 'ES384'] } } }, algorithms],
    ['default algorithms', { authenticators: { user: { algorithms: null } } }, algorithms],
    ['the clock', { authenticators: { user: { clockSkew: '60s' } } }, {}],
    ['forwarded headers', { authenticators: { user: { forward: null } } }, algorithms],
    ['keys of the same issuer', { authenticators: { user: { jwks: { file: 'k2.json' } } } }, {}],
    [
      'what an incomplete base states',
      { authenticators: { user: { issuer: 'https://i.test/', audiences: ['b'] } } },
      { authenticators: { user: { issuer: undefined } } },
    ],
    ['the certificate of a back end', { backends: { main: { tls: { verify: false } } } }, {}],
    ['TLS to a back end', { backends: { main: { url: 'http://m.internal' } } }, privateBackend],
    ['the authority of a back end', { backends: { main: { tls: null } } }, privateBackend],
    ['the oldest TLS version', { tls: { minVersion: '1.2' } }, { tls: { minVersion: '1.3' } }],
    ['a trusted proxy', { edge: { trustedProxies: ['10.0.0.0/8'] } }, {}],
    [
      'more trusted proxies',
      { edge: { trustedProxies: ['10.0.0.0/7'] } },
      { edge: { trustedProxies: ['10.0.0.0/8'] } },
    ],
    ['privacy of a back end', { backends: { main: { private: null } } }, guardedBackend],
    ['the credential of a back end', { backends: { main: { credentials: null } } }, guardedBackend],
    ['redaction', { logging: { access: { redact: [] } } }, { logging: { access: { redact: ['query.s'] } } }],
  ])('is refused: %s', async (_, patch, root) => {
    const { errors, text } = await read(environment(patch, root), prod);
    expect(errors, text).toContain('ENV002');
  });

  it.each<[string, Change, Change]>([
    [
      'a stricter policy of an operation',
      { operations: { getA: { authorize: { all: [{ role: 'b' }, { role: 'c' }, { role: 'a' }] } } } },
      {},
    ],
    ['a smaller network', { operations: { getA: { ip: { allow: ['10.0.0.0/9'] } } } }, {}],
    ['a lower limit', { operations: { getA: { limits: [{ rate: '300/m', burst: 5 }] } } }, {}],
    [
      'another identity provider',
      { authenticators: { user: { ...issuer, issuer: 'https://dev.test/', audiences: ['dev'] } } },
      {},
    ],
    [
      'fewer audiences',
      { authenticators: { user: { audiences: ['api'] } } },
      { authenticators: { user: { audiences: ['api', 'b'] } } },
    ],
    [
      'fewer trusted proxies',
      { edge: { trustedProxies: ['10.1.0.0/16'] } },
      { edge: { trustedProxies: ['10.0.0.0/8'] } },
    ],
    ['a new guard for all', { defaults: { ip: { allow: ['10.0.0.0/8'] } } }, {}],
  ])('is not %s', async (_, patch, root) => {
    const { errors, text } = await read({ ...environment(patch, root), paths: withFacets(facets) }, prod);
    expect(errors, text).toEqual([]);
  });
});
