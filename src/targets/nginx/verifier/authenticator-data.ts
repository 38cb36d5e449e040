import { createHash } from 'node:crypto';
import type { JwtAuthenticator } from '../../../model/authentication.ts';
import type { Gateway } from '../../../model/gateway.ts';
import { forwardData } from './forward-data.ts';
import type { JwtData } from './guard-data.ts';
import { issuerData } from './issuer-data.ts';

/** What the verifier checks tokens of one authenticator by. */
export function authenticatorData(authenticator: JwtAuthenticator, gateway: Gateway): JwtData {
  return {
    kind: 'jwt',
    issuers: authenticator.issuers.value.map((trusted) =>
      issuerData(trusted, authenticator.algorithms.value, gateway),
    ),
    algorithms: [...authenticator.algorithms.value].sort(),
    clockSkewSeconds: authenticator.clockSkewSeconds.value,
    scopeClaims: authenticator.scopeClaims,
    roleClaim: authenticator.roleClaim,
    forward: forwardData(authenticator, gateway.ownedHeaders),
  };
}

/**
 * File name for an authenticator: its own name where that is short, lower case and no dot file, so that no file system
 * confuses two; else with a part of its hash.
 */
export function fileNameOf(name: string): string {
  if (/^(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$))[a-z0-9][a-z0-9_.-]{0,63}$/.test(name)) return name;
  const readable = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 32);
  return `_${readable}-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}
