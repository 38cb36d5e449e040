import type { Authentication, Authenticator } from '../model/authentication.ts';
import { takesTokens } from './authenticate.ts';

type Header = readonly [string, string];

/** RFC 6750 §3; `scope` is printed only where scopes are lacking. */
export function scopeChallenge(realm: string, scopes: readonly string[] = []): Header {
  const scope = scopes.length === 0 ? '' : `, scope="${scopes.join(' ')}"`;
  return ['WWW-Authenticate', `Bearer realm="${realm}", error="insufficient_scope"${scope}`];
}

/**
 * The challenge of a 401 (RFC 9110 §11.6.1): one for each HTTP scheme of the alternatives, in the order of their first
 * use. `invalidToken`: a bearer token was presented, so its own challenge names the error.
 */
export function challenge(
  realm: string,
  asked: Authentication,
  authenticators: readonly Authenticator[],
  invalidToken: boolean,
): Header {
  const names = asked.kind === 'public' ? [] : asked.anyOf.flat().map((one) => one.authenticator);
  const used = names.flatMap((name) => authenticators.filter((one) => one.name === name));
  const texts = used.map((one) => schemeChallenge(realm, one, invalidToken));
  return ['WWW-Authenticate', [...new Set(texts)].join(', ')];
}

function schemeChallenge(realm: string, authenticator: Authenticator, invalidToken: boolean): string {
  if (takesTokens(authenticator))
    return `Bearer realm="${realm}"${invalidToken ? ', error="invalid_token"' : ''}`;
  switch (authenticator.kind) {
    case 'basic':
      return `Basic realm="${realm}", charset="UTF-8"`;
    case 'certificate':
      return `Certificate realm="${realm}"`;
    default:
      return `ApiKey realm="${realm}"`;
  }
}
