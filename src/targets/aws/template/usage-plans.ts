import type { Consumer } from '../../../model/authentication.ts';
import type { Plan } from '../../../model/traffic.ts';
import { periodOf } from '../features/plans.ts';
import { throttleOf } from '../limits/throttle.ts';
import type { AwsPlan } from '../plan.ts';
import { type Json, literal, type Resource, ref, sub } from './cloudformation.ts';
import type { Fragment } from './fragment.ts';
import { idFor, idOf } from './logical-id.ts';

/**
 * Keys that API Gateway keeps itself, with the plans of their consumers. API Gateway makes the keys: none stands in the
 * template. A key opens a stage only by a plan, so consumers without one get a plan without limits.
 */
export function usagePlans(plan: AwsPlan): Fragment {
  const { authenticators, consumers, plans } = plan.gateway;
  const kept = authenticators.some((one) => one.kind === 'api-key' && one.keys.value === 'aws-usage-plan');
  if (!kept) return {};
  const planless = consumers.some((consumer) => consumer.plan === undefined);
  return {
    Resources: {
      ...Object.fromEntries(plans.map((one) => [planId(one.name), usagePlan(plan, one)])),
      ...(planless ? { [planId(undefined)]: usagePlan(plan, undefined) } : {}),
      ...Object.fromEntries(consumers.flatMap((consumer) => [key(consumer), membership(consumer)])),
    },
    Outputs: Object.fromEntries(
      consumers.map(({ name }) => [
        idFor('Key', name),
        {
          Description: `Id of the key of ${name}; its value: aws apigateway get-api-key --include-value.`,
          Value: ref(idFor('Key', name)),
        },
      ]),
    ),
  };
}

function planId(name: string | undefined): string {
  return name === undefined ? 'UsagePlan' : idFor('UsagePlanOf', name);
}

function usagePlan(plan: AwsPlan, asked: Plan | undefined): Resource {
  const throttle = throttleOf((asked?.limits ?? []).map(({ value }) => value))?.throttle;
  const quota = asked?.quota?.value;
  return {
    Type: 'AWS::ApiGateway::UsagePlan',
    Properties: {
      UsagePlanName: sub(`\${AWS::StackName}-${literal(asked?.name ?? 'without-limits')}`),
      ApiStages: plan.apis.map(
        (api): Json => ({
          ApiId: ref(idOf('RestApi', api)),
          Stage: ref(idOf('Stage', api)),
        }),
      ),
      Throttle: throttle === undefined ? undefined : { RateLimit: throttle.rate, BurstLimit: throttle.burst },
      Quota: quota === undefined ? undefined : { Limit: quota.count, Period: periodOf(quota) },
    },
  };
}

function key({ name }: Consumer): readonly [string, Resource] {
  return [
    idFor('Key', name),
    {
      Type: 'AWS::ApiGateway::ApiKey',
      Properties: { Name: sub(`\${AWS::StackName}-${literal(name)}`), Enabled: true },
    },
  ];
}

function membership({ name, plan }: Consumer): readonly [string, Resource] {
  return [
    idFor('Membership', name),
    {
      Type: 'AWS::ApiGateway::UsagePlanKey',
      Properties: {
        KeyId: ref(idFor('Key', name)),
        KeyType: 'API_KEY',
        UsagePlanId: ref(planId(plan?.value)),
      },
    },
  ];
}
