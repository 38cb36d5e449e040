import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Expression } from '../../src/model/policy.ts';
import { evaluate, type JsonObject, type PolicyInputs, withMethod } from '../../src/policy/index.ts';
import { expressionOf, type PolicyVector, policyVectors } from '../support/policy.ts';

const inputsOf = (vector: PolicyVector): PolicyInputs => ({
  ...vector,
  header: (name) =>
    vector.headers
      .filter(([one]) => one.toLowerCase() === name)
      .map(([, value]) => Buffer.from(value, 'utf8').toString('latin1')),
});

describe('policies decide as the language says (Z1, Z4, Z5, Z7, P18)', () => {
  test.each(policyVectors.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    expect(evaluate(expressionOf(vector.expression), inputsOf(vector))).toBe(vector.expected);
  });

  test('the table covers every leaf with all three results', () => {
    expect(policyVectors.length).toBeGreaterThanOrEqual(120);
    expect(new Set(policyVectors.map(({ expected }) => expected)).size).toBe(3);
  });
});

test('a header that is sent twice is unknown', () => {
  const [vector] = policyVectors;
  if (vector === undefined) throw new Error('no vector');
  const inputs = { ...inputsOf(vector), header: () => ['a', 'a'] };
  expect(evaluate(expressionOf("header.x == 'a'"), inputs)).toBe('unknown');
});

test('a header that is no UTF-8 is unknown', () => {
  const [vector] = policyVectors;
  if (vector === undefined) throw new Error('no vector');
  expect(evaluate(expressionOf("header.x != 'a'"), { ...inputsOf(vector), header: () => ['\xe9'] })).toBe(
    'unknown',
  );
});

test('the method of an operation is constant there', () => {
  const [vector] = policyVectors;
  if (vector === undefined) throw new Error('no vector');
  const expression = withMethod(expressionOf({ not: "method == 'GET'" }), 'GET');
  expect(evaluate(expression, { ...inputsOf(vector), method: 'HEAD' })).toBe(false);
});

/** Small expressions over three claims, with every combinator. */
const leaf = fc.oneof(
  fc.constantFrom<Expression>(
    ...['a', 'b', 'c'].flatMap((claim): Expression[] => [
      { kind: 'claim', claim: [claim], test: { kind: 'equals', value: 'x' } },
      { kind: 'claim', claim: [claim], test: { kind: 'contains', value: 1 } },
      {
        kind: 'compare',
        left: { kind: 'claim', claim: [claim] },
        operator: '!=',
        right: { kind: 'path', name: 'id' },
      },
    ]),
  ),
  fc.constantFrom<Expression>({ kind: 'scope', scope: 'read' }, { kind: 'role', role: 'admin' }),
);
const expressions = fc.letrec<{ node: Expression }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('node'), { maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('node') }),
  ),
})).node;
const claimValues = fc.constantFrom('x', 'y', 1, true, null, ['x', 1], ['read'], {});
const claimSets = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'scope', 'roles'), claimValues);

describe('what a caller leaves out never helps', () => {
  test('evaluation is monotone: a claim that is added decides, and never turns a decision round', () => {
    fc.assert(
      fc.property(expressions, claimSets, claimSets, (expression, fewer, added) => {
        const inputs = (claims: JsonObject): PolicyInputs => ({
          claims,
          scopeClaims: [['scope']],
          roleClaim: ['roles'],
          path: new Map([['id', 'x']]),
          query: '',
          header: () => [],
          method: 'GET',
          address: undefined,
        });
        const without = evaluate(expression, inputs(fewer as JsonObject));
        const withMore = evaluate(expression, inputs({ ...added, ...withoutNull(fewer) } as JsonObject));
        if (without !== 'unknown') expect(withMore).toBe(without);
      }),
      { numRuns: 500 },
    );
  });
});

const withoutNull = (claims: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
