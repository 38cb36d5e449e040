import type { Gateway } from '../../../model/gateway.ts';
import type { Fragment } from './fragment.ts';
import { logGroup } from './log-group.ts';

export const accessLogGroup = 'AccessLog';

/** The log group that the stages of all APIs write to. */
export function accessLogFragment(gateway: Gateway): Fragment {
  return {
    Resources: { [accessLogGroup]: logGroup('/aws/apigateway/${AWS::StackName}/access', gateway) },
    Outputs: {
      [accessLogGroup]: {
        Description: 'Log group of the access log: one JSON object a line.',
        Value: { Ref: accessLogGroup },
      },
    },
  };
}
