import type { Gateway } from '../../../model/gateway.ts';
import { type Json, literal, sub } from './cloudformation.ts';
import type { Fragment } from './fragment.ts';
import { logGroup, logGroupArn } from './log-group.ts';

const group = 'AccessLog';

/** The log group that the stages of all APIs write to, unless the document names a place of its own. */
export function accessLogGroup(gateway: Gateway): Fragment {
  if (gateway.accessLog.sink !== undefined) return {};
  return {
    ...logGroup(group, '/aws/apigateway/${AWS::StackName}/access', gateway),
    Outputs: {
      [group]: {
        Description: 'Log group of the access log: one line for each request.',
        Value: { Ref: group },
      },
    },
  };
}

/** ARN of what the access log is written to. */
export function accessLogDestination({ accessLog: { sink } }: Gateway): Json {
  if (sink?.value.kind === 'firehose') return sink.value.arn;
  if (sink?.value.kind === 'cloudwatch')
    return sub(
      `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${literal(sink.value.group)}`,
    );
  return logGroupArn(group);
}
