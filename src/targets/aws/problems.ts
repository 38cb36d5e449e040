/** An RFC 9457 body of the gateway (BEHAVIOUR.md R9): the same slugs and titles on every target. */
export interface Problem {
  readonly slug: string;
  readonly status: number;
  readonly title: string;
}

export const problems = {
  badRequest: { slug: 'bad-request', status: 400, title: 'Bad Request' },
  badTarget: { slug: 'bad-request-target', status: 400, title: 'Bad Request' },
  unauthenticated: { slug: 'unauthenticated', status: 401, title: 'Unauthorized' },
  forbidden: { slug: 'forbidden', status: 403, title: 'Forbidden' },
  notFound: { slug: 'not-found', status: 404, title: 'Not Found' },
  methodNotAllowed: { slug: 'method-not-allowed', status: 405, title: 'Method Not Allowed' },
  bodyTooLarge: { slug: 'body-too-large', status: 413, title: 'Content Too Large' },
  misdirected: { slug: 'misdirected-request', status: 421, title: 'Misdirected Request' },
  tooManyRequests: { slug: 'too-many-requests', status: 429, title: 'Too Many Requests' },
  internalError: { slug: 'internal-error', status: 500, title: 'Internal Server Error' },
  badGateway: { slug: 'bad-gateway', status: 502, title: 'Bad Gateway' },
  unavailable: { slug: 'unavailable', status: 503, title: 'Service Unavailable' },
  gatewayTimeout: { slug: 'gateway-timeout', status: 504, title: 'Gateway Timeout' },
} as const satisfies Readonly<Record<string, Problem>>;

/**
 * The body as a template of a gateway response or a mock: `$context.requestId` is the only variable (API Gateway
 * Developer Guide, "Set up a gateway response": plain substitution, no VTL).
 */
export function problemTemplate({ slug, status, title }: Problem): string {
  return `{"type":"urn:gwc:${slug}","title":"${title}","status":${status},"instance":"urn:uuid:$context.requestId"}`;
}
