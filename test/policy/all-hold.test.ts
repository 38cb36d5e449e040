import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExternalCall } from '../../src/model/policy.ts';
import { externalKey } from '../../src/policy/external-question.ts';
import { leavesOf } from '../../src/policy/fold.ts';
import { allHold, evaluate, type PolicyInputs } from '../../src/policy/index.ts';
import type { Truth } from '../../src/policy/kleene.ts';
import { expressionOf } from '../support/policy.ts';
import { type PolicySample, policySamples } from '../verifier/policy-samples.ts';

const ask = (backend: string): unknown => ({ external: { backend } });

const inputsOf = (sample: PolicySample, external: PolicyInputs['external']): PolicyInputs => ({
  ...sample,
  header: (name) => [sample.headers[name] ?? ''].filter((value) => value !== ''),
  external,
});

/** The decision, and the services that were asked in order. */
const decided = (
  policies: readonly unknown[],
  answers: Readonly<Record<string, Truth>>,
  claims: PolicyInputs['claims'] = { t: 1 },
): { readonly holds: boolean; readonly asked: readonly string[] } => {
  const asked: string[] = [];
  const holds = allHold(
    policies.map((one) => expressionOf(one)),
    {
      claims,
      consumer: undefined,
      groups: undefined,
      scopeClaims: [],
      roleClaim: [],
      path: new Map(),
      query: '',
      header: () => [],
      method: 'GET',
      address: undefined,
      external: ({ backend }) => {
        asked.push(backend);
        return answers[backend] ?? 'unknown';
      },
    },
  );
  return { holds, asked };
};

const yes = { claim: 't', equals: 1 };
const no = { claim: 't', equals: 2 };
const missing = { claim: 'u', equals: 1 };

describe('services are asked only what the decision needs', () => {
  test.each<[string, readonly unknown[], Readonly<Record<string, Truth>>, boolean, readonly string[]]>([
    ['none beside a claim that fails', [{ all: [ask('a'), no] }], { a: true }, false, []],
    ['none beside a claim that is missing', [{ all: [ask('a'), missing] }], { a: true }, false, []],
    ['none beside a claim that suffices', [{ any: [ask('a'), yes] }], {}, true, []],
    ['none when another level fails', [ask('a'), no], { a: true }, false, []],
    ['the one that is left', [{ any: [no, ask('a')] }, yes], { a: true }, true, ['a']],
    ['from the left until one fails', [{ all: [ask('a'), ask('b')] }], { a: false, b: true }, false, ['a']],
    ['from the left until one holds', [{ any: [ask('a'), ask('b')] }], { a: true }, true, ['a']],
    ['the next when one is silent', [{ any: [ask('a'), ask('b')] }], { b: true }, true, ['a', 'b']],
    ['no more when one is silent', [{ all: [ask('a'), ask('b')] }], { b: true }, false, ['a']],
    ['one once', [ask('a'), { any: [ask('a'), ask('b')] }], { a: true }, true, ['a']],
    ['under not', [{ not: { any: [ask('a'), ask('b')] } }], { a: false, b: false }, true, ['a', 'b']],
    ['not where no answer helps', [{ any: [{ all: [ask('a'), no] }, ask('b')] }], { b: true }, true, ['b']],
  ])('%s', (_, policies, answers, holds, asked) => {
    expect(decided(policies, answers)).toEqual({ holds, asked });
  });
});

describe('asking later is exact', () => {
  test('what is certain without services stays so whatever they answer', () => {
    fc.assert(
      fc.property(policySamples, (sample) => {
        const without = evaluate(
          sample.expression,
          inputsOf(sample, () => 'unknown'),
        );
        const withAnswers = evaluate(
          sample.expression,
          inputsOf(sample, ({ backend }) => sample.answers[backend] ?? 'unknown'),
        );
        if (without !== 'unknown') expect(withAnswers).toBe(without);
      }),
      { numRuns: 3000 },
    );
  });

  test('the decision is that of evaluating everything, and every question was needed', () => {
    fc.assert(
      fc.property(policySamples, (sample) => {
        const asked: ExternalCall[] = [];
        const answer = ({ backend }: ExternalCall): Truth => sample.answers[backend] ?? 'unknown';
        const holds = allHold(
          [sample.expression],
          inputsOf(sample, (call) => {
            asked.push(call);
            return answer(call);
          }),
        );
        expect(holds).toBe(evaluate(sample.expression, inputsOf(sample, answer)) === true);
        const keys = asked.map(externalKey);
        expect(new Set(keys).size).toBe(keys.length);
        const known = leavesOf(sample.expression).flatMap((leaf) =>
          leaf.kind === 'external' ? [externalKey(leaf)] : [],
        );
        expect(keys.every((key) => known.includes(key))).toBe(true);
        const silent = evaluate(
          sample.expression,
          inputsOf(sample, () => 'unknown'),
        );
        if (silent !== 'unknown') expect(asked).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});
