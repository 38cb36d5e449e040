import { describe, expect, test } from 'vitest';
import { anyOf, publicAccess, required, sourced } from '../support/model.ts';
import { ask, bearer, challengeOf, cookie, either, now, received, sid, token, user } from './callers.ts';

const both = anyOf([
  [
    { authenticator: 'user', scopes: ['read'] },
    { authenticator: 'session', scopes: [] },
  ],
]);

describe('who a caller is', () => {
  test.each([
    ['J1', 'nothing', required(), [], 401, 'Bearer realm="shop"'],
    ['J1', 'another scheme', required(), ['Authorization: Basic YTpi'], 401, 'Bearer realm="shop"'],
    [
      'J1',
      'another scheme with a longer name',
      required(),
      ['Authorization: Bearerx a'],
      401,
      'Bearer realm="shop"',
    ],
    [
      'J3',
      'the scheme alone',
      required(),
      ['Authorization: Bearer'],
      401,
      'Bearer realm="shop", error="invalid_token"',
    ],
    [
      'J3',
      'two spaces',
      required(),
      [`Authorization: Bearer  ${token()}`],
      401,
      'Bearer realm="shop", error="invalid_token"',
    ],
    [
      'J12',
      'an expired token',
      required(),
      [bearer(token({ exp: now - 31 }))],
      401,
      'Bearer realm="shop", error="invalid_token"',
    ],
    [
      'R6',
      'too few scopes',
      required('user', ['read', 'write']),
      [bearer(token({ scope: 'read' }))],
      403,
      'Bearer realm="shop", error="insufficient_scope", scope="read write"',
    ],
    [
      'Z1',
      'a scope that begins alike',
      required('user', ['read']),
      [bearer(token({ scope: 'reader' }))],
      403,
      'Bearer realm="shop", error="insufficient_scope", scope="read"',
    ],
    ['R12', 'neither of two', either, [], 401, 'Bearer realm="shop"'],
    [
      'R12',
      'one invalid, none valid',
      either,
      [cookie('x')],
      401,
      'Bearer realm="shop", error="invalid_token"',
    ],
    [
      'R12',
      'half of an AND',
      both,
      [bearer(token({ scope: 'read' }))],
      401,
      'Bearer realm="shop", error="invalid_token"',
    ],
    [
      'R12',
      'an AND without a scope',
      both,
      [bearer(), cookie()],
      403,
      'Bearer realm="shop", error="insufficient_scope", scope="read"',
    ],
    [
      'J28',
      'a bad token where none is needed',
      anyOf(either.kind === 'public' ? [] : either.anyOf, 'optional'),
      [bearer('x')],
      401,
      'Bearer realm="shop", error="invalid_token"',
    ],
  ] as const)('%s %s', (_row, _name, authentication, headers, status, challenge) => {
    const decision = ask(authentication, headers);
    expect(decision.status).toBe(status);
    expect(challengeOf(decision)).toBe(challenge);
    expect(decision.headers).toContainEqual(['Cache-Control', 'no-store']);
  });

  test.each([
    ['J2', 'any case of the scheme', required(), [`Authorization: bEARER ${token()}`]],
    ['J12', 'just within the skew', required(), [bearer(token({ exp: now - 29 }))]],
    ['R12', 'the first of two', either, [bearer()]],
    ['R12', 'the second of two, the first invalid', either, [bearer('x'), cookie()]],
    ['R12', 'both of two', both, [bearer(token({ scope: 'read' })), cookie()]],
    ['J28', 'nobody where none is needed', anyOf([[{ authenticator: 'user', scopes: [] }]], 'optional'), []],
    ['Z2', 'a public operation', publicAccess, [bearer('x')]],
  ] as const)('%s %s passes', (_row, _name, authentication, headers) => {
    expect(ask(authentication, headers).status).toBeUndefined();
  });

  test('J5: two places of one authenticator are a bad request', () => {
    const anywhere = {
      ...user,
      from: sourced([...user.from.value, { kind: 'cookie' as const, name: 'sid' }]),
    };
    const decision = ask(required(), [bearer(), cookie(token())], { authenticators: [anywhere] });
    expect(decision).toMatchObject({ status: 400, problem: 'bad-request', reason: 'ambiguous-credential' });
    expect(ask(required(), [cookie(token())], { authenticators: [anywhere] }).status).toBeUndefined();
    expect(
      ask(required(), [`Cookie: sid=${token()}; sid=${token()}`], { authenticators: [anywhere] }).status,
    ).toBe(401);
    expect(challengeOf(ask(required(), ['Cookie: sid='], { authenticators: [anywhere] }))).toBe(
      'Bearer realm="shop"',
    );
  });
});

describe('what the back end learns', () => {
  test('I1: owned headers are the identity, whatever the client sends', () => {
    const decision = ask(required(), [
      bearer(token({ sub: 'al\u00e9', roles: ['a,b', 'c%'] })),
      'x-user-id: admin',
      'X-Session: s',
    ]);
    expect(received(decision)).toMatchObject({ 'x-user-id': 'al%C3%A9', 'x-roles': 'a%2Cb,c%25' });
    expect(decision.forwarded?.absent).toContain('x-session');
  });
  test.each([
    ['a number', 42, '42'],
    ['a boolean', false, 'false'],
    ['a line feed', 'a\r\nX: y', 'a%0D%0AX: y'],
    ['spaces at the ends', ' alice ', '%20alice%20'],
    ['an object', { a: 1 }, undefined],
    ['a mixed list', ['a', 1], undefined],
    ['nothing', null, undefined],
    ['an empty text', '', undefined],
    ['a rounded integer', 2 ** 60, undefined],
  ])('I3: %s', (_, roles, expected) => {
    const decision = ask(required(), [bearer(token({ roles }))]);
    expect(received(decision)['x-roles']).toBe(expected);
    expect(decision.forwarded?.absent.includes('x-roles')).toBe(expected === undefined);
  });
  test('I1: on a public operation they are absent', () => {
    expect(ask(publicAccess, [bearer(), 'X-User-Id: admin']).forwarded?.absent).toEqual(
      expect.arrayContaining(['x-user-id', 'x-roles', 'x-session']),
    );
  });
  test('I4: the token stays, or is removed where asked, and other cookies stay', () => {
    expect(ask(required(), [bearer()]).forwarded?.absent).not.toContain('authorization');
    expect(received(ask(either, [cookie()]))['cookie']).toBe('a=b; c=d');
    expect(ask(either, [`Cookie: sid=${sid()}`]).forwarded?.absent).toContain('cookie');
  });
  test('M6, H3, I5: what other gateways would assert is absent', () => {
    expect(ask(publicAccess, []).forwarded?.absent).toEqual(
      expect.arrayContaining([
        'x-http-method-override',
        'forwarded',
        'x-real-ip',
        'x-api-key',
        'connection',
        'proxy',
      ]),
    );
  });
});
