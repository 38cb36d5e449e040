import { authorizer } from './authorizer-schema.ts';
import { integration } from './integration-schema.ts';
import { closed, literal, name, named, request, status, text, texts, variable } from './schema-parts.ts';

const types = [
  'ACCESS_DENIED',
  'API_CONFIGURATION_ERROR',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AUTHORIZER_FAILURE',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'EXPIRED_TOKEN',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'REQUEST_TOO_LARGE',
  'RESOURCE_NOT_FOUND',
  'THROTTLED',
  'UNAUTHORIZED',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
];

const schema = { type: ['object', 'boolean'] };
const parameter = closed(
  {
    name: { type: 'string', pattern: `^${name}$` },
    in: { enum: ['path', 'query', 'header', 'cookie'] },
    required: { type: 'boolean' },
    description: { type: 'string' },
    schema,
  },
  ['name', 'in'],
);
const operation = closed(
  {
    operationId: text,
    summary: { type: 'string' },
    description: { type: 'string' },
    tags: { type: 'array', items: text },
    parameters: { type: 'array', items: parameter },
    requestBody: closed({
      description: { type: 'string' },
      required: { type: 'boolean' },
      content: { type: 'object', additionalProperties: closed({ schema }) },
    }),
    responses: {
      type: 'object',
      additionalProperties: false,
      patternProperties: {
        '^(?:[1-5][0-9]{2}|default)$': closed(
          {
            description: { type: 'string' },
            headers: named(`^${name}$`, closed({ schema })),
            content: { type: 'object', additionalProperties: closed({ schema }) },
          },
          ['description'],
        ),
      },
    },
    security: {
      type: 'array',
      items: { type: 'object', additionalProperties: { type: 'array', items: text } },
    },
    'x-amazon-apigateway-auth': closed({ type: { enum: ['AWS_IAM', 'NONE'] } }, ['type']),
    'x-amazon-apigateway-integration': integration,
    'x-amazon-apigateway-request-validator': text,
  },
  ['responses', 'security', 'x-amazon-apigateway-integration'],
);

/**
 * What the importer of REST APIs takes: the part of OpenAPI 3.0 that it reads, and every extension (API Gateway Developer
 * Guide, "OpenAPI extensions for API Gateway"; names of gateway responses by the API reference). JSON Schema draft 7.
 * Nothing else may be there: what the importer ignores, a reader would believe.
 */
export const bodySchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  ...closed(
    {
      openapi: { type: 'string', pattern: '^3\\.0\\.[0-3]$' },
      info: closed({ title: text, version: text, description: { type: 'string' } }, ['title', 'version']),
      paths: {
        type: 'object',
        additionalProperties: false,
        patternProperties: {
          '^/': closed({
            ...Object.fromEntries(
              ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'].map((method) => [
                method,
                operation,
              ]),
            ),
            'x-amazon-apigateway-any-method': operation,
          }),
        },
      },
      components: closed({
        schemas: { type: 'object', additionalProperties: schema },
        securitySchemes: named(
          '^[A-Za-z0-9._-]+$',
          closed(
            {
              type: { const: 'apiKey' },
              name: text,
              in: { const: 'header' },
              'x-amazon-apigateway-authtype': text,
              'x-amazon-apigateway-authorizer': authorizer,
            },
            ['type', 'name', 'in'],
          ),
        ),
      }),
      'x-amazon-apigateway-api-key-source': { enum: ['HEADER', 'AUTHORIZER'] },
      'x-amazon-apigateway-binary-media-types': { type: 'array', items: text },
      'x-amazon-apigateway-endpoint-access-mode': { enum: ['BASIC', 'STRICT'] },
      'x-amazon-apigateway-gateway-responses': closed(
        Object.fromEntries(
          types.map((type) => [
            type,
            closed({
              statusCode: status,
              responseParameters: named(`^gatewayresponse\\.header\\.${name}$`, {
                type: 'string',
                pattern: `^(?:${literal}|${variable}|${request})$`,
              }),
              responseTemplates: texts,
            }),
          ]),
        ),
      ),
      'x-amazon-apigateway-minimum-compression-size': { type: 'integer', minimum: 0, maximum: 10_485_760 },
      'x-amazon-apigateway-policy': { type: 'object' },
      'x-amazon-apigateway-request-validator': text,
      'x-amazon-apigateway-request-validators': {
        type: 'object',
        additionalProperties: closed(
          { validateRequestBody: { type: 'boolean' }, validateRequestParameters: { type: 'boolean' } },
          ['validateRequestBody', 'validateRequestParameters'],
        ),
      },
      'x-amazon-apigateway-security-policy': text,
    },
    ['openapi', 'info', 'paths'],
  ),
};
