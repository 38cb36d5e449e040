import type { Algorithm, KeySource, TrustedIssuer } from '../../../model/authentication.ts';
import type { KeyData } from './guard-data.ts';
import { keyData } from './key-data.ts';

/** One issuer of `data/authenticators/<file>.json`: a token of it must name one of the audiences. */
export interface TrustedIssuerData {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly keys: KeySourceData;
}

/** Where the verifier finds the keys of an issuer. */
export type KeySourceData = { readonly kind: 'pinned'; readonly keys: readonly KeyData[] };

/** An issuer as the verifier reads it; of pinned keys those algorithms that `allowed` names. */
export function issuerData(trusted: TrustedIssuer, allowed: readonly Algorithm[]): TrustedIssuerData {
  const { issuer, audiences, keys } = trusted;
  return {
    issuer: issuer.value,
    audiences: audiences.value,
    keys: keySourceData(keys.value, allowed),
  };
}

function keySourceData(source: KeySource, allowed: readonly Algorithm[]): KeySourceData {
  const keys = source.kind === 'pinned' ? source.keys : [];
  return { kind: 'pinned', keys: keys.map((key) => keyData(key, allowed)) };
}
