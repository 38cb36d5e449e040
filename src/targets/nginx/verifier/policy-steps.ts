import type { Method } from '../../../model/gateway.ts';
import type { Expression, Operand } from '../../../model/policy.ts';
import type { CallList } from './call-list.ts';
import type { PolicyStep, StepOperand } from './guard-data.ts';
import type { InputList } from './input-list.ts';

/**
 * An expression in postfix order, its names resolved and its operands numbered. `method` is the operation's own: HEAD
 * is decided as the GET that serves it.
 */
export function policySteps(
  expression: Expression,
  method: Method,
  inputs: InputList,
  calls: CallList,
): readonly PolicyStep[] {
  switch (expression.kind) {
    case 'all':
    case 'any': {
      const { kind, of } = expression;
      return [...of.flatMap((one) => policySteps(one, method, inputs, calls)), { kind, count: of.length }];
    }
    case 'not':
      return [...policySteps(expression.of, method, inputs, calls), { kind: 'not' }];
    case 'policy':
      return policySteps(expression.is, method, inputs, calls);
    case 'scope':
      return [{ kind: 'scope', scope: expression.scope }];
    case 'role':
      return [{ kind: 'role', role: expression.role }];
    case 'group':
      return [{ kind: 'group', group: expression.group }];
    case 'external':
      return [calls.stepOf(expression, method, inputs)];
    case 'ip': {
      const ranges = expression.ranges.map(({ text }) => text);
      return [{ kind: 'ip', input: inputs.indexOf({ kind: 'address' }), ranges }];
    }
    case 'claim':
      return [{ kind: 'claim', claim: expression.claim, test: expression.test }];
    case 'compare': {
      const left = stepOperand(expression.left, method, inputs);
      const right = stepOperand(expression.right, method, inputs);
      return [{ kind: 'compare', left, operator: expression.operator, right }];
    }
  }
}

function stepOperand(operand: Operand, method: Method, inputs: InputList): StepOperand {
  switch (operand.kind) {
    case 'claim':
    case 'literal':
    case 'consumer':
      return operand;
    case 'method':
      return { kind: 'literal', value: method };
    case 'header':
      return { kind: 'header', input: inputs.indexOf({ kind: 'header', name: operand.name }) };
    case 'path':
    case 'query':
      return { kind: operand.kind, name: operand.name, input: inputs.indexOf({ kind: operand.kind }) };
  }
}

/** Names of the path parameters that a policy reads. */
export function pathParameters(steps: readonly PolicyStep[]): readonly string[] {
  const operands = steps.flatMap((step) => (step.kind === 'compare' ? [step.left, step.right] : []));
  return operands.flatMap((operand) => (operand.kind === 'path' ? [operand.name] : []));
}
