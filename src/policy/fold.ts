import type { Expression } from '../model/policy.ts';
import { conjunction, disjunction, negate, type Truth } from './kleene.ts';

/** An expression without parts: what is looked up in a request. */
export type Leaf = Exclude<Expression, { readonly kind: 'all' | 'any' | 'not' | 'policy' }>;

/** The truth of an expression, given that of its leaves. */
export function fold(expression: Expression, truthOf: (leaf: Leaf) => Truth): Truth {
  switch (expression.kind) {
    case 'all':
      return conjunction(expression.of.map((one) => fold(one, truthOf)));
    case 'any':
      return disjunction(expression.of.map((one) => fold(one, truthOf)));
    case 'not':
      return negate(fold(expression.of, truthOf));
    case 'policy':
      return fold(expression.is, truthOf);
    default:
      return truthOf(expression);
  }
}

/** Every leaf from left to right, named policies included. */
export function leavesOf(expression: Expression): readonly Leaf[] {
  switch (expression.kind) {
    case 'all':
    case 'any':
      return expression.of.flatMap(leavesOf);
    case 'not':
      return leavesOf(expression.of);
    case 'policy':
      return leavesOf(expression.is);
    default:
      return [expression];
  }
}

/** The same expression with every leaf replaced; parts and names stay. */
export function mapLeaves(expression: Expression, change: (leaf: Leaf) => Leaf): Expression {
  switch (expression.kind) {
    case 'all':
    case 'any':
      return { kind: expression.kind, of: expression.of.map((one) => mapLeaves(one, change)) };
    case 'not':
      return { kind: 'not', of: mapLeaves(expression.of, change) };
    case 'policy':
      return { ...expression, is: mapLeaves(expression.is, change) };
    default:
      return change(expression);
  }
}

/**
 * The expression for one operation: its `method` is constant there, also for HEAD requests that a GET operation
 * serves, which are under the same guards (LANGUAGE.md §4).
 */
export function withMethod(expression: Expression, method: string): Expression {
  return mapLeaves(expression, (leaf) => {
    if (leaf.kind !== 'compare') return leaf;
    const literal = { kind: 'literal', value: method } as const;
    const [left, right] = [leaf.left, leaf.right].map((side) => (side.kind === 'method' ? literal : side));
    return left === undefined || right === undefined ? leaf : { ...leaf, left, right };
  });
}
