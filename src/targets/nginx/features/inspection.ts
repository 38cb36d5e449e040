import type { Gateway } from '../../../model/gateway.ts';
import type { Geo, Validation, Waf, WafMode } from '../../../model/inspection.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';

export const validation: Lowering<Sourced<Validation>, OperationScope, never> = {
  support: 'none',
  note: 'requests are not compared with schemas',
  lower: (): Outcome<never> => ({
    kind: 'unsupported',
    reason: 'nginx does not compare requests with schemas',
    instead: 'Validate in the back end, and write validate: {params: off, body: off} here.',
  }),
};

/** The rules are answered for once, by the gateway's own entry, which exists where some operation is inspected. */
export const waf: Lowering<Sourced<WafMode>, OperationScope, WafMode> = {
  support: 'none',
  note: 'see the rules of the gateway',
  lower: ({ value }, { gateway }): Outcome<WafMode> =>
    gateway.waf === undefined
      ? { kind: 'unsupported', reason: 'the gateway has no rules to inspect with', instead: undefined }
      : { kind: 'exact', part: value },
};

export const wafRules: Lowering<Sourced<Waf> | undefined, Gateway, undefined> = {
  support: 'none',
  note: 'no web application firewall',
  lower: (asked): Outcome<undefined> =>
    asked === undefined
      ? { kind: 'exact', part: undefined }
      : {
          kind: 'unsupported',
          reason: 'the emitted nginx has no web application firewall',
          instead: 'Put one in front of it, and write waf: {mode: off} in an environment for nginx.',
        },
};

export const geo: Lowering<Sourced<Geo> | undefined, Gateway, undefined> = {
  support: 'none',
  note: 'countries of addresses are not known',
  lower: (asked): Outcome<undefined> =>
    asked === undefined
      ? { kind: 'exact', part: undefined }
      : {
          kind: 'unsupported',
          reason: 'nginx does not know the countries of addresses',
          instead: 'Name ranges of addresses in ip, or let what stands in front decide by country.',
        },
};
