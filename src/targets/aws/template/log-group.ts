import type { Gateway } from '../../../model/gateway.ts';
import { type Json, type Resource, sub } from './cloudformation.ts';

/** A group of logs that is named after the stack, so that environments in one account do not share it. */
export function logGroup(name: string, { targets: { aws } }: Gateway): Resource {
  return {
    Type: 'AWS::Logs::LogGroup',
    Properties: { LogGroupName: sub(name), RetentionInDays: aws.logRetentionDays.value },
  };
}

/** The ARN without the `:*` that `Arn` ends with: WAF refuses it, API Gateway takes both. */
export function logGroupArn(logicalId: string): Json {
  return sub(`arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${${logicalId}}`);
}
