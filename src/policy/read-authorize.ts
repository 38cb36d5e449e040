import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import type { Sourced } from '../model/origin.ts';
import type { Expression } from '../model/policy.ts';
import { checkExpression, type GuardedOperation, isInside } from './check-expression.ts';
import type { DeclaredNames } from './check-names.ts';
import type { PolicyBlock } from './expression-block.ts';
import { leavesOf } from './fold.ts';
import { type Policies, parseAuthorize } from './resolve-policies.ts';

/** Reads and checks `authorize` facets for the operations that they guard. */
export type AuthorizeReader = (
  facet: Sourced<PolicyBlock>,
  operation: GuardedOperation,
  report: Report,
) => Expression | undefined;

/**
 * Thousands of operations inherit one facet: it is parsed once, and checked once for all operations that are alike in
 * what it reads. Findings are told for each operation.
 */
export function authorizeReader(policies: Policies, declared: DeclaredNames): AuthorizeReader {
  const known = new WeakMap<PolicyBlock, ReadFacet>();
  return ({ value: block, at }, operation, report) => {
    const facet = known.get(block) ?? readFacet(block, policies);
    known.set(block, facet);
    for (const one of facet.problems) report(one);
    if (facet.expression === undefined) return undefined;
    const guard = { value: facet.expression, at };
    const key = JSON.stringify([at, likenessOf(guard, facet, operation)]);
    const found =
      facet.findings.get(key) ?? collect((tell) => checkExpression(guard, operation, declared, tell));
    facet.findings.set(key, found);
    for (const one of found) report(one);
    return facet.expression;
  };
}

interface ReadFacet {
  readonly expression: Expression | undefined;
  readonly problems: readonly Diagnostic[];
  readonly pathParameters: readonly string[];
  readonly readsMethod: boolean;
  /** By what is alike in operations. */
  readonly findings: Map<string, readonly Diagnostic[]>;
}

function readFacet(block: PolicyBlock, policies: Policies): ReadFacet {
  let expression: Expression | undefined;
  const problems = collect((report) => {
    expression = parseAuthorize(block, policies, report);
  });
  const leaves = expression === undefined ? [] : leavesOf(expression);
  const operands = leaves.flatMap((leaf) => (leaf.kind === 'compare' ? [leaf.left, leaf.right] : []));
  return {
    expression,
    problems,
    pathParameters: operands.flatMap((one) => (one.kind === 'path' ? [one.name] : [])),
    readsMethod: operands.some(({ kind }) => kind === 'method'),
    findings: new Map(),
  };
}

/** Everything of an operation that a check of the facet depends on. */
function likenessOf(
  { at }: Sourced<Expression>,
  { pathParameters, readsMethod }: ReadFacet,
  operation: GuardedOperation,
): readonly unknown[] {
  const readsPath = pathParameters.length > 0;
  return [
    isInside(at, operation.at),
    readsMethod ? operation.method : undefined,
    readsPath ? operation.pathParameters : undefined,
    readsPath && operation.relaxedPath,
    operation.yields,
  ];
}

function collect(read: (report: Report) => void): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  read((one) => found.push(one));
  return found;
}
