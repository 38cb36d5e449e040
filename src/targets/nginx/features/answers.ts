import type { Sourced } from '../../../model/origin.ts';
import type { Cors, Lifecycle, Mock, ResponseCache } from '../../../model/traffic.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';

export const cache: Lowering<Sourced<ResponseCache>, OperationScope, never> = {
  support: 'none',
  note: 'every request is answered by its back end',
  lower: (): Outcome<never> => ({
    kind: 'unsupported',
    reason: 'the emitted nginx keeps no answers',
    instead: 'Let the back end or what stands in front keep them.',
  }),
};

export const cors: Lowering<Sourced<Cors>, OperationScope, never> = {
  support: 'none',
  note: 'preflight requests are not answered',
  lower: (): Outcome<never> => ({
    kind: 'unsupported',
    reason: 'the emitted nginx does not answer preflight requests',
    instead: 'Serve pages and operations from one origin.',
  }),
};

export const mock: Lowering<Sourced<Mock>, OperationScope, never> = {
  support: 'none',
  note: 'every request is answered by its back end',
  lower: (): Outcome<never> => ({
    kind: 'unsupported',
    reason: 'the emitted nginx gives no constant answers',
    instead: 'Name a back end that does.',
  }),
};

export const lifecycle: Lowering<Sourced<Lifecycle>, OperationScope, Lifecycle> = {
  support: 'full',
  note: 'the headers Deprecation and Sunset of every response',
  lower: ({ value }): Outcome<Lifecycle> => ({ kind: 'exact', part: value }),
};

export const websocket: Lowering<Sourced<true>, OperationScope, never> = {
  support: 'none',
  note: 'Upgrade never reaches a back end',
  lower: (): Outcome<never> => ({
    kind: 'unsupported',
    reason: 'the emitted nginx passes no Upgrade to back ends',
    instead: 'Let clients reach the service of the socket on a host of its own.',
  }),
};
