import { describe, expect, test } from 'vitest';
import { checkBody } from './check-body.ts';
import { open, proxy } from './sample-template.ts';
import type { JsonRecord } from './stack/json.ts';

const idMapping = { 'integration.request.path.id': 'method.request.path.id' };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const mock = {
  type: 'mock',
  passthroughBehavior: 'never',
  requestTemplates: { 'application/json': '{"statusCode":200}' },
  responses: {
    default: { statusCode: '405', responseParameters: { 'method.response.header.Allow': "'GET'" } },
  },
};
const authorizerUri =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:f/invocations';

/** A document that the importer takes as it is. */
const good = (): JsonRecord => ({
  openapi: '3.0.1',
  info: { title: 'sample', version: '1' },
  paths: {
    '/things/{id}': {
      get: open(proxy('/things/{id}', idMapping), {
        operationId: 'getThing',
        parameters: [id],
        security: [{ who: [] }],
        'x-amazon-apigateway-request-validator': 'all',
      }),
      'x-amazon-apigateway-any-method': open(mock, {
        responses: { '405': { description: 'no', headers: { Allow: { schema: { type: 'string' } } } } },
      }),
    },
    '/things/{id}/parts': {
      post: open(proxy('/parts'), {
        operationId: 'addPart',
        parameters: [id],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Part' } } } },
      }),
    },
  },
  components: {
    schemas: { Part: { type: 'object' } },
    securitySchemes: {
      who: {
        type: 'apiKey',
        name: 'Unused',
        in: 'header',
        'x-amazon-apigateway-authtype': 'custom',
        'x-amazon-apigateway-authorizer': {
          type: 'request',
          authorizerUri,
          authorizerResultTtlInSeconds: 60,
          identitySource: 'method.request.header.Authorization, context.httpMethod, context.resourcePath',
        },
      },
    },
  },
  'x-amazon-apigateway-gateway-responses': {
    UNAUTHORIZED: {
      statusCode: '401',
      responseParameters: { 'gatewayresponse.header.WWW-Authenticate': "'Bearer'" },
      responseTemplates: { 'application/json': '{}' },
    },
  },
  'x-amazon-apigateway-request-validators': {
    all: { validateRequestBody: true, validateRequestParameters: true },
  },
});

/** The good document with one member changed; `undefined` takes it away. */
function broken(path: readonly string[], value: unknown): JsonRecord {
  const whole = JSON.parse(JSON.stringify(good()));
  const last = path.at(-1) ?? '';
  const holder = path.slice(0, -1).reduce((at, name) => at[name], whole);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return whole;
}

