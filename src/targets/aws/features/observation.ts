import type { Gateway } from '../../../model/gateway.ts';
import type { Audit, Metrics, Tracing } from '../../../model/observation.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, Outcome } from '../../target.ts';

/** Refusals are lines of the logs that there are anyway; changes of the API are recorded by CloudTrail. */
export const audit: Lowering<Sourced<Audit>, Gateway, Audit> = {
  support: 'partial',
  note: 'refusals are lines of the access log and of the log of AWS WAF; changes are events of CloudTrail',
  lower: ({ value }): Outcome<Audit> => {
    if (value.sink !== undefined)
      return {
        kind: 'unsupported',
        reason: 'API Gateway writes refused requests to its access log',
        instead: 'Leave the sink out, and subscribe to the status 401, 403 and 429 of the access log.',
      };
    return value.events.includes('admin')
      ? {
          kind: 'exact',
          part: value,
          remark: 'changes of the API are in the event history of CloudTrail, for 90 days without a trail',
        }
      : { kind: 'exact', part: value };
  },
};

/** `xray` where the stage takes part in traces, with the share of requests that is asked for. */
export interface TracingPart {
  readonly xray: boolean;
  readonly sample: number | undefined;
}

export const tracing: Lowering<Sourced<Tracing> | undefined, Gateway, TracingPart> = {
  support: 'partial',
  note: 'X-Ray, with X-Amzn-Trace-Id towards back ends; other trace headers pass through unchanged',
  lower: (asked): Outcome<TracingPart> => {
    if (asked === undefined) return { kind: 'exact', part: { xray: false, sample: undefined } };
    const { propagate, export: to, sample } = asked.value;
    if (to?.kind === 'otlp')
      return {
        kind: 'unsupported',
        reason: 'API Gateway sends its traces to X-Ray only',
        instead: 'Write tracing.export: xray, from where collectors can read them.',
      };
    const header = propagate === 'w3c' ? 'traceparent' : 'the headers of B3';
    return {
      kind: 'approximate',
      part: { xray: to !== undefined, sample },
      difference:
        to === undefined
          ? `${header} of clients reaches back ends unchanged, and API Gateway makes none`
          : `back ends get X-Amzn-Trace-Id; ${header} of clients reaches them unchanged`,
    };
  },
};

export const metrics: Lowering<Sourced<Metrics> | undefined, Gateway, Metrics | undefined> = {
  support: 'partial',
  note: 'CloudWatch: metrics of each method, alarms and a dashboard',
  lower: (asked): Outcome<Metrics | undefined> =>
    asked === undefined || asked.value.export === 'cloudwatch'
      ? { kind: 'exact', part: asked?.value }
      : {
          kind: 'unsupported',
          reason: `API Gateway exports its metrics to CloudWatch, not to ${asked.value.export}`,
          instead: 'Write metrics.export: cloudwatch, from where an exporter can read them.',
        },
};
