import type { Sourced } from '../../../model/origin.ts';
import type { QueryChanges, Retry, WeightedBackend } from '../../../model/traffic.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';

export const canary: Lowering<Sourced<readonly WeightedBackend[]>, OperationScope, never> = {
  support: 'none',
  note: 'an integration has one back end',
  lower: (): Outcome<never> => ({
    kind: 'unsupported',
    reason: 'an operation has one integration',
    instead: 'Divide the requests in a load balancer behind the back end.',
  }),
};

export const retry: Lowering<Sourced<Retry>, OperationScope, Retry> = {
  support: 'partial',
  note: 'a request is sent once',
  lower: ({ value }): Outcome<Retry> =>
    value.attempts === 0
      ? { kind: 'exact', part: value }
      : {
          kind: 'unsupported',
          reason: 'API Gateway sends a request once',
          instead: 'Write retry: {attempts: 0} and let clients try again.',
        },
};

/** Query strings of http_proxy are the client's own, with mapped parameters beside them. */
export const requestQuery: Lowering<Sourced<QueryChanges>, OperationScope, QueryChanges> = {
  support: 'none',
  note: 'the query of a proxied request passes through',
  lower: (): Outcome<QueryChanges> => ({
    kind: 'unsupported',
    reason: 'the query of a proxied request reaches the back end as the client sent it',
    instead: 'Let the back end take its default for the parameter, or set a header.',
  }),
};

export const websocket: Lowering<Sourced<true>, OperationScope, never> = {
  support: 'none',
  note: 'REST APIs take no Upgrade',
  lower: (): Outcome<never> => ({
    kind: 'unsupported',
    reason: 'a REST API takes no WebSocket connections',
    instead: 'Serve the socket at a host of its own, with an API Gateway WebSocket API or a load balancer.',
  }),
};