describe('the checks of a body', () => {
  test('have nothing to say about a good one', () => expect(checkBody(good())).toEqual([]));

  const get = ['paths', '/things/{id}', 'get'];
  const integration = [...get, 'x-amazon-apigateway-integration'];
  const any = ['paths', '/things/{id}', 'x-amazon-apigateway-any-method'];
  const authorizer = ['components', 'securitySchemes', 'who', 'x-amazon-apigateway-authorizer'];
  const unauthorized = ['x-amazon-apigateway-gateway-responses', 'UNAUTHORIZED'];
  const method = open(proxy('/x'));
  const mistakes: readonly (readonly [string, readonly string[], unknown])[] = [
    ['a version that is not imported', ['openapi'], '3.1.0'],
    ['no version of the document', ['info'], { title: 'x' }],
    ['servers', ['servers'], [{ url: 'https://api.test' }]],
    ['security of the root', ['security'], [{ who: [] }]],
    ['an extension of gwc', ['x-gateway'], {}],
    ['an extension that does not exist', ['x-amazon-apigateway-gateway-response'], {}],
    ['a mixed segment', ['paths', '/files/{name}.json'], { get: method }],
    ['a segment outside the alphabet', ['paths', '/a b'], { get: method }],
    ['an empty segment', ['paths', '/a//b'], { get: method }],
    ['a greedy variable that is not the last', ['paths', '/{rest+}/x'], { get: method }],
    ['a path of checks of health', ['paths', '/ping'], { get: method }],
    ['siblings with variables of two names', ['paths', '/things/{thing}/x'], { get: method }],
    [
      'more resources than one API may have',
      ['paths'],
      Object.fromEntries(Array.from({ length: 301 }, (_, at) => [`/p${at}`, { get: method }])),
    ],
    ['parameters of a path', ['paths', '/things/{id}', 'parameters'], [id]],
    ['TRACE', ['paths', '/things/{id}', 'trace'], method],
    ['two operations of one id', ['paths', '/things/{id}/parts', 'post', 'operationId'], 'getThing'],
    ['an operation without security', [...get, 'security'], undefined],
    ['alternatives', [...get, 'security'], [{ who: [] }, {}]],
    ['a scheme that does not exist', [...get, 'security'], [{ whom: [] }]],
    ['an operation without integration', integration, undefined],
    ['an integration of no type', [...integration, 'type'], 'proxy'],
    ['an integration without method', [...integration, 'httpMethod'], undefined],
    ['an integration without scheme', [...integration, 'uri'], 'things.test/things/{id}'],
    ['an integration that waits too long', [...integration, 'timeoutInMillis'], 60_000],
    ['a private integration without link', [...integration, 'connectionType'], 'VPC_LINK'],
    ['a member of an integration that does not exist', [...integration, 'requestParameter'], {}],
    [
      'a mapping that is no text',
      [...integration, 'requestParameters', 'integration.request.header.X'],
      true,
    ],
    [
      'a mapping without quotation marks',
      [...integration, 'requestParameters', 'integration.request.header.X'],
      'value',
    ],
    [
      'a mapping that concatenates',
      [...integration, 'requestParameters', 'integration.request.header.X'],
      "'a' + context.requestId",
    ],
    [
      'a mapped header with a name outside the alphabet',
      [...integration, 'requestParameters', 'integration.request.header.X!'],
      "'a'",
    ],
    [
      'a mapping of an undeclared parameter',
      [...integration, 'requestParameters', 'integration.request.header.X'],
      'method.request.header.X',
    ],
    ['a variable of the URI without value', [...integration, 'requestParameters'], {}],
    ['a parameter that the path does not have', [...get, 'parameters'], [id, { ...id, name: 'other' }]],
    ['a validator that does not exist', [...get, 'x-amazon-apigateway-request-validator'], 'none'],
    ['a mock whose answer is not declared', [...any, 'responses'], { '200': { description: 'ok' } }],
    ['a mock with an undeclared header', [...any, 'responses', '405', 'headers'], {}],
    [
      'a mock without a status',
      [...any, 'x-amazon-apigateway-integration', 'requestTemplates'],
      { 'application/json': '{}' },
    ],
    ['a name of a model outside the alphabet', ['components', 'schemas', 'Foo:write'], {}],
    ['a reference to nothing', ['components', 'schemas', 'Other'], { $ref: '#/components/schemas/Nobody' }],
    ['a scheme of another type', ['components', 'securitySchemes', 'who', 'type'], 'http'],
    ['an authorizer that keeps too long', [...authorizer, 'authorizerResultTtlInSeconds'], 7200],
    ["an authorizer that keeps what is nobody's", [...authorizer, 'identitySource'], undefined],
    ['an identity source that does not exist', [...authorizer, 'identitySource'], 'method.request.path.id'],
    ['an authorizer without function', [...authorizer, 'authorizerUri'], undefined],
    ['a gateway response of no type', ['x-amazon-apigateway-gateway-responses', 'FORBIDDEN'], {}],
    ['a gateway response with a number', [...unauthorized, 'statusCode'], 401],
    [
      'a gateway response that concatenates',
      [...unauthorized, 'responseParameters', 'gatewayresponse.header.Location'],
      "'https://x?'context.path",
    ],
  ];
  test.each(mistakes)('notice %s', (_, path, value) => {
    expect(checkBody(broken(path, value))).not.toEqual([]);
  });
});
