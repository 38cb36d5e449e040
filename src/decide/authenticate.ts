import type { Authentication, Authenticator, Requirement } from '../model/authentication.ts';
import type { Gateway } from '../model/gateway.ts';
import { heldScopes } from '../policy/index.ts';
import { type Credential, type CredentialSource, presentedCredentials } from './credentials.ts';
import type { World } from './decision.ts';
import { identify } from './identify.ts';
import type { Identity, Judged } from './identity.ts';

/** How authentication ends (BEHAVIOUR.md R12, J28). `identities` are those of the winning alternative, in order. */
export type Authenticated =
  | { readonly kind: 'identified'; readonly identities: readonly Identity[] }
  | { readonly kind: 'public' | 'anonymous' }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'absent' }
  /** `bearer`: one of the presented credentials is a token. */
  | { readonly kind: 'invalid'; readonly bearer: boolean }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'insufficient'; readonly scopes: readonly string[] };

interface Presented {
  readonly authenticator: Authenticator;
  readonly credential: Credential;
}

/**
 * Evaluates the OR of ANDs from left to right; the first alternative that holds fixes the identities. Where none holds
 * but one might have, had a service answered, nobody is told that a credential is wrong (BEHAVIOUR.md R7).
 */
export function authenticate(
  asked: Authentication,
  { authenticators, consumers }: Pick<Gateway, 'authenticators' | 'consumers'>,
  source: CredentialSource,
  world: World,
): Authenticated {
  if (asked.kind === 'public') return { kind: 'public' };
  const names = new Set(asked.anyOf.flat().map((requirement) => requirement.authenticator));
  const listed = authenticators.filter(({ name }) => names.has(name));
  const found = listed.map((one) => presentedCredentials(one, source));
  if (found.some((credentials) => credentials.length > 1)) return { kind: 'ambiguous' };
  const presented = listed.flatMap((authenticator, index): readonly Presented[] =>
    (found[index] ?? []).map((credential) => ({ authenticator, credential })),
  );
  const judged = new Map(
    presented.map(({ authenticator, credential }) => [
      authenticator.name,
      identify(authenticator, credential, consumers, world),
    ]),
  );
  const outcomes = asked.anyOf.map((alternative) => judgeAlternative(alternative, judged));
  const decided = ['identified', 'unavailable', 'insufficient'].map((kind) =>
    outcomes.find((outcome) => outcome.kind === kind),
  );
  const first = decided.find((outcome) => outcome !== undefined);
  if (first !== undefined) return first;
  if (presented.length === 0) return { kind: asked.kind === 'optional' ? 'anonymous' : 'absent' };
  return { kind: 'invalid', bearer: presented.some(({ authenticator }) => takesTokens(authenticator)) };
}

/** Whether credentials of an authenticator are bearer tokens (RFC 6750). */
export function takesTokens({ kind }: Authenticator): boolean {
  return kind === 'jwt' || kind === 'introspection' || kind === 'external';
}

/** All credentials valid and all scopes held; else what the worst of them says. */
function judgeAlternative(
  alternative: readonly Requirement[],
  judged: ReadonlyMap<string, Judged>,
): Authenticated {
  const found = alternative.map(({ authenticator }) => judged.get(authenticator) ?? 'invalid');
  if (found.length === 0 || found.includes('invalid')) return { kind: 'invalid', bearer: false };
  const identities = found.filter((one) => typeof one !== 'string');
  if (identities.length < found.length) return { kind: 'unavailable' };
  if (alternative.every(({ scopes }, index) => holdsScopes(identities[index], scopes)))
    return { kind: 'identified', identities };
  return { kind: 'insufficient', scopes: [...new Set(alternative.flatMap(({ scopes }) => scopes))] };
}

function holdsScopes(identity: Identity | undefined, scopes: readonly string[]): boolean {
  if (identity === undefined) return false;
  if (scopes.length === 0) return true;
  const { authenticator, claims } = identity;
  const held = 'scopeClaims' in authenticator ? heldScopes(claims, authenticator.scopeClaims) : undefined;
  return scopes.every((scope) => held?.has(scope) === true);
}
