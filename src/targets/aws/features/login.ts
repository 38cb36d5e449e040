import type { Authenticator, Login } from '../../../model/authentication.ts';
import type { Gateway, LoginTrigger, Operation } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import { placementOf } from '../routing/placement.ts';

/**
 * The gateway response UNAUTHORIZED is one for a whole REST API, and its Location is a constant. A function of a
 * distribution knows the operation, the caller and where to return to.
 */
export const login: Lowering<Sourced<LoginTrigger>, OperationScope, LoginTrigger> = {
  support: 'partial',
  note: 'with edge: cloudfront; else one redirect (always) for a whole REST API, without a return address',
  lower: ({ value }, { gateway, operation }): Outcome<LoginTrigger> => {
    if (value === 'never' || hasDistribution(gateway)) return { kind: 'exact', part: value };
    if (value === 'browser')
      return {
        kind: 'unsupported',
        reason: 'a gateway response cannot tell a person from a program',
        instead: 'Write targets.aws.edge: cloudfront.',
      };
    const page = loginOf(operation, gateway);
    if (page?.returnParam !== undefined)
      return {
        kind: 'unsupported',
        reason: 'the Location of a gateway response is a constant, so it cannot say where to return to',
        instead: 'Write login.returnParam: false, or targets.aws.edge: cloudfront.',
      };
    if (page !== undefined && /['\\]|[^\x21-\x7e]/.test(page.url))
      return { kind: 'unsupported', reason: 'its address cannot stand in a mapping', instead: undefined };
    const other = protectedBeside(operation, gateway).find(
      (one) => one.features.login?.value !== 'always' || loginOf(one, gateway)?.url !== page?.url,
    );
    return other === undefined
      ? { kind: 'exact', part: value }
      : {
          kind: 'unsupported',
          reason: `a REST API has one answer for callers without credentials, and "${other.id}" needs another`,
          instead:
            'Divide the API with targets.aws.split: first-segment or into two gateways, or write targets.aws.edge: cloudfront.',
        };
  },
};

/** Where callers of the operation are sent: the login of the first authenticator that has one. */
export function loginOf(operation: Operation, { authenticators }: Gateway): Login | undefined {
  const { value } = operation.features.authentication;
  if (value.kind === 'public') return undefined;
  const names = value.anyOf.flat().map(({ authenticator }) => authenticator);
  const used = names.flatMap((name) => authenticators.filter((one: Authenticator) => one.name === name));
  return used.find((one) => one.login !== undefined)?.login?.value;
}

/** Other operations of the same REST API that can answer 401. */
function protectedBeside(operation: Operation, gateway: Gateway): readonly Operation[] {
  const part = placementOf(gateway).parts.find(({ routes }) =>
    routes.some(({ operations }) => operations.includes(operation)),
  );
  return (part?.routes ?? [])
    .flatMap(({ operations }) => operations)
    .filter((one) => one !== operation && one.features.authentication.value.kind !== 'public');
}
