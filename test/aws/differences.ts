import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import type { Case, Expectation, Step } from '../behaviour/case.ts';

/** A case as it is on API Gateway. */
export interface AwsCase {
  readonly one: Case;
  /** Who answers without a problem of the gateway itself. */
  readonly made: 'front-end' | 'waf' | undefined;
  /** The law refuses what is forwarded here, to the operation that was meant. */
  readonly forwards: boolean;
}

type Change = { readonly [Member in keyof Expectation]?: Expectation[Member] | null } & {
  readonly then?: { readonly expect?: Change; readonly then?: Change['then'] } | undefined;
};

interface Difference {
  readonly because: string;
  readonly made?: AwsCase['made'];
  readonly forwards?: true;
  readonly absent?: true;
  readonly expect?: Change;
  readonly cases: readonly string[] | Readonly<Record<string, Change>>;
}

const file = new URL('../../fixtures/behaviour/aws/differences.yaml', import.meta.url);
export const differences = load(readFileSync(file, 'utf8'), { schema: CORE_SCHEMA }) as Difference[];

/** Names of a difference; `name (J12)` is the case of that name and row. */
export const namesOf = ({ cases }: Difference): readonly string[] =>
  Array.isArray(cases) ? cases : Object.keys(cases);

/** The case for API Gateway; undefined where the document for AWS has no such operation. */
export function onAws(one: Case): AwsCase | undefined {
  const names = [one.name, ...one.rows.map((row) => `${one.name} (${row})`)];
  const found = differences.find((difference) => namesOf(difference).some((name) => names.includes(name)));
  if (found?.absent === true) return undefined;
  if (found === undefined) return { one, made: undefined, forwards: false };
  const { cases, expect = {}, forwards = false, made } = found;
  const own = Array.isArray(cases)
    ? {}
    : ((cases as Readonly<Record<string, Change>>)[names.find((name) => name in cases) ?? ''] ?? {});
  return { one: { ...one, ...changed(one, { ...expect, ...own }) }, made, forwards };
}

/** `null` takes a member away. */
function changed(step: Step, change: Change): Pick<Step, 'expect' | 'then'> {
  const { then: _, ...expect } = change;
  const members = Object.entries({ ...step.expect, ...expect }).filter(([, value]) => value !== null);
  return { ...changedNext(step, change), expect: Object.fromEntries(members) };
}

function changedNext({ then: next }: Step, { then: change }: Change): Partial<Pick<Step, 'then'>> {
  const { expect, ...more } = change ?? {};
  return next === undefined
    ? {}
    : Object.fromEntries([['then', { ...next, ...changed(next, { ...expect, ...more }) }]]);
}
