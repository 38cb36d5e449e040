import type { Block } from '../configuration.ts';
import type { Mapping, Place } from '../mapping.ts';
import { argument, argumentsOf, beside, block, members, type Rules } from '../rules.ts';

/** `restrictions` is a block that must be there; ports of an origin too, though only one is used. */
export const distribution: Mapping = {
  type: 'aws_cloudfront_distribution',
  properties: {
    DistributionConfig: members({
      Enabled: argument('enabled'),
      Comment: argument('comment'),
      Aliases: argument('aliases'),
      HttpVersion: argument('http_version'),
      IPV6Enabled: argument('is_ipv6_enabled'),
      ViewerCertificate: block('viewer_certificate', {
        AcmCertificateArn: argument('acm_certificate_arn'),
        MinimumProtocolVersion: argument('minimum_protocol_version'),
        SslSupportMethod: argument('ssl_support_method'),
      }),
      WebACLId: argument('web_acl_id'),
      Logging: block('logging_config', {
        Bucket: argument('bucket'),
        Prefix: argument('prefix'),
        IncludeCookies: argument('include_cookies'),
      }),
      Origins: block('origin', {
        Id: argument('origin_id'),
        DomainName: argument('domain_name'),
        ConnectionAttempts: argument('connection_attempts'),
        ConnectionTimeout: argument('connection_timeout'),
        CustomOriginConfig: block(
          'custom_origin_config',
          {
            OriginProtocolPolicy: argument('origin_protocol_policy'),
            OriginSSLProtocols: argument('origin_ssl_protocols'),
            OriginReadTimeout: argument('origin_read_timeout'),
            OriginKeepaliveTimeout: argument('origin_keepalive_timeout'),
          },
          { http_port: 80, https_port: 443 },
        ),
        OriginCustomHeaders: block('custom_header', {
          HeaderName: argument('name'),
          HeaderValue: argument('value'),
        }),
      }),
      DefaultCacheBehavior: block(
        'default_cache_behavior',
        {
          TargetOriginId: argument('target_origin_id'),
          ViewerProtocolPolicy: argument('viewer_protocol_policy'),
          AllowedMethods: argument('allowed_methods'),
          CachePolicyId: argument('cache_policy_id'),
          OriginRequestPolicyId: argument('origin_request_policy_id'),
          ResponseHeadersPolicyId: argument('response_headers_policy_id'),
          Compress: argument('compress'),
          FunctionAssociations: block('function_association', {
            EventType: argument('event_type'),
            FunctionARN: argument('function_arn'),
          }),
        },
        { cached_methods: ['GET', 'HEAD'] },
      ),
      CustomErrorResponses: block('custom_error_response', {
        ErrorCode: argument('error_code'),
        ErrorCachingMinTTL: argument('error_caching_min_ttl'),
      }),
    }),
  },
  fixed: () => ({ restrictions: { geo_restriction: { restriction_type: 'none' } } }),
  attributes: { Ref: 'id', DomainName: 'domain_name' },
};

export const edgeFunction: Mapping = {
  type: 'aws_cloudfront_function',
  properties: {
    Name: argument('name'),
    AutoPublish: argument('publish'),
    FunctionConfig: members({ Comment: argument('comment'), Runtime: argument('runtime') }),
    FunctionCode: argument('code'),
  },
  attributes: { FunctionARN: 'arn' },
};

export const responseHeadersPolicy: Mapping = {
  type: 'aws_cloudfront_response_headers_policy',
  properties: {
    ResponseHeadersPolicyConfig: members({
      Name: argument('name'),
      SecurityHeadersConfig: block('security_headers_config', {
        StrictTransportSecurity: block('strict_transport_security', {
          AccessControlMaxAgeSec: argument('access_control_max_age_sec'),
          IncludeSubdomains: argument('include_subdomains'),
          Preload: argument('preload'),
          Override: argument('override'),
        }),
      }),
      CustomHeadersConfig: block('custom_headers_config', {
        Items: block('items', {
          Header: argument('header'),
          Value: argument('value'),
          Override: argument('override'),
        }),
      }),
      RemoveHeadersConfig: block('remove_headers_config', {
        Items: block('items', { Header: argument('header') }),
      }),
    }),
  },
  attributes: { Ref: 'id' },
};

/**
 * The secret makes its own value when it is made, which a template of CloudFormation only refers to. Here the state
 * holds it. A new generation has another name, so it is another secret; its name is free at once when it goes.
 */
export const secret: Mapping = {
  type: 'aws_secretsmanager_secret',
  properties: {
    Name: argument('name'),
    Description: argument('description'),
    GenerateSecretString: beside,
  },
  fixed: () => ({ recovery_window_in_days: 0 }),
  attributes: { Ref: 'arn' },
  createFirst: true,
  beside: (place) => valueOfSecret(place),
};

/** The data source makes another password each time that it is read; the first one stays. */
function valueOfSecret(place: Place): readonly Block[] {
  const { name } = place;
  const rules: Rules = {
    PasswordLength: argument('password_length'),
    ExcludePunctuation: argument('exclude_punctuation'),
  };
  return [
    {
      kind: 'data',
      type: 'aws_secretsmanager_random_password',
      name,
      arguments: argumentsOf(place.property('GenerateSecretString'), rules, place),
    },
    {
      kind: 'resource',
      type: 'aws_secretsmanager_secret_version',
      name,
      arguments: {
        secret_id: `\${aws_secretsmanager_secret.${name}.arn}`,
        secret_string: `\${data.aws_secretsmanager_random_password.${name}.random_password}`,
        lifecycle: { create_before_destroy: true, ignore_changes: ['secret_string'] },
      },
    },
  ];
}
