import type { Plan } from '../plan.ts';
import { jsonBody } from '../token/json.ts';
import { text, variable } from '../token.ts';

/** An RFC 9457 body of the gateway (BEHAVIOUR.md R9). */
function problem(slug: string, status: number, title: string) {
  return jsonBody({
    members: [
      ['type', `urn:gwc:${slug}`],
      ['title', title],
      ['status', status],
      ['instance', { pieces: [text('urn:uuid:'), variable('gw_request_id')] }],
    ],
  });
}

/** The body of every problem that nginx itself can answer with. */
export const problems = {
  badRequest: problem('bad-request', 400, 'Bad Request'),
  badTarget: problem('bad-request-target', 400, 'Bad Request'),
  unauthenticated: problem('unauthenticated', 401, 'Unauthorized'),
  forbidden: problem('forbidden', 403, 'Forbidden'),
  notFound: problem('not-found', 404, 'Not Found'),
  methodNotAllowed: problem('method-not-allowed', 405, 'Method Not Allowed'),
  requestTimeout: problem('request-timeout', 408, 'Request Timeout'),
  bodyTooLarge: problem('body-too-large', 413, 'Content Too Large'),
  targetTooLong: problem('target-too-long', 414, 'URI Too Long'),
  misdirected: problem('misdirected-request', 421, 'Misdirected Request'),
  tooManyRequests: problem('too-many-requests', 429, 'Too Many Requests'),
  headersTooLarge: problem('headers-too-large', 431, 'Request Header Fields Too Large'),
  internalError: problem('internal-error', 500, 'Internal Server Error'),
  notImplemented: problem('not-implemented', 501, 'Not Implemented'),
  badGateway: problem('bad-gateway', 502, 'Bad Gateway'),
  unavailable: problem('unavailable', 503, 'Service Unavailable'),
  gatewayTimeout: problem('gateway-timeout', 504, 'Gateway Timeout'),
};

export type ProblemsView = ReturnType<typeof problemsView>;
export type NoOperationsView = ReturnType<typeof noOperationsView>;

/** The pages of every problem, for each server. */
export function problemsView({ pages }: Plan) {
  return { ...problems, logins: pages.length > 0 };
}

/** The page of 405 where there are no operations, and so no methods to name. */
export function noOperationsView() {
  return { methodNotAllowed: problems.methodNotAllowed };
}
