import { describe, expect, test } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import type { Tracing } from '../../src/model/observation.ts';
import { audit, metrics, tracing } from '../../src/targets/aws/features/observation.ts';
import { alarms } from '../../src/targets/aws/template/alarms.ts';
import { dashboard } from '../../src/targets/aws/template/dashboard.ts';
import { stage } from '../../src/targets/aws/template/stage.ts';
import { gateway, host, operation, route, site, sourced } from '../support/model.ts';
import { plan } from './plan.ts';

const stageOf = (changes: Partial<Gateway>) => {
  const made = plan(changes);
  const [api] = made.apis;
  if (api === undefined) throw new Error('no API');
  return stage(made, api, () => ({ throttle: undefined, cache: undefined })).Resources ?? {};
};

const traced = (changes: Partial<Tracing> = {}) =>
  sourced<Tracing>({ propagate: 'w3c', export: { kind: 'xray' }, sample: undefined, ...changes });

describe('traces', () => {
  test('are X-Ray’s, and back ends get its header, which is said', () => {
    expect(tracing.lower(traced(), gateway())).toMatchObject({
      kind: 'approximate',
      difference: expect.stringContaining('X-Amzn-Trace-Id'),
    });
    expect(stageOf({ tracing: traced() })['Stage']?.Properties).toMatchObject({ TracingEnabled: true });
    expect(stageOf({})['Stage']?.Properties).toMatchObject({ TracingEnabled: false });
  });

  test('hold the share of requests that the document says, of this stage only', () => {
    const rule = stageOf({ tracing: traced({ sample: 0.1 }) })['SamplingRule'];
    expect(JSON.stringify(rule)).toContain('"FixedRate":0.1');
    expect(JSON.stringify(rule)).toContain('/restapis/${RestApi}/stages/');
    expect(stageOf({ tracing: traced() })).not.toHaveProperty('SamplingRule');
  });

  test('cannot be sent elsewhere', () => {
    const to = { kind: 'otlp', endpoint: 'https://collector.test' } as const;
    expect(tracing.lower(traced({ export: to }), gateway()).kind).toBe('unsupported');
  });
});

describe('metrics', () => {
  const asked = { metrics: sourced({ export: 'cloudwatch' as const }) };
  const two = [site(undefined, [host('a.test')]), site(undefined, [host('b.test')])];

  test('of each method, which cost money, only where the document asks', () => {
    const detailed = (changes: Partial<Gateway>): string => JSON.stringify(stageOf(changes)['Stage']);
    expect(detailed(asked)).toContain('"MetricsEnabled":true');
    expect(detailed({})).toContain('"MetricsEnabled":false');
    expect(alarms(plan(), { authorizer: true, webAcl: true })).toEqual({});
    expect(dashboard(plan(), { authorizer: true, webAcl: true })).toEqual({});
  });

  test('ring when an API fails, by the name that its metrics have', () => {
    const { Resources = {} } = alarms(plan({ ...asked, sites: two }), { authorizer: true, webAcl: false });
    expect(Object.keys(Resources).sort()).toEqual([
      'AlarmAuthorizer',
      'AlarmClientErrors',
      'AlarmClientErrors2',
      'AlarmLatency',
      'AlarmLatency2',
      'AlarmServerErrors',
      'AlarmServerErrors2',
    ]);
    expect(Resources['AlarmServerErrors2']?.Properties['Dimensions']).toEqual([
      { Name: 'ApiName', Value: { 'Fn::Sub': '${AWS::StackName}-2' } },
      { Name: 'Stage', Value: 'live' },
    ]);
  });

  test('call an answer slow at half of the longest time-out', () => {
    const slow = route('/', [operation('GET', { timeout: sourced(4000) })]);
    const { Resources = {} } = alarms(plan({ ...asked, sites: [site([slow])] }), {
      authorizer: false,
      webAcl: false,
    });
    expect(Resources['AlarmLatency']?.Properties['Threshold']).toBe(2000);
  });

  test('stand on one page, as JSON', () => {
    const { Resources = {} } = dashboard(plan(asked), { authorizer: true, webAcl: true });
    const body = Resources['Dashboard']?.Properties['DashboardBody'] as { 'Fn::Sub': string };
    const { widgets } = JSON.parse(body['Fn::Sub']) as {
      widgets: readonly { properties: { title: string } }[];
    };
    expect(widgets.map(({ properties }) => properties.title)).toContain('Authorizer');
    expect(widgets.map(({ properties }) => properties.title)).toContain('AWS WAF');
  });

  test('in another system are refused', () => {
    expect(metrics.lower(sourced({ export: 'statsd' }), gateway()).kind).toBe('unsupported');
  });
});

describe('audit', () => {
  test('is in the logs that there are; changes of the gateway are CloudTrail’s', () => {
    const lowered = (events: Parameters<typeof audit.lower>[0]['value']['events']) =>
      audit.lower(sourced({ events, sink: undefined }), gateway());
    expect(lowered(['authn-failure', 'waf-block'])).not.toHaveProperty('remark');
    expect(lowered(['admin'])).toMatchObject({
      kind: 'exact',
      remark: expect.stringContaining('CloudTrail'),
    });
  });

  test('has no place of its own', () => {
    const sink = { kind: 'cloudwatch', group: 'audit' } as const;
    expect(audit.lower(sourced({ events: [], sink }), gateway()).kind).toBe('unsupported');
  });
});
