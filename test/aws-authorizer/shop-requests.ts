import { alternativeCases, crossSiteCases, scopeCases } from '../verifier/cases/alternative-cases.ts';
import { partyCases, timeCases } from '../verifier/cases/claim-cases.ts';
import { credentialCases } from '../verifier/cases/credential-cases.ts';
import type { DecisionCase } from '../verifier/cases/decision-case.ts';
import { documentCases, shapeCases } from '../verifier/cases/document-cases.ts';
import { algorithmCases, keyCases } from '../verifier/cases/header-cases.ts';
import { identityCases } from '../verifier/cases/identity-cases.ts';
import { policyCases } from '../verifier/cases/policy-cases.ts';
import { signatureCases } from '../verifier/cases/signature-cases.ts';
import type { Facts } from '../verifier/engine/engine.ts';
import { shop } from '../verifier/fixture.ts';
import { restEvent } from './rest-event.ts';
import { servedOperations } from './served.ts';

/** Tokens that hold and that do not. */
export const tokenCases = [
  ...[algorithmCases, keyCases, timeCases, partyCases],
  ...[shapeCases, documentCases, signatureCases],
].flat();

/** Requests to the operations of the shop. */
export const decisionCases = [
  ...[credentialCases, scopeCases, alternativeCases],
  ...[crossSiteCases, policyCases, identityCases],
].flat();

/** A call of `/plain` with a token. */
export function tokenEvent(token: string): object {
  const authorization = `Authorization: Bearer ${Buffer.from(token).toString('latin1')}`;
  return restEvent({ resourcePath: '/plain', headers: [authorization] });
}

const served = servedOperations(shop);

/** Where an operation is served; of several sites the one that a browser's Origin names. */
function resourceOf({ operation }: DecisionCase, { origin = '' }: Facts): string {
  const places = served.filter((one) => one.operation === operation);
  const named = places.find(({ hosts }) => hosts.some(({ name }) => origin.includes(`//${name}`)));
  return (named ?? places[0])?.resourcePath ?? '';
}

/** The request of a case as an event of API Gateway. A cookie `,` stands for two of its name. */
export function decisionEvent(one: DecisionCase, now: number): object {
  const facts = one.facts(now);
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
