import type { AwsPlan, PlannedApi } from '../plan.ts';
import { authorizer } from './authorizer-function.ts';
import { ifElse, type Json, noValue, type Resource, ref, sub } from './cloudformation.ts';
import type { Fragment } from './fragment.ts';
import { apiName } from './rest-api.ts';

/** Resources beside the APIs that alarms look at. */
export interface Watched {
  readonly authorizer: boolean;
  readonly webAcl: boolean;
}

/** Alarms of a gateway whose document asks for metrics. Where nobody names a topic, they are seen in CloudWatch only. */
export function alarms(plan: AwsPlan, watched: Watched): Fragment {
  if (plan.gateway.metrics === undefined) return {};
  return {
    Parameters: {
      AlarmTopicArn: {
        Type: 'String',
        Description: 'ARN of the SNS topic that hears of alarms; none: nobody does.',
        Default: 'none',
        AllowedPattern: '^(none|arn:[a-z-]+:sns:.+)$',
      },
    },
    Conditions: { HasAlarmTopic: { 'Fn::Not': [{ 'Fn::Equals': [ref('AlarmTopicArn'), 'none'] }] } },
    Resources: {
      ...Object.fromEntries(plan.apis.flatMap((api) => alarmsOfApi(plan, api))),
      ...(watched.authorizer ? { AlarmAuthorizer: authorizerFails } : {}),
      ...(watched.webAcl ? { AlarmWebAcl: webAclBlocks } : {}),
    },
  };
}

function alarmsOfApi({ stageName }: AwsPlan, api: PlannedApi): readonly (readonly [string, Resource])[] {
  const ofApi = (metric: string, threshold: number, statistic: Statistic, description: string) =>
    alarm({
      description,
      namespace: 'AWS/ApiGateway',
      metric,
      dimensions: { ApiName: apiName(api.suffix), Stage: stageName },
      statistic,
      threshold,
    });
  const timeouts = api.operations.map(({ operation }) => operation.features.timeout.value);
  return [
    [
      `AlarmServerErrors${api.suffix}`,
      ofApi('5XXError', 0.01, { Statistic: 'Average' }, 'More than 1 % of requests end with a server error.'),
    ],
    [
      `AlarmClientErrors${api.suffix}`,
      ofApi('4XXError', 0.5, { Statistic: 'Average' }, 'More than half of the requests are refused.'),
    ],
    [
      `AlarmLatency${api.suffix}`,
      ofApi(
        'Latency',
        Math.max(...timeouts) / 2,
        { ExtendedStatistic: 'p99' },
        'The slowest percent of answers takes half of the longest time-out.',
      ),
    ],
  ];
}

type Statistic = { readonly Statistic: 'Average' | 'Sum' } | { readonly ExtendedStatistic: 'p99' };

interface Asked {
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: { readonly [name: string]: Json };
  readonly statistic: Statistic;
  readonly threshold: number;
}

/** Three minutes of the last five: one bad minute wakes nobody. */
function alarm({ description, namespace, metric, dimensions, statistic, threshold }: Asked): Resource {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: description,
      Namespace: namespace,
      MetricName: metric,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      ...statistic,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: threshold,
      Period: 60,
      EvaluationPeriods: 5,
      DatapointsToAlarm: 3,
      TreatMissingData: 'notBreaching',
      AlarmActions: actions,
      OKActions: actions,
    },
  };
}

const actions = ifElse('HasAlarmTopic', [ref('AlarmTopicArn')], noValue);

/** What it cannot decide is answered with 503. */
const authorizerFails = alarm({
  description: 'The authorizer fails: requests are answered with 503.',
  namespace: 'AWS/Lambda',
  metric: 'Errors',
  dimensions: { FunctionName: ref(authorizer) },
  statistic: { Statistic: 'Sum' },
  threshold: 0,
});

const webAclBlocks = alarm({
  description: 'AWS WAF blocks more than 100 requests a minute.',
  namespace: 'AWS/WAFV2',
  metric: 'BlockedRequests',
  dimensions: { WebACL: sub('${AWS::StackName}-web-acl'), Region: ref('AWS::Region'), Rule: 'ALL' },
  statistic: { Statistic: 'Sum' },
  threshold: 100,
});
