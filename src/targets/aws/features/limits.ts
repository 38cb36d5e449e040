import type { Gateway } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { RateLimit } from '../../../model/traffic.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { bringsHead } from '../limits/brings-head.ts';
import { isCounted, isThrottled } from '../limits/counted.ts';
import { differenceOf, type RateRule, rateRule } from '../limits/rate-rule.ts';
import { type Throttle, throttleOf } from '../limits/throttle.ts';

/** Who counts the limits of one operation. */
export interface LimitsPart {
  /** Of each method by itself, in the stage. */
  readonly throttle: Throttle | undefined;
  /** Counted by AWS WAF, for all operations with the same bucket together. */
  readonly rules: readonly CountedLimit[];
}
export interface CountedLimit {
  readonly rule: RateRule;
  readonly limit: RateLimit;
}

/**
 * Each method of a stage has a token bucket of its own (API Gateway Developer Guide, "Throttle requests to your REST
 * APIs for better throughput in API Gateway"). What several operations share, and what each address has for itself, is
 * counted by AWS WAF.
 */
export const limits: Lowering<readonly Sourced<RateLimit>[], OperationScope, LimitsPart> = {
  support: 'partial',
  note: 'of one operation by the stage; per address or header, and shared, by AWS WAF over 1 to 10 minutes',
  lower: (asked, { gateway, operation }): Outcome<LimitsPart> => {
    const values = asked.map(({ value }) => value);
    const counted: CountedLimit[] = [];
    for (const limit of values) {
      const refused = refusalOf(limit, gateway);
      if (refused !== undefined) return refused;
      const rule = rateRule(limit);
      if (rule !== undefined && isCounted(limit, gateway)) counted.push({ rule, limit });
    }
    const together = throttleOf(values.filter(isThrottled));
    const part = { throttle: together?.throttle, rules: counted };
    const differences = [
      ...counted.map(({ rule, limit }) => differenceOf(rule, limit)),
      ...(together?.exact === false ? [mixed(together.throttle)] : []),
      ...(together !== undefined && bringsHead(operation, gateway) ? [headApart] : []),
    ];
    return differences.length === 0
      ? { kind: 'exact', part }
      : { kind: 'approximate', part, difference: differences.join('; ') };
  },
};

const headApart = 'HEAD has a bucket of its own beside the one of GET';

const mixed = ({ rate, burst }: Throttle): string =>
  `one bucket holds all limits: ${Number(rate.toPrecision(3))} requests a second, ${burst} at once`;

function refusalOf(limit: RateLimit, gateway: Gateway): Outcome<never> | undefined {
  const { per, period } = limit;
  if (per.kind === 'claim' || per.kind === 'consumer')
    return {
      kind: 'unsupported',
      reason: `nothing in front of the authorizer knows the ${per.kind} of a request`,
      instead:
        per.kind === 'consumer'
          ? 'Give the consumer a plan with limits, and its authenticator keys: aws-usage-plan.'
          : 'Limit each address (per: ip), or let the back end count.',
    };
  if (isThrottled(limit) && !['s', 'm', 'h'].includes(period))
    return tooSlow(limit, 'API Gateway throttles by the second and keeps no quota');
  return isCounted(limit, gateway) && rateRule(limit) === undefined
    ? tooSlow(limit, 'AWS WAF, which counts it, lets at least 10 through in 10 minutes')
    : undefined;
}

function tooSlow({ count, period }: RateLimit, why: string): Outcome<never> {
  return {
    kind: 'unsupported',
    reason: `the limit of ${count}/${period} is too slow: ${why}`,
    instead: 'Write a faster rate, or a quota in the plan of a consumer.',
  };
}
