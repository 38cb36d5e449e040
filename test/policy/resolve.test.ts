import { describe, expect, test } from 'vitest';
import { printExpression } from '../../src/policy/index.ts';
import { expressionOf, policyVectors, resolveWritten } from '../support/policy.ts';

const messages = (authorize: unknown, policies: Readonly<Record<string, unknown>> = {}): readonly string[] =>
  resolveWritten(authorize, policies).found.map(({ code, message, fix }) => `${code} ${message} ${fix}`);

describe('a comparison that cannot be read says where and what to write', () => {
  test.each([
    ['claims.sub = path.id', 'character 12: "=" is no operator; equality is =='],
    ['claims.sub === path.id', 'character 12: "=" is no operator; equality is ==, always without conversion'],
    [
      "claims.sub == path.id && method == 'GET'",
      'character 23: "&" is no operator; several conditions stand in a list: all: [...]',
    ],
    [
      'claims.sub == path.id or claims.x == path.y',
      'character 23: "or" is no operator; alternatives stand in a list: any: [...]',
    ],
    ["claims.age > '17'", 'character 12: ">" is no operator; order is not part of the language'],
    [
      "claims.roles contains 'admin'",
      'character 14: "contains" is no operator; write the value first: value in claims.list',
    ],
    [
      'claim.sub == path.id',
      'character 1: "claim" is none of claims, path, query, header, consumer, method. Did you mean "claims"?',
    ],
    [
      'claims.sub == alice',
      'character 15: "alice" is none of claims, path, query, header, consumer, method. A text stands in single quotes',
    ],
    ['claims.sub == "alice"', "character 15: literals stand in single quotes: 'text'"],
    ["claims.sub == 'alice", "character 15: this ' is never closed"],
    ["claims.sub == 'a\\x'", 'character 17: "\\x" is no escape'],
    ["claims.sub == '\\ud800'", 'character 15: the text holds half a surrogate pair'],
    ['claims.sub ==', 'character 14: an operand is missing'],
    ['claims.sub', 'character 11: an operator is missing: ==, != or in'],
    ["claims. == 'a'", 'character 8: a name is missing after the dot'],
    ["claims['a' == 'b'", 'character 12: the bracket is never closed'],
    ["claims[0] == 'b'", 'character 8: brackets hold a quoted name'],
    ["claims == 'b'", 'character 1: "claims" needs the name of a claim'],
    ["path == 'b'", 'character 1: "path" needs exactly one name'],
    ["path.a.b == 'b'", 'character 1: "path" needs exactly one name'],
    ["method.x == 'GET'", 'character 1: "method" has no parts'],
    ["header.x_y == 'a'", 'character 1: the header name "x_y" holds more than letters, digits and hyphens'],
    ["claims.__proto__.x == 'a'", 'character 1: no token can hold a claim "__proto__"'],
    ["'a' in 'abc'", 'character 8: only a claim holds a list'],
    ['path.id in query.ids', 'character 12: only a claim holds a list'],
    ["consumer.name == 'acme'", 'character 1: of a consumer there is only consumer.id'],
    ["consumer == 'acme'", 'character 1: of a consumer there is only consumer.id'],
    ["'a' in consumer.id", 'character 8: only a claim holds a list'],
    ["$x == 'a'", 'character 1: "$" begins no operand'],
  ])('%s', (text, expected) => {
    const [only, ...others] = messages(text);
    expect(others).toEqual([]);
    expect(only).toContain(`POL002 "${text}" cannot be read at ${expected}`);
  });
});

describe('names of policies', () => {
  test('refer to them, stay visible and win over comparisons', () => {
    const policies = {
      owner: 'claims.sub == path.id',
      'owner-or-admin': { any: ['owner', { role: 'admin' }] },
    };
    const expression = expressionOf({ all: ['owner-or-admin', { scope: 'read' }] }, policies);
    expect(expression).toMatchObject({
      kind: 'all',
      of: [{ kind: 'policy', name: 'owner-or-admin' }, { kind: 'scope' }],
    });
    expect(printExpression(expression)).toBe("all(owner-or-admin, scope 'read')");
  });
  test('that do not exist are errors with the nearest one', () => {
    expect(messages('ownr', { owner: { role: 'x' } })).toEqual([
      expect.stringContaining(
        'POL001 There is no policy "ownr". Declare it under policies, or name another one. Did you mean "owner"?',
      ),
    ]);
    expect(messages('owner')[0]).toContain('No policy is declared.');
  });
  test('in a circle are one error with the whole circle', () => {
    const found = messages('a', { a: 'b', b: { not: { any: ['c', { role: 'x' }] } }, c: 'a', d: 'a' });
    expect(found).toEqual([
      expect.stringContaining('POL003 The policy "a" refers to itself: a → b → c → a.'),
    ]);
  });
  test('are checked although nobody uses them', () => {
    expect(messages({ role: 'x' }, { unused: 'claims.a = 1' })).toHaveLength(1);
  });
  test('that double with every level are refused, not written out', () => {
    const policies = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `p${index}`,
        index === 0 ? { role: 'x' } : { any: [`p${index - 1}`, `p${index - 1}`] },
      ]),
    );
    const found = messages('p59', policies);
    expect(found).toEqual([expect.stringContaining('POL008')]);
  });
  test('in a chain without end are refused', () => {
    const policies = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [
        `p${index}`,
        index === 4999 ? { role: 'x' } : { not: `p${index + 1}` },
      ]),
    );
    expect(messages('p0', policies).some((one) => one.startsWith('POL008'))).toBe(true);
  });
});

test('what is printed reads back as the same expression', () => {
  for (const { expression: written } of policyVectors) {
    const expression = expressionOf(written);
    if (expression.kind === 'compare') expect(expressionOf(printExpression(expression))).toEqual(expression);
  }
  const odd = expressionOf('claims["a\\"b"] == \'O\\\'B\\\\ \\u0001 \\n é\'');
  expect(expressionOf(printExpression(odd))).toEqual(odd);
});
