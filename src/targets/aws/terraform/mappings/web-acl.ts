import { type Json, sub } from '../../template/cloudformation.ts';
import type { Mapping } from '../mapping.ts';
import { argument, argumentsOf, block, document, type Rule, type Rules } from '../rules.ts';
import { jsonOf } from '../value.ts';

const visibility = block('visibility_config', {
  CloudWatchMetricsEnabled: argument('cloudwatch_metrics_enabled'),
  MetricName: argument('metric_name'),
  SampledRequestsEnabled: argument('sampled_requests_enabled'),
});

/** Blocks by their key. */
const responseBodies: Rule = (value, place) => {
  const bodies = Object.entries(value as { readonly [key: string]: Json });
  const rules: Rules = { ContentType: argument('content_type'), Content: argument('content') };
  if (bodies.length === 0) return {};
  return {
    custom_response_body: bodies.map(([key, body]) => ({
      key: jsonOf(key, place.scope),
      ...argumentsOf(body, rules, place),
    })),
  };
};

/**
 * Rules as the API of AWS WAF writes them, which is how CloudFormation does: nested blocks end at three levels of
 * statements (provider documentation, "aws_wafv2_web_acl": rule_json).
 */
export const webAcl: Mapping = {
  type: 'aws_wafv2_web_acl',
  properties: {
    Description: argument('description'),
    Scope: argument('scope'),
    DefaultAction: block('default_action', { Allow: block('allow', {}), Block: block('block', {}) }),
    CustomResponseBodies: responseBodies,
    AssociationConfig: block('association_config', {
      RequestBody: block('request_body', {
        API_GATEWAY: block('api_gateway', {
          DefaultSizeInspectionLimit: argument('default_size_inspection_limit'),
        }),
      }),
    }),
    Rules: document('rule_json'),
    VisibilityConfig: visibility,
  },
  fixed: ({ name, scope }) => ({ name: jsonOf(sub(`\${AWS::StackName}-${name}`), scope) }),
  attributes: { Arn: 'arn' },
};

/** A list that no rule names any more goes after the rules are changed. */
export const ipSet: Mapping = {
  type: 'aws_wafv2_ip_set',
  properties: {
    Scope: argument('scope'),
    IPAddressVersion: argument('ip_address_version'),
    Addresses: argument('addresses'),
  },
  fixed: ({ name, scope }) => ({ name: jsonOf(sub(`\${AWS::StackName}-${name}`), scope) }),
  attributes: { Arn: 'arn' },
  createFirst: true,
};

export const webAclAssociation: Mapping = {
  type: 'aws_wafv2_web_acl_association',
  properties: { ResourceArn: argument('resource_arn'), WebACLArn: argument('web_acl_arn') },
};

/** Names of headers in lower case are all that the provider takes; in HTTP they are the same. */
const headerName: Rule = (value) => {
  const name = String(value).toLowerCase();
  if (!/^[a-z0-9_-]{1,40}$/.test(name))
    throw new RangeError(`the provider of AWS cannot redact the header ${name} in the log of the web ACL`);
  return { name };
};

export const webAclLogging: Mapping = {
  type: 'aws_wafv2_web_acl_logging_configuration',
  properties: {
    ResourceArn: argument('resource_arn'),
    LogDestinationConfigs: argument('log_destination_configs'),
    RedactedFields: block('redacted_fields', {
      SingleHeader: block('single_header', { Name: headerName }),
      QueryString: block('query_string', {}),
    }),
    LoggingFilter: block('logging_filter', {
      DefaultBehavior: argument('default_behavior'),
      Filters: block('filter', {
        Behavior: argument('behavior'),
        Requirement: argument('requirement'),
        Conditions: block('condition', {
          ActionCondition: block('action_condition', { Action: argument('action') }),
        }),
      }),
    }),
  },
};
