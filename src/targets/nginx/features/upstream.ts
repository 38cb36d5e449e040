import type { Sourced } from '../../../model/origin.ts';
import type { QueryChanges, Retry, WeightedBackend } from '../../../model/traffic.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';

export const canary: Lowering<Sourced<readonly WeightedBackend[]>, OperationScope, never> = {
  support: 'none',
  note: 'one back end for each operation',
  lower: (): Outcome<never> => ({
    kind: 'unsupported',
    reason: 'the emitted nginx divides the requests of an operation among the nodes of one back end only',
    instead: 'Write the nodes of both into one back end, with their weights.',
  }),
};

export const retry: Lowering<Sourced<Retry>, OperationScope, never> = {
  support: 'none',
  note: 'one more node after a failed connect',
  lower: (): Outcome<never> => ({
    kind: 'unsupported',
    reason: 'the emitted nginx tries one more node after a failed connect, and nothing else',
    instead: 'Leave retry out.',
  }),
};

export const requestQuery: Lowering<Sourced<QueryChanges>, OperationScope, never> = {
  support: 'none',
  note: 'queries are forwarded byte for byte',
  lower: (): Outcome<never> => ({
    kind: 'unsupported',
    reason: 'the emitted nginx forwards queries byte for byte',
    instead: 'Set a header with request.setHeaders.',
  }),
};
