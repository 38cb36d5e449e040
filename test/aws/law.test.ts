import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Case, type Step, suites, suitesIn } from '../behaviour/case.ts';
import { type AwsLaw, startAwsLaw } from './aws-law.ts';
import { checkBody } from './check-body.ts';
import { differences, namesOf, onAws } from './differences.ts';
import { runOnAws } from './run-case.ts';

let law: AwsLaw;

beforeAll(async () => {
  law = await startAwsLaw();
});

afterAll(async () => {
  await law?.stop();
});

test('the importer takes the whole document as it is', () => {
  const body = law.artifacts.find(({ path }) => path === 'openapi.json');
  expect(checkBody(JSON.parse(body?.contents ?? '{}'))).toEqual([]);
});

const every = [...suites, ...suitesIn('aws-cases')];
const all = every.flatMap(({ cases }) => cases);

describe.each(every)('$file, interpreted', ({ cases }) => {
  const named = cases.flatMap((one) => {
    const there = onAws(one);
    return there === undefined ? [] : [[`${one.rows.join(' ')} ${one.name}`, there] as const];
  });
  test.each(named)('aws: %s', (_, one) => runOnAws(one, law));
});

describe('what is different on API Gateway', () => {
  test('is about cases that exist, each with one reason', () => {
    const names = differences.flatMap(namesOf);
    const known = new Set(all.flatMap(({ name, rows }) => [name, ...rows.map((row) => `${name} (${row})`)]));
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test('forwards nothing that the law refuses, but where it is said', () => {
    const opened = all.filter((one) => {
      const there = onAws(one);
      return there !== undefined && !there.forwards && forwardsMore(one, there.one);
    });
    expect(opened.map(({ name }) => name)).toEqual([]);
  });
});

/** Whether some step reaches a back end where the law has none, or another one. */
function forwardsMore(law: Case | Step, there: Case | Step): boolean {
  if (there.expect.to !== undefined && there.expect.to !== law.expect.to) return true;
  return law.then !== undefined && there.then !== undefined && forwardsMore(law.then, there.then);
}
