import type { Decision } from './decision.ts';
import type { Refusal } from './parse-head.ts';

/** Names and values in the order in which they are sent. */
export type Headers = readonly (readonly [string, string])[];

/** An answer that the gateway makes itself: an RFC 9457 problem, never cached (BEHAVIOUR.md R9). */
export function problem(status: number, slug: string, reason: string, headers: Headers = []): Decision {
  return {
    status,
    alsoAllowed: [],
    problem: slug,
    headers: [['Content-Type', 'application/problem+json'], ['Cache-Control', 'no-store'], ...headers],
    forwarded: undefined,
    operation: undefined,
    reason,
  };
}

export function refused({ status, alsoAllowed, problem: slug }: Refusal): Decision {
  return allowing(problem(status, slug, slug), ...alsoAllowed);
}

/** A redirect has no problem body. */
export function redirect(
  status: 302 | 308,
  location: string,
  reason: string,
  headers: Headers = [],
): Decision {
  return {
    ...problem(status, '', reason),
    problem: undefined,
    headers: [['Location', location], ...headers],
  };
}

/** The same decision with other statuses that a server may answer instead. */
export function allowing(decision: Decision, ...statuses: readonly number[]): Decision {
  const also = new Set([...decision.alsoAllowed, ...statuses].filter((status) => status !== decision.status));
  return { ...decision, alsoAllowed: [...also].sort((a, b) => a - b) };
}

export function withHeaders(decision: Decision, headers: Headers): Decision {
  return { ...decision, headers: [...decision.headers, ...headers] };
}
