import type { Authenticator, Consumer } from '../model/authentication.ts';
import { claimAt, type JsonObject } from '../policy/index.ts';
import type { Credential } from './credentials.ts';

/** One valid credential, and whose it is. */
export interface Identity {
  readonly authenticator: Authenticator;
  readonly credential: Credential;
  /** Of a token; undefined for kinds that have none. */
  readonly claims: JsonObject | undefined;
  /** Of a key. */
  readonly consumer: Consumer | undefined;
  /** `sub` of a token, the consumer's or user's name, the subject of a certificate; undefined where a token has none. */
  readonly subject: string | undefined;
}

/** What a credential turned out to be. `unavailable`: nobody could tell (BEHAVIOUR.md R7, J24). */
export type Judged = Identity | 'invalid' | 'unavailable';

/** An identity that a token's claims describe. */
export function identityOfClaims(
  authenticator: Authenticator,
  credential: Credential,
  claims: JsonObject,
): Identity {
  const sub = claimAt(claims, ['sub']);
  const subject = typeof sub === 'string' ? sub : undefined;
  return { authenticator, credential, claims, consumer: undefined, subject };
}

/** The first identity that has claims: `claims.*`, scopes and roles of policies are its. */
export function claimsIdentity(identities: readonly Identity[]): Identity | undefined {
  return identities.find(({ claims }) => claims !== undefined);
}

/** The first consumer: `consumer.id` and groups of policies, and the log field. */
export function consumerOf(identities: readonly Identity[]): Consumer | undefined {
  return identities.map(({ consumer }) => consumer).find((consumer) => consumer !== undefined);
}
