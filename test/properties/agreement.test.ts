import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Law, startLaw } from '../behaviour/law.ts';
import { namedTokens } from '../behaviour/tokens.ts';
import { type Disagreement, disagreement } from './agreement.ts';
import { generatedRequests } from './generated-requests.ts';
import { targetVectorsFound } from './generated-targets.ts';

/** `GWC_AGREEMENT_RUNS`: how many requests; `GWC_AGREEMENT_SEED`: which; `GWC_AGREEMENT_SECONDS`: for how long at most. */
const runs = Number(process.env['GWC_AGREEMENT_RUNS'] ?? 1500);
const seed = Number(process.env['GWC_AGREEMENT_SEED'] ?? 20_260_401);
const seconds = Number(process.env['GWC_AGREEMENT_SECONDS'] ?? 50);

/** Times that pass while the requests are sent. */
const changing = new Set(['expJustPast', 'nbfSoon']);
const tokens = [...namedTokens(0).keys()].filter((name) => !changing.has(name));

let law: Law;

beforeAll(async () => {
  law = await startLaw();
});

afterAll(async () => {
  await law?.stop();
});

test.runIf(!targetVectorsFound)('no shared vectors beside the checkout: their targets are left out', () => {
  expect(targetVectorsFound).toBe(false);
});

test(
  'nginx does with every request what decide says, and never forwards what decide refuses',
  async () => {
    let last: Disagreement | undefined;
    const property = fc.asyncProperty(generatedRequests(law.gateway.gateway, tokens), async (request) => {
      last = await disagreement(request, law);
      if (last !== undefined) throw new Error(`${last.open ? 'FAIL-OPEN: ' : ''}${last.message}`);
    });
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
