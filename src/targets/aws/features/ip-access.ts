import type { IpAccess } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { commonAccess } from '../template/resource-policy.ts';

/** Who compares addresses with the lists of an operation. */
export interface IpAccessPart {
  readonly access: IpAccess;
  readonly by: 'resource policy' | 'web ACL';
}

export const ipAccess: Lowering<Sourced<IpAccess>, OperationScope, IpAccessPart> = {
  support: 'full',
  note: 'a resource policy where all operations have the same lists, else AWS WAF; before the authorizer',
  lower: ({ value }, { gateway }): Outcome<IpAccessPart> => ({
    kind: 'exact',
    part: { access: value, by: commonAccess(gateway) === undefined ? 'web ACL' : 'resource policy' },
  }),
};
