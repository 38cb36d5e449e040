import type { Method } from '../../../model/gateway.ts';
import type { Expression, ExternalCall, Operand } from '../../../model/policy.ts';
import type { CallData, OperandData, PolicyData } from './authorizer-data.ts';
import type { Numbered } from './numbered.ts';
import { backendService } from './service-data.ts';
import type { Sources } from './sources.ts';

/** Policies of one guard. */
export interface PolicyContext {
  /** The operation's own: HEAD is decided as the GET that serves it. */
  readonly method: Method;
  readonly calls: Numbered<CallData>;
  readonly sources: Sources;
}

/** An expression as the authorizer evaluates it; equal questions are asked once a request. */
export function policyData(expression: Expression, context: PolicyContext): PolicyData {
  switch (expression.kind) {
    case 'all':
    case 'any':
      return { kind: expression.kind, of: expression.of.map((one) => policyData(one, context)) };
    case 'not':
      return { kind: 'not', of: policyData(expression.of, context) };
    case 'policy':
      return policyData(expression.is, context);
    case 'ip':
      return { kind: 'ip', ranges: expression.ranges.map(({ text }) => text) };
    case 'compare':
      return {
        kind: 'compare',
        left: operandData(expression.left, context.method),
        operator: expression.operator,
        right: operandData(expression.right, context.method),
      };
    case 'external':
      return { kind: 'external', call: callOf(expression, context) };
    default:
      return expression;
  }
}

function operandData(operand: Operand, method: Method): OperandData {
  return operand.kind === 'method' ? { kind: 'literal', value: method } : operand;
}

function callOf(call: ExternalCall, { calls, method, sources }: PolicyContext): number {
  const { cacheSeconds, send } = call;
  return calls.placeOf({ service: backendService(call, sources), method, send, cacheSeconds });
}

/** What the leaves of a policy read of a request, besides the identity. */
export function requestFacts(policy: PolicyData): readonly RequestFact[] {
  switch (policy.kind) {
    case 'all':
    case 'any':
      return policy.of.flatMap(requestFacts);
    case 'not':
      return requestFacts(policy.of);
    case 'ip':
    case 'external':
      return [policy.kind];
    case 'compare':
      return [policy.left, policy.right].flatMap(({ kind }) =>
        kind === 'path' || kind === 'query' || kind === 'header' ? [kind] : [],
      );
    default:
      return [];
  }
}

export type RequestFact = 'ip' | 'external' | 'path' | 'query' | 'header';
