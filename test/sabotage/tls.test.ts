import { afterAll, expect, test } from 'vitest';
import { startTlsLaw } from '../behaviour/tls.ts';
import { tlsCases } from '../behaviour/tls-cases.ts';
import { printNoticed } from './print-noticed.ts';
import { transportSabotages } from './transport.ts';

const noticed = new Map<string, string>();
afterAll(() => printNoticed(transportSabotages, noticed));

test.each(transportSabotages.map((one) => [one.name, one] as const))(
  'some case notices: %s',
  async (name, sabotage) => {
    const law = await startTlsLaw(sabotage);
    try {
      for (const one of tlsCases) {
        const holds = await one.check(law).then(
          () => true,
          () => false,
        );
        if (!holds) {
          noticed.set(name, one.name);
          return;
        }
      }
      expect.fail('no case notices');
    } finally {
      await law.stop();
    }
  },
);
