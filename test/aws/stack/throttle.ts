import type { MethodSetting, Throttle, UsagePlan } from './deployed.ts';
import { type Exchange, GatewayFailure } from './exchange.ts';
import type { TokenBuckets } from './token-buckets.ts';

/** A path in a method setting: `~1` for `/`, behind a `/` (AWS::ApiGateway::Stage MethodSetting, ResourcePath). */
const settingPath = (path: string): string => `/${path.replaceAll('/', '~1')}`;

/**
 * The limits of the stage for one method: those of the method, else those of every method. A setting without both limits
 * sets none.
 */
function stageThrottle(exchange: Exchange): { key: string; throttle: Throttle } | undefined {
  const { deployed, method } = exchange;
  if (method === undefined) return undefined;
  const { httpMethod, resourcePath } = method;
  const fits = (setting: MethodSetting, path: string, verb: string): boolean =>
    setting.httpMethod === verb && setting.resourcePath === path && setting.rateLimit !== undefined;
  const { methodSettings } = deployed.stage;
  const own = methodSettings.find((one) => fits(one, settingPath(resourcePath), httpMethod));
  const found = own ?? methodSettings.find((one) => fits(one, '/*', '*'));
  if (found?.rateLimit === undefined) return undefined;
  return {
    key: `${deployed.api.id}/${deployed.stage.name}/${httpMethod}${resourcePath}`,
    throttle: { rateLimit: found.rateLimit, burstLimit: found.burstLimit ?? found.rateLimit },
  };
}

/** Limits of the plan and then of the stage (API Gateway Developer Guide, "Throttle requests to your REST APIs", order). */
export function throttle(exchange: Exchange, plan: UsagePlan | undefined, buckets: TokenBuckets): void {
  const { apiKey, deployed, method, now } = exchange;
  const throttled = (): GatewayFailure => new GatewayFailure('THROTTLED', 'Too Many Requests');
  if (plan !== undefined && apiKey !== undefined) {
    const name = `${method?.resourcePath}/${method?.httpMethod}`;
    const own = plan.stages.find(
      ({ apiId, stage }) => apiId === deployed.api.id && stage === deployed.stage.name,
    );
    const perMethod = own?.throttles.get(name);
    if (perMethod !== undefined && !buckets.take(`key ${apiKey} ${name}`, perMethod, now)) throw throttled();
    if (plan.throttle !== undefined && !buckets.take(`key ${apiKey}`, plan.throttle, now)) throw throttled();
  }
  const limit = stageThrottle(exchange);
  if (limit !== undefined && !buckets.take(limit.key, limit.throttle, now)) throw throttled();
}
