import fc from 'fast-check';
import type { Expression } from '../../src/model/policy.ts';
import type { JsonObject, PolicyInputs } from '../../src/policy/index.ts';

const leaves = ['a', 'b', 'c'].flatMap((claim): Expression[] => [
  { kind: 'claim', claim: [claim], test: { kind: 'equals', value: 'x' } },
  { kind: 'claim', claim: [claim], test: { kind: 'in', values: ['x', 1] } },
  { kind: 'claim', claim: [claim], test: { kind: 'contains', value: 1 } },
  {
    kind: 'compare',
    left: { kind: 'claim', claim: [claim] },
    operator: '!=',
    right: { kind: 'path', name: 'id' },
  },
  {
    kind: 'compare',
    left: { kind: 'literal', value: 'x' },
    operator: 'in',
    right: { kind: 'claim', claim: [claim] },
  },
]);
const exists: readonly Expression[] = ['a', 'b', 'c'].map((claim) => ({
  kind: 'claim',
  claim: [claim],
  test: { kind: 'exists', expected: true },
}));

/** Small expressions over three claims, a scope and a role. `exists` is the one leaf that sees what is missing. */
export const expressions = (options: { readonly withExists: boolean }): fc.Arbitrary<Expression> => {
  const leaf = fc.constantFrom<Expression>(
    ...leaves,
    { kind: 'scope', scope: 'read' },
    { kind: 'role', role: 'admin' },
    ...(options.withExists ? exists : []),
  );
  return fc.letrec<{ node: Expression }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        of: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('not' as const), of: tie('node') }),
    ),
  })).node;
};

const claimValues = fc.constantFrom<JsonObject[string]>(
  'x',
  'y',
  1,
  2,
  true,
  null,
  ['x', 1],
  ['x'],
  [2],
  ['read'],
  [],
  {},
);
export const claimSets: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'scope', 'roles'),
  claimValues,
);

export const inputsOf = (claims: JsonObject): PolicyInputs => ({
  claims,
  consumer: undefined,
  groups: undefined,
  external: () => 'unknown',
  scopeClaims: [['scope']],
  roleClaim: ['roles'],
  path: new Map([['id', 'x']]),
  query: '',
  header: () => [],
  method: 'GET',
  address: undefined,
});
