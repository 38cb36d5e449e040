import { getAtt, ifElse, type Json, sub } from './cloudformation.ts';
import type { Fragment } from './fragment.ts';

const account = 'ApiGatewayAccount';

/** A description that waits for the role where this stack writes it: a dependency may not depend on a condition. */
export const afterLogRole: Json = ifElse(
  'CreatesLogRole',
  sub(`Logs by the role of \${${account}}.`),
  'Logs by the role of the account.',
);

/**
 * The role that API Gateway writes logs with. There is one for each account and region, and API Gateway refuses to
 * write any log of a REST API without it: an account that has none yet lets one of its stacks write it (API Gateway
 * Developer Guide, "Set up CloudWatch logging for REST APIs"). A stack that is deleted leaves it to the others.
 */
export const accountFragment: Fragment = {
  Parameters: {
    LogRole: {
      Type: 'String',
      Description:
        'existing: API Gateway may already write logs in this account and region. create: let this stack allow it; only one stack should.',
      Default: 'existing',
      AllowedValues: ['existing', 'create'],
    },
  },
  Conditions: { CreatesLogRole: { 'Fn::Equals': [{ Ref: 'LogRole' }, 'create'] } },
  Resources: {
    LogWriter: {
      Type: 'AWS::IAM::Role',
      Condition: 'CreatesLogRole',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'apigateway.amazonaws.com' },
              Action: 'sts:AssumeRole',
            },
          ],
        },
        ManagedPolicyArns: [
          sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs'),
        ],
      },
    },
    [account]: {
      Type: 'AWS::ApiGateway::Account',
      Condition: 'CreatesLogRole',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { CloudWatchRoleArn: getAtt('LogWriter', 'Arn') },
    },
  },
};
