import { describe, expect, test } from 'vitest';
import { samples } from './sample-requests.ts';
import { open, proxy, scheme } from './sample-template.ts';
import type { JsonRecord } from './stack/json.ts';

const withSample = samples();
const paths = {
  '/a': { get: open(proxy('/a')), post: open(proxy('/a')) },
  '/b/{id}': { get: open(proxy('/b')) },
};

/** A web ACL in front of the sample's stage. */
const withRules = (rules: readonly JsonRecord[], more: JsonRecord = {}): JsonRecord => ({
  Acl: {
    Type: 'AWS::WAFv2::WebACL',
    Properties: { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, Rules: rules, ...more },
  },
  Association: {
    Type: 'AWS::WAFv2::WebACLAssociation',
    Properties: {
      WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] },
      ResourceArn: {
        'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Stage}',
      },
    },
  },
});
const rule = (Priority: number, Statement: JsonRecord, Action: JsonRecord): JsonRecord => ({
  Name: `rule${Priority}`,
  Priority,
  Statement,
  Action,
});
const on = (FieldToMatch: JsonRecord, more: JsonRecord): JsonRecord => ({
  FieldToMatch,
  TextTransformations: [{ Priority: 0, Type: 'NONE' }],
  ...more,
});

describe('a web ACL', () => {
  test('blocks by a pattern of the path as it was sent, with an answer of its own', async () => {
    const statement = {
      NotStatement: {
        Statement: { RegexMatchStatement: on({ UriPath: {} }, { RegexString: '^/[a-z0-9/]*$' }) },
      },
    };
    const CustomResponse = { ResponseCode: 400, CustomResponseBodyKey: 'bad' };
    const resources = withRules([rule(0, statement, { Block: { CustomResponse } })], {
      CustomResponseBodies: { bad: { ContentType: 'APPLICATION_JSON', Content: '{"bad":true}' } },
    });
    await withSample({ paths, resources }, async ({ backend, send }) => {
      const response = await send('GET /v1/b/x%2Fy');
      expect([response.status, response.text]).toEqual([400, '{"bad":true}']);
      expect((await send('GET /v1/b/xy')).status).toBe(200);
      expect(backend.requests).toHaveLength(1);
    });
  });

  test('blocks by a header, before an authorizer is called', async () => {
    const statement = {
      NotStatement: {
        Statement: {
          ByteMatchStatement: on(
            { SingleHeader: { Name: 'x-origin' } },
            { SearchString: 'secret', PositionalConstraint: 'EXACTLY' },
          ),
        },
      },
    };
    const sample = {
      paths: { '/a': { get: open(proxy('/a'), { security: [{ who: [] }] }) } },
      schemes: { who: scheme(0) },
      resources: withRules([rule(0, statement, { Block: {} })]),
    };
    await withSample(sample, async ({ send, stack }) => {
      const response = await send('GET /v1/a', [['X-Origin', 'secret2']]);
      expect([response.status, response.header('x-amzn-errortype')]).toEqual([403, 'ForbiddenException']);
      expect(stack.calls).toEqual([]);
      expect(
        (
          await send('GET /v1/a', [
            ['x-origin', 'secret'],
            ['Authorization', 'good'],
          ])
        ).status,
      ).toBe(200);
    });
  });

  test('limits the rate of an address in a window', async () => {
    let now = 0;
    const statement = { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 2, EvaluationWindowSec: 60 } };
    const resources = withRules([rule(0, statement, { Block: { CustomResponse: { ResponseCode: 429 } } })]);
    await withSample(
      { paths, resources },
      async ({ send }) => {
        const from = (address: string) => send('GET /v1/a', [], '', { from: address });
        const statuses = [];
        for (const address of ['127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.2'])
          statuses.push((await from(address)).status);
        now = 60_001;
        statuses.push((await from('127.0.0.1')).status);
        expect(statuses).toEqual([200, 200, 429, 200, 200]);
      },
      { now: () => now },
    );
  });

  test('knows sets of addresses and sizes of bodies', async () => {
    const resources = {
      ...withRules([
        rule(0, { IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': ['Friends', 'Arn'] } } }, { Allow: {} }),
        rule(
          1,
          {
            SizeConstraintStatement: on(
              { Body: { OversizeHandling: 'MATCH' } },
              { Size: 4, ComparisonOperator: 'GT' },
            ),
          },
          { Block: {} },
        ),
      ]),
      Friends: { Type: 'AWS::WAFv2::IPSet', Properties: { Addresses: ['127.0.0.8/29'] } },
    };
    await withSample({ paths, resources }, async ({ send }) => {
      expect((await send('POST /v1/a', [], '1234')).status).toBe(200);
      expect((await send('POST /v1/a', [], '12345')).status).toBe(403);
      expect((await send('POST /v1/a', [], '12345', { from: '127.0.0.9' })).status).toBe(200);
    });
  });
});

test('a resource policy refuses addresses before anybody is asked', async () => {
  const statement = (Effect: string, more: JsonRecord = {}): JsonRecord => ({
    Effect,
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource: 'execute-api:/*',
    ...more,
  });
  const deny = statement('Deny', { Condition: { NotIpAddress: { 'aws:SourceIp': ['127.0.0.3/32'] } } });
  const policy = { Version: '2012-10-17', Statement: [statement('Allow'), deny] };
  await withSample(
    { paths, document: { 'x-amazon-apigateway-policy': policy } },
    async ({ backend, send }) => {
      expect((await send('GET /v1/a', [['X-Forwarded-For', '127.0.0.3']])).status).toBe(403);
      expect((await send('GET /v1/a', [], '', { from: '127.0.0.3' })).status).toBe(200);
      expect(backend.requests).toHaveLength(1);
    },
  );
});

describe('limits of the stage', () => {
  const setting = (HttpMethod: string, ResourcePath: string, limit: number): JsonRecord => ({
    HttpMethod,
    ResourcePath,
    ThrottlingRateLimit: limit,
    ThrottlingBurstLimit: limit,
  });

  test('are those of the method, else those of all', async () => {
    const stage = { MethodSettings: [setting('*', '/*', 2), setting('GET', '/~1b~1{id}', 1)] };
    await withSample(
      { paths, stage },
      async ({ send }) => {
        const statuses = [];
        for (const path of ['/b/1', '/b/2', '/a', '/a', '/a'])
          statuses.push((await send(`GET /v1${path}`)).status);
        expect(statuses).toEqual([200, 429, 200, 200, 429]);
      },
      { now: () => 0 },
    );
  });
});

describe('a usage plan', () => {
  const resources = {
    Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true, Value: 'key-of-acme-0123456789' } },
    Plan: {
      Type: 'AWS::ApiGateway::UsagePlan',
      Properties: {
        ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }],
        Quota: { Limit: 2, Period: 'DAY' },
      },
    },
    PlanKey: {
      Type: 'AWS::ApiGateway::UsagePlanKey',
      Properties: { KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
    },
  };
  const sample = {
    resources,
    schemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } },
    paths: { '/a': { get: open(proxy('/a'), { security: [{ key: [] }] }) } },
  };

  test('lets in its keys, until their quota is used up', async () => {
    await withSample(sample, async ({ send }) => {
      const statuses = [];
      for (const key of [undefined, 'other', ...Array(3).fill('key-of-acme-0123456789')])
        statuses.push((await send('GET /v1/a', key === undefined ? [] : [['X-API-Key', key]])).status);
      expect(statuses).toEqual([403, 403, 200, 200, 429]);
    });
  });
});

