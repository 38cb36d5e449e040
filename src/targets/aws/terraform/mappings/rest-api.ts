import type { Json } from '../../template/cloudformation.ts';
import type { Block } from '../configuration.ts';
import type { Mapping, Place } from '../mapping.ts';
import { nameFor, nameOf } from '../names.ts';
import { argument, argumentsOf, beside, block, document, listOf, type Rules } from '../rules.ts';
import { jsonOf } from '../value.ts';

/**
 * `body` is imported again whenever it changes, and `policy` and the endpoint are then set anew. Without `overwrite` a
 * method that is gone from the body would be served on.
 */
export const restApi: Mapping = {
  type: 'aws_api_gateway_rest_api',
  properties: {
    Name: argument('name'),
    Description: argument('description'),
    Body: document('body'),
    Mode: argument('put_rest_api_mode'),
    FailOnWarnings: argument('fail_on_warnings'),
    EndpointConfiguration: block('endpoint_configuration', {
      Types: argument('types'),
      IpAddressType: argument('ip_address_type'),
    }),
    Parameters: argument('parameters'),
    SecurityPolicy: argument('security_policy'),
    EndpointAccessMode: argument('endpoint_access_mode'),
    DisableExecuteApiEndpoint: argument('disable_execute_api_endpoint'),
    Policy: document('policy'),
  },
  attributes: { Ref: 'id' },
};

const hashLength = 10;

/**
 * A snapshot of an API. Its logical id ends with the hash of what must redeploy; here the hash is a trigger, beside one
 * of the body with the values of variables in it.
 */
export const deployment: Mapping = {
  type: 'aws_api_gateway_deployment',
  properties: { RestApiId: argument('rest_api_id') },
  attributes: { Ref: 'id' },
  nameOf: (logicalId) => nameOf(logicalId.slice(0, -hashLength)),
  createFirst: true,
  fixed: ({ logicalId, name }) => ({
    triggers: {
      redeployment: logicalId.slice(-hashLength),
      body: `\${sha1(aws_api_gateway_rest_api.${name.replace('deployment', 'rest_api')}.body)}`,
    },
  }),
};

const settings: Rules = {
  HttpMethod: beside,
  ResourcePath: beside,
  DataTraceEnabled: argument('data_trace_enabled'),
  LoggingLevel: argument('logging_level'),
  MetricsEnabled: argument('metrics_enabled'),
  CacheDataEncrypted: argument('cache_data_encrypted'),
  CachingEnabled: argument('caching_enabled'),
  CacheTtlInSeconds: argument('cache_ttl_in_seconds'),
  ThrottlingRateLimit: argument('throttling_rate_limit'),
  ThrottlingBurstLimit: argument('throttling_burst_limit'),
};

export const stage: Mapping = {
  type: 'aws_api_gateway_stage',
  properties: {
    RestApiId: argument('rest_api_id'),
    DeploymentId: argument('deployment_id'),
    StageName: argument('stage_name'),
    Variables: argument('variables'),
    Description: argument('description'),
    TracingEnabled: argument('xray_tracing_enabled'),
    CacheClusterEnabled: argument('cache_cluster_enabled'),
    CacheClusterSize: argument('cache_cluster_size'),
    ClientCertificateId: argument('client_certificate_id'),
    AccessLogSetting: block('access_log_settings', {
      DestinationArn: argument('destination_arn'),
      Format: argument('format'),
    }),
    MethodSettings: beside,
  },
  attributes: { Ref: 'stage_name' },
  beside: (place) => listOf(place.property('MethodSettings'), place).map((one) => methodSettings(one, place)),
};

/**
 * What holds for every method resets what holds for single ones, so that these come after it and again with it
 * (hashicorp/terraform-provider-aws, issue 41104).
 */
function methodSettings(value: Json, place: Place): Block {
  const { HttpMethod, ResourcePath } = value as { readonly [member: string]: string };
  const path = `${settingsPath(ResourcePath ?? '')}/${HttpMethod}`;
  const all = `aws_api_gateway_method_settings.${place.name}_all`;
  const everywhere = path === '*/*';
  return {
    kind: 'resource',
    type: 'aws_api_gateway_method_settings',
    name: everywhere
      ? `${place.name}_all`
      : nameFor(place.name, `${HttpMethod} ${ResourcePath?.replaceAll('~1', '/')}`),
    arguments: {
      rest_api_id: jsonOf(place.property('RestApiId'), place.scope),
      stage_name: `\${aws_api_gateway_stage.${place.name}.stage_name}`,
      method_path: jsonOf(path, place.scope),
      settings: argumentsOf(value, settings, place),
      ...(everywhere ? {} : { depends_on: [all], lifecycle: { replace_triggered_by: [all] } }),
    },
  };
}

/**
 * The provider hands the path to API Gateway as it is, which wants every slash encoded; CloudFormation wants one in front
 * besides (hashicorp/terraform-provider-aws, issue 9738).
 */
function settingsPath(resourcePath: string): string {
  if (resourcePath === '/*') return '*';
  return resourcePath === '/' ? '~1' : resourcePath.slice(1);
}

export const account: Mapping = {
  type: 'aws_api_gateway_account',
  properties: { CloudWatchRoleArn: argument('cloudwatch_role_arn') },
  attributes: { Ref: 'id' },
};

export const clientCertificate: Mapping = {
  type: 'aws_api_gateway_client_certificate',
  properties: { Description: argument('description') },
  attributes: { Ref: 'id' },
};

export const usagePlan: Mapping = {
  type: 'aws_api_gateway_usage_plan',
  properties: {
    UsagePlanName: argument('name'),
    ApiStages: block('api_stages', { ApiId: argument('api_id'), Stage: argument('stage') }),
    Throttle: block('throttle_settings', {
      RateLimit: argument('rate_limit'),
      BurstLimit: argument('burst_limit'),
    }),
    Quota: block('quota_settings', { Limit: argument('limit'), Period: argument('period') }),
  },
  attributes: { Ref: 'id' },
};

export const apiKey: Mapping = {
  type: 'aws_api_gateway_api_key',
  properties: { Name: argument('name'), Enabled: argument('enabled') },
  attributes: { Ref: 'id' },
};

export const usagePlanKey: Mapping = {
  type: 'aws_api_gateway_usage_plan_key',
  properties: {
    KeyId: argument('key_id'),
    KeyType: argument('key_type'),
    UsagePlanId: argument('usage_plan_id'),
  },
};
