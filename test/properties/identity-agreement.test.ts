import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type IdentityLaw, startIdentityLaw } from '../behaviour/identities.ts';
import { type Disagreement, disagreement } from './agreement.ts';
import { credentialPool } from './credential-pool.ts';
import { identityRequests } from './identity-requests.ts';

/** As for the other generated requests: `GWC_AGREEMENT_RUNS`, `GWC_AGREEMENT_SEED`, `GWC_AGREEMENT_SECONDS`. */
const runs = Number(process.env['GWC_AGREEMENT_RUNS'] ?? 1500);
const seed = Number(process.env['GWC_AGREEMENT_SEED'] ?? 20_260_401);
const seconds = Number(process.env['GWC_AGREEMENT_SECONDS'] ?? 50);

let law: IdentityLaw;

beforeAll(async () => {
  law = await startIdentityLaw();
});

afterAll(async () => {
  await law?.stop();
});

test(
  'nginx knows every caller as decide does, and lets nobody in whom decide refuses',
  async () => {
    let last: Disagreement | undefined;
    const property = fc.asyncProperty(
      identityRequests(law.gateway.gateway, credentialPool),
      async (request) => {
        last = await disagreement(request, law);
        if (last !== undefined) throw new Error(`${last.open ? 'FAIL-OPEN: ' : ''}${last.message}`);
      },
    );
    const result = await fc.check(property, {
      numRuns: runs,
      seed,
      interruptAfterTimeLimit: seconds * 1000,
      markInterruptAsFailure: false,
    });
    console.info(`${result.numRuns} generated requests were compared (seed ${seed})`);
    if (result.failed) expect.fail(`${String(result.errorInstance)}\n${fc.defaultReportMessage(result)}`);
    expect(result.numRuns).toBeGreaterThan(0);
  },
  (seconds + 120) * 1000,
);
