import type { Decision } from '../../src/decide/decision.ts';
import { decide } from '../../src/decide/index.ts';
import type { Authentication, Authenticator } from '../../src/model/authentication.ts';
import type { OperationFeatures } from '../../src/model/gateway.ts';
import { request } from '../support/arrival.ts';
import {
  anyOf,
  authenticator,
  gateway,
  operation,
  route,
  site,
  sourced,
  verificationKey,
} from '../support/model.ts';
import { type Claims, mint, signingKey } from '../support/tokens.ts';

/** Two authenticators, tokens for them, and one request to an operation that asks for something of them. */
export const now = 1_800_000_000;
const userKey = signingKey('ES256', 'user-key');
const sessionKey = signingKey('ES256', 'session-key');
export const user = authenticator('user', {
  keys: sourced([verificationKey(userKey)]),
  forward: [
    { header: 'X-User-Id', fact: { kind: 'claim', claim: ['sub'] } },
    { header: 'X-Roles', fact: { kind: 'claim', claim: ['roles'] } },
  ],
});
export const sessionAuthenticator = authenticator('session', {
  issuer: sourced('https://session.test/'),
  from: sourced([{ kind: 'cookie', name: 'sid' }]),
  keys: sourced([verificationKey(sessionKey)]),
  forward: [{ header: 'X-Session', fact: { kind: 'claim', claim: ['sub'] } }],
  stripToken: true,
});
export const token = (claims: Claims = {}): string =>
  mint({ iss: 'https://id.test/', aud: 'api', exp: now + 60, sub: 'alice', ...claims }, { key: userKey });
export const sid = (claims: Claims = {}): string =>
  mint(
    { iss: 'https://session.test/', aud: 'api', exp: now + 60, sub: 's1', ...claims },
    { key: sessionKey },
  );
export const bearer = (value = token()): string => `Authorization: Bearer ${value}`;
export const cookie = (value = sid()): string => `Cookie: a=b; sid=${value}; c=d`;

interface Setting extends Partial<OperationFeatures> {
  readonly authenticators?: readonly Authenticator[];
  readonly method?: string;
}
export const ask = (
  authentication: Authentication,
  headers: readonly string[],
  setting: Setting = {},
): Decision => {
  const { authenticators = [user, sessionAuthenticator], method = 'GET', ...features } = setting;
  const served = operation(method, { id: 'served', authentication: sourced(authentication), ...features });
  const model = gateway({ authenticators, sites: [site([route('/a/{id}', [served])])] });
  return decide(model, request(`${method} /a/alice?x=1`, headers), { now });
};
export const challengeOf = (decision: Decision): string | undefined =>
  decision.headers.find(([name]) => name === 'WWW-Authenticate')?.[1];
export const received = (decision: Decision): Readonly<Record<string, string>> =>
  Object.fromEntries(decision.forwarded?.headers ?? []);

/** One or the other. */
export const either = anyOf([
  [{ authenticator: 'user', scopes: [] }],
  [{ authenticator: 'session', scopes: [] }],
]);
