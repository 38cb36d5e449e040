/**
 * What resources of the provider of AWS for Terraform take and give: names of arguments (`!`: required), nested blocks
 * that gwc writes, and attributes that it reads. Facts of version 6.45.0, and of the two arguments that
 * `aws_api_gateway_rest_api` got later (hashicorp/terraform-provider-aws, pull request 47973); `archive_file` is of
 * the provider hashicorp/archive.
 */
export interface Facts {
  readonly takes: Takes;
  readonly gives: string;
}

/** Arguments, and blocks by name. */
export type Takes = string | readonly [takes: string, blocks: { readonly [name: string]: Takes }];

export const resources: { readonly [type: string]: Facts } = {
  aws_acm_certificate: {
    takes:
      'certificate_authority_arn certificate_body certificate_chain domain_name early_renewal_duration key_algorithm private_key region subject_alternative_names validation_method',
    gives: 'id arn region domain_name domain_validation_options',
  },
  aws_acm_certificate_validation: {
    takes: 'certificate_arn! region validation_record_fqdns',
    gives: 'id region certificate_arn',
  },
  aws_api_gateway_account: { takes: 'cloudwatch_role_arn region', gives: 'id region' },
  aws_api_gateway_api_key: {
    takes: 'customer_id description enabled name! region value',
    gives: 'id arn name region',
  },
  aws_api_gateway_client_certificate: { takes: 'description region', gives: 'id arn region' },
  aws_api_gateway_deployment: {
    takes: 'description region rest_api_id! triggers variables',
    gives: 'id region',
  },
  aws_api_gateway_domain_name: {
    takes: [
      'certificate_arn certificate_body certificate_chain certificate_name certificate_private_key domain_name! endpoint_access_mode ownership_verification_certificate_arn policy region regional_certificate_arn regional_certificate_name routing_mode security_policy',
      {
        endpoint_configuration: 'ip_address_type types!',
        mutual_tls_authentication: 'truststore_uri! truststore_version',
      },
    ],
    gives: 'id arn region regional_domain_name regional_zone_id certificate_arn domain_name',
  },
  aws_api_gateway_method_settings: {
    takes: [
      'method_path! region rest_api_id! stage_name!',
      {
        'settings!':
          'cache_data_encrypted cache_ttl_in_seconds caching_enabled data_trace_enabled logging_level metrics_enabled require_authorization_for_cache_control throttling_burst_limit throttling_rate_limit unauthorized_cache_control_header_strategy',
      },
    ],
    gives: 'id region stage_name',
  },
  aws_api_gateway_rest_api: {
    takes: [
      'api_key_source binary_media_types body description disable_execute_api_endpoint fail_on_warnings minimum_compression_size name! parameters policy put_rest_api_mode region security_policy endpoint_access_mode',
      { endpoint_configuration: 'ip_address_type types! vpc_endpoint_ids' },
    ],
    gives: 'id arn name body region',
  },
  aws_api_gateway_stage: {
    takes: [
      'cache_cluster_enabled cache_cluster_size client_certificate_id deployment_id! description documentation_version region rest_api_id! stage_name! variables xray_tracing_enabled',
      { access_log_settings: 'destination_arn! format!' },
    ],
    gives: 'id arn region stage_name',
  },
  aws_api_gateway_usage_plan: {
    takes: [
      'description name! product_code region',
      {
        api_stages: 'api_id! stage!',
        quota_settings: 'limit! offset period!',
        throttle_settings: 'burst_limit rate_limit',
      },
    ],
    gives: 'id arn name region',
  },
  aws_api_gateway_usage_plan_key: {
    takes: 'key_id! key_type! region usage_plan_id!',
    gives: 'id name region',
  },
  aws_apigatewayv2_api_mapping: {
    takes: 'api_id! api_mapping_key domain_name! region stage!',
    gives: 'id region domain_name',
  },
  aws_apigatewayv2_vpc_link: {
    takes: 'name! region security_group_ids! subnet_ids!',
    gives: 'id arn name region',
  },
  aws_cloudfront_distribution: {
    takes: [
      'aliases anycast_ip_list_id comment continuous_deployment_policy_id default_root_object enabled! http_version is_ipv6_enabled price_class retain_on_delete staging wait_for_deployment web_acl_id',
      {
        custom_error_response: 'error_caching_min_ttl error_code! response_code response_page_path',
        'default_cache_behavior!': [
          'allowed_methods! cache_policy_id cached_methods! compress default_ttl field_level_encryption_id max_ttl min_ttl origin_request_policy_id realtime_log_config_arn response_headers_policy_id smooth_streaming target_origin_id! trusted_key_groups trusted_signers viewer_protocol_policy!',
          { function_association: 'event_type! function_arn!' },
        ],
        logging_config: 'bucket include_cookies prefix',
        'origin!': [
          'connection_attempts connection_timeout domain_name! origin_access_control_id origin_id! origin_path response_completion_timeout',
          {
            custom_header: 'name! value!',
            custom_origin_config:
              'http_port! https_port! ip_address_type origin_keepalive_timeout origin_protocol_policy! origin_read_timeout origin_ssl_protocols!',
          },
        ],
        'restrictions!': ['', { 'geo_restriction!': 'locations restriction_type!' }],
        'viewer_certificate!':
          'acm_certificate_arn cloudfront_default_certificate iam_certificate_id minimum_protocol_version ssl_support_method',
      },
    ],
    gives: 'id arn name domain_name',
  },
  aws_cloudfront_function: {
    takes: 'code! comment key_value_store_associations name! publish runtime!',
    gives: 'id arn name',
  },
  aws_cloudfront_response_headers_policy: {
    takes: [
      'comment name!',
      {
        custom_headers_config: ['', { items: 'header! override! value!' }],
        remove_headers_config: ['', { items: 'header!' }],
        security_headers_config: [
          '',
          { strict_transport_security: 'access_control_max_age_sec! include_subdomains override! preload' },
        ],
      },
    ],
    gives: 'id arn name',
  },
  aws_cloudwatch_dashboard: { takes: 'dashboard_body! dashboard_name! region', gives: 'id region' },
  aws_cloudwatch_log_group: {
    takes:
      'deletion_protection_enabled kms_key_id log_group_class name name_prefix region retention_in_days skip_destroy',
    gives: 'id arn name region',
  },
  aws_cloudwatch_metric_alarm: {
    takes:
      'actions_enabled alarm_actions alarm_description alarm_name! comparison_operator datapoints_to_alarm dimensions evaluate_low_sample_count_percentiles evaluation_interval evaluation_periods extended_statistic insufficient_data_actions metric_name namespace ok_actions period region statistic threshold threshold_metric_id treat_missing_data unit',
    gives: 'id arn region account_id',
  },
  aws_iam_role: {
    takes:
      'assume_role_policy! description force_detach_policies managed_policy_arns max_session_duration name name_prefix path permissions_boundary',
    gives: 'id arn name',
  },
  aws_iam_role_policy: { takes: 'name name_prefix policy! role!', gives: 'id name' },
  aws_iam_role_policy_attachment: { takes: 'policy_arn! role!', gives: 'id' },
  aws_lambda_function: {
    takes: [
      'architectures code_sha256 code_signing_config_arn description filename function_name! handler image_uri kms_key_arn layers memory_size package_type publish publish_to region replace_security_groups_on_destroy replacement_security_group_ids reserved_concurrent_executions role! runtime s3_bucket s3_key s3_object_version skip_destroy source_code_hash source_kms_key_arn timeout',
      {
        logging_config: 'application_log_level log_format! log_group system_log_level',
        tracing_config: 'mode!',
      },
    ],
    gives: 'id arn region function_name',
  },
  aws_lambda_permission: {
    takes:
      'action! event_source_token function_name! function_url_auth_type invoked_via_function_url principal! principal_org_id qualifier region source_account source_arn statement_id statement_id_prefix',
    gives: 'id region function_name',
  },
  aws_route53_record: {
    takes: [
      'allow_overwrite health_check_id multivalue_answer_routing_policy name! records set_identifier ttl type! zone_id!',
      { alias: 'evaluate_target_health! name! zone_id!' },
    ],
    gives: 'id name region fqdn',
  },
  aws_secretsmanager_secret: {
    takes:
      'description force_overwrite_replica_secret kms_key_id name name_prefix policy recovery_window_in_days region',
    gives: 'id arn name region',
  },
  aws_secretsmanager_secret_version: {
    takes:
      'region secret_binary secret_id! secret_string secret_string_wo secret_string_wo_version version_stages',
    gives: 'id arn region secret_string',
  },
  aws_security_group: {
    takes: 'description name name_prefix region revoke_rules_on_delete vpc_id',
    gives: 'id arn name region',
  },
  aws_vpc_security_group_egress_rule: {
    takes:
      'cidr_ipv4 cidr_ipv6 description from_port ip_protocol! prefix_list_id referenced_security_group_id region security_group_id! to_port',
    gives: 'id arn region',
  },
  aws_wafv2_ip_set: {
    takes: 'addresses description ip_address_version! name name_prefix region scope!',
    gives: 'id arn name region',
  },
  aws_wafv2_web_acl: {
    takes: [
      'description name name_prefix region rule_json scope! token_domains',
      {
        association_config: ['', { request_body: ['', { api_gateway: 'default_size_inspection_limit!' }] }],
        custom_response_body: 'content! content_type! key!',
        'default_action!': ['', { allow: '', block: '' }],
        'visibility_config!': 'cloudwatch_metrics_enabled! metric_name! sampled_requests_enabled!',
      },
    ],
    gives: 'id arn name region',
  },
  aws_wafv2_web_acl_association: { takes: 'region resource_arn! web_acl_arn!', gives: 'id region' },
  aws_wafv2_web_acl_logging_configuration: {
    takes: [
      'log_destination_configs! region resource_arn!',
      {
        logging_filter: [
          'default_behavior!',
          { 'filter!': ['behavior! requirement!', { 'condition!': ['', { action_condition: 'action!' }] }] },
        ],
        redacted_fields: ['', { query_string: '', single_header: 'name!' }],
      },
    ],
    gives: 'id name region',
  },
  aws_xray_sampling_rule: {
    takes:
      'attributes fixed_rate! host! http_method! priority! region reservoir_size! resource_arn! rule_name service_name! service_type! url_path! version!',
    gives: 'id arn region',
  },
};

export const dataSources: { readonly [type: string]: Facts } = {
  aws_caller_identity: { takes: '', gives: 'id arn account_id' },
  aws_partition: { takes: '', gives: 'id partition' },
  aws_region: { takes: 'endpoint name region', gives: 'id name region' },
  aws_secretsmanager_random_password: {
    takes:
      'exclude_characters exclude_lowercase exclude_numbers exclude_punctuation exclude_uppercase include_space password_length region require_each_included_type',
    gives: 'id region random_password',
  },
  aws_secretsmanager_secret_version: {
    takes: 'region secret_id! version_id version_stage',
    gives: 'id arn region secret_string',
  },
  archive_file: {
    takes:
      'type! output_path! source_dir source_file source_content output_file_mode excludes exclude_symlink_directories',
    gives: 'output_path output_base64sha256',
  },
};
