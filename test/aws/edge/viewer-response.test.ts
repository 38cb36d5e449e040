import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../../src/decide/index.ts';
import type { ApiKeyAuthenticator, BasicAuthenticator } from '../../../src/model/authentication.ts';
import type { OperationFeatures } from '../../../src/model/gateway.ts';
import { edgeFunctions } from '../../../src/targets/aws/edge/functions.ts';
import { generatedHeaders } from '../../properties/generated-headers.ts';
import { request as arriving } from '../../support/arrival.ts';
import {
  anyOf,
  authenticator,
  gateway,
  operation,
  required,
  route,
  site,
  sourced,
} from '../../support/model.ts';
import { requestId, responseEvent, type ViewerRequest } from './event.ts';
import { type Answer, loadFunction } from './runtime.ts';

const user = authenticator('user', {
  login: sourced({ url: 'https://login.test/start', returnParam: 'return_to' }),
});
const session = authenticator('session', {
  from: sourced([
    { kind: 'cookie', name: 'session' },
    { kind: 'query', name: 'sid' },
  ]),
  login: sourced({ url: 'https://login.test/session?flow=web', returnParam: 'back' }),
});
const anywhere = authenticator('anywhere', {
  from: sourced([
    { kind: 'header', name: 'Authorization' },
    { kind: 'cookie', name: 'anywhere' },
    { kind: 'header', name: 'X-Token' },
  ]),
  login: sourced({ url: 'https://login.test/plain', returnParam: undefined }),
});
const { forward, stripToken, login, at } = authenticator('other');
const basic: BasicAuthenticator = {
  ...{ kind: 'basic', name: 'basic', users: sourced('users'), forward, stripToken, login, at },
  from: sourced([{ kind: 'header', name: 'Authorization' }]),
};
const key: ApiKeyAuthenticator = {
  ...{ kind: 'api-key', name: 'key', forward, stripToken: true, login, at },
  from: sourced([{ kind: 'header', name: 'X-Api-Key' }]),
  keys: sourced('consumers'),
};

const guarded = (method: string, id: string, name: string, trigger?: 'browser' | 'always') =>
  operation(method, { id, authentication: sourced(required(name)), login: trigger && sourced(trigger) });
const mixed: OperationFeatures['authentication'] = sourced(
  anyOf([
    [{ authenticator: 'key', scopes: [] }],
    [
      { authenticator: 'basic', scopes: [] },
      { authenticator: 'session', scopes: [] },
    ],
  ]),
);
const routes = [
  route('/pages/{id}', [
    guarded('GET', 'page', 'user', 'browser'),
    guarded('POST', 'save', 'user', 'browser'),
  ]),
  route('/pages', [guarded('GET', 'pages', 'user', 'browser'), guarded('OPTIONS', 'ask', 'user', 'always')]),
  route('/app', [
    guarded('GET', 'app', 'session', 'browser'),
    guarded('DELETE', 'leave', 'session', 'always'),
  ]),
  route('/api', [guarded('GET', 'api', 'user')]),
  route('/anywhere', [guarded('GET', 'anywhere', 'anywhere', 'always')]),
  route('/mixed', [operation('GET', { id: 'mixed', authentication: mixed, login: sourced('browser') })]),
  route('/public', [operation('GET', { id: 'public' })]),
];
const model = gateway({ sites: [site(routes)], authenticators: [user, session, anywhere, basic, key] });
const { code } = edgeFunctions(model).viewerResponse;
const handler = loadFunction(code);

const instance = '6f1f0f0e-5f2c-4a44-9d3e-0c1f3f7f6f10';
const unauthenticated = (resource: string) => ({
  statusCode: 302,
  headers: {
    'content-type': 'application/problem+json',
    'content-length': '140',
    'x-gwc-unauthenticated': requestId,
    'x-gwc-resource': resource,
    'x-gwc-id': instance,
  },
});
const refused = (request: ViewerRequest, resource: string): Answer =>
  handler(responseEvent(request, unauthenticated(resource)));
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
  const calls = routes.flatMap(({ template, operations }) =>
    operations.flatMap(({ method }) =>
      (method === 'GET' ? ['GET', 'HEAD'] : [method]).map((one) => ({ template, method: one })),
    ),
  );
  const query = fc.constantFrom(
    ...[
      '',
      '',
      '?',
      '?a=1',
      '?sid=x',
      '?sid=',
      '?sid',
      '?sid=x&sid=y',
      '?s%69d=x&b=%2e',
      '?a=//evil.test',
      '?x=@evil',
    ],
    `?long=${'a'.repeat(1100)}`,
  );
  const more = fc.constantFrom(
    ...[
      'Authorization: Bearer x',
      'Authorization: Basic eDp5',
      'Authorization: bearer',
      'Authorization: Bearerx',
    ],
    ...[
      'Cookie: session=x; a=b',
      'Cookie: session=x; session=y',
      'Cookie: anywhere=x',
      'Cookie: hasOwnProperty=x',
      'X-Token: x',
      'X-Api-Key: x',
    ],
    ...[
      'Accept: text/html, */*;q=0.1',
      'Accept: application/json, text/html ; q=0.001',
      'Sec-Fetch-Mode: navigate',
    ],
  );
  const request = fc.record({
    call: fc.constantFrom(...calls),
    id: fc.constantFrom('1', 'a%20b', '%C3%A9', '%40evil', 'evil.test'),
    query,
    headers: fc.oneof(
      fc.array(more, { maxLength: 3 }),
      fc
        .tuple(fc.array(more, { maxLength: 2 }), generatedHeaders(['user', 'expPast']))
        .map((both) => both.flat()),
    ),
  });
  const seen = new Map<number, number>();
  fc.assert(
    fc.property(request, ({ call, id, query: rest, headers }) => {
      const target = call.template.replace('{id}', id) + rest;
      const decision = decide(model, arriving(`${call.method} ${target}`, headers), { now: 1_800_000_000 });
      if (!['no-credential', 'invalid-token', 'ambiguous-credential'].includes(decision.reason)) return;
      const answer = refused({ target, method: call.method, headers }, call.template);
      seen.set(answer.statusCode ?? 0, (seen.get(answer.statusCode ?? 0) ?? 0) + 1);
      expect(answer.statusCode).toBe(decision.status);
      const expected = decision.headers
        .filter(([name]) => !['Content-Type', 'Strict-Transport-Security'].includes(name))
        .map(([name, value]) => [name.toLowerCase(), { value }]);
      expect(answer.headers).toMatchObject(Object.fromEntries(expected));
      expect(answer.headers['location'] === undefined).toBe(decision.status !== 302);
    }),
    { numRuns: 15_000 },
  );
  for (const status of [302, 400, 401]) expect(seen.get(status), `answers ${status}`).toBeGreaterThan(100);
});
