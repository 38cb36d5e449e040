import { describe, expect, test } from 'vitest';
import { suites, suitesIn } from '../behaviour/case.ts';
import { startAwsLaw } from './aws-law.ts';
import { type AwsCase, onAws } from './differences.ts';
import { runOnAws } from './run-case.ts';
import { awsSabotages } from './sabotages.ts';

const cases = [...suites, ...suitesIn('aws-cases')].flatMap((suite) => suite.cases);

function caseNamed(name: string): AwsCase {
  const found = cases.find((one) => one.name === name);
  const there = found === undefined ? undefined : onAws(found);
  if (there === undefined) throw new Error(`no case is called "${name}"`);
  return there;
}

describe('broken output for AWS is noticed by the case that is about it', () => {
  test('each has a name of its own', () => {
    expect(new Set(awsSabotages.map(({ name }) => name)).size).toBe(awsSabotages.length);
    expect(awsSabotages.length).toBeGreaterThanOrEqual(20);
  });

  test('the cases hold for what is emitted', async () => {
    const law = await startAwsLaw();
    try {
      for (const name of new Set(awsSabotages.map(({ noticedBy }) => noticedBy)))
        await runOnAws(caseNamed(name), law);
    } finally {
      await law.stop();
    }
  });

  test.each(awsSabotages.map((one) => [one.name, one] as const))(
    '%s',
    async (_, { noticedBy, ...alteration }) => {
      const law = await startAwsLaw(alteration);
      try {
        await expect(runOnAws(caseNamed(noticedBy), law), `"${noticedBy}" does not notice`).rejects.toThrow(
          /./,
        );
      } finally {
        await law.stop();
      }
    },
  );
});
