import { type Problem, problems, problemTemplate } from '../problems.ts';
import type { Json } from '../template/cloudformation.ts';

/** What the gateway responses of one REST API say beyond constants. */
export interface GatewayResponseFacts {
  /** `max-age` of Strict-Transport-Security, in seconds. */
  readonly hstsSeconds: number;
  /** WWW-Authenticate of 401: one for each HTTP scheme of the API. */
  readonly challenges: readonly string[];
  /** Where every caller without a valid credential is sent instead of 401. */
  readonly login: string | undefined;
  /** What a distribution is told in place of 401, which it answers itself. */
  readonly unauthenticated: ReadonlyMap<string, string> | undefined;
  /** Requests without IAM credentials and unknown paths are one type; where IAM is used it cannot say 404. */
  readonly signed: boolean;
  /** `Access-Control-Allow-Origin` and the like, for answers that the gateway makes. */
  readonly cors: ReadonlyMap<string, string>;
}

interface Answer {
  readonly problem: Problem;
  /** Header → expression; literals in single quotes. */
  readonly headers?: ReadonlyMap<string, string>;
  /** A status that differs from the problem's own: a redirect. */
  readonly status?: number;
}

/**
 * `x-amazon-apigateway-gateway-responses`: every one of the types that API Gateway has, so that none of its own texts
 * reaches a client (Developer Guide, "Gateway response types for API Gateway").
 */
export function gatewayResponses(facts: GatewayResponseFacts): Json {
  const answers: Readonly<Record<string, Answer>> = {
    ACCESS_DENIED: {
      problem: problems.forbidden,
      headers: new Map([['WWW-Authenticate', 'context.authorizer.challenge']]),
    },
    API_CONFIGURATION_ERROR: { problem: problems.badGateway },
    AUTHORIZER_CONFIGURATION_ERROR: { problem: problems.unavailable, headers: retryAfter(30) },
    AUTHORIZER_FAILURE: { problem: problems.unavailable, headers: retryAfter(30) },
    BAD_REQUEST_BODY: { problem: problems.badRequest },
    BAD_REQUEST_PARAMETERS: { problem: problems.badRequest },
    DEFAULT_4XX: { problem: problems.badRequest },
    DEFAULT_5XX: { problem: problems.internalError },
    EXPIRED_TOKEN: unauthenticated(facts),
    INTEGRATION_FAILURE: { problem: problems.badGateway },
    INTEGRATION_TIMEOUT: { problem: problems.gatewayTimeout },
    INVALID_API_KEY: unauthenticated(facts),
    INVALID_SIGNATURE: unauthenticated(facts),
    MISSING_AUTHENTICATION_TOKEN: facts.signed ? unauthenticated(facts) : { problem: problems.notFound },
    QUOTA_EXCEEDED: { problem: problems.tooManyRequests, headers: retryAfter(3600) },
    REQUEST_TOO_LARGE: { problem: problems.bodyTooLarge },
    RESOURCE_NOT_FOUND: { problem: problems.notFound },
    THROTTLED: { problem: problems.tooManyRequests, headers: retryAfter(1) },
    UNAUTHORIZED: unauthenticated(facts),
    // Only a mock looks at the type of a body, and every mock with a body is a method that the path does not have.
    UNSUPPORTED_MEDIA_TYPE: { problem: problems.methodNotAllowed },
    WAF_FILTERED: { problem: problems.forbidden },
  };
  return Object.fromEntries(Object.entries(answers).map(([type, answer]) => [type, response(answer, facts)]));
}

function unauthenticated({ challenges, login, unauthenticated: told }: GatewayResponseFacts): Answer {
  if (told !== undefined) return { problem: problems.unauthenticated, status: 302, headers: told };
  if (login !== undefined) {
    return { problem: problems.unauthenticated, status: 302, headers: new Map([['Location', `'${login}'`]]) };
  }
  const text = challenges.join(', ');
  return {
    problem: problems.unauthenticated,
    headers: text === '' ? new Map() : new Map([['WWW-Authenticate', `'${text}'`]]),
  };
}

function response({ problem, headers = new Map(), status }: Answer, facts: GatewayResponseFacts): Json {
  const all = new Map([
    ...headers,
    ...facts.cors,
    ['Cache-Control', "'no-store'"],
    ['Content-Type', "'application/problem+json'"],
    ['Strict-Transport-Security', `'max-age=${facts.hstsSeconds}'`],
  ]);
  return {
    statusCode: String(status ?? problem.status),
    responseParameters: Object.fromEntries(
      [...all]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, expression]) => [`gatewayresponse.header.${name}`, expression]),
    ),
    responseTemplates: { 'application/json': problemTemplate(problem) },
  };
}

function retryAfter(seconds: number): ReadonlyMap<string, string> {
  return new Map([['Retry-After', `'${seconds}'`]]);
}
