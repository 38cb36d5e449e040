import type { Gateway } from '../../../model/gateway.ts';
import { getAtt, type Json, ref } from '../template/cloudformation.ts';
import type { Fragment } from '../template/fragment.ts';
import { logGroup, logGroupArn } from '../template/log-group.ts';

const log = 'WebAclLog';

/**
 * What rules blocked or counted. The name of the group must begin with `aws-waf-logs-` (AWS WAF Developer Guide, "Sending
 * web ACL traffic logs to an Amazon CloudWatch Logs log group").
 */
export function webAclLog(gateway: Gateway): Fragment {
  const group = logGroup(log, 'aws-waf-logs-${AWS::StackName}', gateway);
  return {
    ...group,
    Resources: {
      ...group.Resources,
      WebAclLogging: {
        Type: 'AWS::WAFv2::LoggingConfiguration',
        Properties: {
          ResourceArn: getAtt('WebAcl', 'Arn'),
          LogDestinationConfigs: [logGroupArn(log)],
          RedactedFields: redactedFields(gateway.accessLog.redact),
          LoggingFilter: {
            DefaultBehavior: 'DROP',
            Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: kept }],
          },
        },
      },
    },
    Outputs: {
      [log]: { Description: 'Log group of what AWS WAF blocked or counted.', Value: ref(log) },
    },
  };
}

const kept: Json = ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((Action) => ({ ActionCondition: { Action } }));

/** A parameter of the query cannot be redacted alone, so the whole query is. */
function redactedFields(redact: readonly string[]): readonly Json[] {
  const headers = redact.filter((field) => field.startsWith('header.')).map((field) => field.slice(7));
  const query = redact.some((field) => field.startsWith('query.')) ? [{ QueryString: {} }] : [];
  return [...[...new Set(headers)].sort().map((Name) => ({ SingleHeader: { Name } })), ...query];
}
