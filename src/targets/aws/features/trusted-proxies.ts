import type { Gateway } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { IpRange } from '../../../model/policy.ts';
import type { Lowering, Outcome } from '../../target.ts';

/** The client address of API Gateway is the peer of the connection, for its policies, limits and logs alike. */
export const trustedProxies: Lowering<readonly Sourced<IpRange>[], Gateway, readonly IpRange[]> = {
  support: 'none',
  note: 'the client address is the peer of the connection',
  lower: (asked): Outcome<readonly IpRange[]> =>
    asked.length === 0
      ? { kind: 'exact', part: [] }
      : {
          kind: 'unsupported',
          reason: 'API Gateway takes the peer of the connection for the client and believes no proxy',
          instead: 'Let clients reach API Gateway directly and remove edge.trustedProxies.',
        },
};
