import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Method } from '../model/gateway.ts';
import type { Origin, Sourced } from '../model/origin.ts';
import type { Expression } from '../model/policy.ts';
import { checkNames, type DeclaredNames } from './check-names.ts';
import { constantResult } from './constant-result.ts';
import {
  alwaysAllowed,
  alwaysDenied,
  neverKnown,
  relaxedParameter,
  undeclaredParameter,
} from './diagnostics.ts';
import { type Leaf, leavesOf, withMethod } from './fold.ts';
import { missingFact, type Yield, type Yields } from './known-facts.ts';
import { printExpression } from './print-expression.ts';
import { prospectsOf } from './prospects.ts';

/** The operation that an expression guards. */
export interface GuardedOperation {
  readonly at: Origin;
  readonly method: Method;
  /** Names in the path template. */
  readonly pathParameters: readonly string[];
  /** The operation has `allowInPath`. */
  readonly relaxedPath: boolean;
  readonly yields: Yields;
}

/**
 * Reports what makes an expression meaningless for an operation: names that do not exist, path parameters that it does
 * not have, facts that none of its credentials tells, and a result that no request can change (LANGUAGE.md §5). One
 * conjunct at a time, so that each keeps its place.
 */
export function checkExpression(
  guard: Sourced<Expression>,
  operation: GuardedOperation,
  declared: DeclaredNames,
  report: Report,
): void {
  const namesHold = checkNames(guard, declared, report);
  const parametersHold = checkParameters(guard, operation, report);
  if (!namesHold || !parametersHold) return;
  if (checkResult(guard, operation, declared, report)) checkFacts(guard, operation, report);
}

function checkParameters(
  { value, at }: Sourced<Expression>,
  operation: GuardedOperation,
  report: Report,
): boolean {
  let holds = true;
  const reported = new Set<string>();
  for (const leaf of leavesOf(value)) {
    if (leaf.kind !== 'compare') continue;
    for (const operand of [leaf.left, leaf.right]) {
      if (operand.kind !== 'path' || reported.has(operand.name)) continue;
      const { name } = operand;
      const rule = printExpression(leaf);
      const declared = operation.pathParameters;
      if (!declared.includes(name)) {
        report(
          diagnostic(undeclaredParameter, at, { name, rule, declared, hint: didYouMean(name, declared) }),
        );
      } else if (operation.relaxedPath) report(diagnostic(relaxedParameter, at, { name, rule }));
      else continue;
      reported.add(name);
      holds = false;
    }
  }
  return holds;
}

/**
 * A policy of several operations may well be decided by the method on some of them; only the one that is written at
 * the operation itself must not. One that lets nobody pass is a mistake wherever it stands.
 */
function checkResult(
  { value, at }: Sourced<Expression>,
  operation: GuardedOperation,
  { consumers }: DeclaredNames,
  report: Report,
): boolean {
  const rule = printExpression(value);
  const { method, yields } = operation;
  // What no credential tells is a finding of its own.
  const told = (one: Yield): Yield => (one === 'never' ? 'always' : one);
  const facts = { consumers, yields: { claims: told(yields.claims), consumer: told(yields.consumer) } };
  const always = constantResult(value, facts);
  if (always !== undefined) {
    report(diagnostic(always ? alwaysAllowed : alwaysDenied, at, { rule, method: undefined }));
    return false;
  }
  const here = constantResult(withMethod(value, method), facts);
  if (here === false) report(diagnostic(alwaysDenied, at, { rule, method }));
  const isPointless = here === true && isInside(at, operation.at);
  if (isPointless) report(diagnostic(alwaysAllowed, at, { rule, method }));
  return here !== false && !isPointless;
}

/**
 * Facts that no credential of the operation tells must not close it. A policy of several operations may leave some of
 * them to its other parts; what is written at the operation itself may not name such a fact in vain.
 */
function checkFacts(
  { value, at }: Sourced<Expression>,
  { at: place, yields }: GuardedOperation,
  report: Report,
): void {
  const untold = (leaf: Leaf): boolean => missingFact(leaf, yields) !== undefined;
  if (!leavesOf(value).some(untold)) return;
  const { canBe } = prospectsOf(value, (leaf) => (untold(leaf) ? 'unknown' : undefined));
  const own = isInside(at, place) ? ownLeaves(value).filter(untold) : [];
  for (const one of canBe.true ? own : [value]) {
    const fact = leavesOf(one)
      .map((leaf) => missingFact(leaf, yields))
      .find((missing) => missing !== undefined);
    if (fact !== undefined) report(diagnostic(neverKnown, at, { rule: printExpression(one), fact }));
  }
}

/** Leaves that are written in the expression itself, not in a policy that it names. */
function ownLeaves(expression: Expression): readonly Leaf[] {
  switch (expression.kind) {
    case 'all':
    case 'any':
      return expression.of.flatMap(ownLeaves);
    case 'not':
      return ownLeaves(expression.of);
    case 'policy':
      return [];
    default:
      return [expression];
  }
}

/** Whether a place lies in the object at another one. */
export function isInside(at: Origin, outer: Origin): boolean {
  return at.file === outer.file && at.pointer.startsWith(`${outer.pointer}/`);
}
