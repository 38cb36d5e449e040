import { createHash } from 'node:crypto';

import { hasDistribution } from '../edge/has-distribution.ts';
import { unauthenticatedHeaders } from '../edge/names.ts';
import { problems } from '../problems.ts';
import type { Json } from '../template/cloudformation.ts';
import type { ApiBodyPlan, BodyOperation, BodyPlan } from './body-plan.ts';
import { cacheKeyParameters } from './cache-key.ts';
import { preflightMethod } from './cors-method.ts';
import { type GatewayResponseFacts, gatewayResponses } from './gateway-responses.ts';
import { mockHeaders, mockResponses, problemMethod } from './mock-method.ts';
import { operationIntegration } from './operation-integration.ts';
import type { BodyReferences } from './references.ts';
import { securityOf, securitySchemes } from './security-schemes.ts';

/**
 * The document that API Gateway imports: OpenAPI 3.0.1 with its extensions, nothing else of the documents of a gateway.
 * Keys are sorted where their order says nothing, so that equal gateways give equal bytes.
 */
export function openApiBody(plan: BodyPlan, api: ApiBodyPlan, references: BodyReferences): Json {
  const byPath = new Map<string, BodyOperation[]>();
  for (const one of api.operations) {
    const path = byPath.get(one.resourcePath) ?? [];
    path.push(one);
    byPath.set(one.resourcePath, path);
  }
  const paths = [...byPath].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    openapi: '3.0.1',
    info: { title: plan.gateway.name, version: plan.gateway.documents[0]?.version ?? '1' },
    paths: Object.fromEntries(
      paths.map(([path, planned]) => [path, pathItem(planned, plan, api, references)]),
    ),
    components: { securitySchemes: securitySchemes(api, references.authorizer) },
    'x-amazon-apigateway-binary-media-types': ['*/*'],
    ...(api.operations.some((one) => requiredParameters(one).length > 0)
      ? {
          'x-amazon-apigateway-request-validators': {
            [parameterValidator]: { validateRequestBody: false, validateRequestParameters: true },
          },
        }
      : {}),
    'x-amazon-apigateway-gateway-responses': gatewayResponses(responseFacts(plan, api)),
  };
}

/** Ten hexadecimal digits of everything that must make a new deployment. */
export function fingerprint(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 10);
}

function pathItem(
  planned: readonly BodyOperation[],
  plan: BodyPlan,
  api: ApiBodyPlan,
  references: BodyReferences,
): Json {
  const methods = planned.flatMap((one) =>
    one.methods.map(
      (method) => [method.toLowerCase(), methodObject(method, one, plan, api, references)] as const,
    ),
  );
  const names = planned.flatMap((one) => one.methods);
  const shared = planned.flatMap(({ operation: { method }, parts: { cors } }) =>
    cors === undefined ? [] : [{ method, cors }],
  );
  const preflight = shared.length > 0 && !names.includes('OPTIONS');
  const allow = new Map([
    ['Allow', [...names, ...(preflight ? ['OPTIONS'] : [])].sort().join(', ')],
    ['Cache-Control', 'no-store'],
    ['Strict-Transport-Security', `max-age=${plan.gateway.tls.hstsSeconds.value}`],
  ]);
  return {
    ...Object.fromEntries(methods.sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(preflight ? { options: preflightMethod(shared, allow) } : {}),
    'x-amazon-apigateway-any-method': problemMethod(problems.methodNotAllowed, allow),
  };
}

function methodObject(
  method: string,
  planned: BodyOperation,
  plan: BodyPlan,
  api: ApiBodyPlan,
  references: BodyReferences,
): Json {
  const { operation, parts } = planned;
  const parameters = parametersOf(planned, plan);
  return {
    // HEAD is the same operation (RFC 9110 §9.3.2), and the id of an operation is unique.
    ...(method === operation.method ? { operationId: operation.id } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    responses:
      parts.mock === undefined
        ? { '200': { description: 'The answer of the back end' } }
        : mockResponses(parts.mock.status, mockHeaders(parts.mock)),
    ...securityOf(planned),
    ...(requiredParameters(planned).length === 0
      ? {}
      : { 'x-amazon-apigateway-request-validator': parameterValidator }),
    'x-amazon-apigateway-integration': operationIntegration(method, planned, plan, api, references),
  };
}

/** What mappings and cache keys name must be declared: variables of the path, and what an answer is cached by. */
function parametersOf(planned: BodyOperation, { gateway }: BodyPlan): readonly Json[] {
  const variables = planned.placed.variables.flatMap((name) => name ?? []);
  const keys = cacheKeyParameters(planned, gateway).flatMap((key) => {
    const [, kind, name] = /^method\.request\.(querystring|header)\.(.+)$/.exec(key) ?? [];
    return kind === undefined || name === undefined
      ? []
      : [{ kind: kind === 'header' ? 'header' : 'query', name }];
  });
  const schema = { type: 'string' };
  const required = requiredParameters(planned);
  const named = new Set(required.map((one) => `${one.in} ${one.name}`));
  return [
    ...variables.map((name) => ({ name, in: 'path', required: true, schema })),
    ...required.map((one) => ({ name: one.name, in: one.in, required: true, schema })),
    ...keys
      .filter(({ kind, name }) => !named.has(`${kind} ${name}`))
      .map(({ kind, name }) => ({ name, in: kind, required: false, schema })),
  ];
}

/** What a request must have; API Gateway looks at nothing else of it. */
function requiredParameters({ parts: { validation } }: BodyOperation) {
  if (validation?.params !== 'enforce') return [];
  return validation.parameters.filter((one) => one.required && (one.in === 'query' || one.in === 'header'));
}

const parameterValidator = 'parameters';

function responseFacts({ gateway }: BodyPlan, api: ApiBodyPlan): GatewayResponseFacts {
  return {
    hstsSeconds: gateway.tls.hstsSeconds.value,
    challenges: api.challenges,
    login: api.login,
    unauthenticated: hasDistribution(gateway) ? unauthenticatedHeaders(api.suffix) : undefined,
    signed: api.operations.some(({ guard }) => guard?.kind === 'signature'),
    cors: new Map(),
  };
}
