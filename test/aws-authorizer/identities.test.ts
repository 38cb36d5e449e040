import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiKind } from '../../src/targets/aws/authorizer/guard-use.ts';
import { bytesOf, type Step, suitesIn } from '../behaviour/case.ts';
import { clientCertificate } from '../behaviour/client-certificates.ts';
import { credentialPool } from '../properties/credential-pool.ts';
import type { GeneratedRequest } from '../properties/generated-requests.ts';
import { identityRequests } from '../properties/identity-requests.ts';
import { compare, type Sent } from './agreement.ts';
import { type IdentityLaw, startIdentityLaw } from './identity-law.ts';
import { type RunningAuthorizer, startAuthorizer } from './running-authorizer.ts';
import { servedOperations } from './served.ts';

/** `GWC_AGREEMENT_RUNS`, `GWC_AGREEMENT_SEED`: how many generated callers, and which. */
const runs = Number(process.env['GWC_AGREEMENT_RUNS'] ?? 2500);
const seed = Number(process.env['GWC_AGREEMENT_SEED'] ?? 20_261_201);

const apis = [
  { api: 'rest', unsent: 'query' },
  { api: 'http', unsent: 'path' },
] as const;

describe.each(apis)('callers of every kind, asked about by a $api API', ({ api, unsent }) => {
  let law: IdentityLaw;
  let running: RunningAuthorizer;
  beforeAll(async () => {
    law = await startIdentityLaw(unsent);
    running = startAuthorizer(law.gateway, { api, secrets: law.secrets, address: { kind: 'peer' } });
  });
  afterAll(async () => law?.stop());

  const sentBy = ({ certificate, from, ...step }: Step): Sent => ({
    bytes: bytesOf(step as Step, law.filled),
    peer: from ?? '127.0.0.1',
    certificate: certificate === undefined ? undefined : clientCertificate(certificate).seen,
  });
  const found = (step: Step) =>
    compare(sentBy(step), law, { handler: running.handler, api, served: servedOperations(law.gateway) });

  test('are known as the law says, in every written case', async () => {
    const steps = suitesIn('identity-cases').flatMap(({ cases }) => cases);
    let compared = 0;
    for (const step of steps) {
      const result = await found(step);
      if (result === undefined) continue;
      compared += 1;
      expect({ name: step.name, ...result.found }).toMatchObject({
        name: step.name,
        ...(isTold(sentBy(step), api) ? result.expected : {}),
      });
      if (result.decision.forwarded === undefined) expect(result.found.kind, step.name).not.toBe('allow');
    }
    expect(compared).toBeGreaterThan(100);
  });

  test('are known as the law says, in thousands of generated calls', async () => {
    let allowed = 0;
    const property = fc.asyncProperty(identityRequests(law.gateway, credentialPool), async (request) => {
      const step = stepOf(request);
      const result = await found(step);
      if (result === undefined) return;
      if (result.found.kind === 'allow') allowed += 1;
      if (result.decision.forwarded === undefined && result.found.kind === 'allow')
        throw new Error(`FAIL-OPEN: ${result.decision.operation} ${result.decision.reason}`);
      if (isTold(sentBy(step), api)) expect(result.found).toMatchObject(result.expected);
    });
    await fc.assert(property, { numRuns: runs, seed });
    expect(allowed).toBeGreaterThan(runs / 20);
  });
});

function stepOf({ body, certificate, from, headers, method, target }: GeneratedRequest): Step {
  return {
    send: `${method} ${target}`,
    headers,
    body: body ?? '',
    ...(certificate === undefined ? {} : { certificate }),
    ...(from === undefined ? {} : { from }),
    expect: {},
  };
}

/** Whether API Gateway tells the authorizer everything that decides: of blanks and percent signs in a query it does not. */
function isTold({ bytes }: Sent, api: ApiKind): boolean {
  const [, query = ''] = /^[^ ]+ [^ ?]*\?([^ ]*)/.exec(bytes.toString('latin1')) ?? [];
  return api === 'http' || !/[%+]/.test(query);
}
