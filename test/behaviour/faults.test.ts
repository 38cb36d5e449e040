import { afterAll, beforeAll, describe, test } from 'vitest';
import { brokenVerifier, faultCases, silentVerifier } from './faults.ts';
import { type Law, runOnNginx, startLaw } from './law.ts';

describe.each([
  ['a verifier without data', brokenVerifier],
  ['a verifier that does not answer', silentVerifier],
])('%s', (_, alter) => {
  let law: Law;
  beforeAll(async () => {
    law = await startLaw({ alter });
  });
  afterAll(async () => {
    await law?.stop();
  });
  test.each(faultCases.map((one) => [one.name, one] as const))('%s', (_name, one) => runOnNginx(one, law));
});
