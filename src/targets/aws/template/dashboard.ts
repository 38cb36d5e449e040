import type { AwsPlan } from '../plan.ts';
import type { Watched } from './alarms.ts';
import { authorizer } from './authorizer-function.ts';
import { literal, sub } from './cloudformation.ts';
import type { Fragment } from './fragment.ts';

/** One widget: metrics as CloudWatch writes them (CloudWatch API Reference, "Dashboard body structure and syntax"). */
interface Graph {
  readonly title: string;
  readonly stat: string;
  readonly metrics: readonly (readonly string[])[];
}

/** The state of the gateway on one page. Dashboards of all regions share their names. */
export function dashboard(plan: AwsPlan, watched: Watched): Fragment {
  if (plan.gateway.metrics === undefined) return {};
  const widgets = [...graphsOfApis(plan), ...graphsOfOthers(watched)].map((graph, index) => ({
    type: 'metric',
    x: (index % 2) * width,
    y: Math.floor(index / 2) * height,
    width,
    height,
    properties: { ...graph, region: '${AWS::Region}', period: 60, view: 'timeSeries' },
  }));
  return {
    Resources: {
      Dashboard: {
        Type: 'AWS::CloudWatch::Dashboard',
        Properties: {
          DashboardName: sub('${AWS::StackName}-${AWS::Region}'),
          DashboardBody: sub(JSON.stringify({ widgets })),
        },
      },
    },
  };
}

const width = 12;
const height = 6;

function graphsOfApis({ apis, stageName }: AwsPlan): readonly Graph[] {
  const ofApis = (...metrics: readonly string[]): Graph['metrics'] =>
    apis.flatMap(({ suffix }) =>
      metrics.map((metric) => [
        'AWS/ApiGateway',
        metric,
        'ApiName',
        `\${AWS::StackName}${suffix === '' ? '' : `-${suffix}`}`,
        'Stage',
        literal(stageName),
      ]),
    );
  return [
    { title: 'Requests', stat: 'Sum', metrics: ofApis('Count') },
    { title: 'Refused and failed requests', stat: 'Sum', metrics: ofApis('4XXError', '5XXError') },
    {
      title: 'Time to answer, 99 %, in milliseconds',
      stat: 'p99',
      metrics: ofApis('Latency', 'IntegrationLatency'),
    },
    { title: 'Cached answers', stat: 'Sum', metrics: ofApis('CacheHitCount', 'CacheMissCount') },
  ];
}

function graphsOfOthers(watched: Watched): readonly Graph[] {
  const functionName = `\${${authorizer}}`;
  return [
    ...(watched.authorizer
      ? [
          {
            title: 'Authorizer',
            stat: 'Sum',
            metrics: ['Invocations', 'Errors', 'Throttles'].map((metric) => [
              'AWS/Lambda',
              metric,
              'FunctionName',
              functionName,
            ]),
          },
        ]
      : []),
    ...(watched.webAcl
      ? [
          {
            title: 'AWS WAF',
            stat: 'Sum',
            metrics: ['AllowedRequests', 'BlockedRequests', 'CountedRequests'].map((metric) => [
              'AWS/WAFV2',
              metric,
              'WebACL',
              '${AWS::StackName}-web-acl',
              'Region',
              '${AWS::Region}',
              'Rule',
              'ALL',
            ]),
          },
        ]
      : []),
  ];
}
