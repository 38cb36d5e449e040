import { describe, expect, test } from 'vitest';
import type { DecisionCase } from '../verifier/cases/decision-case.ts';
import { shop } from '../verifier/fixture.ts';
import { outcomeOf } from './outcome.ts';
import { loadAuthorizer, startAuthorizer } from './running-authorizer.ts';
import { decisionCases, decisionEvent } from './shop-requests.ts';

const { data } = startAuthorizer(shop);
const handler = loadAuthorizer({
  ...data,
  guards: data.guards.map((guard) => ({ ...guard, ttlSeconds: 0 })),
});

function expectedOf({ headers = {}, reason, status }: DecisionCase): object {
  if (status === 401 || reason === 'ambiguous-credential') return { kind: 'unauthorized' };
  if (status === 403) return { kind: 'deny', context: { reason, challenge: headers['gwc-challenge'] ?? '' } };
  const told = [
    ...forwardedIn(headers),
    ...(Object.hasOwn(headers, 'gwc-subject')
      ? [['subject', (headers['gwc-subject'] ?? '').replace(/["\\]/g, encodeURIComponent)]]
      : []),
  ];
  return { kind: 'allow', context: { reason, ...Object.fromEntries(told) } };
}

function forwardedIn(headers: NonNullable<DecisionCase['headers']>): readonly (readonly string[])[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const [, index] = /^gwc-forward-([0-9]+)$/.exec(name) ?? [];
    return index === undefined ? [] : [[`h${index}`, value === undefined || value === '' ? '-' : value]];
  });
}

const badTarget = { kind: 'deny', context: { reason: 'bad-target', challenge: '' } };
const byPolicy = { kind: 'deny', context: { reason: 'policy' } };
/**
 * Of a REST API, the authorizer refuses paths itself, and more than nginx: decoded, a blank in a query may have been a
 * plus sign, and which bytes a header beyond ASCII was cannot be told.
 */
const stricter: ReadonlyMap<string, object> = new Map([
  ['/v1/users/alice of alice', badTarget],
  ['/v2/users/alice.json of alice', badTarget],
  [' of ', badTarget],
  ['/v1/users/%ff.json of \ufffd', badTarget],
  ['/v1/users/%zz.json of %zz', badTarget],
  ['/v1/users/a%2520b.json of a b', badTarget],
  ['?tenant=a%20b of a b', byPolicy],
  ['?tenant=a+b of a+b', byPolicy],
  ['header "\u00c3\u00a9"', byPolicy],
]);

describe('the Lambda authorizer decides who may pass', () => {
  test.each(decisionCases)('$rows $operation.id: $name', async (one) => {
    const found = await outcomeOf(handler, decisionEvent(one, Math.floor(Date.now() / 1000)));
    expect(found).toMatchObject(stricter.get(one.name) ?? expectedOf(one));
  });
});
