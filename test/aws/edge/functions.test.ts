import { expect, test } from 'vitest';
import { edgeFunctions } from '../../../src/targets/aws/edge/functions.ts';
import {
  authenticator,
  gateway,
  host,
  operation,
  required,
  route,
  site,
  sourced,
} from '../../support/model.ts';
import { requestId, responseEvent } from './event.ts';
import { loadFunction } from './runtime.ts';

const guarded = (id: string, trigger: 'browser' | 'never') =>
  operation('GET', { id, authentication: sourced(required()), login: sourced(trigger) });

test('text of a document is never a dynamic reference of CloudFormation, and still what the document says', () => {
  const url = 'https://login.test/{{resolve:ssm:secret}}/\u2028é';
  const user = authenticator('user', { login: sourced({ url, returnParam: undefined }) });
  const model = gateway({ authenticators: [user], sites: [site([route('/a', [guarded('a', 'browser')])])] });
  const { viewerRequest, viewerResponse } = edgeFunctions(model);
  for (const { code } of [viewerRequest, viewerResponse]) {
    expect(code).not.toContain('{{');
    expect(code).toMatch(/^[\x20-\x7e\n]*$/);
  }
  const headers = { 'x-gwc-unauthenticated': requestId, 'x-gwc-resource': '/a' };
  const request = { target: '/a', headers: ['Sec-Fetch-Mode: navigate'] };
  const answer = loadFunction(viewerResponse.code)(responseEvent(request, { statusCode: 302, headers }));
  expect(answer.headers['location']?.value).toBe(url);
});

test('operations that answer like most others cost nothing; exceptions that do not fit are reported', () => {
  const user = authenticator('user', { login: sourced({ url: 'https://login.test/', returnParam: 'back' }) });
  const routes = (count: number, trigger: (index: number) => 'browser' | 'never') =>
    Array.from({ length: count }, (_, index) =>
      route(`/resource-${index}/{id}`, [guarded(`r${index}`, trigger(index))]),
    );
  const sizeOf = (list: ReturnType<typeof routes>) =>
    edgeFunctions(gateway({ authenticators: [user], sites: [site(list)] })).viewerResponse;
  const few = sizeOf(routes(1, () => 'browser'));
  const alike = sizeOf(routes(5000, () => 'browser'));
  expect(alike.code).toBe(few.code);
  expect(sizeOf(routes(40, (index) => (index < 10 ? 'never' : 'browser'))).excess).toBe(0);
  const mixed = sizeOf(routes(600, (index) => (index % 2 === 0 ? 'never' : 'browser')));
  expect(mixed.excess).toBe(Buffer.byteLength(mixed.code) - 10_240);
  expect(mixed.excess).toBeGreaterThan(0);
});

test('where headers stay as they are both functions leave 4.5 KB for data', () => {
  const { viewerRequest, viewerResponse } = edgeFunctions(gateway({ sites: [site([route('/')], [host()])] }));
  for (const { code } of [viewerRequest, viewerResponse]) expect(Buffer.byteLength(code)).toBeLessThan(5_700);
});
