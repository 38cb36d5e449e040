import { closed, implies, name, text, variable } from './schema-parts.ts';

/** DG, "x-amazon-apigateway-authorizer object". */
export const authorizer = {
  ...closed(
    {
      type: { enum: ['token', 'request', 'cognito_user_pools'] },
      authorizerUri: { type: 'string', pattern: ':lambda:path/2015-03-31/functions/.+/invocations$' },
      authorizerCredentials: { type: 'string' },
      authorizerResultTtlInSeconds: { type: 'integer', minimum: 0, maximum: 3600 },
      identitySource: {
        type: 'string',
        pattern: `^(?:${variable}|method\\.request\\.(?:header|querystring)\\.${name})(?:, ?(?:${variable}|method\\.request\\.(?:header|querystring)\\.${name}))*$`,
      },
      identityValidationExpression: text,
      providerARNs: { type: 'array', items: text, minItems: 1 },
    },
    ['type'],
  ),
  allOf: [
    implies({ properties: { type: { const: 'cognito_user_pools' } } }, { required: ['providerARNs'] }),
    implies({ properties: { type: { enum: ['request', 'token'] } } }, { required: ['authorizerUri'] }),
    // What is kept is kept by what identifies the caller.
    implies(
      { properties: { type: { const: 'request' } } },
      {
        anyOf: [
          { required: ['identitySource'] },
          {
            properties: { authorizerResultTtlInSeconds: { const: 0 } },
            required: ['authorizerResultTtlInSeconds'],
          },
        ],
      },
    ),
  ],
};
