import { describe, expect, it } from 'vitest';
import { type Change, issuer, model, ok, operation, read, withFacets } from './sample.ts';

const reason = { public: { reason: 'everybody may' } };
/** One operation at `/a` with a method and its own security (absent when undefined) and facets. */
const one = (method: string, security?: unknown, facets: Change = {}): Change => ({
  '/a': {
    [method]: {
      operationId: 'getA',
      ...ok,
      ...(security === undefined ? {} : { security }),
      'x-gateway': facets,
    },
  },
});
const scheme = (user: Change): Change => ({ components: { securitySchemes: { user } } });

describe('who may call an operation', () => {
  it.each<[string, Change, string[]]>([
    ['absent at both levels', { security: undefined }, ['SEC001']],
    ['[] and unsafe without a reason', { paths: one('post', []) }, ['SEC002']],
    [
      '[] and unsafe with a reason for all',
      { paths: one('delete', []), 'x-gateway': { defaults: reason } },
      ['SEC002'],
    ],
    ['[] at the root', { security: [] }, ['SEC003']],
    ['{} without a reason', { paths: one('get', [{ user: [] }, {}]) }, ['SEC004']],
    ['{} alone without a reason', { paths: one('get', [{}]) }, ['SEC004']],
    ['a scheme without authenticator', { 'x-gateway': { authenticators: { user: undefined } } }, ['SEC005']],
    ['an undeclared scheme', { security: [{ other: [] }] }, ['OAS050']],
    [
      'a policy on a public operation',
      { paths: one('get', [], { authorize: { role: 'admin' } }) },
      ['SEC007'],
    ],
    ['an authenticator without scheme', { 'x-gateway': { authenticators: { usr: issuer } } }, ['AUT001']],
    ['http basic', scheme({ type: 'http', scheme: 'basic' }), ['AUT002']],
    ['mutual TLS', scheme({ type: 'mutualTLS', scheme: undefined }), ['AUT002']],
    [
      'a claim in the header of the token',
      {
        ...scheme({ type: 'apiKey', in: 'header', name: 'X-Token', scheme: undefined }),
        'x-gateway': { authenticators: { user: { forward: { 'x-token': 'claims.sub' } } } },
      },
      ['AUT004'],
    ],
    [
      'no key set',
      { 'x-gateway': { authenticators: { user: { jwks: { file: 'none.json' } } } } },
      ['SRC020'],
    ],
  ])('refuses %s', async (_, changes, codes) => {
    const { errors, gateway, text } = await read(changes);
    expect(errors, text).toEqual(codes[0]?.startsWith('SRC') ? [expect.stringMatching(/^SRC/)] : codes);
    expect(gateway).toBeUndefined();
  });

  it.each<[string, Change, unknown]>([
    ['inherited', {}, { kind: 'required', anyOf: [[{ authenticator: 'user', scopes: [] }]] }],
    ['[] and safe', { paths: one('get', []) }, { kind: 'public', reason: undefined }],
    [
      '[] and unsafe with a reason',
      { paths: one('post', [], reason) },
      { kind: 'public', reason: 'everybody may' },
    ],
    ['[] at the root with a reason', { security: [], 'x-gateway': { defaults: reason } }, { kind: 'public' }],
    ['{} alone', { paths: one('get', [{}], reason) }, { kind: 'public' }],
    [
      '{} first',
      { paths: one('get', [{}, { user: [] }], reason) },
      { kind: 'optional', anyOf: [[{ authenticator: 'user' }]] },
    ],
    ['scopes', { paths: one('get', [{ user: ['a', 'b'] }]) }, { anyOf: [[{ scopes: ['a', 'b'] }]] }],
  ])('understands %s', async (_, changes, authentication) => {
    expect(operation(await model(changes)).features.authentication.value).toMatchObject(
      authentication as object,
    );
  });

  it('keeps the order of alternatives and what each of them needs together', async () => {
    const gateway = await model({
      security: [{ user: ['a'] }, { user: [], other: ['b'] }],
      'x-gateway': { authenticators: { other: issuer } },
      components: { securitySchemes: { other: { type: 'http', scheme: 'bearer' } } },
    });
    expect(operation(gateway).features.authentication.value).toMatchObject({
      anyOf: [
        [{ authenticator: 'user', scopes: ['a'] }],
        [{ authenticator: 'user' }, { authenticator: 'other', scopes: ['b'] }],
      ],
    });
  });

  it('refuses two identities that claim one header', async () => {
    const forward = (header: string) => ({ ...issuer, forward: { [header]: 'claims.sub' } });
    const { errors } = await read({
      security: [{ user: [], other: [] }],
      'x-gateway': { authenticators: { user: forward('X-User'), other: forward('x-user') } },
      components: { securitySchemes: { other: { type: 'http', scheme: 'bearer' } } },
    });
    expect(errors).toEqual(['AUT005']);
  });

  it('warns of a reason that opens nothing and of an authenticator that nothing uses', async () => {
    const { warnings } = await read({
      paths: withFacets(reason),
      'x-gateway': { authenticators: { other: issuer } },
      components: { securitySchemes: { other: { type: 'http', scheme: 'bearer' } } },
    });
    expect(warnings).toEqual(['SEC006', 'REF002']);
  });
});

