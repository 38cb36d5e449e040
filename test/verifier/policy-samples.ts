import fc from 'fast-check';
import type {
  ClaimPath,
  ClaimTest,
  Expression,
  ExternalCall,
  Operand,
  SentFact,
} from '../../src/model/policy.ts';
import type { JsonObject, JsonValue } from '../../src/policy/index.ts';
import type { Truth } from '../../src/policy/kleene.ts';
import { at, range } from '../support/model.ts';

/** An expression with one request; header values are Latin-1 texts of bytes. */
export interface PolicySample {
  readonly expression: Expression;
  /** Undefined for an identity without a token. */
  readonly claims: JsonObject | undefined;
  readonly consumer: string | undefined;
  readonly groups: readonly string[] | undefined;
  /** What services answer, by the name of the back end. */
  readonly answers: Readonly<Record<string, Truth>>;
  readonly path: ReadonlyMap<string, string>;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly method: string;
  readonly address: string | undefined;
  readonly scopeClaims: readonly ClaimPath[];
  readonly roleClaim: ClaimPath;
}
const words = ['x', 'y', 'a b', '', '1', 'true', '\u00e9', '\u{1f600}', 'x%', '1.5', 'a'];
const scalars: readonly (string | number | boolean)[] = [
  ...words,
  1,
  0,
  -1,
  1.5,
  1e21,
  2 ** 53,
  1e-7,
  true,
  false,
];
const claimNames = ['sub', 'a', 'roles', 'scope', 'deep', 'missing'];
const claimPath = fc.oneof(
  fc.constantFrom(...claimNames).map((name) => [name]),
  fc.constantFrom('scp', 'x', 'length', '0', '__proto__', 'constructor').map((name) => ['deep', name]),
);
const operand = fc.oneof(
  claimPath.map((claim): Operand => ({ kind: 'claim', claim })),
  fc.constantFrom('p', 'q', 'none').map((name): Operand => ({ kind: 'path', name })),
  fc.constantFrom('x', 'y', 'a b').map((name): Operand => ({ kind: 'query', name })),
  fc.constantFrom('x-a', 'x-b').map((name): Operand => ({ kind: 'header', name })),
  fc.constant<Operand>({ kind: 'method' }),
  fc.constant<Operand>({ kind: 'consumer' }),
  fc.constantFrom(...words, 'GET').map((value): Operand => ({ kind: 'literal', value })),
);
const claimTest = fc.oneof(
  fc.constantFrom(...scalars).map((value): ClaimTest => ({ kind: 'equals', value })),
  fc.constantFrom(...scalars).map((value): ClaimTest => ({ kind: 'contains', value })),
  fc
    .array(fc.constantFrom(...scalars), { maxLength: 3 })
    .map((values): ClaimTest => ({ kind: 'in', values })),
  fc.boolean().map((expected): ClaimTest => ({ kind: 'exists', expected })),
);
const ranges = fc.subarray(
  ['10.0.0.0/8', '0.0.0.0/0', '192.0.2.7/32', '::/0', '2001:db8::/33', 'fe80::1/128'],
  {
    maxLength: 2,
  },
);
const services = ['s', 't', 'u'];
const facts: readonly SentFact[] = ['method', 'path', 'query', 'claims', 'consumer', 'ip'];
const external = fc.record<ExternalCall>({
  kind: fc.constant('external'),
  backend: fc.constantFrom(...services),
  path: fc.constant('/'),
  timeoutMs: fc.constant(200),
  send: fc.subarray([...facts]),
  cacheSeconds: fc.constantFrom(0, 10),
  at: fc.constant(at),
});
const leaf: fc.Arbitrary<Expression> = fc.oneof(
  { arbitrary: external, weight: 4 },
  fc.constantFrom(...words).map((group): Expression => ({ kind: 'group', group })),
  fc.constantFrom(...words).map((scope): Expression => ({ kind: 'scope', scope })),
  fc.constantFrom(...words).map((role): Expression => ({ kind: 'role', role })),
  ranges.map((texts): Expression => ({ kind: 'ip', ranges: texts.map(range) })),
  fc.record({ kind: fc.constant('claim' as const), claim: claimPath, test: claimTest }),
  fc.record({
    kind: fc.constant('compare' as const),
    left: operand,
    operator: fc.constantFrom('==' as const, '!=' as const, 'in' as const),
    right: operand,
  }),
);
const expressions = fc.letrec<{ node: Expression }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('node'), { maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('node') }),
    fc.record({ kind: fc.constant('policy' as const), name: fc.constant('named'), is: tie('node') }),
  ),
})).node;
const simpleValue: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(...scalars, null, 'read x', 'x y '),
  fc.array(fc.constantFrom<JsonValue>(...scalars, null), { maxLength: 3 }),
);
const claimSets: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.constantFrom(...claimNames),
  fc.oneof(
    simpleValue,
    fc.dictionary(fc.constantFrom('scp', 'x', 'length', '0', 'constructor'), simpleValue),
  ),
);
const rawTexts = [
  'x',
  'y',
  '%78',
  'a%20b',
  'a+b',
  '1',
  'true',
  '%C3%A9',
  '%F0%9F%98%80',
  '%',
  '%2',
  '%ff',
  '%C0%AE',
  '%ED%A0%80',
  'x%25',
  '1.5',
];
const queries = fc
  .array(
    fc.tuple(
      fc.constantFrom('x', 'y', '%78', 'a%20b', 'a+b', 'z', '%', ''),
      fc.option(fc.constantFrom(...rawTexts, '', 'x=y')),
    ),
    { maxLength: 3 },
  )
  .map((pairs) => pairs.map(([name, value]) => (value === null ? name : `${name}=${value}`)).join('&'));
const consumers = fc.option(
  fc.record({
    consumer: fc.constantFrom(...words),
    groups: fc.subarray(words, { maxLength: 3 }),
  }),
  { nil: { consumer: undefined, groups: undefined } },
);
/** Expressions over a few names and values, so that operands often meet. */
export const policySamples: fc.Arbitrary<PolicySample> = fc
  .tuple(
    consumers,
    fc.record<Omit<PolicySample, 'consumer' | 'groups'>>({
      expression: expressions,
      claims: fc.option(claimSets, { nil: undefined, freq: 8 }),
      answers: fc.record(
        Object.fromEntries(services.map((name) => [name, fc.constantFrom<Truth>(true, false, 'unknown')])),
      ),
      path: fc.tuple(fc.constantFrom(...rawTexts), fc.constantFrom(...rawTexts)).map(
        ([p, q]) =>
          new Map([
            ['p', p],
            ['q', q],
          ]),
      ),
      query: queries,
      headers: fc.dictionary(
        fc.constantFrom('x-a', 'x-b'),
        fc.constantFrom(
          'x',
          'y',
          '1',
          'true',
          '\u00c3\u00a9',
          '\u00e9',
          '\u00ef\u00bb\u00bfx',
          '%78',
          'a b',
          'x%',
          '\u00f0\u009f\u0098\u0080',
        ),
      ),
      scopeClaims: fc.constant([['scope'], ['deep', 'scp']]),
      roleClaim: fc.constant(['roles']),
      method: fc.constantFrom('GET', 'POST'),
      address: fc.constantFrom(
        '10.1.2.3',
        '192.0.2.7',
        '::ffff:10.1.2.3',
        '2001:db8::1',
        '2001:db8:8000::1',
        'fe80::1',
        '::',
        'unix:',
        undefined,
      ),
    }),
  )
  .map(([who, rest]) => ({ ...rest, ...who }));
