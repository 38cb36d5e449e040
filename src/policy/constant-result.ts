import type { Expression } from '../model/policy.ts';
import { type Case, casesOf, onlySubject, type Subject } from './candidates.ts';
import { evaluate, noInputs } from './evaluate.ts';
import { externalKey } from './external-question.ts';
import { fold, type Leaf, leavesOf } from './fold.ts';
import type { Truth } from './kleene.ts';
import type { KnownFacts } from './known-facts.ts';

/** Above these nothing is said: the check is a courtesy, its cost must stay small. */
const maximumLeaves = 12;
const maximumCases = 20_000;

/** Leaves that are decided together, and the ways how that can come out. */
interface Group {
  readonly cases: readonly Case[];
  /** Key of the claim whose absence a case stands for. */
  readonly claim: string | undefined;
}

/**
 * Whether an expression lets every caller pass (`true`), none (`false`), or depends on the request (undefined). A
 * finite truth table over its distinct leaves: leaves about one operand are decided together, so that
 * `claims.x == 'a'` and `claims.x == 'b'` exclude each other; all others are free. Sound: what it calls constant is.
 */
export function constantResult(expression: Expression, facts: KnownFacts): boolean | undefined {
  const keys = new Map(leavesOf(expression).map((leaf) => [leaf, keyOf(leaf)]));
  const leaves = new Map([...keys].map(([leaf, key]) => [key, leaf]));
  if (leaves.size > maximumLeaves) return undefined;
  const groups = groupsOf(leaves, facts);
  if (groups.reduce((product, { cases }) => product * cases.length, 1) > maximumCases) return undefined;
  let sometimesTrue = false;
  let sometimesDenied = false;
  for (const truths of combinations(groups, leaves)) {
    const truth = fold(expression, (leaf) => truths.get(keys.get(leaf) ?? '') ?? 'unknown');
    if (truth === true) sometimesTrue = true;
    else sometimesDenied = true;
    if (sometimesTrue && sometimesDenied) return undefined;
  }
  return sometimesTrue;
}

const keyOf = (leaf: Leaf | Subject): string =>
  leaf.kind === 'external' ? externalKey(leaf) : JSON.stringify(leaf);

function groupsOf(leaves: ReadonlyMap<string, Leaf>, facts: KnownFacts): readonly Group[] {
  const bySubject = new Map<string, { readonly subject: Subject; readonly leaves: Map<string, Leaf> }>();
  const groups: Group[] = [];
  for (const [key, leaf] of leaves) {
    const subject = onlySubject(leaf);
    if (subject === undefined) {
      groups.push({ cases: freeCases(key, leaf), claim: undefined });
      continue;
    }
    const group = bySubject.get(keyOf(subject)) ?? { subject, leaves: new Map<string, Leaf>() };
    group.leaves.set(key, leaf);
    bySubject.set(keyOf(subject), group);
  }
  for (const [claim, { subject, leaves: together }] of bySubject) {
    const cases = casesOf(subject, together, facts);
    if (cases !== undefined) groups.push({ cases, claim });
    else for (const [key, leaf] of together) groups.push({ cases: freeCases(key, leaf), claim: undefined });
  }
  return groups;
}

function freeCases(key: string, leaf: Leaf): readonly Case[] {
  const isConstant = leaf.kind === 'compare' && leaf.left.kind === 'literal' && leaf.right.kind === 'literal';
  const truths: readonly Truth[] = isConstant ? [evaluate(leaf, noInputs)] : [true, false, 'unknown'];
  return truths.map((truth) => ({ missing: false, truths: new Map([[key, truth]]) }));
}

/** Every choice of one case a group; a comparison with a claim that is missing in the choice is unknown. */
function* combinations(
  groups: readonly Group[],
  leaves: ReadonlyMap<string, Leaf>,
): Generator<ReadonlyMap<string, Truth>> {
  const chosen = groups.map(() => 0);
  for (;;) {
    yield choice(groups, chosen, leaves);
    let index = 0;
    while (index < groups.length && (chosen[index] ?? 0) + 1 === groups[index]?.cases.length)
      chosen[index++] = 0;
    if (index === groups.length) return;
    chosen[index] = (chosen[index] ?? 0) + 1;
  }
}

function choice(
  groups: readonly Group[],
  chosen: readonly number[],
  leaves: ReadonlyMap<string, Leaf>,
): ReadonlyMap<string, Truth> {
  const truths = new Map<string, Truth>();
  const missing = new Set<string>();
  for (const [index, { cases, claim }] of groups.entries()) {
    const one = cases[chosen[index] ?? 0];
    for (const [key, truth] of one?.truths ?? []) truths.set(key, truth);
    if (one?.missing === true && claim !== undefined) missing.add(claim);
  }
  if (missing.size === 0) return truths;
  for (const [key, leaf] of leaves) {
    if (
      leaf.kind === 'compare' &&
      [leaf.left, leaf.right].some((side) => missing.has(JSON.stringify(side)))
    ) {
      truths.set(key, 'unknown');
    }
  }
  return truths;
}
