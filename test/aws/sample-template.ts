import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonRecord } from './stack/json.ts';
import { type RunningStack, type StackOptions, startStack } from './stack/start-stack.ts';

/** What a sample differs in from `GET /things/{id}` of one back end behind one authorizer. */
export interface Sample {
  readonly paths?: JsonRecord;
  /** Members of the document. */
  readonly document?: JsonRecord;
  readonly schemes?: JsonRecord;
  /** Code of the authorizer. */
  readonly code?: string;
  readonly resources?: JsonRecord;
  readonly stage?: JsonRecord;
}

/** An integration with the back end of samples. */
export const proxy = (uri: string, requestParameters: JsonRecord = {}): JsonRecord => ({
  type: 'http_proxy',
  httpMethod: 'ANY',
  uri: `https://things.test${uri}`,
  requestParameters,
});

/** A method without a guard. */
export const open = (integration: JsonRecord, members: JsonRecord = {}): JsonRecord => ({
  responses: { '200': { description: 'ok' } },
  security: [],
  'x-amazon-apigateway-integration': integration,
  ...members,
});

/** The scheme of the authorizer's function. */
export const scheme = (ttl: number, identitySource?: string): JsonRecord => ({
  type: 'apiKey',
  name: 'Unused',
  in: 'header',
  'x-amazon-apigateway-authtype': 'custom',
  'x-amazon-apigateway-authorizer': {
    type: 'request',
    authorizerUri: {
      'Fn::Sub':
        'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Authorizer.Arn}/invocations',
    },
    authorizerResultTtlInSeconds: ttl,
    ...(identitySource === undefined ? {} : { identitySource }),
  },
});

/** Code that allows whoever says `good`, denies `bad`, and throws what else the caller says. */
const sayingCode = `
exports.handler = async (event) => {
  const said = event.headers.Authorization;
  if (said !== 'good' && said !== 'bad') throw new Error(said || 'Unauthorized');
  const Effect = said === 'good' ? 'Allow' : 'Deny';
  const arn = event.methodArn.split('/').slice(0, 2).join('/') + '/*';
  return {
    principalId: said,
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: arn }] },
    context: { who: said, path: event.path },
  };
};`;

/** A template as a person would write it, with everything around one API that requests pass. */
export function sampleTemplate(sample: Sample): JsonRecord {
  const { code = sayingCode, document = {}, resources = {}, schemes = {}, stage = {} } = sample;
  const { paths = { '/things/{id}': { get: open(thing) } } } = sample;
  const properties = (Type: string, Properties: JsonRecord): JsonRecord => ({ Type, Properties });
  const api = { Ref: 'Api' };
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: { StageName: { Type: 'String', Default: 'live' } },
    Resources: {
      Api: properties('AWS::ApiGateway::RestApi', {
        Name: 'sample',
        DisableExecuteApiEndpoint: true,
        Body: {
          openapi: '3.0.1',
          info: { title: 'sample', version: '1' },
          paths,
          components: { securitySchemes: schemes },
          ...document,
        },
      }),
      Deployment: properties('AWS::ApiGateway::Deployment', { RestApiId: api }),
      Stage: properties('AWS::ApiGateway::Stage', {
        RestApiId: api,
        DeploymentId: { Ref: 'Deployment' },
        StageName: { Ref: 'StageName' },
        ...stage,
      }),
      Domain: properties('AWS::ApiGateway::DomainName', { DomainName: 'api.test' }),
      Mapping: properties('AWS::ApiGatewayV2::ApiMapping', {
        DomainName: { Ref: 'Domain' },
        ApiId: api,
        Stage: { Ref: 'Stage' },
        ApiMappingKey: 'v1',
      }),
      Authorizer: properties('AWS::Lambda::Function', {
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/authorizer' },
        Timeout: 5,
        Code: { ZipFile: code },
      }),
      Permission: properties('AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['Authorizer', 'Arn'] },
        Principal: 'apigateway.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: {
          'Fn::Sub':
            'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/authorizers/*',
        },
      }),
      ...resources,
    },
  };
}

const thing = proxy('/store/things/{id}', { 'integration.request.path.id': 'method.request.path.id' });

/** Starts a sample; its folder is gone when it has stopped. */
export async function startSample(
  sample: Sample,
  options: Omit<StackOptions, 'folder'>,
): Promise<RunningStack> {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
  writeFileSync(join(folder, 'template.json'), JSON.stringify(sampleTemplate(sample)));
  try {
    return await startStack({ ...options, folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
