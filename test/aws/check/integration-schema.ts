import {
  answerValue,
  closed,
  handling,
  implies,
  name,
  named,
  requestValue,
  status,
  text,
  texts,
} from './schema-parts.ts';

/** Milliseconds; the upper end can be raised for an account. */
const timeout = { type: 'integer', minimum: 50, maximum: 29_000 };

/** DG, "x-amazon-apigateway-integration object". */
export const integration = {
  ...closed(
    {
      type: { enum: ['http', 'http_proxy', 'aws', 'aws_proxy', 'mock'] },
      httpMethod: { enum: ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'ANY'] },
      uri: text,
      requestParameters: named(
        `^integration\\.request\\.(?:path|querystring|header)\\.${name}$`,
        requestValue,
      ),
      requestTemplates: texts,
      passthroughBehavior: { enum: ['when_no_match', 'when_no_templates', 'never'] },
      timeoutInMillis: timeout,
      connectionType: { enum: ['INTERNET', 'VPC_LINK'] },
      connectionId: text,
      integrationTarget: text,
      responseTransferMode: { enum: ['BUFFERED', 'STREAM'] },
      cacheKeyParameters: {
        type: 'array',
        items: { type: 'string', pattern: `^method\\.request\\.(?:path|querystring|header)\\.${name}$` },
      },
      cacheNamespace: text,
      contentHandling: handling,
      credentials: text,
      responses: {
        type: 'object',
        additionalProperties: closed(
          {
            statusCode: status,
            responseParameters: named(`^method\\.response\\.header\\.${name}$`, answerValue),
            responseTemplates: texts,
            contentHandling: handling,
          },
          ['statusCode'],
        ),
      },
      tlsConfig: closed({ insecureSkipVerification: { type: 'boolean' }, serverNameToVerify: text }),
    },
    ['type'],
  ),
  allOf: [
    implies({ properties: { type: { not: { const: 'mock' } } } }, { required: ['httpMethod', 'uri'] }),
    implies(
      { properties: { type: { pattern: '^http' } } },
      { properties: { uri: { pattern: '^https?://.' } } },
    ),
    implies(
      { properties: { type: { const: 'aws_proxy' } } },
      {
        properties: { httpMethod: { const: 'POST' }, uri: { pattern: ':lambda:path/2015-03-31/functions/' } },
      },
    ),
    implies(
      { properties: { connectionType: { const: 'VPC_LINK' } }, required: ['connectionType'] },
      { required: ['connectionId'] },
    ),
  ],
};
