import { describe, expect, test } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import type { Waf } from '../../src/model/inspection.ts';
import type { AccessLog, LogSink } from '../../src/model/observation.ts';
import { accessLog } from '../../src/targets/aws/features/access-log.ts';
import { accessLogDestination, accessLogGroup } from '../../src/targets/aws/template/access-log.ts';
import { accessLogFormat } from '../../src/targets/aws/template/access-log-format.ts';
import { accountFragment } from '../../src/targets/aws/template/account.ts';
import { stage } from '../../src/targets/aws/template/stage.ts';
import { gateway, sourced } from '../support/model.ts';
import { plan } from './plan.ts';

const log = (fields: readonly string[], redact: readonly string[] = []): AccessLog => ({
  ...gateway().accessLog,
  fields: sourced(fields, '/x-gateway/logging/access/fields'),
  redact,
});

const format = (accessLog: AccessLog): string => accessLogFormat(gateway({ accessLog }));

const lowered = (asked: AccessLog, changes: Partial<Gateway> = {}): string =>
  accessLog.lower(asked, gateway(changes)).kind;

/** What a line says when every variable is replaced, `-` for what a request does not have. */
const line = (format: string): unknown =>
  JSON.parse(format.replace(/\$context[A-Za-z.]*/g, (name) => (name.endsWith('subject') ? '-' : name)));

describe('the access log of the document', () => {
  test('is one line of JSON also where a request has no subject', () => {
    const written = format(log(['method', 'status', 'subject', 'request_id']));
    expect(written).not.toContain('\n');
    expect(line(written)).toEqual({
      method: '$context.httpMethod',
      status: '$context.status',
      subject: '-',
      request_id: '$context.requestId',
    });
  });

  test('always names the request, without which API Gateway refuses a format', () => {
    expect(line(format(log(['status'])))).toHaveProperty('request_id');
  });

  test('never shows a redacted field', () => {
    expect(line(format(log(['status', 'client'], ['client'])))).not.toHaveProperty('client');
  });

  test('shows a path only where nothing but canonical paths come that far', () => {
    const asked = log(['path', 'status']);
    const waf = sourced<Waf>({ mode: 'block', rules: ['bots'], paranoia: 1, exclude: [] });
    expect(line(format(asked))).not.toHaveProperty('path');
    expect(lowered(asked)).toBe('unsupported');
    expect(line(accessLogFormat(gateway({ accessLog: asked, waf })))).toHaveProperty('path');
    expect(lowered(asked, { waf })).toBe('exact');
  });

  test('in the Combined Log Format has nothing between quotes that a client writes', () => {
    const written = format({ ...log([]), format: sourced('combined') });
    expect(written.match(/"[^"]*"/g)).toEqual([
      '"$context.httpMethod $context.resourcePath $context.protocol"',
      '"-"',
      '"-"',
    ]);
    expect(written).toContain('$context.requestId');
  });

  test('holds no body: requests are not traced', () => {
    const made = plan();
    const [api] = made.apis;
    if (api === undefined) throw new Error('no API');
    const { Resources = {} } = stage(made, api, () => ({ throttle: undefined, cache: undefined }));
    expect(JSON.stringify(Resources['Stage'])).not.toContain('"DataTraceEnabled":true');
    expect(Resources['Stage']?.Properties['AccessLogSetting']).toMatchObject({
      Format: accessLogFormat(made.gateway),
    });
  });

  test('is kept as long as the document says, apart from other stacks', () => {
    expect(accessLogGroup(gateway()).Resources?.['AccessLog']?.Properties).toMatchObject({
      LogGroupName: { 'Fn::Sub': '/aws/apigateway/${AWS::StackName}/access' },
      RetentionInDays: 365,
    });
  });

  test('the role of the whole account is written only by a stack that is told to', () => {
    expect(accountFragment.Parameters?.['LogRole']?.Default).toBe('existing');
    for (const resource of Object.values(accountFragment.Resources ?? {}))
      expect(resource).toMatchObject({ Condition: 'CreatesLogRole', DeletionPolicy: 'Retain' });
  });
});

describe('a field that API Gateway does not know', () => {
  test.each(['header.x-tenant', 'query.page', 'user_agent', 'referer', 'bytes_in', 'upstream'])(
    '%s is an error',
    (field) => {
      const outcome = accessLog.lower(log(['status', field]), gateway());
      expect(outcome).toMatchObject({ kind: 'unsupported', reason: expect.stringContaining(field) });
    },
  );

  test('in another form is said', () => {
    expect(accessLog.lower(log(['status', 'latency']), gateway())).toMatchObject({
      kind: 'approximate',
      difference: 'latency is in milliseconds',
    });
    expect(accessLog.lower(log(['status', 'method']), gateway()).kind).toBe('exact');
  });

  test('in another form is a remark where nobody asked for the field', () => {
    expect(accessLog.lower(gateway().accessLog, gateway())).toMatchObject({
      kind: 'exact',
      remark: expect.stringContaining('milliseconds'),
    });
  });
});

describe('where the document wants its log', () => {
  const destination = (sink: LogSink): unknown => {
    const made = plan({ accessLog: { ...gateway().accessLog, sink: sourced(sink) } });
    const outcome = accessLog.lower(made.gateway.accessLog, made.gateway);
    if (outcome.kind === 'unsupported') return outcome.reason;
    expect(accessLogGroup(made.gateway).Resources).toBeUndefined();
    return accessLogDestination(made.gateway);
  };

  test('an existing log group, whose name refers to nothing of the stack', () => {
    expect(destination({ kind: 'cloudwatch', group: 'shared/${AWS::StackName}' })).toEqual({
      'Fn::Sub':
        'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:shared/${!AWS::StackName}',
    });
  });

  test('a delivery stream, if its name is one that API Gateway writes to', () => {
    const arn = 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/amazon-apigateway-shop';
    expect(destination({ kind: 'firehose', arn })).toBe(arn);
    expect(destination({ kind: 'firehose', arn: arn.replace('amazon-apigateway-', '') })).toContain(
      'amazon-apigateway-',
    );
  });

  test('a file is refused', () => {
    expect(destination({ kind: 'file', path: '/var/log/x' })).toContain('no log to file');
  });
});
