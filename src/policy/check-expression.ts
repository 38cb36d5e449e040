import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Method } from '../model/gateway.ts';
import type { Origin, Sourced } from '../model/origin.ts';
import type { Expression } from '../model/policy.ts';
import { constantResult } from './constant-result.ts';
import { alwaysAllowed, alwaysDenied, relaxedParameter, undeclaredParameter } from './diagnostics.ts';
import { leavesOf, withMethod } from './fold.ts';
import { printExpression } from './print-expression.ts';

/** The operation that an expression guards. */
export interface GuardedOperation {
  readonly at: Origin;
  readonly method: Method;
  /** Names in the path template. */
  readonly pathParameters: readonly string[];
  /** The operation has `allowInPath`. */
  readonly relaxedPath: boolean;
}

/**
 * Reports what makes an expression meaningless for an operation: path parameters that it does not have, and a result
 * that no request can change (LANGUAGE.md §5). One conjunct at a time, so that each keeps its place.
 */
export function checkExpression(
  guard: Sourced<Expression>,
  operation: GuardedOperation,
  report: Report,
): void {
  const parametersHold = checkParameters(guard, operation, report);
  if (parametersHold) checkResult(guard, operation, report);
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
function checkResult({ value, at }: Sourced<Expression>, operation: GuardedOperation, report: Report): void {
  const rule = printExpression(value);
  const always = constantResult(value);
  if (always !== undefined) {
    report(diagnostic(always ? alwaysAllowed : alwaysDenied, at, { rule, method: undefined }));
    return;
  }
  const { method } = operation;
  const here = constantResult(withMethod(value, method));
  if (here === false) report(diagnostic(alwaysDenied, at, { rule, method }));
  if (here === true && isInside(at, operation.at)) report(diagnostic(alwaysAllowed, at, { rule, method }));
}

function isInside(at: Origin, outer: Origin): boolean {
  return at.file === outer.file && at.pointer.startsWith(`${outer.pointer}/`);
}
