import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edgeFunctions } from '../../../src/targets/aws/edge/functions.ts';
import { requestId, responseEvent } from './event.ts';
import { loadFunction } from './runtime.ts';
import { answersTo, model, refusedBy, unknownCallers } from './unknown-callers.ts';

const { code } = edgeFunctions(model).viewerResponse;
const handler = loadFunction(code);

const refused = refusedBy(handler);
const navigation = ['Sec-Fetch-Mode: navigate', 'Accept: text/html'];

test('R1: a program is told 401 with the challenge, in the words of API Gateway', () => {
  const answer = refused({ target: '/pages/1' }, '/pages/{id}');
  expect(answer).toMatchObject({ statusCode: 401, statusDescription: 'Unauthorized' });
  expect(answer.headers['www-authenticate']?.value).toBe('Bearer realm="shop"');
  expect(answer.headers['cache-control']?.value).toBe('no-store');
  expect(answer.headers['content-type']?.value).toBe('application/problem+json');
  expect(answer.body).toBeUndefined();
});

test('J1: only who presented a token is told that it is invalid', () => {
  const answer = refused({ target: '/pages/1', headers: ['Authorization: bearer x'] }, '/pages/{id}');
  expect(answer.headers['www-authenticate']?.value).toBe('Bearer realm="shop", error="invalid_token"');
});

test('R2, R3: a person is sent to the login page, with the address to return to', () => {
  const answer = refused({ target: '/pages/1?a=b&c', headers: navigation }, '/pages/{id}');
  expect(answer).toMatchObject({ statusCode: 302, body: { encoding: 'text', data: '' } });
  expect(answer.headers).toEqual({
    location: { value: 'https://login.test/start?return_to=https%3A%2F%2Fa.test%2Fpages%2F1%3Fa%3Db%26c' },
    'cache-control': { value: 'no-store' },
    vary: { value: 'Accept, Sec-Fetch-Mode, Cookie' },
  });
});

test('R3: the host of the return address is the one of the document, whatever the client calls it', () => {
  const answer = refused({ target: '/pages/1', host: 'A.TEST:99', headers: navigation }, '/pages/{id}');
  expect(answer.headers['location']?.value).toContain('return_to=https%3A%2F%2Fa.test%2Fpages%2F1');
});

test('R3: a credential is not part of a return address, however its name is written', () => {
  const answer = refused({ target: '/app?sid=secret&a=1&s%69d=secret', headers: navigation }, '/app');
  expect(answer.statusCode).toBe(302);
  expect(answer.headers['location']?.value).toBe(
    'https://login.test/session?flow=web&back=https%3A%2F%2Fa.test%2Fapp%3Fa%3D1',
  );
});

test('R5: who fetches, posts or asks for anything is never redirected', () => {
  const page = (headers: readonly string[], method = 'GET') =>
    refused({ target: '/pages/1', method, headers }, '/pages/{id}').statusCode;
  expect(page(['Accept: */*'])).toBe(401);
  expect(page(['Sec-Fetch-Mode: cors', 'Accept: text/html'])).toBe(401);
  expect(page(['Accept: text/html;q=0'])).toBe(401);
  expect(page([...navigation, 'X-Requested-With: XMLHttpRequest'])).toBe(401);
  expect(page([...navigation, 'Authorization: Basic x'])).toBe(401);
  expect(page(navigation, 'POST')).toBe(401);
  expect(page(navigation, 'HEAD')).toBe(302);
});

test('an operation without login answers people 401 beside one that redirects them', () => {
  expect(refused({ target: '/api', headers: navigation }, '/api').statusCode).toBe(401);
});

test('R8: answers of back ends pass untouched, also those that claim to be the gateway', () => {
  const answer = { statusCode: 302, headers: { location: '/elsewhere', 'set-cookie': 'a=b' } };
  const forged = { ...answer.headers, 'x-gwc-unauthenticated': 'guess', 'x-gwc-resource': '/pages/{id}' };
  const expected = {
    statusCode: 302,
    headers: { location: { value: '/elsewhere' }, 'set-cookie': { value: 'a=b' } },
  };
  expect(handler(responseEvent({ target: '/pages/1' }, answer))).toMatchObject(expected);
  const told = handler(responseEvent({ target: '/pages/1' }, { ...answer, headers: forged }));
  expect(told).toMatchObject(expected);
  expect(Object.keys(told.headers).sort()).toEqual(['location', 'set-cookie']);
  const ok = handler(
    responseEvent({ target: '/a' }, { statusCode: 200, headers: { 'x-gwc-unauthenticated': requestId } }),
  );
  expect(ok).toMatchObject({ statusCode: 200, headers: {} });
});

test('where the resource is unknown the answer is that of most operations', () => {
  expect(refused({ target: '/x' }, '').statusCode).toBe(401);
  expect(refused({ target: '/x' }, 'constructor').statusCode).toBe(401);
  expect(refused({ target: '/x', host: 'unknown.test', headers: navigation }, '/pages').statusCode).toBe(401);
});

test('for any request of an unknown caller the function answers what the gateway must answer', () => {
  const seen = new Map<number, number>();
  fc.assert(
    fc.property(unknownCallers, (call) => {
      const found = answersTo(call, refused);
      if (found === undefined) return;
      const { answer, status, headers } = found;
      seen.set(answer.statusCode ?? 0, (seen.get(answer.statusCode ?? 0) ?? 0) + 1);
      expect(answer.statusCode).toBe(status);
      expect(answer.headers).toMatchObject(headers);
      expect(answer.headers['location'] === undefined).toBe(status !== 302);
    }),
    { numRuns: 15_000 },
  );
  for (const status of [302, 400, 401]) expect(seen.get(status), `answers ${status}`).toBeGreaterThan(100);
});
