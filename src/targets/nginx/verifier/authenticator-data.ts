import { createHash } from 'node:crypto';
import type { Authenticator, JwtAuthenticator } from '../../../model/authentication.ts';
import type { AuthenticatorData } from './guard-data.ts';
import { issuerData } from './issuer-data.ts';

/** What the verifier checks tokens of one authenticator by. `ownedHeaders` are the gateway's, in its order. */
export function authenticatorData(any: Authenticator, ownedHeaders: readonly string[]): AuthenticatorData {
  const authenticator = any as JwtAuthenticator;
  const owned = ownedHeaders.map((name) => name.toLowerCase());
  return {
    kind: 'jwt',
    issuers: authenticator.issuers.value.map((trusted) =>
      issuerData(trusted, authenticator.algorithms.value),
    ),
    algorithms: [...authenticator.algorithms.value].sort(),
    clockSkewSeconds: authenticator.clockSkewSeconds.value,
    scopeClaims: authenticator.scopeClaims,
    roleClaim: authenticator.roleClaim,
    forward: authenticator.forward.map(({ header, fact }) => ({
      header: owned.indexOf(header.toLowerCase()),
      claim: fact.kind === 'claim' ? fact.claim : ['sub'],
    })),
  };
}

/**
 * File name for an authenticator: its own name where that is short, lower case and no dot file, so that no file system
 * confuses two; else with a part of its hash.
 */
export function fileNameOf(name: string): string {
  if (/^[a-z0-9][a-z0-9_.-]{0,63}$/.test(name)) return name;
  const readable = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 32);
  return `${readable}+${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}
