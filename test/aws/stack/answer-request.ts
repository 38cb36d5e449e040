import { checkApiKey, type Quotas } from './api-keys.ts';
import { type AuthorizationOutside, authorizeByFunction } from './authorize.ts';
import { callBackend, type Hosts } from './call-backend.ts';
import type { LoadedStack } from './deployed.ts';
import { type Answer, type Exchange, GatewayFailure } from './exchange.ts';
import { gatewayResponse } from './gateway-responses.ts';
import { callFunction } from './lambda-integration.ts';
import { matchResource } from './match-resource.ts';
import { answerMock } from './mock-integration.ts';
import { evaluatePolicy } from './policy.ts';
import { proxiedRequest } from './proxied-request.ts';
import { throttle } from './throttle.ts';
import type { TokenBuckets } from './token-buckets.ts';
import { validateRequest } from './validate-request.ts';
import { filterByWaf, type RateCounts } from './waf.ts';

/** What requests have in common: memory of the gateway and what is outside of it. */
export interface Surroundings extends AuthorizationOutside {
  readonly stack: LoadedStack;
  readonly hosts: Hosts;
  readonly buckets: TokenBuckets;
  readonly quotas: Quotas;
  readonly rates: RateCounts;
  /** Who a request is that is signed with IAM credentials or carries a token of Cognito; nobody by default. */
  readonly identified?: (
    exchange: Exchange,
    kind: 'AWS_IAM' | 'COGNITO',
  ) => Readonly<Record<string, string>> | undefined;
}

/** The largest payload of a request (API Gateway Developer Guide, "Quotas"). */
const largestBody = 10 * 1024 * 1024;

/**
 * One request through the gateway: web ACL, resource policy, resource and method, authorizer, key and plan, throttles,
 * validation, integration (API Gateway Developer Guide, "How API Gateway resource policies affect authorization workflow"
 * for the first ones; the order of the later ones is assumed). Every failure becomes a gateway response.
 */
export async function answerRequest(exchange: Exchange, around: Surroundings): Promise<Answer> {
  try {
    return await answered(exchange, around);
  } catch (error) {
    if (!(error instanceof GatewayFailure)) throw error;
    const { more, responseType, said } = error;
    exchange.error = { responseType, message: said, ...more };
    return gatewayResponse(exchange, around.readings);
  }
}

async function answered(exchange: Exchange, around: Surroundings): Promise<Answer> {
  const { deployed, request } = exchange;
  const { webAcl } = deployed.stage;
  if (request.body.length > largestBody) throw new GatewayFailure('REQUEST_TOO_LARGE', 'Request too long');
  const verdict = webAcl === undefined ? undefined : filterByWaf(webAcl, exchange, around.rates);
  if (verdict?.kind === 'block') {
    if (verdict.answer !== undefined) return verdict.answer;
    throw new GatewayFailure('WAF_FILTERED', 'Forbidden');
  }
  checkResourcePolicy(exchange, around);
  const match = matchResource(
    deployed.api.root,
    exchange.resourceRequestPath,
    request.method,
    around.readings,
  );
  if (match === undefined)
    throw new GatewayFailure('MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token');
  exchange.method = match.method;
  exchange.parameters = match.parameters;
  const keyOfAuthorizer = await authorize(exchange, around);
  const plan = checkApiKey(exchange, around.stack.usagePlans, around.quotas, keyOfAuthorizer);
  throttle(exchange, plan, around.buckets);
  validateRequest(exchange);
  return integrate(exchange, around);
}

/**
 * API Gateway Developer Guide, "How API Gateway resource policies affect authorization workflow": with a Lambda authorizer
 * or none, a request that the policy does not allow is refused before the authorizer.
 */
function checkResourcePolicy(exchange: Exchange, { executeApi }: Surroundings): void {
  const { deployed, request, resourceRequestPath } = exchange;
  const { policy } = deployed.api;
  if (policy === undefined) return;
  const path = `${deployed.api.id}/${deployed.stage.name}/${request.method}${resourceRequestPath}`;
  const full = JSON.parse(
    JSON.stringify(policy).replaceAll('"execute-api:/', `"${executeApi}:${deployed.api.id}/`),
  );
  const result = evaluatePolicy(full, {
    action: 'execute-api:Invoke',
    resource: `${executeApi}:${path}`,
    keys: { 'aws:sourceip': request.sourceIp, 'aws:sourcevpce': undefined, 'aws:sourcevpc': undefined },
  });
  if (result !== 'allowed')
    throw new GatewayFailure(
      'ACCESS_DENIED',
      'User: anonymous is not authorized to perform: execute-api:Invoke',
    );
}

/** The key that the authorizer names, where there is one. */
async function authorize(exchange: Exchange, around: Surroundings): Promise<string | undefined> {
  const authorization = exchange.method?.authorization ?? { kind: 'NONE' };
  switch (authorization.kind) {
    case 'NONE':
      return undefined;
    case 'CUSTOM': {
      const authorizer = exchange.deployed.api.authorizers.get(authorization.authorizer);
      if (authorizer === undefined) throw new Error(`no authorizer ${authorization.authorizer}`);
      return (await authorizeByFunction(authorizer, exchange, around)).usageIdentifierKey;
    }
    default: {
      const identity = around.identified?.(exchange, authorization.kind);
      const missing = authorization.kind === 'AWS_IAM' ? 'MISSING_AUTHENTICATION_TOKEN' : 'UNAUTHORIZED';
      if (identity === undefined) throw new GatewayFailure(missing, 'Missing Authentication Token');
      exchange.authorizer = identity;
      return undefined;
    }
  }
}

function integrate(exchange: Exchange, around: Surroundings): Answer | Promise<Answer> {
  const integration = exchange.method?.integration;
  switch (integration?.type) {
    case 'http_proxy': {
      const { hosts, readings } = around;
      const request = proxiedRequest(integration, exchange, readings);
      return callBackend(request, hosts, integration.timeoutInMillis, exchange);
    }
    case 'mock':
      return answerMock(integration, exchange, around.readings);
    case 'aws_proxy':
      return callFunction(integration, exchange, around);
    default:
      throw new Error(`an integration of type ${integration?.type} is not interpreted`);
  }
}
