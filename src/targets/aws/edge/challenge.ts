import type { Authenticator } from '../../../model/authentication.ts';

/** One challenge of `WWW-Authenticate`. */
export interface Challenge {
  readonly text: string;
  /** A caller with an invalid token is told so in it. */
  readonly ofToken: boolean;
}

/** The HTTP scheme by which each kind is asked for (RFC 6750, RFC 7617). Keys and certificates have none of their own. */
const schemeOf: { readonly [K in Authenticator['kind']]: string } = {
  jwt: 'Bearer',
  introspection: 'Bearer',
  external: 'Bearer',
  basic: 'Basic',
  'api-key': 'ApiKey',
  certificate: 'Certificate',
  sigv4: 'AWS4-HMAC-SHA256',
};

/** The challenges of 401: one for each scheme, in the order of first use. */
export function challengesOf(realm: string, kinds: readonly Authenticator['kind'][]): readonly Challenge[] {
  const schemes = [...new Set(kinds.map((kind) => schemeOf[kind]))];
  return schemes.map((scheme) => ({
    text: `${scheme} realm="${realm}"${scheme === 'Basic' ? ', charset="UTF-8"' : ''}`,
    ofToken: scheme === 'Bearer',
  }));
}
