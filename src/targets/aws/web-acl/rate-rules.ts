import type { Operation } from '../../../model/gateway.ts';
import type { CountedLimit } from '../features/limits.ts';
import { bucketKey } from '../limits/buckets.ts';
import type { AwsPlan } from '../plan.ts';
import type { Json } from '../template/cloudformation.ts';
import { forwardedAddress } from './client-address.ts';
import { operationScope } from './operation-scope.ts';
import { answer, type Rule } from './rule.ts';
import { all, headerHasValue, not, pathStartsWith, type Statement } from './statement.ts';

/** One rule for each bucket, over all operations that count in it. */
export function rateRules(
  plan: AwsPlan,
  countedOf: (operation: Operation) => readonly CountedLimit[],
): readonly Rule[] {
  const buckets = new Map<string, { readonly counted: CountedLimit; readonly sharers: Set<Operation> }>();
  for (const route of plan.gateway.sites.flatMap(({ routes }) => routes))
    for (const operation of route.operations)
      for (const counted of countedOf(operation)) {
        const key = bucketKey(counted.limit);
        const bucket = buckets.get(key) ?? { counted, sharers: new Set() };
        bucket.sharers.add(operation);
        buckets.set(key, bucket);
      }
  return [...buckets.values()].flatMap(({ counted, sharers }, index) => {
    const scope = operationScope(plan, (operation) => sharers.has(operation));
    if (scope === undefined) return [];
    return rulesOf(plan, counted, scope === 'everything' ? everything : scope, `rate-${index + 1}`);
  });
}

/** A rule that counts all clients together wants a condition. */
const everything: Statement = pathStartsWith('/');

/** A request without the header of a limit is counted by its address: leaving it out opens nothing. */
function rulesOf(plan: AwsPlan, counted: CountedLimit, scope: Statement, name: string): readonly Rule[] {
  const { per } = counted.limit;
  if (per.kind !== 'header') return [rule(plan, counted, scope, name)];
  return [
    rule(plan, counted, scope, name),
    rule(
      plan,
      { ...counted, limit: { ...counted.limit, per: { kind: 'ip' } } },
      all([scope, not(headerHasValue(per.name))]),
      `${name}-without`,
    ),
  ];
}

function rule(plan: AwsPlan, counted: CountedLimit, scope: Statement, name: string): Rule {
  const { limit, windowSeconds } = counted.rule;
  const key = aggregation(plan, counted);
  return {
    name,
    capacity: 2 + scope.capacity + key.capacity,
    action: answer(429, 'too-many-requests', [['Retry-After', String(windowSeconds)]]),
    statement: {
      RateBasedStatement: {
        Limit: limit,
        EvaluationWindowSec: windowSeconds,
        ...key.json,
        ScopeDownStatement: scope.json,
      },
    },
  };
}

/** Capacity as in the AWS WAF Developer Guide, "Rate-based rule statement": 30 for each custom key. */
function aggregation(
  { gateway }: AwsPlan,
  { limit: { per } }: CountedLimit,
): { readonly json: { readonly [name: string]: Json }; readonly capacity: number } {
  if (per.kind === 'header') {
    const header = { Name: per.name, TextTransformations: [{ Priority: 0, Type: 'NONE' }] };
    return {
      json: { AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [{ Header: header }] },
      capacity: 30,
    };
  }
  if (per.kind !== 'ip') return { json: { AggregateKeyType: 'CONSTANT' }, capacity: 0 };
  const forwarded = forwardedAddress(gateway, 'MATCH');
  return {
    json:
      forwarded === undefined
        ? { AggregateKeyType: 'IP' }
        : { AggregateKeyType: 'FORWARDED_IP', ForwardedIPConfig: forwarded },
    capacity: 0,
  };
}
