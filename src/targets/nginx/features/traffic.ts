import type { Bytes, IpAccess, Milliseconds, RateLimit } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
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
    return { kind: 'exact', part: asked.map(({ value }) => value) };
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
