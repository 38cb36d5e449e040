import type { Algorithm, JwtAuthenticator, KeySource, TrustedIssuer } from '../../../model/authentication.ts';
import type { Gateway } from '../../../model/gateway.ts';
import { secretPath } from '../secrets.ts';
import type { KeyData } from './guard-data.ts';
import { keyData } from './key-data.ts';
import { fetchedKeySet, isFetched } from './key-sets.ts';

/** One issuer of `data/authenticators/<file>.json`: a token of it must name one of the audiences. */
export interface TrustedIssuerData {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly keys: KeySourceData;
}

/** Where the verifier finds the keys of an issuer: here, in a key set that it fetches, or in the file of a secret. */
type KeySourceData =
  | { readonly kind: 'pinned'; readonly keys: readonly KeyData[] }
  | { readonly kind: 'fetched'; readonly id: string }
  | { readonly kind: 'stored' | 'shared'; readonly file: string };

/** Milliseconds that the verifier may wait for a key set: for the newest one and, when a key is unknown, a newer one. */
const keySetTime = 14_000;

/** What the keys of an authenticator add to a guard that rests on them. */
export function needsOfKeys({ issuers }: JwtAuthenticator): {
  readonly readsSecret: boolean;
  readonly waitMs: number;
} {
  const sources = issuers.value.map(({ keys }) => keys.value);
  return {
    readsSecret: sources.some(({ kind }) => kind === 'stored' || kind === 'shared'),
    waitMs: sources.some(isFetched) ? keySetTime : 0,
  };
}

/** An issuer as the verifier reads it; of pinned keys those algorithms that `allowed` names. */
export function issuerData(
  { issuer, audiences, keys }: TrustedIssuer,
  allowed: readonly Algorithm[],
  gateway: Gateway,
): TrustedIssuerData {
  return {
    issuer: issuer.value,
    audiences: audiences.value,
    keys: keySourceData(keys.value, issuer.value, allowed, gateway),
  };
}

function keySourceData(
  source: KeySource,
  issuer: string,
  allowed: readonly Algorithm[],
  gateway: Gateway,
): KeySourceData {
  switch (source.kind) {
    case 'pinned':
      return { kind: 'pinned', keys: source.keys.map((key) => keyData(key, allowed)) };
    case 'remote':
    case 'discovery':
      return { kind: 'fetched', id: fetchedKeySet(source, issuer).id };
    case 'stored':
    case 'shared':
      return { kind: source.kind, file: secretPath(gateway, source.secret) ?? '' };
  }
}
