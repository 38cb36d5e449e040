import type { Milliseconds } from '../../../model/backend.ts';
import type { Bytes, Gateway, IpAccess } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Plan, RateLimit } from '../../../model/traffic.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { range } from '../token/address.ts';
import { duration, refusalOf } from '../token.ts';

/** `geo` over the client address, before limits. */
export const ipAccess: Lowering<Sourced<IpAccess>, OperationScope, IpAccess> = {
  support: 'full',
  note: 'geo over the client address, checked before limits',
  lower: ({ value }): Outcome<IpAccess> => {
    const reason = [...value.deny, ...value.allow.flat()]
      .map(({ text }) => refusalOf(() => range(text)))
      .find((one) => one !== undefined);
    return reason === undefined
      ? { kind: 'exact', part: value }
      : { kind: 'unsupported', reason, instead: undefined };
  },
};

/** `limit_req` counts per second or per minute, in the memory of one nginx. */
export const limits: Lowering<readonly Sourced<RateLimit>[], OperationScope, readonly RateLimit[]> = {
  support: 'partial',
  note: 'limit_req: per second and per minute; counters live in the memory of one nginx',
  lower: (asked): Outcome<readonly RateLimit[]> => {
    const slow = asked.find(({ value }) => value.period !== 's' && value.period !== 'm');
    if (slow !== undefined) {
      const { count, period } = slow.value;
      return {
        kind: 'unsupported',
        reason: `limit_req counts per second or per minute, not ${count}/${period}`,
        instead: 'Write the rate per second (s) or per minute (m).',
      };
    }
    return (
      asked.map(({ value }) => refusalOfCounter(value)).find((one) => one !== undefined) ?? {
        kind: 'exact',
        part: asked.map(({ value }) => value),
      }
    );
  },
};

function refusalOfCounter({
  per,
  scope,
}: RateLimit): Extract<Outcome<never>, { kind: 'unsupported' }> | undefined {
  if (scope === 'cluster') {
    return {
      kind: 'unsupported',
      reason: 'limit_req counts in the memory of one nginx, not of several together',
      instead: 'Write scope: node, and the share of one instance as the rate.',
    };
  }
  return per.kind === 'ip' || per.kind === 'all'
    ? undefined
    : {
        kind: 'unsupported',
        reason: `limit_req counts before authentication, not per ${per.kind}`,
        instead: 'Count per ip, per all, or leave this limit to the back end.',
      };
}

/** Limits of consumers would have to be counted after authentication, quotas outside the memory of nginx. */
export const plans: Lowering<readonly Plan[], Gateway, true> = {
  support: 'none',
  note: 'nginx counts before it knows the consumer, and forgets quotas when it stops',
  lower: ([first]): Outcome<true> =>
    first === undefined
      ? { kind: 'exact', part: true }
      : {
          kind: 'unsupported',
          reason: `the plan "${first.name}" limits consumers, and nginx counts before it knows them`,
          instead: 'Limit operations per ip or per all instead.',
        },
};

export const bodySize: Lowering<Sourced<Bytes>, OperationScope, Bytes> = {
  support: 'full',
  note: 'client_max_body_size, declared and chunked bodies',
  lower: ({ value }): Outcome<Bytes> =>
    value > 0
      ? { kind: 'exact', part: value }
      : { kind: 'unsupported', reason: 'nginx reads a size of 0 as no limit', instead: 'Write 1b or more.' },
};

export const timeout: Lowering<Sourced<Milliseconds>, OperationScope, Milliseconds> = {
  support: 'full',
  note: 'proxy_read_timeout and proxy_send_timeout: between two reads or writes',
  lower: ({ value }): Outcome<Milliseconds> => {
    const reason = value > 0 ? refusalOf(() => duration(value)) : 'a time-out of 0 ends every request';
    return reason === undefined
      ? { kind: 'exact', part: value }
      : { kind: 'unsupported', reason, instead: undefined };
  },
};
