import type { Algorithm } from '../../../model/authentication.ts';

const all: readonly Algorithm[] = [
  ...(['RS256', 'RS384', 'RS512'] as const),
  ...(['PS256', 'PS384', 'PS512'] as const),
  ...(['ES256', 'ES384', 'ES512'] as const),
  ...(['HS256', 'HS384', 'HS512'] as const),
];

/**
 * Algorithms that the njs of an nginx release (`major.minor`) verifies: all of them from 1.22 on (njs 0.7.9, measured),
 * none before, where njs may have no WebCrypto (it came in njs 0.7.0). Never EdDSA: njs has Ed25519 since 0.9.7, but the
 * build of the module for nginx leaves it out (`--no-openssl` in its nginx/config.make; measured on njs 1.0.0).
 */
export function supportedAlgorithms(version: string): readonly Algorithm[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 22) ? all : [];
}
