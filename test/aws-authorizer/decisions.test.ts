import { describe, expect, test } from 'vitest';
import { alternativeCases, crossSiteCases, scopeCases } from '../verifier/cases/alternative-cases.ts';
import { credentialCases } from '../verifier/cases/credential-cases.ts';
import type { DecisionCase } from '../verifier/cases/decision-case.ts';
import { identityCases } from '../verifier/cases/identity-cases.ts';
import { policyCases } from '../verifier/cases/policy-cases.ts';
import type { Facts } from '../verifier/engine/engine.ts';
import { shop } from '../verifier/fixture.ts';
import { outcomeOf } from './outcome.ts';
import { restEvent } from './rest-event.ts';
import { loadAuthorizer, startAuthorizer } from './running-authorizer.ts';
import { servedOperations } from './served.ts';

const { data } = startAuthorizer(shop);
const handler = loadAuthorizer({
  ...data,
  guards: data.guards.map((guard) => ({ ...guard, ttlSeconds: 0 })),
});
const served = servedOperations(shop);

/** Where an operation is served; of several sites the one that a browser's Origin names. */
function resourceOf({ operation }: DecisionCase, { origin = '' }: Facts): string {
  const places = served.filter((one) => one.operation === operation);
  const named = places.find(({ hosts }) => hosts.some(({ name }) => origin.includes(`//${name}`)));
  return (named ?? places[0])?.resourcePath ?? '';
}

/** The same request as an event of API Gateway. A cookie `,` stands for two of its name. */
function eventOf(one: DecisionCase, facts: Facts): object {
  const resourcePath = resourceOf(one, facts);
  const cookies = Object.entries(facts.cookies ?? {}).map(([name, value]) =>
    value === ',' ? `${name}=a; ${name}=b` : `${name}=${value}`,
  );
  const lines = [
    ['Authorization', facts.authorization],
    ['Cookie', cookies.length === 0 ? undefined : cookies.join('; ')],
    ['Origin', facts.origin],
    ['Sec-Fetch-Site', facts.fetchSite],
    ...Object.entries(facts.headers ?? {}),
  ];
  return restEvent({
    method: facts.method ?? one.operation.method,
    resourcePath,
    path: facts.path ?? resourcePath.replace('{v3}', 'alice.json'),
    query: facts.query ?? '',
    headers: lines.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])),
    ...(facts.address === undefined ? {} : { sourceIp: facts.address }),
  });
}

function expectedOf({ headers = {}, reason, status }: DecisionCase): object {
  if (status === 401 || reason === 'ambiguous-credential') return { kind: 'unauthorized' };
  if (status === 403) return { kind: 'deny', context: { reason, challenge: headers['gwc-challenge'] ?? '' } };
  const told = [
    ...forwardedIn(headers),
    ...(Object.hasOwn(headers, 'gwc-subject') ? [['subject', headers['gwc-subject'] ?? '']] : []),
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
  const cases = [
    ...[credentialCases, scopeCases, alternativeCases],
    ...[crossSiteCases, policyCases, identityCases],
  ].flat();
  test.each(cases)('$rows $operation.id: $name', async (one) => {
    const found = await outcomeOf(handler, eventOf(one, one.facts(Math.floor(Date.now() / 1000))));
    expect(found).toMatchObject(stricter.get(one.name) ?? expectedOf(one));
  });
});
