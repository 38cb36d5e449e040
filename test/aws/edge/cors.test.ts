import { expect, test } from 'vitest';
import type { Cors } from '../../../src/model/traffic.ts';
import { edgeFunctions } from '../../../src/targets/aws/edge/functions.ts';
import { authenticator, gateway, operation, required, route, site, sourced } from '../../support/model.ts';
import { requestId, responseEvent } from './event.ts';
import { type Answer, loadFunction } from './runtime.ts';

const cors = (changes: Partial<Cors> = {}) =>
  sourced<Cors>({
    origins: ['https://app.test', 'https://admin.test:8443'],
    methods: ['GET'],
    headers: [],
    expose: ['ETag', 'X-Total'],
    credentials: true,
    maxAgeSeconds: undefined,
    ...changes,
  });
const routes = [
  route('/things/{id}', [operation('GET', { id: 'thing', cors: cors() }), operation('OPTIONS')]),
  route('/mine', [operation('GET', { id: 'mine', authentication: sourced(required()), cors: cors() })]),
  route('/everybody', [
    operation('GET', { id: 'everybody', cors: cors({ origins: ['*'], credentials: false, expose: [] }) }),
  ]),
  route('/closed', [operation('GET', { id: 'closed' })]),
];
const model = gateway({ sites: [site(routes)], authenticators: [authenticator()] });
const handler = loadFunction(edgeFunctions(model).viewerResponse.code);
const answered = (
  target: string,
  origin?: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Answer =>
  handler(
    responseEvent(
      { target, method, headers: origin === undefined ? [] : [`Origin: ${origin}`] },
      { statusCode: 200, headers },
    ),
  );

test('a page of a listed origin may read the answer, in words of the document', () => {
  expect(answered('/things/1', 'https://admin.test:8443', { vary: 'Accept' }).headers).toEqual({
    vary: { value: 'Accept', multiValue: [{ value: 'Accept' }, { value: 'Origin' }] },
    'access-control-allow-origin': { value: 'https://admin.test:8443' },
    'access-control-allow-credentials': { value: 'true' },
    'access-control-expose-headers': { value: 'ETag, X-Total' },
  });
});

test.each([
  'https://app.test.evil',
  'http://app.test',
  'https://APP.test',
  'https://app.test:443',
  'null',
  '',
])('C3: a page of %s may not, whatever the back end says', (origin) => {
  const headers = { 'access-control-allow-origin': '*', 'access-control-allow-credentials': 'true' };
  expect(answered('/things/1', origin, headers).headers).toEqual({ vary: { value: 'Origin' } });
});

test('every page may read what is for every origin', () => {
  expect(answered('/everybody', 'https://evil.test').headers).toEqual({
    'access-control-allow-origin': { value: '*' },
  });
  expect(answered('/everybody').headers).toEqual({});
});

test('C5: a page may read that its caller is unknown', () => {
  const request = { target: '/mine', headers: ['Origin: https://app.test'] };
  const headers = { 'x-gwc-unauthenticated': requestId, 'x-gwc-resource': '/mine' };
  const answer = handler(responseEvent(request, { statusCode: 302, headers }));
  expect(answer.statusCode).toBe(401);
  expect(answer.headers['access-control-allow-origin']?.value).toBe('https://app.test');
  expect(answer.headers['vary']?.value).toBe('Origin');
});

test('answers to preflight requests and of operations without CORS are not touched', () => {
  const headers = { 'access-control-allow-origin': 'https://app.test' };
  const untouched = { 'access-control-allow-origin': { value: 'https://app.test' } };
  expect(answered('/mine', 'https://evil.test', headers, 'OPTIONS').headers).toEqual(untouched);
  expect(answered('/things/1', 'https://evil.test', headers, 'OPTIONS').headers).toEqual(untouched);
  expect(answered('/closed', 'https://evil.test', headers).headers).toEqual(untouched);
});

test('CORS of all operations costs as much as of one', () => {
  const sizeOf = (count: number): number =>
    edgeFunctions(
      gateway({
        sites: [
          site(
            Array.from({ length: count }, (_, index) =>
              route(`/a${index}/{id}`, [operation('GET', { id: `a${index}`, cors: cors() })]),
            ),
          ),
        ],
      }),
    ).viewerResponse.code.length;
  expect(sizeOf(1000)).toBe(sizeOf(1));
});
