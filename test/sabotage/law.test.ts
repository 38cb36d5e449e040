import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Case, suites } from '../behaviour/case.ts';
import { faultCases } from '../behaviour/faults.ts';
import { type Law, runOnNginx, startLaw } from '../behaviour/law.ts';
import { answerSabotages } from './answers.ts';
import { decisionSabotages } from './decisions.ts';
import { printNoticed } from './print-noticed.ts';
import { routingSabotages } from './routing.ts';
import type { Sabotage } from './sabotage.ts';
import { tokenSabotages } from './tokens.ts';

const sabotages = [...routingSabotages, ...tokenSabotages, ...decisionSabotages, ...answerSabotages];
const noticed = new Map<string, string>();
/** What does not hold for the gateway as emitted notices nothing. */
let ordinary: readonly Case[] = [];

beforeAll(async () => {
  const law = await startLaw();
  try {
    const all = suites.flatMap(({ cases }) => cases);
    const held: Case[] = [];
    for (const one of all) if (await holds(one, law)) held.push(one);
    ordinary = held;
  } finally {
    await law.stop();
  }
});

afterAll(() => printNoticed(sabotages, noticed));

describe('a broken gateway is noticed by some case', () => {
  test('there are enough of them, each with a name of its own', () => {
    expect(new Set(sabotages.map(({ name }) => name)).size).toBe(sabotages.length);
    expect(sabotages.length).toBeGreaterThanOrEqual(60);
  });

  test.each(sabotages.map((one) => [one.name, one] as const))('%s', async (name, sabotage) => {
    const law = await startLaw(sabotage);
    try {
      const found = await firstViolated(inOrder(sabotage), law);
      if (found !== undefined) noticed.set(name, `${found.rows.join(' ')} ${found.name}`);
      expect(found, 'no case notices').toBeDefined();
    } finally {
      await law.stop();
    }
  });
});

/** Cases of the expected rows first. Cases for a broken verifier belong to sabotages that break it. */
function inOrder({ rows }: Sabotage): readonly Case[] {
  if (rows.includes('R7')) return faultCases;
  const expected = ordinary.filter((one) => one.rows.some((row) => rows.includes(row)));
  return [...expected, ...ordinary.filter((one) => !expected.includes(one))];
}

async function firstViolated(cases: readonly Case[], law: Law): Promise<Case | undefined> {
  for (const one of cases) if (!(await holds(one, law))) return one;
  return undefined;
}

const holds = (one: Case, law: Law): Promise<boolean> =>
  runOnNginx(one, law).then(
    () => true,
    () => false,
  );
