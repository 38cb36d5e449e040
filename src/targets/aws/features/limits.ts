import type { RateLimit } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { sharersOf } from '../limits/buckets.ts';
import { differenceOf, type RateRule, rateRule } from '../limits/rate-rule.ts';
import { type Throttle, throttleOf } from '../limits/throttle.ts';

/** Who counts the limits of one operation. */
export interface LimitsPart {
  /** Of each method by itself, in the stage. */
  readonly throttle: Throttle | undefined;
  /** Counted by AWS WAF, for all operations with the same bucket together. */
  readonly rules: readonly { readonly rule: RateRule; readonly limit: RateLimit }[];
}

/**
 * Each method of a stage has a token bucket of its own (API Gateway Developer Guide, "Throttle requests to your REST
 * APIs for better throughput in API Gateway"). What several operations share, and what each address has for itself, is
 * counted by AWS WAF.
 */
export const limits: Lowering<readonly Sourced<RateLimit>[], OperationScope, LimitsPart> = {
  support: 'partial',
  note: 'per all of one operation by the stage; per address, and shared, by AWS WAF over 1 to 10 minutes',
  lower: (asked, scope): Outcome<LimitsPart> => {
    const values = asked.map(({ value }) => value);
    const slow = values.find(({ per, period }) => per === 'all' && !throttled.includes(period));
    if (slow !== undefined) return tooSlow(slow, 'API Gateway throttles by the second and keeps no quota');
    const counted = values
      .filter((limit) => limit.per === 'ip' || sharersOf(limit, scope.gateway).length > 1)
      .map((limit) => ({ limit, rule: rateRule(limit) }));
    const uncounted = counted.find(({ rule }) => rule === undefined);
    if (uncounted !== undefined)
      return tooSlow(uncounted.limit, 'AWS WAF, which counts it, lets at least 10 through in 10 minutes');
    const rules = counted.flatMap(({ limit, rule }) => (rule === undefined ? [] : [{ limit, rule }]));
    const together = throttleOf(values.filter(({ per }) => per === 'all'));
    const part = { throttle: together?.throttle, rules };
    const differences = [
      ...rules.map(({ rule, limit }) => differenceOf(rule, limit)),
      ...(together?.exact === false ? [mixed(together.throttle)] : []),
      ...(together !== undefined && scope.operation.method === 'GET' ? [headApart] : []),
    ];
    return differences.length === 0
      ? { kind: 'exact', part }
      : { kind: 'approximate', part, difference: differences.join('; ') };
  },
};

const throttled: readonly RateLimit['period'][] = ['s', 'm', 'h'];

const headApart = 'HEAD has a bucket of its own beside the one of GET';

const mixed = ({ rate, burst }: Throttle): string =>
  `one bucket holds all limits: ${Number(rate.toPrecision(3))} requests a second, ${burst} at once`;

function tooSlow({ count, period }: RateLimit, why: string): Outcome<never> {
  return {
    kind: 'unsupported',
    reason: `the limit of ${count}/${period} is too slow: ${why}`,
    instead: 'Write a faster rate, or a quota in the plan of a consumer.',
  };
}
