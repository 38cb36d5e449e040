import type { Authentication, Authenticator, Requirement } from '../model/authentication.ts';
import { heldScopes, type JsonObject } from '../policy/index.ts';
import { type Credential, presentedCredentials } from './credentials.ts';
import type { FieldLine } from './parse-head.ts';
import { verifyToken } from './verify-token.ts';

/** One verified credential. */
export interface Identity {
  readonly authenticator: Authenticator;
  readonly claims: JsonObject;
  readonly credential: Credential;
}

/** How authentication ends (BEHAVIOUR.md R12, J28). `identities` are those of the winning alternative, in order. */
export type Authenticated =
  | { readonly kind: 'identified'; readonly identities: readonly Identity[] }
  | { readonly kind: 'public' | 'anonymous' }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'insufficient'; readonly scopes: readonly string[] };

/** Evaluates the OR of ANDs from left to right; the first alternative that holds fixes the identity. */
export function authenticate(
  asked: Authentication,
  authenticators: readonly Authenticator[],
  fields: readonly FieldLine[],
  now: number,
): Authenticated {
  if (asked.kind === 'public') return { kind: 'public' };
  const names = new Set(asked.anyOf.flat().map((requirement) => requirement.authenticator));
  const listed = authenticators.filter(({ name }) => names.has(name));
  const presented = listed.map((one) => ({
    authenticator: one,
    credentials: presentedCredentials(one, fields),
  }));
  if (presented.some(({ credentials }) => credentials.length > 1)) return { kind: 'ambiguous' };
  const identities = new Map(
    presented.flatMap(({ authenticator, credentials: [credential] }) => {
      const identity = identify(authenticator, credential, now);
      return identity === undefined ? [] : [[authenticator.name, identity] as const];
    }),
  );
  const outcomes = asked.anyOf.map((alternative) => judgeAlternative(alternative, identities));
  const decided =
    outcomes.find(({ kind }) => kind === 'identified') ??
    outcomes.find(({ kind }) => kind === 'insufficient');
  if (decided !== undefined) return decided;
  if (presented.some(({ credentials }) => credentials.length > 0)) return { kind: 'invalid' };
  return { kind: asked.kind === 'optional' ? 'anonymous' : 'absent' };
}

function identify(
  authenticator: Authenticator,
  credential: Credential | undefined,
  now: number,
): Identity | undefined {
  if (credential?.token === undefined || authenticator.kind !== 'jwt') return undefined;
  const claims = verifyToken(credential.token, authenticator, now);
  return claims === undefined ? undefined : { authenticator, claims, credential };
}

/** All credentials valid and all scopes held; else insufficient when only scopes are lacking. */
function judgeAlternative(
  alternative: readonly Requirement[],
  identities: ReadonlyMap<string, Identity>,
): Authenticated {
  const held = alternative.map((requirement) => identities.get(requirement.authenticator));
  if (held.length === 0 || !held.every((identity) => identity !== undefined)) return { kind: 'invalid' };
  const enough = alternative.every(({ scopes }, index) => holdsScopes(held[index], scopes));
  if (enough) return { kind: 'identified', identities: held };
  return { kind: 'insufficient', scopes: [...new Set(alternative.flatMap(({ scopes }) => scopes))] };
}

function holdsScopes(identity: Identity | undefined, scopes: readonly string[]): boolean {
  if (identity === undefined) return false;
  if (scopes.length === 0) return true;
  const { authenticator, claims } = identity;
  const held = 'scopeClaims' in authenticator ? heldScopes(claims, authenticator.scopeClaims) : undefined;
  return scopes.every((scope) => held?.has(scope) === true);
}
