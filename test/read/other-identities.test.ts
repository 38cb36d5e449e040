import { describe, expect, it } from 'vitest';
import {
  authenticator,
  basic,
  bearer,
  bound,
  certificate,
  consumers,
  external,
  introspection,
  keyIn,
  keys,
  mutual,
  oauth,
  secrets,
  tokens,
  users,
} from './identity-sample.ts';
import { type Change, issuer, keySet, model, ok, read } from './sample.ts';

describe('other credentials', () => {
  it.each<[string, unknown, Change, Change, Change]>([
    [
      'keys',
      keyIn('header', 'X-Api-Key'),
      keys,
      { consumers },
      { kind: 'api-key', stripToken: true, from: { value: [{ kind: 'header', name: 'X-Api-Key' }] } },
    ],
    [
      'a key in the query',
      keyIn('query', 'api_key'),
      keys,
      { consumers },
      { kind: 'api-key', from: { value: [{ kind: 'query', name: 'api_key' }] } },
    ],
    [
      'passwords',
      basic,
      users,
      { secrets },
      {
        kind: 'basic',
        users: { value: 'secret' },
        from: { value: [{ kind: 'header', name: 'Authorization' }] },
      },
    ],
    ['passwords as a header', keyIn('header', 'authorization'), users, { secrets }, { kind: 'basic' }],
    [
      'certificates',
      mutual,
      certificate,
      { secrets },
      { kind: 'certificate', ca: { value: 'secret' }, subjects: undefined, from: { value: [] } },
    ],
    [
      'opaque tokens',
      oauth,
      introspection,
      { secrets },
      {
        kind: 'introspection',
        endpoint: { value: 'https://id.test/introspect' },
        clientId: 'gw',
        clientSecret: { value: 'secret' },
        audiences: undefined,
        cacheSeconds: 30,
      },
    ],
    [
      'a service',
      bearer,
      external,
      {},
      { kind: 'external', backend: { value: 'main' }, path: '/', timeoutMs: 1000, cacheSeconds: 0 },
    ],
    [
      'a service in full',
      bearer,
      { external: { backend: 'main', path: '/check', timeout: '200ms', cache: '10s' }, roleClaim: 'groups' },
      {},
      { path: '/check', timeoutMs: 200, cacheSeconds: 10, roleClaim: ['groups'] },
    ],
  ])('are read: %s', async (_, scheme, fields, root, expected) => {
    expect(await authenticator(scheme, fields, root)).toMatchObject(expected);
  });

  it.each<[string, unknown, Change, string]>([
    ['a password in a bearer scheme', bearer, users, 'AUT002'],
    ['a token in a basic scheme', basic, issuer, 'AUT002'],
    ['a service that would be asked for passwords', basic, external, 'AUT002'],
    ['keys in a bearer scheme', bearer, keys, 'AUT002'],
    ['keys in an oauth2 scheme', oauth, keys, 'AUT002'],
    ['a certificate in a key scheme', keyIn('header', 'X-Key'), certificate, 'AUT002'],
    ['keys in a mutualTLS scheme', mutual, keys, 'AUT002'],
    ['http digest', { type: 'http', scheme: 'digest' }, issuer, 'AUT007'],
    ['keys of AWS', keyIn('header', 'X-Key'), { keys: 'aws-usage-plan' }, 'XGW002'],
    ['signatures of AWS', bearer, { sigv4: {} }, 'XGW002'],
    ['two kinds', bearer, { ...keys, ...users }, 'XGW007'],
    ['audiences of keys', keyIn('header', 'X-Key'), { ...keys, audiences: ['a'] }, 'XGW011'],
    ['another place of passwords', basic, { ...users, from: [{ header: 'X-A' }] }, 'XGW011'],
    ['keys for the back end', keyIn('header', 'X-Key'), { ...keys, stripToken: false }, 'XGW011'],
    ['claims of keys', keyIn('header', 'X-Key'), { ...keys, forward: { 'X-U': 'claims.sub' } }, 'XGW011'],
    ['the consumer of a token', bearer, { ...issuer, forward: { 'X-U': 'consumer.id' } }, 'XGW011'],
    ['an unknown service', bearer, { external: { backend: 'mian' } }, 'REF001'],
    ['an unknown secret', basic, { users: { secret: 'secrets' } }, 'REF001'],
    [
      'an introspection endpoint without TLS',
      bearer,
      { introspection: { ...introspection.introspection, url: 'http://id.test/' } },
      'XGW004',
    ],
  ])('are refused: %s', async (_, scheme, fields, code) => {
    const { errors, text } = await read(bound(scheme, fields, { secrets, consumers }));
    expect(errors, text).toEqual([code]);
  });

  it.each(['2.0', '3.0.3'])(
    'bind any scheme of OpenAPI %s to certificates, which has no type for them',
    async (version) => {
      const scheme = keyIn('header', 'X-Any');
      const changes = bound(scheme, certificate, { secrets });
      const old = {
        swagger: '2.0',
        openapi: undefined,
        servers: undefined,
        host: 'api.test',
        schemes: ['https'],
        components: undefined,
        securityDefinitions: { caller: scheme },
      };
      const { errors, text } = await read({
        ...changes,
        ...(version === '2.0' ? old : { openapi: version }),
      });
      expect(errors, text).toEqual([]);
    },
  );

  it('forward the subject of every kind, the consumer of keys', async () => {
    const forward = { 'X-B': 'consumer.id', 'X-A': 'subject' };
    const one = await authenticator(keyIn('cookie', 'k'), { ...keys, forward }, { consumers });
    expect(one.forward).toEqual([
      { header: 'X-A', fact: { kind: 'subject' } },
      { header: 'X-B', fact: { kind: 'subject' } },
    ]);
  });

  it('never log what the query carries', async () => {
    const gateway = await model(bound(bearer, { ...tokens({}), from: [{ query: 'tk' }] }));
    expect(gateway.accessLog.redact).toContain('query.tk');
  });

  it.each<[string, Change, unknown]>([
    ['keys', keys, keyIn('header', 'X-Key')],
    ['passwords', users, basic],
    ['certificates', certificate, mutual],
  ])('have no scopes: %s', async (_, fields, scheme) => {
    const { errors } = await read({
      ...bound(scheme, fields, { secrets, consumers }),
      security: [{ caller: ['a'] }],
    });
    expect(errors).toEqual(['AUT010']);
  });

  it('name both places of a contradiction', async () => {
    const schemes = { user: undefined, caller: bearer };
    const changes = {
      security: [{ caller: [] }],
      components: { securitySchemes: schemes },
      'x-gateway': { authenticators: { user: undefined } },
    };
    const { diagnostics } = await read(changes);
    expect(diagnostics.find(({ code }) => code === 'SEC005')).toMatchObject({
      at: { pointer: '/security/0/caller' },
      related: [{ at: { pointer: '/components/securitySchemes/caller' } }],
    });
    const unsuitable = await read(bound(bearer, users, { secrets }));
    expect(unsuitable.diagnostics.find(({ code }) => code === 'AUT002')).toMatchObject({
      at: { pointer: '/components/securitySchemes/caller' },
      related: [{ at: { pointer: '/x-gateway/authenticators/caller' } }],
    });
  });

  it.each<[string, Change, readonly string[]]>([
    ['cannot stand together in one header', {}, ['AUT014']],
    ['stand together in two places', { from: [{ header: 'X-Token' }] }, []],
    ['stand together where one has a choice', { from: [{ header: 'Authorization' }, { cookie: 't' }] }, []],
  ])('%s', async (_, places, codes) => {
    const { errors, warnings, text } = await read({
      security: [{ caller: [], ops: [] }],
      'x-gateway': {
        authenticators: { user: undefined, caller: { ...issuer, ...places }, ops: users },
        secrets,
      },
      components: { securitySchemes: { user: undefined, caller: bearer, ops: basic } },
    });
    expect(errors, text).toEqual([]);
    expect(warnings.filter((code) => code === 'AUT014')).toEqual(codes);
  });

  it('cannot be of two kinds in two documents', async () => {
    const text = (authenticators: unknown) =>
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'A', version: '1' },
        servers: [{ url: 'https://a.test' }],
        security: [{ caller: [] }],
        'x-gateway': {
          backends: { main: { url: 'https://m.test' } },
          defaults: { backend: 'main' },
          consumers,
          authenticators,
        },
        paths: { '/a': { get: { ...ok } } },
        components: { securitySchemes: { caller: keyIn('header', 'X-Key') } },
      });
    const files = {
      'b.json': text({ caller: issuer }),
      'c.json': text({ caller: keys }),
      'keys.json': keySet,
    };
    const { diagnostics } = await read({}, { documents: ['b.json', 'c.json'] }, files);
    expect(diagnostics.find(({ code }) => code === 'MRG001')).toMatchObject({
      message: expect.stringContaining('the authenticator "caller"'),
      at: { file: '/project/c.json' },
      related: [{ at: { file: '/project/b.json' } }],
    });
  });
});
