import type { Sourced } from '../../../model/origin.ts';
import type { Expression, Operand } from '../../../model/policy.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { servicesAsked } from '../verifier/services-asked.ts';
import { externalServiceRefusal } from './external-service.ts';
import { isVisibleHeader } from './visible-header.ts';

/** Policies are evaluated by the same njs; what they read is part of the key of a cached decision. */
export const authorization: Lowering<readonly Sourced<Expression>[], OperationScope, true> = {
  support: 'full',
  note: 'njs behind auth_request; services are asked through constant locations',
  lower: (asked, { gateway }): Outcome<true> => {
    const unseen = asked.flatMap(({ value }) => headersOf(value)).find((name) => !isVisibleHeader(name));
    if (unseen === undefined) {
      const reason = asked
        .flatMap(({ value }) => servicesAsked(value))
        .map((service) => externalServiceRefusal(service, gateway))
        .find((one) => one !== undefined);
      return reason === undefined
        ? { kind: 'exact', part: true }
        : { kind: 'unsupported', reason, instead: undefined };
    }
    return {
      kind: 'unsupported',
      reason: `nginx ignores the header "${unseen}", so a policy cannot read it`,
      instead: 'Read a header whose name has letters, digits and "-" only.',
    };
  },
};

function headersOf(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'all':
    case 'any':
      return expression.of.flatMap(headersOf);
    case 'not':
      return headersOf(expression.of);
    case 'policy':
      return headersOf(expression.is);
    case 'compare':
      return [expression.left, expression.right].flatMap(headerOf);
    default:
      return [];
  }
}

function headerOf(operand: Operand): readonly string[] {
  return operand.kind === 'header' ? [operand.name] : [];
}
