import type { Gateway } from '../../../model/gateway.ts';
import type { Plan, Quota, RateLimit } from '../../../model/traffic.ts';
import type { Lowering, Outcome } from '../../target.ts';

/** Usage plans count by the keys that API Gateway keeps itself; to it, a hash of the document is no key. */
export const plans: Lowering<readonly Plan[], Gateway, readonly Plan[]> = {
  support: 'none',
  note: 'usage plans of keys that API Gateway keeps, which no authenticator may use in this version',
  lower: (asked, gateway): Outcome<readonly Plan[]> => {
    const refused = asked.map((plan) => refusalOf(plan, gateway)).find((one) => one !== undefined);
    return refused ?? { kind: 'exact', part: asked };
  },
};

function refusalOf({ name, limits, quota, at }: Plan, gateway: Gateway): Outcome<never> | undefined {
  const hashed = gateway.authenticators.find(
    (one) => one.kind === 'api-key' && one.keys.value === 'consumers',
  );
  if (hashed !== undefined)
    return {
      kind: 'unsupported',
      reason: `a usage plan does not know the keys of "${hashed.name}", of which the document has hashes only`,
      instead: `Write keys: aws-usage-plan in authenticators.${hashed.name}, or leave the plan "${name}" out.`,
      at,
    };
  if (!gateway.authenticators.some((one) => one.kind === 'api-key'))
    return {
      kind: 'unsupported',
      reason: 'nobody shows a key that a usage plan could count by',
      instead: `Leave the plan "${name}" out.`,
      at,
    };
  const other = limits.find(({ value }) => value.per.kind !== 'consumer' || tooSlow(value));
  if (other !== undefined)
    return {
      kind: 'unsupported',
      reason: `a usage plan limits each consumer by the second, not ${other.value.count}/${other.value.period} per ${other.value.per.kind}`,
      instead: 'Write per: consumer and a rate by the second, minute or hour, or a quota.',
      at: other.at,
    };
  return quota !== undefined && periodOf(quota.value) === undefined
    ? {
        kind: 'unsupported',
        reason: `a quota is of a day, a week or a month, not ${quota.value.count}/${quota.value.period}`,
        instead: 'Write the quota by d, w or mo, or a limit.',
        at: quota.at,
      }
    : undefined;
}

function tooSlow({ period }: RateLimit): boolean {
  return !['s', 'm', 'h'].includes(period);
}

/** `undefined` for what a usage plan has no period for. */
export function periodOf({ period }: Quota): 'DAY' | 'WEEK' | 'MONTH' | undefined {
  return ({ d: 'DAY', w: 'WEEK', mo: 'MONTH' } as const)[period as 'd' | 'w' | 'mo'];
}
