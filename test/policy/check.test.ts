import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { checkExpression } from '../../src/policy/check-expression.ts';
import { constantResult } from '../../src/policy/constant-result.ts';
import { evaluate, type Yields } from '../../src/policy/index.ts';
import { expressionOf } from '../support/policy.ts';
import { claimSets, expressions, inputsOf } from './expressions.ts';

const operation = {
  at: { file: 'api.yaml', pointer: '/paths/~1a/get' },
  method: 'GET',
  pathParameters: ['userId', 'orderId'],
  relaxedPath: false,
  yields: { claims: 'always', consumer: 'always' } as Yields,
};
const consumers = new Map([
  ['acme', { groups: ['partners', 'gold'] }],
  ['globex', { groups: ['partners'] }],
]);
const declared = { consumers, backends: new Map([['opa', {}]]) };
const inherited = { file: 'api.yaml', pointer: '/x-gateway/defaults/authorize' };
const own = { file: 'api.yaml', pointer: '/paths/~1a/get/x-gateway/authorize' };

const check = (
  authorize: unknown,
  at = inherited,
  changes: Partial<typeof operation> = {},
): readonly string[] => {
  const found: Diagnostic[] = [];
  const guard = { value: expressionOf(authorize), at };
  checkExpression(guard, { ...operation, ...changes }, declared, (one) => found.push(one));
  return found.map(({ code, message, fix }) => `${code} ${message} ${fix}`);
};

describe('path parameters', () => {
  test('that the path does not have are errors with the nearest one', () => {
    expect(check('claims.sub == path.userid')).toEqual([
      'POL004 "claims.sub == path.userid" reads the path parameter "userid", which the path does not have. Name one of userId, orderId. Did you mean "userId"?',
    ]);
    expect(check('claims.sub == path.userId')).toEqual([]);
  });
  test('that may carry unusual characters cannot be compared', () => {
    expect(check('claims.sub == path.userId', inherited, { relaxedPath: true })).toEqual([
      expect.stringContaining('POL005'),
    ]);
  });
});

const tier = (value: string) => ({ claim: 'tier', equals: value });
const exists = { claim: 'tier', exists: true };

describe('a policy that no request can change is an error', () => {
  test.each([
    ['two values at once', { all: [tier('a'), tier('b')] }],
    ['two values at once, in comparisons', { all: ["claims.tier == 'a'", "'b' == claims.tier"] }],
    ['a value and its opposite', { all: [tier('a'), { not: tier('a') }] }],
    ['outside its own list', { all: [tier('a'), { claim: 'tier', in: ['b', 'c'] }] }],
    ['missing and equal', { all: [{ claim: 'tier', exists: false }, tier('a')] }],
    [
      'missing and compared with a parameter',
      { all: [{ claim: 'tier', exists: false }, 'claims.tier == path.userId'] },
    ],
    ['scalar and list', { all: [tier('a'), { claim: 'tier', contains: 'a' }] }],
    [
      'two types',
      {
        all: [
          { claim: 'level', equals: 1 },
          { claim: 'level', equals: '1' },
        ],
      },
    ],
    ['two literals', "'a' == 'b'"],
    ['two parameter values', { all: ["path.userId == 'a'", "path.userId == 'b'"] }],
    ['two methods', { all: ["method == 'GET'", "method == 'POST'"] }],
    ['a method that it is not', "method == 'POST'"],
    ['not a scope and the scope', { all: [{ scope: 's' }, { not: { scope: 's' } }] }],
  ])('always denied: %s', (_, authorize) => {
    expect(check(authorize)).toEqual([expect.stringContaining('POL006')]);
  });
  test.each([
    ['there or not there', { any: [exists, { not: exists }] }],
    ['two literals', "'a' != 'b'"],
    ['not denied', { not: { all: [exists, { claim: 'tier', exists: false }] } }],
  ])('always allowed: %s', (_, authorize) => {
    expect(check(authorize)).toEqual([expect.stringContaining('POL007')]);
  });
  test('always allowed by the method of the operation that it is written at', () => {
    expect(check("method == 'GET'", own)).toEqual([expect.stringContaining('POL007')]);
    expect(check({ any: ["method == 'GET'", { role: 'admin' }] }, inherited)).toEqual([]);
  });
  test.each([
    ['one of two', { any: [tier('a'), tier('b')] }],
    ['neither of two', { all: ["claims.tier != 'a'", "claims.tier != 'b'"] }],
    ['either or not, because it may be missing', { any: [tier('a'), { not: tier('a') }] }],
    [
      'list with two items',
      {
        all: [
          { claim: 'tier', contains: 'a' },
          { claim: 'tier', contains: 'b' },
        ],
      },
    ],
    [
      'list without an item',
      { all: [{ claim: 'tier', contains: 'a' }, { not: { claim: 'tier', contains: 'b' } }] },
    ],
    ['same claim, other path', { all: [tier('a'), { claim: 'other', equals: 'b' }] }],
    ['a claim and a parameter, twice', { all: ['claims.a == path.userId', 'claims.a == path.orderId'] }],
    ['the method', "method != 'DELETE'"],
    [
      'more leaves than are tried',
      { all: Array.from({ length: 20 }, (_, index) => ({ scope: `s${index}` })) },
    ],
    ['numbers and texts in one list', { all: ["'a' in claims.ids", { claim: 'ids', contains: 1 }] }],
  ])('depends on the request: %s', (_, authorize) => {
    expect(check(authorize)).toEqual([]);
  });
});

test('what is called constant is: no claims contradict it', () => {
  let constants = 0;
  fc.assert(
    fc.property(
      expressions({ withExists: true }),
      fc.array(claimSets, { minLength: 5, maxLength: 5 }),
      (expression, sets) => {
        const always = constantResult(expression, { consumers, yields: operation.yields });
        if (always === undefined) return;
        constants++;
        for (const claims of sets) expect(evaluate(expression, inputsOf(claims)) === true).toBe(always);
      },
    ),
    { numRuns: 1500 },
  );
  expect(constants).toBeGreaterThan(0);
});
