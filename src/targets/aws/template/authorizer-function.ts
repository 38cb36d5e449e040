import type { SecretSource } from '../../../model/gateway.ts';
import type { AwsPlan } from '../plan.ts';
import { getAtt, ifElse, type Json, noValue, type Resource, ref, sub } from './cloudformation.ts';
import type { Fragment } from './fragment.ts';
import { logGroup, logGroupArn } from './log-group.ts';
import { idOf } from './logical-id.ts';
import { isDeliverable, secretArn } from './secret-arn.ts';

export const authorizer = 'Authorizer';
const log = 'AuthorizerLog';
const role = 'AuthorizerRole';

export interface AuthorizerOptions {
  /** The property `Code`: text for `ZipFile`, or where the packed function is. */
  readonly code: Json;
  /** Longer than the slowest question that it asks, at most the 29 s that API Gateway waits. */
  readonly timeoutSeconds: number;
  /** Exactly the secrets that it reads. */
  readonly secrets: readonly SecretSource[];
}

/** The function that decides about every request whose operation is not public, with its role and log. */
export function authorizerFunction(
  plan: AwsPlan,
  { code, timeoutSeconds, secrets }: AuthorizerOptions,
): Fragment {
  const traced = plan.gateway.tracing?.value.export?.kind === 'xray';
  const readable = secrets.filter(isDeliverable);
  const group = logGroup(log, '/aws/lambda/${AWS::StackName}/authorizer', plan.gateway);
  return {
    Parameters: {
      ...group.Parameters,
      ...concurrency.Parameters,
      ...(readable.length === 0 ? {} : decryption.Parameters),
    },
    Conditions: {
      ...group.Conditions,
      ...concurrency.Conditions,
      ...(readable.length === 0 ? {} : decryption.Conditions),
    },
    Resources: {
      ...group.Resources,
      [role]: roleOf(readable, traced),
      [authorizer]: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Description: 'Decides about requests to the API.',
          Runtime: 'nodejs24.x',
          Architectures: ['arm64'],
          Handler: 'index.handler',
          Code: code,
          Role: getAtt(role, 'Arn'),
          MemorySize: 256,
          Timeout: timeoutSeconds,
          ReservedConcurrentExecutions: ifElse('LimitsAuthorizer', ref('AuthorizerConcurrency'), noValue),
          LoggingConfig: { LogGroup: ref(log) },
          TracingConfig: traced ? { Mode: 'Active' } : undefined,
        },
      },
      ...Object.fromEntries(
        plan.apis.map((api) => [`AuthorizerPermission${api.suffix}`, permission(idOf('RestApi', api))]),
      ),
    },
    Outputs: {
      [log]: { Description: 'Log group of the authorizer.', Value: ref(log) },
    },
  };
}

/** Only this API of this account may ask the function. */
function permission(restApi: string): Resource {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: getAtt(authorizer, 'Arn'),
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceAccount: ref('AWS::AccountId'),
      SourceArn: sub(
        `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${restApi}}/authorizers/*`,
      ),
    },
  };
}

const concurrency: Fragment = {
  Parameters: {
    AuthorizerConcurrency: {
      Type: 'Number',
      Description:
        'How many copies of the authorizer are set aside for it and run at most; 0: what the account has left.',
      Default: '0',
    },
  },
  Conditions: {
    LimitsAuthorizer: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AuthorizerConcurrency' }, '0'] }] },
  },
};

const decryption: Fragment = {
  Parameters: {
    DecryptionKeyArn: {
      Type: 'String',
      Description: 'ARN of the KMS key of the secrets; empty: they are encrypted with the key of AWS.',
      Default: '',
    },
  },
  Conditions: { HasDecryptionKey: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'DecryptionKeyArn' }, ''] }] } },
};

function roleOf(secrets: readonly SecretSource[], traced: boolean): Resource {
  const allow = (Action: readonly string[], Resource: Json): Json => ({ Effect: 'Allow', Action, Resource });
  const read = (kind: SecretSource['kind'], action: string): readonly Json[] => {
    const arns = secrets.filter((one) => one.kind === kind).map(secretArn);
    return arns.length === 0 ? [] : [allow([action], arns)];
  };
  const decrypt = allow(['kms:Decrypt'], ref('DecryptionKeyArn'));
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      Policies: [
        {
          PolicyName: 'authorizer',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logStreams),
              ...read('ssm', 'ssm:GetParameter'),
              ...read('secretsManager', 'secretsmanager:GetSecretValue'),
              ...(secrets.length === 0 ? [] : [ifElse('HasDecryptionKey', decrypt, noValue)]),
              ...(traced ? [allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')] : []),
            ],
          },
        },
      ],
    },
  };
}

const logStreams: Json = { 'Fn::Join': ['', [logGroupArn(log), ':*']] };
