import { expect, test } from 'vitest';
import type { Decision } from '../../src/decide/decision.ts';
import { decide } from '../../src/decide/index.ts';
import { requestBytes } from '../support/raw-http.ts';
import { alternativeCases, crossSiteCases, scopeCases } from './cases/alternative-cases.ts';
import { credentialCases } from './cases/credential-cases.ts';
import type { DecisionCase } from './cases/decision-case.ts';
import { identityCases } from './cases/identity-cases.ts';
import { policyCases } from './cases/policy-cases.ts';
import { shop } from './fixture.ts';

/** Templates whose path is not a case's own business. */
const pathOf = ({ operation }: DecisionCase, path: string | undefined): string => path ?? `/${operation.id}`;

/** The whole request that has the facts of a case. */
const arrivalOf = (one: DecisionCase, now: number): Parameters<typeof decide>[1] => {
  const {
    authorization,
    headers = {},
    cookies = {},
    path,
    query,
    method,
    address,
    origin,
    fetchSite,
  } = one.facts(now);
  const optional = (name: string, value: string | undefined): readonly (readonly [string, string])[] =>
    value === undefined || value === '' ? [] : [[name, value]];
  const cookie = Object.entries(cookies).flatMap(([name, value]) =>
    value === ',' ? [`${name}=a`, `${name}=b`] : [`${name}=${value}`],
  );
  return {
    listener: 'https',
    port: 443,
    serverName: 'shop.test',
    peer: address === undefined || address === '' ? '192.0.2.1' : address,
    bytes: requestBytes(
      `${method ?? one.operation.method} ${pathOf(one, path)}${query === undefined ? '' : `?${query}`} HTTP/1.1`,
      [
        ['Host', 'shop.test'],
        ...optional('Authorization', authorization),
        ...Object.entries(headers).flatMap(([name, value]) => optional(name, value)),
        ...optional('Cookie', cookie.join('; ')),
        ...optional('Origin', origin),
        ...optional('Sec-Fetch-Site', fetchSite),
      ],
    ),
  };
};

const outcome = ({ status, reason, headers }: Decision): object => ({
  status: status ?? 204,
  reason,
  challenge: headers.find(([name]) => name === 'WWW-Authenticate')?.[1],
});

/** Forwarded claims by the index of their header, as the verifier answers them. */
const forwardedOf = ({ forwarded }: Decision): object => {
  const sent = new Map(forwarded?.headers.map(([name, value]) => [name.toLowerCase(), value]));
  const values = shop.ownedHeaders.map(
    (name, i) => [`gwc-forward-${i}`, sent.get(name.toLowerCase())] as const,
  );
  return Object.fromEntries(values);
};

/** Paths and queries that never reach the verifier, because the gateway refuses them or has no route for them. */
const stopped = new Set([400, 404]);

const cases = [credentialCases, scopeCases, alternativeCases, crossSiteCases, policyCases, identityCases]
  .flat()
  .filter((one) => !(one.operation.id === 'change' && one.name.includes('admin.test')));

test.each(cases)('the reference says the same of $operation.id: $rows $name', (one) => {
  const now = Math.floor(Date.now() / 1000);
  const decision = decide(shop, arrivalOf(one, now), { now });
  if (['bad-target', 'bad-request', 'not-found'].includes(decision.reason)) {
    expect(stopped).toContain(decision.status);
    expect(one.status).not.toBe(204);
    return;
  }
  const expected = {
    status: one.headers?.['gwc-status'] === undefined ? one.status : Number(one.headers['gwc-status']),
    reason: one.reason,
    challenge: one.headers?.['gwc-challenge'],
  };
  const found = outcome(decision);
  expect(found).toEqual(
    expected.challenge === undefined ? { ...found, ...expected, challenge: undefined } : expected,
  );
  if (decision.status === undefined) {
    const asked = Object.entries(one.headers ?? {}).filter(([name]) => name.startsWith('gwc-forward-'));
    expect(forwardedOf(decision)).toMatchObject(Object.fromEntries(asked));
  }
});
