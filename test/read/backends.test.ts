import { describe, expect, it } from 'vitest';
import { type Change, model, operation, read, withFacets } from './sample.ts';

const main = (backend: Change, root: Change = {}): Change => ({
  'x-gateway': { ...root, backends: { main: backend } },
});
const secrets = {
  secrets: { ca: { file: '/ca.pem' }, cert: { env: 'CERT' }, key: { vault: 'kv/gw#key', file: '/key.pem' } },
};

describe('back ends', () => {
  it('have the defaults of the language', async () => {
    const [backend] = (await model()).backends;
    expect(backend).toMatchObject({
      name: 'main',
      scheme: 'https',
      basePath: '',
      balance: 'round-robin',
      host: 'backend',
      connectTimeout: 5000,
      nodes: [{ value: { host: 'main.internal', port: 443, weight: 1 } }],
      tls: {
        verify: { value: true },
        ca: undefined,
        serverName: { value: 'main.internal' },
        clientCertificate: undefined,
      },
    });
    expect(operation(await model()).features.timeout.value).toBe(29_000);
  });

  it('give their read time-out to operations without one', async () => {
    const changes = main({ url: 'http://b.internal/x/', timeouts: { connect: '2s', read: '4s' } });
    const gateway = await model(changes);
    expect(gateway.backends[0]).toMatchObject({ basePath: '/x', connectTimeout: 2000, tls: undefined });
    expect(operation(gateway).features.timeout.value).toBe(4000);
  });

  it('refer to secrets by name', async () => {
    const tls = {
      ca: { secret: 'ca' },
      clientCertificate: { cert: { secret: 'cert' }, key: { secret: 'key' } },
    };
    const gateway = await model(main({ url: 'https://b.internal', tls }, secrets));
    expect(gateway.backends[0]).toMatchObject({
      tls: { ca: { value: 'ca' }, clientCertificate: { value: { cert: 'cert', key: 'key' } } },
    });
    expect(gateway.secrets.at(-1)?.sources).toEqual([
      { kind: 'file', value: '/key.pem' },
      { kind: 'vault', value: 'kv/gw#key' },
    ]);
  });

  it.each<[string, Change, string[]]>([
    ['a secret that is not declared', main({ tls: { ca: { secret: 'cb' } } }, secrets), ['REF001']],
    ['an address without a name in its certificate', main({ url: 'https://10.0.0.1' }), ['BCK002']],
    [
      'nodes with several names',
      main({ url: undefined, nodes: [{ url: 'https://a.test' }, { url: 'https://b.test' }] }),
      ['BCK002'],
    ],
    ['loopback behind a public front door', main({ url: 'http://127.0.0.1:8080' }), ['BCK001']],
    ['loopback by another name', main({ url: 'http://x.localhost' }), ['BCK001']],
    ['mapped loopback', main({ url: 'http://[::ffff:127.0.0.1]' }), ['BCK001']],
    ['a metadata service', main({ url: 'http://169.254.169.254' }), ['XGW004']],
    ['none', { 'x-gateway': { defaults: { backend: undefined } } }, ['BCK004']],
  ])('must not be %s', async (_, changes, codes) => {
    const { errors, text } = await read(changes);
    expect(errors, text).toEqual(codes);
  });

  it('may be on loopback behind a loopback front door', async () => {
    const changes = {
      ...main({ url: 'http://127.0.0.1:8080' }),
      servers: [{ url: 'http://localhost:9000' }],
    };
    expect((await read(changes)).errors).toEqual([]);
  });

  it('are named when nothing uses them or nothing checks their certificate', async () => {
    const { warnings } = await read({
      'x-gateway': {
        ...secrets,
        backends: { main: { tls: { verify: false } }, spare: { url: 'http://s.test' } },
      },
    });
    expect([...warnings].sort()).toEqual(['BCK003', 'REF002', 'REF002', 'REF002', 'REF002']);
  });
});

describe('header changes', () => {
  const forward = { 'x-gateway': { authenticators: { user: { forward: { 'X-User': 'claims.sub' } } } } };
  it.each<[string, Change]>([
    ['a header of an authenticator', { setHeaders: { 'x-user': 'me' } }],
    ['the removal of a header of an authenticator', { removeHeaders: ['X-USER'] }],
    ['one header set and removed', { setHeaders: { 'X-A': '1' }, removeHeaders: ['x-a'] }],
    ['one header set and added', { setHeaders: { 'X-A': '1' }, addHeaders: { 'x-A': '2' } }],
  ])('must not have %s', async (_, request) => {
    expect((await read({ ...forward, paths: withFacets({ request }) })).errors).toEqual(['HDR001']);
  });

  it('keep names, in the order of names', async () => {
    const request = { setHeaders: { 'X-B': '1', 'X-A': '2' }, removeHeaders: ['X-C'] };
    const gateway = await model({ ...forward, paths: withFacets({ request, response: request }) });
    const expected = {
      set: [
        { name: 'X-A', value: '2' },
        { name: 'X-B', value: '1' },
      ],
      add: [],
      remove: ['X-C'],
    };
    const { features } = operation(gateway);
    expect(features.requestHeaders?.value).toEqual(expected);
    expect(features.responseHeaders?.value).toEqual(expected);
    expect(gateway.ownedHeaders).toEqual(['X-User']);
  });
});

describe('the front door', () => {
  it('has the defaults of the language', async () => {
    const { tls, trustedProxies, accessLog, targets } = await model();
    expect(tls).toMatchObject({
      termination: { value: 'here' },
      certificate: undefined,
      minVersion: { value: '1.2' },
      hstsSeconds: { value: 180 * 86_400 },
      redirectHttp: { value: true },
    });
    expect(trustedProxies).toEqual([]);
    expect(accessLog.fields.value).toContain('request_id');
    expect(targets.nginx.version.value).toBe('1.22');
  });

  it('trusts a load balancer that ends TLS only by its address', async () => {
    const upstream = { tls: { termination: 'upstream' } };
    expect((await read({ 'x-gateway': upstream })).errors).toEqual(['TLS001']);
    const gateway = await model({ 'x-gateway': { ...upstream, edge: { trustedProxies: ['10.0.0.0/8'] } } });
    expect(gateway.trustedProxies.map(({ value }) => value.text)).toEqual(['10.0.0.0/8']);
  });

  it('keeps waivers where they are honoured', async () => {
    const accept = { targets: { nginx: { accept: { timeout: 'known' } } } };
    expect((await model({ 'x-gateway': accept })).targets.nginx.accept).toMatchObject([
      { target: 'nginx', feature: 'timeout', reason: 'known' },
    ]);
    const { waivers } = operation(await model({ paths: withFacets(accept) }));
    expect(waivers).toMatchObject([{ target: 'nginx', feature: 'timeout', reason: 'known' }]);
  });
});
