import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { Algorithm, EcPublicKey, VerificationKey } from '../../../model/authentication.ts';
import type { KeyData } from './guard-data.ts';

const coordinateBytes: { readonly [C in EcPublicKey['crv']]: number } = {
  'P-256': 32,
  'P-384': 48,
  'P-521': 66,
};
const curveOf: { readonly [A in Algorithm]?: EcPublicKey['crv'] } = {
  ES256: 'P-256',
  ES384: 'P-384',
  ES512: 'P-521',
};

/** A key as the verifier imports it; of its algorithms those that `allowed` names and its type can verify. */
export function keyData({ kid, algorithms, jwk }: VerificationKey, allowed: readonly Algorithm[]): KeyData {
  const usable = algorithms.filter((algorithm) => allowed.includes(algorithm) && canVerify(jwk, algorithm));
  return {
    ...(kid === undefined ? {} : { kid }),
    algorithms: [...usable].sort(),
    spki: subjectPublicKeyInfo(jwk),
    ...(jwk.kty === 'RSA' ? {} : { curve: jwk.crv }),
    signatureBytes: signatureBytes(jwk),
  };
}

function canVerify(jwk: VerificationKey['jwk'], algorithm: Algorithm): boolean {
  switch (jwk.kty) {
    case 'RSA':
      return algorithm.startsWith('RS') || algorithm.startsWith('PS');
    case 'EC':
      return curveOf[algorithm] === jwk.crv;
    case 'OKP':
      return algorithm === 'EdDSA';
  }
}

function signatureBytes(jwk: VerificationKey['jwk']): number {
  if (jwk.kty === 'RSA') return modulusBytes(jwk.n);
  return jwk.kty === 'EC' ? 2 * coordinateBytes[jwk.crv] : 64;
}

function subjectPublicKeyInfo(jwk: VerificationKey['jwk']): string {
  const key: JsonWebKey = { ...jwk };
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'der' }).toString('base64');
}

/** Size of an RSA modulus, which every signature has (RFC 8017 §8.2.1); leading zero bytes do not count. */
function modulusBytes(n: string): number {
  const bytes = Buffer.from(n, 'base64url');
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? 0 : bytes.length - first;
}
