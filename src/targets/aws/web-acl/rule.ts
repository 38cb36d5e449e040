import type { Json } from '../template/cloudformation.ts';

/** A rule of the web ACL. Its place among the others is its priority. */
export interface Rule {
  readonly name: string;
  readonly capacity: number;
  /** `Action`, or `OverrideAction` of a group of rules. */
  readonly action: { readonly [name: string]: Json };
  readonly statement: Json;
}

/** The answer of the gateway response WAF_FILTERED: 403. */
export const block = { Action: { Block: {} } } as const;

/** An answer of its own, whose body is in `CustomResponseBodies`; AWS WAF knows no request id to put into it. */
export function answer(
  status: number,
  body: string,
  headers: readonly (readonly [string, string])[] = [],
): Rule['action'] {
  return {
    Action: {
      Block: {
        CustomResponse: {
          ResponseCode: status,
          CustomResponseBodyKey: body,
          ResponseHeaders: [...headers, ['Cache-Control', 'no-store']].map(([Name, Value]) => ({
            Name,
            Value,
          })),
        },
      },
    },
  };
}

/** Metrics are counted by the name of the rule; samples would show headers of requests, which hold credentials. */
export function ruleJson({ name, action, statement }: Rule, priority: number): Json {
  return {
    Name: name,
    Priority: priority,
    ...action,
    Statement: statement,
    VisibilityConfig: visibility(name),
  };
}

export function visibility(name: Json): Json {
  return { CloudWatchMetricsEnabled: true, MetricName: name, SampledRequestsEnabled: false };
}
