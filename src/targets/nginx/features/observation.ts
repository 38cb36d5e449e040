import type { Gateway } from '../../../model/gateway.ts';
import type { Audit, AuditEvent, Metrics, Tracing } from '../../../model/observation.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, Outcome } from '../../target.ts';

/** What the access log tells of every request by its status, route and subject. */
const logged: readonly AuditEvent[] = ['authn-failure', 'authz-denial', 'rate-limited'];

export const audit: Lowering<Sourced<Audit>, Gateway, undefined> = {
  support: 'partial',
  note: 'refused requests are lines of the access log, which has every request',
  lower: ({ value: { events, sink } }): Outcome<undefined> => {
    const missing = events.find((event) => !logged.includes(event));
    if (missing !== undefined) {
      return {
        kind: 'unsupported',
        reason: `nginx has no record of the event "${missing}"`,
        instead: 'Leave the event out.',
      };
    }
    return sink === undefined
      ? { kind: 'exact', part: undefined }
      : {
          kind: 'unsupported',
          reason: 'nginx writes refused requests to its access log',
          instead: 'Leave the sink out, and select the status 401, 403 and 429 where the log is collected.',
        };
  },
};

export const tracing: Lowering<Sourced<Tracing> | undefined, Gateway, undefined> = {
  support: 'none',
  note: 'trace headers pass through unchanged',
  lower: (asked): Outcome<undefined> =>
    asked === undefined
      ? { kind: 'exact', part: undefined }
      : {
          kind: 'unsupported',
          reason: 'the emitted nginx takes part in no trace',
          instead: 'Leave tracing out: trace headers of clients reach back ends unchanged.',
        },
};

export const metrics: Lowering<Sourced<Metrics> | undefined, Gateway, undefined> = {
  support: 'none',
  note: 'no counters beside the access log',
  lower: (asked): Outcome<undefined> =>
    asked === undefined
      ? { kind: 'exact', part: undefined }
      : {
          kind: 'unsupported',
          reason: 'the emitted nginx exports no metrics',
          instead: 'Leave metrics out, and derive them from the access log.',
        },
};
