import { afterAll, beforeAll, test } from 'vitest';
import { startTlsLaw, type TlsLaw } from './tls.ts';
import { tlsCases } from './tls-cases.ts';

let law: TlsLaw;

beforeAll(async () => {
  law = await startTlsLaw();
});

afterAll(async () => {
  await law?.stop();
});

test.each(tlsCases.map((one) => [one.name, one] as const))('%s', (_, one) => one.check(law));
