import { headerValues } from '../../support/http-message.ts';
import type { UsagePlan } from './deployed.ts';
import { type Exchange, GatewayFailure } from './exchange.ts';

/** Requests of keys in their periods. */
export type Quotas = Map<string, number>;

const days: Readonly<Record<'DAY' | 'WEEK' | 'MONTH', number>> = { DAY: 1, WEEK: 7, MONTH: 30 };

/**
 * The plan of the key that the request shows (API Gateway Developer Guide, "Usage plans and API keys for REST APIs"): the
 * key comes from `x-api-key` or from the authorizer; a missing or unknown one, or one without a plan for the stage, is
 * INVALID_API_KEY; after the authorizer (assumed). A period is taken as a fixed number of days.
 */
export function checkApiKey(
  exchange: Exchange,
  plans: readonly UsagePlan[],
  quotas: Quotas,
  fromAuthorizer: string | undefined,
): UsagePlan | undefined {
  const { deployed, headers, method, now } = exchange;
  if (method?.apiKeyRequired !== true) return undefined;
  const shown =
    deployed.api.keySource === 'AUTHORIZER' ? fromAuthorizer : headerValues(headers, 'x-api-key').at(-1);
  const plan = plans.find(
    ({ keys, stages }) =>
      keys.some(({ value }) => value === shown) &&
      stages.some(({ apiId, stage }) => apiId === deployed.api.id && stage === deployed.stage.name),
  );
  if (shown === undefined || plan === undefined) throw new GatewayFailure('INVALID_API_KEY', 'Forbidden');
  exchange.apiKey = shown;
  if (plan.quota !== undefined) {
    const period = Math.floor(now / (days[plan.quota.period] * 86_400_000));
    const name = `${shown} ${plan.quota.period} ${period}`;
    const used = (quotas.get(name) ?? 0) + 1;
    if (used > plan.quota.limit) throw new GatewayFailure('QUOTA_EXCEEDED', 'Limit Exceeded');
    quotas.set(name, used);
  }
  return plan;
}
