import type { Gateway } from '../../../model/gateway.ts';
import { ifElse, type Json, noValue, type Resource, sub } from './cloudformation.ts';
import type { Fragment } from './fragment.ts';

/**
 * A group of logs that is named after the stack, so that environments in one account do not share it; with `Parameters`
 * and `Conditions` that it refers to.
 */
export function logGroup(id: string, name: string, { targets: { aws } }: Gateway): Fragment {
  const group: Resource = {
    Type: 'AWS::Logs::LogGroup',
    Properties: {
      LogGroupName: sub(name),
      RetentionInDays: aws.logRetentionDays.value,
      KmsKeyId: ifElse('HasLogKey', keyArn, noValue),
    },
  };
  return { ...key, Resources: { [id]: group } };
}

const key: Fragment = {
  Parameters: {
    LogKeyId: {
      Type: 'String',
      Description:
        'Id of a KMS key of this account that logs are encrypted with and that CloudWatch Logs may use; none: the key of AWS.',
      Default: 'none',
      AllowedPattern: '^[A-Za-z0-9-]+$',
    },
  },
  Conditions: { HasLogKey: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'LogKeyId' }, 'none'] }] } },
};

const keyArn = sub('arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${LogKeyId}');

/** The ARN without the `:*` that `Arn` ends with: WAF refuses it, API Gateway takes both. */
export function logGroupArn(logicalId: string): Json {
  return sub(`arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${${logicalId}}`);
}
