import { diagnosticKind } from '../diagnostics/diagnostic.ts';

interface KeyFacts {
  /** How a person finds the key: its kid, else its position. */
  readonly key: string;
}

export const notAKeySet = diagnosticKind<{ problem: string }>({
  code: 'JWK001',
  severity: 'error',
  title: 'A file is no JSON Web Key Set',
  message: ({ problem }) => `The key set ${problem}.`,
  consequence: 'No token could be verified, so nothing is written.',
  fix: 'Write a JSON Web Key Set (RFC 7517 §5): {"keys": [{"kty": "RSA", "kid": "…", "n": "…", "e": "AQAB"}]}, as the issuer publishes it.',
});

export const privateKey = diagnosticKind<KeyFacts & { member: string }>({
  code: 'JWK002',
  severity: 'error',
  title: 'A key set holds private or symmetric key material',
  message: ({ key, member }) => `Key ${key} holds the private member "${member}".`,
  consequence: 'Whoever reads the repository can sign tokens that the gateway accepts; nothing is written.',
  fix: 'Replace this key at the issuer, because it has leaked, and keep only public members in the key set.',
});

export const brokenKey = diagnosticKind<KeyFacts & { problem: string }>({
  code: 'JWK003',
  severity: 'error',
  title: 'A key is too weak or malformed',
  message: ({ key, problem }) => `Key ${key} is unusable: ${problem}.`,
  consequence: 'A signature by this key proves nothing, so nothing is written.',
  fix: 'Take the current key set of the issuer; keys must be RSA with at least 2048 bits, EC on P-256, P-384 or P-521, or Ed25519.',
});

export const ambiguousKid = diagnosticKind<{ problem: string }>({
  code: 'JWK004',
  severity: 'error',
  title: 'Keys of a set cannot be told apart',
  message: ({ problem }) => problem,
  consequence: 'A token could not be bound to exactly one key, so nothing is written.',
  fix: 'Give every key of the set its own "kid".',
});

export const ignoredKey = diagnosticKind<KeyFacts & { reason: string }>({
  code: 'JWK005',
  severity: 'info',
  title: 'A key of a set is not used',
  message: ({ key, reason }) => `Key ${key} is ignored: ${reason}.`,
  consequence: 'Tokens that are signed with this key are refused.',
  fix: 'Nothing, unless tokens of this key should be accepted: then list its algorithm under "algorithms".',
});

export const noUsableKey = diagnosticKind<{ algorithms: string }>({
  code: 'JWK006',
  severity: 'error',
  title: 'No key of a set can verify a token',
  message: ({ algorithms }) => `No key of the set can verify ${algorithms}.`,
  consequence: 'Every token would be refused, so nothing is written.',
  fix: 'Add a signing key of the issuer, or list the algorithm of its keys under "algorithms".',
});
