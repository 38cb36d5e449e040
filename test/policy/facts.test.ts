import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { checkExpression } from '../../src/policy/check-expression.ts';
import { authorizeReader, resolvePolicies, type Yields } from '../../src/policy/index.ts';
import { expressionOf } from '../support/policy.ts';

const consumers = new Map([
  ['acme', { groups: ['partners', 'gold'] }],
  ['globex', { groups: ['partners', 'silver'] }],
]);
const declared = { consumers, backends: new Map([['opa', {}]]) };
const operation = {
  at: { file: 'api.yaml', pointer: '/paths/~1a/get' },
  method: 'GET',
  pathParameters: ['id'],
  relaxedPath: false,
};
const inherited = { file: 'api.yaml', pointer: '/x-gateway/defaults/authorize' };
const own = { file: 'api.yaml', pointer: '/paths/~1a/get/x-gateway/authorize' };
const byToken: Yields = { claims: 'always', consumer: 'never' };
const byKey: Yields = { claims: 'never', consumer: 'always' };
const byEither: Yields = { claims: 'sometimes', consumer: 'sometimes' };
const byPassword: Yields = { claims: 'never', consumer: 'never' };

const check = (
  authorize: unknown,
  yields: Yields,
  at = inherited,
  policies: Readonly<Record<string, unknown>> = {},
): readonly string[] => {
  const found: Diagnostic[] = [];
  const guard = { value: expressionOf(authorize, policies), at };
  checkExpression(guard, { ...operation, yields }, declared, (one) => found.push(one));
  return found.map(({ code, message, fix }) => `${code} ${message} ${fix}`);
};

describe('names that are not declared are errors with the nearest one', () => {
  test.each([
    [
      { group: 'partner' },
      'POL009 No consumer has the group "partner". Give the group to a consumer',
      '"partners"',
    ],
    ["consumer.id == 'acmee'", 'POL010 There is no consumer "acmee". Declare it under consumers', '"acme"'],
    ["'initech' != consumer.id", 'POL010 There is no consumer "initech".', 'Declared: acme, globex.'],
    [
      { external: { backend: 'opaa' } },
      'POL011 A policy asks the back end "opaa", which does not exist.',
      '"opa"',
    ],
  ])('%j', (authorize, message, hint) => {
    const [only, ...others] = check(authorize, byKey);
    expect(others).toEqual([]);
    expect(only).toContain(message);
    expect(only).toContain(hint);
  });
});

describe('what no credential of the operation tells', () => {
  test.each([
    ['a group', { group: 'partners' }, byToken, 'a consumer'],
    ['a consumer', 'consumer.id == path.id', byToken, 'a consumer'],
    ['no group', { not: { group: 'partners' } }, byToken, 'a consumer'],
    ['a scope', { scope: 'read' }, byKey, 'claims of a token'],
    ['a role', { role: 'admin' }, byPassword, 'claims of a token'],
    ['a claim', { claim: 'a', exists: false }, byKey, 'claims of a token'],
    ['a claim in a comparison', 'path.id == claims.sub', byPassword, 'claims of a token'],
    ['one of two demands', { all: [{ scope: 'read' }, { group: 'gold' }] }, byToken, 'a consumer'],
    ['two alternatives', { any: [{ scope: 'read' }, { group: 'gold' }] }, byPassword, 'claims of a token'],
  ])('closes the operation, which is an error: %s', (_, authorize, yields, facts) => {
    const [only, ...others] = check(authorize, yields);
    expect(others).toEqual([]);
    expect(only).toMatch(/^POL012 /);
    expect(only).toContain(`asks for ${facts}`);
  });
  test.each([
    ['tokens', byToken],
    ['keys', byKey],
    ['either', byEither],
  ])('may be a part of a policy for several operations: %s', (_, yields) => {
    const partnersOrReaders = { any: [{ scope: 'read' }, { group: 'gold' }] };
    expect(check(partnersOrReaders, yields)).toEqual([]);
    expect(check('shared', yields, own, { shared: partnersOrReaders })).toEqual([]);
  });
  test('is an error where the operation itself asks for it', () => {
    expect(check({ any: [{ scope: 'read' }, { group: 'gold' }] }, byToken, own)).toEqual([
      expect.stringContaining('POL012 "group \'gold\'" asks for a consumer'),
    ]);
    expect(check({ any: [{ scope: 'read' }, { group: 'gold' }] }, byEither, own)).toEqual([]);
  });
  test('is found in policies of any size', () => {
    const scopes = Array.from({ length: 40 }, (_, index) => ({ scope: `s${index}` }));
    expect(check({ all: [...scopes, { group: 'gold' }] }, byToken)).toEqual([
      expect.stringContaining('POL012'),
    ]);
  });
});

