import { describe, expect, test } from 'vitest';
import { anyOf, required, sourced } from '../support/model.ts';
import { ask, bearer, challengeOf, cookie, either, token } from './callers.ts';

describe('R11: cookies and other sites', () => {
  const post = (...headers: readonly string[]) => ask(either, [cookie(), ...headers], { method: 'POST' });
  test.each([
    ['the own origin', ['Origin: https://a.test'], undefined],
    ['the own site', ['Sec-Fetch-Site: same-origin'], undefined],
    ['no origin', [], 403],
    ['another origin', ['Origin: https://evil.test'], 403],
    ['a longer origin', ['Origin: https://a.test.evil.test'], 403],
    ['another scheme', ['Origin: http://a.test'], 403],
    ['another port', ['Origin: https://a.test:444'], 403],
    ['the default port written', ['Origin: https://a.test:443'], 403],
    ['null', ['Origin: null'], 403],
    ['two origins', ['Origin: https://a.test', 'Origin: https://evil.test'], 403],
    ['a sister site', ['Sec-Fetch-Site: same-site'], 403],
  ] as const)('%s', (_, headers, status) => {
    expect(post(...headers).status).toBe(status);
  });
  test('a token in a header, or a safe method, needs no origin', () => {
    expect(ask(either, [bearer()], { method: 'POST' }).status).toBeUndefined();
    expect(ask(either, [cookie()]).status).toBeUndefined();
  });
});

describe('Z5: policies', () => {
  const authorization = [
    sourced({
      kind: 'compare',
      left: { kind: 'claim', claim: ['sub'] },
      operator: '==',
      right: { kind: 'path', name: 'id' },
    } as const),
  ];
  test('the owner passes, everybody else is 403 without a reason', () => {
    expect(ask(required(), [bearer()], { authorization }).status).toBeUndefined();
    const decision = ask(required(), [bearer(token({ sub: 'bob' }))], { authorization });
    expect(decision).toMatchObject({ status: 403, reason: 'policy' });
    expect(challengeOf(decision)).toBe('Bearer realm="shop", error="insufficient_scope"');
  });
  test('an anonymous caller is asked who they are', () => {
    const optional = anyOf([[{ authenticator: 'user', scopes: [] }]], 'optional');
    expect(ask(optional, [], { authorization })).toMatchObject({ status: 401, reason: 'no-credential' });
  });
});
