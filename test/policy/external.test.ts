import { describe, expect, test } from 'vitest';
import { externalQuestion } from '../../src/policy/external-question.ts';
import { printExpression } from '../../src/policy/index.ts';
import { expressionOf, resolveWritten } from '../support/policy.ts';

const callOf = (written: object): Extract<ReturnType<typeof expressionOf>, { kind: 'external' }> => {
  const expression = expressionOf({ external: { backend: 'opa', ...written } });
  if (expression.kind !== 'external') throw new Error(expression.kind);
  return expression;
};
const facts = {
  method: 'GET',
  path: '/a%20b',
  query: 'x=%C3%A9',
  claims: { sub: 'alice' },
  consumer: 'acme',
  groups: ['gold'],
  address: '::ffff:192.0.2.1',
};

describe('a service that decides', () => {
  test('has defaults', () => {
    expect(callOf({})).toMatchObject({
      backend: 'opa',
      path: '/',
      timeoutMs: 200,
      send: ['method', 'path', 'claims'],
      cacheSeconds: 0,
    });
  });
  test('is told the same however its facts are ordered', () => {
    const written = { path: '/v1/allow', timeout: '1s', send: ['ip', 'consumer', 'query'], cache: '1m' };
    expect(callOf(written)).toMatchObject({
      path: '/v1/allow',
      timeoutMs: 1000,
      send: ['query', 'consumer', 'ip'],
      cacheSeconds: 60,
    });
    expect(printExpression(callOf(written))).toBe('external opa /v1/allow (told query, consumer, ip)');
  });
  test('is asked with a member for each fact, null where there is none', () => {
    const all = callOf({ send: ['method', 'path', 'query', 'claims', 'consumer', 'ip'] });
    expect(externalQuestion(all, facts)).toEqual({
      input: {
        method: 'GET',
        path: '/a%20b',
        query: 'x=%C3%A9',
        claims: { sub: 'alice' },
        consumer: { id: 'acme', groups: ['gold'] },
        ip: '192.0.2.1',
      },
    });
    const nobody = { ...facts, claims: undefined, consumer: undefined, groups: undefined, address: 'unix:' };
    expect(externalQuestion(all, nobody)).toMatchObject({
      input: { claims: null, consumer: null, ip: null },
    });
    expect(externalQuestion(callOf({ send: ['method'] }), facts)).toEqual({ input: { method: 'GET' } });
  });
  test.each([
    ['no back end', { backend: undefined }],
    ['a path that is not canonical', { path: '/a/../b' }],
    ['a query', { path: '/a?b' }],
    ['a wait without a bound', { timeout: '6s' }],
    ['no wait at all', { timeout: '0s' }],
    ['an answer that is kept too long', { cache: '10m' }],
    ['a part of a second', { cache: '500ms' }],
    ['nothing to tell', { send: [] }],
    ['a fact twice', { send: ['path', 'path'] }],
    ['an unknown fact', { send: ['headers'] }],
    ['an unknown field', { failOpen: true }],
  ])('is refused with %s', (_, changes) => {
    const external = Object.fromEntries(
      Object.entries({ backend: 'opa', ...changes }).filter(([, value]) => value !== undefined),
    );
    const { expression, found } = resolveWritten({ external });
    expect(expression).toBe(undefined);
    expect(found.map(({ severity }) => severity)).toEqual(['error']);
  });
});
