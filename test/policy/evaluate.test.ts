import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, type PolicyInputs, withMethod } from '../../src/policy/index.ts';
import { expressionOf, type PolicyVector, policyVectors } from '../support/policy.ts';
import { claimSets, expressions, inputsOf as inputsWith } from './expressions.ts';

const inputsOf = (vector: PolicyVector): PolicyInputs => ({
  ...vector,
  external: ({ backend }) => vector.answers[backend] ?? 'unknown',
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

describe('what a caller leaves out never helps', () => {
  test('evaluation is monotone: a claim that is added decides, and never turns a decision round', () => {
    fc.assert(
      fc.property(expressions({ withExists: false }), claimSets, claimSets, (expression, fewer, added) => {
        const present = Object.fromEntries(Object.entries(fewer).filter(([, value]) => value !== null));
        const without = evaluate(expression, inputsWith(fewer));
        const withMore = evaluate(expression, inputsWith({ ...added, ...present }));
        if (without !== 'unknown') expect(withMore).toBe(without);
      }),
      { numRuns: 1000 },
    );
  });
});
