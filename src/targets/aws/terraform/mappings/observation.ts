import { sub } from '../../template/cloudformation.ts';
import type { Mapping } from '../mapping.ts';
import { argument, members, pairs } from '../rules.ts';
import { jsonOf } from '../value.ts';

export const logGroup: Mapping = {
  type: 'aws_cloudwatch_log_group',
  properties: {
    LogGroupName: argument('name'),
    RetentionInDays: argument('retention_in_days'),
    KmsKeyId: argument('kms_key_id'),
  },
  attributes: { Ref: 'name', Arn: 'arn' },
};

export const alarm: Mapping = {
  type: 'aws_cloudwatch_metric_alarm',
  properties: {
    AlarmDescription: argument('alarm_description'),
    Namespace: argument('namespace'),
    MetricName: argument('metric_name'),
    Dimensions: pairs('dimensions', 'Name', 'Value'),
    Statistic: argument('statistic'),
    ExtendedStatistic: argument('extended_statistic'),
    ComparisonOperator: argument('comparison_operator'),
    Threshold: argument('threshold'),
    Period: argument('period'),
    EvaluationPeriods: argument('evaluation_periods'),
    DatapointsToAlarm: argument('datapoints_to_alarm'),
    TreatMissingData: argument('treat_missing_data'),
    AlarmActions: argument('alarm_actions'),
    OKActions: argument('ok_actions'),
  },
  fixed: ({ name, scope }) => ({ alarm_name: jsonOf(sub(`\${AWS::StackName}-${name}`), scope) }),
};

export const dashboard: Mapping = {
  type: 'aws_cloudwatch_dashboard',
  properties: { DashboardName: argument('dashboard_name'), DashboardBody: argument('dashboard_body') },
};

export const samplingRule: Mapping = {
  type: 'aws_xray_sampling_rule',
  properties: {
    SamplingRule: members({
      Host: argument('host'),
      HTTPMethod: argument('http_method'),
      URLPath: argument('url_path'),
      ServiceName: argument('service_name'),
      ServiceType: argument('service_type'),
      RuleName: argument('rule_name'),
      ResourceARN: argument('resource_arn'),
      FixedRate: argument('fixed_rate'),
      ReservoirSize: argument('reservoir_size'),
      Priority: argument('priority'),
      Version: argument('version'),
    }),
  },
};
