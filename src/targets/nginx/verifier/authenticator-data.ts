import { createHash } from 'node:crypto';
import type { Authenticator } from '../../../model/authentication.ts';
import type { AuthenticatorData } from './guard-data.ts';
import { keyData } from './key-data.ts';

/** What the verifier checks tokens of one authenticator by. `ownedHeaders` are the gateway's, in its order. */
export function authenticatorData(
  authenticator: Authenticator,
  ownedHeaders: readonly string[],
): AuthenticatorData {
  const owned = ownedHeaders.map((name) => name.toLowerCase());
  return {
    issuer: authenticator.issuer.value,
    audiences: authenticator.audiences.value,
    clockSkewSeconds: authenticator.clockSkewSeconds.value,
    scopeClaims: authenticator.scopeClaims,
    roleClaim: authenticator.roleClaim,
    forward: authenticator.forward.map(({ header, claim }) => ({
      header: owned.indexOf(header.toLowerCase()),
      claim,
    })),
    keys: authenticator.keys.value.map((key) => keyData(key, authenticator.algorithms.value)),
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