describe('consumers are all known', () => {
  test.each([
    [
      'two groups that nobody has together',
      { all: [{ group: 'gold' }, { group: 'silver' }] },
      byKey,
      'POL006',
    ],
    ['two consumers at once', { all: ["consumer.id == 'acme'", "consumer.id == 'globex'"] }, byKey, 'POL006'],
    [
      'a group that the consumer lacks',
      { all: ["consumer.id == 'acme'", { group: 'silver' }] },
      byKey,
      'POL006',
    ],
    ['a group or none', { any: [{ group: 'gold' }, { not: { group: 'gold' } }] }, byKey, 'POL007'],
  ])('%s', (_, authorize, yields, code) => {
    expect(check(authorize, yields)).toEqual([expect.stringContaining(code)]);
  });
  test.each([
    ['keys or tokens', { group: 'partners' }, byEither],
    ['a group that everybody has today', { group: 'partners' }, byKey],
    ['every consumer of today', { any: ["consumer.id == 'acme'", "consumer.id == 'globex'"] }, byKey],
    ['one of the groups', { group: 'gold' }, byKey],
    ['a consumer and a parameter', 'consumer.id == path.id', byKey],
    ['a consumer in a claim', 'consumer.id in claims.clients', byEither],
    [
      'a claim that keys lack',
      {
        any: [
          { claim: 'a', exists: true },
          { claim: 'a', exists: false },
        ],
      },
      byEither,
    ],
    ['one service in two places', { any: [{ external: { backend: 'opa' } }, { group: 'gold' }] }, byKey],
  ])('depends on the request: %s', (_, authorize, yields) => {
    expect(check(authorize, yields)).toEqual([]);
  });
  test('a service and its opposite is no condition', () => {
    const opa = { external: { backend: 'opa' } };
    expect(check({ all: [opa, { not: opa }] }, byKey)).toEqual([expect.stringContaining('POL006')]);
  });
});

test('thousands of operations that inherit a policy are checked as few times as they differ', () => {
  const block = { kind: 'text', text: "method == 'PUT'", at: inherited } as const;
  let consulted = 0;
  const counting = {
    consumers: {
      ...consumers,
      has: (name: string) => consumers.has(name),
      values: () => {
        consulted++;
        return consumers.values();
      },
    } as unknown as typeof consumers,
    backends: declared.backends,
  };
  const group = { kind: 'group', group: 'nobody', at: inherited } as const;
  const read = authorizeReader(
    resolvePolicies(new Map(), () => undefined),
    counting,
  );
  const found: Diagnostic[] = [];
  const at = (index: number) => ({ file: 'api.yaml', pointer: `/paths/~1p${index}/get` });
  for (let index = 0; index < 5000; index++) {
    const guarded = {
      ...operation,
      at: at(index),
      method: ['GET', 'PUT', 'POST'][index % 3] ?? '',
      yields: byKey,
    };
    read({ value: group, at: inherited }, guarded, (one) => found.push(one));
    expect(read({ value: block, at: inherited }, guarded, () => undefined)?.kind).toBe('compare');
  }
  expect(consulted).toBe(1);
  expect(found.length).toBe(5000);
});
