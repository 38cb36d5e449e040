import type { Algorithm } from '../../../model/authentication.ts';

const everywhere: readonly Algorithm[] = [
  ...(['RS256', 'RS384', 'RS512'] as const),
  ...(['PS256', 'PS384', 'PS512'] as const),
  ...(['ES256', 'ES384', 'ES512'] as const),
  ...(['HS256', 'HS384', 'HS512'] as const),
];

/** Ed25519 came to the WebCrypto of njs with 0.9.7. */
const firstWithEd25519 = [0, 9, 7] as const;

/**
 * Algorithms that the njs module of an nginx (`major.minor`) verifies: none before 1.22, where njs may have no
 * WebCrypto. `njs` is the version that a document states; what is stated nowhere may be as old as 0.7.9, the njs of
 * nginx 1.22, for no release of nginx says which njs runs in it.
 */
export function supportedAlgorithms(nginx: string, njs: string | undefined): readonly Algorithm[] {
  const [major = 0, minor = 0] = nginx.split('.').map(Number);
  if (major < 1 || (major === 1 && minor < 22)) return [];
  return njs !== undefined && isAtLeast(njs, firstWithEd25519) ? [...everywhere, 'EdDSA'] : everywhere;
}

function isAtLeast(version: string, least: readonly number[]): boolean {
  const numbers = version.split('.').map(Number);
  const different = least.findIndex((one, index) => one !== (numbers[index] ?? 0));
  return different === -1 || (numbers[different] ?? 0) > (least[different] ?? 0);
}
