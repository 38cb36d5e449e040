import type { Operation } from '../../../src/model/gateway.ts';
import type { Facts } from '../engine/engine.ts';
import { sessionToken, userToken } from '../fixture.ts';

/** One request to one operation, and the verifier's answer. */
export interface DecisionCase {
  /** Rows of BEHAVIOUR.md. */
  readonly rows: string;
  readonly name: string;
  readonly operation: Operation;
  readonly facts: (now: number) => Facts;
  readonly status: number;
  readonly reason: string;
  /** Other headers of the answer; `undefined` for one that must be absent. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** Answers by name. */
const realm = 'Bearer realm="shop"';
export const bearer = (token: string): Facts => ({ authorization: `Bearer ${token}` });
export const user =
  (claims = {}) =>
  (now: number) =>
    bearer(userToken(now, claims));
export const together = (claims: object, sessionClaims: object) => (now: number) => ({
  ...bearer(userToken(now, { ...claims })),
  cookies: { session: sessionToken(now, { ...sessionClaims }) },
});
export const cookie =
  (claims: object = {}, more: Facts = {}) =>
  (now: number) => ({
    cookies: { session: sessionToken(now, { ...claims }) },
    ...more,
  });
export const unauthenticated = {
  status: 401,
  reason: 'no-credential',
  headers: { 'gwc-challenge': realm },
} as const;
export const invalid = {
  status: 401,
  reason: 'invalid-token',
  headers: { 'gwc-challenge': `${realm}, error="invalid_token"`, 'x-accel-expires': '1' },
} as const;
export const denied = {
  status: 403,
  reason: 'policy',
  headers: { 'gwc-challenge': `${realm}, error="insufficient_scope"`, 'x-accel-expires': '1' },
} as const;
export const lacks = (scope: string) =>
  ({
    status: 403,
    reason: 'insufficient-scope',
    headers: { 'gwc-challenge': `${realm}, error="insufficient_scope", scope="${scope}"` },
  }) as const;
export const ambiguous = {
  status: 403,
  reason: 'ambiguous-credential',
  headers: { 'gwc-status': '400', 'x-accel-expires': '0', 'gwc-challenge': undefined },
} as const;
export const passes = { status: 204, reason: 'ok' } as const;
export const crossSite = { status: 403, reason: 'cross-site' } as const;
