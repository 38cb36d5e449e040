import type { LoginTrigger, Relaxation } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { PathCharacters } from '../../../model/path.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';

export const login: Lowering<Sourced<LoginTrigger>, OperationScope, LoginTrigger> = {
  support: 'full',
  note: 'a redirect in place of 401, to a constant address',
  lower: ({ value }): Outcome<LoginTrigger> => ({ kind: 'exact', part: value }),
};

export const pathCharacters: Lowering<Sourced<PathCharacters>, OperationScope, PathCharacters> = {
  support: 'full',
  note: 'a second path profile for the operation',
  lower: ({ value }): Outcome<PathCharacters> => ({ kind: 'exact', part: value }),
};

export const exposure: Lowering<Sourced<'public' | 'internal'>, OperationScope, 'public' | 'internal'> = {
  support: 'full',
  note: 'internal operations on targets.nginx.listen.internal only',
  lower: ({ value }, { gateway }): Outcome<'public' | 'internal'> =>
    value === 'public' || gateway.targets.nginx.listen.internal !== undefined
      ? { kind: 'exact', part: value }
      : {
          kind: 'unsupported',
          reason: 'there is no internal listener',
          instead: 'Name one in targets.nginx.listen.internal.',
        },
};

/** What was relaxed shows in explain, lint and diff; the effective guards are lowered like any other. */
export const relaxed: Lowering<readonly Sourced<Relaxation>[], OperationScope, true> = {
  support: 'full',
  note: 'reported, nothing to emit',
  lower: (): Outcome<true> => ({ kind: 'exact', part: true }),
};
