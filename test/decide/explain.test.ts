import { describe, expect, test } from 'vitest';
import { type Explanation, explain } from '../../src/decide/index.ts';
import {
  authenticator,
  backend,
  gateway,
  host,
  limit,
  operation,
  range,
  required,
  route,
  site,
  sourced,
} from '../support/model.ts';

const owner = {
  kind: 'compare',
  left: { kind: 'claim', claim: ['sub'] },
  operator: '==',
  right: { kind: 'path', name: 'id' },
} as const;
const getUser = operation('GET', {
  id: 'getUser',
  authentication: sourced(required('user', ['read']), '/security'),
  authorization: [
    sourced({ kind: 'policy', name: 'owner', is: owner }, '/paths/~1users~1{id}/x-gateway/authorize'),
    sourced({ kind: 'role', role: 'staff' }, '/x-gateway/defaults/authorize'),
  ],
  limits: [sourced(limit({ count: 20, burst: 40 }), '/x-gateway/defaults/limits/0')],
  ipAccess: sourced(
    { allow: [[range('10.0.0.0/8')]], deny: [range('10.9.0.0/16')] },
    '/x-gateway/defaults/ip',
  ),
  login: sourced('browser', '/x-gateway/authenticators/user/login'),
  relaxed: [sourced({ guard: 'bodySize', reason: 'large imports' }, '/relax')],
});
const model = gateway({
  authenticators: [
    authenticator('user', { login: sourced({ url: 'https://login.test/', returnParam: undefined }) }),
  ],
  backends: [backend('main', { basePath: '/base' })],
  sites: [
    site([
      route('/v1/users/me', [operation('GET', { id: 'me' })], { baseSegments: 1 }),
      route('/v1/users/{id}', [getUser, operation('DELETE', { exposure: sourced('internal', '/expose') })], {
        baseSegments: 1,
      }),
      route('/v1/{rest+}', [operation('GET', { id: 'rest' })], { baseSegments: 1 }),
    ]),
    site([route('/only-b', [operation('GET', { id: 'b' })])], [host('b.test', 'https', 8443)]),
  ],
});
const outcomeOf = (method: string, path: string): Explanation['outcome'] =>
  explain(model, method, path).outcome;

describe('a request is explained without sending it', () => {
  test('which route serves it and why no other', () => {
    const { hosts, outcome, target } = explain(model, 'GET', '/v1/users/me?x=1');
    expect({ hosts, target }).toEqual({ hosts: ['https://a.test'], target: '/v1/users/me?x=1' });
    expect(outcome).toMatchObject({
      kind: 'served',
      route: {
        path: '/v1/users/me',
        beaten: [
          {
            template: '/v1/users/{id}',
            because: 'segment 3, "me" (literal), goes before "{}" (a parameter).',
          },
          {
            template: '/v1/{rest+}',
            because: 'segment 2, "users" (literal), goes before "{+}" (the rest of the path).',
          },
        ],
      },
      operation: {
        id: 'me',
        backend: { name: 'main', nodes: ['http://main.internal:8080'], target: '/base/users/me?x=1' },
        needs: [],
      },
    });
  });

  test('which guards apply, each with its place', () => {
    const outcome = outcomeOf('HEAD', '/v1/users/alice');
    if (outcome.kind !== 'served') throw new Error(outcome.kind);
    expect(outcome.route.parameters).toEqual([['id', 'alice']]);
    expect(outcome.operation.facts.map(({ field, text, at }) => [field, text, at.pointer])).toEqual([
      ['bodySize', 'bodies of at most 1048576 bytes', ''],
      ['ip', 'only from 10.0.0.0/8', '/x-gateway/defaults/ip'],
      ['ip', 'not from 10.9.0.0/16', '/x-gateway/defaults/ip'],
      [
        'limits',
        '20/s, at most 40 at once, for each address (counter root-0)',
        '/x-gateway/defaults/limits/0',
      ],
      ['security', 'user with read', '/security'],
      [
        'login',
        'people in a browser without a valid credential: 302 to https://login.test/',
        '/x-gateway/authenticators/user/login',
      ],
      ['authorize', 'owner', '/paths/~1users~1{id}/x-gateway/authorize'],
      ['authorize', "role 'staff'", '/x-gateway/defaults/authorize'],
      ['policies', 'owner: claims.sub == path.id', '/paths/~1users~1{id}/x-gateway/authorize'],
      ['timeout', 'the back end answers within 29000 ms', ''],
      ['relax', 'bodySize: large imports', '/relax'],
    ]);
    expect(outcome.operation.needs[0]).toBe(
      'a token of https://id.test/ for api that holds read, in Authorization: Bearer',
    );
  });

  test('internal operations say where they are served', () => {
    const outcome = outcomeOf('DELETE', '/v1/users/alice');
    if (outcome.kind !== 'served') throw new Error(outcome.kind);
    expect(outcome.operation.facts[0]).toMatchObject({
      field: 'expose',
      text: 'only on the internal listener',
    });
  });

  test('405, 404, 400 and 421 say what is there instead', () => {
    expect(outcomeOf('PUT', '/v1/users/alice')).toMatchObject({
      kind: 'method-not-allowed',
      allow: 'GET, HEAD',
      declared: [{ method: 'GET' }, { method: 'DELETE' }],
    });
    expect(outcomeOf('GET', '/users/me')).toMatchObject({
      kind: 'not-found',
      nearest: [
        { path: '/v1/users/me', methods: ['GET'] },
        { path: '/v1/users/{id}' },
        { path: '/v1/{rest+}' },
      ],
    });
    expect(outcomeOf('GET', '/v1/%61')).toEqual({
      kind: 'bad-target',
      status: 400,
      reason: 'it has %61, a needless encoding of "a"',
    });
    expect(outcomeOf('GET', '/v1/users/a%2Fb')).toMatchObject({
      kind: 'bad-target',
      reason: 'it holds %2F, which the operation does not allow',
    });
    expect(outcomeOf('GET', 'https://c.test/')).toEqual({
      kind: 'unknown-host',
      status: 421,
      hosts: ['https://a.test', 'https://b.test:8443'],
    });
  });

  test('a URL chooses the site by its host', () => {
    expect(outcomeOf('GET', 'https://b.test:8443/only-b').kind).toBe('served');
    expect(outcomeOf('GET', 'https://a.test/only-b').kind).toBe('not-found');
    expect(outcomeOf('GET', '/only-b').kind).toBe('served');
  });
});
