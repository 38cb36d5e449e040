import type { Throttle, UsagePlan } from './deployed.ts';
import { isRecord, type Json, listOf, optionalRecord, recordOf, textOf } from './json.ts';
import type { ResolvedResource, ResolvedTemplate } from './resolve-template.ts';

/** Usage plans with their keys. A key that the template gives no value has its own id as its value here. */
export function loadUsagePlans(
  { resources }: ResolvedTemplate,
  idOf: (resource: ResolvedResource) => string,
): readonly UsagePlan[] {
  const ofType = (type: string): readonly ResolvedResource[] =>
    [...resources.values()].filter((one) => one.type === `AWS::ApiGateway::${type}`);
  const keys = new Map(
    ofType('ApiKey')
      .filter(({ properties }) => properties['Enabled'] === true)
      .map((one) => [idOf(one), String(one.properties['Value'] ?? idOf(one))]),
  );
  return ofType('UsagePlan').map((plan): UsagePlan => {
    const { logicalId, properties } = plan;
    const mine = ofType('UsagePlanKey').filter((one) => one.properties['UsagePlanId'] === idOf(plan));
    const quota = properties['Quota'];
    return {
      stages: listOf(properties['ApiStages'] ?? [], logicalId).map((one) => {
        const { ApiId, Stage, Throttle } = recordOf(one, logicalId);
        const throttles = Object.entries(optionalRecord(Throttle, logicalId));
        return {
          apiId: textOf(ApiId, logicalId),
          stage: textOf(Stage, logicalId),
          throttles: new Map(
            throttles.flatMap(([name, limit]): [string, Throttle][] => {
              const read = throttleOf(limit);
              return read === undefined ? [] : [[name, read]];
            }),
          ),
        };
      }),
      keys: mine.map(({ properties: one }) => {
        const id = textOf(one['KeyId'], logicalId);
        const value = keys.get(id);
        if (value === undefined) throw new Error(`${logicalId}: no key ${id}`);
        return { id, value };
      }),
      throttle: throttleOf(properties['Throttle']),
      quota: isRecord(quota)
        ? { limit: Number(quota['Limit']), period: periodOf(quota['Period'], logicalId) }
        : undefined,
    };
  });
}

function throttleOf(value: Json | undefined): Throttle | undefined {
  if (!isRecord(value)) return undefined;
  const rateLimit = Number(value['RateLimit']);
  return { rateLimit, burstLimit: Number(value['BurstLimit'] ?? rateLimit) };
}

function periodOf(value: Json | undefined, where: string): 'DAY' | 'WEEK' | 'MONTH' {
  if (value === 'DAY' || value === 'WEEK' || value === 'MONTH') return value;
  throw new Error(`${where}: no period ${String(value)}`);
}