describe('where the credential is', () => {
  const header = (name: string) => ({ kind: 'header', name });
  it.each<[string, Change, Change, readonly Change[]]>([
    ['http bearer', {}, {}, [header('Authorization')]],
    [
      'an oauth2 flow',
      {
        type: 'oauth2',
        scheme: undefined,
        flows: { clientCredentials: { tokenUrl: 'https://id.test/t', scopes: {} } },
      },
      {},
      [header('Authorization')],
    ],
    [
      'a header key',
      { type: 'apiKey', in: 'header', name: 'X-Token', scheme: undefined },
      {},
      [header('X-Token')],
    ],
    [
      'a header key in Authorization',
      { type: 'apiKey', in: 'header', name: 'authorization', scheme: undefined },
      {},
      [header('Authorization')],
    ],
    [
      'a cookie key',
      { type: 'apiKey', in: 'cookie', name: 'session', scheme: undefined },
      {},
      [{ kind: 'cookie', name: 'session' }],
    ],
    [
      'from',
      {},
      { from: [{ header: 'AUTHORIZATION' }, { cookie: 's' }] },
      [header('Authorization'), { kind: 'cookie', name: 's' }],
    ],
    [
      'from against a query key',
      { type: 'apiKey', in: 'query', name: 'k', scheme: undefined },
      { from: [{ cookie: 's' }] },
      [{ kind: 'cookie', name: 's' }],
    ],
  ])('follows %s', async (_, user, authenticator, places) => {
    const gateway = await model({
      ...scheme(user),
      'x-gateway': { authenticators: { user: authenticator } },
    });
    expect(gateway.authenticators[0]?.from.value).toEqual(places);
  });

  it('never logs it', async () => {
    const gateway = await model({
      ...scheme({ type: 'apiKey', in: 'header', name: 'X-Token', scheme: undefined }),
      'x-gateway': { logging: { access: { redact: ['query.secret'] } } },
    });
    expect(gateway.accessLog.redact).toEqual(
      expect.arrayContaining(['header.authorization', 'header.cookie', 'header.x-token', 'query.secret']),
    );
    const { errors } = await read({ 'x-gateway': { logging: { access: { fields: ['header.Cookie'] } } } });
    expect(errors).toEqual(['LOG001']);
  });
});

describe('login redirects', () => {
  const flows = {
    authorizationCode: {
      authorizationUrl: 'https://id.test/login',
      tokenUrl: 'https://id.test/t',
      scopes: {},
    },
  };
  const oauth = scheme({ type: 'oauth2', flows, scheme: undefined });

  it('takes the authorization URL of the scheme', async () => {
    const gateway = await model({ ...oauth, paths: withFacets({ login: 'browser' }) });
    expect(gateway.authenticators[0]?.login?.value).toEqual({
      url: 'https://id.test/login',
      returnParam: 'return_to',
    });
    expect(operation(gateway).features.login?.value).toBe('browser');
  });

  it('takes the trigger of the authenticator unless the operation has one', async () => {
    const login = { when: 'always', url: 'https://l.test/', returnParam: false };
    const gateway = await model({
      'x-gateway': { authenticators: { user: { login } } },
      paths: { ...withFacets({ login: 'never' }), '/b': { get: { operationId: 'getB', ...ok } } },
    });
    expect(operation(gateway).features.login).toBeUndefined();
    expect(operation(gateway, 'getB').features.login?.value).toBe('always');
    expect(gateway.authenticators[0]?.login?.value.returnParam).toBeUndefined();
  });

  it('refuses a trigger without a page', async () => {
    const login = { 'x-gateway': { authenticators: { user: { login: { when: 'browser' } } } } };
    expect((await read(login)).errors).toEqual(['AUT006']);
    expect((await read({ paths: withFacets({ login: 'browser' }) })).errors).toEqual(['AUT006']);
  });
});
