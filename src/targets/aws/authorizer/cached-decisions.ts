import type { Authenticator, CredentialPlace } from '../../../model/authentication.ts';
import type { CallerData } from './authorizer-data.ts';
import type { Protected } from './caller-data.ts';
import { requestFacts } from './policy-data.ts';

/** How API Gateway is asked to keep the decisions of a guard. */
export interface Caching {
  /** 0 asks for each request. */
  readonly ttlSeconds: number;
  /** What the key of kept decisions holds besides method and resource. */
  readonly keyed: readonly KeyPart[];
}

/** A request header by its name as the document writes it, or the concrete path. */
export type KeyPart = { readonly kind: 'header'; readonly name: string } | { readonly kind: 'path' };

/** Longest time that a decision may be kept, in seconds (BEHAVIOUR.md J25). */
const longest = 300;
/** The users file may change at any time. */
const usersSeconds = 60;

export const uncached: Caching = { ttlSeconds: 0, keyed: [] };

/**
 * Decisions about callers are kept only where the key can hold everything that they rest on: one credential, in a header
 * that every caller must send, and what method, resource and path tell. Parts of the key that are missing make API Gateway
 * answer 401 by itself, so optional authentication has no key (API Gateway Developer Guide, "Use API Gateway Lambda
 * authorizers"). `usesPath`: the path of a request takes part in the decision.
 */
export function callerCaching(
  asked: Protected,
  authenticators: readonly Authenticator[],
  { policies }: CallerData,
  usesPath: boolean,
): Caching {
  const [place, ...others] = placesOf(authenticators);
  if (asked.kind === 'optional' || place?.kind !== 'header' || others.length > 0) return uncached;
  if (policies.flatMap(requestFacts).some((fact) => fact !== 'path')) return uncached;
  const ttlSeconds = Math.min(...authenticators.map(keptSeconds));
  if (ttlSeconds <= 0) return uncached;
  return { ttlSeconds, keyed: [{ kind: 'header', name: place.name }, ...pathPart(usesPath)] };
}

/** Decisions that rest on nothing but the path. */
export function pathCaching(): Caching {
  return { ttlSeconds: longest, keyed: pathPart(true) };
}

function pathPart(usesPath: boolean): readonly KeyPart[] {
  return usesPath ? [{ kind: 'path' }] : [];
}

type PlaceOfAny = CredentialPlace | { readonly kind: 'certificate'; readonly name: '' };

/** Each place once. */
function placesOf(authenticators: readonly Authenticator[]): readonly PlaceOfAny[] {
  const places = authenticators.flatMap((one): readonly PlaceOfAny[] =>
    one.kind === 'certificate' ? [{ kind: 'certificate', name: '' }] : one.from.value,
  );
  return [...new Map(places.map((one) => [`${one.kind} ${one.name.toLowerCase()}`, one])).values()];
}

/**
 * A token is accepted for so long only as it holds for the whole time (`ttlSeconds` of the guard): the skew is what a
 * caller would not miss. What services say is kept by the authorizer itself, whose times are theirs.
 */
function keptSeconds(authenticator: Authenticator): number {
  switch (authenticator.kind) {
    case 'jwt':
      return Math.min(Math.floor(authenticator.clockSkewSeconds.value), longest);
    case 'api-key':
      return longest;
    case 'basic':
      return usersSeconds;
    case 'certificate':
    case 'introspection':
    case 'external':
    case 'sigv4':
      return 0;
  }
}
