import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/decide/decision.ts';
import { decide, explain } from '../../src/decide/index.ts';
import type { Gateway, Operation, OperationFeatures } from '../../src/model/gateway.ts';
import type { Expression } from '../../src/model/policy.ts';
import { arrival, message } from '../support/arrival.ts';
import {
  anyOf,
  gateway,
  limit,
  operation,
  publicAccess,
  range,
  required,
  route,
  site,
  sourced,
} from '../support/model.ts';
import { bearer, cookie, now, sessionAuthenticator, token, user } from './callers.ts';

const world = { now };

/** Requests as clients, scripts and attackers put them together. */
const words = fc.constantFrom(
  ...[
    'GET',
    'POST',
    ' ',
    '/',
    '/a/alice',
    '/a/',
    '?x=1',
    '%2e',
    '%2F',
    '..',
    ';',
    ' HTTP/1.1',
    '\r\n',
    '\n',
    '\r',
    '\0',
  ],
  ...[
    'Host: a.test',
    'Host: ',
    'Content-Length: 5',
    'Transfer-Encoding: chunked',
    'X-Forwarded-For: 10.0.0.1',
    bearer(),
    cookie(),
  ],
  ...['5\r\nhello\r\n', '0\r\n\r\n', 'é', '\xff', ':', 'Authorization: Bearer', 'Cookie: sid='],
);
const scraps = fc.array(words, { maxLength: 25 }).map((parts) => Buffer.from(parts.join(''), 'latin1'));
const noise = fc.oneof(fc.uint8Array({ maxLength: 200 }), scraps);

const requests = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'TRACE', 'get'),
    path: fc.constantFrom('/a/alice', '/a/bob', '/a/x%2Fy', '/b', '/a/alice?tenant=1'),
    headers: fc.subarray([
      bearer(),
      cookie(),
      bearer('x'),
      'Origin: https://a.test',
      'Accept: text/html',
      'X-Forwarded-For: 10.0.0.1',
    ]),
    peer: fc.constantFrom('192.0.2.1', '10.0.0.1', '::1'),
  })
  .map(({ method, path, headers, peer }) =>
    arrival(message(`${method} ${path}`, [...headers, `Authorization-Twin: ${token()}`]), { peer }),
  );

const policies: readonly Expression[] = [
  { kind: 'scope', scope: 'read' },
  { kind: 'not', of: { kind: 'role', role: 'guest' } },
  {
    kind: 'compare',
    left: { kind: 'claim', claim: ['sub'] },
    operator: '==',
    right: { kind: 'path', name: 'id' },
  },
  { kind: 'claim', claim: ['sub'], test: { kind: 'exists', expected: true } },
];
const conjunct = fc.constantFrom(...policies).map((one) => sourced(one));

const operations = fc
  .record({
    authentication: fc
      .constantFrom(
        publicAccess,
        required('user'),
        required('session'),
        required('user', ['read']),
        anyOf([[{ authenticator: 'user', scopes: [] }], [{ authenticator: 'session', scopes: [] }]]),
        anyOf([[{ authenticator: 'user', scopes: [] }]], 'optional'),
      )
      .map((one) => sourced(one)),
    login: fc.constantFrom(undefined, sourced('browser' as const)),
    pathCharacters: fc.constantFrom(undefined, sourced({ characters: ['%2F' as const], reason: 'a test' })),
  })
  .map((features) => operation('GET', { id: 'x', ...features }));

type Guard = (features: OperationFeatures) => OperationFeatures;

const withSecurity: Guard = (features) => {
  const { value } = features.authentication;
  const more = { authenticator: 'user', scopes: ['more'] };
  const asked = value.kind === 'public' ? required('user') : anyOf(value.anyOf.map((one) => [...one, more]));
  return { ...features, authentication: sourced(asked) };
};

/** One guard more, as an author would add it. */
const guards: fc.Arbitrary<Guard> = fc.oneof(
  conjunct.map(
    (one): Guard =>
      (features) => ({ ...features, authorization: [...(features.authorization ?? []), one] }),
  ),
  fc.constantFrom<Guard>(
    (features) => ({ ...features, ipAccess: sourced({ allow: [[range('10.0.0.0/8')]], deny: [] }) }),
    (features) => ({ ...features, limits: [...(features.limits ?? []), sourced(limit())] }),
    (features) => ({ ...features, bodySize: sourced(0) }),
    (features) => ({ ...features, exposure: sourced('internal') }),
    withSecurity,
  ),
);

const modelOf = (served: Operation): Gateway =>
  gateway({
    authenticators: [user, sessionAuthenticator],
    sites: [site([route('/a/{id}', [served, { ...served, id: 'y', method: 'POST' }])])],
  });

const isForwarded = (decision: Decision): boolean => decision.forwarded !== undefined;

describe('for every request', () => {
  test('a decision is made, never an exception, and it is an answer or a forwarding', () => {
    fc.assert(
      fc.property(
        operations,
        fc.oneof(
          noise.map((bytes) => arrival(bytes)),
          requests,
        ),
        (served, arriving) => {
          const decision = decide(modelOf(served), arriving, world);
          expect(isForwarded(decision)).toBe(decision.status === undefined);
          expect(decision.alsoAllowed).not.toContain(decision.status);
          for (const [name, value] of [...decision.headers, ...(decision.forwarded?.headers ?? [])]) {
            expect(`${name}: ${value}`).toMatch(/^[A-Za-z0-9-]+: [\x20-\x7e]*$/);
          }
        },
      ),
      { numRuns: 600 },
    );
  });

  test('one guard more never turns a denial into a forwarding', () => {
    fc.assert(
      fc.property(
        operations,
        fc.array(guards, { maxLength: 2 }),
        guards,
        requests,
        (served, some, more, arriving) => {
          const before = some.reduce((features, guard) => guard(features), served.features);
          // A policy on a public operation is an error of the document: it would deny everybody.
          fc.pre(before.authentication.value.kind !== 'public' || before.authorization === undefined);
          const decide1 = decide(modelOf({ ...served, features: before }), arriving, {
            now,
            buckets: new Map(),
          });
          const decide2 = decide(modelOf({ ...served, features: more(before) }), arriving, {
            now,
            buckets: new Map(),
          });
          if (isForwarded(decide2)) expect(isForwarded(decide1)).toBe(true);
        },
      ),
      { numRuns: 600 },
    );
  });

  test('what is forwarded is what was matched: the raw target', () => {
    fc.assert(
      fc.property(operations, requests, (served, arriving) => {
        const { forwarded } = decide(modelOf(served), arriving, world);
        const sent = Buffer.from(arriving.bytes).toString('latin1').split(' ')[1];
        if (forwarded !== undefined) expect(forwarded.target).toBe(sent);
      }),
      { numRuns: 200 },
    );
  });

  test('an explanation is found for any path', () => {
    fc.assert(
      fc.property(operations, fc.string(), (served, path) => {
        explain(modelOf(served), 'GET', path);
        explain(modelOf(served), 'GET', `/a/${path}`);
      }),
      { numRuns: 300 },
    );
  });
});
