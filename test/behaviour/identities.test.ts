import { afterAll, beforeAll, describe, test } from 'vitest';
import { suitesIn } from './case.ts';
import { type IdentityLaw, startIdentityLaw } from './identities.ts';
import { decideCase, runOnNginx } from './law.ts';

let law: IdentityLaw;

beforeAll(async () => {
  law = await startIdentityLaw();
});

afterAll(async () => {
  await law?.stop();
});

describe.each(suitesIn('identity-cases'))('$file', ({ cases }) => {
  const named = cases.map((one) => [`${one.rows.join(' ')} ${one.name}`, one] as const);
  test.each(named)('decide: %s', (_, one) => decideCase(one, law));
  test.each(named)('nginx: %s', (_, one) => runOnNginx(one, law));
});
