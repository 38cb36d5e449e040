import type { Authenticator } from '../../../model/authentication.ts';
import type { Challenge } from './guard-data.ts';

type Scheme = 'Bearer' | 'Basic' | 'ApiKey' | 'Certificate' | 'AWS4-HMAC-SHA256';

/** The HTTP scheme by which each kind is asked for (RFC 6750, RFC 7617). Keys and certificates have none of their own. */
const schemeOf: { readonly [K in Authenticator['kind']]: Scheme } = {
  jwt: 'Bearer',
  introspection: 'Bearer',
  external: 'Bearer',
  basic: 'Basic',
  'api-key': 'ApiKey',
  certificate: 'Certificate',
  sigv4: 'AWS4-HMAC-SHA256',
};

/** The challenges of 401: one for each scheme, in the order of first use. `kinds` in the order of the alternatives. */
export function challengesOf(realm: string, kinds: readonly Authenticator['kind'][]): readonly Challenge[] {
  const schemes = [...new Set(kinds.map((kind) => schemeOf[kind]))];
  return schemes.map((scheme) => ({
    text: `${scheme} realm=${quotedString(realm)}${scheme === 'Basic' ? ', charset="UTF-8"' : ''}`,
    ofToken: scheme === 'Bearer',
  }));
}

/** The challenge of a gateway (RFC 6750 §3), without attributes. */
export function bearerChallenge(realm: string): string {
  return `Bearer realm=${quotedString(realm)}`;
}

/**
 * The challenge for callers who lack scopes. Names that are no scope tokens (RFC 6749 §3.3) cannot be told to a client
 * and are left out.
 */
export function scopeChallenge(realm: string, scopes: readonly string[]): string {
  const tokens = [...new Set(scopes)].filter((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope));
  const attribute = tokens.length === 0 ? '' : `, scope=${quotedString(tokens.join(' '))}`;
  return `${bearerChallenge(realm)}, error="insufficient_scope"${attribute}`;
}

/** RFC 9110 §5.6.4; what is neither printable ASCII nor a space becomes a question mark. */
function quotedString(text: string): string {
  return `"${text.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&')}"`;
}
