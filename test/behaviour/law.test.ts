import { afterAll, beforeAll, describe, test } from 'vitest';
import { suites } from './case.ts';
import { decideCase, type Law, runOnNginx, startLaw } from './law.ts';

let law: Law;

beforeAll(async () => {
  law = await startLaw();
});

afterAll(async () => {
  await law?.stop();
});

describe.each(suites)('$file', ({ cases }) => {
  const named = cases.map((one) => [`${one.rows.join(' ')} ${one.name}`, one] as const);
  test.each(named)('decide: %s', (_, one) => decideCase(one, law));
  test.each(named)('nginx: %s', (_, one) => runOnNginx(one, law));
});
