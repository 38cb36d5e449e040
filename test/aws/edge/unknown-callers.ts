import fc from 'fast-check';
import { decide } from '../../../src/decide/index.ts';
import type { ApiKeyAuthenticator, BasicAuthenticator } from '../../../src/model/authentication.ts';
import type { OperationFeatures } from '../../../src/model/gateway.ts';
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
import { type EdgeEvent, requestId, responseEvent, type ViewerRequest } from './event.ts';
import type { Answer } from './runtime.ts';

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
/** Operations with every kind of login and credential. */
export const model = gateway({
  sites: [site(routes)],
  authenticators: [user, session, anywhere, basic, key],
});
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
/** What a function makes of the regional API's answer to an unknown caller. */
export const refusedBy =
  (handler: (event: EdgeEvent) => Answer) =>
  (request: ViewerRequest, resource: string): Answer =>
    handler(responseEvent(request, unauthenticated(resource)));
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
    'Origin: https://app.test',
    'Access-Control-Request-Method: GET',
  ],
);
/** Calls of unknown callers of every kind. */
export const unknownCallers = fc.record({
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

type Call = typeof unknownCallers extends fc.Arbitrary<infer T> ? T : never;

/** What a function and the law answer; undefined where the caller is not unknown. */
export function answersTo(
  { call, id, query: rest, headers }: Call,
  refused: ReturnType<typeof refusedBy>,
): { readonly answer: Answer; readonly status: number | undefined; readonly headers: object } | undefined {
  const target = call.template.replace('{id}', id) + rest;
  const decision = decide(model, arriving(`${call.method} ${target}`, headers), { now: 1_800_000_000 });
  if (!['no-credential', 'invalid-token', 'ambiguous-credential'].includes(decision.reason)) return undefined;
  const expected = decision.headers
    .filter(([name]) => !['Content-Type', 'Strict-Transport-Security'].includes(name))
    .map(([name, value]) => [name.toLowerCase(), { value }]);
  return {
    answer: refused({ target, method: call.method, headers }, call.template),
    status: decision.status,
    headers: Object.fromEntries(expected),
  };
}