test('a validator demands parameters and bodies of a form', async () => {
  const integration = proxy('/a');
  const sample = {
    document: {
      'x-amazon-apigateway-request-validators': {
        all: { validateRequestBody: true, validateRequestParameters: true },
      },
      'x-amazon-apigateway-request-validator': 'all',
      components: {
        schemas: { Thing: { type: 'object', required: ['size'], properties: { size: { type: 'integer' } } } },
      },
    },
    paths: {
      '/a': {
        post: open(integration, {
          parameters: [{ name: 'page', in: 'query', required: true, schema: { type: 'string' } }],
          requestBody: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
        }),
      },
    },
  };
  await withSample(sample, async ({ backend, send }) => {
    const json = [['Content-Type', 'application/json']] as const;
    expect((await send('POST /v1/a', json, '{"size":1}')).status).toBe(400);
    expect((await send('POST /v1/a?page=1', json, '{"size":"1"}')).status).toBe(400);
    expect((await send('POST /v1/a?page=1', json, '{"size"')).status).toBe(400);
    expect((await send('POST /v1/a?page=1', json)).status).toBe(400);
    expect((await send('POST /v1/a?page=1', json, '{"size":1}')).status).toBe(200);
    expect(backend.requests).toHaveLength(1);
  });
});

test('a function answers behind a proxy integration', async () => {
  const code = `exports.handler = async ({ httpMethod, path, body, requestContext }) => body === 'broken' ? 'broken'
    : { statusCode: 201, headers: { 'X-Path': path }, body: httpMethod + ' ' + body + ' ' + requestContext.authorizer.who };`;
  const resources = {
    Backend: {
      Type: 'AWS::Lambda::Function',
      Properties: { Handler: 'index.handler', Code: { ZipFile: code } },
    },
    BackendPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { Ref: 'Backend' },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/a' },
      },
    },
  };
  const uri = {
    'Fn::Sub':
      'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Backend.Arn}/invocations',
  };
  const post = open({ type: 'aws_proxy', httpMethod: 'POST', uri }, { security: [{ who: [] }] });
  await withSample(
    { resources, paths: { '/a': { post } }, schemes: { who: scheme(0) } },
    async ({ send }) => {
      const response = await send('POST /v1/a', [['Authorization', 'good']], 'hello');
      expect([response.status, response.text]).toEqual([201, 'POST hello good']);
      expect(response.header('x-path')).toBe('/v1/a');
      expect((await send('POST /v1/a', [['Authorization', 'good']], 'broken')).status).toBe(502);
    },
  );
});
