import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Case, suitesIn } from '../behaviour/case.ts';
import { type IdentityLaw, startIdentityLaw } from '../behaviour/identities.ts';
import { runOnNginx } from '../behaviour/law.ts';
import { identitySabotages } from './identities.ts';
import { keySetSabotages } from './key-sets.ts';
import { serviceSabotages } from './services.ts';

const sabotages = [...identitySabotages, ...serviceSabotages, ...keySetSabotages];
const cases = new Map(
  suitesIn('identity-cases').flatMap((suite) => suite.cases.map((one) => [one.name, one] as const)),
);

function caseOf(name: string): Case {
  const found = cases.get(name);
  if (found === undefined) throw new Error(`there is no case "${name}"`);
  return found;
}

describe('the case that must notice it holds for the gateway as emitted', () => {
  let law: IdentityLaw;
  beforeAll(async () => {
    law = await startIdentityLaw();
  });
  afterAll(async () => {
    await law?.stop();
  });
  test.each([...new Set(sabotages.map(({ noticedBy }) => noticedBy))])('%s', (name) =>
    runOnNginx(caseOf(name), law),
  );
});

describe('a broken gateway is noticed', () => {
  test('there are enough of them, each with a name of its own', () => {
    expect(new Set(sabotages.map(({ name }) => name)).size).toBe(sabotages.length);
    expect(sabotages.length).toBeGreaterThanOrEqual(60);
  });

  test.each(sabotages.map((one) => [one.name, one] as const))('%s', async (_, sabotage) => {
    const law = await startIdentityLaw(sabotage);
    try {
      await expect(runOnNginx(caseOf(sabotage.noticedBy), law)).rejects.toThrow();
    } finally {
      await law.stop();
    }
  });
});
