import type { ClaimPath, ClaimTest, Expression, ExternalCall, Scalar } from '../model/policy.ts';
import { claimAt, heldScopes, isExact, isList, type JsonValue, scalarText, wordsOf } from './claims.ts';
import { fold, type Leaf } from './fold.ts';
import { inIpRange, parseIpAddress } from './ip-address.ts';
import { disjunction, negate, type Truth } from './kleene.ts';
import { type OperandValue, operandValue, type RequestValues } from './operand-value.ts';

/** Everything that a policy may depend on: the identity, and values of the request. */
export interface PolicyInputs extends RequestValues {
  /** Where the identity's token holds scopes and roles. */
  readonly scopeClaims: readonly ClaimPath[];
  readonly roleClaim: ClaimPath;
  /** Groups of the consumer; undefined when the identity is none. */
  readonly groups: readonly string[] | undefined;
  /** Client address in text form, behind trusted proxies; undefined when it is not known. */
  readonly address: string | undefined;
  /** What a service answers; `unknown` for every answer but true and false. */
  readonly external: (call: ExternalCall) => Truth;
}

/** A request of nobody that says nothing. */
export const noInputs: PolicyInputs = {
  claims: undefined,
  consumer: undefined,
  scopeClaims: [],
  roleClaim: [],
  groups: undefined,
  path: new Map(),
  query: '',
  header: () => [],
  method: '',
  address: undefined,
  external: () => 'unknown',
};

/**
 * Evaluates an expression (LANGUAGE.md §5). A leaf is `unknown` when an operand is missing or when its operands cannot
 * be compared: values of different JSON types, lists with `==`, anything but a list with `in`. Every external leaf is
 * asked: `allHold` is the same with no more questions than the decision needs.
 */
export function evaluate(expression: Expression, inputs: PolicyInputs): Truth {
  return fold(expression, (leaf) => evaluateLeaf(leaf, inputs));
}

/** The truth of one leaf. */
export function evaluateLeaf(leaf: Leaf, inputs: PolicyInputs): Truth {
  switch (leaf.kind) {
    case 'scope':
      return holds(heldScopes(inputs.claims, inputs.scopeClaims), leaf.scope);
    case 'role':
      return holds(wordsOf(claimAt(inputs.claims, inputs.roleClaim)), leaf.role);
    case 'group':
      return inputs.groups === undefined ? 'unknown' : inputs.groups.includes(leaf.group);
    case 'external':
      return inputs.external(leaf);
    case 'ip': {
      const address = inputs.address === undefined ? undefined : parseIpAddress(inputs.address);
      return address === undefined ? 'unknown' : leaf.ranges.some((range) => inIpRange(address, range));
    }
    case 'claim':
      return inputs.claims === undefined
        ? 'unknown'
        : testClaim(claimAt(inputs.claims, leaf.claim), leaf.test);
    case 'compare':
      return compare(operandValue(leaf.left, inputs), leaf.operator, operandValue(leaf.right, inputs));
  }
}

function holds(words: ReadonlySet<string> | undefined, word: string): Truth {
  return words === undefined ? 'unknown' : words.has(word);
}

function testClaim(value: JsonValue | undefined, test: ClaimTest): Truth {
  if (test.kind === 'exists') return (value !== undefined) === test.expected;
  if (value === undefined) return 'unknown';
  if (test.kind === 'equals') return same(value, test.value);
  if (test.kind === 'in') return disjunction(test.values.map((one: Scalar) => same(value, one)));
  return isList(value) ? disjunction(value.map((one) => same(one, test.value))) : 'unknown';
}

function compare(left: OperandValue, operator: '==' | '!=' | 'in', right: OperandValue): Truth {
  if (left === undefined || right === undefined) return 'unknown';
  if (operator === 'in') {
    if (right.kind !== 'json' || !isList(right.value)) return 'unknown';
    return disjunction(right.value.map((value) => equal(left, { kind: 'json', value })));
  }
  const truth = equal(left, right);
  return operator === '==' ? truth : negate(truth);
}

/** Text of the request compares with the JSON text of a scalar, JSON with JSON of the same type. */
function equal(left: NonNullable<OperandValue>, right: NonNullable<OperandValue>): Truth {
  if (left.kind === 'json' && right.kind === 'json') return same(left.value, right.value);
  const [a, b] = [left, right].map((side) => (side.kind === 'text' ? side.text : scalarText(side.value)));
  return a === undefined || b === undefined ? 'unknown' : a === b;
}

function same(left: JsonValue, right: JsonValue): Truth {
  if (typeof left === 'object' || typeof right === 'object' || typeof left !== typeof right) return 'unknown';
  if (typeof left === 'number' && typeof right === 'number' && !(isExact(left) && isExact(right)))
    return 'unknown';
  return left === right;
}
